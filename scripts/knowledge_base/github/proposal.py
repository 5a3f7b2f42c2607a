"""What is made of a form: files to change, their new entries, and what to say of them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from ..core.errors import Problem, Severity
from ..core.escaping import code, literal, title
from ..drafts.provided import find_province_named
from ..sources.diagnosis import propose as find_similar
from ..sources.yaml import read_yaml
from .answers import Answers, Issue
from .repository import Repository

_LONGEST_TITLE = 90
"""Letters of a pull request's title: so many stand on one line of GitHub's lists. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed change: ``files`` are whole texts by path from the repository's root (none: nothing can be
    changed by a machine). ``comment`` is said on the issue, ``title`` and ``body`` on the pull request."""

    issue: int
    form: str
    label: str
    comment: str
    title: str = ""
    body: str = ""
    files: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return everything but the texts of the files, and the branch the change stands on."""
        return {**asdict(self), "branch": f"phieu-{self.issue}", "files": sorted(self.files)}


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that was sent in, beside the sources it is about. Every form ends in one of three: ``propose`` files,
    ``refuse`` what the person must mend, or ``answer`` with words alone."""

    issue: Issue
    answers: Answers
    repository: Repository

    def province(self, question: str) -> str:
        """Return the province (its id, or ``trung-uong``) that an answer names; a problem and '' if there is none.

        Taken are ids and names, those of before too, as written or as older forms offered them: with the name of
        today in brackets behind, or as “Cả nước, trung ương”."""
        words, vocabulary = self.answers[question], self.repository.reading.vocabulary
        for reading in (words, words.partition(" (")[0], words.partition(",")[0]):
            if found := find_province_named(reading, vocabulary):
                return found
        near = find_similar(words, {province.name: province.names for province in vocabulary.provinces.values()})
        remedy = f"{suggest(near)}Ghi tên tỉnh, thành phố (tên cũ cũng được), hoặc “cả nước”"
        self.answers.add_problem(question, f"kho không có tỉnh, thành phố {code(words, 80)}. {remedy}.")
        return ""

    def answer(self, comment: str) -> Proposal:
        """Return an answer on the issue that changes nothing."""
        form = self.answers.form
        return Proposal(self.issue.number, form.name, form.label, comment)

    def refuse(self, problems: Iterable[str] = ()) -> Proposal:
        """Return the answer to a form that cannot be used yet: the problems of its answers, then the others given."""
        told = [*self.answers.problems, *problems]
        return self.answer(
            f"Chưa lập được đề nghị thay đổi từ phiếu này: còn {len(told)} chỗ phải sửa.\n\n{bullets(told)}\n"
            "Cách sửa: bấm dấu ba chấm ở góc phải trên cùng của phiếu, chọn **Edit**, sửa rồi bấm **Save** "
            "(giữ nguyên các dòng bắt đầu bằng `###`). Máy sẽ tự đọc lại.\n"
        )

    def propose(
        self, what: str, name: tuple[str, str], files: Mapping[str, str], questions: Iterable[str],
        remarks: Iterable[str] = (), otherwise: Callable[[list[str]], Proposal] | None = None,
    ) -> Proposal:  # fmt: skip
        """Return the proposal to change ``files``; where they would bring errors into the sources, what ``otherwise``
        makes of these (sentences of Markdown), or else the refusal.

        ``what`` says it in one sentence; ``name``: its kind and the person's own words, for the title;
        ``questions`` are for who reviews it, as are the warnings that ``files`` would bring; ``remarks`` what the
        person says beside."""
        problems = self.repository.new_problems(files)
        if errors := [describe_problem(p) for p in problems if p.severity is Severity.ERROR]:
            return (otherwise or self.refuse)(errors)
        questions = [*questions, *map(describe_problem, problems)]
        form, number = self.answers.form, self.issue.number
        more = bullets([*remarks, *(f"Máy đã bỏ khỏi phiếu: {part}." for part in self.answers.removed)])
        short = title(": ".join(name), _LONGEST_TITLE).rstrip(" :")
        body = (
            f"{what}\n\n"
            f"Lập tự động từ phiếu #{number}. Khi đề nghị này được nhận, phiếu tự đóng: closes #{number}\n\n"
            f"### Xin người duyệt xem\n\n{bullets(f'[ ] {question}' for question in questions)}"
            + (f"\n### Người gửi phiếu cho biết thêm\n\n{more}" if more else "")
            + "\nSửa thêm ngay trên nhánh này (thẻ **Files changed**, dấu ba chấm, **Edit file**). "
            "Sau khi nhánh có thay đổi của người, máy không ghi đè nữa dù phiếu được sửa. "
            "Kiểm tra tự động chạy trên nhánh khi đề nghị được lập; sau khi sửa tay, kiểm tra tự chạy lại.\n"
        )
        return Proposal(number, form.name, form.label, what, short, body, dict(files))


def describe_problem(problem: Problem) -> str:
    """Return a problem of the sources as a sentence of Markdown; the words in it may be anybody's."""
    return f"{literal(problem.message)}. {literal(problem.remedy)}."


def suggest(names: Iterable[str]) -> str:
    """Return the words that ask whether one of ``names`` was meant; '' for none."""
    near = " hoặc ".join(f"“{name}”" for name in names)
    return f"Có lẽ là {near}? " if near else ""


def bullets(lines: Iterable[str]) -> str:
    """Return lines as a list."""
    return "".join(f"- {line}\n" for line in lines)


_WIDTH = 112
"""Columns of a line without its indentation, of which there are at most 8: 120 in all, as in the code."""
Value = str | Sequence[str] | Mapping[str, "Value"] | Sequence[Mapping[str, "Value"]]


def render_scalar(value: str) -> str:
    """Return a one-line value as YAML: plain where that reads back the same, else in double quotes."""
    yaml, problems = read_yaml(f"- {value}\n", "")
    plain = bool(value) and not problems and yaml is not None and yaml.data == [value] and "\n" not in value
    return value if plain else json.dumps(value, ensure_ascii=False)


def render_entry(values: Mapping[str, Value], indent: int = 0) -> str:
    """Return an item of a list; keys without value are left out."""
    text = "".join(_pair(key, value) for key, value in values.items() if value)
    return textwrap.indent(f"- {textwrap.indent(text, '  ')[2:]}", " " * indent)


def _pair(key: str, value: Value) -> str:
    """Return a key with its value; a text is folded over several lines when long and nothing in it hinders that."""
    if isinstance(value, Mapping):
        inner = "".join(_pair(name, part) for name, part in value.items() if part)
        return f"{key}:\n" + textwrap.indent(inner, "  ")
    if not isinstance(value, str):
        items = (render_scalar(item) + "\n" if isinstance(item, str) else render_entry(item)[2:] for item in value)
        return f"{key}:\n" + "".join(textwrap.indent(f"- {item}", "  ") for item in items)
    line = f"{key}: {render_scalar(value)}\n"
    words = value.split(" ")
    if len(line) <= _WIDTH or "" in words or not value.isprintable() or max(map(len, words)) > _WIDTH:
        return line
    wrapped = textwrap.wrap(value, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return f"{key}: >-\n" + "".join(f"  {part}\n" for part in wrapped)


def append_entry(text: str, added: str) -> str:
    """Return a file's text with an entry at its end, one blank line before it."""
    return f"{text.rstrip()}\n\n{added}"
