"""The kinds of pages: one row and one template each. The generated folders of docs/ follow from it."""

from __future__ import annotations

from dataclasses import dataclass

from ..knowledge.entities import Kind


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page. ``folder`` is its address and its folder in docs/; ``template`` makes an entity's
    page, ``index`` the list of all; ``name`` and ``plural`` are what readers see."""

    kind: Kind
    name: str
    plural: str
    template: str
    index: str

    @property
    def folder(self) -> str:
        """Its folder in docs/ and its address."""
        return self.kind.value


PAGE_KINDS = (
    PageKind(Kind.DOCUMENT, "Văn bản", "Văn bản", "document.md.j2", "documents.md.j2"),
    PageKind(Kind.BODY, "Cơ quan", "Cơ quan", "body.md.j2", "bodies.md.j2"),
    PageKind(Kind.THEME, "Chủ đề", "Chủ đề", "theme.md.j2", "themes.md.j2"),
    PageKind(Kind.PROVINCE, "Địa phương", "Địa phương", "province.md.j2", "provinces.md.j2"),
    PageKind(Kind.ARTICLE, "Bài nguồn", "Bài nguồn", "article.md.j2", "articles.md.j2"),
)

HOME = "index.md"
HOME_TEMPLATE = "home.md.j2"


def generated_names() -> tuple[str, ...]:
    """Return what the generator owns in docs/: files and whole folders, at its top level."""
    return (HOME, *(kind.folder for kind in PAGE_KINDS))
