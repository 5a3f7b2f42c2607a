"""Put a draft and its report on the disk: both or none, over nothing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ..core.errors import Problem
from ..sources.articles.digest import REPORT_SUFFIX
from .draft import Draft


def report_path(path: str) -> str:
    """Return where the report of the draft at ``path`` stands."""
    return path.removesuffix(".md") + REPORT_SUFFIX


def write_draft(draft: Draft, sources: Path) -> list[Problem]:
    """Write the draft and its report below ``sources``. A file that stands there already is never touched."""
    target, report = sources / draft.path, sources / report_path(draft.path)
    shown = f"{sources.resolve().name}/{draft.path}"
    if target.parent.is_symlink():
        remedy = "Thay liên kết bằng thư mục thật"
        return [Problem(shown, 1, "thư mục của bài là liên kết tượng trưng", remedy)]
    made: list[Path] = []
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for path, text in ((report, draft.report), (target, draft.text)):
            with path.open("xb") as file:
                made.append(path)
                file.write(text.encode())
    except BaseException as error:
        for path in made:
            with suppress(OSError):
                path.unlink()
        if isinstance(error, FileExistsError):
            return [Problem(shown, 1, "đã có tệp mang tên này", "Đổi tên hoặc xóa tệp cũ rồi chạy lại")]
        if isinstance(error, OSError):
            message = f"không ghi được bản nháp ({error.strerror or error})"
            return [Problem(shown, 1, message, "Xem lại quyền ghi và chỗ trống trên đĩa")]
        raise
    return []
