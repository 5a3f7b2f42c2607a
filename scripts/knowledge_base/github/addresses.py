"""From the address of a page of the site to the file and line it is made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from ..knowledge.catalogue import BodyCatalogue
from ..models import Article
from ..paragraphs import anchors
from ..vocabulary import Vocabulary
from .repository import Repository

_PAGE = re.compile(
    r"(?:^|/)(nguon|van-ban|co-quan|chu-de|dia-phuong|so-sanh)/([a-z0-9-]{1,200})/?(?:index\.html)?(?:[#?]|$)"
)
_HAND = re.compile(r"(?:^|/)(gioi-thieu|huong-dan)/(?:([a-z-]{1,60})/)?(?:[#?]|$)")
_ANCHOR = re.compile(r"#(d-[a-z0-9]{8}(?:-\d{1,4})?)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file from the repository's root."""

    path: str
    line: int


def find_place(address: str, repository: Repository) -> Place | None:
    """Return what a page is made from; None for a page that is made of many files, or is not known."""
    words = unquote(address.strip())
    if hand := _HAND.search(words):
        return Place(f"docs/{hand[1]}/{hand[2] or 'index'}.md", 1)
    page = _PAGE.search(words)
    if page is None:
        return None
    anchor = _ANCHOR.search(words)
    if page[1] == "nguon":
        return _article_place(page[2], anchor[1] if anchor else None, repository)
    return _entry_place(page[1], page[2], repository)


def _article_place(identity: str, anchor: str | None, repository: Repository) -> Place | None:
    article = next((a for a in repository.articles if a.id == identity), None)
    if article is None:
        return None
    names = dict(zip(anchors(article.paragraphs), article.paragraphs, strict=True))
    paragraph = names.get(anchor or "")
    return Place(article.path, paragraph.line if paragraph else _first_line(article))


def _first_line(article: Article) -> int:
    return article.line_of("title")


def _entry_place(folder: str, identity: str, repository: Repository) -> Place | None:
    vocabulary = repository.vocabulary
    if folder == "van-ban":
        return _origin("records", identity, vocabulary) or _cited_place(identity, repository)
    if folder == "dia-phuong":
        return _origin("provinces", identity, vocabulary)
    if folder == "co-quan":
        key = BodyCatalogue(vocabulary).find(identity)
        local = _origin("local_bodies", f"{key.kind} {key.province}", vocabulary) if key else None
        return local or (_origin("body_kinds", key.kind, vocabulary) if key else None)
    return _origin("themes", identity, vocabulary)


def _origin(name: str, key: str, vocabulary: Vocabulary) -> Place | None:
    return Place(*vocabulary.origins[name, key]) if (name, key) in vocabulary.origins else None


def _cited_place(identity: str, repository: Repository) -> Place | None:
    """Return the first paragraph that names a document of which there is no record."""
    reference = repository.first_mention(identity)
    if reference is None:
        return None
    article = next(a for a in repository.articles if a.id == reference.article)
    return Place(article.path, article.paragraphs[reference.paragraph].line)
