"""Text as people paste it into a form: GitHub's editor turns what was copied into Markdown, which the sources do not
know; pictures and files it attaches as links."""

from __future__ import annotations

import re

_PICTURE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{1,2000}\)|<img\b[^<>\n]{0,2000}>", re.IGNORECASE)
_ATTACHED = re.compile(r"\]\(https://github\.com/[^()\s]{0,200}/?(?:user-attachments/)?files/[^()\s]{1,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\(https?://[^()\s]{1,2000}\)")
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*")
_TAG = re.compile(r"</(?:p|div|span|strong|b|em|h[1-6]|table|tr|td|ul|li|a)>", re.IGNORECASE)


def without_markdown(text: str) -> tuple[str, list[str]]:
    """Return the words of a text without pictures, link addresses and bold marks; and which of these it had."""
    kinds = (("ảnh", _PICTURE, ""), ("địa chỉ của liên kết", _LINK, r"\1"), ("dấu chữ đậm", _BOLD, r"\1"))
    removed = []
    for name, pattern, words in kinds:
        text, count = pattern.subn(words, text)
        removed += [name] if count else []
    return text, removed


def has_attachment(text: str) -> bool:
    """Tell whether a file was dropped into the text."""
    return _ATTACHED.search(text) is not None


def tag_in(text: str) -> str:
    """Return the first closing tag of HTML that a text holds, '' for none."""
    found = _TAG.search(text)
    return found[0] if found else ""
