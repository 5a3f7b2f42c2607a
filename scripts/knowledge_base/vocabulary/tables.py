"""Which file holds which entries."""

from __future__ import annotations

from dataclasses import dataclass

from .schemas import (
    Abbreviation,
    BodyKind,
    DocumentRecord,
    DocumentType,
    Entry,
    IssuerCode,
    LocalBody,
    NoiseRule,
    Outlet,
    PersonNames,
    Province,
    Relation,
    Theme,
)


@dataclass(frozen=True, slots=True)
class Table:
    """Where the entries of one field of the vocabulary stand, and which keys make up their identity."""

    name: str
    file: str
    schema: type[Entry]
    keys: tuple[str, ...] = ("id",)
    section: str | None = None


TABLES = (
    Table("document_types", "document-types.yml", DocumentType),
    Table("issuer_codes", "issuer-codes.yml", IssuerCode, keys=("code",)),
    Table("provinces", "provinces.yml", Province),
    Table("body_kinds", "bodies.yml", BodyKind, section="kinds"),
    Table("local_bodies", "bodies.yml", LocalBody, keys=("kind", "province"), section="bodies"),
    Table("outlets", "outlets.yml", Outlet),
    Table("themes", "themes.yml", Theme),
    Table("relations", "relations.yml", Relation),
    Table("noise", "noise.yml", NoiseRule),
    Table("abbreviations", "abbreviations.yml", Abbreviation),
    Table("person_names", "person-names.yml", PersonNames),
)
RECORDS = Table("records", "", DocumentRecord)
SECTIONS = {table.file: [t.section for t in TABLES if t.file == table.file] for table in TABLES}


def table_of(file: str, section: str | None = None) -> Table:
    """Return the table of a file, or of one of its sections."""
    return next(table for table in TABLES if (table.file, table.section) == (file, section))
