"""The open data as tables of plain values: each field is declared once, with its type, its meaning and its value.

What kho.json and the CSV files hold, their schema and the page that explains them all follow from ``TABLES``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

from ...core.dates import PartialDate
from ...core.errors import Problem
from ...core.models import ParagraphKind
from ...core.paragraphs import introduces, introduction
from ...core.text import slug
from ...meaning.knowledge.entities import (
    ArticleEntry,
    Body,
    DatedBy,
    Document,
    DocumentRelation,
    Kind,
    KnowledgeBase,
    Task,
    bodies_today,
    evidence_level,
)
from ...meaning.knowledge.status import Status, state_of, status_of
from ...sources.diagnosis import quoted
from ...sources.vocabulary.evidence import PAGE_KINDS, SECOND_READINGS, Evidence, Grounded
from ...sources.vocabulary.schemas import Province, Theme

DATA_FOLDER = "du-lieu"
SCHEMA_VERSION = "1.7"
"""Raised in its first part when a field goes or changes its meaning, in its second when one is added."""

HEAD = {
    "schema": SCHEMA_VERSION,
    "license": "CC BY 4.0",
    "license_scope": "Giấy phép CC BY 4.0 dành cho dữ liệu và cho lời của kho (dòng có rights là tom-luoc). Dòng có "
    "rights khác là theo lời của nguồn: lời ấy không thuộc giấy phép này và được để trống; chỉ còn mã, ngày, liên kết.",
}
"""What kho.json says of itself, before the tables."""

T = TypeVar("T")
Value: TypeAlias = "str | bool | PartialDate | Sequence[str] | Sequence[Mapping[str, Value]] | None"
"""What a field's function may give; in the files dates are ISO 8601, as exact as known."""
PlainValue: TypeAlias = "str | bool | list[str] | list[dict[str, PlainValue]] | None"
Row: TypeAlias = dict[str, PlainValue]


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A field of a table. ``value`` gets it from what a row is made of; ``type`` is ``text``, ``date``, ``list`` of
    texts, ``flag``, or ``rows`` (objects inside the object; not in CSV); ``required``: never null."""

    name: str
    meaning: str
    value: Callable[[T, KnowledgeBase], Value]
    type: str = "text"
    required: bool = False


@dataclass(frozen=True, slots=True)
class ExportTable(Generic[T]):
    """A table of the exports: a list in kho.json and a CSV file of its name, a row for each of ``members``.

    ``folder``: where the pages made of the same facts stand, '' if nowhere."""

    name: str
    title: str
    folder: str
    members: Callable[[KnowledgeBase], Iterable[T]]
    fields: tuple[Field[T], ...]


@dataclass(frozen=True, slots=True)
class StatedParagraph:
    """A paragraph that names something."""

    entry: ArticleEntry
    index: int

    def named(self, kind: Kind) -> list[str]:
        """Return the entities of a kind that it names, or what introduces its list, each once."""
        paragraphs = [self.entry.article.paragraphs[n] for n in (self.introduction, self.index) if n is not None]
        return list(dict.fromkeys(name for p in paragraphs for name in self.entry.named(kind, p.start, p.end)))

    @property
    def introduction(self) -> int | None:
        """The index of the paragraph that introduces its list; None where it is in none."""
        return introduction(self.entry.article.paragraphs, self.index)

    def words(self, index: int | None) -> str | None:
        """Return the words of a paragraph of its article; None for none, or where they are not ours."""
        if index is None or not self.entry.is_digest:
            return None
        return self.entry.article.paragraphs[index].text

    @property
    def stands_alone(self) -> bool:
        """Whether it says something, by itself or below what introduces it: no heading, and no introduction."""
        paragraph = self.entry.article.paragraphs[self.index]
        return paragraph.kind is not ParagraphKind.HEADING and not introduces(paragraph)


@dataclass(frozen=True, slots=True)
class ExportedTask:
    """A task, the article it stands in, and its number among those of its paragraph, from 1."""

    task: Task
    entry: ArticleEntry
    anchor: str
    number: int

    def ours(self, words: str | None) -> str | None:
        """Return words of the task; None where they are not ours."""
        return words if self.entry.is_digest else None


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read for a fact: the table and id of its entry, the fact's place there, the fact itself."""

    table: str
    id: str
    fact: str
    ground: Grounded
    page: Evidence


def _read_pages(kb: KnowledgeBase) -> Iterator[ReadPage]:
    for table, key, place, ground in kb.vocabulary.grounded():
        name = "documents" if table == "records" else table
        yield from (ReadPage(name, key, "/".join(place), ground, page) for page in ground.evidence)


def _paragraphs(kb: KnowledgeBase) -> Iterator[StatedParagraph]:
    for entry in kb.articles.values():
        naming = {entry.paragraph_at(link.start) for link in entry.links if link.resolution.id}
        stated = (StatedParagraph(entry, index) for index in range(len(entry.article.paragraphs)))
        yield from (s for s in stated if s.stands_alone and naming & {s.index, s.introduction})


def _tasks(kb: KnowledgeBase) -> Iterator[ExportedTask]:
    numbers: Counter[tuple[str, str]] = Counter()
    for task in kb.tasks:
        entry, anchor = kb.articles[task.reference.article], kb.anchor(task.reference)
        numbers[entry.article.id, anchor] += 1
        yield ExportedTask(task, entry, anchor, numbers[entry.article.id, anchor])


def _address(kind: Kind, identity: str, anchor: str = "") -> str:
    return f"{kind}/{identity}/" + (f"#{anchor}" if anchor else "")


def _source(fact: DatedBy | Status, kb: KnowledgeBase) -> str | None:
    """Return who says something: the source of a record's evidence, else the address of an article's paragraph."""
    if fact.ground or fact.reference is None:
        return _pages(fact.ground)
    return _address(Kind.ARTICLE, fact.reference.article, kb.anchor(fact.reference))


def _state(document: str | None, kb: KnowledgeBase) -> str | None:
    """Return what must be known of a document before it is cited; None where nothing must."""
    known = kb.documents.get(document or "")
    state = state_of(known, kb) if known else None
    return state.words if state else None


def _about(entry: ArticleEntry, kb: KnowledgeBase) -> str | None:
    """Return the document that an article is about; None where the base does not know it."""
    return entry.document if entry.document in kb.documents else None


_ABOUT = "mã văn bản bài nói về (bảng documents)"
_ABOUT_STATE = "điều cần biết trước khi dẫn văn bản bài nói về"
_STATE = "điều cần biết trước khi dẫn văn bản: được thay thế, hết hiệu lực, căn cứ đã thay đổi, chưa kiểm tra…"


def _pages(ground: Grounded | None) -> str | None:
    """Return the pages that a record's fact was read on; None where nobody read one."""
    return ground.source if ground and ground.evidence else None


def _certainty(ground: Grounded | None, kb: KnowledgeBase) -> str | None:
    return kb.vocabulary.origins.certainty(ground) if ground else None


_PROVINCE = "mã tỉnh, thành phố (bảng provinces); trống là Trung ương hoặc nhiều nơi"
_PAGE = "địa chỉ trang trong kho, tính từ trang đầu"
_RIGHTS = (
    "tom-luoc (lời của kho, CC BY 4.0); van-ban-hanh-chinh, tin-thoi-su, duoc-phep: lời của nguồn, "
    "không thuộc giấy phép này"
)
_CHECKED = "ngày có người khác đọc lại lần hai; trống khi chưa ai ghi là đã đọc lại"
_CHECKED_RESULT = "kết quả đọc lại: " + "; ".join(f"{name} ({words})" for name, words in SECOND_READINGS.items())
_NOT_OURS = "trống nếu rights không phải tom-luoc"

DOCUMENTS: ExportTable[Document] = ExportTable(
    "documents", "Văn bản", Kind.DOCUMENT, lambda kb: kb.documents.values(), (
    Field("id", "mã văn bản, không đổi khi đã công bố", lambda d, _: d.id, required=True),
    Field("number", "số, ký hiệu: 34-CT/TU; trống khi nguồn không nêu", lambda d, _: d.number),
    Field("type", "mã loại văn bản: chi-thi", lambda d, _: d.type or None),
    Field("type_name", "tên loại văn bản", lambda d, _: d.type_name, required=True),
    Field("name", "tên gọi trong kho", lambda d, _: d.name, required=True),
    Field("title", "trích yếu", lambda d, _: d.fact("title")),
    Field("issuer", "mã cơ quan ban hành (bảng bodies)", lambda d, _: d.issuer),
    Field("issuer_name", "tên cơ quan ban hành",
          lambda d, kb: kb.bodies[d.issuer].name if d.issuer in kb.bodies else d.issuer_name),
    Field("province", _PROVINCE, lambda d, _: d.province),
    Field("date", "ngày ban hành, đầy đủ như kho biết", lambda d, _: d.date, "date"),
    Field("date_source", "nguồn của ngày ban hành", lambda d, kb: _source(d.dates[0], kb) if d.dates else None),
    Field("date_certainty", "A: hai nguồn hoặc văn bản gốc; B: một nguồn; C: chưa kiểm tra",
          lambda d, kb: _certainty(d.dates[0].ground, kb) if d.dates else None),
    Field("in_force", "ngày có hiệu lực", lambda d, _: d.fact("in_force"), "date"),
    Field("status", "tình trạng: con-hieu-luc, het-hieu-luc, het-hieu-luc-mot-phan, "
          "duoc-sua-doi-bo-sung, duoc-thay-the, chua-co-hieu-luc, da-tim-chua-thay-van-ban-thay-the, "
          "da-tim-chua-ro-hieu-luc, chua-kiem-tra; "
          "se-… khi ngày ấy còn ở sau lần kiểm tra (status_from)",
          lambda d, kb: slug(status_of(d, kb).label), required=True),
    Field("status_by", "mã văn bản làm thay đổi tình trạng", lambda d, kb: status_of(d, kb).by),
    Field("status_from", "ngày mà tình trạng ấy bắt đầu, khi ngày ấy còn ở sau lần kiểm tra",
          lambda d, kb: status_of(d, kb).starts, "date"),
    Field("status_checked", "ngày kiểm tra tình trạng", lambda d, kb: status_of(d, kb).checked, "date"),
    Field("status_source", "nguồn của tình trạng", lambda d, kb: _source(status_of(d, kb), kb)),
    Field("state", _STATE, lambda d, kb: _state(d.id, kb)),
    Field("evidence", "mức chứng cứ: toan-van, trich-van-ban, bao-tuong-thuat, chi-duoc-nhac-ten, "
          "chi-co-trong-ho-so-van-ban",
          lambda d, kb: slug(evidence_level(d, kb).value), required=True),
    Field("names", "các tên gọi khác", lambda d, _: d.record.names if d.record else (), "list"),
    Field("themes", "mã chủ đề (bảng themes)", lambda d, kb: kb.themes_of(d), "list"),
    Field("announced_by", "mã bài viết về văn bản (bảng articles)", lambda d, _: d.announced_by, "list"),
    Field("cited_by", "mã bài có nhắc đến", lambda d, _: d.cited_by, "list"),
    Field("address", _PAGE, lambda d, _: _address(Kind.DOCUMENT, d.id), required=True),
    Field("checked", _CHECKED, lambda d, _: d.record.checked.day if d.record and d.record.checked else None, "date"),
    Field("checked_result", _CHECKED_RESULT,
          lambda d, _: d.record.checked.result if d.record and d.record.checked else None),
))  # fmt: skip

BODIES: ExportTable[Body] = ExportTable("bodies", "Cơ quan", Kind.BODY, lambda kb: kb.bodies.values(), (
    Field("id", "mã cơ quan", lambda b, _: b.id, required=True),
    Field("name", "tên đầy đủ", lambda b, _: b.name, required=True),
    Field("kind", "loại cơ quan", lambda b, _: b.kind, required=True),
    Field("side", "dang, nha-nuoc hoặc mat-tran", lambda b, kb: kb.vocabulary.body_kinds[b.kind].side, required=True),
    Field("province", _PROVINCE, lambda b, _: b.province),
    Field("parent", "mã cơ quan cấp trên", lambda b, _: b.parent),
    Field("names", "tên khác", lambda b, _: b.other_names, "list"),
    Field("ended", "ngày kết thúc hoặc thay đổi", lambda b, _: b.gone.date if b.gone else None, "date"),
    Field("reason", "hop-nhat, tach, doi-ten, thay-the, ket-thuc", lambda b, _: b.gone.reason if b.gone else None),
    Field("tasks", "nhiệm vụ được chuyển thế nào", lambda b, _: b.ended.tasks if b.ended else None),
    Field("successors", "cơ quan kế tục: body, reason, date, document, source", lambda b, _: [
        {"body": c.other, "reason": c.reason, "date": c.date, "document": c.document,
         "source": _pages(c.ground)} for c in b.successors], "rows"),
    Field("today", "mã cơ quan trả lời thay ngày nay",
          lambda b, kb: [identity for identity in bodies_today(kb, b.id) if identity != b.id], "list"),
    Field("address", _PAGE, lambda b, _: _address(Kind.BODY, b.id), required=True),
    Field("elects", "mã ban chấp hành do đại hội này bầu ra", lambda b, _: b.elects),
))  # fmt: skip

THEMES: ExportTable[Theme] = ExportTable("themes", "Chủ đề", Kind.THEME, lambda kb: kb.themes.values(), (
    Field("id", "mã chủ đề", lambda t, _: t.id, required=True),
    Field("name", "tên", lambda t, _: t.name, required=True),
    Field("definition", "định nghĩa", lambda t, _: t.definition, required=True),
    Field("related", "mã chủ đề liên quan", lambda t, _: t.related, "list"),
    Field("address", _PAGE, lambda t, _: _address(Kind.THEME, t.id), required=True),
))  # fmt: skip

PROVINCES: ExportTable[Province] = ExportTable(
    "provinces", "Tỉnh, thành phố (tên hiện nay và tên cũ)", Kind.PROVINCE, lambda kb: kb.provinces.values(), (
    Field("id", "mã tỉnh, thành phố", lambda p, _: p.id, required=True),
    Field("name", "tên", lambda p, _: p.name, required=True),
    Field("names", "cách viết khác", lambda p, _: p.names, "list"),
    Field("successor", "mã tỉnh, thành phố hiện nay, nếu tên này không còn", lambda p, _: p.successor),
    Field("periods", "các thời kỳ: kind, since, until, made_of, reason, document, source", lambda p, _: [
        {"kind": t.kind, "since": t.since, "until": t.until, "made_of": t.made_of, "reason": t.reason,
         "document": t.document, "source": _pages(t)} for t in p.periods], "rows"),
    Field("address", _PAGE, lambda p, _: _address(Kind.PROVINCE, p.id), required=True),
))  # fmt: skip

ARTICLES: ExportTable[ArticleEntry] = ExportTable(
    "articles", "Bài nguồn", Kind.ARTICLE, lambda kb: kb.articles.values(), (
    Field("id", "mã bài", lambda a, _: a.article.id, required=True),
    Field("title", "tên bài", lambda a, _: a.article.title),
    Field("outlet", "mã cơ quan báo chí", lambda a, _: a.article.outlet),
    Field("outlet_name", "tên cơ quan báo chí", lambda a, _: a.outlet_name),
    Field("author", "tác giả", lambda a, _: a.article.author),
    Field("published", "ngày đăng", lambda a, _: a.article.published, "date"),
    Field("event", "ngày của sự kiện bài nói đến", lambda a, _: a.article.event, "date"),
    Field("province", _PROVINCE, lambda a, _: a.province),
    Field("url", "liên kết bài gốc", lambda a, _: a.article.url),
    Field("evidence", "toan-van, trich hoặc bao-tuong-thuat", lambda a, _: a.article.evidence, required=True),
    Field("digest", "đoạn văn trong kho là tóm lược, không phải nguyên văn",
          lambda a, _: a.is_digest, "flag", required=True),
    Field("rights", _RIGHTS, lambda a, _: a.article.rights, required=True),
    Field("document", "mã văn bản bài đưa tin (bảng documents)",
          lambda a, kb: a.document if a.document in kb.documents else None),
    Field("document_state", _STATE, lambda a, kb: _state(a.document, kb)),
    Field("themes", "mã chủ đề bài nói đến, mạnh trước", lambda a, _: a.themes, "list"),
    Field("address", _PAGE, lambda a, _: _address(Kind.ARTICLE, a.article.id), required=True),
    Field("checked", _CHECKED, lambda a, _: a.article.checked.day if a.article.checked else None, "date"),
    Field("checked_result", _CHECKED_RESULT, lambda a, _: a.article.checked.result if a.article.checked else None),
))  # fmt: skip

STATEMENTS: ExportTable[StatedParagraph] = ExportTable(
    "statements", "Các đoạn nêu văn bản, cơ quan, chủ đề", "", _paragraphs, (
    Field("id", "mã bài và neo của đoạn",
          lambda s, _: f"{s.entry.article.id}#{s.entry.anchors[s.index]}", required=True),
    Field("article", "mã bài", lambda s, _: s.entry.article.id, required=True),
    Field("anchor", "neo của đoạn trong trang bài", lambda s, _: s.entry.anchors[s.index], required=True),
    Field("text", f"lời của đoạn; {_NOT_OURS}",
          lambda s, _: s.words(s.index) or "", required=True),
    Field("rights", _RIGHTS, lambda s, _: s.entry.article.rights, required=True),
    Field("date", "ngày đăng, nếu không có thì ngày sự kiện", lambda s, _: s.entry.at, "date"),
    Field("province", _PROVINCE, lambda s, _: s.entry.province),
    Field("documents", "mã văn bản được nêu", lambda s, _: s.named(Kind.DOCUMENT), "list"),
    Field("document_states", "văn bản được nêu và điều cần biết trước khi dẫn, dạng mã: lời", lambda s, kb: [
        f"{d}: {state}" for d in s.named(Kind.DOCUMENT) if (state := _state(d, kb))], "list"),
    Field("bodies", "mã cơ quan được nêu", lambda s, _: s.named(Kind.BODY), "list"),
    Field("themes", "mã chủ đề được nêu", lambda s, _: s.named(Kind.THEME), "list"),
    Field("address", _PAGE,
          lambda s, _: _address(Kind.ARTICLE, s.entry.article.id, s.entry.anchors[s.index]), required=True),
    Field("about", _ABOUT, lambda s, kb: _about(s.entry, kb)),
    Field("about_state", _ABOUT_STATE, lambda s, kb: _state(_about(s.entry, kb), kb)),
    Field("introduction", f"lời dẫn vào danh sách mà đoạn là một mục: ai yêu cầu ai; {_NOT_OURS}",
          lambda s, _: s.words(s.introduction)),
))  # fmt: skip

ASSIGNMENTS: ExportTable[ExportedTask] = ExportTable("assignments", "Nhiệm vụ, yêu cầu", "nhiem-vu", _tasks, (
    Field("id", "mã bài, neo của đoạn và số thứ tự",
          lambda x, _: f"{x.entry.article.id}#{x.anchor}-{x.number}", required=True),
    Field("kind", "giao (giao cho cơ quan) hoặc yeu-cau (yêu cầu chung)", lambda x, _: x.task.kind, required=True),
    Field("giver", "mã cơ quan hoặc văn bản nêu yêu cầu", lambda x, _: x.task.assigner),
    Field("giver_words", f"ai nêu yêu cầu, theo lời bài; {_NOT_OURS}", lambda x, _: x.ours(x.task.assigner_words)),
    Field("giver_name", f"ai nêu yêu cầu, tên đầy đủ; {_NOT_OURS}", lambda x, _: x.ours(x.task.assigner_name)),
    Field("lead", "mã cơ quan chủ trì", lambda x, _: x.task.lead, "list"),
    Field("partners", "mã cơ quan phối hợp", lambda x, _: x.task.partners, "list"),
    Field("executors", "mã cơ quan thực hiện dưới sự chỉ đạo của cơ quan chủ trì",
          lambda x, _: x.task.executors, "list"),
    Field("addressees", f"ai phải làm, theo lời bài; {_NOT_OURS}", lambda x, _: x.ours(x.task.addressees or None)),
    Field("task", f"việc phải làm; {_NOT_OURS}", lambda x, _: x.ours(x.task.task) or "", required=True),
    Field("deadline", f"hạn, theo lời bài; {_NOT_OURS}", lambda x, _: x.ours(x.task.deadline)),
    Field("document", "mã văn bản giao việc; trống là lời người khác mà bài tường thuật", lambda x, _: x.task.document),
    Field("about", _ABOUT, lambda x, kb: _about(x.entry, kb)),
    Field("document_state", _STATE, lambda x, kb: _state(x.task.document, kb)),
    Field("article", "mã bài", lambda x, _: x.entry.article.id, required=True),
    Field("anchor", "neo của đoạn trong trang bài", lambda x, _: x.anchor or None),
    Field("province", _PROVINCE, lambda x, _: x.entry.province),
    Field("address", _PAGE, lambda x, _: _address(Kind.ARTICLE, x.entry.article.id, x.anchor), required=True),
    Field("rights", _RIGHTS, lambda x, _: x.entry.article.rights, required=True),
    Field("about_state", _ABOUT_STATE, lambda x, kb: _state(_about(x.entry, kb), kb)),
))  # fmt: skip


RELATIONS: ExportTable[DocumentRelation] = ExportTable(
    "relations", "Quan hệ giữa các văn bản", "", lambda kb: kb.relations, (
    Field("relation", "mã quan hệ: thay-the, can-cu, huong-dan…", lambda r, _: r.relation, required=True),
    Field("relation_name", "tên quan hệ", lambda r, kb: kb.vocabulary.relations[r.relation].name, required=True),
    Field("source", "mã văn bản đứng trước quan hệ", lambda r, _: r.source, required=True),
    Field("target", "mã văn bản đứng sau quan hệ", lambda r, _: r.target, required=True),
    Field("source_state", _STATE, lambda r, kb: _state(r.source, kb)),
    Field("target_state", _STATE, lambda r, kb: _state(r.target, kb)),
    Field("article", "mã bài nói ra quan hệ này", lambda r, _: r.reference.article if r.reference else None),
    Field("anchor", "neo của đoạn trong trang bài",
          lambda r, kb: (kb.anchor(r.reference) or None) if r.reference else None),
    Field("evidence", "nguồn, khi quan hệ ghi trong hồ sơ văn bản",
          lambda r, _: _pages(r.ground)),
    Field("certainty", "A, B hoặc C như ở trên", lambda r, kb: _certainty(r.ground, kb)),
    Field("checked", "ngày kiểm tra", lambda r, _: r.ground.checked if r.ground else None, "date"),
    Field("part", "phần nào của văn bản đứng sau: khoản 2 Điều 5; trống nếu là cả văn bản, hay bài không phải lời kho",
          lambda r, kb: r.part or None if r.reference and kb.articles[r.reference.article].is_digest else None),
))  # fmt: skip

EVIDENCE: ExportTable[ReadPage] = ExportTable("evidence", "Các trang đã đọc về từng điều", "", _read_pages, (
    Field("table", "điều ấy là của: documents, provinces, former_provinces, body_kinds (loại cơ quan), local_bodies",
          lambda p, _: p.table, required=True),
    Field("id", "mã của mục có điều ấy", lambda p, _: p.id, required=True),
    Field("fact", "điều ấy: date, title, relations/0, succession, periods/1 …", lambda p, _: p.fact, required=True),
    Field("certainty", "A, B hoặc C như ở trên, tính từ mọi trang của điều ấy",
          lambda p, kb: kb.vocabulary.origins.certainty(p.ground), required=True),
    Field("url", "địa chỉ trang, khi biết", lambda p, _: p.page.url),
    Field("host", "tên miền hoặc tên báo", lambda p, _: p.page.host, required=True),
    Field("page", "số hiệu hoặc tên của trang ở đó", lambda p, _: p.page.page),
    Field("kind", ", ".join(PAGE_KINDS),
          lambda p, _: p.page.kind, required=True),
    Field("read", "ngày đọc", lambda p, _: p.page.read, "date"),
    Field("dated", "ngày mà trang tự ghi", lambda p, _: p.page.dated, "date"),
    Field("what", "đọc được gì ở đó", lambda p, _: p.page.what),
    Field("copy_of", "đăng lại của nơi nào", lambda p, _: p.page.copy_of),
    Field("stored", "chỉ đọc một bản lưu của trang", lambda p, _: p.page.stored, "flag", required=True),
))  # fmt: skip

TABLES: tuple[ExportTable[Any], ...] = (
    DOCUMENTS, BODIES, THEMES, PROVINCES, ARTICLES, STATEMENTS, ASSIGNMENTS, RELATIONS, EVIDENCE,
)  # fmt: skip

_FILE = "scripts/knowledge_base/publish/exports/tables.py"


def check_tables(tables: Sequence[ExportTable[Any]] = TABLES) -> Iterator[Problem]:
    """Yield a problem for each row that says nothing, or that has the name of another."""
    names: Counter[str] = Counter()
    for table in tables:
        names[table.name] += 1
        for words, remedy in _row_faults(f"bảng {quoted(table.name)}", table.name, table.title, names[table.name]):
            yield Problem(_FILE, _line_of(table), words, remedy)
        fields: Counter[str] = Counter()
        for field in table.fields:
            fields[field.name] += 1
            row = f"trường {quoted(field.name)} của bảng {quoted(table.name)}"
            for words, remedy in _row_faults(row, field.name, field.meaning, fields[field.name]):
                yield Problem(_FILE, _line_of(table, field), words, remedy)
            if field.type not in _JSON_TYPES:
                remedy = f"Chọn một trong: {', '.join(_JSON_TYPES)}"
                yield Problem(_FILE, _line_of(table, field), f"{row} có kiểu lạ {quoted(field.type)}", remedy)


def _row_faults(row: str, name: str, meaning: str, count: int) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a row, and the remedy; ``count`` are the rows of its name up to it."""
    if not re.fullmatch("[a-z]+(?:_[a-z]+)*", name):
        yield f"{row}: tên chỉ được có chữ thường không dấu, nối bằng _", "Sửa tên"
    if not meaning.strip():
        yield f"{row} chưa nói nó là gì", "Viết nghĩa của nó bằng vài từ"
    if count == 2:
        yield f"{row} có hai dòng", "Đổi tên hoặc bỏ một trong hai dòng"


def _line_of(table: ExportTable[Any], field: Field[Any] | None = None) -> int:
    """Return the line of this file where a row begins."""
    lines = list(enumerate(Path(__file__).read_text(encoding="utf-8").splitlines(), 1))
    start = next((n for n, line in lines if re.search(rf'"{re.escape(table.name)}", "', line)), 1)
    words = f'Field("{field.name}"' if field else ""
    return next((n for n, line in lines[start - 1 :] if words in line), start)


def collect_tables(kb: KnowledgeBase) -> dict[str, list[Row]]:
    """Return all tables by name, each in a fixed order."""
    return {
        table.name: [{f.name: _plain(f.value(item, kb)) for f in table.fields} for item in table.members(kb)]
        for table in TABLES
    }


def _plain(value: Value | Mapping[str, Value]) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return value if value is None or isinstance(value, str | bool) else [_plain(item) for item in value]


_JSON_TYPES: dict[str, dict[str, object]] = {
    "text": {"type": "string"},
    "date": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    "list": {"type": "array", "items": {"type": "string"}},
    "flag": {"type": "boolean"},
    "rows": {"type": "array", "items": {"type": "object"}},
}


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of kho.json."""
    properties: dict[str, object] = {
        "schema": {"const": SCHEMA_VERSION},
        "license": {"type": "string", "description": "giấy phép của dữ liệu và của lời có rights là tom-luoc"},
        "license_scope": {"type": "string", "description": "giấy phép ấy gồm những gì và không gồm gì"},
    }
    for table in TABLES:
        row: dict[str, dict[str, object]] = {}
        for field in table.fields:
            row[field.name] = {"description": field.meaning, **_JSON_TYPES[field.type]}
            if not field.required and field.type in {"text", "date"}:
                row[field.name]["type"] = ["string", "null"]
        items = {"type": "object", "required": [*row], "properties": row, "additionalProperties": False}
        properties[table.name] = {"title": table.title, "type": "array", "items": items}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kho văn bản chỉ đạo địa phương",
        "type": "object",
        "required": [*properties],
        "properties": properties,
        "additionalProperties": False,
    }
