"""Markdown as converters and GitHub's editor write it, read as plain text: what is said stays, the marks go."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ROW = re.compile(r"\s{0,3}\|?(?P<cells>[^\n]*\|[^\n]*?)\|?\s*\Z")
_RULE = re.compile(r"\s{0,3}\|?(?:\s*:?-{1,200}:?\s*\|){0,40}\s*:?-{1,200}:?\s*\|?\s*\Z")
_CELL_END = re.compile(r"(?<!\\)\|")
_COUNTER = re.compile(r"(?:s?tt|số tt|số thứ tự|#|no\.?)?\s*\Z", re.IGNORECASE)
"""The heading of a column that only counts the rows."""
_MARKS = (
    (re.compile(r"<!--.{0,2000}?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{0,2000}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\s]{1,2000}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\*(?![*\w])"), r"\1"),
    (re.compile(r"^(?:\*\s?){3,}$|^(?:-\s?){3,}$|^(?:_\s?){3,}$", re.MULTILINE), ""),
    (re.compile(r"^>\s?", re.MULTILINE), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)
"""Comments, pictures, links, bold and italic words, rules, quotations, and marks that are escaped."""


def read_tables(text: str) -> tuple[str, int]:
    """Return ``text`` with the rows of its tables as items of lists ("- Việc: A; Hạn: 30-6"), and how many it had."""
    lines, number, tables = text.split("\n"), 0, 0
    made: list[str] = []
    while number < len(lines):
        rule = lines[number + 1] if number + 1 < len(lines) else ""
        if "|" in lines[number] and "|" in rule and _RULE.match(rule):
            names, number, tables = _cells(lines[number]), number + 2, tables + 1
            made.append("")
            while number < len(lines) and lines[number].strip() and _ROW.match(lines[number]):
                made += _item(names, _cells(lines[number]))
                number += 1
            made.append("")
        else:
            made.append(lines[number])
            number += 1
    return ("\n".join(made), tables) if tables else (text, 0)


def _cells(line: str) -> list[str]:
    row = line.strip().removeprefix("|")
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return [cell.strip() for cell in _CELL_END.split(row)]


def _item(names: list[str], cells: list[str]) -> Iterator[str]:
    """Yield a row as one item of a list; none for a row without words."""
    named = zip([*names, *[""] * len(cells)], cells, strict=False)
    kept = [(name, cell) for name, cell in named if cell and not (name and _COUNTER.match(name))]
    parts = [f"{name}: {cell}" if name else cell for name, cell in kept]
    if parts:
        yield f"- {'; '.join(parts)}"


def drop_marks(text: str) -> str:
    """Return Markdown without its marks; headings keep theirs, as articles of ours have them."""
    text = read_tables(text)[0]
    for pattern, rest in _MARKS:
        text = pattern.sub(rest, text)
    return text
