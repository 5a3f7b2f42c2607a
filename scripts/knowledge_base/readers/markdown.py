"""Read a digest: a .md file with front matter, as it stands in ``sources/articles/``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..errors import Problem, Severity
from ..models import Article, Correction, Paragraph, ParagraphKind
from ..paragraphs import split_paragraphs
from ..source_text import blank_characters, check_characters, settle_conflicts
from ..vocabulary import Vocabulary
from ..vocabulary.validation import as_problem, beyond, find_faults
from ..yaml_source import YamlData, read_yaml
from .fences import Parts, cut_front_matter
from .front_matter import (
    FrontMatter,
    check_comments,
    check_corrections,
    check_values,
    key_words,
    read_unfinished,
)
from .source_file import NATIONAL_FOLDER, SourceFile
from .unfinished import check_draft, check_mark, says_draft


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

    def tell(self, line: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.source.path, line, message, remedy))


def read_markdown(source: SourceFile, vocabulary: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a digest, or None and everything that is wrong with it.

    A draft is given whatever is wrong with it; its faults are warnings."""
    digest = _read(source, vocabulary)
    if digest.draft:
        return _read_draft(digest)
    if digest.matter is not None:
        digest.problems += check_mark(digest.paragraphs, digest.matter.rights, source.path)
    wrong = any(problem.severity is Severity.ERROR for problem in digest.problems)
    if digest.matter is None or digest.yaml is None or wrong:
        return None, digest.problems
    return _article(digest, digest.matter, digest.yaml), digest.problems


def read_faulty(source: SourceFile, vocabulary: Vocabulary) -> Article | None:
    """Return as much of a faulty digest as can be used to look for more faults; None if there is nothing."""
    digest = _read(source, vocabulary)
    if digest.yaml is None or not isinstance(digest.yaml.data, dict):
        return None
    return _article(digest, read_unfinished(digest.yaml.data), digest.yaml)


def _read(source: SourceFile, vocabulary: Vocabulary) -> _Digest:
    text, conflicts = settle_conflicts(source.text, source.path)
    digest = _Digest(source, blank_characters(text), problems=[*conflicts, *check_characters(text, source.path)])
    parts, faults = cut_front_matter(digest.text, source.path, key_words())
    digest.problems += beyond(digest.problems, faults)
    if parts is None:
        return digest
    digest.body_start = parts.body_start
    digest.paragraphs = split_paragraphs(digest.text, parts.body_start)
    _check_body(digest)
    _read_front_matter(digest, parts, vocabulary)
    digest.draft = digest.matter.draft if digest.matter is not None else says_draft(parts.yaml)
    return digest


def _check_body(digest: _Digest) -> None:
    if not digest.paragraphs:
        line = digest.text.count("\n", 0, digest.body_start) + 1
        digest.tell(line, "bài không có nội dung", "Viết phần tóm lược dưới dòng ---")
    elif all(paragraph.kind is ParagraphKind.HEADING for paragraph in digest.paragraphs):
        line = digest.paragraphs[0].line
        message, remedy = "bài chỉ có đề mục, chưa có đoạn văn nào", "Viết phần tóm lược dưới đề mục"
        digest.problems.append(Problem(digest.source.path, line, message, remedy, Severity.WARNING))


def _read_draft(digest: _Digest) -> tuple[Article, list[Problem]]:
    """Return the article of a draft with as much as can be used, and what it lacks as warnings."""
    yaml = digest.yaml
    data = yaml.data if yaml is not None and isinstance(yaml.data, dict) else {}
    known = YamlData(data, yaml.lines if yaml is not None else {})
    matter = read_unfinished(data)
    article = replace(
        _article(digest, matter, known),
        draft=True,
        title=matter.title if data.get("title") else None,
        outlet=matter.outlet if data.get("outlet") else None,
    )
    lacking = check_draft(digest.paragraphs, matter.rights, digest.source.path, known.lines)
    return article, [replace(problem, severity=Severity.WARNING) for problem in (*digest.problems, *lacking)]


def _read_front_matter(digest: _Digest, parts: Parts, vocabulary: Vocabulary) -> None:
    """Read and check the front matter, with every problem told once."""
    path = digest.source.path
    yaml, problems = read_yaml(parts.yaml, path, parts.first_line)
    digest.problems += beyond(digest.problems, problems)
    if yaml is None:
        return
    if yaml.data is None:
        yaml = YamlData({}, {(): parts.first_line})
    digest.yaml = yaml
    if not isinstance(yaml.data, dict):
        digest.problems += beyond(digest.problems, [_not_keys(path, parts.first_line)])
        return
    matter, slips = find_faults(FrontMatter, yaml.data, torn=bool(yaml.torn))
    faults = [p for slip in slips if (p := as_problem(slip, yaml, (), path)).line not in yaml.mended]
    wrong = any(problem.severity is Severity.ERROR for problem in digest.problems)
    digest.matter = None if wrong else matter
    digest.problems += beyond(digest.problems, faults)
    body = digest.text[digest.body_start :]
    lines = digest.text.split("\n", parts.first_line + parts.yaml.count("\n"))
    values = [*check_values(yaml, path, vocabulary), *check_corrections(yaml, path, body)]
    digest.problems += beyond(digest.problems, [*values, *check_comments(yaml, lines, path)])


def _not_keys(path: str, line: int) -> Problem:
    return Problem(path, line, "phần khai báo phải gồm các khóa", "Viết mỗi dòng một khóa, dạng khóa: giá trị")


def _article(digest: _Digest, matter: FrontMatter, yaml: YamlData) -> Article:
    source = digest.source
    return Article(
        id=source.id,
        path=source.path,
        text=digest.text,
        body_start=digest.body_start,
        paragraphs=digest.paragraphs,
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
            Correction(entry.find, entry.entity, yaml.line("corrections", number, "is"))
            for number, entry in enumerate(matter.corrections)
        ),
        lines=tuple((place[0], line) for place, line in yaml.lines.items() if len(place) == 1),
    )
