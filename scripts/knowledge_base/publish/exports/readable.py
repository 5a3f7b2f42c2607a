"""The tables of the open data as people read them in Excel: which columns, under which heads, with names for ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...core.text import slug
from ...meaning.knowledge.entities import EvidenceLevel, KnowledgeBase
from ...meaning.knowledge.status import status_label
from ...sources.vocabulary.evidence import SECOND_READINGS
from .tables import PlainValue, Row

HEADS: Mapping[str, Mapping[str, str]] = {
    "documents": {
        "number": "Số, ký hiệu", "type_name": "Loại văn bản", "title": "Trích yếu", "issuer_name": "Cơ quan ban hành",
        "province": "Địa phương", "date": "Ngày ban hành", "in_force": "Ngày có hiệu lực", "status": "Tình trạng",
        "status_by": "Văn bản làm thay đổi", "status_checked": "Ngày kiểm tra", "state": "Lưu ý trước khi dẫn",
        "evidence": "Mức chứng cứ", "names": "Tên gọi khác", "themes": "Chủ đề", "address": "Trang trong kho",
        "checked": "Đọc lại lần hai", "checked_result": "Kết quả đọc lại",
    },
    "bodies": {
        "name": "Tên cơ quan", "province": "Địa phương", "parent": "Cơ quan cấp trên", "names": "Tên khác",
        "ended": "Ngày kết thúc, thay đổi", "today": "Nay là", "tasks": "Việc chuyển nhiệm vụ",
        "address": "Trang trong kho",
    },
    "themes": {
        "name": "Chủ đề", "definition": "Định nghĩa", "related": "Chủ đề liên quan", "address": "Trang trong kho",
    },
    "provinces": {
        "name": "Tên", "names": "Cách viết khác", "successor": "Nay là", "address": "Trang trong kho",
    },
    "articles": {
        "title": "Tên bài", "outlet_name": "Cơ quan báo chí", "author": "Tác giả", "published": "Ngày đăng",
        "event": "Ngày của sự kiện", "province": "Địa phương", "document": "Văn bản bài đưa tin",
        "document_state": "Lưu ý trước khi dẫn văn bản", "themes": "Chủ đề", "url": "Bài gốc",
        "address": "Trang trong kho", "checked": "Đọc lại lần hai", "checked_result": "Kết quả đọc lại",
    },
    "statements": {
        "text": "Lời của đoạn (tóm lược của kho)", "article": "Bài", "date": "Ngày", "province": "Địa phương",
        "documents": "Văn bản được nêu", "bodies": "Cơ quan được nêu", "themes": "Chủ đề được nêu",
        "about": "Bài nói về văn bản", "about_state": "Lưu ý về văn bản bài nói về", "address": "Đoạn trong kho",
        "introduction": "Lời dẫn vào danh sách",
    },
    "assignments": {
        "lead": "Cơ quan chủ trì", "partners": "Cơ quan phối hợp", "executors": "Cơ quan thực hiện",
        "addressees": "Ai phải làm, theo lời bài", "task": "Việc phải làm", "deadline": "Hạn",
        "giver_name": "Ai nêu yêu cầu", "document": "Theo văn bản", "about": "Bài nói về văn bản",
        "document_state": "Lưu ý trước khi dẫn văn bản", "about_state": "Lưu ý về văn bản bài nói về",
        "article": "Bài", "province": "Địa phương", "address": "Đoạn trong kho",
    },
    "relations": {
        "source": "Văn bản", "relation_name": "Quan hệ", "target": "Với văn bản", "part": "Phần nào",
        "source_state": "Lưu ý về văn bản thứ nhất", "target_state": "Lưu ý về văn bản thứ hai",
        "article": "Theo bài", "evidence": "Nguồn trong hồ sơ", "checked": "Ngày kiểm tra",
    },
    "evidence": {
        "id": "Điều ấy nói về", "host": "Trang đã đọc", "page": "Tên trang", "url": "Liên kết", "read": "Ngày đọc",
        "dated": "Ngày trang tự ghi", "what": "Đọc được gì", "copy_of": "Đăng lại của", "certainty": "Độ chắc chắn",
    },
}  # fmt: skip
"""The columns of each workbook, in order: field of the table and its head. Other fields serve programs alone."""

_NAMED = {
    "province", "parent", "today", "related", "successor", "document", "documents", "bodies", "themes", "lead",
    "partners", "executors", "about", "article", "source", "target", "status_by", "id",
}  # fmt: skip
"""Fields that hold ids; readers see the names."""
_DAYS = {"date", "in_force", "status_checked", "ended", "published", "event", "checked", "read", "dated"}


def readable_rows(kb: KnowledgeBase, table: str, rows: Sequence[Row]) -> Iterator[list[str]]:
    """Yield the cells of each row of a table, as the heads of ``HEADS`` have them."""
    names = {identity: str(entity.name) for entities in (kb.articles, kb.themes, kb.bodies, kb.documents, kb.provinces)
             for identity, entity in entities.items()}  # fmt: skip
    levels = {slug(level.value): level.value for level in EvidenceLevel}
    for row in rows:
        filed = {"status": status_label(kb.documents[str(row["id"])], kb)} if "status" in row else {}
        yield [filed.get(field) or _words(field, row[field], names, levels) for field in HEADS[table]]


def _words(field: str, value: PlainValue, names: Mapping[str, str], levels: Mapping[str, str]) -> str:
    texts = [str(item) for item in value] if isinstance(value, list) else [str(value)] if value else []
    if field in _NAMED:
        texts = [names.get(text, text) for text in texts]
    if field == "evidence":
        texts = [levels.get(text, text) for text in texts]
    if field == "checked_result":
        texts = [SECOND_READINGS[text] for text in texts]
    if field in _DAYS:
        texts = ["-".join(reversed(text.split("-"))) for text in texts]
    return "; ".join(texts)
