"""Find successions that contradict themselves: what became of a body must fit the number of its successors."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Problem
from ..knowledge.catalogue import BodyCatalogue, BodyKey
from ..knowledge.entities import KnowledgeBase
from ..knowledge.succession import steps_from
from ..vocabulary.schemas import Succession

_ONE = {"hop-nhat": "hợp nhất", "doi-ten": "đổi tên", "thay-the": "thay thế"}


def check_successions(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a problem for each succession with the wrong number of successors, and for each that goes in a circle."""
    for kind, entry in kb.vocabulary.body_kinds.items():
        if entry.succession and not kb.vocabulary.amiss("body_kinds", kind):
            where = kb.vocabulary.place("body_kinds", kind, "succession", "reason")
            yield from _check(entry.succession, entry.name.replace(" {place}", ""), *where)
    for (kind, province), local in kb.vocabulary.local_bodies.items():
        if local.succession and not kb.vocabulary.amiss("local_bodies", f"{kind} {province}"):
            name = f"{kind} ({province})"
            where = kb.vocabulary.place("local_bodies", f"{kind} {province}", "succession", "reason")
            yield from _check(local.succession, name, *where)
    yield from _circles(kb)


def _check(succession: Succession, name: str, path: str, line: int) -> Iterator[Problem]:
    """A merged, renamed or replaced body has one successor; one that was split, several; one that ended, none."""
    count = len(set(succession.successors))
    if succession.reason in _ONE and count != 1:
        message = f"«{name}»: {_ONE[succession.reason]} phải có đúng một cơ quan kế tục, đang ghi {count}"
        remedy = "Ghi một cơ quan trong successors; chia về nhiều cơ quan thì reason là tach, không ai thì ket-thuc"
    elif succession.reason == "tach" and count < 2:
        message = f"«{name}»: tách phải có từ hai cơ quan kế tục, đang ghi {count}"
        remedy = "Ghi đủ các cơ quan trong successors; nếu chỉ có một thì reason là thay-the"
    elif succession.reason == "ket-thuc" and count:
        message = f"«{name}»: kết thúc hoạt động thì không có cơ quan kế tục, đang ghi {count}"
        remedy = "Đổi reason thành tach (từ hai) hoặc thay-the (một), hoặc bỏ successors và ghi tasks: ai nhận nhiệm vụ"
    else:
        return
    yield Problem(path, line, message, remedy)


def _circles(kb: KnowledgeBase) -> Iterator[Problem]:
    """Following successors must come to an end."""
    catalogue = BodyCatalogue(kb.vocabulary)
    for body in kb.bodies.values():
        key = catalogue.find(body.id)
        if key is not None and _returns(key, catalogue):
            path, line = kb.vocabulary.place("body_kinds", body.kind, "succession", "successors")
            message = f"các cơ quan kế tục của «{body.name}» nối thành vòng"
            yield Problem(path, line, message, "Bỏ một trong các successors trỏ ngược lại")


def _returns(start: BodyKey, catalogue: BodyCatalogue) -> bool:
    reached, queue = set[BodyKey](), [start]
    while queue:
        for step in steps_from(queue.pop(), catalogue):
            if step.target == start:
                return True
            if step.target not in reached:
                reached.add(step.target)
                queue.append(step.target)
    return False
