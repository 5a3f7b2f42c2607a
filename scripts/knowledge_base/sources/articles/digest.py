"""Read a digest: a .md file with front matter, finished or still a draft, as it stands in ``sources/articles/``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ...core.errors import Problem, Severity
from ...core.models import OUR_DIGEST, Article, ArticleFacts, Correction, FactSource, Paragraph, ParagraphKind
from ...core.paragraphs import split_paragraphs
from ...core.text import fold
from ..text_files import (
    NATIONAL_FOLDER,
    RawFile,
    SourceFile,
    blank_characters,
    check_characters,
    check_conflicts,
    decode_source,
)
from ..vocabulary import Vocabulary
from ..vocabulary.validation import on_other_lines, validate
from ..yaml import YamlData, read_yaml
from .front_matter import (
    FrontMatter,
    Parts,
    check_comments,
    check_corrections,
    check_values,
    cut_front_matter,
    key_words,
    read_unfinished,
)

REPORT_SUFFIX = ".can-xem.md"
"""The end of the name of the report that stands beside a draft: for its maintainer only, never read."""

MARK = "[BẢN NHÁP – NGUYÊN VĂN CỦA NGUỒN]"
"""Opens the line in a draft below which the source's own text stands."""

_MARK = re.compile(r"\W{0,4}bản nháp\W{1,5}nguyên văn")
_DRAFT = re.compile(r"^draft[ \t]*:[ \t]*[\"']?(?:có|true|yes)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE | re.IGNORECASE)


def says_draft(yaml: str) -> bool:
    """Tell whether front matter, sound or not, calls its article a draft."""
    return bool(_DRAFT.search(yaml))


def find_mark(paragraphs: Iterable[Paragraph]) -> Paragraph | None:
    """Return the line that marks the source's own text, if it still stands there."""
    return next((p for p in paragraphs if _MARK.match(fold(p.text))), None)


def check_mark(paragraphs: Iterable[Paragraph], rights: str, path: str) -> Iterator[Problem]:
    """Tell of the mark in an article that is no draft any more."""
    mark = find_mark(paragraphs)
    if mark is None:
        return
    if rights == OUR_DIGEST:
        message = "bài không còn là bản nháp nhưng phần dưới dòng này vẫn là nguyên văn của nguồn"
        remedy = "Thay bằng lời tóm lược của mình rồi xóa dòng này; chưa xong thì thêm lại “draft: có” ở đầu bài"
    else:
        message = "bài không còn là bản nháp nhưng còn dòng đánh dấu của bản nháp"
        remedy = "Xem lại phần nguyên văn bên dưới, rồi xóa dòng này"
    yield Problem(path, mark.line, message, remedy)


def check_draft(paragraphs: Iterable[Paragraph], rights: str, path: str, line: int) -> Iterator[Problem]:
    """Tell what is still to do in a draft besides mending its faults; ``line`` is the one that calls it a draft."""
    mark = find_mark(paragraphs)
    if mark is not None:
        digest = rights == OUR_DIGEST
        remedy = "Viết lại bằng lời của mình, rồi xóa dòng này" if digest else "Xem lại, rồi xóa dòng này"
        yield Problem(path, mark.line, "phần dưới dòng này còn là nguyên văn của nguồn", remedy)
    remedy = "Khi đã xong mọi việc, xóa dòng “draft: có”"
    yield Problem(path, line, "bài còn là bản nháp, chưa được đưa lên trang", remedy)


@dataclass(slots=True)
class _Digest:
    """A digest that is being read: its text, where its body begins, what was read of it, and what is wrong."""

    source: SourceFile
    text: str
    body_start: int = 0
    paragraphs: tuple[Paragraph, ...] = ()
    yaml: YamlData | None = None
    matter: FrontMatter | None = None
    problems: list[Problem] = field(default_factory=list)
    draft: bool = False


def read_digest(file: RawFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return what ``read_markdown`` gives for a file as bytes, which must be UTF-8."""
    text, problems = decode_source(file.data, file.path)
    if text is None:
        return None, problems
    return read_markdown(SourceFile(file.path, file.id, file.folder, text), vocabulary)


def read_markdown(source: SourceFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a digest, or None and everything that is wrong with it.

    A draft is given whatever is wrong with it; its faults are warnings."""
    digest = _read(source, vocabulary)
    if digest.draft:
        article = replace(_unfinished(digest), draft=True)
        match = _DRAFT.search(digest.text)
        line = dict(article.lines).get("draft") or (digest.text.count("\n", 0, match.start()) + 1 if match else 2)
        lacking = check_draft(digest.paragraphs, article.rights, source.path, line)
        return article, [replace(problem, severity=Severity.WARNING) for problem in (*digest.problems, *lacking)]
    if digest.matter is not None:
        digest.problems += check_mark(digest.paragraphs, digest.matter.rights, source.path)
    wrong = any(problem.severity is Severity.ERROR for problem in digest.problems)
    if digest.matter is None or digest.yaml is None or wrong:
        return None, digest.problems
    return _article(digest, digest.matter, digest.yaml), digest.problems


def read_stand_in(source: SourceFile, vocabulary: Vocabulary) -> Article:
    """Return as much of a faulty digest as can be used, only to look for more faults elsewhere.

    When its front matter could not be read, that is its text alone, without ``lines``."""
    return _unfinished(_read(source, vocabulary))


def _read(source: SourceFile, vocabulary: Vocabulary) -> _Digest:
    digest = _Digest(source, blank_characters(source.text))
    parts, faults = cut_front_matter(digest.text, source.path, key_words())
    faults = check_conflicts(source.text, source.path) or faults
    hidden = check_characters(source.text, source.path)
    digest.problems = [*hidden, *on_other_lines(hidden, faults)]
    if parts is None or faults:
        digest.paragraphs, digest.draft = split_paragraphs(digest.text, 0), says_draft(digest.text)
        return digest
    digest.body_start = parts.body_start
    digest.paragraphs = split_paragraphs(digest.text, parts.body_start)
    if not digest.paragraphs:
        line = digest.text.count("\n", 0, digest.body_start) + 1
        problem = Problem(source.path, line, "bài không có nội dung", "Viết phần tóm lược dưới dòng ---")
        digest.problems.append(problem)
    elif all(paragraph.kind is ParagraphKind.HEADING for paragraph in digest.paragraphs):
        message, remedy = "bài chỉ có đề mục, chưa có đoạn văn nào", "Viết phần tóm lược dưới đề mục"
        digest.problems.append(Problem(source.path, digest.paragraphs[0].line, message, remedy, Severity.WARNING))
    _read_front_matter(digest, parts, vocabulary)
    digest.draft = digest.matter.draft if digest.matter is not None else says_draft(parts.yaml)
    return digest


def _unfinished(digest: _Digest) -> Article:
    yaml = digest.yaml
    if yaml is None or not isinstance(yaml.data, dict):
        yaml = YamlData({}, {})
    data = yaml.data if isinstance(yaml.data, dict) else {}
    article = _article(digest, read_unfinished(data), yaml)
    unknown: dict[str, None] = {name: None for name in ("title", "outlet") if not data.get(name)}
    return replace(article, facts=replace(article.facts, **unknown))


def _read_front_matter(digest: _Digest, parts: Parts, vocabulary: Vocabulary) -> None:
    """Read and check the front matter, with every problem told once."""
    path = digest.source.path
    yaml, problems = read_yaml(parts.yaml, path, parts.first_line)
    digest.problems += on_other_lines(digest.problems, problems)
    if yaml is None:
        return
    if yaml.data is None:
        yaml = YamlData({}, {(): parts.first_line})
    digest.yaml = yaml
    if not isinstance(yaml.data, dict):
        message, remedy = "phần khai báo phải gồm các khóa", "Viết mỗi dòng một khóa, dạng khóa: giá trị"
        digest.problems += on_other_lines(digest.problems, [Problem(path, parts.first_line, message, remedy)])
        return
    matter, faults = validate(FrontMatter, yaml.data, yaml, (), path)
    wrong = any(problem.severity is Severity.ERROR for problem in digest.problems)
    digest.matter = None if wrong else matter
    digest.problems += on_other_lines(digest.problems, faults)
    body = digest.text[digest.body_start :]
    lines = digest.text.split("\n", parts.first_line + parts.yaml.count("\n"))
    values = [*check_values(yaml, path, vocabulary), *check_corrections(yaml, path, body)]
    digest.problems += on_other_lines(digest.problems, [*values, *check_comments(yaml, lines, path)])


_FACTS = ("title", "outlet", "author", "published", "event", "province", "url", "evidence", "rights", "document")


def _article(digest: _Digest, matter: FrontMatter, yaml: YamlData) -> Article:
    source = digest.source
    return Article(
        id=source.id,
        path=source.path,
        text=digest.text,
        body_start=digest.body_start,
        paragraphs=digest.paragraphs,
        facts=ArticleFacts.found(
            FactSource.FRONT_MATTER,
            **{name: getattr(matter, name) for name in _FACTS},
            national=source.folder == NATIONAL_FOLDER,
        ),
        corrections=tuple(
            Correction(entry.find, entry.entity, yaml.line("corrections", number, "is"))
            for number, entry in enumerate(matter.corrections)
        ),
        lines=tuple((place[0], line) for place, line in yaml.lines.items() if len(place) == 1),
    )
