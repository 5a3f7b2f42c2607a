"""Find the bodies a text names: full and short forms, lists with shared parts, and posts of persons."""

from __future__ import annotations

from dataclasses import replace

from ...core.models import BodyMention, BodyRef, NoiseKind, Scan
from ...sources.vocabulary import Vocabulary
from ..lexicon import HEAD, LOWER_HEAD
from ..word_tree import noise_spans
from .reading import BodyReader, Element, Role, body_grammar

_JOINTS = frozenset(("và", "cùng", "với"))
_LIST_GAPS = ",-/&;"


class BodyFinder:
    """Finds bodies; the place of one that stands without place is left to ``resolve``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._grammar = body_grammar(vocabulary)

    def find(self, scan: Scan) -> list[BodyMention]:
        """Return the bodies in order of the text; none inside players, lists of teasers and bylines."""
        reader = BodyReader(self._grammar, scan.folded, scan.view)
        elements: list[Element] = []
        at = reader.next_start(0)
        while at is not None:
            element = reader.read(at) or reader.read_titled(at)
            members = self._read_list(element, reader) if element else []
            at = reader.next_start(members[-1].end if members else at + 1)
            elements += self._share(members) if len(members) > 1 else members
        noise = noise_spans(scan, NoiseKind.PLAYER, NoiseKind.TEASER, NoiseKind.BYLINE)
        mentions: list[BodyMention] = []
        places = reader.named_places([(e.begin, e.place) for e in elements if e.place])
        for element in self._settle_shorts(elements):
            start, end = reader.words.starts[element.begin], reader.words.ends[element.end - 1]
            # under the letterhead of a ward, "T/M BAN THƯỜNG VỤ" is the ward's
            signs = element.place is None and scan.view[start:end].isupper() and _is_headed_lower(scan)
            if start not in noise and not signs:
                near = None if element.place else places.in_sentence(start)
                ref = BodyRef(element.form.kind, element.place, element.form.level, near)
                mentions.append(BodyMention(start, end, scan.text[start:end], ref, element.title))
        return mentions

    def _read_list(self, first: Element, reader: BodyReader) -> list[Element]:
        """Return the members of the list that begins with ``first`` (one member if it is no list)."""
        members, words = [first], reader.words
        while members[-1].role is not Role.NOTHING:
            stem = members[-1]
            form = next((f for f in stem.forms if f.role is Role.STEM and f.slot == "{tỉnh}"), None)
            if form and stem.lower and (places := reader.read_places(stem.end)):
                # "UBND các tỉnh A, B": one body for each province, in place of the stem
                full, begins = (replace(form, role=Role.FULL),), [stem.begin, *(begin for _, begin, _ in places[1:])]
                named = zip(begins, places, strict=True)
                members[-1:] = [Element(begin, end, full, place, stem.title) for begin, (place, _, end) in named]
            at = members[-1].end
            joined = words.follows(at, " \n,") and words.texts[at] in _JOINTS
            at, gaps = (at + 1, " \n") if joined else (at, _LIST_GAPS)
            following = reader.read(at, members[-1].form.head) if words.follows(at, gaps) else None
            if following is None:
                break
            members.append(following)
        return members

    def _share(self, members: list[Element]) -> list[Element]:
        """Complete the stems of a list by the last part that stands after them, and share post and place: that of the
        next member, else of the one before."""
        titled = members[0].title and members[0].role is Role.STEM
        closing: Element | None = None
        for i, member in reversed(list(enumerate(members))):
            if member.role is not Role.STEM or member.lower or closing is None:
                closing = member if member.role is Role.FULL or member.lower else None
            elif form := next((f for f in member.forms if f.role is Role.STEM and f.slot == closing.form.slot), None):
                full = replace(form, role=Role.FULL, level=closing.form.level)
                members[i] = member._replace(forms=(full,), place=closing.place, lower=closing.lower)
        if titled:
            members = [member._replace(title=True) for member in members]
        for step, order in ((1, range(len(members) - 2, -1, -1)), (-1, range(1, len(members)))):
            for i in order:
                here, near = members[i], members[i + step]
                full_here = here.role is Role.FULL and not here.lower and here.form.kind in self._grammar.local
                if full_here and here.place is None and near.place and here.form.kind != near.form.kind:
                    members[i] = here._replace(place=near.place)
        return members

    def _settle_shorts(self, elements: list[Element]) -> list[Element]:
        """Give short forms the one meaning that the kinds named in full leave them, with the place of the last such
        body; drop what means no body of ours."""
        full = {e.form.kind for e in elements if e.role is Role.FULL and not e.lower}
        last: dict[str, str | None] = {}
        lowered: set[str] = set()
        settled = []
        for element in elements:
            if element.lower or element.role is Role.NOTHING:
                lowered |= {form.kind for form in element.forms} if element.lower else set()
                continue
            meant = element
            if element.role is not Role.FULL:
                kinds = list(dict.fromkeys(form.kind for form in element.forms if form.role is Role.SHORT))
                choice = [kind for kind in kinds if kind in full]
                choice = choice or [kind for kind in kinds if self._grammar.is_near(kind, full)]
                if len(choice) != 1 or choice[0] in lowered:
                    continue
                form = next(form for form in element.forms if form.kind == choice[0])
                meant = element._replace(forms=(replace(form, role=Role.FULL),), place=last.get(form.kind))
            last[meant.form.kind] = meant.place
            lowered.discard(meant.form.kind)
            settled.append(meant)
        return settled


def _is_headed_lower(scan: Scan) -> bool:
    """Tell whether the letterhead of a unit below the province stands above a text."""
    head = LOWER_HEAD.search(scan.folded, 0, HEAD)
    return head is not None and scan.view[head.start() : head.end()].isupper()
