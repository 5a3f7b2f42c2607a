"""Made-up articles of realistic shape: how the base looks once every province has put its directives here.

Words come as often as in the project's own digests: their sentences are taken apart into openings and endings, and put
together anew; between them stand citations of made-up documents. Nothing here is a statement about a real document.
"""

from __future__ import annotations

import bisect
import datetime
import itertools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml

T = TypeVar("T")
FEWEST, MOST, USUAL = 5, 30, 9
"""Citations of an article: the fewest, the most, and the most frequent count."""
OF_NO_PROVINCE, NATIONAL_TEXT = 0.18, 0.5
"""So many articles stand under no province; so many of these speak of none in their text either."""
UNDATED, FULL_TEXT = 0.02, 0.09
"""Articles without a day; articles that are a part of their document (in the real sources 12 of 138)."""
NEW = 0.45
"""So many citations are of a document that nobody has named before."""
FIRST, LAST, MERGER = datetime.date(2006, 1, 1), datetime.date(2026, 10, 31), datetime.date(2025, 7, 1)
PARTY = (("Chỉ thị", "CT"), ("Nghị quyết", "NQ"), ("Kết luận", "KL"), ("Kế hoạch", "KH"), ("Quy định", "QĐ"),
         ("Thông báo", "TB"), ("Chương trình", "CTr"))  # fmt: skip
STATE = (("Quyết định", "QĐ"), ("Kế hoạch", "KH"), ("Chỉ thị", "CT"), ("Công văn", ""), ("Thông báo", "TB"))
DOERS = ("Ban Tổ chức {u} ủy", "Văn phòng {u} ủy", "Ủy ban Kiểm tra {u} ủy", "UBND {r}", "Sở Nội vụ", "Sở Tài chính",
         "Thanh tra {r}", "Hội đồng nhân dân {r}", "Sở Y tế", "Sở Xây dựng", "Ban Nội chính {u} ủy",
         "Sở Nông nghiệp và Môi trường", "Ban Thường vụ {u} ủy", "Công an {r}")  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\w)")
_CUT = re.compile(r"(?<=\w)[,;] ")
_COUNCIL = re.compile(r"\bUBND (?:tỉnh|thành phố)\b(?: [A-ZĐ]\w+){0,3}")
_PERSON = re.compile(r"[A-ZĐÀ-Ỹ][a-zđà-ỹ]+(?: [A-ZĐÀ-Ỹ][a-zđà-ỹ]+){2}")
"""What may name somebody: nothing made up is said of anybody."""
_FEW_WORDS = 4


class Place(NamedTuple):
    """A province under one of its names: its id, name, whether it is a thành phố, since and until when."""

    id: str
    name: str
    city: bool
    since: datetime.date
    until: datetime.date


@dataclass(slots=True)
class Cited:
    """A made-up document: what it is called, and when it was issued."""

    name: str
    issuer: str
    day: datetime.date


@dataclass(slots=True)
class NationalTexts:
    """Writes one article after another; ``sources`` holds the vocabularies, ``digests`` the project's own articles."""

    sources: Path
    digests: Path
    chance: random.Random
    province: str | None = None
    places: list[Place] = field(init=False)
    outlets: list[str] = field(init=False)
    themes: list[list[str]] = field(init=False)
    openings: list[str] = field(init=False)
    endings: list[str] = field(init=False)
    headings: list[str] = field(init=False)
    known: dict[str, list[Cited]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        def rows(name: str) -> list[dict[str, Any]]:
            return yaml.safe_load((self.sources / "vocabularies" / f"{name}.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]

        provinces = [p for p in rows("provinces") if self.province in (None, p["id"], p.get("successor"))]
        self.places = [place for p in provinces for place in _periods(p)]
        self.outlets = [row["id"] for row in rows("outlets")]
        self.themes = [row["examples"] for row in rows("themes")]
        for row in (self.places, self.outlets, self.themes):
            self.chance.shuffle(row)  # which are the frequent ones
        paragraphs = [p for path in sorted(self.digests.rglob("*.md")) for p in _body(path)]
        self.headings = [p.lstrip("# ") for p in paragraphs if p.startswith("#") and not _PERSON.search(p)]
        said = [s for p in paragraphs if not p.startswith(("#", ">")) for s in _SENTENCE.split(p.removeprefix("- "))]
        nameless = (_halves(sentence) for sentence in said if not _PERSON.search(sentence))
        self.openings, self.endings = map(list, zip(*nameless, strict=True))

    def article(self, number: int) -> tuple[str, str]:
        """Return the path of an article below articles/, and its text."""
        day = FIRST + datetime.timedelta(days=int((LAST - FIRST).days * self.chance.random() ** 0.6))  # ever more
        place = _long_tailed(self.chance, [p for p in self.places if p.since <= day <= p.until])
        folder = "trung-uong" if self.province is None and self.chance.random() < OF_NO_PROVINCE else place.id
        speaks = folder == place.id or self.chance.random() > NATIONAL_TEXT
        dated = self.chance.random() > UNDATED
        kind = "trich" if self.chance.random() < FULL_TEXT else "bao-tuong-thuat"
        title = self._say(place, day).rstrip(".")[:110]
        head = [
            f'title: "{title.replace(chr(34), "")}, bài {number}"',
            f"outlet: {_long_tailed(self.chance, self.outlets)}",
        ]
        head += [f"published: {day}"] if dated else []
        head += [f"province: {place.id}"] if folder == place.id else []
        text = "\n\n".join(self._paragraphs(place if speaks else None, day))
        name = f"{day if dated else 'khong-ro-ngay'}-bai-{number}"
        lines = ["---", *head, f"evidence: {kind}", "rights: tom-luoc", "---", "", text, ""]
        return f"{folder}/{name}.md", "\n".join(lines)

    def _paragraphs(self, place: Place | None, day: datetime.date) -> Iterator[str]:
        """Yield the paragraphs: an opening that announces a document, then sections with citations and tasks."""
        left = round(self.chance.triangular(FEWEST, MOST, USUAL))
        first = self._document(place, day)
        yield f"{first.issuer} vừa ban hành {first.name}. {self._say(place, day)}"
        while left > 1:
            yield f"## {self._here(self.chance.choice(self.headings), place)}"
            for _ in range(self.chance.randint(1, 3)):
                several = min(left, self.chance.choice((1, 1, 1, 2, 3)))
                cited = "; ".join(self._document(place, day).name for _ in range(several))
                left -= several
                way = self.chance.choice(("Thực hiện {}, ", "Căn cứ {}, ", "Theo {}, ", "Cùng với {}, "))
                said = self._say(place, day)
                yield f"{way.format(cited)}{said[:1].lower()}{said[1:]} {self._say(place, day)}"
            if self.chance.random() < 0.5:
                yield from self._tasks(place, day)

    def _tasks(self, place: Place | None, day: datetime.date) -> Iterator[str]:
        yield f"{self._document(place, day).issuer} giao:"
        due = f"{self.chance.randint(1, 28)}-{self.chance.randint(1, 12)}-{day.year}"
        rows = []
        for _ in range(self.chance.randint(2, 5)):
            doer, other = (self._here(d, place) for d in self.chance.sample(DOERS, 2))
            work = self.chance.choice(self.endings).rstrip(".")
            rows.append(f"- {doer} chủ trì, phối hợp với {other} {self._here(work, place)}, báo cáo trước ngày {due}.")
        yield "\n".join(rows)

    def _say(self, place: Place | None, day: datetime.date) -> str:
        """Return a sentence: of the digests, put together anew, or one on a theme (some of which are frequent)."""
        if self.chance.random() < 0.2:
            return self.chance.choice(_long_tailed(self.chance, self.themes))
        words = f"{self.chance.choice(self.openings)}, {self.chance.choice(self.endings)}"
        words = re.sub(r"\b(?:19|20)\d\d\b", lambda _: str(day.year - self.chance.randint(0, 2)), words)
        return self._here(words, place)

    @staticmethod
    def _here(words: str, place: Place | None) -> str:
        """Return words with the committee and the rank of a place instead of others."""
        committee, rank = ("Thành", "thành phố") if place and place.city else ("Tỉnh", "tỉnh")
        words = words.replace("{u}", committee).replace("{r}", rank)
        if place is None:
            return words
        words = re.sub(r"\b(?:Thành|Tỉnh) ủy\b", f"{committee} ủy", words)
        return _COUNCIL.sub(f"UBND {rank} {place.name}", words)

    def _document(self, place: Place | None, day: datetime.date) -> Cited:
        """Return a document that was there on a day: of the place or, more seldom, of the centre."""
        home = place if place and self.chance.random() < 0.75 else None
        known = self.known.setdefault(home.id if home else "", [])
        earlier = known[: bisect.bisect_right(known, day, key=lambda document: document.day)]
        if earlier and self.chance.random() > NEW:
            return _long_tailed(self.chance, earlier)
        issued = day - datetime.timedelta(days=int(1800 * self.chance.random() ** 2))
        made = self._new_document(home, issued)
        bisect.insort(known, made, key=lambda document: document.day)
        return made

    def _new_document(self, place: Place | None, day: datetime.date) -> Cited:
        """Return a new document, numbered anew each term (Party) or year (State): the same numbers everywhere."""
        committee, rank = ("Thành", "thành phố") if place and place.city else ("Tỉnh", "tỉnh")
        shown = f"ngày {day.day}-{day.month}-{day.year}"
        if self.chance.random() < 0.55:
            kind, code = _long_tailed(self.chance, PARTY)
            issuer = f"Ban Thường vụ {committee} ủy {place.name}" if place else "Ban Bí thư Trung ương Đảng"
            symbol = f"{self.chance.randint(1, 120):02}-{code}/{'TU' if place else 'TW'}"
        else:
            kind, code = _long_tailed(self.chance, STATE)
            issuer = f"UBND {rank} {place.name}" if place else "Thủ tướng Chính phủ"
            signed = "UBND" if place else "TTg"
            symbol = f"{self.chance.randint(1, 2400)}/{f'{code}-{signed}' if code else f'{signed}-NC'}"
        exact = self.chance.random() < 0.7
        of = f" của {issuer}" if self.chance.random() < 0.5 else ""
        return Cited(f"{kind} số {symbol}{f' {shown}' if exact else ''}{of}", issuer, day)


def _periods(province: dict[str, Any]) -> Iterator[Place]:
    for period in province["periods"]:
        since, until = period.get("since") or FIRST, period.get("until") or LAST
        yield Place(province["id"], province["name"], period["kind"] == "thanh-pho", since, until)


def _body(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    return [line.strip() for line in text.split("\n") if line.strip()]


def _halves(sentence: str) -> tuple[str, str]:
    """Cut a sentence at its comma nearest the middle; one without is its own opening and, in small, its ending."""
    cuts = [m for m in _CUT.finditer(sentence) if len(sentence[: m.start()].split()) >= _FEW_WORDS]
    if not cuts:
        return sentence.rstrip(".:; "), sentence[:1].lower() + sentence[1:].rstrip(".:; ") + "."
    cut = min(cuts, key=lambda m: abs(m.start() - len(sentence) / 2))
    return sentence[: cut.start()], sentence[cut.end() :].rstrip(".:; ") + "."


def _long_tailed(chance: random.Random, items: Sequence[T]) -> T:
    """Choose one item, the first the most often (by Zipf's law: the n-th 1/n times as often)."""
    weights = itertools.accumulate(1 / rank for rank in range(1, len(items) + 1))
    return chance.choices(items, cum_weights=list(weights))[0]
