"""The sources as they stand, and how they would stand with some files changed."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from ..build import read_knowledge
from ..core.errors import Problem
from ..core.models import Article
from ..core.paragraphs import anchors
from ..meaning.knowledge.catalogue import BodyCatalogue
from ..meaning.knowledge.entities import Kind, Reference
from ..sources.articles.corpus import Corpus, read_articles, read_corpus
from ..sources.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True)
class Repository:
    """The folder ``sources/``; what is in it is read when asked for. Paths in files begin with ``sources/``."""

    sources: Path

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabularies as far as they are sound."""
        return load_vocabulary(self.sources)[0]

    @cached_property
    def corpus(self) -> Corpus:
        """The articles and the drafts."""
        return read_corpus(self.sources, self.vocabulary)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The sound articles, and the drafts."""
        return (*self.corpus.articles, *self.corpus.drafts)

    def first_mention(self, document: str) -> Reference | None:
        """Return the first place of an article that names a document."""
        kb, _ = read_knowledge(self.sources)
        return next(iter(kb.mentions.get((Kind.DOCUMENT, document), ())), None) if kb else None

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
        """Return the problems that the sources would have with ``files`` and have not now."""
        with tempfile.TemporaryDirectory() as folder:
            sources = Path(folder, self.sources.name)
            for name in ("vocabularies", "documents"):
                if (self.sources / name).is_dir():
                    shutil.copytree(self.sources / name, sources / name)
            for path, text in files.items():
                target = sources.joinpath(*Path(path).parts[1:])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")
            vocabulary, problems = load_vocabulary(sources)
            problems += read_articles(sources, vocabulary)[1]
        before = {(p.path, p.message) for p in load_vocabulary(self.sources)[1]}
        return [problem for problem in problems if (problem.path, problem.message) not in before]


_PAGE = re.compile(
    r"(?:^|/)(nguon|van-ban|co-quan|chu-de|dia-phuong|so-sanh)/([a-z0-9-]{1,200})/?(?:index\.html)?(?:[#?]|$)"
)
_HAND = re.compile(r"(?:^|/)(gioi-thieu|huong-dan)/(?:([a-z-]{1,60})/)?(?:[#?]|$)")
_ANCHOR = re.compile(r"#(d-[a-z0-9]{8}(?:-\d{1,4})?)$")


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
    if page is None:
        return None
    anchor = _ANCHOR.search(words)
    if page[1] == "nguon":
        return _article_place(page[2], anchor[1] if anchor else None, repository)
    return _entry_place(page[1], page[2], repository)


def _article_place(identity: str, anchor: str | None, repository: Repository) -> SourcePlace | None:
    article = next((a for a in repository.articles if a.id == identity), None)
    if article is None:
        return None
    names = dict(zip(anchors(article.paragraphs), article.paragraphs, strict=True))
    paragraph = names.get(anchor or "")
    return SourcePlace(article.path, paragraph.line if paragraph else _first_line(article))


def _first_line(article: Article) -> int:
    return article.line_of("title")


def _entry_place(folder: str, identity: str, repository: Repository) -> SourcePlace | None:
    vocabulary = repository.vocabulary
    if folder == "van-ban":
        return _origin("records", identity, vocabulary) or _cited_place(identity, repository)
    if folder == "dia-phuong":
        return _origin("provinces", identity, vocabulary)
    if folder == "co-quan":
        key = BodyCatalogue(vocabulary).find(identity)
        local = _origin("local_bodies", f"{key.kind} {key.province}", vocabulary) if key else None
        return local or (_origin("body_kinds", key.kind, vocabulary) if key else None)
    return _origin("themes", identity, vocabulary)


def _origin(name: str, key: str, vocabulary: Vocabulary) -> SourcePlace | None:
    return SourcePlace(*vocabulary.origin(name, key)) if (name, key) in vocabulary.raw_entries else None


def _cited_place(identity: str, repository: Repository) -> SourcePlace | None:
    """Return the first paragraph that names a document of which there is no record."""
    reference = repository.first_mention(identity)
    if reference is None:
        return None
    article = next(a for a in repository.articles if a.id == reference.article)
    return SourcePlace(article.path, article.paragraphs[reference.paragraph].line)
