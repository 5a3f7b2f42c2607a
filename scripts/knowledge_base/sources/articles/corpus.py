"""Read all articles under ``sources/articles/``, and check that each stands in its right place."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from ...core.dates import PartialDate
from ...core.errors import Problem, Severity
from ...core.models import Article, ArticleFacts, FactSource, merge_facts
from ...core.text import nfc, slug
from ..diagnosis import choose, propose, quoted
from ..text_files import (
    MAX_DIGEST,
    NATIONAL_FOLDER,
    REPORT_SUFFIX,
    article_id,
    find_unfit,
    read_raw_file,
    shown_path,
)
from ..vocabulary import Vocabulary
from .digest import read_usable

UNDATED = "khong-ro-ngay"
_NAME = re.compile(rf"(?:(?P<day>\d{{4}}-\d{{2}}-\d{{2}})|(?P<year>\d{{4}})|{UNDATED})-(?=.)")
_FORMS = f"2023-09-07-tên-ngắn.md, 2023-tên-ngắn.md hoặc {UNDATED}-tên-ngắn.md"
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-_. ](?P<month>\d{1,2})[-_. ](?P<year>\d{4})[-_. ]+(?P<rest>.+)")


_NOT_ON_WINDOWS = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\udc80-\udcff]|[. ]\Z'
)
_LONGEST = 120
"""Letters of an article's name. By hand: Windows allows 260 for a whole path, and the site's folders need theirs."""


def check_file(path: Path, shown: str) -> Problem | None:
    """Tell of what is no article file."""
    if unfit := find_unfit(path, shown):
        return unfit
    if path.is_dir() or path.name == ".md":
        empty = "tên tệp chỉ có đuôi .md nên máy không đọc", f"Đổi tên theo mẫu {_FORMS}"
        folder = "thư mục mang tên như một bài", "Bỏ đuôi .md ở tên thư mục, hoặc chuyển bài ra ngoài"
        return Problem(shown, 1, *(folder if path.is_dir() else empty))
    if path.suffix.lower() == ".md":
        return None
    message, stem = "thư mục articles chỉ nhận tệp .md", nfc(path.name).split(".")[0]
    if path.name.lower().endswith((".md.txt", ".markdown", ".md.docx", ".mdx")) or path.suffix.lower() == ".mkd":
        return Problem(shown, 1, message, f"Đổi tên tệp thành {slug(stem)}.md")
    name = quoted(nfc(path.name))[1:-1]
    remedy = f"đổi thành bản nháp .md bằng lệnh: python scripts/add_source.py {name}, rồi xóa tệp này"
    if path.suffix.lower() == ".txt":
        ready = f"Nếu tệp đã có phần khai báo thì đổi tên thành {slug(stem)}.md"
        return Problem(shown, 1, message, f"{ready}; chưa có thì {remedy}")
    return Problem(shown, 1, message, f"Nếu là bài gốc thì {remedy}; nếu không thì xóa, hoặc chuyển đi nơi khác")


def check_name(path: Path, shown: str, paths: dict[str, tuple[str, Path]]) -> list[Problem]:
    """Tell of a file name of the wrong form, and of one that another article has already."""
    name, stem = article_id(path), nfc(path.stem)
    first, place = paths.setdefault(name, (shown, path))
    if name and place != path:
        remedy = f"Đổi tên một trong hai tệp, ví dụ thành {name}-2.md; nếu là một bài thì xóa bớt"
        ways = [
            f"“{nfc(p.name)}” {'dấu dựng sẵn (NFC)' if nfc(p.name) == p.name else 'dấu rời (NFD)'}"
            for p in (place, path)
        ]
        alike = f"; hai tên chỉ khác cách ghi dấu: {' và '.join(ways)}" if first == shown else ""
        return [Problem(shown, 1, f"mã bài {quoted(name)} trùng với bài {first}{alike}", remedy)]
    if name and not _NAME.match(name):
        remedy = f"Đổi tên theo mẫu {_FORMS}"
        if match := _DAY_FIRST.match(name):
            with contextlib.suppress(ValueError):
                date = PartialDate(int(match["year"]), int(match["month"]), int(match["day"]))
                remedy = f"Đổi tên tệp thành {date.iso}-{match['rest']}.md"
        return [Problem(shown, 1, "tên tệp không bắt đầu bằng năm hay ngày đăng", remedy)]
    if name and (_NOT_ON_WINDOWS.search(stem) or len(name) > _LONGEST):
        long = len(name) > _LONGEST
        what = f"dài quá {_LONGEST} chữ" if long else "có ký tự mà Windows không cho dùng, hoặc không nhìn thấy được"
        remedy = f"Đổi tên tệp thành {name[:60].rstrip('-')}.md"
        return [Problem(shown, 1, f"tên tệp {what}", remedy)]
    if name and name != stem:
        message = f"tên tệp {quoted(stem)} có dấu, chữ hoa, dấu cách hay dấu khác"
        return [Problem(shown, 1, message, f"Đổi tên tệp thành {name}.md", Severity.WARNING)]
    return []


def check_place(article: Article, path: PurePath, vocabulary: Vocabulary) -> list[Problem]:
    """Tell of an article in the wrong folder or under a name that contradicts its date.

    ``path`` is relative to ``articles/``."""
    problems = [problem] if (problem := _folder_problem(article, path, vocabulary)) else []
    match, published = _NAME.match(article.id), article.published
    if match is None:
        return problems
    rest, named = article.id[match.end() :], match["day"] or match["year"]
    if published is None and named is not None:
        message = "tên tệp có ngày nhưng bài không có khóa “published”"
        remedy = f"Thêm dòng published: {named}, hoặc đổi tên tệp thành {UNDATED}-{rest}.md"
        problems.append(Problem(article.path, article.line_of("published"), message, remedy))
    elif published is not None and named != (published.iso if match["day"] else f"{published.year:04d}"):
        start = published.iso if published.day else f"{published.year:04d}"
        date = date_in_name(article.id)
        remedy = f"Đổi tên tệp thành {start}-{rest}.md hoặc sửa khóa “published”{f' thành {date.iso}' if date else ''}"
        message = f"tên tệp không khớp với ngày đăng {published.iso}"
        problems.append(Problem(article.path, article.line_of("published"), message, remedy))
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
    if folder:
        remedy += f". Mã của tỉnh: {near[:1].lower()}{near[1:]}"
    return Problem(article.path, line, message, remedy)


def date_in_name(name: str) -> PartialDate | None:
    """Return the date with which an article's id begins, if it is one."""
    match = _NAME.match(name)
    with contextlib.suppress(ValueError):
        return PartialDate.parse((match and (match["day"] or match["year"])) or "")
    return None


@dataclass(frozen=True, slots=True)
class Corpus:
    """What stands under ``articles/``: the sound articles and the drafts, sorted by id, and their problems.

    ``ids`` are all those that a new article must not take. ``stand_ins`` is what can be used of the faulty articles,
    only to look for more faults elsewhere."""

    articles: tuple[Article, ...] = ()
    drafts: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
    draft_problems: tuple[Problem, ...] = ()
    ids: frozenset[str] = frozenset()
    stand_ins: tuple[Article, ...] = ()


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

    @property
    def is_faulty(self) -> bool:
        return not self.is_draft and any(fault.severity is Severity.ERROR for fault in self.faults)


def read_articles(sources: Path, vocabulary: Vocabulary) -> tuple[list[Article], list[Problem]]:
    """Return the sound articles of a corpus, without its drafts, and the problems of all, sorted."""
    corpus = read_corpus(sources, vocabulary)
    return list(corpus.articles), sorted({*corpus.problems, *corpus.draft_problems})


def read_corpus(sources: Path, vocabulary: Vocabulary) -> Corpus:
    """Read everything under ``articles/``. What a draft lacks is told as warnings, apart from other problems."""
    base = Path(os.path.abspath(sources))
    paths: dict[str, tuple[str, Path]] = {}
    found = [_read(path, base, vocabulary) for path in _walk(base / "articles")]
    for reading in sorted(found, key=lambda reading: reading.is_draft):  # a draft never takes an article's name
        if not reading.foreign:
            reading.faults.extend(check_name(reading.path, reading.shown, paths))
    places = [(r.article, r.path.relative_to(base / "articles")) for r in found if r.article and r.is_faulty]
    reported = {replace(fault, severity=Severity.WARNING) for r in found if r.is_draft for fault in r.faults}
    read = sorted((r.article for r in found if r.article and not r.is_faulty), key=lambda article: article.id)
    return Corpus(
        articles=tuple(article for article in read if not article.draft),
        drafts=tuple(article for article in read if article.draft),
        problems=tuple(sorted({fault for r in found if not r.is_draft for fault in r.faults})),
        draft_problems=tuple(sorted(reported)),
        stand_ins=tuple(_stand_in(article, path, vocabulary) for article, path in places),
        ids=frozenset(article_id(path) for path in _walk(base / "articles", reports=True)),
    )


def _read(path: Path, base: Path, vocabulary: Vocabulary) -> _Reading:
    """Read one file and tell whether it stands in its right place."""
    shown = shown_path(path, base.parent)
    fault = check_file(path, shown)
    if fault is not None:
        return _Reading(path, shown, None, [fault], foreign=True)
    file, faults = read_raw_file(path, base.parent, MAX_DIGEST)
    article, faults = read_usable(file, vocabulary) if file is not None else (None, faults)
    reading = _Reading(path, shown, article, faults)
    if article and not reading.is_faulty and (article.lines or not article.draft):
        faults += check_place(article, path.relative_to(base / "articles"), vocabulary)
    return reading


def _walk(folder: Path, reports: bool = False) -> Iterator[Path]:
    """Yield everything below ``folder`` that is not a folder, in a fixed order, links not followed.

    Reports that stand beside drafts are left out, unless only their places (as their drafts') are asked for."""
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in sorted(folder.iterdir(), key=lambda path: (nfc(path.name), path.name)):
        if path.name.startswith(".") and path.name != ".md":
            continue
        if path.is_dir() and not path.is_symlink():
            if path.suffix == ".md":
                yield path
            yield from _walk(path, reports)
        elif not path.name.endswith(REPORT_SUFFIX):
            yield path
        elif reports:
            yield path.with_name(path.name.removesuffix(REPORT_SUFFIX) + ".md")


def _stand_in(article: Article, path: Path, vocabulary: Vocabulary) -> Article:
    """Return what can be used of a faulty article, its place and date as its path says where they are amiss."""
    home = nfc(path.parts[0])
    place = article.province if article.province in vocabulary.provinces else None
    usable = ArticleFacts.found(
        FactSource.FRONT_MATTER,
        published=article.published or date_in_name(article.id),
        province=place or (home if home in vocabulary.provinces else None),
        outlet=article.outlet if article.outlet in vocabulary.outlets else None,
    )
    return replace(article, facts=merge_facts(usable, replace(article.facts, province=None, outlet=None)))
