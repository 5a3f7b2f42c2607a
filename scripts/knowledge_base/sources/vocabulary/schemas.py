"""The form of every file under ``sources/vocabularies/`` and ``sources/documents/``."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import ValidationInfo, field_validator, model_validator

from ...core.models import NoiseKind
from .evidence import CheckedEntry, Evidence, Grounded, Lowered, Search
from .fields import (
    Body,
    Bool,
    Date,
    Document,
    DocumentName,
    Entry,
    Id,
    IdOf,
    Kind,
    Number,
    Place,
    Side,
    Tier,
    Type,
    key,
)


class Statement(Grounded):
    """A fact of a document with its evidence."""

    value: str = key("Giá trị", "Điều đã biết", aka="nội dung", min_length=1)

    @property
    def words(self) -> str:
        """The fact as readers see it."""
        return self.value


class StatedDate(Grounded):
    """A date with its evidence."""

    value: Date = key("Ngày", "Chính xác đến mức đã biết: 2023-09-07, 2023-09 hoặc 2023", aka="giá trị")

    @property
    def words(self) -> str:
        """The date as readers see it."""
        return self.value.vietnamese


class StatedIssuer(Grounded):
    """The body that issued a document, with its evidence."""

    value: Annotated[Id, IdOf("full_bodies")] = key(
        "Cơ quan", "Tên đầy đủ không dấu, có địa phương: ban-thuong-vu-tinh-uy-nghe-an", aka="giá trị"
    )


class StatedRelation(Grounded):
    """A relation of this document to another, with its evidence."""

    relation: Annotated[Id, IdOf("relations")] = key("Quan hệ", "Mã trong relations.yml, ví dụ thay-the", aka="loại")
    target: Document = key("Văn bản kia", "Mã của văn bản kia trong sources/documents/", aka="văn bản, đích, tới")


class DeclaredTheme(Entry):
    """A theme that an editor puts a document under, whatever its title and its text are found to say."""

    theme: Annotated[Id, IdOf("themes")] = key("Chủ đề", "Mã trong themes.yml", aka="mã")
    reason: str = key("Vì sao", "Văn bản nói về chủ đề ấy ở đâu: một câu", aka="lý do", min_length=1)


class DocumentRecord(Entry):
    """What is known of a document beyond the articles. ``id`` is frozen once published; a ``draft`` is on no page.

    ``names``: what texts call it instead of its number ("Nghị quyết Trung ương 4 khóa XII")."""

    id: Id = key("Mã", "loại-số-nơi-năm, ví dụ chi-thi-34-ct-tu-da-nang-2023; không đổi khi đã công bố")
    type: Type = key("Loại văn bản", "Mã trong document-types.yml, ví dụ chi-thi", aka="loại")
    number: Number | None = key(
        "Số, ký hiệu", "Ví dụ 34-CT/TU; bỏ khóa này nếu văn bản không có số", None, aka="số, số hiệu, ký hiệu"
    )
    issuer: StatedIssuer | None = key(
        "Cơ quan ban hành", "Cơ quan ban hành, kèm căn cứ", None, aka="cơ quan, ban hành, của"
    )
    province: Place | None = key(
        "Tỉnh, thành phố", "Mã trong provinces.yml; bỏ khóa này nếu là văn bản trung ương", None, aka="tỉnh, địa phương"
    )
    names: tuple[str, ...] = key("Tên khác", "Tên mà bài hay dùng thay cho số", (), aka="tên gọi")
    title: Statement | None = key("Trích yếu", "Trích yếu của văn bản", None, aka="tên, tiêu đề")
    date: StatedDate | None = key("Ngày ban hành", "Ngày ban hành", None, aka="ngày, ngày ký")
    in_force: StatedDate | None = key("Ngày có hiệu lực", "Ngày có hiệu lực", None, aka="hiệu lực, ngày hiệu lực")
    status: Statement | None = key(
        "Tình trạng", "Chỉ ghi khi đã thấy văn bản nói rõ", None, aka="trạng thái, tình trạng hiệu lực"
    )
    relations: tuple[StatedRelation, ...] = key("Quan hệ", "Quan hệ với văn bản khác", (), aka="liên quan")
    themes: tuple[DeclaredTheme, ...] = key(
        "Chủ đề", "Chủ đề do người biên tập ghi, kèm lý do; chủ đề máy tìm thấy thì không cần ghi", ()
    )
    searched: tuple[Search, ...] = key("Đã tìm, chưa thấy", "Điều đã tìm mà chưa thấy, kèm ngày", (), aka="đã tìm")
    note: str | None = key("Ghi chú", "Lời dặn cho người đọc", None, aka="chú thích")
    checked: CheckedEntry | None = key(
        "Đọc lại lần hai", "Người khác chỉ xem hồ sơ và các trang ghi ở đó: ngày, kết quả", None, aka="đọc lại"
    )
    draft: Bool = key("Bản nháp", "có: chưa ai xem lại, chưa được đưa lên trang", False, aka="nháp")

    @model_validator(mode="after")
    def _unconfirmed(self) -> Self:
        """What a second reading could not find again is C, each fact of it."""
        if self.checked is None or self.checked.result != "khong-thay-lai":
            return self
        reason = f"đọc lại {self.checked.day.vietnamese} không tìm lại được trang đã đọc"
        lowered = {"lowered": Lowered(to="C", reason=reason)}

        def less(fact: Grounded) -> Grounded:
            return fact if fact.lowered and fact.lowered.to == "C" else fact.model_copy(update=lowered)

        for name, fact in {**self.stated(), "issuer": self.issuer}.items():
            if fact is not None:
                object.__setattr__(self, name, less(fact))
        object.__setattr__(self, "relations", tuple(map(less, self.relations)))
        return self

    def stated(self) -> dict[str, Statement | StatedDate]:
        """Return the facts that are stated with evidence, by key, in the order of the fields above."""
        return {name: fact for name in STATED_FACTS if (fact := getattr(self, name)) is not None}

    def grounded(self) -> dict[tuple[str, ...], Grounded]:
        """Return all that has evidence by its place in the record: facts, the issuer, relations."""
        found: dict[tuple[str, ...], Grounded] = {(key,): fact for key, fact in self.stated().items()}
        found |= {("issuer",): self.issuer} if self.issuer else {}
        return found | {("relations", str(n)): relation for n, relation in enumerate(self.relations)}

    def not_found(self, target: str) -> Search | None:
        """Return the last search for something that was not found; None if nobody looked for it."""
        return max((s for s in self.searched if s.target == target), key=lambda s: s.day, default=None)


STATED_FACTS = {
    name: str(field.title)
    for name, field in DocumentRecord.model_fields.items()
    if {Statement, StatedDate} & set(get_args(field.annotation))
}
"""The facts of a document that are stated with evidence: key → Vietnamese name. Its page shows, and changes are
reported of, each that is declared above."""


_EXAMPLES = "Câu mà máy phải nhận ra mục này; được kiểm tra mỗi lần chạy"
_NOT_EXAMPLES = "Câu mà máy không được nhận ra mục này; được kiểm tra mỗi lần chạy"
_NAME_AKA = "tên, tên gọi, tên đầy đủ"
_EXAMPLES_AKA = "thí dụ, example"


class DocumentType(Entry):
    """A type of document: ``Chỉ thị``. ``codes`` are its abbreviations in symbols (Điều 1.1 of DOMAIN)."""

    id: Id = key("Mã", "Tên không dấu, không đổi khi đã công bố")
    name: str = key("Tên", "Tên loại văn bản", aka=_NAME_AKA, min_length=1)
    sides: tuple[Side, ...] = key("Bên dùng", "dang (Đảng), nha-nuoc (Nhà nước), mat-tran (Mặt trận)", aka="bên, khối")
    codes: tuple[str, ...] = key("Ký hiệu", "Chữ viết tắt trong số, ký hiệu: CT trong 34-CT/TU", ())
    names: tuple[str, ...] = key("Cách gọi khác", "Cách gọi khác đứng trước số", (), aka="tên khác")
    rank: int = key("Thứ tự", "Thứ tự hiển thị", 99)
    provincial_issuers: tuple[Kind, ...] = key("Cơ quan ban hành ở tỉnh", "Mã các loại cơ quan trong bodies.yml", ())
    presumed: tuple[Side, ...] = key(
        "Hiểu là loại này", "Bên mà ký hiệu chung của nhiều loại được hiểu là loại này khi thiếu tên loại", ()
    )
    as_typed: Bool = key("Dấu nối như đã gõ", "có: giữ dấu nối như người ta gõ (52-L/CTN, 12/2016/L-CTN)", False)
    untyped: Bool = key("Ký hiệu không có loại", "có: ký hiệu thường không có chữ của loại (777/UBND-NV)", False)
    general: Bool = key("Gọi chung", "có: bài chỉ gọi chung như thế, chưa rõ loại (Văn bản số 12)", False)
    joint: Bool = key("Liên tịch", "có: nhiều cơ quan cùng ban hành (TTLT-BNV-BTC)", False)
    head_issues: Bool = key("Người đứng đầu ban hành", "có: ai đứng đầu cơ quan mà ký là tự mình ban hành", False)
    proposes: Bool = key("Chỉ đề nghị", "có: tự nó không thay thế, sửa đổi văn bản loại khác (Tờ trình)", False)
    bare_number: Literal["van-ban", "chua-chac", "ten-goi"] = key(
        "Số không có ký hiệu", "Số đứng ngay sau tên loại là gì: xem đầu tệp document-types.yml", "van-ban"
    )
    symbol: Literal["party-or-admin", "year", "assembly", "none"] = key(
        "Cách dựng ký hiệu", "Khi bài chỉ nêu số: xem đầu tệp document-types.yml", "party-or-admin"
    )
    source: str | None = key("Nguồn", "Văn bản quy định loại này", None)
    note: str | None = key("Ghi chú", "Lời ghi thêm", None)
    examples: tuple[str, ...] = key("Ví dụ", _EXAMPLES, (), aka=_EXAMPLES_AKA)


class IssuerCode(Entry):
    """The issuer's part of a symbol: ``TU``, ``CP``, ``UBND``. ``bodies`` are the body kinds that use it.

    ``default`` is the issuer when nothing else is said; ``by_type`` overrules it for a document type.
    ``phrases`` are how texts call the issuer after "của": a bare number gets its symbol from them.
    ``shared_by`` are the first parts of the names of bodies that all sign with this code and number apart
    (``(Huyện ủy|Đảng bộ huyện)``; with ``…`` a long name follows): the issuer is then part of a document's key."""

    code: str = key("Ký hiệu", "Phần cuối của số, ký hiệu: TU trong 34-CT/TU", aka="mã", min_length=1)
    typed: tuple[str, ...] = key("Cách gõ khác", "Cách gõ khác của cùng ký hiệu", (), aka="cách gõ")
    side: Side = key("Bên dùng", "dang, nha-nuoc hoặc mat-tran", aka="bên, khối")
    level: Literal["trung-uong", "tinh", "huyen", "khac"] = key("Cấp", "khac: nhiều nơi dùng chung")
    bodies: tuple[Kind, ...] = key("Cơ quan", "Mã các loại cơ quan dùng ký hiệu này", ())
    default: Kind | None = key("Cơ quan mặc định", "Được hiểu khi bài không nói; phải có trong bodies", None)
    by_type: dict[Type, Kind] = key("Theo loại văn bản", "Loại văn bản → cơ quan, khi khác default", {})
    only_issuer_of: tuple[Type, ...] = key("Riêng mình ban hành", "Loại văn bản chỉ cơ quan này ban hành", ())
    never_issues: tuple[Type, ...] = key("Không ban hành", "Loại văn bản mà cơ quan này không ban hành", ())
    issues_only: tuple[Type, ...] = key("Chỉ ban hành", "Cơ quan này chỉ ban hành những loại văn bản ấy", ())
    two_series: tuple[Type, ...] = key("Đánh số hai cách", "Loại văn bản đánh số cả có năm và không có năm", ())
    two_series_until: int | None = key("Hai cách đến năm", "Năm cuối cùng còn đánh số hai cách", None)
    either_side: tuple[Type, ...] = key("Cả hai bên", "Loại văn bản mà bên Đảng và bên Nhà nước đều ký như thế", ())
    by_term: Bool = key("Theo khóa", "có: số khóa đứng liền sau ký hiệu (QH15)", False)
    government: Bool = key("Chính phủ", "có: Chính phủ, Thủ tướng; hai ký hiệu hay bị ghi lẫn nhau", False)
    shared_by: tuple[str, ...] = key(
        "Dùng chung", "Phần đầu tên các cơ quan cùng ký bằng ký hiệu này, mỗi nơi đánh số riêng", ()
    )
    phrases: tuple[str, ...] = key("Cách gọi trong bài", "Sau chữ “của”: Chỉ thị 05 của …", (), aka="cách gọi")
    source: str | None = key("Nguồn", "Văn bản quy định ký hiệu này", None)
    note: str | None = key("Ghi chú", "Lời ghi thêm", None)
    examples: tuple[str, ...] = key("Ví dụ", "Số, ký hiệu đúng dạng mà máy phải đọc ra ký hiệu này", ())


class Period(Grounded):
    """A stretch of a province's life under one form. ``since`` None: from before this knowledge base.

    ``made_of``: ids of the provinces (with their names at that time) that were merged into it."""

    kind: Literal["tinh", "thanh-pho"] = key("Loại", "tinh hoặc thanh-pho (trực thuộc Trung ương)", aka="cấp")
    since: Date | None = key("Từ ngày", "Không ghi: có từ trước phạm vi của kho", None, aka="từ, from, bắt đầu")
    until: Date | None = key("Đến hết ngày", "Không ghi: đến nay", None, aka="đến, đến ngày, to, kết thúc")
    made_of: tuple[Place, ...] = key("Hợp thành từ", "Mã các tỉnh, thành phố được hợp nhất", (), aka="gồm, hợp nhất từ")
    reason: Literal["hop-nhat", "doi-ten", "len-thanh-pho", "giu-nguyen"] | None = key(
        "Lý do", "hop-nhat, doi-ten, len-thanh-pho hoặc giu-nguyen", None
    )
    document: DocumentName | None = key(
        "Văn bản", "Mã trong sources/documents/, hoặc tên văn bản", None, aka="nghị quyết"
    )
    seat: str | None = key("Nơi đặt trung tâm hành chính", "Tên nơi đặt trụ sở", None, aka="trụ sở, trung tâm, tỉnh lỵ")
    evidence: tuple[Evidence, ...] = key("Căn cứ", "Các trang đã đọc về điều này", (), aka="nguồn")


class Tile(Entry):
    """Where something stands on the map of tiles: ``row`` from the north, ``column`` from the west, both from 0.

    A tile is two columns wide and every row begins one column beside the last: their sum is even."""

    row: int = key("Hàng", "Tính từ 0 ở phía bắc", aka="dòng", ge=0, le=40)
    column: int = key("Cột", "Tính từ 0 ở phía tây; hàng chẵn dùng cột chẵn, hàng lẻ dùng cột lẻ", ge=0, le=20)


class Islands(Tile):
    """Islands of a province that stand in the sea, away from its tile."""

    name: str = key("Tên", "Tên quần đảo", aka=_NAME_AKA, min_length=1)


class Province(Entry):
    """A province *name*: one page per name, with a section for each period. ``successor``: today's province; only a
    name of today has a ``tile``, and ``islands``, on the map."""

    id: Id = key("Mã", "Tên không dấu, không đổi khi đã công bố")
    name: str = key("Tên", "Tên không kèm chữ tỉnh, thành phố", aka=_NAME_AKA, min_length=1)
    names: tuple[str, ...] = key("Cách viết khác", "Các cách viết khác thường gặp", (), aka="tên khác, viết tắt")
    person: Bool = key("Cũng là tên người", "có: tên đứng một mình thì thường là người (Hồ Chí Minh)", False)
    web_names: tuple[str, ...] = key("Tên trong tên miền", "Chỉ ghi khi khác tên viết liền không dấu: tphcm", ())
    successor: Place | None = key("Nay là", "Mã của tỉnh, thành phố hiện nay, nếu tên này không còn", None)
    periods: tuple[Period, ...] = key("Các thời kỳ", "Cũ trước, mới sau", aka="thời kỳ, giai đoạn", min_length=1)
    region: str | None = key("Vùng", "Tên vùng", None)
    tile: Tile | None = key("Ô trên bản đồ", "Hàng và cột, xem đầu tệp provinces.yml; chỉ tên hiện nay", None, aka="ô")
    islands: Islands | None = key("Quần đảo", "Quần đảo vẽ ngoài biển: tên, hàng, cột", None)
    searched: tuple[Search, ...] = key("Đã tìm, chưa thấy", "Điều đã tìm mà chưa thấy, kèm ngày", (), aka="đã tìm")


class FormerProvince(Entry):
    """A unit that ended before the names of ``Province``. ``provinces``: those that did not exist while it stood."""

    id: Id = key("Mã", "Tên không dấu, kèm năm lập nếu trùng một tên trong provinces.yml", aka="mã")
    name: str = key("Tên", "Tên không kèm chữ tỉnh, thành phố", aka=_NAME_AKA, min_length=1)
    names: tuple[str, ...] = key("Cách viết khác", "Các cách viết khác thường gặp", (), aka="tên khác, viết tắt")
    provinces: tuple[Place, ...] = key("Gồm đất của", "Mã các tỉnh, thành phố khi ấy không có", (), aka="gồm, nay là")
    periods: tuple[Period, ...] = key("Các thời kỳ", "Cũ trước, mới sau", aka="thời kỳ", min_length=1)


_NOT_OF_THIS_PLACE = "căn cứ chung hoặc của nơi khác, không riêng nơi này"


class Succession(Grounded):
    """How a body ended or changed. ``successors`` are body kinds (in ``kinds``) or body ids (in ``bodies``)."""

    reason: Literal["hop-nhat", "tach", "doi-ten", "thay-the", "ket-thuc"] = key(
        "Lý do", "hop-nhat, tach, doi-ten, thay-the hoặc ket-thuc"
    )
    date: Date | None = key("Ngày", "Ngày kết thúc hoặc thay đổi", None, aka="từ ngày")
    successors: tuple[Body, ...] = key("Cơ quan kế tục", "Mã loại cơ quan hoặc mã cơ quan", (), aka="kế tục, thay bằng")
    document: DocumentName | None = key("Văn bản", "Văn bản quyết định việc này", None, aka="quyết định")
    tasks: str | None = key("Nhiệm vụ", "Ai nhận nhiệm vụ", None)


class BodyKind(Entry):
    """A body that exists in every province (``{place}`` in its names) or once at the centre.

    ``name`` is the full name; ``city_name`` the form in a thành phố. ``forms`` are spellings without
    the place, in the small notation explained in the head of ``bodies.yml``; ``exclude`` are words that look
    like this body and are not; ``merger`` says who reports that such bodies merged with their provinces. ``head`` is
    the office of who leads it and issues documents of his own; that office is a kind too (``head_of``). What
    ``elects`` a committee is a congress: it meets, issues its resolution and leads to that committee."""

    id: Id = key("Mã", "Tên không dấu, dạng ở tỉnh; không đổi khi đã công bố")
    name: str = key("Tên đầy đủ", "Tên ở tỉnh; {place} là tên tỉnh", aka=_NAME_AKA, min_length=1)
    city_name: str | None = key("Tên ở thành phố", "Tên ở thành phố trực thuộc Trung ương", None)
    forms: tuple[str, ...] = key("Cách viết", "Các cách viết trong bài, xem đầu tệp bodies.yml", aka="dạng")
    exclude: tuple[str, ...] = key("Trừ", "Chỗ chữ giống mà nghĩa khác", (), aka="loại trừ, không phải")
    side: Side = key("Bên", "dang, nha-nuoc hoặc mat-tran", aka="khối")
    tier: Tier = key("Cấp", "C trung ương, P tỉnh, D sở ngành, H huyện, M mặt trận, đoàn thể và khác")
    parent: Kind | None = key("Cơ quan cấp trên", "Mã của cơ quan cấp trên trực tiếp", None, aka="cấp trên, cơ quan mẹ")
    elects: Kind | None = key("Bầu ra", "Đây là đại hội: mã của ban chấp hành do đại hội bầu ra", None, aka="bầu")
    role: str | None = key("Vai trò", "Cơ quan này làm gì", None, aka="chức năng")
    head: str | None = key(
        "Người đứng đầu", "Chức danh người đứng đầu ban hành văn bản của riêng mình: Chủ tịch, Bộ trưởng", None
    )
    one_person: Bool = key("Chức danh", "có: là một người, như Chủ tịch nước; có tên đi sau thì là nói người ấy", False)
    succession: Succession | None = key("Kết thúc hoặc đổi", "Kết thúc hoặc đổi thế nào", None, aka="kế tục")
    merger: Grounded | None = key("Hợp nhất theo tỉnh", "Nguồn nói cơ quan hợp nhất cùng tỉnh", None, aka="hợp nhất")
    examples: tuple[str, ...] = key("Ví dụ", _EXAMPLES, (), aka=_EXAMPLES_AKA)
    not_examples: tuple[str, ...] = key("Không phải ví dụ", _NOT_EXAMPLES, (), aka="phản ví dụ")

    @field_validator("succession")
    @classmethod
    def _elsewhere(cls, succession: Succession | None, info: ValidationInfo) -> Succession | None:
        """What ended such bodies in general, or in one province, proves of no other province that it did, nor when:
        C everywhere. What was read of a body in its own province stands in ``LocalBody``, as sure as its pages."""
        if succession is None or not succession.evidence or "{place}" not in info.data.get("name", ""):
            return succession
        if succession.lowered and succession.lowered.to == "C":
            return succession
        return succession.model_copy(update={"lowered": Lowered(to="C", reason=_NOT_OF_THIS_PLACE)})


class Also(Entry):
    """Another body of the same province that changed at the same time, as the same pages tell (``others_of``). What it
    names is checked as part of the entry that comes of it."""

    kind: str = key("Loại cơ quan", "Mã trong phần kinds", aka="loại")
    successors: tuple[str, ...] = key("Cơ quan kế tục", "Mã loại cơ quan kế tục", aka="kế tục")
    reason: str | None = key("Lý do", "Bỏ khóa này nếu như của mục", None)
    lowered: Lowered | None = key("Hạ mức", "Hạ mức của riêng việc này, kèm lý do", None)


class LocalBody(Entry):
    """What is known of one body in one province, over what its kind says; ``also``: which others went the same way."""

    kind: Kind = key("Loại cơ quan", "Mã trong phần kinds", aka="loại")
    province: Place = key("Tỉnh, thành phố", "Mã trong provinces.yml", aka="tỉnh, địa phương, thành phố")
    names: tuple[str, ...] = key("Tên khác", "Tên đầy đủ khác mẫu chung", ())
    succession: Succession | None = key("Kết thúc hoặc đổi", "Kết thúc hoặc đổi thế nào", None, aka="kế tục")
    also: tuple[Also, ...] = key("Cùng đổi", "Cơ quan khác của tỉnh đổi cùng lúc, theo cùng các trang", (), aka="cùng")
    note: str | None = key("Ghi chú", "Lời ghi thêm", None)


class Outlet(Entry):
    """A newspaper or portal. ``marks`` are what it signs its texts with; ``sites`` its web hosts."""

    id: Id = key("Mã", "Tên không dấu, ví dụ bao-nghe-an; không đổi khi đã công bố")
    name: str = key("Tên", "Tên đầy đủ, ví dụ Báo Nghệ An", aka=_NAME_AKA, min_length=1)
    marks: tuple[str, ...] = key("Dấu ký", "Dấu báo ghi ở đầu bài, nếu là của riêng báo ấy: VLO", (), aka="dấu")
    sites: tuple[str, ...] = key("Tên miền", "Ví dụ baonghean.vn, không kèm https://", (), aka="trang, web")
    province: Place | None = key("Tỉnh, thành phố", "Bỏ khóa này nếu là báo trung ương", None, aka="tỉnh, địa phương")
    source: str | None = key("Nguồn", "Nguồn của điều này", None)
    examples: tuple[str, ...] = key("Ví dụ", _EXAMPLES, (), aka=_EXAMPLES_AKA)


class WebHosts(Entry):
    """Hosts whose pages are no evidence, or none of their own, or copies of what is somebody else's."""

    id: Id = key("Mã", "Tên không dấu")
    use: Literal["khong-dung", "dang-lai", "chua-tep"] = key(
        "Dùng thế nào",
        "khong-dung: trang không làm căn cứ được; dang-lai: trang đăng lại của nơi khác, không tính là nguồn độc lập; "
        "chua-tep: nơi ai cũng gửi tệp lên, host của trang phải ghi tệp ấy là của ai",
    )
    hosts: tuple[str, ...] = key("Tên miền", "Ví dụ baomoi.com, không kèm https://", aka="trang, web", min_length=1)
    reason: str = key("Lý do", "Đó là trang gì", aka="vì sao", min_length=1)


class ReadTogether(Entry):
    """A question of ours for which documents are read side by side; the documents have the facts and figures, it has
    none. Two at least, and few enough to read in one session."""

    ask: str = key("Câu hỏi", "Câu hỏi do kho soạn: chỉ hỏi, không nêu sự việc, con số", aka="hỏi", min_length=1)
    documents: tuple[Document, ...] = key(
        "Văn bản đọc cùng",
        "Mã của hai đến sáu văn bản có trong sources/documents/",
        aka="văn bản",
        min_length=2,
        max_length=6,
    )


class Theme(Entry):
    """A recurring theme. ``include`` and ``weak`` are phrases that speak of it (weak ones not alone), ``ordered``
    those that do where something is ordered; ``exclude`` are phrases in which the same words mean something else.
    ``questions`` are ours, for discussion; they state nothing. ``readings`` are such questions with what to read."""

    id: Id = key("Mã", "Tên không dấu, không đổi khi đã công bố")
    name: str = key("Tên", "Tên chủ đề", aka=_NAME_AKA, min_length=1)
    definition: str = key("Định nghĩa", "Chủ đề gồm gì, không gồm gì, bằng lời của kho", min_length=1)
    order: int | None = key("Thứ tự", "Đứng trước các chủ đề không có thứ tự, số nhỏ trước", None, ge=1, le=99)
    include: tuple[str, ...] = key("Cụm từ", "Cụm từ nói về chủ đề", aka="gồm, từ khóa")
    ordered: tuple[str, ...] = key("Cụm từ trong lời yêu cầu", "Nói về chủ đề khi câu yêu cầu ai làm gì", ())
    weak: tuple[str, ...] = key("Cụm từ yếu", "Chỉ góp thêm, tự nó không làm nên chủ đề", (), aka="yếu")
    exclude: tuple[str, ...] = key("Trừ", "Chỗ chữ giống mà nghĩa khác", (), aka="loại trừ")
    related: tuple[Annotated[Id, IdOf("themes")], ...] = key(
        "Chủ đề liên quan", "Mã các chủ đề khác", (), aka="liên quan"
    )
    questions: tuple[str, ...] = key(
        "Câu hỏi thảo luận", "Do kho soạn: chỉ hỏi, không nêu sự việc, con số", (), aka="câu hỏi"
    )
    readings: tuple[ReadTogether, ...] = key(
        "Câu hỏi đọc cùng", "Câu hỏi thảo luận kèm những văn bản đặt cạnh nhau để đọc", (), aka="đọc cùng"
    )
    examples: tuple[str, ...] = key("Ví dụ", _EXAMPLES, (), aka=_EXAMPLES_AKA)
    not_examples: tuple[str, ...] = key("Không phải ví dụ", _NOT_EXAMPLES, (), aka="phản ví dụ")


class Relation(Entry):
    """How one document stands to another. ``cues`` are the words before the cited document; by its ``role`` the status
    of a document is told."""

    id: Id = key("Mã", "Tên không dấu, không đổi khi đã công bố")
    name: str = key("Tên", "Tên quan hệ", aka=_NAME_AKA, min_length=1)
    inverse: str = key("Tên chiều ngược", "Tên quan hệ nhìn từ văn bản kia", aka="ngược, chiều ngược", min_length=1)
    cues: tuple[str, ...] = key("Từ ngữ", "Những từ đứng ngay trước văn bản được dẫn", aka="từ, dấu hiệu")
    schema_org: Literal["legislationRepeals", "legislationChanges"] | None = key(
        "Tên trong schema.org", "legislationRepeals (làm hết hiệu lực) hoặc legislationChanges (sửa)", None
    )
    part_of: Annotated[Id, IdOf("relations")] | None = key(
        "Một phần của", "Mã quan hệ mà quan hệ này là một phần: bãi bỏ một phần của bãi bỏ", None
    )
    role: Literal["thay-the", "bai-bo", "sua-doi", "noi-tiep", "dua-vao"] | None = key(
        "Vai trò",
        "Văn bản kia ra sao: thay-the, bai-bo, sua-doi; noi-tiep: có văn bản sau cùng nội dung; dua-vao: là căn cứ",
        None,
    )
    effect: Bool = key("Đổi hiệu lực", "có hoặc không: làm thay đổi hiệu lực của văn bản kia", False, aka="hiệu lực")
    strength: Literal["stated", "weak", "event"] = key("Mức", "stated (nói rõ), weak (lỏng), event (sự việc)", "stated")
    examples: tuple[str, ...] = key("Ví dụ", _EXAMPLES, (), aka=_EXAMPLES_AKA)
    not_examples: tuple[str, ...] = key("Không phải ví dụ", _NOT_EXAMPLES, (), aka="phản ví dụ")


class Abbreviation(Entry):
    """Words that are often written short, for search: ``short`` and ``names`` find each other."""

    id: Id = key("Mã", "Tên không dấu")
    short: tuple[str, ...] = key("Viết tắt", "Các cách viết tắt", aka="tắt", min_length=1)
    names: tuple[str, ...] = key("Viết đủ", "Các cách viết đủ", aka="tên, đầy đủ", min_length=1)


class PersonNames(Entry):
    """Words that tell whether a short line is an author's name."""

    id: Id = key("Mã", "Tên không dấu")
    use: Literal["ho", "ten", "but-danh", "khong-phai", "dia-danh"] = key(
        "Dùng làm", "ho, ten, but-danh, khong-phai hoặc dia-danh: xem đầu tệp person-names.yml", aka="cách dùng"
    )
    words: tuple[str, ...] = key("Chữ", "Các tiếng hoặc cụm từ", aka="từ", min_length=1)
    examples: tuple[str, ...] = key("Ví dụ", _EXAMPLES, (), aka=_EXAMPLES_AKA)


class Phrases(Entry):
    """Words of one use that finders ask for by ``id`` (see ``phrases.py``); ``exclude`` are phrases in which they
    mean something else."""

    id: Id = key("Mã", "Máy đọc danh sách theo mã này; không đổi")
    meaning: str = key("Dùng để", "Những chữ này làm gì", aka="ý nghĩa, nghĩa", min_length=1)
    words: tuple[str, ...] = key("Chữ", "Các chữ; (a|b), [x] như ở themes.yml", aka="từ", min_length=1)
    exclude: tuple[str, ...] = key("Trừ", "Chỗ chữ ấy có nghĩa khác", (), aka="loại trừ")
    examples: tuple[str, ...] = key("Ví dụ", "Câu phải có một chữ của danh sách", (), aka=_EXAMPLES_AKA)


class NoiseRule(Entry):
    """A kind of line that comes with an article but is not of it; ``pattern`` is a regular expression
    that is searched in the folded line."""

    id: Id = key("Mã", "Tên không dấu")
    kind: NoiseKind = key("Loại", "player, teaser, byline, dateline hoặc caption: xem đầu tệp noise.yml")
    pattern: str = key("Mẫu", "Biểu thức chính quy, dò trong dòng chữ thường", min_length=1)
    rest: Bool = key("Cả phần sau", "có: những dòng ngắn tiếp theo cũng bỏ", False, aka="phần sau, tiếp theo")
    long: Bool = key("Cả đoạn dài", "có: dò cả trong đoạn văn dài", False, aka="đoạn dài")
    examples: tuple[str, ...] = key("Ví dụ", "Mỗi dòng phải khớp mẫu", (), aka=_EXAMPLES_AKA)
    not_examples: tuple[str, ...] = key("Không phải ví dụ", "Không dòng nào được khớp mẫu", (), aka="phản ví dụ")
