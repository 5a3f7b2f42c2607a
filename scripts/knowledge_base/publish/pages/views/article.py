"""What the page of an article shows, and the list of all articles."""

from __future__ import annotations

from ....core.models import ParagraphKind, Resolution
from ....core.text import sort_key
from ....meaning.knowledge.entities import ArticleEntry, Kind
from ....sources.vocabulary.names import period_at
from ..linked_data import article_data
from ..markdown import Md
from ..site import Site
from ..view import Values, View
from ..wording import changed_line, citation, place_now

_MARKS = {ParagraphKind.ITEM: ("- ", "  "), ParagraphKind.QUOTE: ("> ", "> ")}
"""What stands before the words of a paragraph, and before its address on the next line."""


def _page(site: Site, a: ArticleEntry) -> Values:
    whole = a.reference(a.article.body_start, len(a.article.text))
    province = site.kb.provinces.get(a.province or "")
    renamed = province and province.successor not in (None, province.id)
    moved = renamed or (province and period_at(province, a.at) != province.periods[-1])
    doubts: dict[str, Resolution] = {}
    for k in a.links:
        if k.kind is Kind.DOCUMENT and k.resolution.id is None and k.resolution.candidates:
            doubts.setdefault(a.words(k.start, k.end), k.resolution)
    return {
        "a": a,
        "place_now": place_now(site, a.province) if moved else None,
        "blocks": _blocks(site, a),
        "doubts": doubts,
        "changed": [changed_line(site, identity, status) for identity, status in site.changed_in(whole)],
        "documents": a.named(Kind.DOCUMENT),
        "bodies": a.named(Kind.BODY),
        "themes": a.themes,
    }


def _blocks(site: Site, a: ArticleEntry) -> list[str]:
    """Return the paragraphs as Markdown blocks with their addresses; list items that follow one another make one."""
    blocks: list[str] = []
    before: ParagraphKind | None = None
    for index, paragraph in enumerate(a.article.paragraphs):
        words, address = site.paragraph(a, index), f"{{ #{a.anchors[index]} .doan }}"
        first, second = _MARKS.get(paragraph.kind, ("", ""))
        if paragraph.kind is ParagraphKind.HEADING:
            blocks.append(Md(f"{'#' * max(2, min(paragraph.level, 4))} {words} {address}"))
        elif paragraph.kind is before is ParagraphKind.ITEM:
            blocks[-1] = Md(f"{blocks[-1]}\n{first}{words}\n{second}{address}")
        else:
            blocks.append(Md(f"{first}{words}\n{second}{address}"))
        before = paragraph.kind
    return blocks


def _head(site: Site, a: ArticleEntry) -> Values:
    document = site.kb.documents.get(a.document or "")
    return {
        "place": site.place(a.province),
        "year": str(a.at.year) if a.at else None,
        "source": a.article.path,
        "cite": citation(site, document) if document else None,
        "cite_source": site.article_source(a),
        "ld": article_data(site, a),
    }


def _description(site: Site, a: ArticleEntry) -> str:
    when = f", {a.article.published.vietnamese}" if a.article.published else ""
    return f"{'Tóm lược' if a.is_digest else 'Toàn văn'} bài của {site.outlet(a)}{when}, có dẫn từng đoạn"


def _index(site: Site) -> Values:
    """Newest first, undated last."""

    def age(a: ArticleEntry) -> tuple[object, ...]:
        return (-a.at.earliest().toordinal() if a.at else 0, sort_key(a.article.title or ""), a.id)

    return {"articles": sorted(site.kb.articles.values(), key=age)}


VIEW = View(lambda index: index.kb.articles, _page, _description, _index, head=_head)
