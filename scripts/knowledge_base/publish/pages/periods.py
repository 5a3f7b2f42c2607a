"""Say what a province is today, and how it came to be."""

from __future__ import annotations

from ...core.dates import PartialDate
from ...meaning.knowledge.entities import Kind
from ...sources.vocabulary.names import province_name
from ...sources.vocabulary.schemas import Evidence, Period, Province
from .markdown import Md, escape
from .site import Site

NOW = PartialDate(9999)
"""A moment after every known change: "today" is the last period on record, never the clock's."""


def place_now(site: Site, province: str | None) -> Md | None:
    """Return what a province is today, with a word on the merger that made it; None for central documents."""
    if province is None:
        return None
    entry = site.kb.provinces[province]
    today = site.kb.provinces[entry.successor or entry.id]
    name = province_name(site.kb.vocabulary, today.id, NOW)
    words = Md(site.link(Kind.PROVINCE, today.id, name))
    merged = next((p for p in today.periods if province in p.made_of and len(p.made_of) > 1), None)
    if merged is None:
        return words
    others = ", ".join(site.name(Kind.PROVINCE, part) for part in merged.made_of if part != province)
    since = f" từ {merged.since.vietnamese}" if merged.since else ""
    return Md(f"{words} (hợp nhất với {escape(others, leading=False)}{since})")


def period_texts(site: Site, province: Province) -> list[tuple[str, Md, Evidence | None]]:
    """Return the title, the text and the evidence of each period of a province's name, oldest first."""
    return [(_title(province, p), _text(site, p), p.evidence) for p in province.periods]


def _title(province: Province, period: Period) -> str:
    rank = "Thành phố" if period.kind == "thanh-pho" else "Tỉnh"
    name = province.name if province.name.startswith("Thành phố") else f"{rank} {province.name}"
    since, until = period.since, period.until
    if since and until:
        return f"{name}, từ {since.vietnamese} đến {until.vietnamese}"
    if since:
        return f"{name}, từ {since.vietnamese} đến nay"
    return f"{name}, đến {until.vietnamese}" if until else f"{name}"


def _text(site: Site, period: Period) -> Md:
    parts = [site.link(Kind.PROVINCE, part) for part in period.made_of]
    sentences = []
    if len(parts) > 1:
        sentences.append("Hợp nhất từ " + ", ".join(parts[:-1]) + " và " + parts[-1])
    elif parts:
        sentences.append(f"Tên trước đó: {parts[0]}")
    if period.reason == "len-thanh-pho":
        sentences.append("Trở thành thành phố trực thuộc trung ương, địa giới không đổi")
    if period.reason == "giu-nguyen":
        sentences.append("Không thuộc diện hợp nhất năm 2025")
    if not sentences and period.until:
        sentences.append(f"Tên và địa giới có đến hết ngày {period.until.vietnamese}")
    if period.document:
        sentences.append(f"Căn cứ: {site.document(period.document)}")
    if period.seat:
        sentences.append(f"Trung tâm hành chính: {period.seat}")
    return Md(". ".join(sentences) + "." if sentences else "")
