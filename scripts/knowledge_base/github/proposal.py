"""What is made of a form: files to change, and what to say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from ..core.errors import Problem, Severity
from ..core.escaping import code, literal, title
from ..drafts.provided import find_province_named
from ..sources.diagnosis import propose as find_similar
from .answers import Answers
from .events import Issue
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

    @property
    def branch(self) -> str:
        """The branch the change stands on."""
        return f"phieu-{self.issue}"

    def as_json(self) -> dict[str, object]:
        """Return everything but the texts of the files."""
        return {**asdict(self), "branch": self.branch, "files": sorted(self.files)}


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
        words, vocabulary = self.answers[question], self.repository.vocabulary
        for reading in (words, words.partition(" (")[0], words.partition(",")[0]):
            if found := find_province_named(reading, vocabulary):
                return found
        near = find_similar(words, {province.name: province.names for province in vocabulary.provinces.values()})
        remedy = f"{suggest(near)}Ghi tên tỉnh, thành phố (tên cũ cũng được), hoặc “cả nước”"
        self.answers.add_problem(question, f"kho không có tỉnh, thành phố {code(words, 80)}. {remedy}.")
        return ""

    def new_problems(self, files: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """Return the errors, and the warnings, that ``files`` would bring into the sources: sentences of Markdown."""
        problems = self.repository.new_problems(files)
        errors = [describe_problem(p) for p in problems if p.severity is Severity.ERROR]
        return errors, [describe_problem(p) for p in problems if p.severity is not Severity.ERROR]

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
        self,
        what: str,
        name: tuple[str, str],
        files: Mapping[str, str],
        questions: Iterable[str],
        remarks: Iterable[str] = (),
    ) -> Proposal:
        """Return the proposal to change ``files``.

        ``what`` says it in one sentence; ``name``: its kind and the person's own words, for the title;
        ``questions`` are for who reviews it, ``remarks`` what the person says beside."""
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
