"""What the page of an article shows."""

from __future__ import annotations

from dataclasses import dataclass

from ....core.models import Paragraph, ParagraphKind
from ....meaning.knowledge.entities import ArticleEntry, Kind
from ....sources.vocabulary.names import period_at
from ..citation import article_source, citation
from ..linked_data import article_data
from ..markdown import Md
from ..periods import place_now
from ..site import Site
from ..status_text import changed_line


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that could mean several things, or nothing known."""

    words: str
    reason: str
    candidates: tuple[str, ...]


def article_context(site: Site, a: ArticleEntry) -> dict[str, object]:
    """Return the values of an article's page."""
    return {
        "a": a,
        "place_now": place_now(site, a.province) if _has_changed(site, a) else None,
        "blocks": _blocks(site, a),
        "doubts": _doubts(a),
        "changed": _changed(site, a),
        "documents": _named(a, Kind.DOCUMENT, site),
        "bodies": _named(a, Kind.BODY, site),
        "themes": [t for t, _ in sorted(a.weights.items(), key=lambda item: (-item[1], item[0]))],
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


def _changed(site: Site, a: ArticleEntry) -> list[Md]:
    """Return a line for each document the article names that has been replaced or changed since."""
    whole = a.reference(a.article.body_start, len(a.article.text))
    return [changed_line(site, identity, status) for identity, status in site.changed_in(whole)]


def _doubts(a: ArticleEntry) -> list[Doubt]:
    """Return documents that could not be told apart, each once."""
    doubts: dict[str, Doubt] = {}
    for k in a.links:
        if k.kind is Kind.DOCUMENT and k.resolution.id is None and k.resolution.candidates:
            words = " ".join(a.article.text[k.start : k.end].split())
            doubts.setdefault(words, Doubt(words, k.resolution.reason, k.resolution.candidates))
    return list(doubts.values())


def _named(a: ArticleEntry, kind: Kind, site: Site) -> list[str]:
    """Return the entities an article names, in order of the text, each once."""
    return list(dict.fromkeys(k.resolution.id for k in a.links if k.kind is kind and k.resolution.id))


def article_head(site: Site, a: ArticleEntry) -> dict[str, object]:
    """Return the facts of an article that search and filters use."""
    place = site.name(Kind.PROVINCE, a.province) if a.province else "Trung ương"
    return {
        "place": place,
        "year": str(a.at.year) if a.at else None,
        "source": a.article.path,
        "cite": _cited(site, a),
        "cite_source": article_source(site, a),
        "ld": article_data(site, a),
    }


def _cited(site: Site, a: ArticleEntry) -> str | None:
    """Return the document an article is about, in the official way of writing."""
    document = site.kb.documents.get(a.document or "")
    return citation(site, document) if document else None


def article_description(site: Site, a: ArticleEntry) -> str:
    """Return one line that says what an article is."""
    when = f", {a.article.published.vietnamese}" if a.article.published else ""
    whole = a.article.rights != "tom-luoc"
    return f"{'Toàn văn' if whole else 'Tóm lược'} bài của {site.outlet(a)}{when}, có dẫn từng đoạn"
