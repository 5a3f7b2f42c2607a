"""The form “Thêm một bài”: a new article file, and a new outlet where it is needed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace

from ..core.escaping import code, literal
from ..core.models import OUR_DIGEST
from ..core.text import slug, strip_marks, verbose
from ..core.web_links import clean_link, host_of, is_web_address
from ..drafts.draft import Draft, make_draft
from ..drafts.provided import find_outlet
from ..importing.formats import read_article_bytes
from ..importing.markdown import read_tables
from ..sources.diagnosis import nearest
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import outlet_of_host
from ..sources.vocabulary.schemas import Outlet
from .answers import Answers, Issue
from .proposal import Proposal, Submission, append_entry, describe_problem, render_entry, suggest

OUTLETS = "sources/vocabularies/outlets.yml"
RIGHTS = {
    "Bản tóm lược bằng lời của tôi": "tom-luoc",
    "Nguyên văn: văn bản hành chính của cơ quan nhà nước, tổ chức": "van-ban-hanh-chinh",
    "Nguyên văn: tin tức thời sự thuần túy đưa tin": "tin-thoi-su",
    "Nguyên văn: chủ sở hữu đã cho phép đăng": "duoc-phep",
}
"""What the menu of the form offers, and what it is in the front matter (``rights``)."""
_PROVIDED = {"title": "ten", "author": "tac-gia", "published": "ngay-dang", "url": "lien-ket"}
"""The values of an article that are taken as the form gives them, and their questions."""
_LONGEST_TITLE, _LONGEST_NAME, _SHORTEST_TEXT, _LONGEST_REPORT = 300, 120, 100, 40_000
"""Letters; chosen by hand. 100 is about two sentences, less tells nothing; the report leaves a third of what GitHub
takes as a text (65,536) to the rest of it."""
_SLIP = 0.85
"""How similar (difflib's ratio) a new outlet's name and a known one may be before it is asked about, as a slip of the
pen. Chosen by hand: one wrong letter in “Báo Vĩnh Long” leaves 0.92; “Báo Quảng Nam” and “Báo Quảng Ninh” are 0.81."""
_NO_OUTLETS = (
    *("facebook.com", "fb.com", "fb.watch", "zalo.me", "youtube.com", "youtu.be", "tiktok.com", "x.com", "twitter.com"),
    *("t.me", "instagram.com", "threads.net", "threads.com", "google.com", "google.com.vn", "coccoc.com", "bing.com"),
)
"""Where people find articles, and no outlet publishes them."""

_PICTURE = re.compile(
    r"""
    !\[ [^\[\]\n]{0,300} \] \( [^()\s]{1,2000} \)   # ![words](address), as GitHub writes a dropped picture
    | <img\b [^<>\n]{0,2000} >                        # or with a width
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\(https?://[^()\s]{1,2000}\)")
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*")
_MARKDOWN = (("ảnh", _PICTURE, ""), ("địa chỉ của liên kết", _LINK, r"\1"), ("dấu chữ đậm", _BOLD, r"\1"))
"""What GitHub makes of words pasted from a page: its name, what it looks like, what stays of it."""
_ATTACHED = verbose(r"""
    \] \( https://github\.com/ [^()\s]{0,200} /?   # a link into the repository's place for dropped files:
    (?: user-attachments/ )? files/                 # its name of today, and the one of before
    [^()\s]{1,500} \)""")
_TAG = re.compile(r"</(?:p|div|span|strong|b|em|h[1-6]|table|tr|td|ul|li|a)>", re.IGNORECASE)


def propose_article(submission: Submission) -> Proposal:
    """Return the proposal of a new article, or what is wrong with the form."""
    answers, repository = submission.answers, submission.repository
    _check_answers(submission.issue, answers)
    vocabulary = repository.reading.vocabulary
    outlet = _outlet(answers, vocabulary)
    province = submission.province("dia-phuong")
    if outlet is None or answers.problems:
        return submission.refuse()
    files = {}
    if outlet.id not in vocabulary.outlets:
        values = {"id": outlet.id, "name": outlet.name, "sites": outlet.sites, "examples": outlet.examples}
        files[OUTLETS] = append_entry(repository.read(OUTLETS), render_entry(values))
        vocabulary = replace(vocabulary, outlets={**vocabulary.outlets, outlet.id: outlet})
    draft = _draft(submission, outlet.id, province, vocabulary)
    if draft is None or answers.problems:
        return submission.refuse()
    path = f"sources/{draft.path}"
    files[path] = draft.text
    questions = _questions(answers, draft, outlet if OUTLETS in files else None)
    remarks = (code(line, 300) for line in answers.lines("con-ngo")[:20])
    what = f"Thêm bài {code(answers['ten'])}: `{path}`."
    if draft.article.draft:
        what += " Bài còn là **bản nháp**, chưa lên trang cho đến khi người duyệt xem xong và xóa dòng `draft: có`."
    proposal = submission.propose(what, ("Thêm bài", answers["ten"]), files, questions, remarks)
    if not proposal.files:
        return proposal
    report = draft.report.partition("\n## ")[2][:_LONGEST_REPORT].replace("\n## ", "\n#### ")
    return replace(proposal, body=f"{proposal.body}\n### Máy tìm thấy gì\n\n#### {report}")


def _check_answers(issue: Issue, answers: Answers) -> None:
    """Add what is wrong with the title, the author, the day, the address and the text of the article."""
    if not slug(answers["ten"]) or len(answers["ten"]) > _LONGEST_TITLE:
        answers.add_problem("ten", f"viết tên bài bằng chữ, không quá {_LONGEST_TITLE} chữ cái.")
    if len(answers["tac-gia"]) > _LONGEST_NAME:
        answers.add_problem("tac-gia", f"dài quá {_LONGEST_NAME} chữ cái; chỉ ghi tên.")
    published = answers.date("ngay-dang")
    if published and issue.written and published.earliest() > issue.written:
        fault = f"{published.vietnamese} là ngày chưa tới (phiếu gửi ngày {issue.written:%d-%m-%Y})"
        answers.add_problem("ngay-dang", f"{fault}; xem lại ở bài.")
    url = answers["lien-ket"]
    host = host_of(url).removeprefix("www.")
    if url and not is_web_address(url):
        whole = is_web_address(f"https://{url}") and host
        remedy = f"thêm `https://` ở đầu: {code(f'https://{url}', 200)}" if whole else "chép cả dòng từ trình duyệt"
        answers.add_problem("lien-ket", f"{code(url, 80)} không phải một địa chỉ trang; {remedy}.")
    elif any(f".{host}".endswith(f".{name}") for name in _NO_OUTLETS):
        fault = f"`{host}` là mạng xã hội hay trang tìm kiếm, không phải nơi đăng bài gốc"
        remedy = "chép địa chỉ của bài ở trang báo hay cổng thông tin, không có thì để trống"
        answers.add_problem("lien-ket", f"{fault}; {remedy}.")
    text = answers["noi-dung"].strip()
    if _ATTACHED.search(text):
        remedy = "mở tệp, chép chữ rồi dán vào ô này, và bỏ dòng có tệp"
        answers.add_problem("noi-dung", f"máy không đọc được tệp đính kèm; {remedy}.")
    elif tag := _TAG.search(text):
        fault, remedy = "không phải chữ thường", "dán lại dạng chữ thường (Ctrl + Shift + V)"
        answers.add_problem("noi-dung", f"có mã của trang mạng (như `{tag[0]}`), {fault}; {remedy}.")
    elif len(text) < _SHORTEST_TEXT:
        answers.add_problem("noi-dung", f"mới có {len(text)} chữ cái; viết đủ sự việc, số liệu, ngày tháng.")


def _outlet(answers: Answers, vocabulary: Vocabulary) -> Outlet | None:
    """Return the outlet that is meant, a new one if its name and the article's address say enough.

    None, and a problem, for one that may be a known outlet under a name of the person's own."""
    words, address = answers["toa-soan"], answers["lien-ket"]
    if known := find_outlet(words, vocabulary):
        return vocabulary.outlets[known]
    site = host_of(address).removeprefix("www.") if is_web_address(address) else ""
    owner = outlet_of_host(site, vocabulary) if site else None
    if owner:
        name = vocabulary.outlets[owner].name
        remedy = f"Liên kết đã điền là của “{name}”: ghi tên ấy ở ô này; không phải thì sửa liên kết."
    else:
        near = nearest(words, [outlet.name for outlet in vocabulary.outlets.values()])
        new = site and slug(words) and len(words) <= _LONGEST_NAME and not host_of(words)
        if new and near:
            new = difflib.SequenceMatcher(None, strip_marks(near), strip_marks(words)).ratio() <= _SLIP
        if new:
            return Outlet(id=slug(words), name=words, sites=(site,), examples=(clean_link(address),))
        remedy = suggest([near] if near else [])
        remedy += "Báo mới thì ghi tên đầy đủ ở đây và điền ô “Liên kết đến bài gốc”, máy sẽ đề nghị thêm báo."
    answers.add_problem("toa-soan", f"kho chưa có {code(words, 80)}. {remedy}")
    return None


def _draft(submission: Submission, outlet: str, province: str, vocabulary: Vocabulary) -> Draft | None:
    """Return the article made of the answers; what keeps it out goes to the answers' problems."""
    answers = submission.answers
    text = answers["noi-dung"]
    for name, pattern, rest in _MARKDOWN:
        text, count = pattern.subn(rest, text)
        answers.removed += [name] if count else []
    text, tables = read_tables(text)
    answers.removed += ["khung bảng (mỗi dòng của bảng thành một mục của danh sách)"] if tables else []
    article, problems = read_article_bytes(text.encode(), "phieu.txt", vocabulary)
    if article is None:
        answers.problems += map(describe_problem, problems)
        return None
    answers.removed += [f"chữ gõ sai bảng mã ({problem.message})" for problem in problems]
    rights = RIGHTS[answers["quyen"]]
    provided = {key: answers[question] for key, question in _PROVIDED.items()}
    provided |= {"outlet": outlet, "province": province, "rights": rights}
    draft = make_draft(article, submission.repository.reading.corpus, vocabulary, provided, digest=rights == OUR_DIGEST)
    for problem in draft.problems:  # the article is there already: all else that keeps a draft out was checked
        advice = "Đúng là bài ấy thì không phải làm gì nữa, xin đóng phiếu (**Close issue**); "
        advice += "nếu thật là hai bài khác nhau, xin nói ở dưới phiếu để người giữ kho thêm bằng tay"
        answers.problems.append(f"{literal(problem.message)}. {advice}.")
    return draft


def _questions(answers: Answers, draft: Draft, outlet: Outlet | None) -> Iterator[str]:
    """Yield what the reviewer is asked; ``outlet``: one that is new."""
    yield f"Số hiệu, ngày, tên cơ quan đã so với bài gốc: {code(answers['lien-ket'], 300)}"
    if RIGHTS[answers["quyen"]] == OUR_DIGEST:
        yield "Bản tóm lược viết bằng lời của kho, không chép câu của bài."
    else:
        yield f"Căn cứ để đăng nguyên văn là đúng ({answers['quyen'].lower()})."
    if outlet:
        yield f"Báo mới {code(outlet.name)} ở `{OUTLETS}`: đúng tên, đúng tên miền, chưa có dưới tên khác."
    if answers["van-ban"]:
        document = draft.article.document
        machine = f"máy ghi ở đầu bài `document: {document}`" if document else "đầu bài chưa có dòng `document`"
        yield f"Người gửi nói bài giới thiệu {code(answers['van-ban'])}; {machine}: như thế có đúng không?"
