"""What the page of an article shows, and the list of all articles."""

from __future__ import annotations

from ....core.models import Paragraph, ParagraphKind, Resolution
from ....core.text import sort_key
from ....meaning.knowledge.entities import ArticleEntry, Kind
from ....sources.vocabulary.names import period_at
from ..citation import citation
from ..linked_data import article_data
from ..markdown import Md
from ..periods import place_now
from ..site import Site
from ..status_text import changed_line
from ..view import Values, View


def _page(site: Site, a: ArticleEntry) -> Values:
    whole = a.reference(a.article.body_start, len(a.article.text))
    return {
        "a": a,
        "place_now": place_now(site, a.province) if _has_changed(site, a) else None,
        "blocks": _blocks(site, a),
        "doubts": _doubts(a),
        "changed": [changed_line(site, identity, status) for identity, status in site.changed_in(whole)],
        "documents": a.named(Kind.DOCUMENT),
        "bodies": a.named(Kind.BODY),
        "themes": a.themes,
    }


def _blocks(site: Site, a: ArticleEntry) -> list[Md]:
    """Return the paragraphs as Markdown blocks; list items that follow one another make one list."""
    blocks: list[Md] = []
    before: ParagraphKind | None = None
    for index, paragraph in enumerate(a.article.paragraphs):
        block = _block(paragraph, site.paragraph(a, index), a.anchors[index])
        if paragraph.kind is ParagraphKind.ITEM and before is ParagraphKind.ITEM:
            blocks[-1] = Md(f"{blocks[-1]}\n{block}")
        else:
            blocks.append(block)
        before = paragraph.kind
    return blocks


def _block(paragraph: Paragraph, words: Md, anchor: str) -> Md:
    """Return one paragraph with its address."""
    match paragraph.kind:
        case ParagraphKind.HEADING:
            return Md(f"{'#' * max(2, min(paragraph.level, 4))} {words} {{ #{anchor} .doan }}")
        case ParagraphKind.ITEM:
            return Md(f"- {words}\n  {{ #{anchor} .doan }}")
        case ParagraphKind.QUOTE:
            return Md(f"> {words}\n> {{ #{anchor} .doan }}")
        case _:
            return Md(f"{words}\n{{ #{anchor} .doan }}")


def _has_changed(site: Site, a: ArticleEntry) -> bool:
    """Tell whether an article's province has another name or territory since."""
    if a.province is None:
        return False
    province = site.kb.provinces[a.province]
    return province.successor not in (None, a.province) or period_at(province, a.at) != province.periods[-1]


def _doubts(a: ArticleEntry) -> dict[str, Resolution]:
    """Return the words that could mean several documents, each once, with why and which."""
    doubts: dict[str, Resolution] = {}
    for k in a.links:
        if k.kind is Kind.DOCUMENT and k.resolution.id is None and k.resolution.candidates:
            doubts.setdefault(a.words(k.start, k.end), k.resolution)
    return doubts


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
    what = "Tóm lược" if a.is_digest else "Toàn văn"
    return f"{what} bài của {site.outlet(a)}{when}, có dẫn từng đoạn"


def _index(site: Site) -> Values:
    """Newest first, undated last."""

    def age(a: ArticleEntry) -> tuple[object, ...]:
        day = a.article.published or a.at
        return (-day.earliest().toordinal() if day else 0, sort_key(a.article.title or ""), a.id)

    return {"articles": sorted(site.kb.articles.values(), key=age)}


VIEW = View(lambda index: index.kb.articles, _page, _description, _index, head=_head)
