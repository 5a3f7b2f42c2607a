"""The form of every file under ``sources/documents/``: what is known of documents, each fact with its evidence."""

from __future__ import annotations

from .schema_types import Date, Entry, Evidence, Id, key

_EVIDENCE = "Nguồn của điều này"
_EVIDENCE_AKA = "căn cứ, nguồn, bằng chứng"


class Statement(Entry):
    """A fact of a document with its evidence."""

    value: str = key("Giá trị", "Điều đã biết", aka="giá trị, nội dung", min_length=1)
    evidence: Evidence = key("Căn cứ", _EVIDENCE, aka=_EVIDENCE_AKA)


class StatedDate(Entry):
    """A date with its evidence."""

    value: Date = key("Ngày", "Chính xác đến mức đã biết: 2023-09-07, 2023-09 hoặc 2023", aka="ngày, giá trị")
    evidence: Evidence = key("Căn cứ", _EVIDENCE, aka=_EVIDENCE_AKA)


class StatedRelation(Entry):
    """A relation of this document to another, with its evidence."""

    relation: Id = key("Quan hệ", "Mã trong relations.yml, ví dụ thay-the", aka="quan hệ, loại")
    target: Id = key("Văn bản kia", "Mã của văn bản kia trong sources/documents/", aka="văn bản, đích, tới")
    evidence: Evidence = key("Căn cứ", _EVIDENCE, aka=_EVIDENCE_AKA)


class DocumentRecord(Entry):
    """What is known of a document beyond the articles. ``id`` is frozen once published.

    ``names``: what texts call it instead of its number ("Nghị quyết Trung ương 4 khóa XII")."""

    id: Id = key("Mã", "loại-số-nơi-năm, ví dụ chi-thi-34-ct-tu-da-nang-2023; không đổi khi đã công bố", aka="mã")
    type: Id = key("Loại văn bản", "Mã trong document-types.yml, ví dụ chi-thi", aka="loại, loại văn bản")
    number: str | None = key(
        "Số, ký hiệu", "Ví dụ 34-CT/TU; bỏ khóa này nếu văn bản không có số", None, aka="số, số hiệu, ký hiệu"
    )
    issuer: Id | None = key(
        "Cơ quan ban hành",
        "Tên đầy đủ không dấu, có địa phương: ban-thuong-vu-tinh-uy-nghe-an",
        None,
        aka="cơ quan, cơ quan ban hành, ban hành, của",
    )
    issuer_evidence: Evidence | None = key("Căn cứ về cơ quan", _EVIDENCE, None, aka="căn cứ cơ quan")
    province: Id | None = key(
        "Tỉnh, thành phố", "Mã trong provinces.yml; bỏ khóa này nếu là văn bản trung ương", None, aka="tỉnh, địa phương"
    )
    names: tuple[str, ...] = key("Tên khác", "Tên mà bài hay dùng thay cho số", (), aka="tên khác, tên gọi")
    title: Statement | None = key("Trích yếu", "Trích yếu của văn bản", None, aka="trích yếu, tên, tiêu đề")
    date: StatedDate | None = key("Ngày ban hành", "Ngày ban hành", None, aka="ngày, ngày ban hành, ngày ký")
    in_force: StatedDate | None = key("Ngày có hiệu lực", "Ngày có hiệu lực", None, aka="hiệu lực, ngày hiệu lực")
    status: Statement | None = key(
        "Tình trạng", "Chỉ ghi khi đã thấy văn bản nói rõ", None, aka="tình trạng, trạng thái, tình trạng hiệu lực"
    )
    relations: tuple[StatedRelation, ...] = key("Quan hệ", "Quan hệ với văn bản khác", (), aka="quan hệ, liên quan")
    note: str | None = key("Ghi chú", "Lời dặn cho người đọc", None, aka="ghi chú, chú thích")
