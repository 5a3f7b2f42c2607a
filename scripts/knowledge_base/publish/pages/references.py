"""The pages that somebody read, as the foot of a page lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...core.dates import PartialDate, date_words
from ...core.text import fold
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.evidence import PAGE_KINDS, Evidence, Grounded
from .markdown import Md, escape, external_link, tag_attributes


def page_words(page: Evidence, vocabulary: Vocabulary) -> tuple[str, str | None, str]:
    """Return whose a page that was read is, the name of the outlet where it is one's, and which page it is ('' where
    only its address tells)."""
    place = vocabulary.origins.place(page.model_copy(update={"copy_of": None}))
    outlet = vocabulary.outlets[place].name if place in vocabulary.outlets else None
    kind, which = "bài" if page.kind == "bao" else "trang", page.page or ""
    if which and " " not in which:
        which = f"{kind} có mã {which}"
    elif page.dated and not which:
        which = f"{kind} {date_words(page.dated)}"
    return outlet or page.host.removeprefix("www."), outlet, which


def reference_line(pages: Sequence[Evidence], vocabulary: Vocabulary) -> Md:
    """Return a page that was read: whose it is and which, a link where its address is known; then what it is, what was
    found there, when it was read. The address of a copy in a store of files says nothing of whose words it holds: the
    link to it stands behind. ``pages``: the same page as different facts name it."""
    page, what = pages[0], dict.fromkeys(p.what for p in pages if p.what)
    whose, outlet, which = page_words(page, vocabulary)
    host = page.host.removeprefix("www.")
    is_article = page.kind == "bao"
    words = f"{whose}{', ' if which else ''}{which}"
    said = [host] if outlet and fold(host) != fold(outlet) else []
    said += [] if outlet and is_article else [PAGE_KINDS[page.kind]]
    said += [f"đọc được: {_found(what)}"] if what else []
    said += [f"đăng lại của {page.copy_of}"] if page.copy_of else []
    said += [f"trang ghi ngày {page.dated.vietnamese}"] if page.dated and str(page.dated.year) not in which else []
    read = max((p.read for p in pages if p.read), default=None)
    said += [f"đọc {'bản lưu ' if page.stored else ''}{read.vietnamese}"] if read else []
    is_copy = page.url is not None and vocabulary.origins.store(page) is not None
    name = external_link(words, page.url) if page.url and not is_copy else escape(words)
    about = [escape(words, leading=False) for words in said]
    about += [external_link("bản chép", page.url, "ban-chep")] if page.url and is_copy else []
    return Md(f"{name} &#40;{'; '.join(about)}&#41;" if about else name)


def _found(what: Iterable[str]) -> str:
    """Return what was found on a page, those that stand in one part of it together: ``tên, ngày ở phần căn cứ``."""
    parts: dict[str, list[str]] = {}
    for words in what:
        found, comma, where = words.partition(", ")
        is_place = where.startswith(("ở ", "trong "))
        parts.setdefault(where if is_place else "", []).append(found if is_place else f"{found}{comma}{where}")
    return ", ".join(f"{', '.join(found)} {where}".rstrip() for where, found in parts.items())


def checked_words(fact: Grounded) -> str:
    """Return the day on which a fact was looked up, as it follows the source; '' if nobody has."""
    return f", kiểm tra {fact.checked.vietnamese}" if fact.checked else ""


def aging(words: str, as_of: PartialDate | None, checked: PartialDate | None) -> Md:
    """Return words on a check so that a reader's browser says when it has grown old; ``as_of`` None: it does not."""
    shown, data = escape(words, leading=False), tag_attributes(age_data(as_of, checked))
    return Md(f'<span class="kb-kiem-tra" {data}>{shown}</span>') if data and words else shown


def age_data(as_of: PartialDate | None, checked: PartialDate | None) -> dict[str, str]:
    """Return what a browser needs to say how old a check is: up to which day its pages can tell anything, and, where
    they were read later, when: then the pages are old, not the check."""
    later = as_of and checked and checked.latest() > as_of.latest()
    return ({"tinh-den": as_of.iso} if as_of else {}) | ({"kiem-tra": checked.iso} if checked and later else {})
