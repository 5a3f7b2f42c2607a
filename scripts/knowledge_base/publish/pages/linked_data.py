"""Say to machines what a page is about, in the terms of schema.org (JSON-LD)."""

from __future__ import annotations

from collections import defaultdict

from ...core.models import Certainty
from ...meaning.knowledge.entities import ArticleEntry, Body, Document, Kind
from ...meaning.knowledge.status import Force, certainty_of, status_of
from ...sources.vocabulary.schemas import Province, Theme
from .site import Site
from .view import MOST

Linked = dict[str, object]

_FORCE = {Force.IN_FORCE: "InForce", Force.ENDED_PARTLY: "PartiallyInForce"}
_FORCE |= dict.fromkeys((Force.ENDED, Force.REPLACED, Force.NOT_YET), "NotInForce")


def _thing(kind: str, **values: object) -> Linked:
    return {"@type": kind, **{key: value for key, value in values.items() if value not in (None, "", [], {})}}


def _top(kind: str, **values: object) -> Linked:
    return {"@context": "https://schema.org", **_thing(kind, **values)}


def document_data(site: Site, d: Document) -> Linked:
    """Return a document as ``Legislation``; whether it is in force only where that is known."""
    status = status_of(d, site.kb)
    sure = not status.starts and certainty_of(status, site.kb) is not Certainty.UNCHECKED
    force = _FORCE.get(status.force) if sure else None
    changes: dict[str, list[Linked]] = defaultdict(list)
    for name, target in dict.fromkeys((r.relation, r.target) for r in site.kb.relations_from(d.id)):
        kind = site.kb.vocabulary.relations.get(name)
        if kind and kind.schema_org and target in site.kb.documents:
            changes[kind.schema_org].append(_entity(site, "Legislation", Kind.DOCUMENT, target))
    return _top(
        "Legislation", name=d.name, alternateName=d.title,
        legislationIdentifier=d.number, legislationType=d.type_name, legislationDate=d.date.iso if d.date else None,
        legislationPassedBy=_organization(site, d.issuer),
        legislationJurisdiction=_place(site, d.province) or _thing("Country", name="Việt Nam"),
        legislationLegalForce=f"https://schema.org/{force}" if force else None,
        inLanguage="vi",
        **changes,
        subjectOf=[_article(site, site.kb.articles[a]) for a in d.articles[:MOST]],
    )  # fmt: skip


def _entity(site: Site, thing: str, kind: Kind, identity: str) -> Linked:
    return _thing(thing, name=site.name(kind, identity), url=site.href(kind, identity))


def _organization(site: Site, identity: str | None) -> Linked | None:
    body = site.kb.bodies.get(identity or "")
    return _entity(site, _body_type(site, body), Kind.BODY, body.id) if body else None


def _body_type(site: Site, body: Body) -> str:
    """State bodies are of the government; the Party and the Front are organisations."""
    state = site.kb.vocabulary.body_kinds[body.kind].side == "nha-nuoc"
    return "GovernmentOrganization" if state else "Organization"


def _place(site: Site, province: str | None) -> Linked | None:
    return None if province is None else _entity(site, "AdministrativeArea", Kind.PROVINCE, province)


def _article(site: Site, entry: ArticleEntry) -> Linked:
    article = entry.article
    return _thing(
        "NewsArticle", headline=article.title, datePublished=article.published.iso if article.published else None,
        publisher=_thing("Organization", name=entry.outlet_name) if entry.outlet_name else None,
        url=site.href(Kind.ARTICLE, entry.id), sameAs=article.url,
    )  # fmt: skip


def body_data(site: Site, b: Body) -> Linked:
    """Return a body as an organisation, with the ones above it, before it and after it."""
    ended = b.ended.date if b.ended else None
    return _top(
        _body_type(site, b), name=b.name, alternateName=list(b.other_names),
        areaServed=_place(site, b.province), parentOrganization=_organization(site, b.parent),
        dissolutionDate=ended.iso if ended else None,
    )  # fmt: skip


def article_data(site: Site, a: ArticleEntry) -> Linked:
    """Return an article; the licence only where our page is our own digest of it."""
    known = site.kb.documents.get(a.document or "")
    return _top(
        "CreativeWork", name=a.article.title, inLanguage="vi", isBasedOn=_article(site, a),
        about=[_entity(site, "Legislation", Kind.DOCUMENT, known.id)] if known else [],
        license="https://creativecommons.org/licenses/by/4.0/" if a.is_digest else None,
    )  # fmt: skip


def theme_data(site: Site, t: Theme) -> Linked:
    """Return a theme as a term of our vocabulary."""
    return _top("DefinedTerm", name=t.name, description=t.definition, inLanguage="vi")


def province_data(site: Site, p: Province) -> Linked:
    """Return a province as an administrative area."""
    return _top("AdministrativeArea", name=p.name, alternateName=list(p.names), url=site.href(Kind.PROVINCE, p.id))
