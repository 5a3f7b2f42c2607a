"""Tell a comparison as Markdown, in Vietnamese: first a verdict in one sentence, then what a reviewer looks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..core.escaping import code, literal
from ..core.text import upper_first
from ..meaning.knowledge.entities import DocumentRelation, Kind
from ..publish.addresses import page_address, page_title
from ..publish.pages.kinds import PAGE_KINDS
from ..publish.pages.site import Site
from .comparison import Changed, Changes, FactChange, Moved, StatementChanges, Unresolved, article_name
from .sides import Side

_MOST, _MOST_PAGES, _MOST_LOST, _MOST_ERRORS = 20, 15, 200, 5
"""So many rows of a list are shown, then only how many more there are: a report of any change is read in one go
(``tests/test_changes.py``: under 160 lines). All that is lost is shown, as each needs a line of its own in
``sources/addresses.yml``. Chosen by hand."""
_NAMES = {kind.folder: kind.name for kind in PAGE_KINDS}


def render_changes(changes: Changes) -> str:
    """Return the report; the same for the same two sides."""
    return "\n".join(_lines(changes)) + "\n"


def _lines(c: Changes) -> Iterator[str]:
    yield _verdict(c)
    yield ""
    revision = f"{code(c.before.label)} ({literal(c.before.detail)})"
    yield f"So nguồn hiện nay với bản {revision}; cả hai được dựng bằng chương trình hiện nay."
    yield from _doubts(c)
    if c.before.site is None or c.after.site is None:
        for title, things in (("Bài", c.articles), ("Hồ sơ văn bản", c.documents)):
            yield from _section(title, [("Mới", list(map(code, things.new))), ("Bỏ", list(map(code, things.gone)))])
        return
    yield from _lost(c)
    yield from _anchors(c)
    yield from _Sections(c, c.before.site, c.after.site).lines()
    yield from _pages(c)


def _doubts(c: Changes) -> Iterator[str]:
    """Say what could not be compared."""
    if c.before.absent:
        yield "\nỞ bản ấy chưa có thư mục nguồn này: mọi thứ đều là mới."
    errors = c.before.errors
    if not errors:
        return
    unread = len(c.before.unread)
    left_out = f"{unread} bài không đọc được nên không so" if unread else "vẫn so được"
    known = "chỉ so được mã bài và mã hồ sơ" if c.before.site is None else left_out
    yield f"\n> ⚠ Nguồn ở bản ấy có {len(errors)} lỗi theo luật hiện nay: {known}."
    yield ">"
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
        ("# cơ quan mới", len(c.new_bodies)),
        ("# mục danh mục đổi", sum(entries.count for entries in c.entries)),
        ("# bản nháp chưa lên trang", len(c.after.reading.corpus.drafts)),
        ("# chỗ mới chưa rõ", len(c.unresolved)),
    )
    page_counts = (
        ("# trang thêm", len(c.pages.new)),
        ("# trang đổi", len(c.pages.changed)),
        ("# trang bỏ", len(c.pages.gone)),
    )
    parts, pages = ([what.replace("#", str(n)) for what, n in each if n] for each in (counts, page_counts))
    if not parts and not c.pages.changed:
        return "Không có gì đổi."
    clauses = [parts or ["không bài, văn bản nào đổi"], pages, [_addresses(c)]]
    return upper_first("; ".join(", ".join(clause) for clause in clauses if clause)) + "."


def _addresses(c: Changes) -> str:
    """Return what becomes of the published addresses."""
    anchors = sum(map(len, c.anchors.values()))
    if c.lost:
        return f"⚠ {len(c.lost)} địa chỉ trang mất" + (f", {anchors} đoạn không còn" if anchors else "")
    return f"không địa chỉ trang nào mất, {anchors} đoạn không còn" if anchors else "không địa chỉ nào mất"


def _lost(c: Changes) -> Iterator[str]:
    """Yield each page that can no longer be reached, with the line that would lead on."""
    if not c.lost:
        return
    titles = {page_address(path): path for path in c.before.pages if path.endswith(".md")}
    yield "\n## ⚠ Địa chỉ trang mất"
    yield "\nNgười đã lưu những địa chỉ này sẽ không mở được nữa. Khôi phục trang, hoặc thêm dòng gợi ý (sau khi xem"
    yield "lại đích) vào cuối `sources/addresses.yml`.\n"
    rows = [f"⚠ {_title(c.before.pages[titles[lost.address]])}: {code(lost.entry)}" for lost in c.lost]
    yield from _bounded(rows, _MOST_LOST, "địa chỉ")


def _anchors(c: Changes) -> Iterator[str]:
    """Yield the paragraphs whose addresses are gone; the page opens with a word about it."""
    if not c.anchors:
        return
    yield "\n## ⚠ Đoạn không còn địa chỉ"
    yield "\nLiên kết cũ tới những đoạn này mở trang kèm lời báo rằng đoạn không còn.\n"
    yield from _bounded([_anchor_row(page, gone) for page, gone in c.anchors.items()], _MOST_PAGES, "trang")


def _anchor_row(page: str, gone: list[str]) -> str:
    return f"⚠ {code(page)}: {_listed([code(f'#{anchor}') for anchor in gone], 5, 'đoạn')}"


# -- what the sources say ---------------------------------------------------------------------------


class _Sections:
    """What differs, told with the names that the two sides know."""

    def __init__(self, changes: Changes, before: Site, after: Site) -> None:
        self._c, self._old, self._new = changes, before, after

    def lines(self) -> Iterator[str]:
        """Yield all sections but those of addresses and pages."""
        c, old, new = self._c, self._old, self._new
        yield from _section("Bài", [
            ("Mới", [self._new_article(i) for i in c.articles.new]),
            ("Đổi địa chỉ", [self._moved(Kind.ARTICLE, m) for m in c.articles.moved]),
            ("Sửa", [self._article(changed) for changed in c.articles.changed]),
            ("Bỏ", [literal(article_name(old, i)) for i in c.articles.gone]),
            ("Bản nháp chưa lên trang", _drafts(c.after)),
        ])  # fmt: skip
        yield from _section("Văn bản", [
            ("Mới", [self._new_document(i) for i in c.documents.new]),
            ("Đổi địa chỉ", [self._moved(Kind.DOCUMENT, m) for m in c.documents.moved]),
            ("Đổi", [self._document(changed) for changed in c.documents.changed]),
            ("Không còn", [_name(old, Kind.DOCUMENT, i) for i in c.documents.gone]),
        ])  # fmt: skip
        for entries in c.entries:
            yield from _section(f"Danh mục: {entries.title}", [
                ("Mới", list(map(literal, entries.new))),
                ("Đổi", [f"{literal(name)}: {', '.join(map(code, keys))}" for name, keys in entries.changed]),
                ("Không còn", list(map(literal, entries.gone))),
            ])  # fmt: skip
        yield from _section("Cơ quan", [
            ("Trang mới", [_name(new, Kind.BODY, i) for i in c.new_bodies]),
            ("Không còn trang", [_name(old, Kind.BODY, i) for i in c.gone_bodies]),
            ("Khớp với cơ quan đã có", [row for each in c.statements if (row := self._matched(each))]),
        ])  # fmt: skip
        themes = [self._themes(each) for each in c.statements if each.themes or each.lost_themes]
        yield from _section("Chủ đề của bài", [("Thêm, bớt", themes)])
        yield from _section("Quan hệ giữa văn bản", [
            ("Mới", [_relation(new, r) for r in c.new_relations]),
            ("Không còn", [_relation(old, r) for r in c.gone_relations]),
        ])  # fmt: skip
        yield from _tasks(*c.tasks)
        yield from _section("Chỗ chưa rõ chỉ cái gì", [("Mới", [self._open(u) for u in c.unresolved])])
        if c.settled:
            yield f"\n{c.settled} chỗ trước đây chưa rõ nay đã rõ hoặc không còn."

    def _moved(self, kind: Kind, m: Moved) -> str:
        return f"{_name(self._new, kind, m.new)}: {code(f'{kind}/{m.old}/')} → {code(f'{kind}/{m.new}/')}"

    def _new_article(self, identity: str) -> str:
        entry = self._new.kb.articles[identity]
        known = self._new.kb.documents.get(entry.document or "")
        about = f"; về {_name(self._new, Kind.DOCUMENT, known.id)}" if known else ""
        return f"{literal(article_name(self._new, identity))}{about} — {code(entry.article.path)}"

    def _article(self, changed: Changed) -> str:
        parts = [_fact(fact) for fact in changed.facts]
        if changed.gained or changed.dropped:
            parts.append(f"lời bài: {len(changed.gained)} đoạn mới, {len(changed.dropped)} đoạn bỏ")
        return f"{_name(self._new, Kind.ARTICLE, changed.id)}: {'; '.join(parts)}"

    def _new_document(self, identity: str) -> str:
        document = self._new.kb.documents[identity]
        title = f": {literal(document.record.title.value)}" if document.record and document.record.title else ""
        articles = [*document.announced_by, *document.cited_by]
        source = self._sources("nguồn", articles) if articles else "nguồn: hồ sơ văn bản"
        return f"{_name(self._new, Kind.DOCUMENT, identity)}{title} — {source}"

    def _document(self, changed: Changed) -> str:
        parts = [_fact(fact) for fact in changed.facts]
        parts += [self._sources("thêm nguồn", changed.gained)] if changed.gained else []
        parts += [f"bớt {len(changed.dropped)} bài nhắc đến"] if changed.dropped else []
        return f"{_name(self._new, Kind.DOCUMENT, changed.id)}: {'; '.join(parts)}"

    def _sources(self, what: str, articles: Sequence[str]) -> str:
        return f"{what}: {_listed((literal(article_name(self._new, a)) for a in articles), 2, 'bài', '; ')}"

    def _matched(self, article: StatementChanges) -> str:
        """Return the bodies that an article names now and that had their pages already."""
        known = [literal(self._new.name(Kind.BODY, b)) for b in article.bodies if b not in self._c.new_bodies]
        name = _name(self._new, Kind.ARTICLE, article.article)
        return f"{name}: {_listed(known, 8, 'cơ quan')}" if known else ""

    def _themes(self, article: StatementChanges) -> str:
        parts = [f"thêm {_theme_names(self._new, article.themes)}"] if article.themes else []
        parts += [f"bớt {_theme_names(self._old, article.lost_themes)}"] if article.lost_themes else []
        return f"{_name(self._new, Kind.ARTICLE, article.article)}: {'; '.join(parts)}"

    def _open(self, u: Unresolved) -> str:
        path = self._new.kb.articles[u.article].article.path
        could = _listed((_name(self._new, Kind.DOCUMENT, i) for i in u.candidates), 3, "văn bản")
        choices = f"; có thể là {could}" if could else ""
        return f"“{literal(u.words)}” — {code(f'{path}:{u.line}')}: {literal(u.reason)}{choices}"


def _name(site: Site, kind: Kind, identity: str) -> str:
    """Return an entity by name, a document also with what tells it from others of its number."""
    document = site.kb.documents.get(identity) if kind is Kind.DOCUMENT else None
    line = f" ({site.document_line(document)})" if document else ""
    return literal(site.name(kind, identity) + line)


def _fact(fact: FactChange) -> str:
    """Return a fact before and after, with the source of what is said now."""
    source = f" (nguồn: {literal(fact.after.source)})" if fact.after.source else ""
    if fact.before.value == fact.after.value:
        sources = (literal(side.source) or "không có" for side in (fact.before, fact.after))
        return f"nguồn của {fact.name}: {' → '.join(sources)}"
    return f"{fact.name}: {literal(fact.before.value)} → {literal(fact.after.value)}{source}"


def _theme_names(site: Site, themes: Sequence[str]) -> str:
    return ", ".join(literal(site.name(Kind.THEME, theme)) for theme in themes)


def _relation(site: Site, r: DocumentRelation) -> str:
    ends = (_name(site, Kind.DOCUMENT, identity) for identity in (r.source, r.target))
    return f" *{literal(site.relation(r.relation).name)}* ".join(ends)


def _tasks(old: Counter[str], new: Counter[str]) -> Iterator[str]:
    """Yield how many tasks and demands there were and are."""
    if old != new:
        kinds = (("giao", "nhiệm vụ được giao"), ("yeu-cau", "yêu cầu"))
        counts = ", ".join(f"{name} {old[kind]} → {new[kind]}" for kind, name in kinds)
        yield f"\n## Nhiệm vụ\n\nSố {counts}."


def _drafts(side: Side) -> list[str]:
    """Return the drafts that stand in the sources: read, and not shown on any page."""
    lacking = Counter(problem.path for problem in side.reading.corpus.draft_problems)
    return [
        f"{literal(a.title or a.id)} — {code(a.path)}, còn {lacking[a.path]} việc phải làm"
        for a in side.reading.corpus.drafts
    ]


# -- pages -----------------------------------------------------------------------------------------


def _pages(c: Changes) -> Iterator[str]:
    """Yield which pages came, changed and went."""
    new, changed, gone = c.pages.new, c.pages.changed, c.pages.gone
    if not (new or changed or gone):
        return
    yield "\n## Trang"
    yield ""
    yield from _table(c)
    lines = {path: f" (+{more} −{less} dòng)" for path, more, less in changed}
    for title, paths, pages in (
        ("Thêm", list(new), c.after.pages),
        ("Đổi", _by_kind(list(lines)), c.after.pages),
        ("Bỏ", list(gone), c.before.pages),
    ):
        if paths:
            yield f"\n**{title} ({len(paths)})**\n"
            rows = [f"{_title(pages[path])} {code(page_address(path))}{lines.get(path, '')}" for path in paths]
            yield from _bounded(rows, _MOST_PAGES, "trang")


def _by_kind(paths: list[str]) -> list[str]:
    """Return pages of entities before the lists, in the order of the kinds."""
    order = list(_NAMES)

    def rank(path: str) -> tuple[bool, int, str]:
        folder = path.split("/", maxsplit=1)[0]
        return path.endswith("index.md"), order.index(folder) if folder in order else len(order), path

    return sorted(paths, key=rank)


def _table(c: Changes) -> Iterator[str]:
    """Yield how many pages of each kind came, changed and went."""
    columns = (c.pages.new, [path for path, *_ in c.pages.changed], c.pages.gone)
    counts = [Counter(map(_kind, paths)) for paths in columns]
    yield "| Loại trang | Thêm | Đổi | Bỏ |"
    yield "| --- | --- | --- | --- |"
    for name in dict.fromkeys([*_NAMES.values(), "Trang khác"]):
        if any(count[name] for count in counts):
            yield f"| {name} | {' | '.join(str(count[name]) for count in counts)} |"


def _kind(path: str) -> str:
    folder, _, name = path.partition("/")
    return _NAMES.get(folder, "Trang khác") if name else "Trang khác"


def _title(page: bytes) -> str:
    return literal(page_title(page.decode()))
