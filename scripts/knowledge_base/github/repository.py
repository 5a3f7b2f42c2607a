"""The sources as they stand, and how they would stand with some files changed."""

from __future__ import annotations

import copy
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from ..build import BuildCache, Reading, read_sources
from ..core.errors import Problem
from ..core.models import Article
from ..core.paragraphs import anchors, earlier_anchors
from ..meaning.knowledge.bodies import BodyCatalogue
from ..meaning.knowledge.entities import Kind


@dataclass(frozen=True)
class Repository:
    """The folder ``sources/``; what is in it is read, once, when asked for. Paths in files begin with ``sources/``."""

    sources: Path
    memory: BuildCache = field(default_factory=BuildCache)

    @cached_property
    def reading(self) -> Reading:
        """All that is read of it."""
        return read_sources(self.sources, self.memory)

    def article(self, identity: str) -> Article | None:
        """Return a sound article or a draft."""
        return next((a for a in (*self.reading.corpus.articles, *self.reading.corpus.drafts) if a.id == identity), None)

    def file(self, path: str) -> Path:
        """Return where the file ``sources/…`` lies."""
        return self.sources.joinpath(*Path(path).parts[1:])

    def read(self, path: str) -> str:
        """Return the text of the file ``sources/…``."""
        return self.file(path).read_text(encoding="utf-8")

    def files(self) -> list[str]:
        """Return every file that maintainers edit, as ``sources/…``."""
        found = (p for pattern in ("*.md", "*.yml") for p in self.sources.rglob(pattern) if p.is_file())
        return sorted(f"{self.sources.name}/{p.relative_to(self.sources).as_posix()}" for p in found)

    def new_problems(self, files: Mapping[str, str]) -> list[Problem]:
        """Return what ``build_pages.py --check`` would tell of the sources with ``files`` and does not tell now.

        What drafts lack is not among it: it is asked of whoever finishes them."""
        before = {(problem.path, problem.message) for problem in self.reading.problems}
        with tempfile.TemporaryDirectory() as folder:
            changed = Repository(Path(folder, self.sources.name), copy.copy(self.memory))
            shutil.copytree(self.sources, changed.sources, symlinks=True)
            for path, text in files.items():
                target = changed.file(path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")
            problems = changed.reading.problems
        return [problem for problem in problems if (problem.path, problem.message) not in before]


_PAGE = re.compile(
    r"""
    (?:^|/) (nguon|van-ban|co-quan|chu-de|dia-phuong|so-sanh)   # the kind of page
    / ([a-z0-9-]{1,200}) /?                                     # what it is about
    (?:index\.html)? (?:[#?]|$)                                 # read offline, an anchor or a search behind
    """,
    re.VERBOSE,
)
_HAND = re.compile(r"(?:^|/)(gioi-thieu|huong-dan)/(?:([a-z-]{1,60})/)?(?:[#?]|$)")
_ANCHOR = re.compile(r"#(d-[a-z0-9]{8}(?:-\d{1,4})?)$")

_TABLES = {"van-ban": "records", "dia-phuong": "provinces", "chu-de": "themes", "so-sanh": "themes"}
"""The vocabulary that the pages of a folder are made from."""


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """A line of a file from the repository's root."""

    path: str
    line: int


def find_place(address: str, repository: Repository) -> SourcePlace | None:
    """Return what a page is made from; None for a page that is made of many files, or is not known."""
    words = unquote(address.strip())
    if hand := _HAND.search(words):
        return SourcePlace(f"docs/{hand[1]}/{hand[2] or 'index'}.md", 1)
    page = _PAGE.search(words)
    folder, identity = page.groups() if page else ("", "")
    if folder == "nguon":
        article, anchor = repository.article(identity), _ANCHOR.search(words)
        if article is None:
            return None
        lines: dict[str, int] = {}
        earlier = earlier_anchors(article.paragraphs, article.mended)
        for paragraph, own, before in zip(article.paragraphs, anchors(article.paragraphs), earlier, strict=True):
            lines |= dict.fromkeys((own, *before), paragraph.line)
        return SourcePlace(article.path, (anchor and lines.get(anchor[1])) or article.line_of("title"))
    entries = [(_TABLES[folder], identity)] if folder in _TABLES else []
    if folder == "co-quan":
        key = BodyCatalogue(repository.reading.vocabulary).find(identity)
        entries = [("local_bodies", f"{key.kind} {key.province}"), ("body_kinds", key.kind)] if key else []
    for entry in entries:
        if entry in repository.reading.vocabulary.raw_entries:
            return SourcePlace(*repository.reading.vocabulary.place(*entry))
    kb = repository.reading.kb if folder == "van-ban" else None
    for reference in kb.mentions.get((Kind.DOCUMENT, identity), ())[:1] if kb else ():
        if article := repository.article(reference.article):  # the first paragraph that names it: it has no record
            return SourcePlace(article.path, article.paragraphs[reference.paragraph].line)
    return None
