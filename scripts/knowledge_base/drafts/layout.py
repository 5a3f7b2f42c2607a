"""What is written of a draft: its text, and the report that stands beside it, for one person's eyes.

The text: front matter, open questions as comments, the mark, and the article's paragraphs. The report: what to answer,
what was found, what was taken out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import starmap

from ..core.dates import PartialDate
from ..core.escaping import code, literal
from ..core.models import OUR_DIGEST, Article, ParagraphKind
from ..core.text import one_line
from ..sources.articles.digest import MARK
from ..sources.text_files import blank_characters
from .cleaned import Cleaned
from .findings import Findings, document_name
from .questions import Question

_PLAIN = re.compile(r"[^\W\d_][\w ,.()/“”–-]*\Z")
_WORDS_WITH_MEANING = {"true", "false", "yes", "no", "on", "off", "null", "none", "y", "n"}
_KEYS = ("title", "outlet", "author", "published", "event", "province", "url", "evidence", "rights", "document")
_WORDS = {"title", "author", "url"}
"""Keys whose values may need to be quoted; those of the others are ids and dates."""
_MARKS = {ParagraphKind.ITEM: "- ", ParagraphKind.QUOTE: "> ", ParagraphKind.PARAGRAPH: ""}
_HEADINGS = range(2, 5)


def render_draft(
    known: Article, document: str | None, questions: Sequence[Question], cleaned: Cleaned, *,
    draft: bool, marked: bool,
) -> str:  # fmt: skip
    """Return the whole file: the facts of ``known`` with the id of the ``document`` it announces, and the body.
    ``draft``: it is not finished; ``marked``: the text is the source's own."""
    head = ["---"]
    for key in _KEYS:
        value = document if key == "document" else getattr(known, key)
        if isinstance(value, PartialDate):
            value = value.iso
        if value is not None and not (key == "event" and known.published):
            head.append(f"{key}: {scalar(one_line(value)) if key in _WORDS else value}")
        head += (f"# {key}: {one_line(q.ask)} {one_line(q.do)}." for q in questions if q.key == key)
    head += ["draft: có"] if draft else []
    do = "Viết lại bằng lời của mình" if known.rights == OUR_DIGEST else "Xem lại"
    mark = f"{MARK} {do} rồi xóa dòng này.\n\n" if marked else ""  # short, for it must not pass as the text's lead
    return "\n".join([*head, "---", "", f"{mark}{render_body(cleaned)}"])


def render_body(cleaned: Cleaned) -> str:
    """Return paragraphs as the reader of digests reads them back, with the lines they came in; items of a list
    stand together."""
    body, before = "", None
    for paragraph in cleaned.paragraphs:
        text = blank_characters(cleaned.text[paragraph.start : paragraph.end])
        mark = _MARKS.get(paragraph.kind, f"{'#' * min(max(paragraph.level, _HEADINGS[0]), _HEADINGS[-1])} ")
        if before is not None:
            body += "\n" if before is paragraph.kind is ParagraphKind.ITEM else "\n\n"
        body += mark + "\n".join(" ".join(line.split()) for line in text.split("\n"))
        before = paragraph.kind
    return f"{body}\n" if cleaned.paragraphs else ""


def scalar(words: str) -> str:
    """Return a value as YAML that is read back as exactly these words."""
    if _PLAIN.match(words) and not words.endswith(" ") and words.lower() not in _WORDS_WITH_MEANING:
        return words
    return json.dumps(words, ensure_ascii=False)


# -- the report --------------------------------------------------------------------------------------

_SHORTEST = 4
"""Words no longer than that say nothing beside the name they stand for ("bộ", "tỉnh")."""
_MOST = 40
"""Lines of a page shown: enough for one screen. Chosen by hand; a page may hold hundreds."""
_TAKEN_OUT = "Dòng nào thật ra thuộc bài thì chép trả lại vào bản nháp."
_NOT_TAKEN = "Tin khác, bình luận, chân trang… Đoạn nào thật ra thuộc bài thì mở trang gốc, chép vào bản nháp."
_LONGEST_ADDRESS = 2000
"""Characters: longer ones no browser of old took. Chosen by hand."""


def render_report(
    known: Article, questions: Sequence[Question], findings: Findings, removed: Sequence[tuple[str, str]], path: str, *,
    left_out: Sequence[str] = (), marked: bool,
) -> str:  # fmt: skip
    """Return the report as Markdown; it may also stand in the text of a pull request."""
    ticks = [f"[ ] {'**Bắt buộc.** ' if q.must else ''}{literal(q.ask)} {literal(q.do)}." for q in questions]
    unknown = (f"“{literal(words)}” (chưa có trong kho)" for words in findings.unknown())
    taken_out = [f"{what}: “{literal(line)}”" for what, line in removed]
    not_taken = [f"“{literal(words)}”" for words in left_out[:_MOST]]
    not_taken += [f"… và {len(left_out) - _MOST} đoạn nữa"] if len(left_out) > _MOST else []
    digest = known.rights == OUR_DIGEST
    own = "viết lại phần chữ của nguồn bằng lời của mình" if digest else "xem lại phần nguyên văn"
    open_draft = f"Bài còn là bản nháp, chưa lên trang: trả lời các câu hỏi dưới đây ngay trong bài, {own}, "
    sections = [
        f"# Cần xem: {literal(known.title or 'bài chưa có tên')}",
        f"Bài: {code(path)}",
        f"{open_draft}rồi xóa dòng [BẢN NHÁP…] và dòng “draft: có”." if marked else "",
        _section("Cần trả lời", ticks) or "## Cần trả lời\n\nKhông có câu hỏi nào.",
        _facts(known, findings),
        _section("Văn bản nhắc đến", [*starmap(_found, findings.documents()), *unknown]),
        _section("Cơ quan nhắc đến", starmap(_found, findings.bodies())),
        _section("Chủ đề", map(literal, findings.themes())),
        _section("Quan hệ giữa các văn bản", map(literal, findings.relations())),
        _section("Việc được giao, được yêu cầu", map(literal, findings.tasks())),
        _section("Đã bỏ khỏi bài", taken_out, f"{len(removed)} dòng", _TAKEN_OUT),
        _section("Không lấy từ trang web", not_taken, f"{len(left_out)} đoạn", _NOT_TAKEN),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _facts(known: Article, findings: Findings) -> str:
    vocabulary = findings.kb.vocabulary
    announced = findings.announced
    date = known.published or known.event
    outlet, province = vocabulary.outlets.get(known.outlet or ""), vocabulary.provinces.get(known.province or "")
    rows = (
        ("Tên bài", known.title),
        ("Báo, trang", outlet.name if outlet else known.outlet),
        ("Tác giả", known.author),
        ("Ngày đăng" if known.published or not date else "Ngày của sự việc", date.vietnamese if date else None),
        ("Địa phương", "cả nước" if known.national else province.name if province else None),
        ("Văn bản mà bài thông báo", document_name(announced, findings.kb) if announced else "không có hoặc chưa rõ"),
    )
    *lines, last = (f"- {name}: {literal(value or 'chưa rõ')}" for name, value in rows)
    address = f"- Địa chỉ: {code(known.url, _LONGEST_ADDRESS) if known.url else 'chưa rõ'}"
    return "## Phần đầu bài\n\n" + "\n".join([*lines, address, last])


def _found(name: str, known: bool, words: Iterable[str]) -> str:
    named = ", ".join(f"“{literal(w)}”" for w in words if len(w) > _SHORTEST)
    return f"{literal(name)} ({'đã có trong kho' if known else 'mới'})" + (f": {named}" if named else "")


def _section(title: str, rows: Iterable[str], count: str = "", advice: str = "") -> str:
    """Return a section with its rows and their number, or the ``count`` in words; "" without rows."""
    lines = [f"- {row}" for row in rows]
    head = f"## {title} ({count or len(lines)})\n\n" + (f"{advice}\n\n" if advice else "")
    return head + "\n".join(lines) if lines else ""
