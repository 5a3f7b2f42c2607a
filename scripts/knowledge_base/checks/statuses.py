"""Find statuses of documents that say nothing a reader can rely on."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Problem, Severity
from ..knowledge.entities import KnowledgeBase
from ..knowledge.status import Force, contradictions, is_dated, is_later, read_force


def check_statuses(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield an error for "còn hiệu lực" without the day of the check, a warning for words that are no status
    and for "còn hiệu lực" of a document that another replaced or repealed."""
    for record in kb.vocabulary.records.values():
        if record.status is None or kb.vocabulary.amiss("records", record.id, "status"):
            continue
        path, line = kb.vocabulary.place("records", record.id, "status", "value")
        force = read_force(record.status.value)
        if force is Force.IN_FORCE and not is_dated(record.status):
            message = f"{record.id}: ghi «{record.status.value}» mà không có ngày kiểm tra"
            yield Problem(path, line, message, "Thêm checked: năm-tháng-ngày vào evidence của status, hoặc bỏ status")
        if force is None:
            known = ", ".join(f"«{f.value}»" for f in Force)
            said = f"{record.id}: status «{record.status.value}»"
            message = f"{said} không phải tình trạng hiệu lực, trang sẽ ghi là chưa kiểm tra"
            hint = f"Ghi đúng một trong: {known}; điều khác ghi sau dấu ; hoặc ở note"
            yield Problem(path, line, message, hint, Severity.WARNING)
        if (document := kb.documents.get(record.id)) is not None:
            for effect in contradictions(document, kb):
                day = f" ({effect.since.vietnamese})" if effect.since else ""
                shown = effect.force if is_later(effect, record.status) else Force.IN_FORCE
                message = (
                    f"{record.id}: ghi «{record.status.value}» nhưng nguồn khác nói {effect.force.value.lower()} "
                    f"bởi {effect.by}{day}, trang sẽ ghi «{shown.value}»"
                )
                yield Problem(path, line, message, "Kiểm tra lại rồi sửa status hoặc quan hệ ấy", Severity.WARNING)
