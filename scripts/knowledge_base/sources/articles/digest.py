"""Read a digest: a .md file with front matter, finished or still a draft, as it stands in ``sources/articles/``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ...core.errors import Problem, Severity
from ...core.models import OUR_DIGEST, Article, ArticleFacts, Correction, FactSource, Mending, Paragraph, ParagraphKind
from ...core.paragraphs import split_paragraphs
from ...core.text import fold
from ..secrecy import refuse_secret
from ..text_files import (
    MAX_PARAGRAPHS,
    NATIONAL_FOLDER,
    RawFile,
    blank_characters,
    check_characters,
    check_conflicts,
    check_limits,
    decode_source,
)
from ..vocabulary import Vocabulary
from ..vocabulary.entry_validation import sound_part
from ..vocabulary.validation import on_other_lines, validate
from ..yaml import YamlData, read_yaml
from ..yaml.syntax_errors import Slip
from .front_matter import FIRST_LINE, NOTHING, FrontMatter, check_values, cut_front_matter

MARK = "[BẢN NHÁP – NGUYÊN VĂN CỦA NGUỒN]"
"""Opens the line in a draft below which the source's own text stands."""

_MARK = re.compile(r"\W{0,4}bản nháp\W{1,5}nguyên văn")
_DRAFT = re.compile(r"^draft[ \t]*:[ \t]*[\"']?(?:có|true|yes)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE | re.IGNORECASE)


def find_mark(paragraphs: Iterable[Paragraph]) -> Paragraph | None:
    """Return the line that marks the source's own text, if it still stands there."""
    return next((p for p in paragraphs if _MARK.match(fold(p.text))), None)


def _check_mark(article: Article) -> Iterator[Problem]:
    """Tell of the mark: in a draft it is still to do, elsewhere it was forgotten."""
    mark, digest = find_mark(article.paragraphs), article.rights == OUR_DIGEST
    if mark is None:
        return
    if article.draft:
        message = "phần dưới dòng này còn là nguyên văn của nguồn"
        remedy = "Viết lại bằng lời của mình, rồi xóa dòng này" if digest else "Xem lại, rồi xóa dòng này"
    elif digest:
        message = "bài không còn là bản nháp nhưng phần dưới dòng này vẫn là nguyên văn của nguồn"
        remedy = "Thay bằng lời tóm lược của mình rồi xóa dòng này; chưa xong thì thêm lại “draft: có” ở đầu bài"
    else:
        message = "bài không còn là bản nháp nhưng còn dòng đánh dấu của bản nháp"
        remedy = "Xem lại phần nguyên văn bên dưới, rồi xóa dòng này"
    yield Problem(article.path, mark.line, message, remedy)


_FACTS = (
    *("title", "outlet", "author", "published", "event", "province", "url", "evidence", "language", "rights"),
    "document",
)


def read_digest(file: RawFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a digest, or None and everything that is wrong with it.

    A draft is given whatever is wrong with it; its faults are warnings."""
    article, problems = read_usable(file, vocabulary)
    return None if any(problem.severity is Severity.ERROR for problem in problems) else article, problems


def read_usable(file: RawFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return as much of a digest as can be used, and everything that is wrong with it; None if it is no UTF-8.

    When its front matter could not be read, that is its text alone, without ``lines``."""
    path = file.path
    decoded, problems = decode_source(file.data, path)
    if decoded is None:
        return None, problems
    limits = check_limits(decoded, file.data, path)
    if any(limit.severity is Severity.ERROR for limit in limits):
        return None, limits
    text = blank_characters(decoded)
    if secret := refuse_secret(path, text.split("\n")):
        return None, [secret]
    cut = cut_front_matter(text)
    slips = [Problem(path, cut.line + 1, cut.message, cut.remedy)] if isinstance(cut, Slip) else []
    hidden, faults = check_characters(decoded, path), check_conflicts(decoded, path) or slips
    problems = [*limits, *hidden, *on_other_lines(hidden, faults)]
    head, body_start = (text, 0) if isinstance(cut, Slip) or faults else cut
    paragraphs = split_paragraphs(text, body_start)
    if len(paragraphs) > MAX_PARAGRAPHS:
        message, remedy = f"bài có {len(paragraphs)} đoạn, quá {MAX_PARAGRAPHS}", "Chỉ giữ phần tóm lược của một bài"
        return None, [Problem(path, paragraphs[MAX_PARAGRAPHS].line, message, remedy)]
    yaml, matter = YamlData({}, {}), None
    if not faults:
        if not paragraphs:
            line = text.count("\n", 0, body_start) + 1
            problems.append(Problem(path, line, "bài không có nội dung", "Viết phần tóm lược dưới dòng ---"))
        elif all(paragraph.kind is ParagraphKind.HEADING for paragraph in paragraphs):
            message, remedy = "bài chỉ có đề mục, chưa có đoạn văn nào", "Viết phần tóm lược dưới đề mục"
            problems.append(Problem(path, paragraphs[0].line, message, remedy, Severity.WARNING))
        yaml, matter = _read_front_matter(head, text[body_start:], path, problems, vocabulary)
    data: Any = yaml.data
    usable = matter or sound_part(FrontMatter, data) or FrontMatter(title="?", outlet="?")
    facts = {name: getattr(usable, name) for name in _FACTS if data.get(name) or name not in {"title", "outlet"}}
    article = Article(
        id=file.id,
        path=path,
        text=text,
        body_start=body_start,
        paragraphs=paragraphs,
        facts=ArticleFacts.found(FactSource.FRONT_MATTER, **facts, national=file.folder == NATIONAL_FOLDER),
        added_numbers=usable.added_numbers,
        corrections=tuple(
            Correction(e.find, None if e.target == NOTHING else e.target, yaml.line("corrections", number, "is"))
            for number, e in enumerate(usable.corrections)
        ),
        mended=tuple(Mending(e.find, e.was, e.day, e.why) for e in usable.mended),
        checked=usable.checked.reading if usable.checked else None,
        lines=tuple((place[0], line) for place, line in yaml.lines.items() if len(place) == 1),
        draft=matter.draft if matter else bool(_DRAFT.search(head)),
    )
    if article.draft or matter:
        problems += _check_mark(article)
    if article.draft:
        said = _DRAFT.search(text)
        line = dict(article.lines).get("draft") or (text.count("\n", 0, said.start()) + 1 if said else FIRST_LINE)
        remedy = "Khi đã xong mọi việc, xóa dòng “draft: có”"
        problems.append(Problem(path, line, "bài còn là bản nháp, chưa được đưa lên trang", remedy))
        problems = [replace(problem, severity=Severity.WARNING) for problem in problems]
    return article, problems


def _read_front_matter(
    text: str, body: str, path: str, problems: list[Problem], vocabulary: Vocabulary
) -> tuple[YamlData, FrontMatter | None]:
    """Read and check front matter: its values, and what they say if nothing is wrong. Adds to the ``problems``."""
    yaml, faults = read_yaml(text, path, FIRST_LINE)
    problems += on_other_lines(problems, faults)
    if yaml is None:
        return YamlData({}, {}), None
    if not isinstance(yaml.data, dict | None):
        message, remedy = "phần khai báo phải gồm các khóa", "Viết mỗi dòng một khóa, dạng khóa: giá trị"
        problems += on_other_lines(problems, [Problem(path, FIRST_LINE, message, remedy)])
        return YamlData({}, {}), None
    yaml = YamlData({}, {(): FIRST_LINE}) if yaml.data is None else yaml
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    matter, faults = validate(FrontMatter, yaml.data, yaml, (), path)
    problems += on_other_lines(problems, faults)
    problems += on_other_lines(problems, check_values(yaml, text, body, path, vocabulary))
    return yaml, None if wrong else matter
