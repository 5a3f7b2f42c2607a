"""The whole way from sources/ to docs/: everything is read, checked and rendered before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .addresses import (
    LIST,
    Addresses,
    Lost,
    check_moves,
    find_lost,
    list_addresses,
    lost_anchors,
    page_address,
    render_list,
    render_moves,
)
from .checks import check_knowledge
from .errors import Problem, Severity, SourceError
from .exports import DATA_PAGE, export_names, render_exports
from .exports.search import render_search_index
from .finders import Finders
from .knowledge.collect import collect
from .knowledge.entities import KnowledgeBase
from .memory import Memory
from .models import Article
from .pages.kinds import generated_names, searched_kinds
from .pages.render import page_paths, render_pages
from .readers import Corpus, read_corpus
from .vocabulary import Vocabulary
from .vocabulary.moved import Move, load_moves
from .vocabulary.validation import beyond
from .writer import WriteReport, write_pages


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: the pages, what was written (None under ``--check``), the warnings; the number of
    drafts left out, and what they lack."""

    kb: KnowledgeBase
    pages: int
    written: WriteReport | None
    warnings: tuple[Problem, ...]
    drafts: int = 0
    draft_warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the sources. ``kb`` is without drafts, and None if the vocabularies cannot be used;
    ``problems`` are those of everything but drafts."""

    kb: KnowledgeBase | None
    vocabulary: Vocabulary
    corpus: Corpus
    moves: tuple[Move, ...]
    problems: tuple[Problem, ...]

    def sound(self, strict: bool = False, no_drafts: bool = False) -> KnowledgeBase:
        """Return the knowledge base; raise SourceError with all problems if any is an error.

        With ``strict`` warnings count as errors, with ``no_drafts`` those of drafts."""
        lacking = self.corpus.draft_problems
        if no_drafts:
            lacking = tuple(replace(p, severity=Severity.ERROR) for p in lacking)
        problems = (*self.problems, *lacking)
        if self.kb is None or any(strict or p.severity is Severity.ERROR for p in problems):
            raise SourceError(problems)
        return self.kb


def build(
    sources: Path,
    docs: Path | None,
    strict: bool = False,
    no_drafts: bool = False,
    memory: Memory | None = None,
) -> BuildReport:
    """Build ``docs`` from ``sources``; with ``docs`` None only check. Raises SourceError with all problems.

    With ``strict`` warnings count as errors, with ``no_drafts`` those of drafts. Nothing is written unless
    everything is right. ``memory`` of an earlier build saves reading again what has not changed.
    """
    reading = read_sources(sources, memory)
    kb = reading.sound(strict, no_drafts)
    pages = render_all(kb, reading.moves)
    written = write_pages(pages, docs, (*generated_names(), *export_names())) if docs else None
    report = BuildReport(kb, sum(path.endswith(".md") for path in pages), written, reading.problems)
    return replace(report, drafts=len(reading.corpus.drafts), draft_warnings=reading.corpus.draft_problems)


@dataclass(frozen=True, slots=True)
class AddressReport:
    """What became of the published addresses: how many there were, those lost, and how many paragraphs are gone."""

    published: int
    lost: tuple[Lost, ...]
    paragraphs: int
    warnings: tuple[Problem, ...]


def compare_addresses(sources: Path, published: Addresses) -> AddressReport:
    """Compare a published list with what ``sources`` would make now; writes nothing. Raises SourceError."""
    reading = read_sources(sources)
    kb = reading.sound()
    present = list_addresses(render_all(kb, reading.moves))
    gone = lost_anchors(published, present, {move.old: move.new for move in reading.moves})
    lost = tuple(find_lost(published, present, kb.vocabulary))
    return AddressReport(len(published), lost, sum(map(len, gone.values())), reading.problems)


def render_all(kb: KnowledgeBase, moves: Sequence[Move]) -> dict[str, bytes]:
    """Return everything that is generated: path in docs/ → content."""
    pages = {path: text.encode() for path, text in render_pages(kb).items()} | render_exports(kb)
    pages |= render_search_index(kb, searched_kinds())
    pages |= render_moves(moves, pages)
    return pages | {LIST: render_list(list_addresses(pages))}


def read_knowledge(sources: Path) -> tuple[KnowledgeBase | None, list[Problem]]:
    """Return the knowledge base, without drafts, and every problem found, those of drafts too (as warnings);
    None if the vocabularies cannot be used."""
    reading = read_sources(sources)
    return reading.kb, sorted({*reading.problems, *reading.corpus.draft_problems})


def read_sources(sources: Path, memory: Memory | None = None) -> Reading:
    """Read everything under ``sources``, with every problem found.

    While there are faults, what is sound of the faulty entries and articles stands in for them, so that all
    faults are told in one run; such a knowledge base is never built."""
    memory = memory or Memory()
    vocabulary, faults = memory.load_vocabulary(sources)
    moves, more = load_moves(sources)
    corpus = read_corpus(sources, vocabulary)
    problems = [*faults, *more, *corpus.problems]
    if vocabulary.unreadable:
        return Reading(None, vocabulary, corpus, moves, tuple(sorted(set(problems))))
    finders = memory.finders(vocabulary)
    kb = collect([_usable(a, vocabulary) for a in (*corpus.articles, *corpus.mended)], vocabulary, finders)
    problems += beyond(problems, _check(kb, finders, corpus, problems))
    if not any(p.severity is Severity.ERROR for p in problems):
        present = {page_address(path) for path in (DATA_PAGE, *page_paths(kb))} if moves else set()
        problems += check_moves(moves, present, _folders())
    found = tuple(sorted(set(problems)))
    if vocabulary.faulty or vocabulary.incomplete or any(p.severity is Severity.ERROR for p in faults):
        return Reading(None, vocabulary, corpus, moves, found)
    if corpus.mended:  # what stood in for faulty articles goes no further
        kb = collect(corpus.articles, vocabulary, finders)
    return Reading(kb, vocabulary, corpus, moves, found)


def _check(kb: KnowledgeBase, finders: Finders, corpus: Corpus, told: Sequence[Problem]) -> list[Problem]:
    """Return what is wrong with the knowledge base beyond the problems ``told`` that its sources have."""
    doubtful = {article.path for article in corpus.mended if _is_doubtful(article, told)}
    return check_knowledge(kb, finders, told, doubtful, partial=bool(kb.vocabulary.incomplete))


def _usable(article: Article, vocabulary: Vocabulary) -> Article:
    """Return an article that does not refer to what is left out of a faulty vocabulary."""
    return article if article.province in {None, *vocabulary.provinces} else replace(article, province=None)


def _is_doubtful(article: Article, problems: Iterable[Problem]) -> bool:
    """Tell whether a fault is in what the meaning of an article's words depends on: its place and time."""
    lines = {article.line_of(key) for key in ("published", "event", "province")}
    return any(problem.path == article.path and problem.line in lines for problem in problems)


def _folders() -> set[str]:
    """Return the folders of generated pages."""
    return {name for name in (*generated_names(), *export_names()) if "." not in name}
