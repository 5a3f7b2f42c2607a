"""Make the draft of an article: a pure function of what was read, what the corpus holds, and what a person says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..core.errors import Problem
from ..core.ids import parse_document_id
from ..core.models import Article, NoiseKind, Scan
from ..core.text import slug
from ..meaning.knowledge.collect import read_context
from ..meaning.knowledge.entities import Document
from ..meaning.resolve.context import Context
from ..mentions.cleaning import clean_article
from ..mentions.finders import Finders
from ..mentions.masthead import is_official
from ..sources.articles.corpus import Corpus
from ..sources.articles.digest import read_markdown
from ..sources.text_files import NATIONAL_FOLDER, SourceFile
from ..sources.vocabulary import Vocabulary
from .cleaned import Cleaned, clean_body
from .facts import Facts, ask_facts, collect_facts, doubt_facts
from .findings import Findings, document_name
from .given import Given, Known, Question, resolve_given
from .layout import render_draft
from .report import render_report
from .similarity import Similarity, find_similar

_LONGEST_NAME = 60
_UNDATED = "khong-ro-ngay"
_SHOWN = "sources/"
_COPIED_ALONG = {NoiseKind.PLAYER, NoiseKind.TEASER, NoiseKind.CAPTION}


@dataclass(frozen=True, slots=True)
class Draft:
    """A new article: ``path`` below the folder of sources, its whole ``text``, and the ``report`` for its maintainer.

    ``problems`` are errors for which it must not be added as it is: values that cannot be understood, an article
    that is there already. ``missing`` is what ``--check`` tells of it; ``article`` is it as the corpus reads it."""

    path: str
    text: str
    report: str
    article: Article
    problems: tuple[Problem, ...] = ()
    missing: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    removed: int = 0

    @property
    def ready(self) -> bool:
        """Whether the article can be published as it stands."""
        return not self.article.draft and not self.problems


def make_draft(
    article: Article, corpus: Corpus, vocabulary: Vocabulary, given: Given | None = None, *,
    allow_duplicate: bool = False, finders: Finders | None = None,
) -> Draft:  # fmt: skip
    """Return the draft of ``article`` as it was read from any file.

    What is ``given`` wins over what the text says. With ``given.digest`` the text is a digest ready for the
    corpus: only what no person writes is taken out (players, share buttons, captions), and it is a draft only as
    long as something is missing. ``finders``: if made already."""
    maker = _Maker(article, corpus, vocabulary, given or Given(), finders or Finders(vocabulary))
    return maker.make(allow_duplicate)


class _Maker:
    """The steps from an article to its draft."""

    def __init__(
        self, article: Article, corpus: Corpus, vocabulary: Vocabulary, given: Given, finders: Finders
    ) -> None:
        self._vocabulary, self._corpus, self._given, self._finders = vocabulary, corpus, given, finders
        self._known = resolve_given(given, vocabulary, article.path)
        self._source = article
        self._scan = clean_article(article, vocabulary)
        self._context = self._read_context(article)
        official = is_official(self._scan) and not given.digest
        self._facts = collect_facts(article, self._context, self._scan, self._known, official)
        self._facts = _of_digest(self._facts, self._known, article) if given.digest else self._facts
        self._cleaned = self._clean(self._scan)
        self._id = self._free_id()

    def _read_context(self, article: Article) -> Context:
        """Find everything in the text, in the light of what is given."""
        known: Known = self._known
        told = replace(
            article,
            outlet=known.outlet or article.outlet,
            published=known.published or article.published,
            province=known.province or article.province,
            national=known.national or article.national,
        )
        return read_context(told, self._vocabulary, self._finders)

    def _clean(self, scan: Scan) -> Cleaned:
        if self._given.digest:  # own words, but for what came along when a page was copied
            return clean_body(replace(scan, noise=tuple(n for n in scan.noise if n.kind in _COPIED_ALONG)), None)
        return clean_body(scan, self._facts.title, self._facts.url, self._facts.official)

    def make(self, allow_duplicate: bool) -> Draft:
        """Return the draft: what is found decides on the announced document, and so on the last line asked."""
        asked = list(ask_facts(self._facts, self._context, self._scan))
        findings = self._study()
        document, question = _announced(findings, self._source.document)
        asked += [question] if question else []
        article, missing = self._read(self._render(document, asked))
        sure, unsure = self._compare(article, allow_duplicate)
        doubts = self._doubts(findings, document, unsure)
        questions = tuple(sorted([*asked, *doubts], key=lambda asked_one: not asked_one.must))
        removed = self._cleaned.removed
        return Draft(
            path=self._path,
            text=article.text,
            report=render_report(
                self._facts, questions, findings, removed, article.path,
                left_out=self._source.left_out, marked=self._marked,
            ),
            article=article,
            problems=(*self._known.problems, *(_duplicate(likeness, self._source.path) for likeness in sure)),
            missing=tuple(missing),
            questions=questions,
            removed=len(removed) + len(self._source.left_out),
        )  # fmt: skip

    def _study(self) -> Findings:
        """Find what the article says as the corpus would read it, without the mark and what is asked."""
        text = render_draft(self._facts, None, (), self._cleaned, draft=True, marked=False)
        return Findings(self._read(text)[0], self._corpus, self._context, self._finders)

    def _compare(self, article: Article, allow_duplicate: bool) -> tuple[list[Similarity], list[Similarity]]:
        """Return the articles that are the same, for which it is refused, and those that may be."""
        found = find_similar(article, (*self._corpus.articles, *self._corpus.drafts))
        sure = [likeness for likeness in found if likeness.sure and not allow_duplicate]
        return sure, found[len(sure) :]

    @property
    def _marked(self) -> bool:
        return not self._given.digest

    @property
    def _path(self) -> str:
        return f"articles/{self._facts.province or NATIONAL_FOLDER}/{self._id}.md"

    def _free_id(self) -> str:
        """Return the name of the new file: date, short title, and a number if another file has that name."""
        published, shown = self._facts.published, self._context.mentions.masthead.title
        date = (published.iso if published.day else f"{published.year:04d}") if published else _UNDATED
        words = slug(self._facts.title or "") or slug(shown or "") or self._source.id or "bai"
        if len(words) > _LONGEST_NAME:
            words = words[: _LONGEST_NAME + 1].rpartition("-")[0] or words[:_LONGEST_NAME]
        name, number = f"{date}-{words}", 1
        while name in self._corpus.ids:
            number += 1
            name = f"{date}-{words}-{number}"
        return name

    def _doubts(self, findings: Findings, document: str | None, likenesses: Sequence[Similarity]) -> Iterator[Question]:
        for likeness in likenesses:
            ask = f"Bài này có phải là bài đã có ở {likeness.article.path} không ({likeness.why})?"
            yield Question(ask, "Phải thì xóa bản nháp này")
        yield from doubt_facts(self._facts, self._known, self._context)
        dated = self._facts.official and self._facts.published is not None  # the day on its head is its own
        yield from findings.doubts(None if dated else document)

    def _render(self, document: str | None, asked: Sequence[Question]) -> str:
        """Return the text; a digest stays a draft, with what is asked in it, only if something is amiss."""
        if not self._marked and not self._known.problems:
            text = render_draft(self._facts, document, (), self._cleaned, draft=False, marked=False)
            if read_markdown(self._file(text), self._vocabulary)[0] is not None:
                return text
        return render_draft(self._facts, document, asked, self._cleaned, draft=True, marked=self._marked)

    def _read(self, text: str) -> tuple[Article, list[Problem]]:
        """Return the draft as the corpus will read it."""
        article, problems = read_markdown(self._file(text), self._vocabulary)
        if article is None:
            raise ValueError(f"a draft that cannot be read: {problems}")
        return article, problems

    def _file(self, text: str) -> SourceFile:
        path = self._path
        return SourceFile(f"{_SHOWN}{path}", self._id, path.split("/")[1], text)


def _of_digest(facts: Facts, known: Known, article: Article) -> Facts:
    """Return the facts of a digest: its first line is no title, and a name at its end no author."""
    return replace(facts, title=known.title or article.title, author=known.author or article.author)


def _announced(findings: Findings, stated: str | None) -> tuple[str | None, Question | None]:
    """Return the id to write for the announced document; a question where the id may still change."""
    document = findings.announced
    if stated or document is None:
        return stated, None
    if findings.is_known(document) or _is_lasting(document, findings.vocabulary):
        return document.id, None
    name = document_name(document, findings.kb)
    do = f"Đúng thì thêm dòng “document: {document.id}”; không thì bỏ qua"
    return None, Question(f"Bài có đưa tin {name} mới ban hành, hoặc giới thiệu nội dung của nó không?", do, "document")


def _is_lasting(document: Document, vocabulary: Vocabulary) -> bool:
    """Tell whether an id holds the year or the term of its document, so that nothing learned later can change it."""
    try:
        key = parse_document_id(document.id, vocabulary.document_types, vocabulary.provinces)
    except ValueError:
        return False
    return key.period is not None or bool(document.number and document.number.year)


def _duplicate(likeness: Similarity, path: str) -> Problem:
    kind = "bản nháp" if likeness.article.draft else "bài"
    message = f"{kind} này đã có: {likeness.article.path} ({likeness.why})"
    return Problem(path, 1, message, "Bổ sung vào đó; nếu thật là hai bài khác nhau thì chạy lại với --allow-duplicate")
