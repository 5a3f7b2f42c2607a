"""Find statuses of documents that say nothing a reader can rely on."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Problem, Severity
from ..knowledge.entities import KnowledgeBase
from ..knowledge.status import Force, is_dated, read_force


def check_statuses(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield an error for "còn hiệu lực" without the day of the check, a warning for words that are no status."""
    for record in kb.vocabulary.records.values():
        if record.status is None:
            continue
        path, line = kb.vocabulary.origin("records", record.id)
        force = read_force(record.status.value)
        if force is Force.IN_FORCE and not is_dated(record.status):
            message = f"{record.id}: ghi «{record.status.value}» mà không có ngày kiểm tra"
            yield Problem(path, line, message, "Thêm checked: năm-tháng-ngày vào evidence của status, hoặc bỏ status")
        if force is None:
            known = ", ".join(f"«{f.value}»" for f in Force)
            said = f"{record.id}: status «{record.status.value}»"
            message = f"{said} không phải tình trạng hiệu lực, trang sẽ ghi là chưa kiểm tra"
            yield Problem(
                path, line, message, f"Bắt đầu bằng một trong: {known}; điều khác ghi ở note", Severity.WARNING
            )
