"""Other people's scripts are the files that were published, each with its licence and a row that says what for."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from building import ROOT
from dev_tools.frame_css import names_in, read_material, sheet_path, trim

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


def _rules(css: str) -> list[str]:
    """Return the selectors of a sheet with what they stand in, one a line."""
    lines, within = [], ""
    for line in css.split("\n"):
        within = line.partition("{")[0] if line.startswith("@") else within
        lines += [f"{within} {selector}" for selector in line.rpartition("{")[0].split(",")]
        within = "" if line == "}" else within
    return lines


def test_frame_has_all_rules_that_a_page_can_meet(real_site: Path) -> None:
    kept = sheet_path().read_text(encoding="utf-8")
    wanted = trim(read_material(), names_in(real_site))
    assert len(kept) > 10_000
    assert sorted(set(_rules(wanted)) - set(_rules(kept))) == []


def test_rules_that_no_page_can_meet_are_left_out() -> None:
    css = (
        '@charset "UTF-8";.a,.b .c{x:1}.b{y:"}"}@media print{.a{z:1}.d{z:2}}'
        ".a:not(.e){v:1}[data-md-color-primary=red]{w:1}@keyframes k{0%{x:1}}/*# sourceMappingURL=m.map */"
    )
    assert trim(css, {"a"}).replace("\n", "") == ".a{x:1}@media print{.a{z:1}}.a:not(.e){v:1}@keyframes k{0%{x:1}}"
    assert "[data-md-color-primary=red]" in trim(css, {"red"})
