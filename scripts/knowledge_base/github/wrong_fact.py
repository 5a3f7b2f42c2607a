"""The form “Báo chỗ sai”: the words put right where they stand once, else the file and line to mend by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from ..core.escaping import code
from ..core.paragraphs import split_paragraphs
from ..core.text import nfc
from ..sources.yaml import Plain, read_yaml
from .answers import Answers
from .proposal import Proposal, Submission, bullets
from .repository import Repository, SourcePlace, find_place

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_LONGEST, _SHORTEST = 1000, 4
"""Letters of the words to be replaced; chosen by hand: shorter ones stand in many places and mean nothing alone."""
_QUOTES = ("“”", '""', "«»", "''", "‘’")
"""Marks that people put around words they speak of; taken off only when both answers wear a pair."""
_UNKNOWN = ("chưa rõ", "chưa biết", "không rõ", "không biết")
"""What the form asks people to write, or what they write of themselves, when they do not know what is right."""


def propose_correction(submission: Submission) -> Proposal:
    """Return a proposal that replaces the words, or an answer that says where to mend them by hand."""
    answers, repository = submission.answers, submission.repository
    wrong, right = (" ".join(answers[name].split()) for name in ("dang-ghi", "dung-la"))
    if all(len(words) > 2 and words[0] + words[-1] in _QUOTES for words in (wrong, right)):
        wrong, right = wrong[1:-1].strip(), right[1:-1].strip()
    named = find_place(answers["trang"], repository)
    if reasons := list(_refusals(answers, wrong, right)):
        return _advise(submission, named, reasons)
    found = _find(wrong, named, repository)
    place = found[0] if len(found) == 1 else named or (found[0] if found else None)
    if place is None or len(found) != 1:
        return _advise(submission, place, [_not_once(found)])
    before = nfc(repository.read(place.path))
    lines = before.split("\n")
    lines[place.line - 1] = lines[place.line - 1].replace(wrong, right, 1)
    files = {place.path: "\n".join(lines)}
    # one value or one paragraph differs, and in nothing but the words; never in an id
    parts = [list(_parts(text, place.path.endswith(".yml"))) for text in (before, files[place.path])]
    changed = [(old, new) for old, new in zip(*parts, strict=False) if old != new]
    only = [new == old.replace(wrong, right, 1) and not old.split(" ", 1)[0].endswith("/id") for old, new in changed]
    if len(parts[0]) != len(parts[1]) or only != [True]:
        reason = "Thay những chữ này thì tệp đổi nghĩa ở chỗ khác, hoặc đổi một mã đã công bố."
        return _advise(submission, place, [reason])
    what = f"Sửa ở `{place.path}`, dòng {place.line}: {code(wrong, 300)} → {code(right, 300)}."
    elsewhere = f"Người gửi nêu trang {code(answers['trang'], 200)}, còn chữ này ở tệp trên: sửa ở đó có đúng không?"
    questions = [
        *(() if named and named.path == place.path else (elsewhere,)),
        f"Đã mở căn cứ và thấy đúng: {code(answers['can-cu'], 400)}",
        "Những bài, mục khác nói về cùng việc không ghi trái với điều này.",
    ]
    name = ("Sửa", f"{wrong[:40]} → {right[:40]}")
    return submission.propose(what, name, files, questions, otherwise=partial(_advise, submission, place))


def _refusals(answers: Answers, wrong: str, right: str) -> Iterator[str]:
    """Say why the words cannot be replaced by a machine."""
    if right.casefold().strip(" .") in _UNKNOWN:
        yield "Chưa biết điều đúng là gì, nên chưa sửa được; cần tìm nguồn."
    elif wrong == right:
        yield "Hai ô “Kho đang ghi” và “Đúng là” giống hệt nhau."
    elif len(wrong) < _SHORTEST:
        yield "Ô “Kho đang ghi” quá ngắn để biết là chỗ nào; chép thêm vài chữ đứng cạnh."
    if any(len(answers[name]) > _LONGEST or "\n" in answers[name].strip() for name in ("dang-ghi", "dung-la")):
        yield "Máy chỉ thay được chữ trong một dòng; ở đây có hơn một dòng, hoặc quá dài."


def _find(words: str, place: SourcePlace | None, repository: Repository) -> list[SourcePlace]:
    """Return the lines where the words stand: of the page's own file if they stand there, else of all sources."""
    own = place.path if place and place.path.startswith(f"{repository.sources.name}/") else None
    for paths in ([own] if own else [], repository.files()):
        found = [
            SourcePlace(path, number)
            for path in paths
            for number, line in enumerate(nfc(repository.read(path)).split("\n"), 1)
            for _ in range(line.count(words))
        ]
        if found:
            break
    return [each for each in found if each == place] or found


def _not_once(found: list[SourcePlace]) -> str:
    if not found:
        return (
            "Không tìm thấy đúng những chữ ở ô “Kho đang ghi” trong nguồn của kho "
            "(chữ ấy có thể do máy ghép từ nhiều nơi, hoặc chép chưa đúng từng chữ)."
        )
    where = ", ".join(f"`{place.path}` dòng {place.line}" for place in list(dict.fromkeys(found))[:6])
    return f"Những chữ ở ô “Kho đang ghi” có ở {len(found)} chỗ ({where}); chép thêm vài chữ đứng cạnh để chỉ còn một."


def _parts(text: str, yaml: bool) -> Iterator[str]:
    """Yield everything a file says, piece by piece, with the kind of each piece."""
    fences = [] if yaml else list(_FENCE.finditer(text))
    if not yaml and len(fences) < 2:
        return
    data, problems = read_yaml(text if yaml else text[fences[0].end() : fences[1].start()], "")
    stack: list[tuple[str, Plain]] = [] if data is None or problems else [("", data.data)]
    while stack:
        place, value = stack.pop()
        if isinstance(value, dict):
            stack += [(f"{place}/{key}", part) for key, part in value.items()]
        elif isinstance(value, list):
            stack += [(f"{place}/-", part) for part in value]
        else:
            yield f"{place} {value}"
    if not yaml:
        yield from (f"{p.kind}{p.level} {p.text}" for p in split_paragraphs(text, fences[1].end()))


def _advise(submission: Submission, place: SourcePlace | None, reasons: Iterable[str]) -> Proposal:
    """Return the answer that says why a machine does not mend it, and where a person can."""
    issue = submission.issue
    where = "Trang ở ô “Trang nào” được ghép từ nhiều tệp; xem mục **Nguồn** của trang để biết tệp nào."
    if place is not None:
        where = f"Chỗ phải xem: `{place.path}`, dòng {place.line}."
        if issue.repository:
            seen = f"{issue.repository}/blob/{issue.branch}/{place.path}#L{place.line}"
            edited = f"{issue.repository}/edit/{issue.branch}/{place.path}"
            where += f" [Xem dòng ấy]({seen}), [sửa tệp]({edited})."
    return submission.answer(
        f"Máy chưa sửa sẵn được từ phiếu này.\n\n{bullets(reasons)}\n{where}\n\n"
        "Người gửi: bấm **Edit** ở phiếu để sửa ô cho đúng, máy sẽ đọc lại. "
        f"Người giữ kho: sửa tay theo căn cứ, ghi `#{issue.number}` trong đề nghị thay đổi.\n"
    )
