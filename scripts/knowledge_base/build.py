"""The whole way from sources/ to docs/: everything is read, checked and rendered before anything is written."""

from __future__ import annotations

import datetime
import hashlib
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from .checks.articles import check_lines
from .checks.knowledge import check_knowledge
from .checks.records import check_drafts
from .core.dates import clock_day
from .core.errors import Problem, Severity, SourceError
from .core.models import Article
from .core.processes import share_out
from .core.progress import tell_progress
from .core.store import Store, digest, of_code, of_files, of_templates
from .meaning.knowledge.collect import collect, read_context
from .meaning.knowledge.entities import KnowledgeBase
from .meaning.knowledge.kept import Found, KeptContexts, found_in
from .meaning.resolve.context import Context
from .mentions.finders import Finders
from .publish.addresses import (
    LIST,
    Addresses,
    check_errata,
    check_moves,
    list_addresses,
    page_address,
    render_list,
    render_moves,
)
from .publish.exports.draft_data import render_draft_data
from .publish.exports.files import EXPORT_NAMES, render_exports
from .publish.exports.search_names import render_search_index
from .publish.exports.tables import check_tables
from .publish.packs.sheets import render_packs
from .publish.packs.tray_data import render_statements
from .publish.pages.index import Index
from .publish.pages.kinds import GENERATED_NAMES, check_kinds, searched_kinds
from .publish.pages.render import each_page, page_paths, render_listed, render_rest
from .publish.pages.traced import PageMemory, PageNotes, Trace
from .publish.writer import FileStage, WriteReport, digest_of, writing, written_files
from .sources.articles.corpus import Corpus, read_corpus
from .sources.history import load_added
from .sources.moves import Erratum, Move, load_errata, load_moves
from .sources.text_files import decode_source, read_small_file, shown_path
from .sources.vocabulary import Vocabulary, load_vocabulary
from .sources.vocabulary.validation import on_other_lines

OWNED = (*GENERATED_NAMES, *EXPORT_NAMES)
"""Files and folders in docs/ that are wholly generated, at its top level."""
_READ = ("vocabularies", "documents")


_ARTICLES, _PAGES = 16, 64
"""So many are handed to a process at a time: about a quarter of a second's work, so that all end together."""
_MANY_ARTICLES, _MANY_PAGES = 400, 4000
"""From so many new ones on other processes help: to start one takes about 2 s, and so many take 6 s or more."""
_TRIES = 3
"""So often a build is begun whose sources are changed while it reads them: whoever saves one file after another is done
by then. Chosen by hand."""


class LateFinders(Finders):
    """Finders that are made when first asked: a build in which nothing has changed needs none."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def __getattr__(self, name: str) -> Any:  # asked only for what is not there
        if "provinces" in self.__dict__:
            raise AttributeError(name)
        super().__init__(self._vocabulary)
        return getattr(self, name)


class BuildCache:
    """The vocabulary of the last build, what was found with it, and what the store on disk keeps of earlier builds.

    A vocabulary is read anew when any byte of its files has changed, an article when anything of its own has; where
    the folder lies makes no difference."""

    def __init__(self, store: Store | None = None) -> None:
        self.store = store or Store(None)
        self._key = ""
        self._known: tuple[Vocabulary, list[Problem]] | None = None
        self._finders: LateFinders | None = None
        self._contexts: dict[Article, Context] = {}
        self._told: dict[str, tuple[Problem, ...]] = {}

    def load_vocabulary(self, sources: Path) -> tuple[Vocabulary, list[Problem]]:
        """Return what ``load_vocabulary`` gives: the very same objects if nothing has changed."""
        while self._known is None or self._key != self._key_of(sources):
            self._key = self._key_of(sources)  # asked again when it is read: nothing may change meanwhile
            self._known = load_vocabulary(sources)
            self._finders, self._contexts, self._told = None, {}, {}
        return self._known[0], list(self._known[1])

    @staticmethod
    def _key_of(sources: Path) -> str:
        strange = sorted({path.name for path in sources.iterdir()} - {"articles"}) if sources.is_dir() else []
        seen = hashlib.sha256("\0".join([Path(os.path.abspath(sources)).name, *strange]).encode())
        for path in sorted(path for name in _READ for path in (sources / name).rglob("*")):
            data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            seen.update(f"\0{path.relative_to(sources).as_posix()}\0{path.is_symlink()}\0{len(data)}\0".encode())
            seen.update(data)
        return seen.hexdigest()

    def finders(self, vocabulary: Vocabulary) -> Finders:
        """Return the finders of the vocabulary last loaded."""
        self._finders = self._finders or LateFinders(vocabulary)
        return self._finders

    def contexts(self, vocabulary: Vocabulary, articles: Collection[Article]) -> Callable[[Article], Context]:
        """Return what reads the contexts of ``articles``; those of others are forgotten."""
        find = partial(read_context, vocabulary=vocabulary, finders=self.finders(vocabulary))
        kept = KeptContexts(self.store, digest(self._key, of_code()), vocabulary, find)
        self._contexts = {article: self._contexts[article] for article in articles if article in self._contexts}
        new = [a for a in articles if a not in self._contexts and not kept.has(a)]
        if len(new) >= _MANY_ARTICLES:
            parts = [new[start : start + _ARTICLES] for start in range(0, len(new), _ARTICLES)]
            results = share_out(_searcher, (vocabulary, self.store.folder, self._key), parts, worth=True)
            for part, found in zip(parts, results, strict=True):
                self._contexts |= {a: kept.restore(a, one) for a, one in zip(part, found, strict=True)}

        def read(article: Article) -> Context:
            if article not in self._contexts:
                self._contexts[article] = kept.read(article)
            return self._contexts[article]

        return read

    def pages(
        self, kb: KnowledgeBase, errata: Sequence[Erratum], published_at: str, docs: Path
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the pages of a knowledge base of the vocabulary last loaded: path in docs/, content. One that is what
        it was when it was last made for ``docs`` is taken from there, if its bytes are still the same."""
        asked, templates = repr((errata, published_at, os.path.abspath(docs))), of_templates()
        name = digest("pages", self._key, of_code(), templates, asked)
        trace = Trace(Index(kb, published_at))
        notes = PageNotes(self.store.recall(name, PageMemory) or PageMemory(), trace)
        members = {}
        for path, member, _ in each_page(trace.index, errata):
            known, there = notes.known(path, member), docs / path
            data = there.read_bytes() if known and there.is_file() else b""
            if data and known == digest_of(data):
                notes.same(path)
                yield path, data
            else:
                members[path] = member
        new = [*members]
        parts = [new[start : start + _PAGES] for start in range(0, len(new), _PAGES)]
        made_pages = share_out(_page_maker, (kb, published_at, errata), parts, worth=len(new) >= _MANY_PAGES)
        for path, data, questions in tell_progress(chain.from_iterable(made_pages), len(new), "Đang sinh trang"):
            notes.made(path, members[path], digest_of(data), questions)
            yield path, data
        if self.store.folder and of_templates() == templates:  # none was changed meanwhile
            self.store.keep(name, notes.memory(), PageMemory)

    def files_once(self, what: str, make: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
        """Return the files that are made of ``what`` and of nothing else."""
        name = digest("files", of_code(), what)
        known = self.store.recall(name, dict[str, str])
        if known is not None:
            return {path: b64decode(text) for path, text in known.items()}
        files = make()
        self.store.keep(name, {path: b64encode(data).decode() for path, data in files.items()}, dict[str, str])
        return files

    def told_once(self, what: str, find: Callable[[], tuple[Problem, ...]]) -> tuple[Problem, ...]:
        """Return the problems that follow from the vocabulary last loaded alone; ``what`` are they called."""
        if what not in self._told:
            name = digest("problems", self._key, of_code(), what)
            known = self.store.recall(name, tuple[Problem, ...])
            self._told[what] = find() if known is None else known
            if known is None:
                self.store.keep(name, self._told[what], tuple[Problem, ...])
        return self._told[what]


def _searcher(shared: tuple[Vocabulary, Path | None, str]) -> Callable[[list[Article]], list[Found]]:
    """Return what finds what is in articles, and keeps it, in a process of several."""
    vocabulary, folder, key = shared
    find = partial(read_context, vocabulary=vocabulary, finders=Finders(vocabulary))
    kept = KeptContexts(Store(folder), digest(key, of_code()), vocabulary, find)
    return lambda articles: [found_in(kept.read(article)) for article in articles]


_Made = tuple[str, bytes, list[str]]
"""A page: its path, its bytes, and what it asked."""


def _page_maker(
    shared: tuple[KnowledgeBase, str, Sequence[Erratum]],
) -> Callable[[list[str]], list[_Made]]:
    """Return what makes pages by their paths in docs/, in a process of several or alone."""
    kb, published_at, errata = shared
    trace = Trace(Index(kb, published_at))
    makers = {path: make for path, _, make in each_page(trace.index, errata)}

    def make(paths: list[str]) -> list[_Made]:
        made = []
        for path in paths:
            trace.questions()
            made.append((path, makers[path]().encode(), trace.questions()))
        return made

    return make


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: how many articles, documents, bodies and pages, what was written (None under ``--check``), the
    warnings; the number of drafts left out, and what they lack."""

    articles: int
    documents: int
    bodies: int
    pages: int
    written: WriteReport | None
    warnings: tuple[Problem, ...]
    drafts: int
    draft_warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Finished:
    """A build that is kept: its report, and a digest of each file it made."""

    report: BuildReport
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the sources. ``kb`` is without drafts, and None if the vocabularies cannot be used;
    ``problems`` are those of everything but drafts, ``draft_problems`` what drafts lack."""

    kb: KnowledgeBase | None
    vocabulary: Vocabulary
    corpus: Corpus
    moves: tuple[Move, ...]
    errata: tuple[Erratum, ...]
    problems: tuple[Problem, ...]
    draft_problems: tuple[Problem, ...] = ()

    @property
    def drafts(self) -> int:
        """How many articles and records are drafts."""
        return len(self.corpus.drafts) + len(self.vocabulary.drafts)

    def sound(self, strict: bool = False, no_drafts: bool = False) -> KnowledgeBase:
        """Return the knowledge base; raise SourceError with all problems if any is an error.

        With ``strict`` warnings count as errors, with ``no_drafts`` those of drafts."""
        lacking = self.draft_problems
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
    cache: BuildCache | None = None,
    published_at: str = "",
) -> BuildReport:
    """Build ``docs`` from ``sources``; with ``docs`` None only check. Raises SourceError with all problems.

    With ``strict`` warnings count as errors, with ``no_drafts`` those of drafts. Nothing is written unless
    everything is right. ``cache`` of an earlier build saves reading again what has not changed, and its store doing
    anything where nothing has; ``published_at`` is the address of the site, with a slash at its end, for what is
    printed ('' if it is not known).
    """
    cache, options = cache or BuildCache(), (strict, no_drafts, published_at)
    if docs is None:
        report = _build(sources, None, None, options, cache)
        assert report  # noqa: S101 - nothing is written, so nothing can be mixed
        return report
    for _ in range(_TRIES):
        with writing(docs, OWNED) as stage:
            report = _build(sources, docs, stage, options, cache)
        if report:
            return report
    message = "các tệp đổi liên tục trong lúc dựng, nên chưa ghi gì"
    raise SourceError([Problem(sources.absolute().name, 1, message, "Đợi mọi tệp được lưu xong rồi chạy lại")])


def _build(
    sources: Path, docs: Path | None, stage: FileStage | None, options: tuple[bool, bool, str], cache: BuildCache
) -> BuildReport | None:
    """Build as ``build`` does, once; None if the sources were changed meanwhile, so that nothing is written."""
    strict, no_drafts, published_at = options
    state, asked = of_files(sources) + of_templates(), repr((*options, docs is None, clock_day()))
    name = digest("build", state, of_code(), asked)
    done = cache.store.recall(name, _Finished)
    if done and (docs is None or written_files(docs, OWNED) == done.files):
        return replace(done.report, written=WriteReport(0, len(done.files), 0) if docs else None)
    reading = read_sources(sources, cache)
    kb = reading.sound(strict, no_drafts)
    files: dict[str, str] = {}
    known = cache.pages(kb, reading.errata, published_at, docs) if docs else None
    packs = partial(render_packs, kb, published_at, cache.files_once)
    for path, data in each_file(kb, reading.moves, reading.errata, published_at, known, packs if docs else dict):
        files[path] = digest_of(data)
        if stage:
            stage.put(path, data)
    whole = of_files(sources) + of_templates() == state
    if stage and not whole:
        return None
    count = sum(path.endswith(".md") for path in files)
    report = BuildReport(
        len(kb.articles), len(kb.documents), len(kb.bodies), count, stage.finish() if stage else None,
        reading.problems, reading.drafts, reading.draft_problems,
    )  # fmt: skip
    if whole:
        cache.store.keep(name, _Finished(report, files if stage else {}), _Finished)
    cache.store.clear()
    return report


def each_file(
    kb: KnowledgeBase,
    moves: Sequence[Move],
    errata: Sequence[Erratum] = (),
    published_at: str = "",
    pages: Iterable[tuple[str, bytes]] | None = None,
    more: Callable[[], Mapping[str, bytes]] = dict,
) -> Iterator[tuple[str, bytes]]:
    """Yield everything that is generated: path in docs/, content; none of it is held. ``pages``: those of
    ``each_page``, if they are known; ``more``: what makes further files."""
    if pages is None:
        pages = ((path, make().encode()) for path, _, make in each_page(Index(kb, published_at), errata))
    ends, moved_to, addresses = {move.new for move in moves}, {}, Addresses()
    for path, data in pages:
        addresses |= list_addresses({path: data})
        if page_address(path) in ends:
            moved_to[path] = data
        yield path, data
    for render in (render_exports, render_rest, render_listed, _search_index, render_statements, render_draft_data):
        yield from render(kb).items()
    moved = render_moves(moves, moved_to)
    yield from moved.items()
    yield LIST, render_list(dict(sorted((addresses | list_addresses(moved)).items())))
    yield from more().items()


def _search_index(kb: KnowledgeBase) -> dict[str, bytes]:
    return render_search_index(kb, searched_kinds())


def render_all(
    kb: KnowledgeBase, moves: Sequence[Move], errata: Sequence[Erratum] = (), published_at: str = ""
) -> dict[str, bytes]:
    """Return everything that is generated but the files of the packs: path in docs/ → content."""
    return dict(each_file(kb, moves, errata, published_at))


def check_any(corpus: Corpus, sources: Path) -> Iterator[Problem]:
    """Tell of a base without articles: hardly anybody means to take down all pages."""
    if not corpus.ids:
        place = f"{Path(os.path.abspath(sources)).name}/articles"
        yield Problem(place, 1, "kho chưa có bài nào", "Lấy lại thư mục articles, hoặc thêm bài đầu tiên vào đó")


def check_files(sources: Path) -> Iterator[Problem]:
    """Tell of damaged letters in records and vocabularies, as of those in articles: what they say is shown too."""
    for path in sorted(path for name in _READ for path in (sources / name).glob("*.yml")):
        shown = shown_path(path, Path(os.path.abspath(sources)).parent)
        data, _ = read_small_file(path, shown)
        text = decode_source(data, shown)[0] if data else None
        yield from check_lines(text or "", shown)


def read_sources(sources: Path, cache: BuildCache | None = None, today: datetime.date | None = None) -> Reading:
    """Read everything under ``sources``, with every problem found.

    While there are faults, what is sound of the faulty entries and articles stands in for them, so that all
    faults are told in one run; such a knowledge base is never built. ``today``: the clock's day if not given."""
    cache = cache or BuildCache()
    vocabulary, faults = cache.load_vocabulary(sources)
    moves, more = load_moves(sources)
    errata, untrue = load_errata(sources)
    corpus = read_corpus(sources, vocabulary)
    problems = [*check_kinds(), *check_tables(), *faults, *more, *untrue, *corpus.problems, *check_any(corpus, sources)]
    problems += on_other_lines(problems, cache.told_once("letters", lambda: tuple(check_files(sources))))
    lacking = tuple(sorted({*corpus.draft_problems, *check_drafts(vocabulary, today)}))
    if vocabulary.unreadable:
        return Reading(None, vocabulary, corpus, moves, errata, tuple(sorted(set(problems))), lacking)
    usable = [  # not referring to what is left out of a faulty vocabulary
        a if a.province in {None, *vocabulary.provinces} else replace(a, facts=replace(a.facts, province=None))
        for a in (*corpus.articles, *corpus.stand_ins)
    ]
    finders, read = cache.finders(vocabulary), cache.contexts(vocabulary, usable)
    added = load_added(sources)
    kb = replace(collect(usable, vocabulary, finders, read), added=added)
    faulty = {(problem.path, problem.line) for problem in problems}
    doubtful = {  # the place or time that the meaning of their words depends on is but a guess
        a.path
        for a in corpus.stand_ins
        if not a.lines or any((a.path, a.line_of(key)) in faulty for key in ("published", "event", "province"))
    }
    problems += on_other_lines(problems, check_knowledge(kb, finders, problems, doubtful, today, cache.told_once))
    if not any(p.severity is Severity.ERROR for p in problems):
        present = {page_address(path) for path in page_paths(kb)} if moves or errata else set()
        folders = {name for name in OWNED if "." not in name}
        problems += [*check_moves(moves, present, folders), *check_errata(errata, present)]
    found = tuple(sorted(set(problems)))
    if any(p.severity is Severity.ERROR for p in faults):
        return Reading(None, vocabulary, corpus, moves, errata, found, lacking)
    if corpus.stand_ins:  # what stood in for faulty articles goes no further
        kb = replace(collect(corpus.articles, vocabulary, finders, read), added=added)
    return Reading(kb, vocabulary, corpus, moves, errata, found, lacking)
