"""Make files of every kind out of one article: as newspapers print it, as Word writes it, as old fonts encode it.

The article is fictitious and its words are our own; tests on real articles use the same makers.
"""

from __future__ import annotations

import html
import io
import json
import quopri
import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.importing.encodings import TABLE


@dataclass(frozen=True)
class Made:
    """An article to be written in many forms."""

    title: str
    paragraphs: tuple[str, ...]
    published: str
    author: str | None
    site: str
    url: str

    @property
    def day(self) -> str:
        """Its date as newspapers write it."""
        year, month, day = self.published.split("-")
        return f"{day}/{month}/{year}"


_WORDS = """
(Baonghean.vn) - Chiều 5/9, Ban Thường vụ Tỉnh ủy Nghệ An đã ký ban hành Chỉ thị số 34-CT/TU về giữ gìn đường làng, ngõ
xóm ở các xã vùng cao, trong đó yêu cầu người đứng đầu nêu gương làm trước.

Nội dung chính như sau:

Các chi bộ họp bàn trong tháng 9/2023 và phân công từng đảng viên phụ trách một đoạn đường, bắt đầu từ những đoạn hay
ngập nước vào mùa mưa; việc này phải xong trước khi năm học mới bước sang tuần thứ ba.

Ủy ban nhân dân tỉnh rà soát mức hỗ trợ theo Nghị định số 73/2023/NĐ-CP ngày 29/9/2023 của Chính phủ, báo cáo kết quả
trước ngày 15/12/2023 để Ban Thường vụ Tỉnh ủy xem xét, quyết định cho năm sau.

Ban Tổ chức Tỉnh ủy theo dõi việc thực hiện, đưa vào nhận xét cuối năm của từng tập thể, cá nhân; nơi nào làm qua loa
thì phải làm lại và báo cáo bằng văn bản với Thường trực Tỉnh ủy.

Chỉ thị này thay cho Thông báo số 920-TB/TU và được phổ biến đến từng chi bộ, thôn, bản trong tỉnh.
"""
FIXTURE = Made(
    "Tỉnh ủy Nghệ An ban hành chỉ thị về giữ gìn đường làng, ngõ xóm",
    tuple(" ".join(block.split()) for block in _WORDS.split("\n\n")),
    "2023-09-07",
    "Lê Văn Mẫu",
    "Báo Nghệ An",
    "https://baonghean.vn/thoi-su/giu-gin-duong-lang-123.html",
)
_OTHER = (
    "Hội thi kéo co giữa các xã vùng cao",
    "Mở lớp dạy nghề đan lát cho thanh niên",
    "Khai giảng năm học mới ở bản xa nhất tỉnh",
    "Chợ phiên cuối tuần đông khách trở lại",
)
_SUMMARY = "Từ sáng sớm, bà con các bản đã đổ về sân vận động để xem hội thi, tiếng hò reo vang khắp một vùng núi."
_COMMENT = "Bài viết rất đúng với quê tôi, mong chính quyền sớm làm con đường vào bản để trẻ em đi học đỡ vất vả hơn."


def as_text(made: Made) -> str:
    """The article as somebody copies it from a page, with what stands around it."""
    head = [made.title, "0:00 / 0:00", "• Nam miền Bắc", f"Thứ Năm, {made.day} (GMT+7)", *made.paragraphs]
    return "\n\n".join([*head, *([made.author] if made.author else []), "Tin mới", *_OTHER]) + "\n"


# -- web pages -------------------------------------------------------------------------------------


def _headlines(tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/tin-{n}.html">{words}</a></{tag}>' for n, words in enumerate(_OTHER))


def _body(made: Made, middle: str, separator: str = "</p>\n<p>") -> str:
    words = [html.escape(paragraph) for paragraph in made.paragraphs]
    half = len(words) // 2
    first, second = separator.join(words[:half]), separator.join(words[half:])
    return f"<p>{first}</p>{middle}<p>{second}</p>"


def as_news_page(made: Made) -> bytes:
    """A page of a newspaper of today: linked data, a player, other news inside the text, comments."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": made.title,
        "datePublished": f"{made.published}T16:38:00+07:00",
        "dateModified": "2026-02-03T08:00:00+07:00",
        "author": {"@type": "Person", "name": made.author or made.site},
    }
    middle = (
        '<figure><img src="a.jpg"><figcaption>Một đoạn đường ở bản. Ảnh: M.M</figcaption></figure>'
        f'<div class="article-relate"><p>Tin liên quan</p><ul>{_headlines()}</ul></div>'
        '<div class="banner"><a href="/qc">Quảng cáo</a></div>'
    )
    cards = "".join(
        f'<div class="story"><h2><a href="/s{n}">{words}</a></h2><div class="summary">{_SUMMARY}</div></div>'
        for n, words in enumerate(_OTHER)
    )
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>{html.escape(made.title)} | {made.site}</title>
<meta property="og:title" content="{html.escape(made.title)} - {made.site}"><meta name="author" content="{made.site}">
<link rel="canonical" href="{made.url}">
<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script></head><body>
<header><div class="time">Thứ Bảy, 22/11/2025 10:21</div><nav><ul>{_headlines()}</ul></nav></header>
<article><h1 class="article__title">{html.escape(made.title)}</h1>
<div class="article__meta"><span class="author">{made.author or ""}</span> <time>{made.day} 16:38</time></div>
<div class="article__audio"><span>Nghe bài viết</span><ul><li>Giọng nam miền Bắc</li></ul><span>1x</span></div>
<div class="article__body">{_body(made, middle)}</div>
<div class="article__tag">Từ khóa: <a href="/t">đường làng</a></div>
<div class="comments"><h3>Bình luận</h3><div><b>Bạn đọc</b><p>{_COMMENT}</p><p>{_COMMENT} Xin cảm ơn.</p></div></div>
</article><div class="box"><h3>Tin mới</h3>{cards}</div>
<footer><p>Cơ quan chủ quản: Tỉnh ủy. Giấy phép số 1/GP-BTTTT. Tổng Biên tập: Trần Văn Mẫu</p></footer></body></html>
""".encode()


def as_archive(made: Made) -> bytes:
    """The page of today as a browser saves it in one file."""
    page = quopri.encodestring(as_news_page(made)).replace(b"\n", b"\r\n")
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: {url}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----x"\r\n\r\n------x\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: {url}\r\n\r\n"
    )
    return head.format(url=made.url).encode() + page + b"\r\n------x--\r\n"


def as_source(made: Made) -> bytes:
    """The page of today as a browser saves the view of its source."""
    lines = as_news_page(made).decode().split("\n")
    rows = "".join(
        f'<tr><td class="line-number"></td><td class="line-content">{html.escape(line)}</td></tr>' for line in lines
    )
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'.encode()


def as_old_portal(made: Made) -> bytes:
    """A page of a portal of twenty years ago: tables for layout, line breaks for paragraphs, no h1."""
    words = "<br><br>\n".join(html.escape(paragraph) for paragraph in made.paragraphs[1:])
    news = "".join(f"<TR><TD>• <A href=n{n}>{other}</A> (0{n + 1}/8/2023)</TD></TR>" for n, other in enumerate(_OTHER))
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=utf-8">
<TITLE>{made.site} - {html.escape(made.title)}</TITLE></HEAD><BODY><FORM id=aspnetForm><TABLE width=980>
<TR><TD colspan=2><A href="/">Trang chủ</A> | <A href="/gt">Giới thiệu</A></TD></TR>
<TR><TD colspan=2>Thứ bảy, ngày 22 tháng 11 năm 2025</TD></TR>
<TR><TD width=180><TABLE><TR><TD><A href=1>Văn bản mới</A></TD></TR><TR><TD>Lượt truy cập: 1.234</TD></TR></TABLE></TD>
<TD><TABLE><TR><TD class=TieuDe>{html.escape(made.title)}</TD></TR>
<TR><TD><SPAN class=Ngay>(Cập nhật: {made.day} 16:38)</SPAN></TD></TR>
<TR><TD class=TomTat><B>{html.escape(made.paragraphs[0])}</B></TD></TR>
<TR><TD class=NoiDung>{words}<BR><BR><DIV align=right><B>{made.author or ""}</B></DIV></TD></TR>
<TR><TD>Các tin đã đưa:</TD></TR>{news}</TABLE></TD></TR>
<TR><TD colspan=2>Chịu trách nhiệm: Văn phòng. Địa chỉ: số 1 đường Mẫu. Ghi rõ nguồn khi sử dụng lại tin.</TD></TR>
</TABLE></FORM></BODY></HTML>""".encode()


# -- Word ------------------------------------------------------------------------------------------


def as_word(made: Made, font: str | None = None) -> bytes:
    """A Word file; in a font such as .VnTime its letters are those of the old encoding."""
    import docx  # noqa: PLC0415  # not needed by tests that make no Word files

    document = docx.Document()
    document.core_properties.author, document.core_properties.title = "Người Đánh Máy", "Văn bản cũ"
    if font:
        document.styles["Normal"].font.name = font
    for paragraph in (made.title, f"Thứ Năm, {made.day} (GMT+7)", *made.paragraphs, made.author or ""):
        words = shown_as_latin(encode_tcvn3(paragraph)) if font else paragraph
        parts = re.split(r"(?<= )", words)
        written = document.add_paragraph()
        for start in range(0, len(parts), 4):
            written.add_run("".join(parts[start : start + 4])).italic = bool(start % 8)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


# -- PDF -------------------------------------------------------------------------------------------


def as_pdf(made: Made) -> bytes:
    """A PDF whose lines are cut wherever they are full, also inside numbers, with a head and a foot on every page."""
    lines: list[tuple[str, float]] = []
    for paragraph in (made.title, f"Thứ Năm, {made.day} (GMT+7)", *made.paragraphs, made.author or ""):
        for number, line in enumerate(_cut(paragraph, 86)):
            lines.append((line, 26.0 if number == 0 else 14.0))
    return make_pdf(_pages(lines))


def _cut(text: str, width: int) -> list[str]:
    """Cut a paragraph as a typesetter does: at spaces, and behind a hyphen or a slash."""
    lines = [""]
    for part in re.findall(r"[^\s/-]*(?:[/-]|\s+|\Z)", text):
        if len(lines[-1]) + len(part.rstrip()) > width:
            lines.append("")
        lines[-1] += part
    return [line.strip() for line in lines if line.strip()]


def _pages(lines: Sequence[tuple[str, float]]) -> list[list[tuple[float, float, str]]]:
    pages: list[list[tuple[float, float, str]]] = []
    y = 0.0
    for line, gap in lines:
        if y - gap < 70:
            pages.append([(72, 810, "Báo Nghệ An - Số 123"), (280, 25, f"Trang {len(pages) + 1}")])
            y = 770.0
        y -= gap
        pages[-1].append((72, y, line))
    return pages


def make_pdf(
    pages: Sequence[Sequence[tuple[float, float, str]]], *, letters: bool = True, locked: bool = False
) -> bytes:
    """Write a PDF by hand: lines (x, y, words) in one font of fixed width. Without ``letters`` the font does not tell
    which letters its glyphs are; ``locked`` asks for a password."""
    used = sorted({char for page in pages for _, _, words in page for char in words})
    codes = {char: number for number, char in enumerate(used, 1)}
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{' '.join(f'{7 + 2 * n} 0 R' for n in range(len(pages)))}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/Mau/Encoding/Identity-H/DescendantFonts[4 0 R]"
        + (b"/ToUnicode 5 0 R>>" if letters else b">>"),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Mau/DW 500/CIDSystemInfo 6 0 R/W[" + _marks(codes) + b"]>>",
        _stream(_to_unicode(codes)),
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
    ]
    for number, page in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (8 + 2 * number)
        )
        shown = (f"BT /F 10 Tf {x} {y} Td <{_hex(words, codes)}> Tj ET" for x, y, words in page)
        objects.append(_stream("\n".join(shown).encode()))
    return _join(objects, locked)


def _marks(codes: dict[str, int]) -> bytes:
    """The widths of marks that stand above the letter before them: none."""
    return b" ".join(b"%d[0]" % code for char, code in codes.items() if unicodedata.combining(char))


def _hex(words: str, codes: dict[str, int]) -> str:
    return "".join(f"{codes[char]:04X}" for char in words)


def _to_unicode(codes: dict[str, int]) -> bytes:
    rows = "\n".join(f"<{code:04X}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(codes)} beginbfchar\n{rows}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


def _join(objects: Sequence[bytes], locked: bool = False) -> bytes:
    """Number the objects and write the table of their places."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    encrypt = (
        b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"41" * 32, b"42" * 32)
        if locked
        else b""
    )
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, encrypt, start)
    return bytes(out)


def make_scan() -> bytes:
    """Write a PDF whose only page is a picture."""
    return _join(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>",
            _stream(b"q 595 0 0 842 0 0 cm /I Do Q"),
            _stream(b"\x80").replace(b"<<", b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"),
        ]
    )


# -- old encodings ---------------------------------------------------------------------------------

_BYTES = {letter: code for code, letter in TABLE.items() if code >= 0xA0}


def encode_tcvn3(text: str) -> bytes:
    """Encode text as the .VnTime fonts do: capitals with accents become small letters, as a second font has them."""
    out = bytearray()
    for char in text:
        plain = char.isascii() or char not in _BYTES or (char.isupper() and char not in "ĂÂĐÊÔƠƯ")
        letter = char.lower() if plain and not char.isascii() else char
        out += bytes([_BYTES[letter]]) if letter in _BYTES else letter.encode("cp1252", "replace")
    return bytes(out)


def shown_as_latin(data: bytes) -> str:
    """Show bytes as programs do that take them for western text."""
    return "".join(bytes([b]).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b) for b in data)
