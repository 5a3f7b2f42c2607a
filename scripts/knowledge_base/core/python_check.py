"""What to say when a command runs with a Python that has not the packages of this project."""

from __future__ import annotations

import sys
from typing import NoReturn


def end_without(missing: ModuleNotFoundError) -> NoReturn:
    """End the command: say which Python to take. What is not a package's absence is raised again."""
    if (missing.name or "knowledge_base").partition(".")[0] == "knowledge_base":
        raise missing
    windows = sys.platform == "win32"
    python, starter = (r".venv\Scripts\python", "py") if windows else (".venv/bin/python", "python3")
    sys.exit(
        f"Python đang chạy lệnh này thiếu gói “{missing.name}”. Chạy lại bằng {python} thay cho python; "
        f"chưa có thư mục .venv thì chạy trước một lần: {starter} scripts/dev.py site"
    )
