"""A large made-up corpus for search: pages and their index of names and numbers, always the same.

Documents, bodies and articles are invented (on the real names of provinces and kinds of bodies, so that
provinces and terms share numbers); each is one small page of HTML, ready for Pagefind. Nothing here is
a statement about a real document.
"""

from __future__ import annotations

import html
import random
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.core.dates import PartialDate
from knowledge_base.core.ids import DocumentKey, DocumentNumber, body_id, build_document_id
from knowledge_base.core.text import slug
from knowledge_base.meaning.knowledge.directory import Listed, read_symbol
from knowledge_base.meaning.knowledge.entities import Kind
from knowledge_base.publish.exports.search_names import LARGE, render_entries
from knowledge_base.publish.pages.kinds import searched_kinds
from knowledge_base.sources.vocabulary import Vocabulary
from knowledge_base.sources.vocabulary.names import body_name

SUBJECTS = (
    "trồng rừng gỗ lớn ven sông", "nuôi tôm nước lợ", "sửa chữa đường liên xã", "bảo tồn nhạc cụ dân tộc",
    "phòng cháy chợ truyền thống", "dạy bơi cho học sinh", "thu gom rác thải nông thôn", "hiến máu tình nguyện",
    "khám sức khỏe người cao tuổi", "giữ gìn nghề dệt chiếu", "làm thủy lợi nội đồng", "trồng cây xanh đô thị",
    "mở thư viện lưu động", "hỗ trợ hợp tác xã chè", "nạo vét luồng cảng cá", "tiết kiệm điện công sở",
)  # fmt: skip
SENTENCES = (
    "Cán bộ phụ trách {subject} ở {place} phải báo cáo trước ngày {day} hằng tháng.",
    "Nhiều cán bộ cho rằng việc {subject} còn chậm, cần phân công rõ người làm.",
    "{place} dành {day} tỷ đồng cho {subject}, giao Sở Tài chính theo dõi.",
    "Người dân {place} góp ý về {subject}; các ý kiến được ghi lại đầy đủ.",
    "Hội nghị bàn về {subject} kết luận phải làm đúng kế hoạch, không để kéo dài.",
    "Chính quyền các xã được giao kiểm tra {subject} hai lần mỗi năm.",
)
TYPES = (("chi-thi", "CT"), ("nghi-quyet", "NQ"), ("ke-hoach", "KH"), ("ket-luan", "KL"), ("thong-bao", "TB"))
KINDS = ("tinh-uy", "ban-thuong-vu-tinh-uy", "ban-to-chuc-tinh-uy", "van-phong-tinh-uy", "uy-ban-nhan-dan-tinh",
         "hoi-dong-nhan-dan-tinh", "ban-noi-chinh-tinh-uy", "uy-ban-kiem-tra-tinh-uy")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A made-up page: what the index of names knows of it, and its paragraphs."""

    entry: Listed
    paragraphs: tuple[str, ...]


def make_pages(vocabulary: Vocabulary, count: int, taken: frozenset[str], seed: int = 4) -> list[Page]:
    """Return ``count`` made-up pages whose addresses are not among ``taken``; half are articles."""
    chance = random.Random(seed)  # noqa: S311 - made-up pages, no secret
    pages: dict[str, Page] = {}
    makers = [_body, _document, _document, _article, _article, _article]
    tries = 0
    while len(pages) < count:
        page = makers[tries % len(makers)](vocabulary, chance, tries)
        tries += 1
        address = f"{page.entry.kind}/{page.entry.id}"
        if address not in taken and address not in pages:
            pages[address] = page
    return list(pages.values())


def _sentences(chance: random.Random, subject: str, place: str, count: int) -> tuple[str, ...]:
    chosen = [chance.choice(SENTENCES) for _ in range(count)]
    return tuple(s.format(subject=subject, place=place, day=chance.randint(2, 28)) for s in chosen)


def _place(vocabulary: Vocabulary, chance: random.Random) -> str:
    return chance.choice(sorted(vocabulary.provinces))


def _body(vocabulary: Vocabulary, chance: random.Random, tries: int) -> Page:
    place, kind = _place(vocabulary, chance), chance.choice(KINDS)
    name = body_name(vocabulary, kind, place, PartialDate(2024))
    if tries > 40_000:
        name = f"{name} (đợt {tries})"
    words = _sentences(chance, chance.choice(SUBJECTS), vocabulary.provinces[place].name, 2)
    return Page(Listed(Kind.BODY, body_id(name), name, place=place), words)


def _document(vocabulary: Vocabulary, chance: random.Random, _: int) -> Page:
    place, (type_id, code) = _place(vocabulary, chance), chance.choice(TYPES)
    number, year = chance.choice((chance.randint(1, 60), chance.randint(1, 900))), chance.randint(2011, 2025)
    state = chance.random() < 0.3
    symbol = DocumentNumber(f"{number}/{code}-UBND" if state else f"{number:02}-{code}/TU")
    issuer_kind = "uy-ban-nhan-dan-tinh" if state else "ban-thuong-vu-tinh-uy"
    subject = chance.choice(SUBJECTS)
    name = f"{vocabulary.document_types[type_id].name} {symbol}"
    entry = Listed(
        kind=Kind.DOCUMENT,
        id=build_document_id(DocumentKey(type_id, symbol, place, year)),
        name=name,
        title=f"tăng cường {subject}" if chance.random() < 0.5 else None,
        type=type_id,
        place=place,
        issuer=body_id(body_name(vocabulary, issuer_kind, place, PartialDate(year))),
        year=year,
        status="Chưa kiểm tra",
        number=symbol,
        symbol=read_symbol(symbol, vocabulary),
    )
    return Page(entry, _sentences(chance, subject, vocabulary.provinces[place].name, 3))


def _article(vocabulary: Vocabulary, chance: random.Random, tries: int) -> Page:
    place, subject, year = _place(vocabulary, chance), chance.choice(SUBJECTS), chance.randint(2015, 2025)
    name = vocabulary.provinces[place].name
    title = f"{name}: {chance.choice(('chuyện', 'bàn về', 'một năm', 'ghi chép về', 'đổi mới'))} {subject}, bài {tries}"
    number = f"{chance.randint(1, 60):02}-{chance.choice(TYPES)[1]}/TU"
    words = (*_sentences(chance, subject, name, 4), f"Bài có nhắc đến văn bản số {number} của tỉnh.")
    entry = Listed(Kind.ARTICLE, f"{year}-{slug(title)}", title, place=place, year=year, date=str(year))
    return Page(entry, words)


def write_pages(pages: list[Page], site: Path) -> None:
    """Write the made-up pages as HTML into a site."""
    for page in pages:
        folder = site / page.entry.kind / page.entry.id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(page_html(page), encoding="utf-8")


def page_html(page: Page) -> str:
    """Return one page, with what Pagefind needs."""
    lines = "".join(
        f'<p id="d-{slug(text)[:9].replace("-", "a")}{number}" class="doan">{html.escape(text)}</p>'
        for number, text in enumerate(page.paragraphs)
    )
    heading = html.escape(page.entry.name)
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{heading}</title></head><body>'
        f'<article data-pagefind-body><h1 id="dau">{heading}</h1>{lines}</article></body></html>\n'
    )


def write_names(
    entries: list[Listed], vocabulary: Vocabulary, pages: list[Page], site: Path, large: int = LARGE
) -> None:
    """Write the index of names and numbers of real and made-up entries into a site; of more than ``large`` in parts."""
    texts = [text for page in pages for text in (page.entry.name, *page.paragraphs)]
    texts += [text for entry in entries for text in (entry.name, *entry.also, entry.title or "")]
    every = [*entries, *(page.entry for page in pages)]
    for path, data in render_entries(every, searched_kinds(), vocabulary, texts, large).items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
