"""What a check run shows on its page: what failed and what to do, first; then what the change does. Stands alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..core.escaping import code, literal

_PROBLEM = re.compile(r"(?P<path>[^\s:]{1,300}\.\w{1,5}):(?P<line>\d{1,7}): (?P<words>.+)")
_MOST_PROBLEMS, _TAIL, _LONGEST_LINE, _LONGEST = 60, 40, 400, 200_000
CHANGES = "thay-doi"


@dataclass(frozen=True, slots=True)
class StepKind:
    """A step of a check: its name, and what to do when it fails."""

    name: str
    remedy: str


STEPS = {
    "nguon": StepKind("Nguồn hợp lệ", "Mở tệp ở dòng được nêu, sửa theo lời chỉ dẫn, lưu vào cùng nhánh."),
    CHANGES: StepKind("Bảng thay đổi", "Không so được với nhánh chính; thường vì nguồn còn lỗi ở trên."),
    "dung": StepKind("Dựng trang", "Nguồn hợp lệ mà trang không dựng được: lỗi ở mã, xin báo người giữ mã."),
    "lien-ket": StepKind("Liên kết trong trang", "Trang viết tay thì sửa ở đó; trang sinh ra thì báo người giữ mã."),
    "xem-truoc": StepKind("Trang xem trước", "Không đóng gói được trang; xin báo người giữ mã."),
    "kiem-thu": StepKind("Kiểm thử", "Chỉ sửa nguồn mà hỏng: nguồn đã hợp lệ, lỗi ở mã; xin báo người giữ mã."),
}


@dataclass(frozen=True, slots=True)
class CheckStep:
    """A step that was run: its key in ``STEPS``, exit status, seconds, and all it printed."""

    key: str
    code: int
    seconds: float
    output: str

    @property
    def kind(self) -> StepKind:
        """What is known of such steps."""
        return STEPS.get(self.key, StepKind(self.key, "Xem lời của bước này ở dưới."))


def write_step(folder: Path, step: CheckStep) -> None:
    """Keep what a step gave, for the summary."""
    folder.mkdir(parents=True, exist_ok=True)
    order = len(list(folder.glob("*.json")))
    values = {"key": step.key, "code": step.code, "seconds": step.seconds, "output": step.output}
    (folder / f"{order:02d}-{step.key}.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def read_steps(folder: Path) -> list[CheckStep]:
    """Return the steps in the order they were run."""
    return [CheckStep(**json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]


def summary(folder: Path) -> str:
    """Return the Vietnamese summary (Markdown) of the steps kept in ``folder``."""
    steps = read_steps(folder)
    failed = [step for step in steps if step.code]
    parts = [_verdict(steps, failed), *(_failure(step) for step in failed), _table(steps)]
    parts += [_clipped(step.output) for step in steps if step.key == CHANGES and not step.code]
    return "\n".join(parts)


def _verdict(steps: list[CheckStep], failed: list[CheckStep]) -> str:
    if not steps:
        return "## Chưa chạy được bước nào\n\nViệc chuẩn bị (tải mã, cài gói) đã hỏng; xem các dòng ở trên.\n"
    if not failed:
        return f"## ✅ Đạt: {', '.join(step.kind.name.lower() for step in steps)}\n"
    return f"## ❌ Chưa đạt: {', '.join(step.kind.name.lower() for step in failed)}\n"


def _failure(step: CheckStep) -> str:
    lines = [line for line in step.output.splitlines() if line.strip() and not line.startswith("::")]
    problems = list(dict.fromkeys(line for line in lines if _PROBLEM.match(line)))
    told = _problems(problems) if problems else _tail(lines)
    return f"### {step.kind.name}\n\n{step.kind.remedy}\n\n{told}"


def _problems(lines: list[str]) -> str:
    rest = len(lines) - _MOST_PROBLEMS
    more = f"\n… và {rest} dòng nữa, xem lời của bước.\n" if rest > 0 else ""
    return "".join(_problem(line) for line in lines[:_MOST_PROBLEMS]) + more


def _problem(line: str) -> str:
    match = _PROBLEM.match(line)
    if match is None:
        return ""
    return f"- {code(match['path'])} dòng {match['line']}: {literal(match['words'], _LONGEST_LINE)}\n"


def _tail(lines: Iterable[str]) -> str:
    """Return the last lines of an output as a code block that they cannot end."""
    kept = [line[:_LONGEST_LINE] for line in list(lines)[-_TAIL:]]
    longest = max((len(run) for line in kept for run in re.findall(r"~+", line)), default=0)
    fence = "~" * max(3, longest + 1)
    return "\n".join([fence + "text", *kept, fence]) + "\n"


def _table(steps: list[CheckStep]) -> str:
    return "".join(["| Bước | Kết quả | Giây |\n| --- | --- | --- |\n", *_rows(steps)]) if steps else ""


def _rows(steps: list[CheckStep]) -> Iterator[str]:
    for step in steps:
        yield f"| {step.kind.name} | {'chưa đạt' if step.code else 'đạt'} | {step.seconds:.0f} |\n"


def _clipped(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit("\n", 1)[0] + "\n\n… còn nữa, xem lời của bước.\n"
