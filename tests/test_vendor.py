"""Other people's scripts are the files that were published, each with its licence and a row that says what for."""

from __future__ import annotations

import hashlib
import re

from building import ROOT

VENDOR = ROOT / "theme" / "assets" / "vendor"
_ROW = re.compile(
    r"""
    \|\ (?P<name>[\w-]+)\ \|\ (?P<version>[\d.]+)\ \|\ (?:MIT|Apache-2\.0)\ \|\ [^|]+\ \|   # what it is for
    \ `(?P<file>[^`]+)`[^|]*\|\ `(?P<sum>[0-9a-f]{64})`\ \|
    """,
    re.VERBOSE,
)


def test_every_script_is_in_the_table_and_unchanged() -> None:
    table = (VENDOR / "README.md").read_text(encoding="utf-8")
    listed = {row["file"]: row for line in table.splitlines() if (row := _ROW.fullmatch(line))}
    scripts = {p.relative_to(VENDOR).as_posix(): p for p in VENDOR.rglob("*") if p.suffix in {".js", ".mjs"}}
    assert listed.keys() == scripts.keys()
    for path, row in listed.items():
        assert path.startswith(f"{row['name']}-{row['version']}/"), path
        assert hashlib.sha256(scripts[path].read_bytes()).hexdigest() == row["sum"], path
        assert (scripts[path].parent / "LICENSE").is_file(), path
