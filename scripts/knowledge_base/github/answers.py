"""The issue forms, and the answers of a person in the issue that GitHub made of one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from ..core.dates import PartialDate
from ..core.escaping import code, literal
from ..core.text import nfc, says_nothing
from ..drafts.provided import read_date
from ..sources.diagnosis import date_fault, nearest
from ..sources.text_files import blank_characters, check_characters
from ..sources.yaml import Plain, read_yaml

CONFIG = "config.yml"


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form. ``type`` is GitHub's word: input, textarea, dropdown, checkboxes."""

    id: str
    type: str
    label: str
    required: bool
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueForm:
    """A form: ``name`` is its file's name without suffix; ``label`` the label GitHub puts on its issues."""

    name: str
    title: str
    label: str
    fields: tuple[FormField, ...]

    def field(self, identity: str) -> FormField:
        """Return the question of that id."""
        return next(field for field in self.fields if field.id == identity)


def load_forms(folder: Path) -> tuple[IssueForm, ...]:
    """Return the forms of a folder ``.github/ISSUE_TEMPLATE``, sorted by name."""
    files = sorted(path for path in folder.glob("*.yml") if path.name != CONFIG)
    return tuple(_form(path) for path in files)


def _form(path: Path) -> IssueForm:
    yaml, problems = read_yaml(path.read_text(encoding="utf-8"), path.name)
    data = _mapping(yaml.data if yaml else None)
    if problems or not data:
        raise ValueError(f"{path.name}: {problems}")
    fields = [_field(_mapping(item)) for item in _list(data.get("body"))]
    label = next((str(name) for name in _list(data.get("labels"))), "")
    return IssueForm(path.stem, str(data.get("name")), label, tuple(f for f in fields if f.type != "markdown"))


def _field(item: dict[str, Plain]) -> FormField:
    asked, checked = _mapping(item.get("attributes")), _mapping(item.get("validations"))
    options = _list(asked.get("options"))
    ticks = [_mapping(option) for option in options if isinstance(option, dict)]
    return FormField(
        id=str(item.get("id") or ""),
        type=str(item.get("type")),
        label=str(asked.get("label") or ""),
        required=checked.get("required") == "true" or any(tick.get("required") == "true" for tick in ticks),
        options=tuple(str(_mapping(o).get("label")) if isinstance(o, dict) else str(o) for o in options),
    )


def _mapping(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


_NOTHING = "_No response_"
_NONE = "None"
"""What GitHub writes for a field left empty, and for a menu in which nothing was chosen."""
_HEADING = "### "


@dataclass(slots=True)
class Answers:
    """What a person answered: one text per question ('' for none), what was taken out of the texts, and what keeps
    the form from being used (sentences of Markdown)."""

    form: IssueForm
    texts: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __getitem__(self, identity: str) -> str:
        return self.texts.get(identity, "")

    def lines(self, identity: str) -> tuple[str, ...]:
        """Return the answer's lines, without blank ones and without list marks."""
        bare = (line.strip().removeprefix("- ").strip() for line in self[identity].split("\n"))
        return tuple(line for line in bare if line)

    def date(self, identity: str) -> PartialDate | None:
        """Return the date that an answer gives, as exact as it is; one that is no date becomes a problem."""
        date = read_date(self[identity])
        if self[identity] and date is None:
            message, remedy = date_fault(self[identity])
            self.add_problem(identity, f"{literal(message)}. {literal(remedy)} (viết kiểu 7/9/2023 cũng được).")
        return date

    def add_problem(self, identity: str, message: str) -> None:
        """Add a problem of one question."""
        self.problems.append(f"**{self.form.field(identity).label}**: {message}")


def read_answers(body: str, labels: Sequence[str], forms: Sequence[IssueForm]) -> Answers | None:
    """Return what an issue says, or None when it was not made with a form."""
    text, removed, broken = _clean(body)
    lines = text.split("\n")
    form = _form_of(lines, labels, forms)
    if form is None:
        return None
    answers = Answers(form, removed=removed)
    if broken:
        answers.problems.append("Có dấu `<!--` mở mà không đóng bằng `-->`; hãy xóa dấu ấy.")
    places = _places(lines, form, answers)
    readable = not answers.problems
    for asked in form.fields:
        before = len(answers.problems)
        _take(asked, places, lines, answers)
        empty = asked.type != "checkboxes" and not answers[asked.id].strip()
        if readable and asked.required and empty and before == len(answers.problems):
            answers.add_problem(asked.id, "ô này chưa điền.")
    return answers


def _clean(body: str) -> tuple[str, list[str], bool]:
    """Return what a reader of the issue sees, what was taken out, and whether a hidden part has no end."""
    text = nfc(body.replace("\r\n", "\n").replace("\r", "\n"))
    removed = ["ký tự không nhìn thấy được"] if check_characters(text, "") else []
    text = blank_characters(text)
    kept, at, start = [], 0, text.find("<!--")
    while start >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + len("-->")
        start = text.find("<!--", at)
    seen = "".join([*kept, text[at:]])
    if kept:
        removed.append("chú thích ẩn (giữa `<!--` và `-->`)")
    return seen, removed, "<!--" in seen


def _form_of(lines: Sequence[str], labels: Sequence[str], forms: Sequence[IssueForm]) -> IssueForm | None:
    """Return the form an issue was made with: by its first question, else by its label."""
    first = next((line.strip() for line in lines if line.strip()), "")
    by_question = (form for form in forms if first == _HEADING + form.fields[0].label)
    by_label = (form for form in forms if form.label and form.label in labels)
    return next(by_question, next(by_label, None))


def _places(lines: Sequence[str], form: IssueForm, answers: Answers) -> dict[str, int]:
    """Return the line of each question's heading (by label), if there is one way to choose them."""
    known = {_HEADING + asked.label: asked.label for asked in form.fields}
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.rstrip() in known:
            found.setdefault(known[line.rstrip()], []).append(number)
    asked = [field.label for field in form.fields if field.label in found]
    chosen = _only_way([found[label] for label in asked])
    if chosen is None:
        _add_ambiguous(found, answers)
        return {label: places[0] for label, places in found.items() if len(places) == 1}
    return dict(zip(asked, chosen, strict=True))


def _only_way(places: Sequence[Sequence[int]]) -> list[int] | None:
    """Choose one rising place of each list; None unless there is exactly one way to do so."""
    ways: list[list[int]] = []
    for number, own in enumerate(places):
        if not number:
            ways.append([1] * len(own))
            continue
        before = [0, *accumulate(ways[-1])]
        ways.append([min(2, before[bisect_left(places[number - 1], place)]) for place in own])
    if ways and sum(ways[-1]) != 1:
        return None
    chosen: list[int] = []
    for own, counts in zip(reversed(places), reversed(ways), strict=True):
        limit = chosen[-1] if chosen else own[-1] + 1
        chosen.append(next(p for p, ways_to in zip(own, counts, strict=True) if ways_to and p < limit))
    return chosen[::-1]


def _add_ambiguous(found: dict[str, list[int]], answers: Answers) -> None:
    doubled = [label for label, places in found.items() if len(places) > 1]
    if not doubled:
        answers.problems.append("Các ô của phiếu không còn đúng thứ tự; hãy gửi phiếu mới.")
    for label in doubled:
        answers.problems.append(
            f"Có hơn một dòng “### {label}”. Dòng ấy là tên ô của phiếu; ở chỗ khác, hãy bỏ ba dấu # ở đầu dòng."
        )


def _take(asked: FormField, places: dict[str, int], lines: Sequence[str], answers: Answers) -> None:
    """Take one answer out of the lines, and tell what is wrong with it."""
    value = ""
    if asked.label in places:
        begin = places[asked.label] + 1
        end = min((place for place in places.values() if place >= begin), default=len(lines))
        value = "\n".join(line.rstrip() for line in lines[begin:end]).strip("\n")
    value = "" if value.strip() == _NOTHING else value
    if asked.type == "checkboxes":
        _check_ticks(asked, value, answers)
        return
    if asked.type == "dropdown":
        value = _take_choice(asked, value, answers)
    elif not asked.required and says_nothing(value):
        value = ""
    elif asked.type == "input":
        value = " ".join(value.split())
    answers.texts[asked.id] = value


def _check_ticks(asked: FormField, value: str, answers: Answers) -> None:
    ticked = {line[6:].strip() for line in value.split("\n") if line[:6].lower() == "- [x] "}
    for option in asked.options:
        if asked.required and option not in ticked:
            answers.add_problem(asked.id, f"chưa đánh dấu “{option}”")


def _take_choice(asked: FormField, value: str, answers: Answers) -> str:
    """Return the chosen option; '' for none, and for words of the person's own, which are a problem."""
    value = value.strip()
    if value in ("", *asked.options):
        return value
    if value != _NONE:
        near = nearest(value, asked.options)
        line = f"thành `{near}`" if near else "thành đúng một dòng của danh sách ấy"
        remedy = f"Sửa dòng ấy {line}; không nhớ danh sách thì gửi phiếu mới và chọn lại."
        answers.add_problem(asked.id, f"{code(value, 80)} không có trong danh sách. {remedy}")
    return ""
