"""The whole way from sources/ to docs/: everything is read, checked and rendered before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .checks import check_knowledge
from .errors import Problem, Severity, SourceError
from .exports import export_names, render_exports
from .exports.search import render_search_index
from .knowledge.collect import collect
from .knowledge.entities import KnowledgeBase
from .pages.kinds import generated_names
from .pages.render import render_pages
from .readers import read_articles
from .vocabulary import load_vocabulary
from .writer import WriteReport, write_pages


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: the pages, what was written (None under ``--check``), and the warnings."""

    kb: KnowledgeBase
    pages: int
    written: WriteReport | None
    warnings: tuple[Problem, ...]


def build(sources: Path, docs: Path | None, strict: bool = False) -> BuildReport:
    """Build ``docs`` from ``sources``; with ``docs`` None only check. Raises SourceError with all problems.

    With ``strict`` warnings count as errors. Nothing is written unless everything is right.
    """
    kb, problems = read_knowledge(sources)
    errors = [p for p in problems if strict or p.severity is Severity.ERROR]
    if errors or kb is None:
        raise SourceError(problems)
    pages = {path: text.encode() for path, text in render_pages(kb).items()} | render_exports(kb)
    pages |= render_search_index(kb)
    written = write_pages(pages, docs, (*generated_names(), *export_names())) if docs else None
    return BuildReport(kb, sum(path.endswith(".md") for path in pages), written, tuple(problems))


def read_knowledge(sources: Path) -> tuple[KnowledgeBase | None, list[Problem]]:
    """Return the knowledge base and every problem found; None if the vocabularies cannot be used."""
    vocabulary, problems = load_vocabulary(sources)
    articles, more = read_articles(sources, vocabulary)
    problems = [*problems, *more]
    articles_folder = f"{sources.resolve().name}/articles/"
    if any(p.severity is Severity.ERROR for p in problems if not p.path.startswith(articles_folder)):
        return None, sorted(set(problems))
    kb = collect(articles, vocabulary)
    return kb, sorted({*problems, *check_knowledge(kb)})
