"""The files of the packs: the sheets of each theme for Word, and the code that opens its page."""

from __future__ import annotations

from collections.abc import Sequence

from ...meaning.knowledge.entities import KnowledgeBase
from ..pages.index import Index
from ..pages.site import Site
from ..statements import SourcedStatement
from .choice import FOLDER, Pack, make_pack, packed_themes
from .qr import qr_svg
from .word import LARGE, ONE_PAGE, Head, render_checklist, render_handout

ONE_PAGE_FILE, LARGE_FILE, CHECKLIST_FILE, QR_FILE = "to-mot-trang.docx", "to-chu-lon.docx", "tu-soi.docx", "qr.svg"
SIGN_COLUMNS = ("Có", "Không", "Sẽ sửa thế nào, hạn")
DEMAND_COLUMNS = ("Đã làm", "Chưa", "Sẽ sửa thế nào, hạn")


def render_packs(kb: KnowledgeBase, published_at: str = "") -> dict[str, bytes]:
    """Return the files of all packs: path in docs/ → content. ``published_at``: the address of the site, with a slash at
    its end; without one nothing has a code, and no address that only works elsewhere."""
    index = Index(kb)
    files: dict[str, bytes] = {}
    for identity, theme in packed_themes(index).items():
        pack = make_pack(Site(index, ""), theme)
        place = f"{FOLDER}/{identity}/"
        files |= {place + name: data for name, data in _sheets(pack, published_at, place).items()}
    return files


def _sheets(pack: Pack, published_at: str, place: str) -> dict[str, bytes]:
    address = published_at + place if published_at else ""

    def head(kind: str) -> Head:
        return Head(pack.theme.name, kind, pack.whose_words, address)

    def addressed(statements: Sequence[SourcedStatement]) -> list[tuple[SourcedStatement, str]]:
        return [(s, published_at + s.address if published_at else "") for s in statements]

    sheets = {
        ONE_PAGE_FILE: render_handout(head("Tài liệu sinh hoạt"), addressed(pack.chosen), pack.how_chosen, ONE_PAGE),
        LARGE_FILE: render_handout(head("Tài liệu sinh hoạt"), addressed(pack.chosen), pack.how_chosen, LARGE),
    }
    if pack.demands or pack.signs or pack.theme.questions:
        sheets[CHECKLIST_FILE] = _checklist(pack, head("Bảng tự soi, tự sửa"))
    return sheets | ({QR_FILE: qr_svg(address, f"Mã QR mở {address}")} if address else {})


def _checklist(pack: Pack, head: Head) -> bytes:
    groups = [
        ("Biểu hiện được nêu", pack.signs, SIGN_COLUMNS),
        ("Yêu cầu chung, không giao riêng cho một cơ quan", pack.demands, DEMAND_COLUMNS),
    ]
    notes = [named.note for named in pack.named]
    return render_checklist(head, pack.theme.questions, [g for g in groups if g[1]], notes)
