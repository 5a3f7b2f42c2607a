"""The article's own paragraphs, and the lines that came with them but are not of it.

The only place that knows how a reading marks foreign lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ..core.models import NoiseKind, Paragraph, Scan
from ..core.paragraphs import split_paragraphs
from ..core.text import fold

_LINE = re.compile(r"^[^\S\n]*(\S.*)$", re.MULTILINE)
_HEAD_LINES = 12
"""Lines above the title that may be the page's: its name, sections, date. Chosen by hand."""
_WORDS_IN_SECTION = 4
"""A section has up to four words ("Xây dựng Đảng"), a headline more."""
_OFFICIAL = {NoiseKind.BYLINE, NoiseKind.DATELINE}
_NAMES = {
    NoiseKind.CAPTION: "chú thích ảnh",
    NoiseKind.PLAYER: "máy đọc bài",
    NoiseKind.TEASER: "tin khác, hộp tin, chia sẻ, bình luận, lời gửi cho máy",
    NoiseKind.BYLINE: "tên tác giả",
    NoiseKind.DATELINE: "dòng ngày đăng",
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The article's own ``text`` with its paragraphs (in places of that text), and the lines removed, in order: what
    kind of line it is, in words, and the line itself."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    removed: tuple[tuple[str, str], ...] = ()


def clean_body(scan: Scan, title: str | None, address: str | None = None, official: bool = False) -> Cleaned:
    """Return the article's paragraphs without foreign lines, without its title and its own address
    where they stand in lines of their own: both are in the front matter.

    Names and dates in lines of their own belong to an ``official`` text."""
    noise = [n for n in scan.noise if not (official and n.kind in _OFFICIAL)]
    above = [] if official else _sections(scan, title)
    pieces, last = [], 0
    for start, end in sorted([*((n.start, n.end) for n in noise), *above, *_repeated(scan, title, address)]):
        pieces += [scan.text[last:start], "\n\n"]
        last = max(last, end)
    text = "".join([*pieces, scan.text[last:]])
    named = [(n.start, n.end, _NAMES[n.kind]) for n in noise] + [(*span, "mục của trang") for span in above]
    removed = tuple((what, " ".join(scan.text[start:end].split())) for start, end, what in sorted(named))
    return Cleaned(text, split_paragraphs(text), removed)


def _sections(scan: Scan, title: str | None) -> list[tuple[int, int]]:
    """Return the spans of short lines above the title: names of the sections that a page stands in."""
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(scan.text):
        bare = line[1].strip()
        if title and _bare(bare) == _bare(title):
            return spans
        if not scan.is_noise(line.start(1)):
            if len(spans) == _HEAD_LINES or len(bare.split()) > _WORDS_IN_SECTION or bare[-1] in ".:;!?…":
                break
            spans.append(line.span())
    return []


def _repeated(scan: Scan, title: str | None, address: str | None) -> Iterator[tuple[int, int]]:
    """Yield the spans of the first line that is the title, and of the first that is the address."""
    wanted = {_bare(title or ""), _bare(address or "")} - {""}
    for line in islice(_LINE.finditer(scan.text), _HEAD_LINES):
        if _bare(line[1]) in wanted and not scan.is_noise(line.start(1)):
            wanted.discard(_bare(line[1]))
            yield line.span()


def _bare(line: str) -> str:
    return " ".join(fold(line).strip().lstrip("# ").split())
