"""Write an entry of a vocabulary as YAML that reads back as exactly the same values."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence

from ..sources.yaml import read_yaml

_WIDTH = 112
"""Columns of a line without its indentation, of which there are at most 8: 120 in all, as in the code."""
Value = str | Sequence[str] | Mapping[str, "Value"]


def render_scalar(value: str) -> str:
    """Return a one-line value as YAML: plain where that reads back the same, else in double quotes."""
    yaml, problems = read_yaml(f"- {value}\n", "")
    plain = bool(value) and not problems and yaml is not None and yaml.data == [value] and "\n" not in value
    return value if plain else json.dumps(value, ensure_ascii=False)


def render_entry(values: Mapping[str, Value], indent: int = 0) -> str:
    """Return an item of a list; keys without value are left out."""
    text = "".join(_pair(key, value) for key, value in values.items() if value)
    lines = text.rstrip("\n").split("\n")
    marked = ["- " + lines[0], *(f"  {line}" if line else "" for line in lines[1:])]
    return "".join(" " * indent + line + "\n" if line else "\n" for line in marked)


def _pair(key: str, value: Value) -> str:
    """Return a key with its value; a text is folded over several lines when long and nothing in it hinders that."""
    if isinstance(value, Mapping):
        inner = "".join(_pair(name, part) for name, part in value.items() if part)
        return f"{key}:\n" + textwrap.indent(inner, "  ")
    if not isinstance(value, str):
        return f"{key}:\n" + "".join(f"  - {render_scalar(item)}\n" for item in value)
    line = f"{key}: {render_scalar(value)}\n"
    words = value.split(" ")
    if len(line) <= _WIDTH or "" in words or not value.isprintable() or max(map(len, words)) > _WIDTH:
        return line
    wrapped = textwrap.wrap(value, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return f"{key}: >-\n" + "".join(f"  {part}\n" for part in wrapped)


def append_entry(text: str, added: str) -> str:
    """Return a file's text with an entry at its end, one blank line before it."""
    return f"{text.rstrip()}\n\n{added}"
