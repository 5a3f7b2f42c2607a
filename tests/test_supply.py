"""What is installed has a hash and a fitting licence, is asked about, and stands in the list that a release carries."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from building import ROOT
from dev_tools import audit, sbom
from dev_tools.environment import TaskError, lock_of, make_environment, read_pins
from dev_tools.licences import Package, is_fit, list_npm, list_packages, list_vendored
from dev_tools.lock import render_lock

LISTS = sorted(ROOT.glob("requirements*.txt"))
INSTALLED = [ROOT / "requirements-dev.lock"]
"""The lock of what the tests run with."""


# ---- Locks ----


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_lock_holds_what_its_list_names_each_with_hashes(path: Path) -> None:
    lock = lock_of(path)
    pins, locked = read_pins(path), read_pins(lock)
    assert pins and pins.items() <= locked.items(), "hãy chạy: python3 scripts/dev.py lock"
    text = lock.read_text(encoding="utf-8")
    entries = re.findall(r"^[a-z0-9-]+==\S+.* \\$((?:\n {4}--hash=sha256:[0-9a-f]{64}(?: \\)?$)+)", text, re.MULTILINE)
    assert len(entries) == len(re.findall("^[^# -]", text, re.MULTILINE)) > 0
    assert "--only-binary :all:" in text and "//" not in text


def test_lists_of_the_site_leave_nothing_to_the_lock() -> None:
    """``pip install -r requirements.txt`` installs the same versions, without hashes."""
    for name in ("requirements.txt", "requirements-import.txt", "requirements-dev.txt", "requirements-javascript.txt"):
        assert read_pins(ROOT / name) == read_pins(lock_of(ROOT / name))


def test_lock_of_a_longer_list_includes_that_of_the_shorter(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a==1\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("-r a.txt\nb==2\n", encoding="utf-8")
    a, b = (f"{name} \\\n    --hash=sha256:{'0' * 64}\n" for name in ("a==1", "b==2"))
    text = render_lock(tmp_path / "b.txt", {"a.txt": [a], "b.txt": [a, b]})
    assert "\n-r a.lock\n" in text and b in text and a not in text


def test_list_that_was_changed_without_its_lock_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Python_Slugify==9.2.0\nb[x]==2\n", encoding="utf-8")
    (tmp_path / "a.lock").write_text("python-slugify==9.2.0 \\\n    --hash=sha256:0\nb==1 \\\n", encoding="utf-8")
    with pytest.raises(TaskError, match=r"^a\.lock không khóa b==2\. Hãy ghi lại tệp ấy: .*dev\.py lock$"):
        make_environment("a.txt", tmp_path)


def test_file_of_another_hash_is_not_installed(tmp_path: Path) -> None:
    """As pip is called by ``make_environment``: a package of the right name and version that was exchanged."""
    wheel = tmp_path / "vi_du-1.0-py3-none-any.whl"
    code = (
        "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], 'w'); d = 'vi_du-1.0.dist-info/'\n"
        "z.writestr(d + 'METADATA', 'Metadata-Version: 2.1\\nName: vi-du\\nVersion: 1.0\\n')\n"
        "z.writestr(d + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')\n"
        "z.writestr(d + 'RECORD', '')"
    )
    subprocess.run([sys.executable, "-c", code, str(wheel)], check=True)
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    told = {}
    for name, digest in (("right", right), ("wrong", right[::-1])):
        lock = tmp_path / f"{name}.lock"
        lock.write_text(f"--only-binary :all:\nvi-du==1.0 \\\n    --hash=sha256:{digest}\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "install", "--no-index", "--find-links", str(tmp_path), "--dry-run"]
        command += ["--require-hashes", "--requirement", str(lock), "--target", str(tmp_path / name)]
        told[name] = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert told["right"].returncode == 0, told["right"].stderr
    assert told["wrong"].returncode != 0 and "DO NOT MATCH THE HASHES" in told["wrong"].stderr


# ---- Licences ----


@pytest.mark.parametrize(
    ("licence", "fit"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("MIT OR GPL-2.0-only", True),
        ("MIT AND GPL-2.0-only", False),
        ("MIT AND (Apache-2.0)", True),
        ("", False),
        ("UNKNOWN", False),
    ],
)
def test_licences_that_fit(licence: str, fit: bool) -> None:
    assert is_fit(licence) is fit


@pytest.mark.parametrize("lock", INSTALLED, ids=lambda path: path.name)
def test_every_installed_package_has_a_fitting_licence(lock: Path) -> None:
    packages = list_packages(Path(sys.executable), lock)
    assert len(packages) > 50
    assert [one for one in packages if not is_fit(one.licence)] == []


def test_packages_of_npm_and_files_of_the_theme_have_fitting_licences() -> None:
    packages = [*list_npm(), *list_vendored()]
    assert [one for one in packages if not is_fit(one.licence)] == []
    files = {one.file for one in packages if one.file}
    vendor = ROOT / "theme/assets/vendor"
    kept = {p.relative_to(ROOT).as_posix() for p in vendor.rglob("*") if p.suffix in {".js", ".mjs", ".css"}}
    assert files == kept


# ---- The audit ----


def test_audit_that_asked_about_nothing_is_no_good_news(capsys: pytest.CaptureFixture[str]) -> None:
    skipped = {"dependencies": [{"name": "vi-du", "skip_reason": "not found"}], "fixes": []}
    asked, problems = audit.read_pip_audit("No known vulnerabilities found\n" + json.dumps(skipped))
    assert (asked, problems) == (set(), [])
    assert audit.told_of(0, 1, "gói Python") and audit.told_of(0, 0, "gói Python")
    assert audit.told_of(1, 2, "gói Python") and audit.told_of(2, 2, "gói Python") == []
    assert "Đã hỏi lỗ hổng của 0 trong 1 gói Python." in capsys.readouterr().out


def test_vulnerabilities_are_named() -> None:
    found = {"dependencies": [{"name": "vi-du", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1"}]}]}
    assert audit.read_pip_audit(json.dumps(found)) == ({("vi-du", "1.0")}, ["vi-du 1.0: PYSEC-2026-1."])
    npm: dict[str, Any] = {"vulnerabilities": {"vi-du": {"severity": "high"}}}
    npm["metadata"] = {"dependencies": {"total": len(list_npm())}}
    assert audit.read_npm_audit(json.dumps(npm)) == ["vi-du: lỗ hổng đã biết (high)."]


def test_auditor_that_does_not_answer_is_told() -> None:
    with pytest.raises(TaskError, match="npm audit không trả lời: npm error"):
        audit.read_npm_audit("npm error audit endpoint returned an error")
    assert len(audit.read_npm_audit('{"statusCode": 405}')) == 1


# ---- The list of a release ----


def test_list_names_what_lies_in_the_edition_and_what_made_it(tmp_path: Path) -> None:
    archive = tmp_path / "kho.zip"
    archive.write_bytes(b"kho")
    first = sbom.write_sbom(Path(sys.executable), archive, "2026-11-30").read_bytes()
    assert sbom.write_sbom(Path(sys.executable), archive, "2026-11-30").read_bytes() == first
    told = json.loads(first)
    assert told["metadata"]["component"]["hashes"] == [
        {"alg": "SHA-256", "content": hashlib.sha256(b"kho").hexdigest()}
    ]
    inside = {one["name"] for one in told["components"] if one["scope"] == "required"}
    assert inside == {"fflate", "mkdocs-material", "qrcode-generator"}
    made_with = {one["name"]: one["version"] for one in told["components"] if one["scope"] == "excluded"}
    assert made_with == read_pins(ROOT / "requirements.lock")
    references = [one["bom-ref"] for one in told["components"]]
    assert len(references) == len(set(references))
    assert all(one["licenses"] and one["hashes"] for one in told["components"])


def test_vendored_file_is_listed_by_its_own_hash(tmp_path: Path) -> None:
    archive = tmp_path / "kho.zip"
    archive.touch()
    told = json.loads(sbom.write_sbom(Path(sys.executable), archive, "").read_text(encoding="utf-8"))
    (one,) = (one for one in told["components"] if one["name"] == "fflate")
    (file,) = ((ROOT / package.file) for package in list_vendored() if package.name == "fflate")
    assert one["hashes"][0]["content"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert Package("npm", "fflate", one["version"], "MIT", file.relative_to(ROOT).as_posix()) in list_vendored()
