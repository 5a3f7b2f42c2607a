"""The form “Thêm một bài”: a new article file, and a new outlet where it is needed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..core.errors import Problem, Severity
from ..core.escaping import code, literal
from ..core.models import OUR_DIGEST
from ..core.text import slug, strip_marks
from ..core.web_links import clean_link, host_of
from ..drafts import Draft, make_draft
from ..drafts.provided import find_outlet, read_date
from ..importing.formats import read_article_bytes
from ..sources.articles.front_matter import is_web_address
from ..sources.diagnosis import nearest
from ..sources.text_files import NATIONAL_FOLDER
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import outlet_of_host
from ..sources.vocabulary.schemas import Outlet
from .answers import Answers
from .entries import appended, entry
from .events import Issue
from .menus import RIGHTS, key_of, province_options
from .proposal import Proposal, faulty, pull_request_body, pull_request_title, told
from .repository import Repository

_PICTURE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{1,2000}\)|<img\b[^<>\n]{0,2000}>", re.IGNORECASE)
_ATTACHED = re.compile(r"\]\(https://github\.com/[^()\s]{0,200}/?(?:user-attachments/)?files/[^()\s]{1,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\(https?://[^()\s]{1,2000}\)")
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*")
_TAG = re.compile(r"</(?:p|div|span|strong|b|em|h[1-6]|table|tr|td|ul|li|a)>", re.IGNORECASE)


def without_markdown(text: str) -> tuple[str, list[str]]:
    """Return the words of a text without pictures, link addresses and bold marks; and which of these it had."""
    kinds = (("ảnh", _PICTURE, ""), ("địa chỉ của liên kết", _LINK, r"\1"), ("dấu chữ đậm", _BOLD, r"\1"))
    removed = []
    for name, pattern, words in kinds:
        text, count = pattern.subn(words, text)
        removed += [name] if count else []
    return text, removed


def has_attachment(text: str) -> bool:
    """Tell whether a file was dropped into the text."""
    return _ATTACHED.search(text) is not None


def tag_in(text: str) -> str:
    """Return the first closing tag of HTML that a text holds, '' for none."""
    found = _TAG.search(text)
    return found[0] if found else ""


_LONGEST, _SLIP = 120, 0.85


@dataclass(frozen=True, slots=True)
class OutletAnswer:
    """The id of the outlet that was meant, or else what to propose: the name of the one whose site the article is
    on, one with a similar name, or a new entry."""

    known: str | None = None
    owner: str | None = None
    near: str | None = None
    new: Outlet | None = None


def read_outlet(words: str, address: str, vocabulary: Vocabulary) -> OutletAnswer:
    """Find an outlet by its name, id or web host; ``address`` is the article's own, '' if not given."""
    if known := find_outlet(words, vocabulary):
        return OutletAnswer(known)
    near = nearest(words, [outlet.name for outlet in vocabulary.outlets.values()])
    site = (host_of(address) or "").removeprefix("www.")
    owner = outlet_of_host(site, vocabulary) if site else None
    if owner:
        return OutletAnswer(owner=vocabulary.outlets[owner].name)
    if not site or host_of(words) or not slug(words) or len(words) > _LONGEST or (near and _alike(near, words)):
        return OutletAnswer(near=near)
    return OutletAnswer(new=Outlet(id=slug(words), name=words, sites=(site,), examples=(clean_link(address),)))


def _alike(name: str, words: str) -> bool:
    """Tell whether two names differ by so little that one is a slip of the pen."""
    return difflib.SequenceMatcher(None, strip_marks(name), strip_marks(words[:_LONGEST])).ratio() > _SLIP


OUTLETS = "sources/vocabularies/outlets.yml"
_LONGEST_TITLE, _LONGEST_NAME, _SHORTEST_TEXT, _LONGEST_REPORT = 300, 120, 100, 40_000
_NO_OUTLETS = (
    *("facebook.com", "fb.com", "fb.watch", "zalo.me", "youtube.com", "youtu.be", "tiktok.com", "x.com", "twitter.com"),
    *("t.me", "instagram.com", "threads.net", "threads.com", "google.com", "google.com.vn", "coccoc.com", "bing.com"),
)
"""Where people find articles, and no outlet publishes them."""


@dataclass(frozen=True, slots=True)
class _New:
    """A draft, and the outlet that must be added for it."""

    draft: Draft
    outlet: Outlet | None
    rights: str


def propose_article(issue: Issue, answers: Answers, repository: Repository) -> Proposal:
    """Return the proposal of a new article, or what is wrong with the form."""
    new = None if answers.problems else _new(issue, answers, repository)
    if new is None or answers.problems:
        return faulty(issue, answers.form.name, answers.form.label, answers.problems)
    path = f"sources/{new.draft.path}"
    files = {path: new.draft.text}
    if new.outlet:
        files[OUTLETS] = appended(repository.read(OUTLETS), entry(_outlet_values(new.outlet)))
    lacking = new.draft.article.draft  # what a draft lacks is asked of whoever finishes it
    problems = [p for p in repository.new_problems(files) if p.severity is Severity.ERROR or not lacking]
    if problems:
        return faulty(issue, answers.form.name, answers.form.label, map(told, problems))
    return _proposal(issue, answers, new, path, files)


def _new(issue: Issue, answers: Answers, repository: Repository) -> _New | None:
    """Make the draft of the answers; what is wrong goes to the answers' problems."""
    vocabulary = repository.vocabulary
    _check(issue, answers)
    outlet, added = _outlet(answers, vocabulary)
    if answers.problems:
        return None
    if added:
        vocabulary = replace(vocabulary, outlets={**vocabulary.outlets, added.id: added})
    rights = key_of(RIGHTS, answers["quyen"])
    draft = _draft(answers, outlet, rights, repository, vocabulary)
    return _New(draft, added, rights) if draft else None


def _draft(answers: Answers, outlet: str, rights: str, repository: Repository, vocabulary: Vocabulary) -> Draft | None:
    own = rights == OUR_DIGEST
    text, removed = without_markdown(answers["noi-dung"])
    answers.removed += removed
    article, problems = read_article_bytes(text.encode(), "phieu.txt", vocabulary)
    if article is None:
        answers.problems += map(told, problems)
        return None
    provided = {
        "title": answers["ten"],
        "outlet": outlet,
        "author": answers["tac-gia"],
        "published": answers["ngay-dang"],
        "province": province_options(repository.vocabulary)[answers["dia-phuong"]] or NATIONAL_FOLDER,
        "url": answers["lien-ket"],
        "rights": rights,
    }
    draft = make_draft(article, repository.corpus, vocabulary, provided, digest=own)
    answers.problems += [_double(problem) for problem in draft.problems]
    return draft


def _check(issue: Issue, answers: Answers) -> None:
    """Tell of answers that no front matter can hold."""
    if not slug(answers["ten"]) or len(answers["ten"]) > _LONGEST_TITLE:
        answers.tell("ten", f"viết tên bài bằng chữ, không quá {_LONGEST_TITLE} chữ cái.")
    if len(answers["tac-gia"]) > _LONGEST_NAME:
        answers.tell("tac-gia", f"dài quá {_LONGEST_NAME} chữ cái; chỉ ghi tên.")
    _check_date(issue, answers)
    _check_link(answers)
    _check_text(answers)


def _check_date(issue: Issue, answers: Answers) -> None:
    published = read_date(answers["ngay-dang"])
    if answers["ngay-dang"] and published is None:
        answers.tell_date("ngay-dang")
    elif published and issue.written and published.earliest() > issue.written:
        today = issue.written.strftime("%d-%m-%Y")
        answers.tell("ngay-dang", f"{published.vietnamese} là ngày chưa tới (phiếu gửi ngày {today}); xem lại ở bài.")


def _check_link(answers: Answers) -> None:
    url = answers["lien-ket"]
    host = host_of(url).removeprefix("www.")
    if url and not is_web_address(url):
        whole = is_web_address(f"https://{url}") and host
        remedy = f"thêm `https://` ở đầu: {code(f'https://{url}', 200)}" if whole else "chép cả dòng từ trình duyệt"
        answers.tell("lien-ket", f"{code(url, 80)} không phải một địa chỉ trang; {remedy}.")
    elif any(f".{host}".endswith(f".{name}") for name in _NO_OUTLETS):
        remedy = "chép địa chỉ của bài ở trang báo hay cổng thông tin, không có thì để trống"
        answers.tell("lien-ket", f"`{host}` là mạng xã hội hay trang tìm kiếm, không phải nơi đăng bài gốc; {remedy}.")


def _check_text(answers: Answers) -> None:
    text = answers["noi-dung"].strip()
    if has_attachment(text):
        remedy = "mở tệp, chép chữ rồi dán vào ô này, và bỏ dòng có tệp"
        answers.tell("noi-dung", f"máy không đọc được tệp đính kèm; {remedy}.")
    elif tag := tag_in(text):
        remedy = "dán lại dạng chữ thường (Ctrl + Shift + V)"
        answers.tell("noi-dung", f"có mã của trang mạng (như `{tag}`), không phải chữ thường; {remedy}.")
    elif len(text) < _SHORTEST_TEXT:
        answers.tell("noi-dung", f"mới có {len(text)} chữ cái; viết đủ sự việc, số liệu, ngày tháng.")


def _outlet(answers: Answers, vocabulary: Vocabulary) -> tuple[str, Outlet | None]:
    """Return the outlet's id, and its entry when it is a new one."""
    words = answers["toa-soan"]
    address = answers["lien-ket"] if is_web_address(answers["lien-ket"]) else ""
    answer = read_outlet(words, address, vocabulary)
    if answer.known:
        return answer.known, None
    if answer.new:
        return answer.new.id, answer.new
    near = f"Có lẽ là “{answer.near}”? " if answer.near else ""
    remedy = f"{near}Báo mới thì ghi tên đầy đủ ở đây và điền ô “Liên kết đến bài gốc”, máy sẽ đề nghị thêm báo."
    if answer.owner:
        remedy = f"Liên kết đã điền là của “{answer.owner}”: ghi tên ấy ở ô này; không phải thì sửa liên kết."
    answers.tell("toa-soan", f"kho chưa có {code(words, 80)}. {remedy}")
    return "", None


def _double(problem: Problem) -> str:
    advice = "Đúng là bài ấy thì không phải làm gì nữa, xin đóng phiếu (**Close issue**); "
    advice += "nếu thật là hai bài khác nhau, xin nói ở dưới phiếu để người giữ kho thêm bằng tay"
    return f"{literal(problem.message)}. {advice}."


def _outlet_values(outlet: Outlet) -> dict[str, str | tuple[str, ...]]:
    return {"id": outlet.id, "name": outlet.name, "sites": outlet.sites, "examples": outlet.examples}


def _proposal(issue: Issue, answers: Answers, new: _New, path: str, files: dict[str, str]) -> Proposal:
    what = f"Thêm bài {code(answers['ten'])}: `{path}`."
    if new.draft.article.draft:
        what += " Bài còn là **bản nháp**, chưa lên trang cho đến khi người duyệt xem xong và xóa dòng `draft: có`."
    body = pull_request_body(issue, what, _questions(answers, new), _remarks(answers))
    report = new.draft.report.partition("\n## ")[2][:_LONGEST_REPORT]
    title = pull_request_title("Thêm bài", answers["ten"])
    found = "\n### Máy tìm thấy gì\n\n#### " + report.replace("\n## ", "\n#### ")
    return Proposal(issue.number, answers.form.name, answers.form.label, what, title, body + found, files)


def _questions(answers: Answers, new: _New) -> Iterator[str]:
    yield f"Số hiệu, ngày, tên cơ quan đã so với bài gốc: {code(answers['lien-ket'], 300)}"
    if new.rights == OUR_DIGEST:
        yield "Bản tóm lược viết bằng lời của kho, không chép câu của bài."
    else:
        yield f"Căn cứ để đăng nguyên văn là đúng ({RIGHTS[new.rights].lower()})."
    if new.outlet:
        yield f"Báo mới {code(new.outlet.name)} ở `{OUTLETS}`: đúng tên, đúng tên miền, chưa có dưới tên khác."
    if answers["van-ban"]:
        document = new.draft.article.document
        machine = f"máy ghi ở đầu bài `document: {document}`" if document else "đầu bài chưa có dòng `document`"
        yield f"Người gửi nói bài giới thiệu {code(answers['van-ban'])}; {machine}: như thế có đúng không?"


def _remarks(answers: Answers) -> Iterator[str]:
    yield from (code(line, 300) for line in answers.lines("con-ngo")[:20])
    yield from (f"Máy đã bỏ khỏi phiếu: {what}." for what in answers.removed)
