"""The whole way from sources/ to docs/: everything is read, checked and rendered before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from .checks import check_knowledge
from .errors import Problem, Severity, SourceError
from .exports import export_names, render_exports
from .exports.search import render_search_index
from .knowledge.collect import collect
from .knowledge.entities import KnowledgeBase
from .pages.kinds import generated_names
from .pages.render import render_pages
from .readers import Corpus, read_corpus
from .vocabulary import load_vocabulary
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


def build(sources: Path, docs: Path | None, strict: bool = False, no_drafts: bool = False) -> BuildReport:
    """Build ``docs`` from ``sources``; with ``docs`` None only check. Raises SourceError with all problems.

    With ``strict`` warnings count as errors, with ``no_drafts`` those of drafts. Nothing is written unless
    everything is right.
    """
    kb, problems, corpus = _read(sources)
    lacking = corpus.draft_problems
    if no_drafts:
        lacking = tuple(replace(p, severity=Severity.ERROR) for p in lacking)
    if kb is None or any(strict or p.severity is Severity.ERROR for p in (*problems, *lacking)):
        raise SourceError([*problems, *lacking])
    pages = {path: text.encode() for path, text in render_pages(kb).items()} | render_exports(kb)
    pages |= render_search_index(kb)
    written = write_pages(pages, docs, (*generated_names(), *export_names())) if docs else None
    report = BuildReport(kb, sum(path.endswith(".md") for path in pages), written, tuple(problems))
    return replace(report, drafts=len(corpus.drafts), draft_warnings=lacking)


def read_knowledge(sources: Path) -> tuple[KnowledgeBase | None, list[Problem]]:
    """Return the knowledge base, without drafts, and every problem found, those of drafts too (as warnings);
    None if the vocabularies cannot be used."""
    kb, problems, corpus = _read(sources)
    return kb, sorted({*problems, *corpus.draft_problems})


def _read(sources: Path) -> tuple[KnowledgeBase | None, list[Problem], Corpus]:
    """Return the knowledge base, its problems, and the corpus with its drafts."""
    vocabulary, faults = load_vocabulary(sources)
    corpus = read_corpus(sources, vocabulary)
    problems = [*faults, *corpus.problems]
    articles_folder = f"{sources.resolve().name}/articles/"
    if any(p.severity is Severity.ERROR for p in problems if not p.path.startswith(articles_folder)):
        return None, sorted(set(problems)), corpus
    kb = collect(corpus.articles, vocabulary)
    return kb, sorted({*problems, *check_knowledge(kb)}), corpus
