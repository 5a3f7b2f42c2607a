"""Read all articles under ``sources/articles/``, and check that each stands in its right place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..dates import PartialDate
from ..errors import Problem, Severity
from ..models import Article
from ..text import nfc
from ..vocabulary import Vocabulary
from ..vocabulary.faults import quoted
from .articles import read_article
from .source_file import NATIONAL_FOLDER, article_id, shown_path
from .unfinished import REPORT_SUFFIX

UNDATED = "khong-ro-ngay"
_NAME = re.compile(rf"(?:(\d{{4}}-\d{{2}}-\d{{2}})|(\d{{4}})|{UNDATED})-(?=.)")
_FORMS = f"2023-09-07-tên-ngắn.md, 2023-tên-ngắn.md hoặc {UNDATED}-tên-ngắn.md"


@dataclass(frozen=True, slots=True)
class Corpus:
    """What stands under ``articles/``: the sound articles and the drafts, sorted by id, and their problems.

    ``ids`` are all those that a new article must not take."""

    articles: tuple[Article, ...] = ()
    drafts: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
    draft_problems: tuple[Problem, ...] = ()
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file of the corpus with what was read of it; a ``foreign`` one can be no article."""

    path: Path
    shown: str
    article: Article | None
    faults: list[Problem]
    foreign: bool = False

    @property
    def is_draft(self) -> bool:
        return self.article is not None and self.article.draft


def read_articles(sources: Path, vocabulary: Vocabulary) -> tuple[list[Article], list[Problem]]:
    """Return the sound articles of a corpus, without its drafts, and the problems of all, sorted."""
    corpus = read_corpus(sources, vocabulary)
    return list(corpus.articles), sorted({*corpus.problems, *corpus.draft_problems})


def read_corpus(sources: Path, vocabulary: Vocabulary) -> Corpus:
    """Read everything under ``articles/``. What a draft lacks is told as warnings, apart from other problems."""
    base = Path(os.path.abspath(sources))
    paths: dict[str, str] = {}
    found = [_read(path, base, vocabulary) for path in _walk(base / "articles")]
    for reading in sorted(found, key=lambda reading: reading.is_draft):  # a draft never takes an article's name
        if not reading.foreign:
            reading.faults.extend(_name_problems(reading.path, reading.shown, paths))
    read = [(r.article, r.faults) for r in found if r.article is not None and not r.is_draft]
    sound = [article for article, faults in read if not any(f.severity is Severity.ERROR for f in faults)]
    told = {replace(fault, severity=Severity.WARNING) for r in found if r.is_draft for fault in r.faults}
    return Corpus(
        articles=tuple(sorted(sound, key=lambda article: article.id)),
        drafts=tuple(sorted((r.article for r in found if r.article and r.is_draft), key=lambda article: article.id)),
        problems=tuple(sorted({fault for r in found if not r.is_draft for fault in r.faults})),
        draft_problems=tuple(sorted(told)),
        ids=frozenset(article_id(path) for path in _walk(base / "articles", reports=True)),
    )


def _read(path: Path, base: Path, vocabulary: Vocabulary) -> _Reading:
    """Read one file and tell whether it stands in its right place."""
    shown = shown_path(path, base.parent)
    fault = _file_problem(path, shown)
    if fault is not None:
        return _Reading(path, shown, None, [fault], foreign=True)
    article, faults = read_article(path, base.parent, vocabulary)
    if article is not None and (article.lines or not article.draft):  # else its front matter could not be read
        faults = [*faults, *_place_problems(article, path.relative_to(base / "articles"))]
    return _Reading(path, shown, article, list(faults))


def _walk(folder: Path, reports: bool = False) -> Iterator[Path]:
    """Yield everything below ``folder`` that is not a folder, in a fixed order, links not followed.

    Reports that stand beside drafts are left out, unless only their places (as their drafts') are asked for."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), key=lambda path: (nfc(path.name), path.name)):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path, reports)
        elif not path.name.endswith(REPORT_SUFFIX):
            yield path
        elif reports:
            yield path.with_name(path.name.removesuffix(REPORT_SUFFIX) + ".md")


def _file_problem(path: Path, shown: str) -> Problem | None:
    """Tell of what is no article file."""
    if path.is_symlink():
        return Problem(shown, 1, "là liên kết tượng trưng, không được dùng ở đây", "Thay bằng chính tệp ấy")
    if path.suffix.lower() != ".md":
        remedy = "Đổi đuôi tệp thành .md và thêm phần khai báo ở đầu, hoặc chuyển tệp đi nơi khác"
        return Problem(shown, 1, "thư mục articles chỉ nhận tệp .md", remedy)
    return None


def _name_problems(path: Path, shown: str, paths: dict[str, str]) -> list[Problem]:
    """Tell of a file name of the wrong form, and of one that another article has already."""
    name = article_id(path)
    first = paths.setdefault(name, shown)
    if name and first != shown:
        message = f"mã bài {quoted(name)} trùng với bài {first}"
        return [Problem(shown, 1, message, "Đổi tên một trong hai tệp")]
    if name and not _NAME.match(name):
        return [Problem(shown, 1, "tên tệp không bắt đầu bằng năm hay ngày đăng", f"Đổi tên theo mẫu {_FORMS}")]
    return []


def _place_problems(article: Article, path: Path) -> list[Problem]:
    """Tell of an article in the wrong folder or under a name that contradicts its date."""
    folder = nfc(path.parts[0]) if len(path.parts) > 1 else ""
    problems = []
    home = article.province or NATIONAL_FOLDER
    if folder != home:
        message = f"bài đặt trong thư mục {quoted(folder)} nhưng “province” là {quoted(article.province or '')}"
        if article.province is None:
            message = f"bài đặt trong thư mục {quoted(folder)} nhưng không có khóa “province”"
        remedy = f"Chuyển tệp vào articles/{home}/ hoặc sửa khóa “province”"
        problems.append(Problem(article.path, article.line_of("province"), message, remedy))
    match = _NAME.match(article.id)
    if match is not None and not _fits(article.published, match[1], match[2]):
        problems.append(_date_problem(article, match))
    return problems


def _fits(published: PartialDate | None, day: str | None, year: str | None) -> bool:
    """Tell whether a file name's day or year says what ``published`` says."""
    if published is None:
        return day is None and year is None
    return published.iso == day if day else year == f"{published.year:04d}"


def _date_problem(article: Article, match: re.Match[str]) -> Problem:
    rest = article.id[match.end() :]
    line = article.line_of("published")
    if article.published is None:
        message = "tên tệp có ngày nhưng bài không có khóa “published”"
        remedy = f"Thêm “published”, hoặc đổi tên tệp thành {UNDATED}-{rest}.md"
    else:
        published = article.published
        message = f"tên tệp không khớp với ngày đăng {published.iso}"
        start = published.iso if published.day else f"{published.year:04d}"
        remedy = f"Đổi tên tệp thành {start}-{rest}.md hoặc sửa khóa “published”"
    return Problem(article.path, line, message, remedy)
