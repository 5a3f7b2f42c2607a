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
class Field:
    """A field of a table. ``type``: ``text``, ``date`` (ISO 8601, as exact as known), ``list`` of texts,
    ``flag``, or ``rows`` (objects inside the object; not in CSV). ``required``: never null."""

    name: str
    type: str
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the exports: a list in kho.json and a CSV file of its name."""

    name: str
    title: str
    fields: tuple[Field, ...]


_RIGHTS = Field(
    "rights",
    "text",
    "tom-luoc (lời của kho, CC BY 4.0); van-ban-hanh-chinh, tin-thoi-su, duoc-phep: lời của nguồn, "
    "không thuộc giấy phép này",
    required=True,
)


_NOT_OURS = "trống nếu rights không phải tom-luoc"


def _key(meaning: str) -> Field:
    return Field("id", "text", meaning, required=True)


_ADDRESS = Field("address", "text", "địa chỉ trang trong kho, tính từ trang đầu", required=True)
_PROVINCE = Field("province", "text", "mã tỉnh, thành phố (bảng provinces); trống là Trung ương hoặc nhiều nơi")

TABLES = (
    Table(
        "documents",
        "Văn bản",
        (
            _key("mã văn bản, không đổi khi đã công bố"),
            Field("number", "text", "số, ký hiệu: 34-CT/TU; trống khi nguồn không nêu"),
            Field("type", "text", "mã loại văn bản: chi-thi"),
            Field("type_name", "text", "tên loại văn bản", required=True),
            Field("name", "text", "tên gọi trong kho", required=True),
            Field("title", "text", "trích yếu"),
            Field("issuer", "text", "mã cơ quan ban hành (bảng bodies)"),
            Field("issuer_name", "text", "tên cơ quan ban hành"),
            _PROVINCE,
            Field("date", "date", "ngày ban hành, đầy đủ như kho biết"),
            Field("date_source", "text", "nguồn của ngày ban hành"),
            Field("date_certainty", "text", "A: hai nguồn hoặc văn bản gốc; B: một nguồn; C: chưa kiểm tra"),
            Field("in_force", "date", "ngày có hiệu lực"),
            Field("status", "text", "tình trạng: con-hieu-luc, het-hieu-luc, het-hieu-luc-mot-phan, "
                  "duoc-sua-doi-bo-sung, duoc-thay-the, chua-co-hieu-luc, chua-kiem-tra", required=True),
            Field("status_by", "text", "mã văn bản làm thay đổi tình trạng"),
            Field("status_checked", "date", "ngày kiểm tra tình trạng"),
            Field("status_source", "text", "nguồn của tình trạng"),
            Field("evidence", "text", "mức chứng cứ: toan-van, bao-tuong-thuat, chi-duoc-nhac-ten, "
                  "chi-co-trong-ho-so-van-ban", required=True),
            Field("names", "list", "các tên gọi khác"),
            Field("themes", "list", "mã chủ đề (bảng themes)"),
            Field("announced_by", "list", "mã bài viết về văn bản (bảng articles)"),
            Field("cited_by", "list", "mã bài có nhắc đến"),
            _ADDRESS,
        ),
    ),
    Table(
        "bodies",
        "Cơ quan",
        (
            _key("mã cơ quan"),
            Field("name", "text", "tên đầy đủ", required=True),
            Field("kind", "text", "loại cơ quan", required=True),
            Field("side", "text", "dang, nha-nuoc hoặc mat-tran", required=True),
            _PROVINCE,
            Field("parent", "text", "mã cơ quan cấp trên"),
            Field("names", "list", "tên khác"),
            Field("ended", "date", "ngày kết thúc hoặc thay đổi"),
            Field("reason", "text", "hop-nhat, tach, doi-ten, thay-the, ket-thuc"),
            Field("tasks", "text", "nhiệm vụ được chuyển thế nào"),
            Field("successors", "rows", "cơ quan kế tục: body, reason, date, document, source"),
            Field("today", "list", "mã cơ quan trả lời thay ngày nay"),
            _ADDRESS,
        ),
    ),
    Table(
        "themes",
        "Chủ đề",
        (
            _key("mã chủ đề"),
            Field("name", "text", "tên", required=True),
            Field("definition", "text", "định nghĩa", required=True),
            Field("related", "list", "mã chủ đề liên quan"),
            _ADDRESS,
        ),
    ),
    Table(
        "provinces",
        "Tỉnh, thành phố (tên hiện nay và tên cũ)",
        (
            _key("mã tỉnh, thành phố"),
            Field("name", "text", "tên", required=True),
            Field("names", "list", "cách viết khác"),
            Field("successor", "text", "mã tỉnh, thành phố hiện nay, nếu tên này không còn"),
            Field("periods", "rows", "các thời kỳ: kind, since, until, made_of, reason, document, source"),
            _ADDRESS,
        ),
    ),
    Table(
        "articles",
        "Bài nguồn",
        (
            _key("mã bài"),
            Field("title", "text", "tên bài"),
            Field("outlet", "text", "mã cơ quan báo chí"),
            Field("outlet_name", "text", "tên cơ quan báo chí"),
            Field("author", "text", "tác giả"),
            Field("published", "date", "ngày đăng"),
            Field("event", "date", "ngày của sự kiện bài nói đến"),
            _PROVINCE,
            Field("url", "text", "liên kết bài gốc"),
            Field("evidence", "text", "toan-van hoặc bao-tuong-thuat", required=True),
            Field("digest", "flag", "đoạn văn trong kho là tóm lược, không phải nguyên văn", required=True),
            _RIGHTS,
            Field("document", "text", "mã văn bản bài đưa tin (bảng documents)"),
            Field("themes", "list", "mã chủ đề bài nói đến, mạnh trước"),
            _ADDRESS,
        ),
    ),
    Table(
        "statements",
        "Các đoạn nêu văn bản, cơ quan, chủ đề",
        (
            _key("mã bài và neo của đoạn"),
            Field("article", "text", "mã bài", required=True),
            Field("anchor", "text", "neo của đoạn trong trang bài", required=True),
            Field("text", "text", f"lời của đoạn; {_NOT_OURS}", required=True),
            _RIGHTS,
            Field("date", "date", "ngày đăng, nếu không có thì ngày sự kiện"),
            _PROVINCE,
            Field("documents", "list", "mã văn bản được nêu"),
            Field("bodies", "list", "mã cơ quan được nêu"),
            Field("themes", "list", "mã chủ đề được nêu"),
            _ADDRESS,
        ),
    ),
    Table(
        "assignments",
        "Nhiệm vụ, yêu cầu",
        (
            _key("mã bài, neo của đoạn và số thứ tự"),
            Field("kind", "text", "giao (giao cho cơ quan) hoặc yeu-cau (yêu cầu chung)", required=True),
            Field("giver", "text", "mã cơ quan hoặc văn bản nêu yêu cầu"),
            Field("giver_words", "text", f"ai nêu yêu cầu, theo lời bài; {_NOT_OURS}"),
            Field("lead", "list", "mã cơ quan chủ trì"),
            Field("partners", "list", "mã cơ quan phối hợp"),
            Field("executors", "list", "mã cơ quan thực hiện dưới sự chỉ đạo của cơ quan chủ trì"),
            Field("addressees", "text", f"ai phải làm, theo lời bài; {_NOT_OURS}"),
            Field("task", "text", f"việc phải làm; {_NOT_OURS}", required=True),
            Field("deadline", "text", f"hạn, theo lời bài; {_NOT_OURS}"),
            Field("document", "text", "mã văn bản giao việc"),
            Field("article", "text", "mã bài", required=True),
            Field("anchor", "text", "neo của đoạn trong trang bài"),
            _PROVINCE,
            _ADDRESS,
            _RIGHTS,
        ),
    ),
    Table(
        "relations",
        "Quan hệ giữa các văn bản",
        (
            Field("relation", "text", "mã quan hệ: thay-the, can-cu, huong-dan…", required=True),
            Field("relation_name", "text", "tên quan hệ", required=True),
            Field("source", "text", "mã văn bản đứng trước quan hệ", required=True),
            Field("target", "text", "mã văn bản đứng sau quan hệ", required=True),
            Field("article", "text", "mã bài nói ra quan hệ này"),
            Field("anchor", "text", "neo của đoạn trong trang bài"),
            Field("evidence", "text", "nguồn, khi quan hệ ghi trong hồ sơ văn bản"),
            Field("certainty", "text", "A, B hoặc C như ở trên"),
            Field("checked", "date", "ngày kiểm tra"),
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


def _row_schema(table: Table) -> dict[str, object]:
    return {
        "type": "object",
        "required": [field.name for field in table.fields],
        "properties": {field.name: _field_schema(field) for field in table.fields},
        "additionalProperties": False,
    }


def _field_schema(field: Field) -> dict[str, object]:
    schema = {"description": field.meaning, **_TYPES[field.type]}
    if not field.required and field.type in {"text", "date"}:
        schema["type"] = ["string", "null"]
    return schema
