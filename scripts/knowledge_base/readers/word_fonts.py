"""Which font each piece of a Word file is in, and its text in Unicode where the font has an encoding of its own."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, TypeAlias

from .tcvn3 import is_coded, mend_tcvn3

Element: TypeAlias = Any
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_STYLES = 20


class Fonts:
    """Finds the font of a run: its own, its style's, its paragraph's style's, or the document's."""

    def __init__(self, styles: Element) -> None:
        self._styles = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
        self._default = next(
            (
                s.get(f"{_W}styleId")
                for s in styles.iter(f"{_W}style")
                if s.get(f"{_W}default") == "1" and s.get(f"{_W}type") == "paragraph"
            ),
            None,
        )
        defaults = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        self._base = _font(defaults)
        self.saw_vni = False

    def of_run(self, run: Element, paragraph: Element) -> str:
        """Return the name of a run's font; '' if nothing names one."""
        own = run.find(f"{_W}rPr")
        named = own.find(f"{_W}rStyle") if own is not None else None
        style = named.get(f"{_W}val") if named is not None else None
        font = _font(own) or self._of_style(style) or self._of_style(self.style_of(paragraph)) or self._base
        text = "".join(part.text or "" for part in run.iter(f"{_W}t"))
        if font.upper().startswith("VNI") and not text.isascii() and is_coded(text):
            self.saw_vni = True
        return font

    def is_hidden(self, run: Element) -> bool:
        """Tell a run that Word does not show."""
        hidden = run.find(f"{_W}rPr/{_W}vanish")
        return hidden is not None and hidden.get(f"{_W}val") not in {"0", "false"}

    def style_of(self, paragraph: Element) -> str | None:
        """Return the id of a paragraph's style."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return style.get(f"{_W}val") if style is not None else self._default

    def is_heading(self, style: str | None) -> bool:
        """Tell the style of a heading or title."""
        return any(
            s.find(f"{_W}pPr/{_W}outlineLvl") is not None
            or (s.get(f"{_W}styleId") or "").startswith(("Heading", "Title"))
            for s in self._chain(style)
        )

    def is_numbered(self, style: str | None) -> bool:
        """Tell a style whose paragraphs are numbered or bulleted."""
        return any(s.find(f"{_W}pPr/{_W}numPr") is not None for s in self._chain(style))

    def _of_style(self, style: str | None) -> str:
        return next((font for s in self._chain(style) if (font := _font(s.find(f"{_W}rPr")))), "")

    def _chain(self, style: str | None) -> Iterable[Element]:
        """Yield a style and those it is based on."""
        for _ in range(_MOST_STYLES):
            element = self._styles.get(style)
            if element is None:
                return
            yield element
            base = element.find(f"{_W}basedOn")
            style = base.get(f"{_W}val") if base is not None else None


def _font(properties: Element | None) -> str:
    fonts = properties.find(f"{_W}rFonts") if properties is not None else None
    if fonts is None:
        return ""
    return fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi") or ""


def decode_pieces(pieces: Iterable[tuple[str, str]]) -> str:
    """Return the text of pieces given with their fonts: that in .VnTime and its like is read as TCVN3, and
    as capitals in the fonts that have nothing else (.VnTimeH)."""
    groups = groupby(pieces, key=lambda piece: _encoding(piece[1]))
    return "".join(_decode("".join(text for text, _ in group), encoding) for encoding, group in groups)


def _encoding(font: str) -> str:
    if not font.lower().startswith((".vn", "vntime")):
        return ""
    return "capitals" if font.endswith("H") else "small"


def _decode(text: str, encoding: str) -> str:
    plain = "".join(chr(ord(char) - 0xF000) if 0xF020 <= ord(char) <= 0xF0FF else char for char in text)
    if not encoding or not is_coded(plain):
        return text
    return mend_tcvn3(plain).upper() if encoding == "capitals" else mend_tcvn3(plain)
