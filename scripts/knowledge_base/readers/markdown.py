"""Read a digest: a .md file with front matter, as it stands in ``sources/articles/``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..errors import Problem, Severity
from ..models import Article, Correction, Paragraph
from ..paragraphs import split_paragraphs
from ..source_text import blank_characters, check_characters
from ..vocabulary import Vocabulary
from ..vocabulary.validation import beyond, validate
from ..yaml_source import YamlData, read_yaml
from .front_matter import FrontMatter, check_corrections, check_values, read_unfinished
from .source_file import NATIONAL_FOLDER, SourceFile
from .unfinished import check_draft, check_mark, says_draft

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A file cut in two: the YAML between the fences, and where the body begins."""

    yaml: str
    body_start: int


def read_markdown(source: SourceFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a digest, or None and everything that is wrong with it.

    A draft is given whatever is wrong with it; its faults are warnings."""
    problems = check_characters(source.text, source.path)
    text = blank_characters(source.text)
    parts = _cut(text, source.path)
    if isinstance(parts, Problem):
        return None, [*problems, parts]
    paragraphs = split_paragraphs(text, parts.body_start)
    if not paragraphs:
        line = text.count("\n", 0, parts.body_start) + 1
        problems.append(Problem(source.path, line, "bài không có nội dung", "Viết phần tóm lược dưới dòng ---"))
    matter, yaml, faults = _front_matter(parts, text, source.path, vocabulary)
    problems += beyond(problems, faults)
    if matter.draft if matter is not None else says_draft(parts.yaml):
        return _read_draft(source, text, parts, paragraphs, yaml, problems)
    if matter is not None:
        problems += check_mark(paragraphs, matter.rights, source.path)
    if matter is None or yaml is None or problems:
        return None, problems
    return _article(source, text, parts.body_start, paragraphs, matter, yaml), []


def _read_draft(
    source: SourceFile,
    text: str,
    parts: _Parts,
    paragraphs: tuple[Paragraph, ...],
    yaml: YamlData | None,
    problems: list[Problem],
) -> tuple[Article, list[Problem]]:
    """Return the article of a draft with as much as can be used, and what it lacks as warnings."""
    data = yaml.data if yaml is not None and isinstance(yaml.data, dict) else {}
    known = YamlData(data, yaml.lines if yaml is not None else {})
    matter = read_unfinished(data)
    article = _article(source, text, parts.body_start, paragraphs, matter, known)
    article = replace(
        article,
        draft=True,
        title=matter.title if data.get("title") else None,
        outlet=matter.outlet if data.get("outlet") else None,
    )
    problems += check_draft(paragraphs, matter.rights, source.path, known.lines)
    return article, [replace(problem, severity=Severity.WARNING) for problem in problems]


def _cut(text: str, path: str) -> _Parts | Problem:
    """Find the front matter between its two fences."""
    opening = _FENCE.match(text)
    if opening is None:
        remedy = "Bắt đầu tệp bằng dòng ---, rồi title, outlet và các khóa khác, rồi một dòng --- nữa"
        return Problem(path, 1, "thiếu phần khai báo ở đầu tệp", remedy)
    closing = _FENCE.search(text, opening.end() + 1)
    if closing is None:
        return Problem(path, 1, "phần khai báo ở đầu tệp không có dòng kết thúc", "Thêm dòng --- sau khóa cuối cùng")
    return _Parts(text[opening.end() + 1 : closing.start()], min(closing.end() + 1, len(text)))


def _front_matter(
    parts: _Parts, text: str, path: str, vocabulary: Vocabulary
) -> tuple[FrontMatter | None, YamlData | None, list[Problem]]:
    """Read and check the front matter, with every problem told once."""
    yaml, problems = read_yaml(parts.yaml, path, first_line=2)
    if yaml is None:
        return None, None, problems
    if yaml.data is None:
        yaml = YamlData({}, {(): 2})
    if not isinstance(yaml.data, dict):
        return None, yaml, [*problems, _not_keys(path)]
    matter, faults = validate(FrontMatter, yaml.data, yaml, (), path)
    problems += beyond(problems, faults)
    body = text[parts.body_start :]
    values = [*check_values(yaml, path, vocabulary), *check_corrections(yaml, path, body)]
    return matter, yaml, problems + beyond(problems, values)


def _not_keys(path: str) -> Problem:
    return Problem(path, 2, "phần khai báo phải gồm các khóa", "Viết mỗi dòng một khóa, dạng khóa: giá trị")


def _article(
    source: SourceFile,
    text: str,
    body_start: int,
    paragraphs: tuple[Paragraph, ...],
    matter: FrontMatter,
    yaml: YamlData,
) -> Article:
    return Article(
        id=source.id,
        path=source.path,
        text=text,
        body_start=body_start,
        paragraphs=paragraphs,
        title=matter.title,
        outlet=matter.outlet,
        author=matter.author,
        published=matter.published,
        event=matter.event,
        province=matter.province,
        national=source.folder == NATIONAL_FOLDER,
        url=matter.url,
        evidence=matter.evidence,
        rights=matter.rights,
        document=matter.document,
        corrections=tuple(
            Correction(entry.find, entry.entity, yaml.line("corrections", number))
            for number, entry in enumerate(matter.corrections)
        ),
        lines=tuple((place[0], line) for place, line in yaml.lines.items() if len(place) == 1),
    )
