"""Entries as written, and all controlled words together, as the other stages use them."""

# ruff: noqa: RUF009 - what _table returns is itself a dataclass field

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from ...core.errors import Problem
from ...core.ids import DocumentKey, build_document_id
from ...core.text import slug
from ..yaml import Plain, YamlData
from . import schemas
from .evidence import Grounded, Origins
from .fields import Entry

_NAMING = ("name", "names", "city_name", "short", "sites", "marks", "typed", "codes", "number")


@dataclass(frozen=True, slots=True)
class Table:
    """Where the entries of one field of the vocabulary stand, and which keys make up their identity."""

    name: str
    file: str
    schema: type[Entry]
    keys: tuple[str, ...]
    section: str | None


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as written, before it is checked; ``key`` is its id, ``first`` another one that has it already."""

    table: Table
    key: str
    data: Mapping[str, Plain]
    source: YamlData
    location: tuple[str, ...]
    path: str
    first: RawEntry | None = None

    @property
    def field(self) -> str:
        """The name of its table."""
        return self.table.name

    @property
    def is_draft(self) -> bool:
        """Whether it is a record that nobody has confirmed yet."""
        return self.table is DRAFTS

    def line(self, *location: object) -> int:
        """Return the line of a part of the entry."""
        return self.source.line(*self.location, *location)

    def lines(self) -> set[tuple[str, int]]:
        """Return the path and line of each of its parts."""
        size = len(self.location)
        return {(self.path, line) for place, line in self.source.lines.items() if place[:size] == self.location}


def likely_id(data: Mapping[str, Plain]) -> str:
    """Return the id an entry would get: of its name, or of a document's type, number, province and year; else ''."""
    name, kind, number = (data.get(key) for key in ("name", "type", "number"))
    if isinstance(name, str):
        return slug(name.replace("{place}", "")[:200])
    if not isinstance(kind, str) or not isinstance(number, str):
        return ""
    date, province = data.get("date"), data.get("province")
    day = date.get("value") if isinstance(date, dict) else None
    year = int(day[:4]) if isinstance(day, str) and day[:4].isdigit() else None
    return build_document_id(DocumentKey(slug(kind), number, province if isinstance(province, str) else None, year))


def head_of(data: Mapping[str, Plain]) -> dict[str, Plain] | None:
    """Return the entry of the office whose holder leads a kind of body and issues documents of his own, as ``head`` of
    that kind names it: "Chủ tịch Ủy ban nhân dân tỉnh". Texts name it only as a post, so it has no forms."""
    identity, head = data.get("id"), data.get("head")
    if not isinstance(identity, str) or not isinstance(head, str) or not slug(head):
        return None
    named = {key: f"{head} {name}" for key in ("name", "city_name") if isinstance(name := data.get(key), str)}
    same = {key: data[key] for key in ("side", "tier", "succession", "merger") if key in data}
    office: dict[str, Plain] = {"id": head_id(head, identity), "parent": identity, "forms": [], "one_person": "có"}
    return office | named | same


def head_id(head: str, kind: str) -> str:
    """Return the id of the office that leads a kind of body."""
    return f"{slug(head)}-{kind}"


def others_of(data: Mapping[str, Plain]) -> Iterator[tuple[int, dict[str, Plain]]]:
    """Yield an entry for each body that changed along with a local one (``also``), with its number there: the same day,
    document and pages, what it became is its own. None of what is not written so that it can be made out."""
    also, change = data.get("also"), data.get("succession")
    for number, other in enumerate(also if isinstance(also, list) else ()):
        if isinstance(other, dict) and isinstance(change, dict):
            shared = {name: value for name, value in change.items() if name not in {"lowered", "tasks"}}
            own = {name: value for name, value in other.items() if name in {"reason", "successors", "lowered"}}
            same = {name: value[name] for name, value in (("kind", other), ("province", data)) if name in value}
            yield number, {**same, "succession": shared | own}


def names_of(data: Mapping[str, Plain]) -> tuple[str, ...]:
    """Return what an entry is called: its name first, then its other names, marks, hosts and numbers."""
    values = [data.get(name) for name in _NAMING]
    listed = [item for value in values for item in (value if isinstance(value, list) else [value])]
    return tuple(item for item in listed if isinstance(item, str))


def _table(file: str, schema: type[Entry], *keys: str, section: str | None = None) -> Any:
    """Return a field for the entries that stand in ``file``; what is said of it here, a ``Table`` tells."""
    where = {"file": file, "schema": schema, "keys": keys or ("id",), "section": section}
    return field(default_factory=dict, metadata=where)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What maintainers say under ``sources/vocabularies/`` and ``sources/documents/``. Equal only to itself.

    Each mapping is sorted by its keys. ``raw_entries`` are all entries as written, by field name and key, the faulty
    ones too. ``unreadable`` names the fields of which entries could not be read, ``missing`` those
    that have no file. ``faulty`` tells which keys of an entry have errors; only its sound parts are in the mappings.
    ``origins`` tells which hosts are one place. ``drafts`` are records that nobody has confirmed yet: only checks
    ask for them, and what they lack is told apart, as warnings (``draft_problems``).
    """

    document_types: dict[str, schemas.DocumentType] = _table("document-types.yml", schemas.DocumentType)
    issuer_codes: dict[str, schemas.IssuerCode] = _table("issuer-codes.yml", schemas.IssuerCode, "code")
    provinces: dict[str, schemas.Province] = _table("provinces.yml", schemas.Province)
    former_provinces: dict[str, schemas.FormerProvince] = _table("former-provinces.yml", schemas.FormerProvince)
    body_kinds: dict[str, schemas.BodyKind] = _table("bodies.yml", schemas.BodyKind, section="kinds")
    local_bodies: dict[tuple[str, str], schemas.LocalBody] = _table(
        "bodies.yml", schemas.LocalBody, "kind", "province", section="bodies"
    )
    outlets: dict[str, schemas.Outlet] = _table("outlets.yml", schemas.Outlet)
    web_hosts: dict[str, schemas.WebHosts] = _table("web-hosts.yml", schemas.WebHosts)
    themes: dict[str, schemas.Theme] = _table("themes.yml", schemas.Theme)
    relations: dict[str, schemas.Relation] = _table("relations.yml", schemas.Relation)
    noise: dict[str, schemas.NoiseRule] = _table("noise.yml", schemas.NoiseRule)
    abbreviations: dict[str, schemas.Abbreviation] = _table("abbreviations.yml", schemas.Abbreviation)
    person_names: dict[str, schemas.PersonNames] = _table("person-names.yml", schemas.PersonNames)
    phrases: dict[str, schemas.Phrases] = _table("phrases.yml", schemas.Phrases)
    records: dict[str, schemas.DocumentRecord] = _table("", schemas.DocumentRecord)
    drafts: dict[str, schemas.DocumentRecord] = _table("", schemas.DocumentRecord)
    draft_problems: tuple[Problem, ...] = ()
    unreadable: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    faulty: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    origins: Origins = field(default_factory=Origins)
    raw_entries: dict[tuple[str, str], RawEntry] = field(default_factory=dict, compare=False, repr=False)

    def names(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return each entry of the field ``name`` with whatever it is called."""
        raw = self.raw_entries
        return {key: names_of(raw[name, key].data) if (name, key) in raw else () for key in getattr(self, name)}

    def place(self, name: str, key: str, *location: object) -> tuple[str, int]:
        """Return path and line of a part of the entry ``key`` in the field ``name``, of its id if none is named."""
        raw = self.raw_entries.get((name, key))
        return (raw.path, raw.line(*location or raw.table.keys[:1])) if raw is not None else ("sources/vocabularies", 1)

    def has_error(self, name: str, key: str, *parts: str) -> bool:
        """Tell whether the entry ``key`` has an error in one of its ``parts`` (in any, if none are named)."""
        wrong = self.faulty.get((name, key), frozenset())
        return bool(wrong & set(parts)) if parts else bool(wrong)

    def grounded(self) -> Iterator[tuple[str, str, tuple[str, ...], Grounded]]:
        """Yield every fact that has evidence, with its table, the key of its entry and its place there."""
        yield from self._stated(RECORDS)
        for name in ("provinces", "former_provinces"):
            places: dict[str, schemas.Province | schemas.FormerProvince] = getattr(self, name)
            for identity, entry in places.items():
                yield from ((name, identity, ("periods", str(n)), p) for n, p in enumerate(entry.periods))
        for identity, kind in self.body_kinds.items():
            own = {"succession": kind.succession, "merger": kind.merger}
            yield from (("body_kinds", identity, (place,), fact) for place, fact in own.items() if fact)
        for key, body in self.local_bodies.items():
            if body.succession:
                yield "local_bodies", " ".join(key), ("succession",), body.succession

    def grounded_drafts(self) -> Iterator[tuple[str, str, tuple[str, ...], Grounded]]:
        """Yield every fact of a draft as ``grounded`` does those of what is confirmed."""
        yield from self._stated(DRAFTS)

    def _stated(self, table: Table) -> Iterator[tuple[str, str, tuple[str, ...], Grounded]]:
        records: dict[str, schemas.DocumentRecord] = getattr(self, table.name)
        for identity, record in records.items():
            yield from ((table.name, identity, place, fact) for place, fact in record.grounded().items())

    def knows(self, name: str, key: str) -> bool:
        """Tell whether the maintainers have an entry ``key`` in the field ``name``, even a faulty one."""
        return key in getattr(self, name) or (name, key) in self.raw_entries or name in self.unreadable


*TABLES, RECORDS, DRAFTS = (Table(field.name, **field.metadata) for field in fields(Vocabulary) if field.metadata)
SECTIONS = {table.file: {t.section: t for t in TABLES if t.file == table.file} for table in TABLES}
"""The tables of each file by the names of its sections (None where it has none)."""
