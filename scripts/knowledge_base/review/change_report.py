"""Tell a comparison as Markdown, in Vietnamese: first a verdict in one sentence, then what a reviewer looks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap

from ..core.escaping import code, literal
from ..core.text import upper_first
from ..meaning.knowledge.entities import ArticleEntry, DocumentRelation, Kind, Link
from ..publish.addresses import page_address, page_title
from ..publish.pages.kinds import PAGE_KINDS
from ..publish.pages.site import Site
from ..sources.vocabulary.entries import DRAFTS
from .comparison import Changed, Changes, Fact, StatementChanges
from .sides import Side

_MOST, _MOST_PAGES, _MOST_LOST, _MOST_ERRORS = 20, 15, 200, 5
"""So many rows of a list are shown, then only how many more there are: a report of any change is read in one go
(``tests/test_changes.py``: under 160 lines). All that is lost is shown, as each needs a line of its own in
``sources/addresses.yml``. Chosen by hand."""
_NAMES, _OTHER = {kind.folder: kind.name for kind in PAGE_KINDS}, "Trang khác"


def render_changes(c: Changes) -> str:
    """Return the report; the same for the same two sides."""
    revision = f"{code(c.before.label)} ({literal(c.before.detail)})"
    lines = [_verdict(c), "", f"So nguồn hiện nay với bản {revision}; cả hai được dựng bằng chương trình hiện nay."]
    lines += _doubts(c)
    if c.before.site is None or c.after.site is None:
        for title, things in (("Bài", c.articles), ("Hồ sơ văn bản", c.documents)):
            lines += _section(title, [("Mới", list(map(code, things.new))), ("Bỏ", list(map(code, things.gone)))])
    else:
        lines += [*_addresses(c), *_Sections(c, c.before.site, c.after.site).lines(), *_pages(c)]
    return "\n".join(lines) + "\n"


def _doubts(c: Changes) -> Iterator[str]:
    """Say what could not be compared."""
    if c.before.absent:
        yield "\nỞ bản ấy chưa có thư mục nguồn này: mọi thứ đều là mới."
    if errors := c.before.errors:
        unread = len(c.before.unread)
        left_out = f"{unread} bài không đọc được nên không so" if unread else "vẫn so được"
        known = "chỉ so được mã bài và mã hồ sơ" if c.before.site is None else left_out
        yield f"\n> ⚠ Nguồn ở bản ấy có {len(errors)} lỗi theo luật hiện nay: {known}.\n>"
        rows = [f"{code(p.path)}, dòng {p.line}: {literal(p.message)}" for p in errors]
        yield from (f"> {row}" for row in _bounded(rows, _MOST_ERRORS, "lỗi"))


def _section(title: str, parts: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Yield a section with its lists; nothing where all are empty."""
    if not any(rows for _, rows in parts):
        return
    yield f"\n## {title}"
    for name, rows in parts:
        if rows:
            yield f"\n**{name} ({len(rows)})**\n"
            yield from _bounded(rows, _MOST, "mục")


def _bounded(rows: Sequence[str], most: int, what: str) -> list[str]:
    """Return the rows as a list, at most ``most`` of them, then how many more ``what`` there are."""
    more = [f"- … và {len(rows) - most} {what} nữa"] if len(rows) > most else []
    return [*(f"- {row}" for row in rows[:most]), *more]


def _listed(names: Iterable[str], most: int, what: str, between: str = ", ") -> str:
    """Return names in one line, at most ``most`` of them, then how many more ``what`` there are.

    ``most`` is chosen by hand for each kind of name, so that a row has two or three lines on the page."""
    named = list(names)
    more = f" và {len(named) - most} {what} nữa" if len(named) > most else ""
    return between.join(named[:most]) + more


# -- the verdict, and the published addresses -------------------------------------------------------


def _verdict(c: Changes) -> str:
    """Return all in one sentence."""
    if c.before.site is None or c.after.site is None:
        return "⚠ Không so được hết: nguồn ở bản cũ không hợp lệ theo luật hiện nay."
    counts = (
        ("thêm # bài", len(c.articles.new)),
        ("sửa # bài", len(c.articles.changed)),
        ("đổi địa chỉ # bài", len(c.articles.moved)),
        ("bỏ # bài", len(c.articles.gone)),
        ("# văn bản mới", len(c.documents.new)),
        ("# văn bản đổi", len(c.documents.changed)),
        ("# văn bản đổi địa chỉ", len(c.documents.moved)),
        ("# văn bản không còn", len(c.documents.gone)),
        ("# cơ quan mới", len(c.bodies.new)),
        ("# mục danh mục đổi", sum(len(e.new) + len(e.changed) + len(e.gone) for e in c.entries.values())),
        ("# bản nháp chưa lên trang", c.after.reading.drafts),
        ("# chỗ mới chưa rõ", len(c.unresolved)),
    )
    parts = [what.replace("#", str(count)) for what, count in counts if count]
    page_counts = (("thêm", c.pages.new), ("đổi", c.pages.changed), ("bỏ", c.pages.gone))
    pages = [f"{len(paths)} trang {what}" for what, paths in page_counts if paths]
    if not parts and not c.pages.changed:
        return "Không có gì đổi."
    anchors = f", {count} đoạn không còn" if (count := sum(map(len, c.anchors.values()))) else ""
    lost = f"⚠ {len(c.lost)} địa chỉ trang mất" if c.lost else f"không địa chỉ{' trang' if anchors else ''} nào mất"
    clauses = [parts or ["không bài, văn bản nào đổi"], pages, [lost + anchors]]
    return upper_first("; ".join(", ".join(clause) for clause in clauses if clause)) + "."


def _addresses(c: Changes) -> Iterator[str]:
    """Yield each page that can no longer be reached, with the line that would lead on, and the paragraphs whose
    addresses are gone: the page opens with a word about it."""
    if c.lost:
        titles = {page_address(path): path for path in c.before.pages if path.endswith(".md")}
        yield "\n## ⚠ Địa chỉ trang mất\n"
        yield "Người đã lưu những địa chỉ này sẽ không mở được nữa. Khôi phục trang, hoặc thêm dòng gợi ý (sau khi xem"
        yield "lại đích) vào cuối `sources/addresses.yml`.\n"
        rows = [f"⚠ {_title(c.before.pages[titles[lost.address]])}: {code(lost.entry)}" for lost in c.lost]
        yield from _bounded(rows, _MOST_LOST, "địa chỉ")
    if c.withdrawn:
        yield "\n## Trang rút khỏi kho\n"
        yield from _bounded(
            [f"{code(move.old)}: {literal(move.why or '')}" for move in c.withdrawn], _MOST_LOST, "trang"
        )
    if c.errata:
        yield "\n## Đính chính\n"
        yield from _bounded(
            [f"{code(e.page)}: {literal(e.what)} ({literal(e.why)})" for e in c.errata], _MOST_LOST, "mục"
        )
    if c.anchors:
        yield "\n## ⚠ Đoạn không còn địa chỉ"
        yield "\nLiên kết cũ tới những đoạn này mở trang kèm lời báo rằng đoạn không còn.\n"
        paragraphs = {page: _listed((code(f"#{a}") for a in gone), 5, "đoạn") for page, gone in c.anchors.items()}
        yield from _bounded([f"⚠ {code(page)}: {listed}" for page, listed in paragraphs.items()], _MOST_PAGES, "trang")
    for path, entries in c.mended.items():
        yield f"\nĐể liên kết cũ mở đoạn đã sửa, xem lại rồi thêm vào khóa {code('mended')} ở đầu {code(path)}:\n"
        yield from _bounded([code(entry) for entry in entries], _MOST_LOST, "dòng")


# -- what the sources say ---------------------------------------------------------------------------


class _Sections:
    """What differs, told with the names that the two sides know."""

    def __init__(self, changes: Changes, before: Site, after: Site) -> None:
        self._c, self._old, self._new = changes, before, after

    def lines(self) -> Iterator[str]:
        """Yield all sections but those of addresses and pages."""
        c, old, new = self._c, self._old, self._new
        yield from _section("Bài", [
            ("Mới", [f"{self._article(i)} — {code(new.kb.articles[i].article.path)}" for i in c.articles.new]),
            ("Đổi địa chỉ", [self._moved(Kind.ARTICLE, *ids) for ids in c.articles.moved.items()]),
            ("Sửa", [self._changed(Kind.ARTICLE, changed) for changed in c.articles.changed]),
            ("Bỏ", [literal(old.article_source(old.kb.articles[i])) for i in c.articles.gone]),
            ("Bản nháp chưa lên trang", _drafts(c.after)),
        ])  # fmt: skip
        yield from _section("Văn bản", [
            ("Mới", [self._new_document(i) for i in c.documents.new]),
            ("Đổi địa chỉ", [self._moved(Kind.DOCUMENT, *ids) for ids in c.documents.moved.items()]),
            ("Đổi", [self._changed(Kind.DOCUMENT, changed) for changed in c.documents.changed]),
            ("Hồ sơ nháp chưa lên trang", _draft_records(c.after)),
            ("Không còn", [_name(old, Kind.DOCUMENT, i) for i in c.documents.gone]),
        ])  # fmt: skip
        for title, entries in c.entries.items():
            yield from _section(f"Danh mục: {title}", [
                ("Mới", list(map(literal, entries.new))),
                ("Đổi", [f"{literal(name)}: {', '.join(map(code, keys))}" for name, keys in entries.changed]),
                ("Không còn", list(map(literal, entries.gone))),
            ])  # fmt: skip
        yield from _section("Cơ quan", [
            ("Trang mới", [_name(new, Kind.BODY, i) for i in c.bodies.new]),
            ("Không còn trang", [_name(old, Kind.BODY, i) for i in c.bodies.gone]),
            ("Khớp với cơ quan đã có", [row for each in c.statements if (row := self._matched(each))]),
        ])  # fmt: skip
        themes = [self._themes(each) for each in c.statements if each.themes or each.lost_themes]
        yield from _section("Chủ đề của bài", [("Thêm, bớt", themes)])
        yield from _section("Quan hệ giữa văn bản", [
            ("Mới", [_relation(new, r) for r in c.new_relations]),
            ("Không còn", [_relation(old, r) for r in c.gone_relations]),
        ])  # fmt: skip
        was, now = c.tasks
        if was != now:
            kinds = (("giao", "nhiệm vụ được giao"), ("yeu-cau", "yêu cầu"))
            counts = ", ".join(f"{name} {was[kind]} → {now[kind]}" for kind, name in kinds)
            yield f"\n## Nhiệm vụ\n\nSố {counts}."
        yield from _section("Chỗ chưa rõ chỉ cái gì", [("Mới", list(starmap(self._open, c.unresolved)))])
        if c.settled:
            yield f"\n{c.settled} chỗ trước đây chưa rõ nay đã rõ hoặc không còn."

    def _moved(self, kind: Kind, was: str, now: str) -> str:
        return f"{_name(self._new, kind, now)}: {code(f'{kind}/{was}/')} → {code(f'{kind}/{now}/')}"

    def _article(self, identity: str) -> str:
        """Return an article with the document it is about."""
        entry = self._new.kb.articles[identity]
        known = self._new.kb.documents.get(entry.document or "")
        about = f"; về {_name(self._new, Kind.DOCUMENT, known.id)}" if known else ""
        return f"{literal(self._new.article_source(entry))}{about}"

    def _new_document(self, identity: str) -> str:
        document = self._new.kb.documents[identity]
        title = f": {literal(document.record.title.value)}" if document.record and document.record.title else ""
        articles = [*document.announced_by, *document.cited_by]
        source = self._sources("nguồn", articles) if articles else "nguồn: hồ sơ văn bản"
        return f"{_name(self._new, Kind.DOCUMENT, identity)}{title} — {source}"

    def _changed(self, kind: Kind, changed: Changed) -> str:
        parts = [_fact(*change) for change in changed.facts]
        if kind is Kind.ARTICLE and (changed.gained or changed.dropped):
            parts.append(f"lời bài: {len(changed.gained)} đoạn mới, {len(changed.dropped)} đoạn bỏ")
        if kind is Kind.DOCUMENT:
            parts += [self._sources("thêm nguồn", changed.gained)] if changed.gained else []
            parts += [f"bớt {len(changed.dropped)} bài nhắc đến"] if changed.dropped else []
        return f"{_name(self._new, kind, changed.id)}: {'; '.join(parts)}"

    def _sources(self, what: str, articles: Sequence[str]) -> str:
        names = (literal(self._new.article_source(self._new.kb.articles[a])) for a in articles)
        return f"{what}: {_listed(names, 2, 'bài', '; ')}"

    def _matched(self, article: StatementChanges) -> str:
        """Return the bodies that an article names now and that had their pages already."""
        known = [literal(self._new.name(Kind.BODY, b)) for b in article.bodies if b not in self._c.bodies.new]
        name = _name(self._new, Kind.ARTICLE, article.article)
        return f"{name}: {_listed(known, 8, 'cơ quan')}" if known else ""

    def _themes(self, article: StatementChanges) -> str:
        both = (("thêm", self._new, article.themes), ("bớt", self._old, article.lost_themes))
        parts = (
            f"{what} {', '.join(_name(site, Kind.THEME, t) for t in themes)}" for what, site, themes in both if themes
        )
        return f"{_name(self._new, Kind.ARTICLE, article.article)}: {'; '.join(parts)}"

    def _open(self, entry: ArticleEntry, link: Link) -> str:
        text, meaning = entry.article.text, link.resolution
        line = text.count("\n", 0, link.start) + 1
        where = code(f"{entry.article.path}:{line}")
        could = _listed((_name(self._new, Kind.DOCUMENT, i) for i in meaning.candidates), 3, "văn bản")
        choices = f"; có thể là {could}" if could else ""
        return f"“{literal(text[link.start : link.end])}” — {where}: {literal(meaning.reason)}{choices}"


def _name(site: Site, kind: Kind, identity: str) -> str:
    """Return an entity by name, a document also with what tells it from others of its number."""
    document = site.kb.documents.get(identity) if kind is Kind.DOCUMENT else None
    line = f" ({site.document_line(document)})" if document else ""
    return literal(site.name(kind, identity) + line)


def _fact(name: str, before: Fact, after: Fact) -> str:
    """Return a fact before and after, with the source of what is said now."""
    if before.value == after.value:
        return f"nguồn của {name}: {' → '.join(literal(side.source) or 'không có' for side in (before, after))}"
    source = f" (nguồn: {literal(after.source)})" if after.source else ""
    return f"{name}: {literal(before.value)} → {literal(after.value)}{source}"


def _relation(site: Site, r: DocumentRelation) -> str:
    ends = (_name(site, Kind.DOCUMENT, identity) for identity in (r.source, r.target))
    return f" *{literal(site.kb.vocabulary.relations[r.relation].name)}* ".join(ends)


def _drafts(side: Side) -> list[str]:
    """Return the drafts of articles that stand in the sources: read, and not shown on any page."""
    lacking = Counter(problem.path for problem in side.reading.draft_problems)
    return [
        f"{literal(a.title or a.id)} — {code(a.path)}, còn {lacking[a.path]} việc phải làm"
        for a in side.reading.corpus.drafts
    ]


def _draft_records(side: Side) -> list[str]:
    """Return the files in which records stand that nobody has confirmed yet, with how many."""
    vocabulary = side.reading.vocabulary
    files = Counter(vocabulary.place(DRAFTS.name, identity)[0] for identity in vocabulary.drafts)
    return [f"{code(path)}: {count} hồ sơ" for path, count in sorted(files.items())]


# -- pages -----------------------------------------------------------------------------------------


def _pages(c: Changes) -> Iterator[str]:
    """Yield which pages came, changed and went, and how many of each kind."""
    lines = {path: f" (+{more} −{less} dòng)" for path, more, less in c.pages.changed}
    # pages of entities before the lists, in the order of the kinds
    order = [*_NAMES.values(), _OTHER]
    changed = sorted(lines, key=lambda path: (path.endswith("index.md"), order.index(_kind(path)), path))
    columns = (
        ("Thêm", c.pages.new, c.after.pages),
        ("Đổi", changed, c.after.pages),
        ("Bỏ", c.pages.gone, c.before.pages),
    )
    if not any(paths for _, paths, _ in columns):
        return
    yield "\n## Trang\n"
    counts = [Counter(map(_kind, paths)) for _, paths, _ in columns]
    yield "| Loại trang | Thêm | Đổi | Bỏ |\n| --- | --- | --- | --- |"
    for name in order:
        if any(count[name] for count in counts):
            yield f"| {name} | {' | '.join(str(count[name]) for count in counts)} |"
    for title, paths, pages in columns:
        if paths:
            yield f"\n**{title} ({len(paths)})**\n"
            rows = [f"{_title(pages[path])} {code(page_address(path))}{lines.get(path, '')}" for path in paths]
            yield from _bounded(rows, _MOST_PAGES, "trang")


def _kind(path: str) -> str:
    folder, _, name = path.partition("/")
    return _NAMES.get(folder, _OTHER) if name else _OTHER


def _title(page: bytes) -> str:
    return literal(page_title(page.decode()))
