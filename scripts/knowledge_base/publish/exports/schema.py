"""What the exported data holds: every table with its fields, their types and meaning. The one place that says it."""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA_VERSION = "1.2"
"""Raised in its first part when a field goes or changes its meaning, in its second when one is added."""


LICENCE = "CC BY 4.0"
LICENCE_SCOPE = (
    "Giấy phép CC BY 4.0 dành cho dữ liệu và cho lời của kho (dòng có rights là tom-luoc). Dòng có rights khác là theo "
    "lời của nguồn: lời ấy không thuộc giấy phép này và được để trống; chỉ còn mã, ngày, liên kết."
)


@dataclass(frozen=True, slots=True)
class ExportField:
    """A field of a table. ``type``: ``text``, ``date`` (ISO 8601, as exact as known), ``list`` of texts,
    ``flag``, or ``rows`` (objects inside the object; not in CSV). ``required``: never null."""

    name: str
    type: str
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table of the exports: a list in kho.json and a CSV file of its name."""

    name: str
    title: str
    fields: tuple[ExportField, ...]


_RIGHTS = ExportField(
    "rights",
    "text",
    "tom-luoc (lời của kho, CC BY 4.0); van-ban-hanh-chinh, tin-thoi-su, duoc-phep: lời của nguồn, "
    "không thuộc giấy phép này",
    required=True,
)


_NOT_OURS = "trống nếu rights không phải tom-luoc"


def _key(meaning: str) -> ExportField:
    return ExportField("id", "text", meaning, required=True)


_ADDRESS = ExportField("address", "text", "địa chỉ trang trong kho, tính từ trang đầu", required=True)
_PROVINCE = ExportField("province", "text", "mã tỉnh, thành phố (bảng provinces); trống là Trung ương hoặc nhiều nơi")

TABLES = (
    ExportTable(
        "documents",
        "Văn bản",
        (
            _key("mã văn bản, không đổi khi đã công bố"),
            ExportField("number", "text", "số, ký hiệu: 34-CT/TU; trống khi nguồn không nêu"),
            ExportField("type", "text", "mã loại văn bản: chi-thi"),
            ExportField("type_name", "text", "tên loại văn bản", required=True),
            ExportField("name", "text", "tên gọi trong kho", required=True),
            ExportField("title", "text", "trích yếu"),
            ExportField("issuer", "text", "mã cơ quan ban hành (bảng bodies)"),
            ExportField("issuer_name", "text", "tên cơ quan ban hành"),
            _PROVINCE,
            ExportField("date", "date", "ngày ban hành, đầy đủ như kho biết"),
            ExportField("date_source", "text", "nguồn của ngày ban hành"),
            ExportField("date_certainty", "text", "A: hai nguồn hoặc văn bản gốc; B: một nguồn; C: chưa kiểm tra"),
            ExportField("in_force", "date", "ngày có hiệu lực"),
            ExportField("status", "text", "tình trạng: con-hieu-luc, het-hieu-luc, het-hieu-luc-mot-phan, "
                  "duoc-sua-doi-bo-sung, duoc-thay-the, chua-co-hieu-luc, chua-kiem-tra", required=True),
            ExportField("status_by", "text", "mã văn bản làm thay đổi tình trạng"),
            ExportField("status_checked", "date", "ngày kiểm tra tình trạng"),
            ExportField("status_source", "text", "nguồn của tình trạng"),
            ExportField("evidence", "text", "mức chứng cứ: toan-van, bao-tuong-thuat, chi-duoc-nhac-ten, "
                  "chi-co-trong-ho-so-van-ban", required=True),
            ExportField("names", "list", "các tên gọi khác"),
            ExportField("themes", "list", "mã chủ đề (bảng themes)"),
            ExportField("announced_by", "list", "mã bài viết về văn bản (bảng articles)"),
            ExportField("cited_by", "list", "mã bài có nhắc đến"),
            _ADDRESS,
        ),
    ),
    ExportTable(
        "bodies",
        "Cơ quan",
        (
            _key("mã cơ quan"),
            ExportField("name", "text", "tên đầy đủ", required=True),
            ExportField("kind", "text", "loại cơ quan", required=True),
            ExportField("side", "text", "dang, nha-nuoc hoặc mat-tran", required=True),
            _PROVINCE,
            ExportField("parent", "text", "mã cơ quan cấp trên"),
            ExportField("names", "list", "tên khác"),
            ExportField("ended", "date", "ngày kết thúc hoặc thay đổi"),
            ExportField("reason", "text", "hop-nhat, tach, doi-ten, thay-the, ket-thuc"),
            ExportField("tasks", "text", "nhiệm vụ được chuyển thế nào"),
            ExportField("successors", "rows", "cơ quan kế tục: body, reason, date, document, source"),
            ExportField("today", "list", "mã cơ quan trả lời thay ngày nay"),
            _ADDRESS,
        ),
    ),
    ExportTable(
        "themes",
        "Chủ đề",
        (
            _key("mã chủ đề"),
            ExportField("name", "text", "tên", required=True),
            ExportField("definition", "text", "định nghĩa", required=True),
            ExportField("related", "list", "mã chủ đề liên quan"),
            _ADDRESS,
        ),
    ),
    ExportTable(
        "provinces",
        "Tỉnh, thành phố (tên hiện nay và tên cũ)",
        (
            _key("mã tỉnh, thành phố"),
            ExportField("name", "text", "tên", required=True),
            ExportField("names", "list", "cách viết khác"),
            ExportField("successor", "text", "mã tỉnh, thành phố hiện nay, nếu tên này không còn"),
            ExportField("periods", "rows", "các thời kỳ: kind, since, until, made_of, reason, document, source"),
            _ADDRESS,
        ),
    ),
    ExportTable(
        "articles",
        "Bài nguồn",
        (
            _key("mã bài"),
            ExportField("title", "text", "tên bài"),
            ExportField("outlet", "text", "mã cơ quan báo chí"),
            ExportField("outlet_name", "text", "tên cơ quan báo chí"),
            ExportField("author", "text", "tác giả"),
            ExportField("published", "date", "ngày đăng"),
            ExportField("event", "date", "ngày của sự kiện bài nói đến"),
            _PROVINCE,
            ExportField("url", "text", "liên kết bài gốc"),
            ExportField("evidence", "text", "toan-van hoặc bao-tuong-thuat", required=True),
            ExportField("digest", "flag", "đoạn văn trong kho là tóm lược, không phải nguyên văn", required=True),
            _RIGHTS,
            ExportField("document", "text", "mã văn bản bài đưa tin (bảng documents)"),
            ExportField("themes", "list", "mã chủ đề bài nói đến, mạnh trước"),
            _ADDRESS,
        ),
    ),
    ExportTable(
        "statements",
        "Các đoạn nêu văn bản, cơ quan, chủ đề",
        (
            _key("mã bài và neo của đoạn"),
            ExportField("article", "text", "mã bài", required=True),
            ExportField("anchor", "text", "neo của đoạn trong trang bài", required=True),
            ExportField("text", "text", f"lời của đoạn; {_NOT_OURS}", required=True),
            _RIGHTS,
            ExportField("date", "date", "ngày đăng, nếu không có thì ngày sự kiện"),
            _PROVINCE,
            ExportField("documents", "list", "mã văn bản được nêu"),
            ExportField("bodies", "list", "mã cơ quan được nêu"),
            ExportField("themes", "list", "mã chủ đề được nêu"),
            _ADDRESS,
        ),
    ),
    ExportTable(
        "assignments",
        "Nhiệm vụ, yêu cầu",
        (
            _key("mã bài, neo của đoạn và số thứ tự"),
            ExportField("kind", "text", "giao (giao cho cơ quan) hoặc yeu-cau (yêu cầu chung)", required=True),
            ExportField("giver", "text", "mã cơ quan hoặc văn bản nêu yêu cầu"),
            ExportField("giver_words", "text", f"ai nêu yêu cầu, theo lời bài; {_NOT_OURS}"),
            ExportField("lead", "list", "mã cơ quan chủ trì"),
            ExportField("partners", "list", "mã cơ quan phối hợp"),
            ExportField("executors", "list", "mã cơ quan thực hiện dưới sự chỉ đạo của cơ quan chủ trì"),
            ExportField("addressees", "text", f"ai phải làm, theo lời bài; {_NOT_OURS}"),
            ExportField("task", "text", f"việc phải làm; {_NOT_OURS}", required=True),
            ExportField("deadline", "text", f"hạn, theo lời bài; {_NOT_OURS}"),
            ExportField("document", "text", "mã văn bản giao việc"),
            ExportField("article", "text", "mã bài", required=True),
            ExportField("anchor", "text", "neo của đoạn trong trang bài"),
            _PROVINCE,
            _ADDRESS,
            _RIGHTS,
        ),
    ),
    ExportTable(
        "relations",
        "Quan hệ giữa các văn bản",
        (
            ExportField("relation", "text", "mã quan hệ: thay-the, can-cu, huong-dan…", required=True),
            ExportField("relation_name", "text", "tên quan hệ", required=True),
            ExportField("source", "text", "mã văn bản đứng trước quan hệ", required=True),
            ExportField("target", "text", "mã văn bản đứng sau quan hệ", required=True),
            ExportField("article", "text", "mã bài nói ra quan hệ này"),
            ExportField("anchor", "text", "neo của đoạn trong trang bài"),
            ExportField("evidence", "text", "nguồn, khi quan hệ ghi trong hồ sơ văn bản"),
            ExportField("certainty", "text", "A, B hoặc C như ở trên"),
            ExportField("checked", "date", "ngày kiểm tra"),
        ),
    ),
)  # fmt: skip

_TYPES: dict[str, dict[str, object]] = {
    "text": {"type": "string"},
    "date": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    "list": {"type": "array", "items": {"type": "string"}},
    "flag": {"type": "boolean"},
    "rows": {"type": "array", "items": {"type": "object"}},
}


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of kho.json."""
    tables = {table.name: {"title": table.title, "type": "array", "items": _row_schema(table)} for table in TABLES}
    licence = {"type": "string", "description": "giấy phép của dữ liệu và của lời có rights là tom-luoc"}
    scope = {"type": "string", "description": "giấy phép ấy gồm những gì và không gồm gì"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kho văn bản chỉ đạo địa phương",
        "type": "object",
        "required": ["schema", "license", "license_scope", *tables],
        "properties": {"schema": {"const": SCHEMA_VERSION}, "license": licence, "license_scope": scope, **tables},
        "additionalProperties": False,
    }


def _row_schema(table: ExportTable) -> dict[str, object]:
    return {
        "type": "object",
        "required": [field.name for field in table.fields],
        "properties": {field.name: _field_schema(field) for field in table.fields},
        "additionalProperties": False,
    }


def _field_schema(field: ExportField) -> dict[str, object]:
    schema = {"description": field.meaning, **_TYPES[field.type]}
    if not field.required and field.type in {"text", "date"}:
        schema["type"] = ["string", "null"]
    return schema
