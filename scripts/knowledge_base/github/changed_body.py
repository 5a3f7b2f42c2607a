"""The form “Cơ quan thay đổi”: an entry of ``bodies.yml`` where that is safe, else what a maintainer must do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..core.escaping import code
from ..core.models import Scan
from ..core.paragraphs import split_paragraphs
from ..core.text import fold, nfc, slug, view
from ..drafts.provided import read_date
from ..meaning.knowledge.catalogue import BodyCatalogue
from ..mentions.bodies.body_finder import BodyFinder
from ..sources.diagnosis import nearest
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.names import body_name
from .answers import Answers
from .entries import Value, appended, entry
from .events import Issue
from .menus import CERTAINTIES, CHANGES, key_of, province_options
from .proposal import Proposal, bullets, faulty, pull_request_body, pull_request_title, told
from .repository import Repository

PATH = "sources/vocabularies/bodies.yml"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class _Change:
    """What the form says, as ids where they are known; ``unknown`` are the names no kind was found for."""

    kind: str
    province: str
    reason: str
    successors: tuple[str, ...]
    unknown: tuple[str, ...]
    date: str


def propose_body(issue: Issue, answers: Answers, repository: Repository) -> Proposal:
    """Return the proposal of a body's change; a comment only where a machine cannot change the file safely."""
    change = None if answers.problems else _change(answers, repository.vocabulary)
    if change is None or answers.problems:
        return faulty(issue, answers.form.name, answers.form.label, answers.problems)
    added = entry(_values(change, answers), indent=2)
    hindrances = list(_hindrances(change, repository.vocabulary))
    if not hindrances:
        text = appended(repository.read(PATH), added)
        hindrances = [told(problem) for problem in repository.new_problems({PATH: text})]
        if not hindrances:
            return _proposal(issue, answers, change, repository.vocabulary, text)
    return _advice(issue, answers, added, hindrances)


def _change(answers: Answers, vocabulary: Vocabulary) -> _Change | None:
    bodies = _Bodies(vocabulary)
    province = province_options(vocabulary)[answers["dia-phuong"]]
    kind, own_place = bodies.find(answers["co-quan"], province)
    reason = key_of(CHANGES, answers["thay-doi"])
    after = answers.lines("co-quan-moi")
    found = {name: bodies.find(name, province)[0] for name in after}
    if kind is None:
        answers.tell("co-quan", _unknown(answers["co-quan"], vocabulary))
    if own_place and province and own_place != province:
        answers.tell("dia-phuong", "tên cơ quan chỉ tỉnh, thành phố khác với ô này.")
    if kind and not (province or own_place) and _is_local(kind, vocabulary):
        answers.tell("dia-phuong", "cơ quan này có ở mỗi tỉnh, thành phố: xin ghi đúng tỉnh, thành phố ấy.")
    _check_places(bodies, after, province or own_place, answers)
    _check_number(reason, len(after), answers)
    date = _date(answers)
    if kind is None or answers.problems:
        return None
    known = tuple(dict.fromkeys(identity for identity in found.values() if identity))
    unknown = tuple(name for name, identity in found.items() if identity is None)
    return _Change(kind, province or own_place or "", reason, known, unknown, date)


def _is_local(kind: str, vocabulary: Vocabulary) -> bool:
    return "{place}" in vocabulary.body_kinds[kind].name


def _check_places(bodies: _Bodies, names: Iterable[str], province: str | None, answers: Answers) -> None:
    """Tell of a body that follows in another province: provinces that merge are not a change of each body."""
    for name in names:
        place = bodies.find(name, province)[1]
        if province and place and place != province:
            advice = "Mỗi phiếu chỉ nói về một tỉnh, thành phố; việc hợp nhất tỉnh thì kho đã ghi ở `provinces.yml`"
            answers.tell("co-quan-moi", f"{code(name, 80)} là cơ quan của tỉnh, thành phố khác. {advice}.")


def _unknown(name: str, vocabulary: Vocabulary) -> str:
    names = [kind.name.replace("{place}", "").strip() for kind in vocabulary.body_kinds.values()]
    near = nearest(name, names)
    advice = f" Có lẽ là “{near}”." if near else ""
    return f"danh mục chưa có cơ quan {code(name, 80)}.{advice} Viết tên đầy đủ, hoặc dán địa chỉ trang của cơ quan."


def _check_number(reason: str, number: int, answers: Answers) -> None:
    """Tell when the bodies that follow do not fit the kind of change."""
    words = f"chọn “{CHANGES[reason]}”"
    if reason == "ket-thuc" and number:
        answers.tell("co-quan-moi", f"{words} thì để trống ô này.")
    elif reason == "tach" and number < 2:
        answers.tell("co-quan-moi", f"{words} thì ghi từ hai cơ quan, mỗi dòng một cơ quan.")
    elif reason not in ("ket-thuc", "tach") and number != 1:
        answers.tell("co-quan-moi", f"{words} thì ghi đúng một cơ quan.")


def _date(answers: Answers) -> str:
    if not answers["ngay"]:
        return ""
    date = read_date(answers["ngay"])
    if date is None:
        answers.tell_date("ngay")
    return date.iso if date else ""


class _Bodies:
    """Finds the kind a person means by a name or a page's address."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._catalogue = BodyCatalogue(vocabulary)
        self._finder = BodyFinder(vocabulary)

    def find(self, words: str, province: str | None) -> tuple[str | None, str | None]:
        """Return the kind, None if unknown, and the province that the words themselves name."""
        name = words[:_LONGEST].rsplit("/co-quan/", maxsplit=1)[-1].split("#", maxsplit=1)[0].strip(" /")
        place = self._vocabulary.provinces[province].name if province else ""
        for words_too in (name, f"{name} {place}", f"{name} tỉnh {place}", f"{name} thành phố {place}"):
            if key := self._catalogue.find(slug(words_too)):
                return key.kind, key.province if words_too == name else None
        text = nfc(name)
        found = self._finder.find(Scan(text, view(text), fold(text), split_paragraphs(text)))
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) and not found[0].title_only:
            return found[0].ref.kind, found[0].ref.place
        return None, None


def _hindrances(change: _Change, vocabulary: Vocabulary) -> Iterable[str]:
    """Say why a machine cannot write the entry."""
    if not _is_local(change.kind, vocabulary):
        yield f"Cơ quan trung ương: ghi `succession` ngay trong mục `{change.kind}` của phần `kinds`."
    if (change.kind, change.province) in vocabulary.local_bodies:
        line = vocabulary.origin("local_bodies", f"{change.kind} {change.province}")[1]
        yield f"Danh mục đã có mục về cơ quan này ở dòng {line} của `{PATH}`: sửa mục ấy, đừng thêm mục thứ hai."
    for name in change.unknown:
        yield f"Danh mục chưa có loại cơ quan {code(name, 80)}: thêm vào phần `kinds` trước."


def _values(change: _Change, answers: Answers) -> dict[str, Value]:
    successors = (*change.successors, *(slug(name) for name in change.unknown))
    evidence = {"source": "; ".join(answers.lines("nguon")), "certainty": key_of(CERTAINTIES, answers["do-chac"])}
    succession: dict[str, Value] = {
        "reason": change.reason,
        "date": change.date,
        "successors": successors,
        "document": answers["van-ban"],
        "tasks": " ".join(answers["nhiem-vu"].split()),
        "evidence": evidence,
    }
    return {"kind": change.kind, "province": change.province, "succession": succession}


def _proposal(issue: Issue, answers: Answers, change: _Change, vocabulary: Vocabulary, text: str) -> Proposal:
    name = body_name(vocabulary, change.kind, change.province, None)
    what = f"Ghi sự thay đổi của {code(name)} ({CHANGES[change.reason].lower()}) vào `{PATH}`."
    after = [body_name(vocabulary, kind, change.province, None) for kind in change.successors]
    questions = [
        f"Đã mở nguồn: {code('; '.join(answers.lines('nguon')), 300)}",
        f"Cơ quan tiếp theo đúng là: {', '.join(map(code, after)) or 'không có'}.",
        f"Ngày {change.date or 'chưa rõ'} là ngày cơ quan mới bắt đầu, không phải ngày ký hay ngày đăng bài.",
        "Mức chắc chắn hợp với nguồn (A: văn bản chính thức hoặc hai nguồn độc lập).",
    ]
    body = pull_request_body(issue, what, questions, (f"Máy đã bỏ khỏi phiếu: {r}." for r in answers.removed))
    title = pull_request_title("Cơ quan thay đổi", name)
    return Proposal(issue.number, answers.form.name, answers.form.label, what, title, body, {PATH: text})


def _advice(issue: Issue, answers: Answers, added: str, hindrances: list[str]) -> Proposal:
    fence = "~" * max(3, 1 + max((len(run) for run in added.split() if set(run) == {"~"}), default=0))
    link = f"{issue.repository}/edit/{issue.branch}/{PATH}" if issue.repository else ""
    where = f"[`{PATH}`]({link})" if link else f"`{PATH}`"
    comment = (
        f"Máy chưa sửa được {where} từ phiếu này; người giữ kho xin làm tay:\n\n{bullets(hindrances)}\n"
        f"Đoạn viết sẵn từ phiếu (xem lại từng dòng):\n\n{fence}yaml\n{added}{fence}\n"
    )
    return Proposal(issue.number, answers.form.name, answers.form.label, comment)
