"""Tell a comparison as Markdown, in Vietnamese: first a verdict in one sentence, then what a reviewer looks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..core.escaping import code, literal
from ..core.text import upper_first
from ..meaning.knowledge.entities import DocumentRelation, Kind
from ..publish.addresses import page_address
from ..publish.pages.kinds import PAGE_KINDS
from ..publish.pages.site import Site
from ..publish.redirects import page_title
from .compared_facts import FactChange, article_name
from .comparison import Changed, Changes, Entries, Moved, StatementChanges, Unresolved
from .sides import Side


def bounded(rows: Sequence[str], most: int, what: str) -> list[str]:
    """Return the rows as a list, at most ``most`` of them, then how many more ``what`` there are."""
    more = [f"- … và {len(rows) - most} {what} nữa"] if len(rows) > most else []
    return [*(f"- {row}" for row in rows[:most]), *more]


def verdict(c: Changes) -> str:
    """Return the sentence."""
    if c.after.kb is None or (c.before.kb is None and not c.before.absent):
        return "⚠ Không so được hết: nguồn ở bản cũ không hợp lệ theo luật hiện nay."
    parts = [verb.replace("#", str(count)) for verb, count in _counts(c) if count]
    if not parts and not c.pages.changed:
        return "Không có gì đổi."
    if not parts:
        parts.append("không bài, văn bản nào đổi")
    pages = [f"{n} trang {what}" for n, what in _page_counts(c) if n]
    return upper_first("; ".join([", ".join(parts), *([", ".join(pages)] if pages else []), _addresses(c)])) + "."


def _counts(c: Changes) -> list[tuple[str, int]]:
    articles, documents = c.articles, c.documents
    return [
        ("thêm # bài", len(articles.new)),
        ("sửa # bài", len(articles.changed)),
        ("đổi địa chỉ # bài", len(articles.moved)),
        ("bỏ # bài", len(articles.gone)),
        ("# văn bản mới", len(documents.new)),
        ("# văn bản đổi", len(documents.changed)),
        ("# văn bản đổi địa chỉ", len(documents.moved)),
        ("# văn bản không còn", len(documents.gone)),
        ("# cơ quan mới", len(c.new_bodies)),
        ("# mục danh mục đổi", sum(entries.count for entries in c.entries)),
        ("# bản nháp chưa lên trang", len(c.after.reading.corpus.drafts)),
        ("# chỗ mới chưa rõ", len(c.unresolved)),
    ]


def _page_counts(c: Changes) -> list[tuple[int, str]]:
    return [(len(c.pages.new), "thêm"), (len(c.pages.changed), "đổi"), (len(c.pages.gone), "bỏ")]


def _addresses(c: Changes) -> str:
    """Return what becomes of the published addresses."""
    anchors = sum(map(len, c.anchors.values()))
    if c.lost:
        return f"⚠ {len(c.lost)} địa chỉ trang mất" + (f", {anchors} đoạn không còn" if anchors else "")
    return f"không địa chỉ trang nào mất, {anchors} đoạn không còn" if anchors else "không địa chỉ nào mất"


_MOST_PAGES, MOST_LOST = 15, 200
_NAMES = {kind.folder: kind.plural for kind in PAGE_KINDS}


def address_sections(c: Changes) -> Iterator[str]:
    """Yield what is lost of the published addresses; nothing when all are kept."""
    yield from _lost(c)
    yield from _anchors(c)


def page_sections(c: Changes) -> Iterator[str]:
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
            yield from bounded(rows, _MOST_PAGES, "trang")


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


def _lost(c: Changes) -> Iterator[str]:
    """Yield each page that can no longer be reached, with the line that would lead on."""
    if not c.lost:
        return
    titles = {page_address(path): path for path in c.before.pages if path.endswith(".md")}
    yield "\n## ⚠ Địa chỉ trang mất"
    yield "\nNgười đã lưu những địa chỉ này sẽ không mở được nữa. Khôi phục trang, hoặc thêm dòng gợi ý (sau khi xem"
    yield "lại đích) vào cuối `sources/addresses.yml`.\n"
    rows = [f"⚠ {_title(c.before.pages[titles[lost.address]])}: {code(lost.entry)}" for lost in c.lost]
    yield from bounded(rows, MOST_LOST, "địa chỉ")


def _anchors(c: Changes) -> Iterator[str]:
    """Yield the paragraphs whose addresses are gone; the page opens with a word about it."""
    if not c.anchors:
        return
    yield "\n## ⚠ Đoạn không còn địa chỉ"
    yield "\nLiên kết cũ tới những đoạn này mở trang kèm lời báo rằng đoạn không còn.\n"
    yield from bounded([_anchor_row(page, gone) for page, gone in c.anchors.items()], _MOST_PAGES, "trang")


def _anchor_row(page: str, gone: list[str]) -> str:
    shown = ", ".join(code(f"#{anchor}") for anchor in gone[:5])
    return f"⚠ {code(page)}: {shown}" + (f" và {len(gone) - 5} đoạn nữa" if len(gone) > 5 else "")


MOST = 20
"""So many rows of a list are shown; then only how many more there are."""


def render_changes(changes: Changes) -> str:
    """Return the report; the same for the same two sides."""
    return "\n".join(_lines(changes)) + "\n"


def _lines(c: Changes) -> Iterator[str]:
    yield verdict(c)
    yield ""
    revision = f"{code(c.before.label)} ({literal(c.before.detail)})"
    yield f"So nguồn hiện nay với bản {revision}; cả hai được dựng bằng chương trình hiện nay."
    yield from _doubts(c)
    if c.after.site is None or (c.before.site is None and not c.before.absent):
        for title, things in (("Bài", c.articles), ("Hồ sơ văn bản", c.documents)):
            yield from _section(title, [("Mới", list(map(code, things.new))), ("Bỏ", list(map(code, things.gone)))])
        return
    yield from address_sections(c)
    telling = _Telling(c, c.before.site or c.after.site, c.after.site)
    yield from telling.lines()
    yield from page_sections(c)


def _doubts(c: Changes) -> Iterator[str]:
    """Say what could not be compared."""
    if c.before.absent:
        yield "\nỞ bản ấy chưa có thư mục nguồn này: mọi thứ đều là mới."
        return
    errors = c.before.errors
    if not errors:
        return
    unread = len(c.before.unread)
    left_out = f"{unread} bài không đọc được nên không so" if unread else "vẫn so được"
    known = "chỉ so được mã bài và mã hồ sơ" if c.before.kb is None else left_out
    yield f"\n> ⚠ Nguồn ở bản ấy có {len(errors)} lỗi theo luật hiện nay: {known}."
    yield ">"
    for row in bounded([f"{code(p.path)}, dòng {p.line}: {literal(p.message)}" for p in errors], 5, "lỗi"):
        yield f"> {row}"


def _section(title: str, parts: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Yield a section with its lists; nothing where all are empty."""
    if not any(rows for _, rows in parts):
        return
    yield f"\n## {title}"
    for name, rows in parts:
        if rows:
            yield f"\n**{name} ({len(rows)})**\n"
            yield from bounded(rows, MOST, "mục")


class _Telling:
    """Tells the changes with the names that the two sides know."""

    def __init__(self, changes: Changes, before: Site, after: Site) -> None:
        self._c, self._old, self._new = changes, before, after

    def lines(self) -> Iterator[str]:
        """Yield all sections but those of the pages."""
        yield from self._articles()
        yield from self._documents()
        for entries in self._c.entries:
            yield from self._entries(entries)
        yield from self._bodies()
        yield from self._said()
        yield from self._relations()
        yield from self._tasks()
        yield from _section("Chỗ chưa rõ chỉ cái gì", [("Mới", [self._open(u) for u in self._c.unresolved])])
        if self._c.settled:
            yield f"\n{self._c.settled} chỗ trước đây chưa rõ nay đã rõ hoặc không còn."

    def _articles(self) -> Iterator[str]:
        articles = self._c.articles
        return _section("Bài", [
            ("Mới", [self._new_article(i) for i in articles.new]),
            ("Đổi địa chỉ", [self._moved(Kind.ARTICLE, m) for m in articles.moved]),
            ("Sửa", [self._article(changed) for changed in articles.changed]),
            ("Bỏ", [literal(article_name(self._old, i)) for i in articles.gone]),
            ("Bản nháp chưa lên trang", _drafts(self._c.after)),
        ])  # fmt: skip

    def _documents(self) -> Iterator[str]:
        documents = self._c.documents
        return _section("Văn bản", [
            ("Mới", [self._new_document(i) for i in documents.new]),
            ("Đổi địa chỉ", [self._moved(Kind.DOCUMENT, m) for m in documents.moved]),
            ("Đổi", [self._document(changed) for changed in documents.changed]),
            ("Không còn", [self._name(self._old, Kind.DOCUMENT, i) for i in documents.gone]),
        ])  # fmt: skip

    @staticmethod
    def _entries(entries: Entries) -> Iterator[str]:
        return _section(f"Danh mục: {entries.title}", [
            ("Mới", list(map(literal, entries.new))),
            ("Đổi", [f"{literal(name)}: {', '.join(map(code, keys))}" for name, keys in entries.changed]),
            ("Không còn", list(map(literal, entries.gone))),
        ])  # fmt: skip

    def _bodies(self) -> Iterator[str]:
        return _section("Cơ quan", [
            ("Trang mới", [self._name(self._new, Kind.BODY, i) for i in self._c.new_bodies]),
            ("Không còn trang", [self._name(self._old, Kind.BODY, i) for i in self._c.gone_bodies]),
            ("Khớp với cơ quan đã có", [row for said in self._c.said if (row := self._matched(said))]),
        ])  # fmt: skip

    def _said(self) -> Iterator[str]:
        rows = [self._themes(said) for said in self._c.said if said.themes or said.lost_themes]
        return _section("Chủ đề của bài", [("Thêm, bớt", rows)])

    def _relations(self) -> Iterator[str]:
        return _section("Quan hệ giữa văn bản", [
            ("Mới", [self._relation(self._new, r) for r in self._c.new_relations]),
            ("Không còn", [self._relation(self._old, r) for r in self._c.gone_relations]),
        ])  # fmt: skip

    @staticmethod
    def _name(site: Site, kind: Kind, identity: str) -> str:
        """Return an entity by name, a document also with what tells it from others of its number."""
        document = site.kb.documents.get(identity) if kind is Kind.DOCUMENT else None
        line = f" ({site.document_line(document)})" if document else ""
        return literal(site.name(kind, identity) + line)

    def _moved(self, kind: Kind, m: Moved) -> str:
        return f"{self._name(self._new, kind, m.new)}: {code(f'{kind}/{m.old}/')} → {code(f'{kind}/{m.new}/')}"

    def _new_article(self, identity: str) -> str:
        entry = self._new.kb.articles[identity]
        known = self._new.kb.documents.get(entry.document or "")
        about = f"; về {self._name(self._new, Kind.DOCUMENT, known.id)}" if known else ""
        return f"{literal(article_name(self._new, identity))}{about} — {code(entry.article.path)}"

    def _article(self, changed: Changed) -> str:
        told = [self._fact(fact) for fact in changed.facts]
        if changed.gained or changed.dropped:
            told.append(f"lời bài: {len(changed.gained)} đoạn mới, {len(changed.dropped)} đoạn bỏ")
        return f"{self._name(self._new, Kind.ARTICLE, changed.id)}: {'; '.join(told)}"

    def _new_document(self, identity: str) -> str:
        document = self._new.kb.documents[identity]
        title = f": {literal(document.record.title.value)}" if document.record and document.record.title else ""
        articles = [*document.announced_by, *document.cited_by]
        source = self._sources("nguồn", articles) if articles else "nguồn: hồ sơ văn bản"
        return f"{self._name(self._new, Kind.DOCUMENT, identity)}{title} — {source}"

    def _document(self, changed: Changed) -> str:
        told = [self._fact(fact) for fact in changed.facts]
        told += [self._sources("thêm nguồn", changed.gained)] if changed.gained else []
        told += [f"bớt {len(changed.dropped)} bài nhắc đến"] if changed.dropped else []
        return f"{self._name(self._new, Kind.DOCUMENT, changed.id)}: {'; '.join(told)}"

    def _sources(self, what: str, articles: Sequence[str]) -> str:
        named = "; ".join(literal(article_name(self._new, a)) for a in articles[:2])
        return f"{what}: {named}" + (f" và {len(articles) - 2} bài nữa" if len(articles) > 2 else "")

    @staticmethod
    def _fact(fact: FactChange) -> str:
        """Return a fact before and after, with the source of what is said now."""
        source = f" (nguồn: {literal(fact.after.source)})" if fact.after.source else ""
        if fact.before.value == fact.after.value:
            sources = (literal(side.source) or "không có" for side in (fact.before, fact.after))
            return f"nguồn của {fact.name}: {' → '.join(sources)}"
        return f"{fact.name}: {literal(fact.before.value)} → {literal(fact.after.value)}{source}"

    def _matched(self, said: StatementChanges) -> str:
        """Return the bodies that an article names now and that had their pages already."""
        known = [b for b in said.bodies if b not in self._c.new_bodies]
        names = ", ".join(literal(self._new.name(Kind.BODY, b)) for b in known[:8])
        more = f" và {len(known) - 8} cơ quan nữa" if len(known) > 8 else ""
        return f"{self._name(self._new, Kind.ARTICLE, said.article)}: {names}{more}" if known else ""

    def _themes(self, said: StatementChanges) -> str:
        parts = [f"thêm {self._theme_names(self._new, said.themes)}"] if said.themes else []
        parts += [f"bớt {self._theme_names(self._old, said.lost_themes)}"] if said.lost_themes else []
        return f"{self._name(self._new, Kind.ARTICLE, said.article)}: {'; '.join(parts)}"

    @staticmethod
    def _theme_names(site: Site, themes: Sequence[str]) -> str:
        return ", ".join(literal(site.name(Kind.THEME, theme)) for theme in themes)

    def _relation(self, site: Site, r: DocumentRelation) -> str:
        ends = (self._name(site, Kind.DOCUMENT, identity) for identity in (r.source, r.target))
        return f" *{literal(site.relation(r.relation).name)}* ".join(ends)

    def _tasks(self) -> Iterator[str]:
        """Yield how many tasks and demands there were and are."""
        old, new = self._c.tasks
        if old != new:
            kinds = (("giao", "nhiệm vụ được giao"), ("yeu-cau", "yêu cầu"))
            counts = ", ".join(f"{name} {old[kind]} → {new[kind]}" for kind, name in kinds)
            yield f"\n## Nhiệm vụ\n\nSố {counts}."

    def _open(self, u: Unresolved) -> str:
        path = self._new.kb.articles[u.article].article.path
        could = ", ".join(self._name(self._new, Kind.DOCUMENT, i) for i in u.candidates[:3])
        more = f" và {len(u.candidates) - 3} văn bản nữa" if len(u.candidates) > 3 else ""
        choices = f"; có thể là {could}{more}" if could else ""
        return f"“{literal(u.words)}” — {code(f'{path}:{u.line}')}: {literal(u.reason)}{choices}"


def _drafts(side: Side) -> list[str]:
    """Return the drafts that stand in the sources: read, and not shown on any page."""
    lacking = Counter(problem.path for problem in side.reading.corpus.draft_problems)
    return [
        f"{literal(a.title or a.id)} — {code(a.path)}, còn {lacking[a.path]} việc phải làm"
        for a in side.reading.corpus.drafts
    ]
