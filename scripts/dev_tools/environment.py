"""The virtual environment of the tasks in dev.py, and how they run programs. Standard library only."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 11)
"""What the packages in requirements.txt ask for together."""
EPOCH = "SOURCE_DATE_EPOCH"
EPOCH_FORM = "Ghi số giây tính từ 1-1-1970, ví dụ 1790000000, hoặc bỏ biến ấy."
_DIGITS = 10
"""Digits of a time that people see: eleven are beyond the year 2286, and soon beyond any calendar."""
_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;]+)")


class TaskError(Exception):
    """A task cannot go on; the message, Vietnamese, says why and what to do."""


def make_environment(requirements: str, root: Path = ROOT, name: str = ".venv", *, behind: bool = False) -> Path:
    """Return the Python of the environment ``name`` at the root, with all that its lock holds,
    no file of another hash. TaskError where the lock is not of its list, unless it may be ``behind``."""
    lock = lock_of(root / requirements)
    other = sorted(read_pins(root / requirements).items() - read_pins(lock).items())
    if other and not behind:
        names = ", ".join(f"{name}=={version}" for name, version in other)
        raise TaskError(f"{lock.name} không khóa {names}. Hãy ghi lại tệp ấy: python3 scripts/dev.py lock")
    venv = root / name
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not _works(python):
        create_venv(venv)
    stamp = venv / f"{Path(requirements).stem}.sha256"
    wanted = fingerprint(lock)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return python
    print(f"Đang cài các gói trong {requirements} (lần đầu có thể mất vài phút)…")
    if run([*_pip(python), "--require-hashes", "--requirement", str(lock)]):
        raise TaskError(f"không cài được {requirements}. Hãy xem lỗi của pip ở trên và kiểm tra đường mạng.")
    stamp.write_text(wanted, encoding="ascii", newline="\n")
    return python


def _works(python: Path) -> bool:
    """Tell whether the environment's Python is there, runs, and is new enough."""
    if not python.is_file():
        return False
    code = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([str(python), "-c", code], capture_output=True, check=False).returncode == 0


def create_venv(venv: Path) -> None:
    """Make the virtual environment anew."""
    if importlib.util.find_spec("ensurepip") is None:
        raise TaskError(
            "Python trên máy này thiếu ensurepip nên không tạo được môi trường ảo.\n"
            "Trên Debian hay Ubuntu, hãy chạy: sudo apt-get install python3-venv\nrồi chạy lại lệnh này."
        )
    print(f"Đang tạo môi trường ảo {venv.name}/…")
    if run([sys.executable, "-m", "venv", "--clear", str(venv)]):
        raise TaskError(f"không tạo được {venv.name}/. Trên Debian hay Ubuntu, hãy cài gói python3-venv rồi chạy lại.")


def _pip(python: Path) -> list[str]:
    """Return the command that installs packages."""
    return [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]


def lock_of(requirements: Path) -> Path:
    """Return the file that holds the hashes of what a list of packages installs."""
    return requirements.with_suffix(".lock")


def read_pins(requirements: Path) -> dict[str, str]:
    """Return the version of each package, by its canonical name, in a list or a lock and in those that it includes."""
    pins: dict[str, str] = {}
    for line in requirements.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            pins |= read_pins(requirements.parent / line.split()[1])
        elif pin := _PIN.match(line):
            pins[re.sub("[-_.]+", "-", pin["name"]).lower()] = pin["version"]
    return pins


def fingerprint(requirements: Path) -> str:
    """Return a hash of a requirements file, of those it includes, and of the Python version."""
    text = requirements.read_text(encoding="utf-8")
    included = [line.split()[1] for line in text.splitlines() if line.startswith("-r ")]
    parts = [text, *(fingerprint(requirements.parent / name) for name in included), sys.version]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def run(command: list[str], **extra: str) -> int:
    """Run ``command`` at the root with ``extra`` added to the environment; return its exit status."""
    return subprocess.run(command, cwd=ROOT, env=environment(**extra), check=False).returncode


def ask(python: Path, code: str) -> str:
    """Return what ``code`` prints, run by ``python``; '' if it fails. Both speak UTF-8: on Windows a path may hold
    letters that the console's set of characters has not."""
    command = [str(python), "-c", code]
    done = subprocess.run(command, env=environment(), capture_output=True, encoding="utf-8", check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def environment(**extra: str) -> dict[str, str]:
    """Return the environment of what is run: UTF-8, no banners, the date of the last commit."""
    found = {**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    committed = _last_commit()
    if committed:
        found.setdefault(EPOCH, committed)
    if not is_epoch(found.get(EPOCH, "")):
        raise TaskError(f"biến {EPOCH} không phải số giây: {found[EPOCH]!a}. {EPOCH_FORM}")
    return {**found, **extra}


def is_epoch(words: str) -> bool:
    """Tell whether ``words`` are a time in seconds, as ``SOURCE_DATE_EPOCH`` gives it; '' leaves it open."""
    return not words or (words.isascii() and words.isdigit() and len(words) <= _DIGITS)


def _last_commit() -> str:
    """Return the time of the last commit in seconds; '' outside git."""
    try:
        command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout.strip()
    except OSError:
        return ""
