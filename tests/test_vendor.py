"""Other people's scripts are the files that were published, each with its licence and a row that says what for."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from building import ROOT
from dev_tools.frame_css import names_in, read_material, sheet_path, trim

VENDOR = ROOT / "theme" / "assets" / "vendor"
LICENCES = {
    "MIT": (
        "Copyright",
        "Permission is hereby granted, free of charge, to any person obtaining a copy",
        "The above copyright notice and this permission notice shall be included in all copies",
        'THE SOFTWARE IS PROVIDED "AS IS"',
    ),
    "Apache-2.0": ("Apache License Version 2.0", "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"),
}
"""What stands in the text of a licence."""
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


def test_every_folder_holds_the_licence_that_is_named() -> None:
    table = (VENDOR / "README.md").read_text(encoding="utf-8")
    folders = sorted(path for path in VENDOR.iterdir() if path.is_dir())
    assert len(folders) > 2
    for folder in folders:
        named = next(line for line in re.split(r"\n(?=\||\n)", table) if f"{folder.name}/" in line)
        licences = [words for name, words in LICENCES.items() if re.search(rf"\b{name}\b", named)]
        text = " ".join((folder / "LICENSE").read_text(encoding="utf-8").split())
        assert licences and all(part in text for words in licences for part in words), folder.name


def _rules(css: str) -> list[str]:
    """Return each selector of a sheet with what it stands in and what it declares, in order."""
    rules, within = [], ""
    for line in css.split("\n"):
        within = line.partition("{")[0] if line.startswith("@") else within
        heads, _, declared = line.rpartition("{")
        rules += [f"{within} {selector} {{{declared}" for selector in heads.split(",")]
        within = "" if line == "}" else within
    return rules


def test_frame_has_all_rules_that_a_page_can_meet(real_site: Path) -> None:
    kept = sheet_path().read_text(encoding="utf-8")
    wanted = trim(read_material(), names_in(real_site))
    assert len(kept) > 10_000
    rules, asked = _rules(kept), set(_rules(wanted))
    assert sorted(asked - set(rules)) == []
    assert [rule for rule in rules if rule in asked] == _rules(wanted)  # of two alike the later one counts


def test_a_declaration_that_changes_is_noticed() -> None:
    assert _rules("@media print{\n.a,.b{x:1}\n}\n.a{y:2}") != _rules("@media print{\n.a,.b{x:2}\n}\n.a{y:2}")
    assert _rules(".a,.b{x:1}")[1] == " .b {x:1}"


def test_rules_that_no_page_can_meet_are_left_out() -> None:
    css = (
        '@charset "UTF-8";.a,.b .c{x:1}.b{y:"}"}@media print{.a{z:1}.d{z:2}}'
        ".a:not(.e){v:1}[data-md-color-primary=red]{w:1}@keyframes k{0%{x:1}}/*# sourceMappingURL=m.map */"
    )
    assert trim(css, {"a"}).replace("\n", "") == ".a{x:1}@media print{.a{z:1}}.a:not(.e){v:1}@keyframes k{0%{x:1}}"
    assert "[data-md-color-primary=red]" in trim(css, {"red"})
