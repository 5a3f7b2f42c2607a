"""The bytes of a web page as a tree of elements: its encoding, and what never holds text."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import lxml.etree
import lxml.html

from ..decoding import marked_encoding

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_XML = re.compile(r"\A\s*<\?xml[^>]{0,300}>")
_HIDDEN_CHARS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_AS_WINDOWS = {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "x-user-defined", "iso8859-1"}
_HEAD = 8192
_SOURCE_LINES = 3


def parse_page(data: bytes) -> Element | None:
    """Return the root element of a page; None if there is none. A page saved as its source is read as the page."""
    root = _parse(_decode(data))
    shown = root.findall(".//td[@class='line-content']") if root is not None else []
    return _parse("\n".join(line.text_content() for line in shown)) if len(shown) >= _SOURCE_LINES else root


def _parse(text: str) -> Element | None:
    text = _XML.sub("", _HIDDEN_CHARS.sub(" ", text))
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None


def _decode(data: bytes) -> str:
    """Return a page's text. What it declares counts only if its bytes do not say otherwise.

    Letters of old fonts come out as Latin-1; ``mend_text`` sets them right afterwards.
    """
    if marked := marked_encoding(data):
        return data.decode(marked, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:_HEAD])
    name = declared[1].decode("ascii", "replace").lower() if declared else "windows-1252"
    if name in _AS_WINDOWS:
        name = "windows-1252"
    try:
        return data.decode(name, "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
