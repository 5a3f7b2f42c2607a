"""Programs that a reader may use where they are installed: LibreOffice, Tesseract. Nothing needs them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_PLACES = {
    "soffice": (
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
        "/usr/lib/libreoffice/program/soffice",
    ),
    "tesseract": (r"C:\Program Files\Tesseract-OCR\tesseract.exe", "/opt/homebrew/bin/tesseract"),
}
"""Where installers put programs without telling the command line."""


def find_program(name: str) -> str | None:
    """Return the path of a program that is installed; None if it is not."""
    return shutil.which(name) or next((place for place in _PLACES.get(name, ()) if Path(place).is_file()), None)


def run_program(command: Sequence[str], seconds: float) -> bytes | None:
    """Return what a program writes to its standard output; None if it fails or takes more than ``seconds``.

    It runs in a group of its own, which is ended as a whole, and reaches no network through a proxy: a file that
    others made may name pictures on theirs."""
    nowhere = "http://127.0.0.1:9"
    environment = {**os.environ, "http_proxy": nowhere, "https_proxy": nowhere, "OMP_THREAD_LIMIT": "1"}
    try:
        running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            start_new_session=True,
        )  # fmt: skip
    except OSError:
        return None
    try:
        written, _ = running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(running.pid, signal.SIGKILL)
            else:
                running.kill()
        running.communicate()
        return None
    return written if running.returncode == 0 else None
