"""The files of the packs: the sheets of each theme for Word, and the code that opens its page."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from ...meaning.knowledge.entities import Kind, KnowledgeBase
from ..pages.index import Index
from ..pages.site import Site
from ..statements import SourcedStatement, document_statements
from .choice import (
    CHECKLIST_FILE,
    FOLDER,
    LARGE_FILE,
    ONE_PAGE_FILE,
    QR_FILE,
    Pack,
    make_pack,
)
from .paper import star_note, where_to_look
from .qr import qr_svg
from .word import LARGE, ONE_PAGE, SheetHead, render_checklist, render_handout

Files = dict[str, bytes]
FilesOnce: TypeAlias = Callable[[str, Callable[[], Files]], Files]


def render_packs(kb: KnowledgeBase, home: str = "", made_once: FilesOnce = lambda _, make: make()) -> Files:
    """Return the files of all packs, and the codes of the documents whose statements can be chosen: path in docs/ →
    content. ``home``: the address of the site, with a slash at its end; without one nothing has a code, and no address
    that only works elsewhere. ``made_once`` gives the files that were made of the same before."""
    index = Index(kb)
    files = _document_codes(index, home) if home else {}
    for identity, theme in index.spoken_themes.items():
        pack = make_pack(Site(index, ""), theme)
        place = f"{FOLDER}/{identity}/"
        sheets = made_once(repr((pack, home, place)), partial(_sheets, pack, home, place))
        gc.collect(0)  # each Word file leaves 5 MB in circles of few objects, which Python is in no hurry to look for
        files |= {place + name: data for name, data in sheets.items()}
    return files


def _document_codes(index: Index, home: str) -> Files:
    pages = (f"{Kind.DOCUMENT}/{d}/" for d in index.kb.documents if document_statements(Site(index, ""), d))
    return {page + QR_FILE: _code(home + page) for page in pages}


def _code(address: str) -> bytes:
    return qr_svg(address, f"Mã QR mở {address}")


def _sheets(pack: Pack, home: str, place: str) -> Files:
    """Return the files of a pack."""
    address = home + place if home else ""

    def head(kind: str) -> SheetHead:
        return SheetHead(pack.theme.name, kind, pack.whose_words, address)

    def addressed(statements: Sequence[SourcedStatement]) -> list[tuple[SourcedStatement, str]]:
        return [(s, home + s.address if home else where_to_look(s)) for s in statements]

    note = f"{star_note(pack.chosen)} {pack.how_chosen}".strip()
    sheets = {
        name: render_handout(head("Tài liệu sinh hoạt"), addressed(pack.chosen), note, sizes)
        for name, sizes in ((ONE_PAGE_FILE, ONE_PAGE), (LARGE_FILE, LARGE))
    }
    if pack.has_checklist:
        sheets[CHECKLIST_FILE] = _checklist(pack, head("Bảng tự soi, tự sửa"))
    return sheets | ({QR_FILE: _code(address)} if address else {})


def _checklist(pack: Pack, head: SheetHead) -> bytes:
    starred = star_note(statement for _, statements, _ in pack.groups for statement in statements)
    notes = [*([starred] if starred else []), *(named.note for named in pack.named)]
    return render_checklist(head, pack.asked, pack.groups, notes)
