"""The files of the packs: the sheets of each theme for Word, and the code that opens its page."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ...meaning.knowledge.entities import KnowledgeBase
from ..pages.index import Index
from ..pages.site import Site
from ..statements import SourcedStatement
from .choice import (
    CHECKLIST_FILE,
    FOLDER,
    LARGE_FILE,
    ONE_PAGE_FILE,
    QR_FILE,
    Pack,
    make_pack,
    packed_themes,
)
from .qr import qr_svg
from .word import LARGE, ONE_PAGE, SheetHead, render_checklist, render_handout


def render_packs(kb: KnowledgeBase, home: str = "") -> dict[str, bytes]:
    """Return the files of all packs: path in docs/ → content. ``home``: the address of the site, with a slash at
    its end; without one nothing has a code, and no address that only works elsewhere."""
    index = Index(kb)
    files: dict[str, bytes] = {}
    for identity, theme in packed_themes(index).items():
        pack = make_pack(Site(index, ""), theme)
        place = f"{FOLDER}/{identity}/"
        files |= {place + name: data for name, data in _sheets(pack, home, place).items()}
    return files


@functools.lru_cache(maxsize=256)
def _sheets(pack: Pack, home: str, place: str) -> dict[str, bytes]:
    """Return the files of a pack; kept, so that while somebody writes only those are made that have changed."""
    address = home + place if home else ""

    def head(kind: str) -> SheetHead:
        return SheetHead(pack.theme.name, kind, pack.whose_words, address)

    def addressed(statements: Sequence[SourcedStatement]) -> list[tuple[SourcedStatement, str]]:
        return [(s, home + s.address) for s in statements]

    sheets = {
        ONE_PAGE_FILE: render_handout(head("Tài liệu sinh hoạt"), addressed(pack.chosen), pack.how_chosen, ONE_PAGE),
        LARGE_FILE: render_handout(head("Tài liệu sinh hoạt"), addressed(pack.chosen), pack.how_chosen, LARGE),
    }
    if pack.has_checklist:
        sheets[CHECKLIST_FILE] = _checklist(pack, head("Bảng tự soi, tự sửa"))
    return sheets | ({QR_FILE: qr_svg(address, f"Mã QR mở {address}")} if address else {})


def _checklist(pack: Pack, head: SheetHead) -> bytes:
    notes = [named.note for named in pack.named]
    return render_checklist(head, pack.theme.questions, pack.groups, notes)
