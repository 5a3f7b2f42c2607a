"""What the page of a theme's pack shows: the hand-out, questions, what to check oneself by; the list of all packs."""

from __future__ import annotations

from ....sources.vocabulary.schemas import Theme
from ...packs.choice import (
    CHECKLIST_FILE,
    FOLDER,
    LARGE_FILE,
    MOST_SHOWN,
    ONE_PAGE_FILE,
    OUR_QUESTIONS,
    QR_FILE,
    READ_TOGETHER,
    make_pack,
    said_on,
)
from ...packs.paper import STAR, is_unchecked, source_words, star_note, where_to_look
from ..site import Site
from ..view import Values, View
from .theme import theme_rows


def _page(site: Site, theme: Theme) -> Values:
    home = site.index.published_at
    return {
        "t": theme,
        "pack": make_pack(site, theme),
        "files": {"one": ONE_PAGE_FILE, "large": LARGE_FILE, "checklist": CHECKLIST_FILE, "qr": QR_FILE},
        "our_questions": OUR_QUESTIONS,
        "read_together": READ_TOGETHER,
        "source_words": source_words,
        "is_unchecked": is_unchecked,
        "star": STAR,
        "star_note": star_note,
        "where_to_look": where_to_look,
        "address": f"{home}{FOLDER}/{theme.id}/" if home else "",
        "home": home,
        "most_shown": MOST_SHOWN,
    }


def _index(site: Site) -> Values:
    themes = [theme for theme, _ in theme_rows(site) if theme.id in site.index.spoken_themes]
    return {"rows": [(theme, len(said_on(site, theme))) for theme in themes]}


VIEW = View(
    lambda index: index.spoken_themes, _page,
    lambda _, theme: f"Tờ phát tay, trình chiếu, câu hỏi, bảng tự soi về {theme.name.lower()}, từng ý có nguồn",
    _index,
    head=lambda site, theme: {"source": site.kb.vocabulary.place("themes", theme.id)[0]},
    title=lambda _, theme: f"Tài liệu sinh hoạt: {theme.name}",
)  # fmt: skip
