"""The form of every file under ``sources/vocabularies/`` and ``sources/documents/``.

One class per kind of entry: its fields are the keys a maintainer may write, and an unknown key is an
error. All values are read as strings and converted here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ..dates import PartialDate
from ..models import Certainty

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Side = Literal["dang", "nha-nuoc", "mat-tran"]
Tier = Literal["C", "P", "D", "H", "M"]
Bool = Annotated[bool, BeforeValidator(lambda v: {"có": True, "không": False}.get(v, v) if isinstance(v, str) else v)]


def _date(value: object) -> object:
    """Read an ISO date as exact as written; anything else is left for pydantic to refuse."""
    return PartialDate.parse(value) if isinstance(value, str) else value


Date = Annotated[PartialDate, BeforeValidator(_date)]


class Entry(BaseModel):
    """Base of all entries: fixed once read, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Evidence(Entry):
    """Where a fact comes from: outlet and identifier as text (never a made-up address)."""

    source: str
    certainty: Certainty = Certainty.UNCHECKED
    checked: Date | None = None
    note: str | None = None


class DocumentType(Entry):
    """A type of document: ``Chỉ thị``. ``codes`` are its abbreviations in symbols (Điều 1.1 of DOMAIN)."""

    id: Id
    name: str
    sides: tuple[Side, ...]
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    rank: int = 99
    provincial_issuers: tuple[Id, ...] = ()
    symbol: Literal["party-or-admin", "year", "assembly", "none"] = "party-or-admin"
    source: str | None = None
    note: str | None = None
    examples: tuple[str, ...] = ()


class IssuerCode(Entry):
    """The issuer's part of a symbol: ``TU``, ``CP``, ``UBND``. ``bodies`` are the body kinds that use it.

    ``default`` is the issuer when nothing else is said; ``by_type`` overrules it for a document type.
    ``phrases`` are how texts call the issuer after "của": a bare number gets its symbol from them.
    ``shared_by`` are the first parts of the names of bodies that all sign with this code and number apart
    (``(Huyện ủy|Đảng bộ huyện)``; with ``…`` a long name follows): the issuer is then part of a document's key."""

    code: str
    typed: tuple[str, ...] = ()
    side: Side
    level: Literal["trung-uong", "tinh", "huyen", "khac"]
    bodies: tuple[Id, ...] = ()
    default: Id | None = None
    by_type: dict[Id, Id] = {}
    shared_by: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    source: str | None = None
    note: str | None = None
    examples: tuple[str, ...] = ()


class Period(Entry):
    """A stretch of a province's life under one form. ``since`` None: from before this knowledge base.

    ``made_of``: ids of the provinces (with their names at that time) that were merged into it."""

    kind: Literal["tinh", "thanh-pho"]
    since: Date | None = None
    until: Date | None = None
    made_of: tuple[Id, ...] = ()
    reason: Literal["hop-nhat", "doi-ten", "len-thanh-pho", "giu-nguyen"] | None = None
    document: str | None = None
    seat: str | None = None
    evidence: Evidence | None = None


class Province(Entry):
    """A province *name*: one page per name, with a section for each period. ``successor``: today's province."""

    id: Id
    name: str
    names: tuple[str, ...] = ()
    successor: Id | None = None
    periods: tuple[Period, ...]
    region: str | None = None


class Succession(Entry):
    """How a body ended or changed. ``successors`` are body kinds (in ``kinds``) or body ids (in ``bodies``)."""

    reason: Literal["hop-nhat", "tach", "doi-ten", "thay-the", "ket-thuc"]
    date: Date | None = None
    successors: tuple[Id, ...] = ()
    document: str | None = None
    tasks: str | None = None
    evidence: Evidence


class BodyKind(Entry):
    """A body that exists in every province (``{place}`` in its names) or once at the centre.

    ``name`` is the full name; ``city_name`` the form in a thành phố. ``forms`` are spellings without
    the place, in the small notation explained in the head of ``bodies.yml``; ``exclude`` are words that look
    like this body and are not; ``merger`` says who reports that such bodies merged with their provinces."""

    id: Id
    name: str
    city_name: str | None = None
    forms: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    side: Side
    tier: Tier
    parent: Id | None = None
    role: str | None = None
    succession: Succession | None = None
    merger: Evidence | None = None
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


class LocalBody(Entry):
    """What is known of one body in one province, over what its kind says."""

    kind: Id
    province: Id
    names: tuple[str, ...] = ()
    succession: Succession | None = None
    note: str | None = None


class Outlet(Entry):
    """A newspaper or portal. ``marks`` are what it signs its texts with; ``sites`` its web hosts."""

    id: Id
    name: str
    marks: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    province: Id | None = None
    source: str | None = None
    examples: tuple[str, ...] = ()


class Theme(Entry):
    """A recurring theme. ``include`` and ``weak`` are phrases that speak of it (weak ones not alone);
    ``exclude`` are phrases in which the same words mean something else."""

    id: Id
    name: str
    definition: str
    include: tuple[str, ...]
    weak: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    related: tuple[Id, ...] = ()
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


class Relation(Entry):
    """How one document stands to another. ``cues`` are the words before the cited document."""

    id: Id
    name: str
    inverse: str
    cues: tuple[str, ...]
    effect: Bool = False
    strength: Literal["stated", "weak", "event"] = "stated"
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


class Abbreviation(Entry):
    """Words that are often written short, for search: ``short`` and ``names`` find each other."""

    id: Id
    short: Annotated[tuple[str, ...], Field(min_length=1)]
    names: Annotated[tuple[str, ...], Field(min_length=1)]


class NoiseRule(Entry):
    """A kind of line that comes with an article but is not of it; ``pattern`` is a regular expression
    that is searched in the folded line."""

    id: Id
    kind: Literal["caption", "player", "teaser", "byline", "dateline"]
    pattern: str
    rest: Bool = False
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


class Statement(Entry):
    """A fact of a document with its evidence."""

    value: str
    evidence: Evidence


class StatedDate(Entry):
    """A date with its evidence."""

    value: Date
    evidence: Evidence


class StatedRelation(Entry):
    """A relation of this document to another, with its evidence."""

    relation: Id
    target: Id
    evidence: Evidence


class DocumentRecord(Entry):
    """What is known of a document beyond the articles. ``id`` is frozen once published.

    ``names``: what texts call it instead of its number ("Nghị quyết Trung ương 4 khóa XII")."""

    id: Id
    type: Id
    number: str | None = None
    issuer: Id | None = None
    issuer_evidence: Evidence | None = None
    province: Id | None = None
    names: tuple[str, ...] = ()
    title: Statement | None = None
    date: StatedDate | None = None
    in_force: StatedDate | None = None
    status: Statement | None = None
    relations: tuple[StatedRelation, ...] = ()
    note: str | None = None
