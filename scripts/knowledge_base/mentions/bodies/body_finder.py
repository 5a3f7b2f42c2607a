"""Find the bodies a text names: full and short forms, lists with shared parts, and posts of persons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...core.models import BodyMention, BodyRef, NoiseKind, Scan
from ...sources.vocabulary import Vocabulary
from ..word_tree import noise_spans
from .reading import BodyGrammar, BodyReader, Element, Role

_JOINTS = frozenset(("và", "cùng", "với"))
_LIST_GAPS = ",-/&;"


class BodyFinder:
    """Finds bodies; the place of one that stands without place is left to ``resolve``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._grammar = BodyGrammar(vocabulary)

    def find(self, scan: Scan) -> list[BodyMention]:
        """Return the bodies in order of the text; none inside players, lists of teasers and bylines."""
        reader = BodyReader(self._grammar, scan.folded, scan.view)
        elements = _settle_shorts(list(self._walk(reader)), self._grammar)
        noise = noise_spans(scan, NoiseKind.PLAYER, NoiseKind.TEASER, NoiseKind.BYLINE)
        mentions = (_mention(element, reader, scan) for element in elements)
        return [mention for mention in mentions if mention.start not in noise]

    def _walk(self, reader: BodyReader) -> Iterator[Element]:
        """Yield all names from first to last, with lists completed. Stems that stay alone are yielded too."""
        at = reader.next_start(0)
        while at is not None:
            element = reader.read(at) or reader.read_titled(at)
            members = self._read_list(element, reader) if element else []
            at = reader.next_start(members[-1].end if members else at + 1)
            yield from self._share(members) if members else ()

    def _read_list(self, first: Element, reader: BodyReader) -> list[Element]:
        """Return the members of the list that begins with ``first`` (one member if it is no list)."""
        members = [first]
        while members[-1].role is not Role.NOTHING:
            members += self._listed_places(members, reader)
            at = _next_member(members[-1].end, reader)
            following = reader.read(at, members[-1].form.head) if at is not None else None
            if following is None:
                break
            members.append(following)
        return members

    @staticmethod
    def _listed_places(members: list[Element], reader: BodyReader) -> list[Element]:
        """Return what ``UBND các tỉnh A, B`` names, one body for each province, in place of the stem."""
        stem = members[-1]
        form = next((f for f in stem.forms if f.role is Role.STEM and f.slot == "{tỉnh}"), None)
        places = reader.read_places(stem.end) if form and stem.lower else []
        if not form or not places:
            return []
        members.pop()
        full = (replace(form, role=Role.FULL),)
        begins = [stem.begin, *(begin for _, begin, _ in places[1:])]
        return [Element(b, end, full, place, stem.title) for b, (place, _, end) in zip(begins, places, strict=True)]

    def _share(self, members: list[Element]) -> list[Element]:
        """Complete the stems of a list by the last part that stands after them, and share post and place."""
        shared: list[Element] = []
        closing: Element | None = None
        for member in reversed(members):
            if member.role is Role.STEM and not member.lower and closing is not None:
                shared.append(_completed(member, closing))
            else:
                shared.append(member)
                closing = member if member.role is Role.FULL or member.lower else None
        shared.reverse()
        if members[0].title and members[0].role is Role.STEM:
            shared = [replace(member, title=True) for member in shared]
        return self._share_place(shared)

    def _share_place(self, members: list[Element]) -> list[Element]:
        """Give members without place the place of the next one, else of the one before."""
        for order in (range(len(members) - 2, -1, -1), range(1, len(members))):
            step = 1 if order.step < 0 else -1
            for i in order:
                here, near = members[i], members[i + step]
                if here.place is None and near.place and self._is_open(here) and here.form.kind != near.form.kind:
                    members[i] = replace(here, place=near.place)
        return members

    def _is_open(self, element: Element) -> bool:
        return element.role is Role.FULL and not element.lower and element.form.kind in self._grammar.local


def _completed(stem: Element, closing: Element) -> Element:
    """Return ``stem`` with the last part of ``closing``; of a lower level if that is."""
    form = next((f for f in stem.forms if f.role is Role.STEM and f.slot == closing.form.slot), None)
    if form is None:
        return stem
    level = closing.form.level
    return replace(stem, forms=(replace(form, role=Role.FULL, level=level),), place=closing.place, lower=closing.lower)


def _next_member(at: int, reader: BodyReader) -> int | None:
    """Return where the next member of a list begins, if one may follow at ``words[at]``."""
    if at >= len(reader.words):
        return None
    gap, text = reader.words.gaps[at], reader.words.texts[at]
    if text in _JOINTS and gap in " \n,":
        return at + 1 if reader.words.follows(at + 1, " \n") else None
    return at if gap in _LIST_GAPS else None


def _settle_shorts(elements: list[Element], grammar: BodyGrammar) -> list[Element]:
    """Give short forms the meaning of the full form in the same text; drop what means no body of ours."""
    full = {e.form.kind for e in elements if e.role is Role.FULL and not e.lower}
    last: dict[str, str | None] = {}
    lowered: set[str] = set()
    settled = []
    for element in elements:
        kinds = {form.kind for form in element.forms}
        if element.lower or element.role is Role.NOTHING:
            lowered |= kinds if element.lower else set()
            continue
        kind = element.form.kind if element.role is Role.FULL else _meant(element, full, grammar)
        if kind is None or (element.role is not Role.FULL and kind in lowered):
            continue
        meant = element if element.role is Role.FULL else _as_full(element, kind, last.get(kind))
        last[kind] = meant.place
        lowered.discard(kind)
        settled.append(meant)
    return settled


def _as_full(element: Element, kind: str, place: str | None) -> Element:
    """Return a short form as the body it means."""
    form = next(form for form in element.forms if form.kind == kind)
    return replace(element, forms=(replace(form, role=Role.FULL),), place=place)


def _meant(element: Element, full: set[str], grammar: BodyGrammar) -> str | None:
    """Return the one kind a short form can mean, given the kinds the text names in full."""
    kinds = list(dict.fromkeys(form.kind for form in element.forms if form.role is Role.SHORT))
    choice = [kind for kind in kinds if kind in full] or [kind for kind in kinds if grammar.is_near(kind, full)]
    return choice[0] if len(choice) == 1 else None


def _mention(element: Element, reader: BodyReader, scan: Scan) -> BodyMention:
    start, end = reader.words.starts[element.begin], reader.words.ends[element.end - 1]
    ref = BodyRef(element.form.kind, element.place)
    return BodyMention(start, end, scan.text[start:end], ref, element.title)
