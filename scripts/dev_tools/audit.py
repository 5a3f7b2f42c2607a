"""``dev.py audit``: the licences of all that is used, and the known vulnerabilities of all that is installed.

An audit that asked about nothing is no good news: pip-audit says "No known vulnerabilities found", and ends well, when
its source of advisories knows none of the packages. So what it asked about is counted, and all must have been asked.
Standard library only.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from .environment import ROOT, TaskError, environment, lock_of, make_environment, read_pins
from .javascript import LOCK, find_node
from .licences import is_fit, list_npm, list_packages, list_vendored
from .lock import ENVIRONMENT, TOOLS

ENVIRONMENTS = (
    ("requirements-dev.txt", ".venv"),
    ("requirements-javascript.txt", ".venv"),
    ("requirements-portable.txt", ".venv-portable"),
    (TOOLS, ENVIRONMENT),
)
"""Lists that hold all that is ever installed, and where."""


def audit(root: Path = ROOT) -> int:
    """Print what was looked at and what was found; return 1 if a licence does not fit, a package has a known
    vulnerability, or not all could be asked about."""
    pythons = [make_environment(name, root, place) for name, place in ENVIRONMENTS]
    problems = check_licences(pythons, root)
    pip_audit = pythons[-1].with_name("pip-audit")
    asked, wanted = set(), set()
    for name, _ in ENVIRONMENTS:
        lock = lock_of(root / name)
        wanted |= set(read_pins(lock).items())
        command = [str(pip_audit), "--disable-pip", "--require-hashes", "--format", "json", "--requirement", str(lock)]
        audited, faults = read_pip_audit(_answer(command, root))
        asked |= audited
        problems += faults
    problems += told_of(len(wanted & asked), len(wanted), "gói Python")
    node, npm = find_node(pythons[1])
    problems += read_npm_audit(_answer([str(node), str(npm), "audit", "--package-lock-only", "--json"], root), root)
    for problem in sorted(set(problems)):
        print(f"Lỗi: {problem}", file=sys.stderr)
    return 1 if problems else 0


def check_licences(pythons: list[Path], root: Path = ROOT) -> list[str]:
    """Print how many packages are under which licence; return those whose licence does not fit, in words."""
    lists = zip((name for name, _ in ENVIRONMENTS), pythons, strict=True)
    packages = {one for name, python in lists for one in list_packages(python, lock_of(root / name))}
    packages |= {*list_npm(root / LOCK), *list_vendored()}
    counts = Counter(one.licence for one in packages)
    told = ", ".join(f"{licence} {count}" for licence, count in sorted(counts.items()))
    print(f"Giấy phép của {len(packages)} gói: {told}.")
    wrong = [one for one in sorted(packages) if not is_fit(one.licence)]
    return [f"{one.name} {one.version}: giấy phép “{one.licence}” chưa được nhận (licences.py)." for one in wrong]


def _answer(command: list[str], root: Path) -> str:
    """Return what an auditor prints; its exit status says the same in fewer words."""
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, encoding="utf-8", check=False)
    return done.stdout or done.stderr


def read_pip_audit(text: str) -> tuple[set[tuple[str, str]], list[str]]:
    """Return the packages, with their versions, that pip-audit asked about, and what it found, in words."""
    asked, problems = set(), []
    for one in _read_json(text, "pip-audit").get("dependencies", []):
        if "version" in one:
            asked.add((one["name"], one["version"]))
            problems += [f"{one['name']} {one['version']}: {fault['id']}." for fault in one.get("vulns", [])]
    return asked, problems


def read_npm_audit(text: str, root: Path = ROOT) -> list[str]:
    """Return what npm found, or that it asked about too few, in words."""
    answer = _read_json(text, "npm audit")
    problems = [
        f"{name}: lỗ hổng đã biết ({one['severity']})." for name, one in answer.get("vulnerabilities", {}).items()
    ]
    asked = answer.get("metadata", {}).get("dependencies", {}).get("total", 0)
    return problems + told_of(asked, len(list_npm(root / LOCK)), "gói npm")


def told_of(asked: int, wanted: int, what: str) -> list[str]:
    """Print how many were asked about; return what is to be said when that is not all of them, or nothing."""
    print(f"Đã hỏi lỗ hổng của {asked} trong {wanted} {what}.")
    if asked and asked >= wanted:
        return []
    return [f"mới hỏi được {asked} trong {wanted} {what}; hãy chạy lại nơi hỏi được danh sách lỗ hổng."]


def _read_json(text: str, who: str) -> dict[str, Any]:
    """Return an auditor's answer; TaskError if it is none."""
    try:
        answer = json.loads(text[text.index("{") :])
    except ValueError as error:
        raise TaskError(f"{who} không trả lời: {text.strip()[-300:] or 'không có chữ nào'}") from error
    return answer if isinstance(answer, dict) else {}
