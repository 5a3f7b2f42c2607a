"""Check that an article's file has the right name and stands in the right folder."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from ..dates import PartialDate
from ..errors import Problem, Severity
from ..models import Article
from ..text import nfc, slug
from ..vocabulary import Vocabulary
from ..vocabulary.faults import choose, quoted
from ..vocabulary.nearness import propose
from .source_file import NATIONAL_FOLDER, article_id

UNDATED = "khong-ro-ngay"
_NAME = re.compile(rf"(?:(?P<day>\d{{4}}-\d{{2}}-\d{{2}})|(?P<year>\d{{4}})|{UNDATED})-(?=.)")
_FORMS = f"2023-09-07-tên-ngắn.md, 2023-tên-ngắn.md hoặc {UNDATED}-tên-ngắn.md"
_DATE = re.compile(r"(?P<day>\d{1,2})[-_. ](?P<month>\d{1,2})[-_. ](?P<year>\d{4})[-_. ]+(?P<rest>.+)")
_RAW = {".docx", ".doc", ".pdf", ".html", ".htm", ".txt", ".rtf"}


def check_file(path: Path, shown: str) -> Problem | None:
    """Tell of what is no article file."""
    if path.is_symlink():
        return Problem(shown, 1, "là liên kết tượng trưng, không được dùng ở đây", "Thay bằng chính tệp ấy")
    if path.suffix.lower() == ".md":
        return None
    message, stem = "thư mục articles chỉ nhận tệp .md", nfc(path.name).split(".")[0]
    if path.name.lower().endswith((".md.txt", ".markdown", ".md.docx", ".mdx")) or path.suffix.lower() == ".mkd":
        return Problem(shown, 1, message, f"Đổi tên tệp thành {slug(stem)}.md")
    if path.suffix.lower() in _RAW:
        name = quoted(nfc(path.name))[1:-1]
        remedy = f"ổi thành bản nháp .md bằng lệnh: python scripts/add_source.py {name}, rồi xóa tệp này"
        if path.suffix.lower() != ".txt":
            return Problem(shown, 1, message, f"Đ{remedy}")
        ready = f"Nếu tệp đã có phần khai báo thì đổi tên thành {slug(stem)}.md"
        return Problem(shown, 1, message, f"{ready}; chưa có thì đ{remedy}")
    return Problem(shown, 1, message, "Xóa tệp này, hoặc chuyển đi nơi khác")


def check_name(path: Path, shown: str, paths: dict[str, str]) -> list[Problem]:
    """Tell of a file name of the wrong form, and of one that another article has already."""
    name, stem = article_id(path), nfc(path.stem)
    first = paths.setdefault(name, shown)
    if name and first != shown:
        message = f"mã bài {quoted(name)} trùng với bài {first}"
        return [
            Problem(
                shown, 1, message, f"Đổi tên một trong hai tệp, ví dụ thành {name}-2.md; nếu là một bài thì xóa bớt"
            )
        ]
    if name and not _NAME.match(name):
        return [Problem(shown, 1, "tên tệp không bắt đầu bằng năm hay ngày đăng", _right_name(name))]
    if name and name != stem:
        message = f"tên tệp {quoted(stem)} có dấu, chữ hoa, dấu cách hay dấu khác"
        return [Problem(shown, 1, message, f"Đổi tên tệp thành {name}.md", Severity.WARNING)]
    return []


def _right_name(name: str) -> str:
    match = _DATE.match(name)
    try:
        date = PartialDate(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    except ValueError:
        date = None
    if match and date:
        return f"Đổi tên tệp thành {date.iso}-{match['rest']}.md"
    return f"Đổi tên theo mẫu {_FORMS}"


def check_place(article: Article, path: PurePath, vocabulary: Vocabulary) -> list[Problem]:
    """Tell of an article in the wrong folder or under a name that contradicts its date.

    ``path`` is relative to ``articles/``."""
    problems = [problem] if (problem := _folder_problem(article, path, vocabulary)) else []
    match = _NAME.match(article.id)
    if match is not None and not _fits(article.published, match["day"], match["year"]):
        problems.append(_date_problem(article, match))
    return problems


def _folder_problem(article: Article, path: PurePath, vocabulary: Vocabulary) -> Problem | None:
    folder, home = nfc(path.parent.as_posix()).removeprefix("."), article.province or NATIONAL_FOLDER
    if folder == home:
        return None
    line = article.line_of("province")
    if folder.startswith(f"{home}/"):
        message = f"bài đặt trong thư mục con {quoted(folder)}"
        return Problem(article.path, 1, message, f"Chuyển tệp ra ngay articles/{home}/")
    where = "ở ngay trong articles/, ngoài các thư mục tỉnh," if not folder else f"đặt trong thư mục {quoted(folder)}"
    if article.province is not None:
        message = f"bài {where} nhưng “province” là {quoted(home)}"
        other = f" hoặc sửa khóa “province” thành {folder}" if folder in vocabulary.provinces else ""
        if folder == NATIONAL_FOLDER:
            other = " hoặc xóa khóa “province” nếu là bài về cả nước"
        return Problem(article.path, line, message, f"Chuyển tệp vào articles/{home}/{other}")
    message = f"bài {where} nhưng không có khóa “province”"
    if folder in vocabulary.provinces:
        remedy = f"Thêm dòng province: {folder}; nếu là bài về cả nước thì chuyển tệp vào articles/{NATIONAL_FOLDER}/"
        return Problem(article.path, line, message, remedy)
    if folder and propose(folder, {NATIONAL_FOLDER: ()}):
        return Problem(article.path, line, message, f"Đổi tên thư mục thành {NATIONAL_FOLDER}")
    near = choose(folder, vocabulary.names("provinces"), "sources/vocabularies/provinces.yml")
    nationwide = f"hoặc vào articles/{NATIONAL_FOLDER}/ nếu là bài về cả nước"
    remedy = f"Thêm khóa “province” và chuyển tệp vào thư mục cùng tên, {nationwide}"
    return Problem(
        article.path, line, message, f"{remedy}. Mã của tỉnh: {near[:1].lower()}{near[1:]}" if folder else remedy
    )


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
        said = match["day"] or match["year"]
        remedy = f"Thêm dòng published: {said}, hoặc đổi tên tệp thành {UNDATED}-{rest}.md"
    else:
        published = article.published
        message = f"tên tệp không khớp với ngày đăng {published.iso}"
        start = published.iso if published.day else f"{published.year:04d}"
        named = date_in_name(article.id)
        remedy = (
            f"Đổi tên tệp thành {start}-{rest}.md hoặc sửa khóa “published”{f' thành {named.iso}' if named else ''}"
        )
    return Problem(article.path, line, message, remedy)


def date_in_name(name: str) -> PartialDate | None:
    """Return the date with which an article's id begins, if it is one."""
    match = _NAME.match(name)
    said = (match["day"] or match["year"]) if match else None
    try:
        return PartialDate.parse(said) if said else None
    except ValueError:
        return None
