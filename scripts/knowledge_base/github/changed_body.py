"""The form “Cơ quan thay đổi”: an entry of ``bodies.yml`` where that is safe, else what a maintainer must do."""

from __future__ import annotations

import re
import sys
from functools import partial

from ..core.escaping import code
from ..core.text import slug
from ..core.web_links import clean_link, is_web_address
from ..meaning.knowledge.bodies import BodyCatalogue
from ..mentions.bodies.body_finder import BodyFinder
from ..mentions.finders import scan_of
from ..sources.diagnosis import nearest
from ..sources.text_files import NATIONAL_FOLDER
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import body_name
from .proposal import Proposal, Submission, Value, append_entry, bullets, render_entry

PATH = "sources/vocabularies/bodies.yml"
CHANGES = {
    "Hợp nhất với cơ quan khác": "hop-nhat",
    "Chia tách thành nhiều cơ quan": "tach",
    "Đổi tên": "doi-ten",
    "Được một cơ quan khác thay thế": "thay-the",
    "Kết thúc hoạt động": "ket-thuc",
}
PAGES = {
    "Chính văn bản": "van-ban",
    "Công báo": "cong-bao",
    "Cổng thông tin của cơ quan": "cong-thong-tin",
    "Báo": "bao",
    "Trang tra cứu luật": "co-so-du-lieu",
    "Danh sách văn bản của cơ quan": "danh-sach",
    "Trang khác": "trang-khac",
}
"""What the menus of the form offer, and what it is in an entry (``reason``, ``kind`` of a page)."""
_FOLLOWERS = {
    "ket-thuc": (0, 0, "để trống ô này"),
    "tach": (2, sys.maxsize, "ghi từ hai cơ quan, mỗi dòng một cơ quan"),
}
"""How many bodies follow after a change, at least and at most, and how that is said; after all others it is one."""
_LONGEST = 200
"""Letters of an answer that are searched for a body's name: more than any name has, or a page's address."""


def propose_body(submission: Submission) -> Proposal:
    """Return the proposal of a body's change; only words where a machine cannot change the file safely."""
    answers, vocabulary = submission.answers, submission.repository.reading.vocabulary
    kind, province, followers = _read_bodies(submission)
    date, read = (day.iso if (day := answers.date(question)) else "" for question in ("ngay", "ngay-doc"))
    if kind is None or answers.problems:
        return submission.refuse()
    known = tuple(dict.fromkeys(found for found in followers.values() if found))
    unknown = [name for name, found in followers.items() if found is None]
    succession: dict[str, Value] = {
        "reason": CHANGES[answers["thay-doi"]],
        "date": date,
        "successors": (*known, *map(slug, unknown)),
        "document": answers["van-ban"],
        "tasks": " ".join(answers["nhiem-vu"].split()),
        "evidence": [_page(line, PAGES[answers["loai-nguon"]], read) for line in answers.lines("nguon")],
    }
    added = render_entry({"kind": kind, "province": province, "succession": succession}, indent=2)
    hindrances = []
    if not _is_local(kind, vocabulary):
        hindrances = [f"Cơ quan trung ương: ghi `succession` ngay trong mục `{kind}` của phần `kinds`."]
    if (kind, province) in vocabulary.local_bodies:
        line = vocabulary.place("local_bodies", f"{kind} {province}")[1]
        same = f"Danh mục đã có mục về cơ quan này ở dòng {line} của `{PATH}`"
        hindrances.append(f"{same}: sửa mục ấy, đừng thêm mục thứ hai.")
    hindrances += [f"Danh mục chưa có loại cơ quan {code(n, 80)}: thêm vào phần `kinds` trước." for n in unknown]
    if hindrances:
        return _advise(submission, added, hindrances)
    files = {PATH: append_entry(submission.repository.read(PATH), added)}
    body, *others = (body_name(vocabulary, each, province, None) for each in (kind, *known))
    what = f"Ghi sự thay đổi của {code(body)} ({answers['thay-doi'].lower()}) vào `{PATH}`."
    questions = [
        f"Đã mở nguồn: {code('; '.join(answers.lines('nguon')), 300)}",
        f"Cơ quan tiếp theo đúng là: {', '.join(map(code, others)) or 'không có'}.",
        f"Ngày {date or 'chưa rõ'} là ngày cơ quan mới bắt đầu, không phải ngày ký hay ngày đăng bài.",
        "Mỗi nguồn là một trang đọc được, đúng loại (kind); báo bán hàng, trang gom tin thì xem `web-hosts.yml`.",
    ]
    name = ("Cơ quan thay đổi", body)
    return submission.propose(what, name, files, questions, otherwise=partial(_advise, submission, added))


def _page(line: str, kind: str, read: str) -> dict[str, Value]:
    """Return a page as a person names it, by its address, or by its site or newspaper and what tells it apart."""
    url, _, rest = line.partition(" ")
    if is_web_address(url):
        return {"url": clean_link(url), "kind": kind, "read": read, "what": rest.strip(" ()")}
    host, _, page = line.partition(", " if "," in line else " ")
    host, page = (host, page) if "," in line or "." in host else (line, "")
    return {"host": host.strip(), "page": page.strip(), "kind": kind, "read": read}


def _advise(submission: Submission, added: str, hindrances: list[str]) -> Proposal:
    """Return the answer that says why a machine does not write the entry ``added``."""
    issue = submission.issue
    where = f"[`{PATH}`]({issue.repository}/edit/{issue.branch}/{PATH})" if issue.repository else f"`{PATH}`"
    fence = "~" * max(3, 1 + max(map(len, re.findall("~+", added)), default=0))
    return submission.answer(
        f"Máy chưa sửa được {where} từ phiếu này; người giữ kho xin làm tay:\n\n{bullets(hindrances)}\n"
        f"Đoạn viết sẵn từ phiếu (xem lại từng dòng):\n\n{fence}yaml\n{added}{fence}\n"
    )


def _read_bodies(submission: Submission) -> tuple[str | None, str, dict[str, str | None]]:
    """Return the kind of the body that changes, its province ('' for none), and those that follow by the names given,
    with their kinds; None for a kind that is not known. What is wrong goes to the answers' problems."""
    answers, vocabulary = submission.answers, submission.repository.reading.vocabulary
    known = BodyCatalogue(vocabulary), BodyFinder(vocabulary)
    places = {identity: province.name for identity, province in vocabulary.provinces.items()}
    named = submission.province("dia-phuong")
    chosen = "" if named == NATIONAL_FOLDER else named
    kind, own_place = _find(answers["co-quan"], places.get(chosen, ""), *known)
    province = chosen or own_place or ""
    if kind is None:
        names = [entry.name.replace("{place}", "").strip() for entry in vocabulary.body_kinds.values()]
        near = nearest(answers["co-quan"], names)
        advice = f" Có lẽ là “{near}”." if near else ""
        remedy = "Viết tên đầy đủ, hoặc dán địa chỉ trang của cơ quan"
        fault = f"danh mục chưa có cơ quan {code(answers['co-quan'], 80)}"
        answers.add_problem("co-quan", f"{fault}.{advice} {remedy}.")
    if own_place and chosen and own_place != chosen:
        answers.add_problem("dia-phuong", "tên cơ quan chỉ tỉnh, thành phố khác với ô này.")
    if kind and named and not province and _is_local(kind, vocabulary):
        answers.add_problem("dia-phuong", "cơ quan này có ở mỗi tỉnh, thành phố: xin ghi đúng tỉnh, thành phố ấy.")
    found = {}
    for name in answers.lines("co-quan-moi"):
        found[name], place = _find(name, places.get(province, ""), *known)
        if province and place and place != province:  # provinces that merge are not a change of each body
            advice = "Mỗi phiếu chỉ nói về một tỉnh, thành phố; việc hợp nhất tỉnh thì kho đã ghi ở `provinces.yml`"
            fault = f"{code(name, 80)} là cơ quan của tỉnh, thành phố khác"
            answers.add_problem("co-quan-moi", f"{fault}. {advice}.")
    least, most, wanted = _FOLLOWERS.get(CHANGES[answers["thay-doi"]], (1, 1, "ghi đúng một cơ quan"))
    if not least <= len(answers.lines("co-quan-moi")) <= most:
        answers.add_problem("co-quan-moi", f"chọn “{answers['thay-doi']}” thì {wanted}.")
    return kind, province, found


def _is_local(kind: str, vocabulary: Vocabulary) -> bool:
    return "{place}" in vocabulary.body_kinds[kind].name


def _find(words: str, place: str, catalogue: BodyCatalogue, finder: BodyFinder) -> tuple[str | None, str | None]:
    """Return the kind that a person means by a name or a page's address, None if unknown, and the province that the
    words themselves name.

    ``place``: the name of the province that a name without its own is of, '' for none."""
    name = words[:_LONGEST].rsplit("/co-quan/", maxsplit=1)[-1].split("#", maxsplit=1)[0].strip(" /")
    for full_name in (name, f"{name} {place}", f"{name} tỉnh {place}", f"{name} thành phố {place}"):
        if key := catalogue.find(slug(full_name)):
            return key.kind, key.province if full_name == name else None
    scan = scan_of(name)
    found = finder.find(scan)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(scan.text)) and not found[0].title_only:
        return found[0].ref.kind, found[0].ref.place
    return None, None
