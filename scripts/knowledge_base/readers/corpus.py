"""Read all articles under ``sources/articles/``, and check that each stands in its right place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import Problem, Severity
from ..models import Article
from ..source_text import decode_source
from ..text import nfc
from ..vocabulary import Vocabulary
from .articles import read_article
from .markdown import read_faulty
from .places import check_file, check_name, check_place, date_in_name
from .source_file import SourceFile, article_id, shown_path
from .unfinished import REPORT_SUFFIX


@dataclass(frozen=True, slots=True)
class Corpus:
    """What stands under ``articles/``: the sound articles and the drafts, sorted by id, and their problems.

    ``ids`` are all those that a new article must not take. ``mended`` is what can be used of the faulty articles,
    only to look for more faults; ``unreadable`` are the paths of those of which nothing can be used."""

    articles: tuple[Article, ...] = ()
    drafts: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
    draft_problems: tuple[Problem, ...] = ()
    ids: frozenset[str] = frozenset()
    mended: tuple[Article, ...] = ()
    unreadable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file of the corpus with what was read of it; a ``foreign`` one can be no article."""

    path: Path
    shown: str
    article: Article | None
    faults: list[Problem]
    foreign: bool = False

    @property
    def is_draft(self) -> bool:
        return self.article is not None and self.article.draft


def read_articles(sources: Path, vocabulary: Vocabulary) -> tuple[list[Article], list[Problem]]:
    """Return the sound articles of a corpus, without its drafts, and the problems of all, sorted."""
    corpus = read_corpus(sources, vocabulary)
    return list(corpus.articles), sorted({*corpus.problems, *corpus.draft_problems})


def read_corpus(sources: Path, vocabulary: Vocabulary) -> Corpus:
    """Read everything under ``articles/``. What a draft lacks is told as warnings, apart from other problems."""
    base = Path(os.path.abspath(sources))
    paths: dict[str, str] = {}
    found = [_read(path, base, vocabulary) for path in _walk(base / "articles")]
    for reading in sorted(found, key=lambda reading: reading.is_draft):  # a draft never takes an article's name
        if not reading.foreign:
            reading.faults.extend(check_name(reading.path, reading.shown, paths))
    read = [(r.article, r.faults) for r in found if r.article is not None and not r.is_draft]
    sound = [article for article, faults in read if not any(f.severity is Severity.ERROR for f in faults)]
    mended = {r.shown: _mend(r, base, vocabulary) for r in found if _is_faulty(r)}
    told = {replace(fault, severity=Severity.WARNING) for r in found if r.is_draft for fault in r.faults}
    return Corpus(
        articles=tuple(sorted(sound, key=lambda article: article.id)),
        drafts=tuple(sorted((r.article for r in found if r.article and r.is_draft), key=lambda article: article.id)),
        problems=tuple(sorted({fault for r in found if not r.is_draft for fault in r.faults})),
        draft_problems=tuple(sorted(told)),
        mended=tuple(article for article in mended.values() if article is not None),
        unreadable=frozenset(shown for shown, article in mended.items() if article is None),
        ids=frozenset(article_id(path) for path in _walk(base / "articles", reports=True)),
    )


def _read(path: Path, base: Path, vocabulary: Vocabulary) -> _Reading:
    """Read one file and tell whether it stands in its right place."""
    shown = shown_path(path, base.parent)
    fault = check_file(path, shown)
    if fault is not None:
        return _Reading(path, shown, None, [fault], foreign=True)
    article, faults = read_article(path, base.parent, vocabulary)
    if article is not None and (article.lines or not article.draft):  # else its front matter could not be read
        faults = [*faults, *check_place(article, path.relative_to(base / "articles"), vocabulary)]
    return _Reading(path, shown, article, list(faults))


def _walk(folder: Path, reports: bool = False) -> Iterator[Path]:
    """Yield everything below ``folder`` that is not a folder, in a fixed order, links not followed.

    Reports that stand beside drafts are left out, unless only their places (as their drafts') are asked for."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), key=lambda path: (nfc(path.name), path.name)):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path, reports)
        elif not path.name.endswith(REPORT_SUFFIX):
            yield path
        elif reports:
            yield path.with_name(path.name.removesuffix(REPORT_SUFFIX) + ".md")


def _is_faulty(reading: _Reading) -> bool:
    return not (reading.foreign or reading.is_draft) and any(f.severity is Severity.ERROR for f in reading.faults)


def _mend(reading: _Reading, base: Path, vocabulary: Vocabulary) -> Article | None:
    """Return as much of a faulty article as can be used, its place and date as its path says where they are amiss."""
    article = reading.article
    if article is None:
        text, _ = decode_source(reading.path.read_bytes(), reading.shown)
        source = SourceFile(reading.shown, article_id(reading.path), nfc(reading.path.parent.name), text or "")
        article = read_faulty(source, vocabulary) if source.id else None
    if article is None:
        return None
    home = nfc(reading.path.relative_to(base / "articles").parts[0])
    place = article.province if article.province in vocabulary.provinces else None
    return replace(
        article,
        published=article.published or date_in_name(article.id),
        province=place or (home if home in vocabulary.provinces else None),
        outlet=article.outlet if article.outlet in vocabulary.outlets else None,
    )
