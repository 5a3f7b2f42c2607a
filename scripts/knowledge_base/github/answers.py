"""The issue forms, the event that GitHub hands to a workflow when an issue is opened or edited, and its answers."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..core.dates import PartialDate
from ..core.escaping import code, literal
from ..core.text import nfc, says_nothing
from ..drafts.provided import read_date
from ..sources.diagnosis import date_fault, nearest
from ..sources.text_files import blank_characters, check_characters
from ..sources.yaml import read_yaml

_CONFIG = "config.yml"
"""What stands beside the forms and is none: what GitHub offers before one is chosen."""


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
    label: str
    fields: tuple[FormField, ...]


def load_forms(folder: Path) -> tuple[IssueForm, ...]:
    """Return the forms of a folder ``.github/ISSUE_TEMPLATE``, sorted by name. Raises ValueError for one that is
    no YAML; that they keep to GitHub's schema is what the tests see to."""
    forms = []
    for path in sorted(path for path in folder.glob("*.yml") if path.name != _CONFIG):
        yaml, problems = read_yaml(path.read_text(encoding="utf-8"), path.name)
        if yaml is None or problems:
            raise ValueError(f"{path.name}: {problems}")
        data: Any = yaml.data
        fields = tuple(_read_field(item) for item in data["body"] if item["type"] != "markdown")
        forms.append(IssueForm(path.stem, data["labels"][0], fields))
    return tuple(forms)


def _read_field(item: Any) -> FormField:
    """Return a question as GitHub's schema of forms writes it; each box to tick says for itself if it must be."""
    options = item["attributes"].get("options", ())
    ticks = [option for option in options if isinstance(option, dict)]
    required = any(part.get("required") == "true" for part in (item.get("validations", {}), *ticks))
    names = tuple(tick["label"] for tick in ticks) or tuple(options)
    return FormField(item["id"], item["type"], item["attributes"]["label"], required, names)


_AHEAD = datetime.timedelta(hours=7)
"""By how much Vietnam's clocks are ahead of GitHub's."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as the event tells of it. ``repository`` is the repository's web address, '' if unknown; ``written``
    the day in Vietnam on which it was last written, None if unknown."""

    number: int
    body: str
    labels: tuple[str, ...] = ()
    repository: str = ""
    branch: str = "main"
    written: datetime.date | None = None


def read_event(data: bytes) -> Issue:
    """Return the issue of an event. Raises ValueError when the event is not of an issue."""
    event = _mapping(json.loads(data.decode("utf-8-sig")))
    issue, repository = _mapping(event.get("issue")), _mapping(event.get("repository"))
    body = str(issue.get("body") or "").encode("utf-8", "replace").decode("utf-8")  # JSON can hold halves of characters
    number = issue.get("number")
    if not isinstance(number, int):
        raise ValueError("no issue in the event")  # noqa: TRY004  # what the file holds is wrong, not a type
    try:  # the day in Vietnam of a moment as GitHub writes it: 2024-05-14T18:30:00Z
        moment = datetime.datetime.fromisoformat(str(issue.get("updated_at") or issue.get("created_at")))
        written = (moment + _AHEAD).date()
    except (ValueError, OverflowError):
        written = None
    return Issue(
        number, body, tuple(str(_mapping(label).get("name") or "") for label in issue.get("labels") or ()),
        repository=str(repository.get("html_url") or "").rstrip("/"),
        branch=str(repository.get("default_branch") or "main"), written=written,
    )  # fmt: skip


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


_NOTHING = "_No response_"
_NONE = "None"
"""What GitHub writes for a field left empty, and for a menu in which nothing was chosen."""
_HEADING = "### "
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


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
        label = next(field.label for field in self.form.fields if field.id == identity)
        self.problems.append(f"**{label}**: {message}")


def read_answers(body: str, labels: Sequence[str], forms: Sequence[IssueForm]) -> Answers | None:
    """Return what an issue says, or None when it was not made with a form: known by its first question, else by its
    label."""
    text, removed = _clean(body)
    lines = text.split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    by_question = (form for form in forms if first == _HEADING + form.fields[0].label)
    form = next(by_question, next((form for form in forms if form.label and form.label in labels), None))
    if form is None:
        return None
    answers = Answers(form, removed=removed)
    if "<!--" in text:
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


def _clean(body: str) -> tuple[str, list[str]]:
    """Return what a reader of the issue sees, and what was taken out; a hidden part without an end stays."""
    text = nfc(body.replace("\r\n", "\n").replace("\r", "\n"))
    removed = ["ký tự không nhìn thấy được"] if check_characters(text, "") else []
    text = blank_characters(text)
    last = text.rfind("-->") + len("-->")  # behind it the pattern would seek an end in vain from every opening
    shown, hidden = _COMMENT.subn("", text[:last])
    if hidden:
        removed.append("chú thích ẩn (giữa `<!--` và `-->`)")
    return shown + text[last:], removed


def _places(lines: Sequence[str], form: IssueForm, answers: Answers) -> dict[str, int]:
    """Return the line of each question's heading (by label): one of its lines, all in the order of the form.

    There is only one way to choose them when the earliest choice and the latest one, which is the earliest from the
    end, are the same; else a problem is added, and the lines returned that stand once."""
    found: dict[str, list[int]] = {
        field.label: places
        for field in form.fields
        if (places := [number for number, line in enumerate(lines) if line.rstrip() == _HEADING + field.label])
    }
    earliest = _earliest(list(found.values()))
    latest = _earliest([[-place for place in reversed(own)] for own in reversed(found.values())])
    if len(earliest) == len(found) and earliest == [-place for place in reversed(latest)]:
        return dict(zip(found, earliest, strict=True))
    doubled = sorted((label for label, places in found.items() if len(places) > 1), key=lambda label: found[label])
    if not doubled:
        answers.problems.append("Các ô của phiếu không còn đúng thứ tự; hãy gửi phiếu mới.")
    for label in doubled:
        answers.problems.append(
            f"Có hơn một dòng “### {label}”. Dòng ấy là tên ô của phiếu; ở chỗ khác, hãy bỏ ba dấu # ở đầu dòng."
        )
    return {label: places[0] for label, places in found.items() if label not in doubled}


def _earliest(places: Sequence[Sequence[int]]) -> list[int]:
    """Choose of each list the first place behind the one chosen before; stop where there is none."""
    chosen: list[int] = []
    for own in places:
        behind = next((place for place in own if not chosen or place > chosen[-1]), None)
        if behind is None:
            break
        chosen.append(behind)
    return chosen


def _take(asked: FormField, places: dict[str, int], lines: Sequence[str], answers: Answers) -> None:
    """Take one answer out of the lines, and tell what is wrong with it: a tick that is not set, or words of the
    person's own in place of an option."""
    value = ""
    if asked.label in places:
        begin = places[asked.label] + 1
        end = min((place for place in places.values() if place >= begin), default=len(lines))
        value = "\n".join(line.rstrip() for line in lines[begin:end]).strip("\n")
    value = "" if value.strip() == _NOTHING else value
    if asked.type == "checkboxes":
        ticked = {line[6:].strip() for line in value.split("\n") if line[:6].lower() == "- [x] "}
        for option in asked.options if asked.required else ():
            if option not in ticked:
                answers.add_problem(asked.id, f"chưa đánh dấu “{option}”")
        return
    if asked.type == "dropdown":
        value = value.strip()
        if value not in ("", _NONE, *asked.options):
            near = nearest(value, asked.options)
            line = f"thành `{near}`" if near else "thành đúng một dòng của danh sách ấy"
            remedy = f"Sửa dòng ấy {line}; không nhớ danh sách thì gửi phiếu mới và chọn lại."
            answers.add_problem(asked.id, f"{code(value, 80)} không có trong danh sách. {remedy}")
        value = value if value in asked.options else ""
    elif not asked.required and says_nothing(value):
        value = ""
    elif asked.type == "input":
        value = " ".join(value.split())
    answers.texts[asked.id] = value
