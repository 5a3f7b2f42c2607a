"""The report that stands beside a draft: what to answer, what was found, what was taken out. For one person's eyes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import starmap

from ..core.escaping import code, literal
from ..core.models import OUR_DIGEST, Article
from .findings import Findings, document_name
from .questions import Question

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
