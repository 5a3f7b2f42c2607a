"""What is made of a form: files to change, and what to say of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from ..core.errors import Problem
from ..core.escaping import literal, title
from .events import Issue

_LONGEST_TITLE = 90


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


def pull_request_title(start: str, words: str) -> str:
    """Return a pull request's title with a person's words, in which no number or name is a reference."""
    return title(f"{start}: {words}", _LONGEST_TITLE).rstrip(" :")


def told(problem: Problem) -> str:
    """Return a problem of the sources as a sentence of Markdown; the words in it may be anybody's."""
    return f"{literal(problem.message)}. {literal(problem.remedy)}."


def ticks(questions: Iterable[str]) -> str:
    """Return questions as a list to tick."""
    return "".join(f"- [ ] {question}\n" for question in questions)


def bullets(lines: Iterable[str]) -> str:
    """Return lines as a list."""
    return "".join(f"- {line}\n" for line in lines)


def faulty(issue: Issue, form: str, label: str, problems: Iterable[str]) -> Proposal:
    """Return the answer to a form that cannot be used yet."""
    faults = list(problems)
    comment = (
        f"Chưa lập được đề nghị thay đổi từ phiếu này: còn {len(faults)} chỗ phải sửa.\n\n{bullets(faults)}\n"
        "Cách sửa: bấm dấu ba chấm ở góc phải trên cùng của phiếu, chọn **Edit**, sửa rồi bấm **Save** "
        "(giữ nguyên các dòng bắt đầu bằng `###`). Máy sẽ tự đọc lại.\n"
    )
    return Proposal(issue.number, form, label, comment)


def pull_request_body(issue: Issue, what: str, questions: Iterable[str], remarks: Iterable[str] = ()) -> str:
    """Return the text of a pull request made from a form."""
    more = bullets(remarks)
    return (
        f"{what}\n\n"
        f"Lập tự động từ phiếu #{issue.number}. Khi đề nghị này được nhận, phiếu tự đóng: closes #{issue.number}\n\n"
        f"### Xin người duyệt xem\n\n{ticks(questions)}"
        + (f"\n### Người gửi phiếu cho biết thêm\n\n{more}" if more else "")
        + "\nSửa thêm ngay trên nhánh này (thẻ **Files changed**, dấu ba chấm, **Edit file**). "
        "Sau khi nhánh có thay đổi của người, máy không ghi đè nữa dù phiếu được sửa. "
        "Kiểm tra tự động chạy trên nhánh khi đề nghị được lập; sau khi sửa tay, kiểm tra tự chạy lại.\n"
    )
