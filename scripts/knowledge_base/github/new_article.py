"""The form “Thêm một bài”: a new article file, and a new outlet where it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..dates import PartialDate
from ..models import Article
from ..readers.corpus import UNDATED
from ..readers.source_file import NATIONAL_FOLDER
from ..text import slug, strip_marks
from ..vocabulary.schemas import Outlet
from .answers import Answers
from .entries import appended, entry, scalar
from .events import Issue
from .options import RIGHTS, key_of, province_options
from .proposal import Proposal, faulty, heading, pull_request_body, shown
from .repository import Repository
from .values import is_web_address, read_date, read_outlet

OUTLETS = "sources/vocabularies/outlets.yml"
_LONGEST_TITLE, _LONGEST_SLUG, _LONGEST_NAME = 300, 70, 120
_SHORTEST_TEXT = 100


@dataclass(slots=True)
class _Given:
    """What the form gives, as the front matter wants it."""

    title: str
    outlet: str = ""
    new_outlet: Outlet | None = None
    author: str = ""
    published: PartialDate | None = None
    province: str = ""
    url: str = ""
    rights: str = ""
    text: str = ""
    document: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def folder(self) -> str:
        """The folder under ``articles/``."""
        return self.province or NATIONAL_FOLDER


def propose_article(issue: Issue, answers: Answers, repository: Repository) -> Proposal:
    """Return the proposal of a new article, or what is wrong with the form."""
    given = _Given(answers["ten"]) if answers.problems else _given(answers, repository)
    if not answers.problems:
        _tell_doubles(given, answers, repository.articles)
    if answers.problems:
        return faulty(issue, answers.form.name, answers.form.label, answers.problems)
    path, text = _file(given, repository)
    files = {path: text}
    if given.new_outlet:
        files[OUTLETS] = appended(repository.read(OUTLETS), entry(_outlet_values(given.new_outlet)))
    problems = repository.new_problems(files)
    if problems:
        return faulty(issue, answers.form.name, answers.form.label, (f"{p.message}. {p.remedy}." for p in problems))
    return _proposal(issue, answers, given, path, files)


def _given(answers: Answers, repository: Repository) -> _Given:
    """Read each question; what is wrong goes to the answers' problems."""
    given = _Given(answers["ten"], author=answers["tac-gia"], document=answers["van-ban"])
    given.province = province_options(repository.vocabulary)[answers["dia-phuong"]]
    given.rights = key_of(RIGHTS, answers["quyen"])
    given.text = answers["noi-dung"].strip()
    _read_url(given, answers)
    _read_outlet(given, answers, repository)
    _read_date(given, answers)
    if not slug(given.title) or len(given.title) > _LONGEST_TITLE:
        answers.tell("ten", f"viết tên bài bằng chữ, không quá {_LONGEST_TITLE} chữ cái.")
    if len(given.author) > _LONGEST_NAME:
        answers.tell("tac-gia", f"dài quá {_LONGEST_NAME} chữ cái; chỉ ghi tên.")
    if len(given.text) < _SHORTEST_TEXT:
        answers.tell("noi-dung", f"mới có {len(given.text)} chữ cái; viết đủ sự việc, số liệu, ngày tháng.")
    return given


def _read_url(given: _Given, answers: Answers) -> None:
    given.url = answers["lien-ket"]
    if given.url and not is_web_address(given.url):
        answers.tell("lien-ket", f"{shown(given.url, 80)} không phải một địa chỉ trang; chép cả dòng từ trình duyệt.")
        given.url = ""


def _read_outlet(given: _Given, answers: Answers, repository: Repository) -> None:
    words = answers["toa-soan"]
    answer = read_outlet(words, given.url, repository.vocabulary)
    if answer.known:
        given.outlet = answer.known.id
    elif answer.new and len(words) <= _LONGEST_NAME:
        given.outlet, given.new_outlet = answer.new.id, answer.new
    else:
        near = f"Có lẽ là “{answer.near}”? " if answer.near else ""
        remedy = "Báo mới thì ghi tên đầy đủ ở đây và điền ô “Liên kết đến bài gốc”, máy sẽ đề nghị thêm báo."
        answers.tell("toa-soan", f"kho chưa có {shown(words, 80)}. {near}{remedy}")


def _read_date(given: _Given, answers: Answers) -> None:
    if answers["ngay-dang"]:
        try:
            given.published = read_date(answers["ngay-dang"])
        except ValueError as error:
            answers.tell("ngay-dang", str(error))


def _tell_doubles(given: _Given, answers: Answers, articles: list[Article]) -> None:
    """Tell of an article that is there already: the same link, or the same title of the same outlet."""
    for article in articles:
        if given.url and article.url and _bare(article.url) == _bare(given.url):
            answers.tell("lien-ket", f"kho đã có bài này: `{article.path}`.")
        elif article.outlet == given.outlet and strip_marks(article.title or "") == strip_marks(given.title):
            answers.tell("ten", f"kho đã có bài cùng tên của báo này: `{article.path}`.")


def _bare(url: str) -> str:
    return url.split("#", maxsplit=1)[0].rsplit("://", maxsplit=1)[-1].removeprefix("www.").rstrip("/").lower()


def _file(given: _Given, repository: Repository) -> tuple[str, str]:
    """Return path and text of the new article."""
    start = given.published.iso if given.published and given.published.day else ""
    start = start or (f"{given.published.year:04d}" if given.published else UNDATED)
    words = slug(given.title)
    short = words[: _LONGEST_SLUG + 1].rsplit("-", 1)[0] if len(words) > _LONGEST_SLUG else words
    taken = {article.id for article in repository.articles}
    names = (f"{start}-{short}{ending}" for ending in ("", *(f"-{n}" for n in range(2, 1000))))
    name = next(name for name in names if name not in taken)
    return f"sources/articles/{given.folder}/{name}.md", _text(given)


def _text(given: _Given) -> str:
    matter = {
        "title": given.title,
        "outlet": given.outlet,
        "author": given.author,
        "published": given.published.iso if given.published else "",
        "province": given.province,
        "url": given.url,
        "evidence": "toan-van" if given.rights == "van-ban-hanh-chinh" else "bao-tuong-thuat",
        "rights": given.rights,
    }
    head = "".join(f"{key}: {scalar(value)}\n" for key, value in matter.items() if value)
    return f"---\n{head}---\n\n{given.text}\n"


def _outlet_values(outlet: Outlet) -> dict[str, str | tuple[str, ...]]:
    return {"id": outlet.id, "name": outlet.name, "sites": outlet.sites, "examples": outlet.examples}


def _proposal(issue: Issue, answers: Answers, given: _Given, path: str, files: dict[str, str]) -> Proposal:
    what = f"Thêm bài {shown(given.title)}: `{path}`."
    body = pull_request_body(issue, what, _questions(given), _remarks(given, answers))
    title = heading("Thêm bài", given.title)
    return Proposal(issue.number, answers.form.name, answers.form.label, what, title, body, files)


def _questions(given: _Given) -> Iterator[str]:
    yield "Số hiệu, ngày, tên cơ quan đã so với bài gốc" + (f": {shown(given.url, 300)}" if given.url else ".")
    if given.rights == "tom-luoc":
        yield "Bản tóm lược viết bằng lời của kho, không chép câu của bài."
    else:
        yield f"Căn cứ để đăng nguyên văn là đúng: {RIGHTS[given.rights].lower()}."
    if given.new_outlet:
        yield f"Báo mới {shown(given.new_outlet.name)} ở `{OUTLETS}`: đúng tên, đúng tên miền, chưa có dưới tên khác."
    if not given.published:
        yield "Chưa có ngày đăng: tìm được thì thêm `published` và đổi tên tệp."
    if not given.url:
        yield "Chưa có liên kết đến bài gốc: tìm được thì thêm `url`."
    if given.document:
        yield f"Bài giới thiệu {shown(given.document)}: bảng thay đổi của kiểm tra có nêu văn bản ấy không?"


def _remarks(given: _Given, answers: Answers) -> Iterator[str]:
    yield from (shown(line, 300) for line in answers.lines("con-ngo")[:20])
    yield from (f"Máy đã bỏ khỏi phiếu: {what}." for what in answers.removed)
    if "![" in given.text or "<img" in given.text:
        yield "Phiếu có ảnh; kho không giữ ảnh, xin xóa dòng ấy khỏi bài."
