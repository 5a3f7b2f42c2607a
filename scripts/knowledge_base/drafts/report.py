"""The report that stands beside a draft: what to answer, what was found, what was taken out. For one person's eyes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..core.escaping import code, literal
from ..core.models import OUR_DIGEST, Article
from ..sources.vocabulary import Vocabulary
from .cleaned import Removed
from .findings import Finding, Findings, document_name
from .questions import Question

_SHORTEST = 4
"""Words no longer than that say nothing beside the name they stand for ("bộ", "tỉnh")."""
_MOST = 40
"""Lines of a page shown: enough for one screen. Chosen by hand; a page may hold hundreds."""
_LONGEST_ADDRESS = 2000
"""Longer than any browser's address line takes."""


def render_report(
    known: Article, questions: Sequence[Question], findings: Findings, removed: Sequence[Removed], path: str, *,
    left_out: Sequence[str] = (), marked: bool,
) -> str:  # fmt: skip
    """Return the report as Markdown; it may also stand in the text of a pull request."""
    sections = [
        _opening(known, path, marked),
        _questions(questions),
        _facts(known, findings),
        _section("Văn bản nhắc đến", [*map(_found, findings.documents()), *map(_unknown, findings.unknown())]),
        _section("Cơ quan nhắc đến", map(_found, findings.bodies())),
        _section("Chủ đề", map(literal, findings.themes())),
        _section("Quan hệ giữa các văn bản", map(literal, findings.relations())),
        _section("Việc được giao, được yêu cầu", map(literal, findings.tasks())),
        _removed(removed),
        _left_out(left_out),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _opening(known: Article, path: str, marked: bool) -> str:
    lines = [f"# Cần xem: {literal(known.title or 'bài chưa có tên')}", f"Bài: {code(path)}"]
    if marked:
        digest = known.rights == OUR_DIGEST
        own = "viết lại phần chữ của nguồn bằng lời của mình" if digest else "xem lại phần nguyên văn"
        lines.append(f"Bài còn là bản nháp, chưa lên trang: trả lời các câu hỏi dưới đây ngay trong bài, {own}, "
                     "rồi xóa dòng [BẢN NHÁP…] và dòng “draft: có”.")  # fmt: skip
    return "\n\n".join(lines)


def _questions(questions: Sequence[Question]) -> str:
    if not questions:
        return "## Cần trả lời\n\nKhông có câu hỏi nào."
    ticks = (f"- [ ] {'**Bắt buộc.** ' if q.must else ''}{literal(q.ask)} {literal(q.do)}." for q in questions)
    return f"## Cần trả lời ({len(questions)})\n\n" + "\n".join(ticks)


def _facts(known: Article, findings: Findings) -> str:
    vocabulary = findings.vocabulary
    announced = findings.announced
    date = known.published or known.event
    rows = (
        ("Tên bài", known.title),
        ("Báo, trang", vocabulary.outlets[known.outlet].name if known.outlet in vocabulary.outlets else known.outlet),
        ("Tác giả", known.author),
        ("Ngày đăng" if known.published or not date else "Ngày của sự việc", date.vietnamese if date else None),
        ("Địa phương", _province(known, vocabulary)),
        ("Văn bản mà bài thông báo", document_name(announced, findings.kb) if announced else "không có hoặc chưa rõ"),
    )
    *lines, last = (f"- {name}: {literal(value or 'chưa rõ')}" for name, value in rows)
    address = f"- Địa chỉ: {code(known.url, _LONGEST_ADDRESS) if known.url else 'chưa rõ'}"
    return "## Phần đầu bài\n\n" + "\n".join([*lines, address, last])


def _province(known: Article, vocabulary: Vocabulary) -> str | None:
    if known.national:
        return "cả nước"
    return vocabulary.provinces[known.province].name if known.province in vocabulary.provinces else None


def _found(found: Finding) -> str:
    state = "đã có trong kho" if found.known else "mới"
    words = ", ".join(f"“{literal(w)}”" for w in found.words if len(w) > _SHORTEST)
    return f"{literal(found.name)} ({state})" + (f": {words}" if words else "")


def _unknown(words: str) -> str:
    return f"“{literal(words)}” (chưa có trong kho)"


def _section(title: str, rows: Iterable[str]) -> str:
    lines = [f"- {row}" for row in rows]
    return f"## {title} ({len(lines)})\n\n" + "\n".join(lines) if lines else ""


def _removed(removed: Sequence[Removed]) -> str:
    rows = [f"{line.what}: “{literal(line.text)}”" for line in removed]
    return _dropped("Đã bỏ khỏi bài", "dòng", "Dòng nào thật ra thuộc bài thì chép trả lại vào bản nháp.", rows)


def _left_out(left_out: Sequence[str]) -> str:
    rows = [f"“{literal(words)}”" for words in left_out[:_MOST]]
    rows += [f"… và {len(left_out) - _MOST} đoạn nữa"] if len(left_out) > _MOST else []
    advice = "Tin khác, bình luận, chân trang… Đoạn nào thật ra thuộc bài thì mở trang gốc, chép vào bản nháp."
    return _dropped("Không lấy từ trang web", "đoạn", advice, rows, len(left_out))


def _dropped(title: str, what: str, advice: str, rows: Sequence[str], count: int | None = None) -> str:
    """Return a section on what is not in the draft; ``count`` when there is more than the rows show."""
    if not rows:
        return ""
    return f"## {title} ({count or len(rows)} {what})\n\n{advice}\n\n" + "\n".join(f"- {row}" for row in rows)
