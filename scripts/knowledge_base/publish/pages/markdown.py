"""Markdown as the pages write it. Source text is data: it is escaped here and nowhere else."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping

from ...core.dates import PartialDate

_MARKS = re.compile(r"[\\`*_{}\[\]()<>#+!|~&:=^$@]")
_QUOTED = re.compile(r"[\"'{}\n]")
_LEADING_NUMBER = re.compile(r"\A(\s*\d+)([.)])")
_LEADING_MARK = re.compile(r"\A(\s*)([-.])")


class Md(str):
    """Text that is Markdown already and must not be escaped again."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell the template engine that this needs no escaping."""
        return str(self)


def escape(text: str, leading: bool = True) -> Md:
    """Return ``text`` so that Markdown shows exactly these characters: nothing runs, no number is lost.

    ``leading`` False: the text does not begin its line, where marks like "1." or "-" mean something."""
    if isinstance(text, Md):
        return text
    line = text.replace("\n", " ")
    line = line.lstrip() if leading else line
    line = _MARKS.sub(lambda m: f"&#{ord(m[0])};", line)
    if not leading:
        return Md(line)
    line = _LEADING_NUMBER.sub(lambda m: f"{m[1]}&#{ord(m[2])};", line)
    return Md(_LEADING_MARK.sub(lambda m: f"{m[1]}&#{ord(m[2])};", line))


def link(text: str, target: str, css: str = "") -> Md:
    """Return a link; ``text`` is escaped unless it is Markdown."""
    return Md(f"[{escape(text, leading=False)}]({target})" + (f"{{ .{css} }}" if css else ""))


def attributes(values: Mapping[str, str]) -> Md:
    """Return ``data-`` attributes in the form of the attr_list extension."""
    return Md(" ".join(f'data-{key}="{_QUOTED.sub(" ", value)}"' for key, value in values.items()))


def external_link(text: str, address: str, css: str = "") -> Md:
    """Return a link to another site as HTML: its address arrives whole, whatever marks it holds."""
    safe = re.sub(r"[^A-Za-z0-9/.,;%-]", lambda m: f"&#{ord(m[0])};", address)
    style = f' class="{css}"' if css else ""
    return Md(f'<a{style} href="{safe}" rel="external noreferrer">{escape(text, leading=False)}</a>')


def tag_attributes(values: Mapping[str, str]) -> Md:
    """Return ``data-`` attributes of an HTML tag."""
    return Md(" ".join(f'data-{key}="{html.escape(value)}"' for key, value in values.items()))


def time(date: PartialDate) -> Md:
    """Return a date as readers write it, with its machine form."""
    return Md(f'<time datetime="{date.iso}">{date.vietnamese}</time>')


def front_matter(values: Mapping[str, object]) -> Md:
    """Return the YAML head of a page. ``title`` and ``description`` are HTML-escaped: Material prints
    them as they are."""
    lines = []
    for key, value in values.items():
        if value not in (None, "", {}):
            shown = html.escape(value) if isinstance(value, str) and key in {"title", "description"} else value
            lines.append(f"{key}: {json.dumps(shown, ensure_ascii=False)}\n")
    return Md("---\n" + "".join(lines) + "---\n")
