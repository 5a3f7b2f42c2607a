"""Make the draft of an article: a pure function of what was read, what the corpus holds, and what a person says."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from ..core.errors import Problem
from ..core.ids import parse_document_id
from ..core.models import Article, NoiseKind, value_of
from ..core.text import slug
from ..mentions.cleaning import clean_article
from ..mentions.finders import Finders
from ..mentions.masthead import is_official
from ..sources.articles.corpus import UNDATED, Corpus
from ..sources.articles.digest import read_digest
from ..sources.text_files import NATIONAL_FOLDER, RawFile
from ..sources.vocabulary import Vocabulary
from .cleaned import clean_body
from .facts import collect_facts
from .findings import Findings, document_name
from .layout import render_draft
from .provided import Provided, parse_provided
from .questions import Question, ask_facts, doubt_facts
from .report import render_report
from .similarity import Similarity, find_similar

_LONGEST_NAME = 60
"""Letters of a file's name without date: long enough to tell articles apart, short enough for a list. By hand."""
_COPIED_ALONG = {NoiseKind.PLAYER, NoiseKind.TEASER, NoiseKind.CAPTION}
"""What comes along when a page is copied, which no person writes."""


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
    article: Article, corpus: Corpus, vocabulary: Vocabulary, provided: Provided | None = None, *,
    digest: bool = False, allow_duplicate: bool = False, finders: Finders | None = None,
) -> Draft:  # fmt: skip
    """Return the draft of ``article`` as it was read from any file.

    What is ``provided`` wins over what the text says. With ``digest`` the text is a person's own, ready for the
    corpus: only what no person writes is taken out (players, share buttons, captions), and it is a draft only as
    long as something is missing. ``finders``: if made already."""
    finders = finders or Finders(vocabulary)
    parsed, problems = parse_provided(provided or {}, vocabulary, article.path)
    scan = clean_article(article, vocabulary)
    official = is_official(scan) and not digest
    known, context = collect_facts(article, parsed, scan, vocabulary, finders, official=official, digest=digest)
    if digest:
        copied = tuple(n for n in scan.noise if n.kind in _COPIED_ALONG)
        cleaned = clean_body(replace(scan, noise=copied), None)
    else:
        cleaned = clean_body(scan, known.title, known.url, official)
    name = _free_name(known, value_of(context.mentions.masthead.title), corpus)
    path = f"articles/{known.province or NATIONAL_FOLDER}/{name}.md"

    def read(text: str) -> tuple[Article | None, list[Problem]]:
        """Read the draft as the corpus will."""
        return read_digest(RawFile(f"sources/{path}", name, path.split("/")[1], text.encode()), vocabulary)

    bare, _ = read(render_draft(known, None, (), cleaned, draft=True, marked=False))
    findings = Findings(_readable(bare), corpus, context, finders)
    document, question = _announced(findings, article.document)
    asked = [*ask_facts(known, context, scan, official=official), *([question] if question else [])]
    text = render_draft(known, document, asked, cleaned, draft=True, marked=not digest)
    if digest and not problems:  # it is finished, and nothing is asked in it, if it can be read
        whole = render_draft(known, document, (), cleaned, draft=False, marked=False)
        text = whole if read(whole)[0] else text
    made, missing = read(text)
    made = _readable(made)
    similar = find_similar(made, (*corpus.articles, *corpus.drafts))
    sure = [s for s in similar if s.sure and not allow_duplicate]
    dated = official and known.published is not None  # the day on its head is its own
    doubts = [*map(_ask_same, similar[len(sure) :]), *doubt_facts(known, context)]
    doubts += findings.doubts(None if dated else document)
    questions = tuple(sorted([*asked, *doubts], key=lambda one: not one.must))
    report = render_report(
        known, questions, findings, cleaned.removed, made.path, left_out=article.left_out, marked=not digest
    )
    problems += [_duplicate(s, article.path) for s in sure]
    removed = len(cleaned.removed) + len(article.left_out)
    return Draft(path, made.text, report, made, tuple(problems), tuple(missing), questions, removed)


def _readable(article: Article | None) -> Article:
    if article is None:
        raise ValueError("a draft that cannot be read")
    return article


def _free_name(known: Article, shown: str | None, corpus: Corpus) -> str:
    """Return the name of the new file: date, short title, and a number if another file has that name."""
    published = known.published
    date = (published.iso if published.day else f"{published.year:04d}") if published else UNDATED
    words = slug(known.title or "") or slug(shown or "") or known.id or "bai"
    if len(words) > _LONGEST_NAME:
        words = words[: _LONGEST_NAME + 1].rpartition("-")[0] or words[:_LONGEST_NAME]
    name, number = f"{date}-{words}", 1
    while name in corpus.ids:
        number += 1
        name = f"{date}-{words}-{number}"
    return name


def _announced(findings: Findings, stated: str | None) -> tuple[str | None, Question | None]:
    """Return the id to write for the announced document; a question where the id may still change."""
    document = findings.announced
    if stated or document is None:
        return stated, None
    lasting = False  # an id with the year or the term of its document, which nothing learned later can change
    with suppress(ValueError):
        key = parse_document_id(document.id, findings.vocabulary.document_types, findings.vocabulary.provinces)
        lasting = key.period is not None or bool(document.number and document.number.year)
    if lasting or findings.is_known(document):
        return document.id, None
    name = document_name(document, findings.kb)
    do = f"Đúng thì thêm dòng “document: {document.id}”; không thì bỏ qua"
    return None, Question(f"Bài có đưa tin {name} mới ban hành, hoặc giới thiệu nội dung của nó không?", do, "document")


def _ask_same(similar: Similarity) -> Question:
    ask = f"Bài này có phải là bài đã có ở {similar.article.path} không ({similar.why})?"
    return Question(ask, "Phải thì xóa bản nháp này")


def _duplicate(similar: Similarity, path: str) -> Problem:
    kind = "bản nháp" if similar.article.draft else "bài"
    message = f"{kind} này đã có: {similar.article.path} ({similar.why})"
    return Problem(path, 1, message, "Bổ sung vào đó; nếu thật là hai bài khác nhau thì chạy lại với --allow-duplicate")
