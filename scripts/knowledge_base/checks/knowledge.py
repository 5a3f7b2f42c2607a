"""Find what does not fit together in the knowledge base."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from ..core.errors import Problem, Severity
from ..core.ids import DocumentKey, build_document_id, parse_document_id
from ..core.text import find_folded, fold, slug
from ..meaning.knowledge.bodies import BodyCatalogue
from ..meaning.knowledge.entities import ArticleEntry, Document, Kind, KnowledgeBase
from ..meaning.resolve.context import CORRECTED
from ..mentions.cleaning import without_front_matter
from ..mentions.finders import Finders, finders_of
from ..sources.diagnosis import propose, quoted
from ..sources.vocabulary import Vocabulary
from .articles import check_articles, check_conflicting_sources, check_duplicates, check_marks
from .evidence import check_evidence
from .lives import check_lives
from .records import check_records, check_statuses, check_timeline
from .second_readings import check_second_readings
from .vocabulary import ENTRY_CHECKS, Clash, check_examples, check_lists, check_successions, check_untested
from .words import check_words

_NUMBER = re.compile(r"(?:^|-)(\d{1,5}[a-z]?)(?=-)")
_HAS_SYMBOL = re.compile(r"[\dOoIl]\s?[-/]\s?[^\s]*[^\W\d_][-/.]")
"""A number with more than a type: whoever wrote it meant one document."""
_YEAR_IN_NUMBER = re.compile(r"/(?:19|20)\d\d/")
_MOST = 3
"""So many proposals a message holds, as in ``diagnosis``."""

_ALIKE = 3
"""Words of an id (type, number, place, year, each its own) that must be the same in one that is proposed."""

_NOTHING = {"khong", "khong-co", "khong-phai", "no", "null", "khong-chi-gi"}


def check_targets(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a problem for each announced document and each correction whose id is unknown or contradicts the text."""
    right = _right_ids(kb)
    names = {body.id: (body.name, *body.other_names) for body in kb.bodies.values()}
    names |= {theme.id: (theme.name,) for theme in kb.themes.values()}
    for entry in kb.articles.values():
        yield from _unsaid(entry, kb)
        path, wanted = entry.article.path, entry.article.document
        if wanted and wanted not in kb.documents and wanted not in right and not kb.vocabulary.knows("records", wanted):
            near = _documents_like(wanted, kb, entry.province)
            add = "Thêm văn bản này vào sources/documents/, hoặc bỏ dòng document nếu bài không thông báo văn bản nào"
            message = f"document {quoted(wanted)} không có trong kho"
            yield Problem(path, entry.article.line_of("document"), message, _choose(near, add))
        named = {link.resolution.id for link in entry.links}
        for added in entry.article.added_numbers:
            if added not in named or (document := kb.documents.get(added)) is None or not document.number:
                message = f"added_numbers: bài không dẫn số của văn bản nào mang mã {quoted(added)}"
                remedy = "Ghi mã của một văn bản có số mà bản tóm lược nêu (phần cuối địa chỉ trang), hoặc xóa mã này"
                yield Problem(path, entry.article.line_of("added_numbers"), message, remedy)
        for correction in entry.article.corrections:
            target = correction.target
            if target in names and _is_number(correction.find, entry):
                message = f"corrections: {quoted(correction.find)} có số văn bản, {quoted(target)} không phải văn bản"
                yield Problem(path, correction.line, message, "Ghi mã của một văn bản, hoặc none")
                continue
            if not target or any(target in known for known in (right, kb.documents, names)):
                continue
            near = _documents_like(target, kb, entry.province) or propose(target, names)
            otherwise = "Ghi mã của một văn bản, cơ quan hay chủ đề có trong kho (phần cuối địa chỉ trang), hoặc none"
            if slug(target) in _NOTHING:
                near, otherwise = [], "Viết none khi chữ ấy không chỉ gì cả"
            message = f"corrections: {quoted(target)} không có trong kho"
            yield Problem(path, correction.line, message, _choose(near, otherwise))


def _is_number(words: str, entry: ArticleEntry) -> bool:
    """Tell whether words of an article hold a document's number, or are a part of one."""
    spans = find_folded(fold(without_front_matter(entry.article)), words)
    numbered = [c for c in entry.mentions.citations if c.number]
    return any(start < c.end and c.start < end for start, end in spans for c in numbered)


def check_ambiguous(kb: KnowledgeBase, has_error: Container[str]) -> Iterator[Problem]:
    """Yield a warning for each number that several documents bear, until a maintainer says which is meant, but for
    those that only a slip in one of the files ``has_error`` made known.

    A name without number that fits several documents is shown with them on the page; no maintainer can
    mend what the source does not say."""
    unsaid = {e.article.document for e in kb.articles.values() if e.article.path in has_error and e.article.document}
    for entry in kb.articles.values():
        numbered = {(c.start, c.end) for c in entry.mentions.citations}
        for link in entry.links:
            candidates = link.resolution.candidates
            asked = candidates or link.resolution.asks
            is_open = (link.start, link.end) in numbered and link.resolution.id is None and asked
            if not is_open or unsaid & set(candidates):
                continue
            words = " ".join(entry.article.text[link.start : link.end].split())
            line = entry.article.text.count("\n", 0, link.start) + 1
            message = f"«{words}»: {link.resolution.reason}{': ' if candidates else ''}{', '.join(candidates)}"
            # of one issuer, their dates alone tell them apart
            issuers = {d.issuer_name or d.issuer for identity in candidates if (d := kb.documents.get(identity))}
            what = "ngày" if len(candidates) > 1 and len(issuers) == 1 else "cơ quan ban hành và ngày"
            remedy = f"Ghi rõ {what} của văn bản trong bài, hoặc thêm mục corrections với id đúng"
            remedy += "" if candidates else " (none nếu kho không có văn bản ấy)"
            yield Problem(entry.article.path, line, message, remedy, Severity.WARNING)


def check_unread(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a warning for each symbol whose number cannot be read for sure: a stray space, a letter for a digit, a year
    that is none, letters of another script."""
    for entry in kb.articles.values():
        links = {(link.start, link.end): link.resolution for link in entry.links}
        for citation in entry.mentions.citations:
            resolution = links.get((citation.start, citation.end))
            open_ = resolution is not None and resolution.id is None and resolution.reason != CORRECTED
            if citation.number is None and open_ and _HAS_SYMBOL.search(citation.text):
                words = " ".join(citation.text.split())
                line = entry.article.text.count("\n", 0, citation.start) + 1
                message = f"«{words}»: số, ký hiệu ghi sai hay rời chữ, chưa chắc là số nào"
                remedy = "Sửa theo văn bản gốc, hoặc thêm mục corrections với id đúng"
                yield Problem(entry.article.path, line, message, remedy, Severity.WARNING)


def check_readers_doubts(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield a warning for what a reader of two pages would see: an older document that acts on a newer, a document of
    a later day than its article, one under two numbers, one announced that nobody issues."""
    for relation in kb.impossible:
        if relation.reference:
            entry, names = kb.articles[relation.reference.article], kb.vocabulary.relations
            if relation.source == entry.article.document:
                continue  # of the day in the front matter ``check_timeline`` tells
            (one, day), (other, later) = (_dated(kb.documents[i]) for i in (relation.source, relation.target))
            verb = names[relation.relation].name.lower()
            told = f"theo lời bài, {one} ({day}) {verb} {other} ({later}), văn bản ra sau"
            message = f"{told}: trang không ghi quan hệ này"
            remedy = "Xem lại ngày, số của hai văn bản ở bài gốc, hoặc đổi hai vai; nếu bài đúng thì viết câu rõ hơn"
            yield _warn(entry, relation.reference.start, message, remedy)
    for entry in kb.articles.values():
        yield from _later_than(entry, kb)
        document = kb.documents.get(entry.document or "")
        if document and not document.issuer and not document.issuer_name and not document.record:
            message = f"bài thông báo {document.name} mà không nói cơ quan nào ban hành"
            remedy = "Nêu cơ quan ban hành trong bài, hoặc ghi issuer trong hồ sơ của văn bản ở sources/documents/"
            yield _warn(entry, _first_place(entry, document.id), message, remedy)
    yield from _under_two_numbers(kb)


def _later_than(entry: ArticleEntry, kb: KnowledgeBase) -> Iterator[Problem]:
    """A document cited with a day after that of the article; each document once."""
    published, seen, meant = entry.article.published, set(), entry.spans(Kind.DOCUMENT)
    for citation in entry.mentions.citations:
        document = kb.documents.get(meant.get((citation.start, citation.end)) or "")
        if not published or not citation.date or citation.date.earliest() <= published.latest():
            continue
        name = document.name if document else " ".join(citation.text.split())
        if name not in seen and (not document or document.id != entry.article.document):
            seen.add(name)
            message = f"{name} ngày {citation.date.vietnamese}, sau ngày bài đăng ({published.vietnamese})"
            remedy = "Xem lại bài gốc rồi sửa ngày của văn bản, hoặc published"
            yield _warn(entry, citation.start, message, remedy)


def _under_two_numbers(kb: KnowledgeBase) -> Iterator[Problem]:
    """Two documents of one type, place and day whose numbers differ by the year alone: 10/2013/CT-UBND, 10/CT-UBND."""
    first: dict[tuple[str, str | None, str, str], Document] = {}
    for document in kb.documents.values():
        if not document.number or not document.date or not document.date.day:
            continue
        without_year = _YEAR_IN_NUMBER.sub("/", document.number).lstrip("0").casefold()
        key = (document.type, document.province, without_year, document.date.iso)
        other = first.setdefault(key, document)
        if other is document or not document.articles:
            continue
        entry = kb.articles[document.articles[0]]
        message = f"{document.name} và {other.name} cùng loại, cùng nơi, cùng ngày {document.date.vietnamese}"
        remedy = "Nếu là một văn bản thì sửa số cho giống nhau, hoặc thêm mục corrections với id đúng"
        yield _warn(entry, _first_place(entry, document.id), message, remedy)


def _dated(document: Document) -> tuple[str, str]:
    dates = document.dates
    return document.name, dates[0].date.vietnamese if dates else f"năm {document.year}"


def _first_place(entry: ArticleEntry, identity: str) -> int:
    return next((k.start for k in entry.links if k.resolution.id == identity), entry.article.body_start)


def _warn(entry: ArticleEntry, at: int, message: str, remedy: str) -> Problem:
    line = entry.article.text.count("\n", 0, at) + 1
    return Problem(entry.article.path, line, message, remedy, Severity.WARNING)


def _unsaid(entry: ArticleEntry, kb: KnowledgeBase) -> Iterator[Problem]:
    """A document that only the front matter knows, while the article's own words give its number another
    place or time."""
    wanted = entry.article.document
    document = kb.documents.get(wanted or "")
    if wanted is None or document is None or wanted in kb.vocabulary.records:
        return
    key = _read_key(wanted, kb)
    if key is None:
        return
    said = [c for c in entry.mentions.citations if c.number and slug(c.number) == key.number]
    years = sorted({c.date.year for c in said if c.date}, reverse=True) or _years_known(key, entry, kb)
    place = document.province if key.place else key.place
    if place == key.place and (not years or key.term or key.period in {None, *years}):
        return
    near = years[0] if years and key.period not in years else key.period
    proposal = build_document_id(replace(key, place=place, period=near))
    message = f"bài không nói đến văn bản nào khớp với mã {quoted(wanted)} về nơi ban hành và năm"
    otherwise = "Thêm hồ sơ của văn bản mang mã này vào sources/documents/"
    line = entry.article.line_of("document")
    yield Problem(entry.article.path, line, message, _choose([proposal], otherwise), Severity.WARNING)


def _read_key(name: str, kb: KnowledgeBase) -> DocumentKey | None:
    try:
        return parse_document_id(name, kb.vocabulary.document_types, kb.vocabulary.provinces)
    except ValueError:
        return None


def _years_known(key: DocumentKey, entry: ArticleEntry, kb: KnowledgeBase) -> list[int]:
    """Return the years of that number's documents on record, newest first, where ``key`` is of a year after the
    article's: nobody announces what does not exist yet."""
    day = entry.article.published or entry.article.event
    if day is None or key.period is None or key.period <= day.year:
        return []
    keys = (_read_key(name, kb) for name in kb.vocabulary.records)
    similar = [k.period for k in keys if k and k.period and replace(key, period=k.period, term=k.term) == k]
    return sorted((year for year in similar if year <= day.year), reverse=True) or [day.year]


def _choose(near: list[str], otherwise: str) -> str:
    if not near:
        return otherwise
    listed = quoted(near[0]) if len(near) == 1 else f"một trong: {', '.join(map(quoted, near))}"
    return f"Có lẽ là {listed}. Nếu không phải: {otherwise[:1].lower()}{otherwise[1:]}"


def _documents_like(wanted: str, kb: KnowledgeBase, province: str | None) -> list[str]:
    """Return the documents that ``wanted``, an id or a number as people write it, may stand for."""
    words = slug(wanted)
    number = _NUMBER.search(f"{words}-")
    if number:
        parts = set(words.split("-")) | set((province or "").split("-"))
        same = [d for d in kb.documents if (m := _NUMBER.search(d)) and m[1] == number[1]]
        scored = sorted((-len(parts & set(d.split("-"))), d) for d in same)
        best = [d for score, d in scored if score == scored[0][0] and -score >= min(_ALIKE, len(words.split("-")))]
        if best:
            return best[:_MOST]
    names = {d.id: (d.name, *(d.record.names if d.record else ())) for d in kb.documents.values()}
    return propose(wanted, names)


def _right_ids(kb: KnowledgeBase) -> dict[str, str]:
    """Return, for records whose id contradicts their own values, the id they should have: told of there."""
    found = {}
    for record in kb.vocabulary.records.values():
        if record.number and not record.id.startswith(f"{record.type}-{slug(record.number)}"):
            year = record.id.rsplit("-", 1)[-1]
            parts = (record.type, slug(record.number), record.province, year if year.isdigit() else None)
            found["-".join(part for part in parts if part)] = record.id
    return found


ToldOnce: TypeAlias = Callable[[str, Callable[[], tuple[Problem, ...]]], tuple[Problem, ...]]
_DECIDING = {"body_kinds", "provinces", "document_types", "issuer_codes"}
"""What decides which document a number means; while one of them has errors, such meanings are not doubted."""


def check_knowledge(
    kb: KnowledgeBase,
    finders: Finders | None = None,
    reported: Sequence[Problem] = (),
    doubtful: Container[str] = (),
    today: datetime.date | None = None,
    told_once: ToldOnce = lambda _, find: find(),
) -> list[Problem]:
    """Return all problems, sorted: errors that stop a build, and warnings a maintainer should see.

    ``finders`` saves making them again; ``reported`` are the problems known before. ``doubtful`` are the paths of
    articles whose place or date is a guess: what depends on them is not told. ``today``: the clock's day if not given.
    ``told_once`` gives by its name what follows from the vocabulary alone, if it is known already.
    """
    finders = finders or finders_of(kb.vocabulary)
    clashes = _clashes(kb.vocabulary)
    clashing = {entry for _, entries in clashes for entry in entries}
    found = [problem for problem, _ in clashes]
    if any("index" in table for table in (kb.documents, kb.bodies, kb.articles)):
        found.append(Problem("sources", 1, "id «index» dành riêng cho trang danh mục", "Đặt id khác"))
    for check in ENTRY_CHECKS:
        found += check(kb.vocabulary)
    for rule in (check_timeline, check_successions, check_statuses, check_articles, check_conflicting_sources):
        found += rule(kb)
    found += check_duplicates(entry.article for entry in kb.articles.values())
    for entry in kb.articles.values():
        found += check_marks(entry.article)
    has_error = {table for table, _ in kb.vocabulary.faulty}
    if not {"issuer_codes", "document_types"} & (has_error | {table for table, _ in clashing}):
        found += check_records(kb.vocabulary)
    found += told_once("examples", lambda: _failed_examples(kb.vocabulary, finders))
    found += _issuers(kb)
    found += check_evidence(kb.vocabulary, today)
    found += check_second_readings(kb, today)
    if not _DECIDING & has_error:
        found += check_targets(kb)
        found += check_lives(kb)
        if not any("/documents/" in problem.path for problem in (*reported, *found)):
            found += check_ambiguous(kb, {problem.path for problem in found})
            found += check_unread(kb)
            found += check_readers_doubts(kb)
    if not any("/vocabularies/" in problem.path for problem in (*reported, *found)):  # else it may be for that
        found += told_once("words", lambda: _lost_words(kb.vocabulary, finders))
    found += check_untested(kb.vocabulary, (*reported, *found))
    return sorted({problem for problem in found if problem.path not in doubtful})


@lru_cache(maxsize=2)
def _clashes(vocabulary: Vocabulary) -> tuple[Clash, ...]:
    return tuple(check_lists(vocabulary))


@lru_cache(maxsize=2)
def _failed_examples(vocabulary: Vocabulary, finders: Finders) -> tuple[Problem, ...]:
    """What the words of the vocabulary alone bring is found once for a vocabulary: it takes longer than all else."""
    clashing = {entry for _, entries in _clashes(vocabulary) for entry in entries}
    return tuple(check_examples(vocabulary, finders, clashing))


@lru_cache(maxsize=2)
def _lost_words(vocabulary: Vocabulary, finders: Finders) -> tuple[Problem, ...]:
    return tuple(check_words(vocabulary, finders))


def _issuers(kb: KnowledgeBase) -> Iterator[Problem]:
    """An issuer on record must be a body that the vocabulary can form, of the record's own province."""
    if any(name in {"provinces", "body_kinds"} for name, _ in kb.vocabulary.faulty):
        return
    catalogue = BodyCatalogue(kb.vocabulary)
    for record in kb.vocabulary.records.values():
        if not record.issuer:
            continue
        key = catalogue.find(record.issuer.value)
        place = kb.vocabulary.place("records", record.id, "issuer", "value")
        if key is None:
            remedy = "Ghi id là tên đầy đủ của cơ quan có địa phương, không dấu, ví dụ ban-thuong-vu-tinh-uy-nghe-an"
            message = f"issuer “{record.issuer.value}” của {record.id} không phải cơ quan nào trong bodies.yml"
            yield Problem(*place, message, remedy)
            continue
        sound = not kb.vocabulary.has_error("records", record.id, "province", "issuer")
        if sound and key.province and record.province not in (None, key.province):
            message = (
                f"issuer “{record.issuer.value}” là cơ quan của {key.province}, mà “province” là {record.province}"
            )
            yield Problem(*place, message, "Sửa issuer hoặc province cho cùng một tỉnh, thành phố")
