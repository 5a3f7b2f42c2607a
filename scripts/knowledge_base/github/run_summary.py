"""What a check run shows on its page: what failed and what to do, first; then what the change does. Stands alone."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from ..core.escaping import code, literal

_PROBLEM = re.compile(r"(?P<path>[^\s:]{1,300}\.\w{1,5}):(?P<line>\d{1,7}): (?P<words>.+)")
_MOST_PROBLEMS, _TAIL, _LONGEST_LINE = 60, 40, 400
"""Lines that are shown of a step, and letters of a line; chosen by hand: the whole output is one click away."""
_LONGEST = 200_000
"""Letters of the table of changes: GitHub takes 1 MiB as a step's summary, and a letter may have three bytes."""
CHANGES = "thay-doi"


STEPS = {  # what readers see a step called, and what to do when it fails
    "nguon": ("Nguồn hợp lệ", "Mở tệp ở dòng được nêu, sửa theo lời chỉ dẫn, lưu vào cùng nhánh."),
    CHANGES: ("Bảng thay đổi", "Không so được với nhánh chính; thường vì nguồn còn lỗi ở trên."),
    "dung": ("Dựng trang", "Nguồn hợp lệ mà trang không dựng được: lỗi ở mã, xin báo người giữ mã."),
    "lien-ket": ("Liên kết trong trang", "Trang viết tay thì sửa ở đó; trang sinh ra thì báo người giữ mã."),
    "xem-truoc": ("Trang xem trước", "Không đóng gói được trang; xin báo người giữ mã."),
    "kiem-thu": ("Kiểm thử", "Chỉ sửa nguồn mà hỏng: nguồn đã hợp lệ, lỗi ở mã; xin báo người giữ mã."),
}


@dataclass(frozen=True, slots=True)
class CheckStep:
    """A step that was run: its key in ``STEPS``, exit status, seconds, and all it printed."""

    key: str
    code: int
    seconds: float
    output: str

    @property
    def name(self) -> str:
        """What readers see it called."""
        return STEPS[self.key][0] if self.key in STEPS else self.key


def write_step(folder: Path, step: CheckStep) -> None:
    """Keep what a step gave, for the summary."""
    folder.mkdir(parents=True, exist_ok=True)
    order = len(list(folder.glob("*.json")))
    text = json.dumps(asdict(step), ensure_ascii=False)
    (folder / f"{order:02d}-{step.key}.json").write_text(text, encoding="utf-8", newline="\n")


def summary(folder: Path) -> str:
    """Return the Vietnamese summary (Markdown) of the steps kept in ``folder``."""
    steps = [CheckStep(**json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]
    if not steps:
        return "## Chưa chạy được bước nào\n\nViệc chuẩn bị (tải mã, cài gói) đã hỏng; xem các dòng ở trên.\n\n"
    failed = [step for step in steps if step.code]
    verdict, named = ("❌ Chưa đạt", failed) if failed else ("✅ Đạt", steps)
    parts = [f"## {verdict}: {', '.join(step.name.lower() for step in named)}\n", *map(_failure, failed)]
    rows = [f"| {s.name} | {'chưa đạt' if s.code else 'đạt'} | {s.seconds:.0f} |\n" for s in steps]
    parts.append("".join(["| Bước | Kết quả | Giây |\n| --- | --- | --- |\n", *rows]))
    for step in steps:
        if step.key == CHANGES and not step.code:
            cut = len(step.output) > _LONGEST
            left = step.output[:_LONGEST].rsplit("\n", 1)[0] + "\n\n… còn nữa, xem lời của bước.\n"
            parts.append(left if cut else step.output)
    return "\n".join(parts)


def _failure(step: CheckStep) -> str:
    """Return the problems that a step printed, else its last lines as a code block that they cannot end."""
    lines = [line for line in step.output.splitlines() if line.strip() and not line.startswith("::")]
    problems = [match for line in dict.fromkeys(lines) if (match := _PROBLEM.match(line))]
    shown = [
        f"- {code(problem['path'])} dòng {problem['line']}: {literal(problem['words'], _LONGEST_LINE)}\n"
        for problem in problems[:_MOST_PROBLEMS]
    ]
    if len(problems) > _MOST_PROBLEMS:
        shown.append(f"\n… và {len(problems) - _MOST_PROBLEMS} dòng nữa, xem lời của bước.\n")
    if not shown:
        kept = [line[:_LONGEST_LINE] for line in lines[-_TAIL:]]
        fence = "~" * max(3, 1 + max((len(run) for line in kept for run in re.findall(r"~+", line)), default=0))
        shown = ["\n".join([fence + "text", *kept, fence]) + "\n"]
    _, remedy = STEPS.get(step.key, ("", "Xem lời của bước này ở dưới."))
    return f"### {step.name}\n\n{remedy}\n\n{''.join(shown)}"
