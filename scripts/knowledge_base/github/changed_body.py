"""The form “Cơ quan thay đổi”: an entry of ``bodies.yml`` where that is safe, else what a maintainer must do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..core.escaping import code
from ..core.models import Scan
from ..core.paragraphs import split_paragraphs
from ..core.text import fold, nfc, slug, view
from ..meaning.knowledge.bodies import BodyCatalogue
from ..mentions.bodies.body_finder import BodyFinder
from ..sources.diagnosis import nearest
from ..sources.text_files import NATIONAL_FOLDER
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import body_name
from .answers import Answers
from .entries import Value, append_entry, render_entry
from .proposal import Proposal, Submission, bullets

PATH = "sources/vocabularies/bodies.yml"
CHANGES = {
    "Hợp nhất với cơ quan khác": "hop-nhat",
    "Chia tách thành nhiều cơ quan": "tach",
    "Đổi tên": "doi-ten",
    "Được một cơ quan khác thay thế": "thay-the",
    "Kết thúc hoạt động": "ket-thuc",
}
CERTAINTIES = {
    "Đã đọc trong văn bản chính thức, hoặc ở hai nguồn độc lập": "A",
    "Đã đọc ở một nguồn": "B",
    "Chưa kiểm tra": "C",
}
"""What the menus of the form offer, and what it is in an entry (``reason``, ``certainty``)."""
_LONGEST = 200
"""Letters of an answer that are searched for a body's name: more than any name has, or a page's address."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What the form says, as ids; ``unknown`` are the names of bodies that follow for which no kind was found."""

    kind: str
    province: str
    date: str
    successors: tuple[str, ...]
    unknown: tuple[str, ...]


def propose_body(submission: Submission) -> Proposal:
    """Return the proposal of a body's change; only words where a machine cannot change the file safely."""
    answers, repository = submission.answers, submission.repository
    change = _change(submission)
    if change is None:
        return submission.refuse()
    added = render_entry(_values(change, answers), indent=2)
    hindrances = list(_hindrances(change, repository.vocabulary))
    if not hindrances:
        files = {PATH: append_entry(repository.read(PATH), added)}
        hindrances, warnings = submission.new_problems(files)
        if not hindrances:
            return _propose(submission, change, files, warnings)
    issue = submission.issue
    where = f"[`{PATH}`]({issue.repository}/edit/{issue.branch}/{PATH})" if issue.repository else f"`{PATH}`"
    fence = "~" * max(3, 1 + max(map(len, re.findall("~+", added)), default=0))
    return submission.answer(
        f"Máy chưa sửa được {where} từ phiếu này; người giữ kho xin làm tay:\n\n{bullets(hindrances)}\n"
        f"Đoạn viết sẵn từ phiếu (xem lại từng dòng):\n\n{fence}yaml\n{added}{fence}\n"
    )


def _change(submission: Submission) -> _Change | None:
    """Return what the answers say, or None and the answers' problems."""
    answers, vocabulary = submission.answers, submission.repository.vocabulary
    bodies = _Bodies(vocabulary)
    named = submission.province("dia-phuong")
    chosen = "" if named == NATIONAL_FOLDER else named
    kind, own_place = bodies.find(answers["co-quan"], chosen)
    province = chosen or own_place or ""
    followers = answers.lines("co-quan-moi")
    if kind is None:
        names = [known.name.replace("{place}", "").strip() for known in vocabulary.body_kinds.values()]
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
    for name in followers:
        found[name], place = bodies.find(name, province)
        if province and place and place != province:  # provinces that merge are not a change of each body
            advice = "Mỗi phiếu chỉ nói về một tỉnh, thành phố; việc hợp nhất tỉnh thì kho đã ghi ở `provinces.yml`"
            fault = f"{code(name, 80)} là cơ quan của tỉnh, thành phố khác"
            answers.add_problem("co-quan-moi", f"{fault}. {advice}.")
    _check_number(len(followers), answers)
    date = answers.date("ngay")
    if kind is None or answers.problems:
        return None
    return _Change(
        kind,
        province,
        date.iso if date else "",
        successors=tuple(dict.fromkeys(identity for identity in found.values() if identity)),
        unknown=tuple(name for name, identity in found.items() if identity is None),
    )


def _is_local(kind: str, vocabulary: Vocabulary) -> bool:
    return "{place}" in vocabulary.body_kinds[kind].name


def _check_number(count: int, answers: Answers) -> None:
    """Add a problem when the bodies that follow do not fit the kind of change."""
    chosen = f"chọn “{answers['thay-doi']}”"
    reason = CHANGES[answers["thay-doi"]]
    if reason == "ket-thuc" and count:
        answers.add_problem("co-quan-moi", f"{chosen} thì để trống ô này.")
    elif reason == "tach" and count < 2:
        answers.add_problem("co-quan-moi", f"{chosen} thì ghi từ hai cơ quan, mỗi dòng một cơ quan.")
    elif reason not in ("ket-thuc", "tach") and count != 1:
        answers.add_problem("co-quan-moi", f"{chosen} thì ghi đúng một cơ quan.")


class _Bodies:
    """Finds the kind a person means by a name or a page's address."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._catalogue = BodyCatalogue(vocabulary)
        self._finder = BodyFinder(vocabulary)

    def find(self, words: str, province: str) -> tuple[str | None, str | None]:
        """Return the kind, None if unknown, and the province that the words themselves name.

        ``province``: the one that a name without its own is of, '' for none."""
        name = words[:_LONGEST].rsplit("/co-quan/", maxsplit=1)[-1].split("#", maxsplit=1)[0].strip(" /")
        place = self._vocabulary.provinces[province].name if province else ""
        for full_name in (name, f"{name} {place}", f"{name} tỉnh {place}", f"{name} thành phố {place}"):
            if key := self._catalogue.find(slug(full_name)):
                return key.kind, key.province if full_name == name else None
        text = nfc(name)
        found = self._finder.find(Scan(text, view(text), fold(text), split_paragraphs(text)))
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) and not found[0].title_only:
            return found[0].ref.kind, found[0].ref.place
        return None, None


def _hindrances(change: _Change, vocabulary: Vocabulary) -> Iterator[str]:
    """Say why a machine cannot write the entry."""
    if not _is_local(change.kind, vocabulary):
        yield f"Cơ quan trung ương: ghi `succession` ngay trong mục `{change.kind}` của phần `kinds`."
    if (change.kind, change.province) in vocabulary.local_bodies:
        line = vocabulary.origin("local_bodies", f"{change.kind} {change.province}")[1]
        yield f"Danh mục đã có mục về cơ quan này ở dòng {line} của `{PATH}`: sửa mục ấy, đừng thêm mục thứ hai."
    for name in change.unknown:
        yield f"Danh mục chưa có loại cơ quan {code(name, 80)}: thêm vào phần `kinds` trước."


def _values(change: _Change, answers: Answers) -> dict[str, Value]:
    succession: dict[str, Value] = {
        "reason": CHANGES[answers["thay-doi"]],
        "date": change.date,
        "successors": (*change.successors, *map(slug, change.unknown)),
        "document": answers["van-ban"],
        "tasks": " ".join(answers["nhiem-vu"].split()),
        "evidence": {"source": "; ".join(answers.lines("nguon")), "certainty": CERTAINTIES[answers["do-chac"]]},
    }
    return {"kind": change.kind, "province": change.province, "succession": succession}


def _propose(submission: Submission, change: _Change, files: dict[str, str], warnings: list[str]) -> Proposal:
    answers, vocabulary = submission.answers, submission.repository.vocabulary
    name = body_name(vocabulary, change.kind, change.province, None)
    followers = [body_name(vocabulary, kind, change.province, None) for kind in change.successors]
    what = f"Ghi sự thay đổi của {code(name)} ({answers['thay-doi'].lower()}) vào `{PATH}`."
    questions = [
        f"Đã mở nguồn: {code('; '.join(answers.lines('nguon')), 300)}",
        f"Cơ quan tiếp theo đúng là: {', '.join(map(code, followers)) or 'không có'}.",
        f"Ngày {change.date or 'chưa rõ'} là ngày cơ quan mới bắt đầu, không phải ngày ký hay ngày đăng bài.",
        "Mức chắc chắn hợp với nguồn (A: văn bản chính thức hoặc hai nguồn độc lập).",
        *warnings,
    ]
    return submission.propose(what, ("Cơ quan thay đổi", name), files, questions)
