"""What the stages hand to one another: articles, mentions, and the entities of the knowledge base.

A *mention* is words in an article (a span in code points of the NFC text, and what they say);
an *entity* is the thing meant. Only ``resolve`` joins them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from .dates import PartialDate
from .ids import DocumentNumber
from .text import Folded

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
REPORT = "bao-tuong-thuat"
"""The evidence of an article that reports what others said or wrote."""
OUR_DIGEST = "tom-luoc"
"""The rights of an article whose text is our own digest; every other text belongs to its source."""


class ParagraphKind(StrEnum):
    """The four things an article's body knows."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article. ``text`` is one line; its characters stand at ``start`` in the article's
    text one for one (line breaks shown as spaces). ``line`` counts from 1 in the file."""

    kind: ParagraphKind
    text: str
    start: int
    line: int
    level: int = 0

    @property
    def end(self) -> int:
        """The position behind its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Correction:
    """A maintainer's word on a mention: ``find`` (words in the text) ``is`` an entity id, or None for nothing."""

    find: str
    target: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Mending:
    """A paragraph that was mended after it was published: ``find`` are words that it alone holds now, ``was`` the
    anchors under which it was published, which go on leading to it."""

    find: str
    was: tuple[str, ...]
    day: PartialDate | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class SecondReading:
    """Somebody who sees only an entry and its evidence has read it again: when, and a key of ``SECOND_READINGS``."""

    day: PartialDate
    result: str


class FactSource(StrEnum):
    """Where a fact about an article was found, from the most trusted place to the least."""

    PROVIDED = "provided"
    """What the person says who adds the article."""
    FRONT_MATTER = "front-matter"
    FILE = "file"
    """What a web page, or another file than a digest, says of itself beside the article's text."""
    TEXT = "text"
    CONTEXT = "context"
    """What follows from all that the text speaks of."""


@dataclass(frozen=True, slots=True)
class ArticleFact(Generic[T_co]):
    """A value, where it was found, and whether it is ``sure``: what is not, a person must say first."""

    value: T_co
    source: FactSource
    sure: bool = True


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What is known of an article besides its text; None for what is not. ``national``: it concerns the whole
    country; ``document``: the id of the document that it announces."""

    title: ArticleFact[str] | None = None
    outlet: ArticleFact[str] | None = None
    author: ArticleFact[str] | None = None
    published: ArticleFact[PartialDate] | None = None
    event: ArticleFact[PartialDate] | None = None
    province: ArticleFact[str] | None = None
    national: ArticleFact[bool] | None = None
    url: ArticleFact[str] | None = None
    evidence: ArticleFact[str] | None = None
    language: ArticleFact[str] | None = None
    rights: ArticleFact[str] | None = None
    document: ArticleFact[str] | None = None

    @classmethod
    def found(cls, source: FactSource, **values: Any) -> ArticleFacts:
        """Return sure facts of one source by their names; a value that is None or empty is no fact."""
        return cls(**{name: ArticleFact(value, source) for name, value in values.items() if value})


def value_of(fact: ArticleFact[T] | None) -> T | None:
    """Return the value of a fact that is known and sure, else None."""
    return fact.value if fact is not None and fact.sure else None


def sure_or_likely(sure: T | None, likely: T | None, source: FactSource) -> ArticleFact[T] | None:
    """Return the fact of a ``sure`` value, else of one that is only ``likely``; None if there is neither."""
    value = sure or likely
    return ArticleFact(value, source, sure=bool(sure)) if value else None


def merge_facts(*readings: ArticleFacts) -> ArticleFacts:
    """Return each fact as the first of ``readings`` gives it that is sure of it, else as the first that gives it."""
    merged: dict[str, Any] = {}
    for name in ArticleFacts.__dataclass_fields__:
        facts = [fact for reading in readings if (fact := getattr(reading, name))]
        merged[name] = next((fact for fact in facts if fact.sure), facts[0] if facts else None)
    return ArticleFacts(**merged)


class _Sure(Generic[T]):
    """Gives the fact of an article that has the attribute's own name, None if it is unknown or not sure."""

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, article: Article, _: type) -> T | None:
        return value_of(getattr(article.facts, self._name))


@dataclass(frozen=True, slots=True)
class Article:
    """One source file. ``text`` is the whole file in NFC (LF line ends); ``body_start`` is where the
    front matter ends. ``facts`` are what the file itself says; the properties give those that are sure.
    No page is made of a ``draft``.
    ``added_numbers``: documents whose numbers our digest adds, for what it digests does not give them.
    ``left_out``: how the other texts begin that stood on the same web page and were not taken for the article's.
    ``recognised``: its text was read from pictures, and may be wrong in every letter."""

    id: str
    path: str
    text: str
    body_start: int
    paragraphs: tuple[Paragraph, ...]
    facts: ArticleFacts = ArticleFacts()
    added_numbers: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    mended: tuple[Mending, ...] = ()
    checked: SecondReading | None = None
    lines: tuple[tuple[str, int], ...] = ()
    draft: bool = False
    left_out: tuple[str, ...] = ()
    recognised: bool = False

    title = _Sure[str]()
    """The title of the article."""
    outlet = _Sure[str]()
    """The id of the newspaper or portal."""
    author = _Sure[str]()
    """The author's name."""
    published = _Sure[PartialDate]()
    """When it was published, as exactly as known."""
    event = _Sure[PartialDate]()
    """When that happened which it tells of, for an article without date."""
    province = _Sure[str]()
    """The id of the province it is about, under its name at the time."""
    url = _Sure[str]()
    """Its address on the web."""
    document = _Sure[str]()
    """The id of the document that it announces."""

    @property
    def national(self) -> bool:
        """Whether it concerns the whole country."""
        return value_of(self.facts.national) is True

    @property
    def evidence(self) -> str:
        """What its text is: a report, unless said otherwise."""
        return value_of(self.facts.evidence) or REPORT

    @property
    def is_english(self) -> bool:
        """Whether it was written in English: its title is, our digest is not."""
        return value_of(self.facts.language) == "en"

    @property
    def rights(self) -> str:
        """On which ground its text may stand here: it is our own digest, unless said otherwise."""
        return value_of(self.facts.rights) or OUR_DIGEST

    def line_of(self, key: str) -> int:
        """The line of a front-matter key, or 1."""
        return dict(self.lines).get(key, 1)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words in an article: ``text == article.text[start:end]``."""

    start: int
    end: int
    text: str


class Level(StrEnum):
    """How much of a document's symbol stands in the text."""

    FULL = "full"
    BARE = "bare"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class BodyRef:
    """A body as a text names it: its kind, and its place if the words say it (else None: take the context's).

    ``level`` is what the words show of its place: ``tinh`` ("UBND tỉnh"), ``thanh-pho`` ("Thành ủy"), else None.
    ``near`` is the place that the same sentence named last before a body without place, "" for one that is none of
    ours ("tỉnh Vân Nam"): the body may be of that place."""

    kind: str
    place: str | None = None
    level: str | None = None
    near: str | None = None


@dataclass(frozen=True, slots=True)
class Citation(Mention):
    """A numbered document. ``type`` is a document type id; ``number`` the canonical symbol
    (None when partial); ``issuer`` the body named beside it, or the one the symbol implies. ``issuer_name`` is
    the name of an issuer that is none of the vocabulary's bodies ("Huyện ủy Đô Lương"); ``issuer`` is then None."""

    type: str | None
    number: DocumentNumber | None
    level: Level
    issuer: BodyRef | None = None
    date: PartialDate | None = None
    issuer_name: str | None = None


@dataclass(frozen=True, slots=True)
class NamedDocument(Mention):
    """A document cited by name, without a number. ``name`` is its canonical name without place;
    ``local`` tells that the place of the article belongs to it (a provincial congress resolution); ``issuer`` is
    the congress whose resolution it is."""

    name: str
    local: bool = False
    issuer: BodyRef | None = None


@dataclass(frozen=True, slots=True)
class BodyMention(Mention):
    """A body. ``title_only``: it stands inside a person's title ("Bí thư Tỉnh ủy")."""

    ref: BodyRef
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class ThemeMention(Mention):
    """A phrase of a theme; a weak one does not make a theme by itself. ``count`` tells of how many phrases it is made
    ("né tránh, đùn đẩy trách nhiệm": of two), ``served`` that another matter only serves it ("nhằm …", "gắn với …")."""

    theme: str
    weak: bool = False
    count: int = 1
    served: bool = False


@dataclass(frozen=True, slots=True)
class Demand(Mention):
    """Somebody asks something of somebody. ``start:end`` spans the words of the demand itself.

    ``kind`` is ``giao`` (a task given to named bodies) or ``yeu-cau`` (a demand on addressees).
    ``assigner`` and ``addressees`` are as the text says; bodies among them are given as spans. ``executors``
    are bodies that the lead directs ("<lead> chỉ đạo <executor> …"). ``addressees`` is empty where it is not certain
    who is to act. ``own``: it stands in a list of tasks of the document that the text is, or is about. ``document``:
    where the words begin that name the document which asks ("Chỉ thị số 18 yêu cầu …")."""

    kind: str
    assigner: tuple[int, int] | None
    lead: tuple[tuple[int, int], ...]
    partners: tuple[tuple[int, int], ...]
    executors: tuple[tuple[int, int], ...]
    addressees: str
    task: str
    deadline: str | None = None
    own: bool = False
    document: int | None = None


@dataclass(frozen=True, slots=True)
class RelationCue(Mention):
    """Words that relate documents. ``relation`` is a relation id; ``source`` is the span of the citing
    document if the sentence names it; ``target`` is the span of the document cited. ``own``: the text speaks of itself
    ("Quyết định này thay thế …"), as a document of this type ("" if it does not say which). ``part``: the words that
    name which part of the target is meant."""

    relation: str
    source: tuple[int, int] | None
    target: tuple[int, int]
    own: str | None = None
    part: str = ""


class NoiseKind(StrEnum):
    """Text that came with the article but is not of it."""

    CAPTION = "caption"
    PLAYER = "player"
    TEASER = "teaser"
    BYLINE = "byline"
    DATELINE = "dateline"


@dataclass(frozen=True, slots=True)
class Noise:
    """A span of the article's text that is not the writer's own statement."""

    start: int
    end: int
    kind: NoiseKind


@dataclass(frozen=True, slots=True)
class Scan:
    """An article made ready for the finders. ``text``, ``view`` and ``folded`` have one length and the
    same coordinates; noise and paragraphs are in these coordinates too. Front matter is blanked.

    ``origin`` maps a position here to one in the article's text; None where both are the same
    (always, unless the text had HTML entities)."""

    text: str
    view: str
    folded: Folded
    paragraphs: tuple[Paragraph, ...]
    noise: tuple[Noise, ...] = ()
    origin: tuple[int, ...] | None = None

    def is_noise(self, position: int) -> bool:
        """Tell whether ``position`` lies in noise."""
        return any(n.start <= position < n.end for n in self.noise)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything found in one article, each tuple in order of the text. ``masthead``: what the text itself shows
    of the article."""

    masthead: ArticleFacts = ArticleFacts()
    noise: tuple[Noise, ...] = ()
    citations: tuple[Citation, ...] = ()
    named_documents: tuple[NamedDocument, ...] = ()
    bodies: tuple[BodyMention, ...] = ()
    themes: tuple[ThemeMention, ...] = ()
    demands: tuple[Demand, ...] = ()
    relations: tuple[RelationCue, ...] = ()


class Certainty(StrEnum):
    """How sure a fact beyond the articles is."""

    STATED = "A"
    ONE_SOURCE = "B"
    UNCHECKED = "C"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention means: an entity id, or None with the candidates; ``reason`` is Vietnamese. ``asks``: it is open
    for a reason that a maintainer should look at, even without candidates."""

    id: str | None
    reason: str
    candidates: tuple[str, ...] = field(default=())
    asks: bool = False
