"""The two sides of a comparison: what the sources of one moment give when today's program builds them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..addresses import Addresses, list_addresses
from ..build import Reading, read_sources, render_all
from ..errors import Problem, Severity
from ..knowledge.entities import KnowledgeBase
from ..pages.index import Index
from ..pages.site import Site
from ..readers import Corpus
from ..text import slug
from ..vocabulary import Vocabulary
from .revision import export_revision, find_revision


@dataclass(frozen=True)
class Side:
    """One state of the sources: what was read, and every page it makes (path in docs/ → content).

    ``label`` and ``detail`` say which state; ``absent`` that there was no such folder then."""

    label: str
    reading: Reading
    pages: dict[str, bytes]
    detail: str = ""
    absent: bool = False

    @property
    def kb(self) -> KnowledgeBase | None:
        """The knowledge base; None where the vocabularies cannot be used."""
        return self.reading.kb

    @cached_property
    def site(self) -> Site | None:
        """Names and lines as pages show them."""
        return Site(Index(self.kb), "") if self.kb else None

    @cached_property
    def addresses(self) -> Addresses:
        """All addresses of its pages."""
        return list_addresses(self.pages)

    @property
    def errors(self) -> list[Problem]:
        """What is wrong in it by today's rules."""
        return [p for p in self.reading.problems if p.severity is Severity.ERROR]

    @cached_property
    def unread(self) -> set[str]:
        """The ids of articles that could not be read."""
        faulty = {slug(Path(p.path).stem) for p in self.errors if "/articles/" in p.path}
        return faulty - {article.id for article in self.reading.corpus.articles}


def read_side(sources: Path, label: str = "", detail: str = "") -> Side:
    """Read and build one state of the sources; errors in articles leave these out."""
    reading = read_sources(sources)
    leads = not any(p.path.endswith("addresses.yml") and p.severity is Severity.ERROR for p in reading.problems)
    pages = render_all(reading.kb, reading.moves if leads else ()) if reading.kb else {}
    return Side(label, reading, pages, detail)


def read_revision(sources: Path, name: str) -> Side:
    """Read and build the sources as they were at a revision. Raises UsageError when that cannot be had."""
    revision = find_revision(sources, name)
    with tempfile.TemporaryDirectory(prefix="kho-") as folder:
        copy = Path(folder) / sources.resolve().name
        if not export_revision(sources, revision, copy):
            return Side(revision.name, Reading(None, Vocabulary(), Corpus(), (), ()), {}, revision.detail, absent=True)
        return read_side(copy, revision.name, revision.detail)
