"""The data of the check of drafts: the number grammar and what the base knows, in one file.

The grammar is the library's own. Its patterns are translated for the browser, which knows no ``re.VERBOSE``, no letters
beyond ASCII as such, and names groups otherwise; what they mean stays (``tests/cases/drafts.yml`` holds both to it)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from ...core.ids import CENTRAL_MONTHS, CONGRESS_MONTHS, FIRST_CONGRESS, TERM_YEARS
from ...core.text import LOOK_ALIKES, fold, nfc
from ...meaning.draft_check.surroundings import RANKS, SURROUNDINGS, body_pattern, past_office, place_pattern
from ...meaning.draft_check.terms import known_terms
from ...meaning.knowledge.bodies import became
from ...meaning.knowledge.entities import Document, KnowledgeBase
from ...meaning.knowledge.status import CERTAINTY_NOTES, Force, in_its_place, state_of, status_of
from ...mentions.citations.citation_finder import AROUND_NUMBERS
from ...mentions.citations.citation_grammar import CitationGrammar
from ...mentions.citations.symbols import SymbolReader
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.names import UNDATED, is_city, province_name
from ...sources.vocabulary.notation import expand
from ...sources.vocabulary.schemas import Province
from ..pages.index import Index
from ..pages.site import NOW, Site
from ..pages.wording import citation

DRAFT_FOLDER = "kiem-tra-du-thao"
BEGIN = 12
"""By so many letters the browser knows where a body may be named: it asks no pattern elsewhere. Chosen by hand."""
_FILE = f"{DRAFT_FOLDER}/kho.json"
_OF_BODY = ("today", "in_province", "in_city", "name", "local", "pages")

_WORD = r"\p{L}\p{N}_"
_MARKS = r"^$\.*+?()[]{}|/"
_CLASSES = {r"[^\W\d_]": r"\p{L}", r"[^\W\d]": r"[\p{L}_]", r"\w": f"[{_WORD}]", r"\W": f"[^{_WORD}]"}
_TOKEN = re.compile(
    r"""
    (?P<class> \[ \^? \]? (?: \\. | [^\]\\] )* \] )
    | (?P<escape> \\. )
    | (?P<group> \(\?P< )
    | (?P<blank> \s+ )
    | (?P<comment> \#[^\n]* )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)


def javascript_pattern(pattern: re.Pattern[str]) -> list[str]:
    """Return a pattern as JavaScript writes it, with its flags (``u``, and ``i`` where letter case does not count)."""
    verbose = bool(pattern.flags & re.VERBOSE)
    return ["".join(_translated(pattern.pattern, verbose)), "iu" if pattern.flags & re.IGNORECASE else "u"]


def _translated(pattern: str, verbose: bool) -> Iterator[str]:
    for token in _TOKEN.finditer(pattern):
        kind, words = token.lastgroup, token[0]
        if kind == "group":
            yield "(?<"
        elif kind == "class":
            yield _CLASSES.get(words) or _in_class(words)
        elif kind == "escape":
            yield _CLASSES.get(words) or {r"\A": "^", r"\Z": "$"}.get(words) or _escape(words)
        elif not verbose or kind not in ("blank", "comment"):
            yield _literal(words) if kind in ("blank", "comment") else words


def _in_class(words: str) -> str:
    """Return a set of characters; what it escapes without need must not be escaped."""
    return re.sub(r"\\.", lambda m: _WORD if m[0] == r"\w" else _escape(m[0], in_class=True), words)


def _escape(words: str, in_class: bool = False) -> str:
    """Return an escape; in Unicode patterns only marks that mean something may be escaped."""
    return words if words[1].isalnum() or words[1] in _MARKS or (in_class and words[1] == "-") else words[1]


def _literal(words: str) -> str:
    return words.replace("\n", r"\n").replace("\t", r"\t")


def render_draft_data(kb: KnowledgeBase) -> dict[str, bytes]:
    """Return the data file: path in docs/ → JSON."""
    data = {"grammar": draft_grammar(kb.vocabulary), **draft_base(kb)}
    data |= base_patterns(data)
    return {_FILE: (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()}


def draft_grammar(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return how numbers are written: ``patterns`` by name, ``types`` and ``codes`` of the vocabulary, letters that
    look alike."""
    reader, grammar = SymbolReader(vocabulary), CitationGrammar(vocabulary)
    words = {"in_full": grammar.words.in_full, "short": grammar.words.short}
    around = {"counted": grammar.counted, "other_number": grammar.other_number, "past_office": past_office(vocabulary)}
    patterns = {**reader.patterns, **AROUND_NUMBERS, **SURROUNDINGS, **words, **around}
    seen = {strange: plain for strange, plain in LOOK_ALIKES.items() if max(map(ord, strange + plain)) < 0x10000}
    return {
        "patterns": {name: javascript_pattern(pattern) for name, pattern in patterns.items()},
        "types": [
            {
                "id": t.id, "name": t.name, "codes": t.codes, "names": t.names, "sides": t.sides, "symbol": t.symbol,
                "bare": t.bare_number, "asTyped": t.as_typed, "untyped": t.untyped, "general": t.general,
                "joint": t.joint,
            }
            for t in vocabulary.document_types.values()
        ],
        "codes": [
            {
                "code": c.code, "typed": c.typed, "side": c.side, "level": c.level, "of": bool(c.bodies),
                "either": c.either_side, "term": c.by_term,
            }
            for c in vocabulary.issuer_codes.values()
        ],
        "ranks": RANKS,
        "terms": {
            "years": TERM_YEARS, "first": FIRST_CONGRESS,
            "central": list(CENTRAL_MONTHS), "local": list(CONGRESS_MONTHS),
        },
        "seen": ["".join(seen), "".join(seen.values())],
    }  # fmt: skip


def draft_base(kb: KnowledgeBase) -> dict[str, list[dict[str, Any]]]:
    """Return what the base knows: documents with numbers, provinces, and kinds of bodies that have ended."""
    site = Site(Index(kb), "")
    documents = [_document(site, d) for d in kb.documents.values() if d.number and d.number.digits]
    names = draft_names(kb.vocabulary)
    pages = {(b.kind, b.province or ""): b.id for b in kb.bodies.values() if b.gone}
    for row in names["bodies"]:
        row["pages"] = {place: page for (kind, place), page in sorted(pages.items()) if kind == row["kind"]}
    return {"documents": documents, **names}


def draft_names(vocabulary: Vocabulary) -> dict[str, list[dict[str, Any]]]:
    """Return the provinces, when the terms of their committees (place '': of the centre) began by ordinal, and the
    kinds of bodies that have ended."""
    terms = [{"place": place, "began": began} for place, began in sorted(known_terms(vocabulary).items())]
    return {"places": list(_places(vocabulary)), "terms": terms, "bodies": list(_bodies(vocabulary))}


def _document(site: Site, d: Document) -> dict[str, Any]:
    state = state_of(d, site.kb)
    searched = status_of(d, site.kb).search
    is_dated = bool(state and searched and searched.day.vietnamese in state.words)
    has_changed = state is not None and (state.grave or state.followed)
    row = {
        "id": d.id, "number": str(d.number), "type": d.type, "place": d.province, "date": d.date.iso if d.date else "",
        "grave": int(has_changed), "state": state.words if state else "còn hiệu lực",
        "as_of": state.as_of.iso if state and state.as_of and not is_dated else "", "name": d.name, "title": d.title,
        "line": site.document_line(d), "cite": citation(site, d), **_newer(d, site.kb),
    }  # fmt: skip
    return {key: value for key, value in row.items() if value}


def _newer(d: Document, kb: KnowledgeBase) -> dict[str, str]:
    """Return the document that replaces one today, or that follows it on the same matter; what repealed it without
    replacing it is told by its state."""
    place = in_its_place(d, kb)
    if place is None or any(status.force is not Force.REPLACED for _, status in place.came_by):
        return {}
    return {"replaced_by" if place.came_by else "followed_by": place.document.id}


def _places(vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    for p in vocabulary.provinces.values():
        former = p.successor not in (None, p.id)
        names = [p.name, *(name for name in p.names if len(name) > 3 or not name.isupper())]
        told = {
            "today": _today(vocabulary, p) if former else "",
            "risen": "" if former else _risen(vocabulary, p),
            "city": int(is_city(p, UNDATED)),
        }
        yield {"id": p.id, "names": names, **{key: value for key, value in told.items() if value}}


def _risen(vocabulary: Vocabulary, province: Province) -> str:
    """Return since when a tỉnh has been a thành phố under its own name, and how sure that is; '' if it has not."""
    last, before = province.periods[-1], province.periods[-2:-1]
    if last.since is None or last.kind != "thanh-pho" or not any(period.kind == "tinh" for period in before):
        return ""
    unsure = CERTAINTY_NOTES.get(vocabulary.origins.certainty(last))
    return f"từ {last.since.vietnamese}" + (f", {unsure}" if unsure else "")


def _today(vocabulary: Vocabulary, former: Province) -> str:
    """Return what a former name is today: another name, or a part of a larger province."""
    new = vocabulary.provinces[former.successor or former.id]
    merged = any(former.id in period.made_of and len(period.made_of) > 1 for period in new.periods)
    return f"{'thuộc' if merged else 'là'} {province_name(vocabulary, new.id, NOW)}"


def _bodies(vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    for kind in vocabulary.body_kinds.values():
        name = kind.name.replace(" {place}", "")
        row = {"kind": kind.id, "forms": kind.forms, "name": name, "today": became(kind.id, None, vocabulary)}
        if "{place}" in kind.name:
            row |= _by_rank(kind.id, vocabulary)
        if kind.forms and (row["today"] or row.get("local")):
            yield row


def _by_rank(kind: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return what a kind of body became in a tỉnh and in a thành phố, "{place}" for the name, and in those provinces of
    which that is not the whole."""
    told = {p: became(kind, p.id, vocabulary) for p in vocabulary.provinces.values()}
    by_rank = {}
    for key, city in (("in_province", False), ("in_city", True)):
        general = (p for p in told if is_city(p, UNDATED) is city and (kind, p.id) not in vocabulary.local_bodies)
        by_rank[key] = next((told[p].replace(p.name, "{place}") for p in general), "")
    usual = {p: by_rank["in_city" if is_city(p, UNDATED) else "in_province"].replace("{place}", p.name) for p in told}
    return {**by_rank, "local": {p.id: words for p, words in told.items() if words != usual[p]}}


def base_patterns(data: dict[str, Any]) -> dict[str, Any]:
    """Return what the browser reads of the names in ``draft_base``: patterns in place of spellings."""
    names = place_pattern(chain.from_iterable(row["names"] for row in data["places"]))
    bodies = []
    for row in data["bodies"]:
        pattern = body_pattern(row["forms"])
        if pattern is not None:
            begin = sorted(
                {
                    fold(spelling)[:BEGIN]
                    for form in row["forms"]
                    for spelling in expand(form.lstrip("~").replace(" + ", " "))
                }
            )
            row_of_browser = {key: row[key] for key in _OF_BODY if row.get(key)}
            row_of_browser["begin"] = begin
            bodies.append({"pattern": javascript_pattern(pattern), **row_of_browser})
    places = [
        {**row, "names": [" ".join(fold(nfc(name)).split()) for name in row["names"]], "name": row["names"][0]}
        for row in data["places"]
    ]
    return {"places": places, "bodies": bodies, "placeNames": javascript_pattern(names)}
