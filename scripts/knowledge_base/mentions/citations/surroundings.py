"""What stands around a number: the date and the issuer after it, and those before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ...core.dates import PartialDate
from ...core.models import BodyMention, Scan
from ...core.text import slug, verbose
from ...sources.vocabulary.schemas import DocumentType, IssuerCode
from ..lexicon import HEAD, LETTERHEAD
from ..text_dates import date_at, find_dates, find_place_date
from .citation_grammar import CitationContext, CitationGrammar
from .issuers import IssuerName, Named

_TO_DATE = verbose(r"""
    (?P<gap> [^\S\n]{0,3}\n?[^\S\n]{0,3} (?P<mark>[,(-]?) \s{0,2} )
    (?P<verb> (?:được\s|đã\s|thay[ ]mặt\s){0,2} (?:(?:ký\s)?ban[ ]hành|ký|đề|ra[ ]đời|công[ ]bố) \s )?
    (?P<together> đều\s|cùng\s )?
    (?:vào\s|hôm\s)?
    (?: (?:hồi|lúc)\s \d{1,2}\s?(?:giờ|h|g)\s? (?:\d{1,2}\s?(?:phút)?)? ,?\s{0,2} )?  # lúc 8 giờ 30 phút
    (?P<word> ngày )?""")
_TO_ISSUER = verbose(r"""
    \s{0,3}[,)]?\s{0,3}
    (?: của\s{0,3} | (?P<by> (?:(?:đã\s)?được|do)\s{1,3} ) | (?=hội[ ]nghị\slần[ ]thứ\s) )
    (?:đồng[ ]chí\s)?
    (?: hội[ ]nghị\s(?=lần[ ]thứ|ban[ ]chấp)  # the meeting of a committee stands for it
        (?: lần[ ]thứ\s\w{1,5} (?:\s(?!ban|bch)\w{1,4})? ,?\s (?:của\s)? )? )?""")
_ISSUED = re.compile(r"(?:\s{1,2}này)?\s{1,2}(?:đã\s|vừa\s|mới\s|thay mặt\s){0,2}(?:ban hành|ký|thông qua)(?!\w)")
_NAME_PART = re.compile(r"[^\S\n]{1,2}([^\W\d_]{1,8})")
_ITS_ISSUE = verbose(r"""
    ,?\s{1,2} (?:(?P<sure>quy[ ]định|phê[ ]duyệt|hướng[ ]dẫn|ban[ ]hành)|về|do|được|mà)\s
    (?: (?!số\s?\d)[^.;:()"\n\d] | \d(?!\w{0,5}[/-]) ){5,200}?                            # title, signer
    (?: \s(?:được\s|đã\s)?(?:ký\s)?(?:ban[ ]hành|ký)\s (?:vào\s)?(?:ngày\s)?(?=\d)        # được ban hành ngày 5/3
      | (?(sure)\s|(?!)) (?P<dated>ngày\s)(?=\d) )              # ngày 5/3 của …, but "về bầu cử ngày 15/3" is an event
    """)
"""From a number over the title or the signer to the date of issue; another number or a bracket ends the title."""
_OF_DOCUMENT = verbose(r"""
    (?: \d[\w&./]{0,12}[-/][^\W\d_][^\s,;()]{0,30} | (?<!\w)số\s{1,2}\d{1,5}[a-zđ]? )   # its number
    \)? (?:[^\S\n]{1,2}của\s[^.;,()\n]{2,60})? ,?[^\S\n]{0,2}[(]?\Z""")
"""Words of a document right before a date, which is then no date of another."""
_PROPOSING = verbose(r"""
    (?<!theo[ ])(?<!sở[ ])(?<!xét[ ])(?<!\w)                            # theo đề nghị, trên cơ sở đề nghị: the ground
    (?: (?<!tờ[ ])trình\s
        (?:cấp|ban|bộ|ủy[ ]ban|ubnd|hđnd|hội[ ]đồng|quốc[ ]hội|chính[ ]phủ|thủ[ ]tướng|chủ[ ]tịch|tỉnh|thành)
      | (?:chuyển|gửi)\s[^.,;\n]{0,40}\sđể
      | đề[ ]nghị|kiến[ ]nghị|đề[ ]xuất|tham[ ]mưu|xin[ ]ý[ ]kiến ) (?!\w)
    """)
"""Whoever does this does not issue, nor on that day."""
_THEN_ISSUED = re.compile(r"[^.;:,\n]{0,60}?\s(?:ban hành|ký|lập)(?!\w)")
_TERM = re.compile(r"\s{0,3}[,(]?\s{0,2}khóa\s{1,2}[ivxlc0-9]{1,6}\)?")
_OF_YEAR = re.compile(r"\s{1,3}năm\s{1,2}((?:19|20)\d\d)(?![\d-])")
_EVENT_AFTER = re.compile(r"[^\S\n]{0,3},?[^\S\n]{1,3}")
_UNNAMED = re.compile(r"(?:đảng|tỉnh|thành phố|trung ương|địa phương|cấp|bộ|ngành|huyện|xã|phường|ta|mình)(?!\w)")
"""Behind "của" these words leave open whose a document is."""
_SIGNED_BY = re.compile(r"(?!ban hành|ký|thông qua)[^.,;:()\n]{2,60}?\s(?:đã\s)?(?:ban hành|ký|thông qua)(?!\w)")
_ONLY_DATE = re.compile(r"(?:(?:ngày|hôm|chiều|sáng|vừa|mới|đã|qua|nay|và|năm|tháng|này|đó|tiếp) ?|[\W\d])*")
_MEETING = re.compile(r"hội nghị lần thứ|[^\S\n]{0,2}(?:về\s|khóa\s|[(\";.]|\Z)")  # an issuer, not who does sth.
_TITLE_BEFORE_BODY = 25
"""No title is longer than this many letters ("phó chủ tịch " has 13)."""
_FOR_THE_BODY = re.compile(r"t(?<!\wt)m\s?[./]?\s?(?:ủy ban nhân dân|ubnd)")
_FOR_PART = re.compile(r"t(?<!\wt)\s?[/.]\s?m\s{1,3}(?P<part>ban thường vụ|ban chấp hành|thường trực)(?!\w)")
_SIGNED_AS_HEAD = re.compile(r"^[^\S\n]{0,9}(?:kt\s?[./]?\s?)?chủ tịch(?=\s{0,3}(?:\n|phó|\Z))", re.MULTILINE)
_BESIDE = re.compile(r"\s?,\s|\svà\s")
_ON_BEHALF = re.compile(r"(?<!\w)thay mặt\s{1,2}(?:cho\s)?")
_ORDERS = re.compile(r"\s(?:đã\s)?(?:yêu cầu|chỉ thị|quyết định|giao)(?!\w)")
_BETWEEN_NAME_AND_VERB = re.compile(
    r"(?:\s\([^()]{1,30}\))?(?:\s(?!tham mưu|đề nghị|trình|phối hợp)[^\s,.;:()]{1,12}){0,6}\Z"
)
_PERIOD = re.compile(r"(?<!\w)(?:đến|tới|hết|trước|sau|từ|kể từ)\s(?:hết\s)?(?:ngày\s)?\Z")
_ABOUT = re.compile(r'\s{0,3},?\s{0,2}(?:\(?\s{0,2}(?P<quote>")|(?:về|nhằm|hướng dẫn)\s)')
_OWNER = verbose(r"""
    (?<!\w)(?P<lead> của|do|được|mà )\s{1,3}
    (?:đồng[ ]chí\s)?
    (?: hội[ ]nghị\s(?=ban[ ]chấp|bch) )?
    (?: (?:phó\s)?bí[ ]thư\s (?:thường[ ]trực\s)? (?=\w{3,5}\sủy(?!\w)) )?""")
_SENTENCE_END = re.compile(r"[.;!?](?=\s|\Z)|\n\s{0,9}\n")
_CLAUSE_BEGIN = re.compile(r"[.;:,!?\n]")
_POST = re.compile(r"(?<!\w)(?:bí thư|thường trực|trưởng ban \w{2,10}( \w{2,10})?|ủy viên|thường vụ)\s\Z")
"""Before a committee: a person's post, whose name may stand behind it."""
_INTRODUCED = re.compile(r"(?<!\w)(?:tại|trong|qua|bằng)\s{1,2}(?:các\s|bản\s)?\Z")
_ON_ONE_LINE = re.compile(
    r"""
    [^\W\d]\w{0,7},\s{0,3}                                                                        # Nghệ An,
    (?P<date>ngày \s{0,3}\d{1,2}\s{0,3} tháng \s{0,3}\d{1,2}\s{0,3} năm \s{0,3}\d{4}) \s{0,3}
    (?=kính[ ]gửi|$)
    """,
    re.MULTILINE | re.VERBOSE,
)
"""The place line of a letterhead whose lines became one: "… quý I Nghệ An, ngày 12 tháng 3 năm 2024 Kính gửi"."""
_NUMBER_LINE = re.compile(r"(?:\A|\n|\||\s{3})[^\S\n]{0,3}(?:số\s{0,3}:?\s{0,3})?[\ds]\Z")
# How far is read, in characters; chosen by hand.
_BACK = 170
"""Back from a document to who issued it and when: a clause with a date, a name and a title."""
_TITLE_LENGTH = 300
"""On over the title of a document to its issuer."""
_LONGEST_NAME = 5
"""Words of a person's name behind an office."""


class Surroundings:
    """Reads around the numbers of one text."""

    def __init__(self, scan: Scan, bodies: Sequence[BodyMention], grammar: CitationGrammar) -> None:
        self._scan, self._table, self._words, self.grammar = scan, grammar.table, grammar.words, grammar
        self._bodies = sorted(bodies, key=lambda body: (body.start, -body.end))
        self._starts = [body.start for body in self._bodies]
        self._begin = scan.paragraphs[0].start if scan.paragraphs else 0
        self._after: dict[int, CitationContext] = {}
        self._before: dict[int, CitationContext] = {}
        self._verbs: dict[int, re.Match[str] | None] = {}

    # -- after ---------------------------------------------------------------------------------

    def after(self, position: int) -> CitationContext:
        """Read dates, terms and the issuer that follow ``position``, in any order."""
        found = self._after.get(position)
        if found is None:
            found = CitationContext(position)
            for _ in range(4):
                step = self._date_step(found) or self._issuer_step(found) or self._small_step(found)
                if step is None:
                    break
                found = step
            self._after[position] = found
        return found

    def _date_step(self, found: CitationContext) -> CitationContext | None:
        """Read "ngày 15/5/2016", "(15/5/2016)", "được ban hành ngày …"."""
        view, folded = self._scan.view, self._scan.folded
        lead = None if found.dated else _TO_DATE.match(folded, found.end)
        if lead is None:
            return None
        date = date_at(folded, lead.start("word") if lead["word"] else lead.end())
        # Without "ngày" only a whole date, behind "(" or "ban hành", or right behind the number.
        right_behind = not found.said and found.year is None and lead["gap"] == " "
        worded = lead["word"] or lead["mark"] == "(" or (date and date.value and (lead["verb"] or right_behind))
        if date is None or not worded or not self._belongs(lead, date.end):
            return None
        if lead["word"] and view[lead.start("word")].isupper() and not view[lead.start("word") + 1].isupper():
            return None
        end = date.end + 1 if lead["mark"] == "(" and view[date.end : date.end + 1] == ")" else date.end
        return found._replace(end=end, date=date.value, dated=True, together=lead["together"] is not None)

    def _belongs(self, lead: re.Match[str], end: int) -> bool:
        """Tell a document's date from an event's: "…, ngày 5/3/2024, Sở X tổ chức" is the latter."""
        if lead["mark"] not in (",", "-") or lead["verb"]:
            return True
        folded, gap = self._scan.folded, _EVENT_AFTER.match(self._scan.view, end)
        if gap is None or folded.startswith(("của ", "về "), gap.end()):
            return True
        begin = gap.end()
        if not self._scan.view[begin : begin + 1].isupper() or self._words.in_full.match(folded, begin):
            return True
        named = self._table.named_at(self._scan, begin)
        return bool(_MEETING.match(folded, named.end if named else begin))

    def _issuer_step(self, found: CitationContext) -> CitationContext | None:
        """Read "của Ban Thường vụ Tỉnh ủy"; without "của" only right after the number or date."""
        if found.code or found.body or found.name:
            return None
        lead = _TO_ISSUER.match(self._scan.folded, found.end)
        position = lead.end() if lead else found.end + 1
        if lead is None:
            position += self._scan.view[found.end : position + 1] == " ("
            between, capital = self._scan.view[found.end : position], self._scan.view[position : position + 1]
            if between not in (" ", " (") or not capital.isupper():
                return None
        named = self._table.named_at(self._scan, position)
        body = self._body_at(position, named) if lead else None
        nameless = body is not None or (lead is None and named is None)
        name = None if nameless else self._table.names.at(self._scan, position)
        if named is None and body is None and name is None:
            stranger = lead and self.grammar.stranger.match(self._scan.folded, position)
            told = lead and (not lead["by"] or _THEN_ISSUED.match(self._scan.folded, stranger.end() if stranger else 0))
            return found._replace(end=stranger.end(), stranger=True) if stranger and told else None
        end = max(position, *(part.end for part in (named, body, name) if part))
        if lead and lead["by"]:
            signer = self._beyond_name(end)
            if not _ISSUED.match(self._scan.folded, signer):
                return None
            end = signer
        code = named.code if named else self._table.by_kind.get(body.ref.kind) if body else None
        found = found._replace(end=end, code=code, body=body, below=bool(named and named.below), name=name)
        return self._who(found, signed=bool(lead and lead["by"]))

    def _body_at(self, position: int, named: Named | None) -> BodyMention | None:
        """Return the body whose name begins at ``position``, or behind the office of a person that does."""
        at = bisect_left(self._starts, position)
        body = self._bodies[at] if at < len(self._bodies) else None
        if body is None or body.start > position + _TITLE_BEFORE_BODY:
            return None
        gap = self._scan.folded[position : body.start]
        titles = self.grammar.titles
        return body if not gap or (gap if named else gap.removesuffix("thường trực ")) in titles else None

    def _who(self, found: CitationContext, *, signed: bool) -> CitationContext:
        """Return a context with what its body is named as: by the office of its head, or as one of several."""
        body = found.body
        if body is None:
            return found
        at = bisect_left(self._starts, body.end)
        other = self._bodies[at] if at < len(self._bodies) else body
        beside = other is not body and _BESIDE.fullmatch(self._scan.folded, body.end, other.start) is not None
        code = self._table.by_kind.get(body.ref.kind)
        several = beside and code is not None and self._table.by_kind.get(other.ref.kind) is code and not code.shared_by
        return found._replace(head=self._head(body), signed=signed, several=several)

    def _head(self, body: BodyMention | None) -> str | None:
        """Return the office of the head of a body if the words right before its name are that."""
        words, head = self.grammar.heads.get(body.ref.kind, (None, None)) if body else (None, None)
        before = max(0, body.start - _TITLE_BEFORE_BODY) if body else 0
        return head if words and body and words.search(self._scan.folded, before, body.start) else None

    def _beyond_name(self, position: int) -> int:
        """Return where a person's name ends that follows an office: "do Chủ tịch UBND tỉnh Trần Văn Mẫu ký"."""
        end = position
        for _ in range(_LONGEST_NAME):
            part = _NAME_PART.match(self._scan.view, end)
            if part is None or not part[1][0].isupper():
                break
            end = part.end()
        return end

    def _small_step(self, found: CitationContext) -> CitationContext | None:
        """Read "(khóa XII)" and "năm 2023"."""
        if term := _TERM.match(self._scan.folded, found.end):
            return found._replace(end=term.end())
        year = None if found.dated or found.year else _OF_YEAR.match(self._scan.folded, found.end)
        return found._replace(end=year.end(), year=year[1]) if year else None

    def beyond_title(self, start: int, position: int) -> CitationContext:
        """Return who issued the document at ``start:position`` if its title or the next clause tells.

        "Chỉ thị số 17 về … của Ban Thường vụ Tỉnh ủy", "Tại Chỉ thị số 17, Ban Thường vụ Tỉnh ủy yêu cầu".
        """
        folded = self._scan.folded
        stop = min(position + _TITLE_LENGTH, len(folded))
        end = _SENTENCE_END.search(folded, position, stop)
        floor = end.start() if end else stop
        if _INTRODUCED.search(folded[max(0, start - 20) : start]):
            comma = folded.find(", ", position, floor)
            named = self._table.named_at(self._scan, comma + 2) if comma >= 0 else None
            if named and self.grammar.stating.match(folded, named.end):
                return _after(position, named, self._table.names.at(self._scan, comma + 2))
        about = _ABOUT.match(folded, position)
        closing = folded.find('"', about.end(), floor) if about and about["quote"] else -1
        begin = closing + 1 if closing >= 0 else position
        if following := self._words.in_full.search(folded, begin, floor):
            floor = following.start()
        for lead in _OWNER.finditer(folded, begin, floor):
            named = self._table.named_at(self._scan, lead.end())
            name = self._table.names.at(self._scan, lead.end())
            if named is None and name is None:
                stranger = self.grammar.stranger.match(folded, lead.end()) if lead["lead"] == "do" else None
                if stranger and _THEN_ISSUED.match(folded, stranger.end()):
                    return CitationContext(position, stranger=True)
                continue
            if lead["lead"] == "của":
                before = folded[max(begin, lead.start() - 20) : lead.start()]
                told = about is not None and not self.grammar.owned.search(before)
            else:
                last = max(part.end for part in (named, name) if part)
                term = _TERM.match(folded, last)
                told = _ISSUED.match(folded, term.end() if term else last) is not None
            if told:
                body = self._body_at(lead.end(), named)
                return self._who(_after(position, named, name)._replace(body=body), signed=lead["lead"] != "của")
        return CitationContext(position)

    def letterhead(self, start: int) -> IssuerCode | None:
        """Return who is named above the number in the head of an official text ("TỈNH ỦY X" … "Số 445-KL/TƯ")."""
        line = self._scan.folded[max(self._begin, start - 20) : start + 1]
        if start - self._begin > LETTERHEAD or not _NUMBER_LINE.search(line):
            return None
        named = self._table.last_named(self._scan, self._begin, start)
        return named.code if named and self._scan.view[named.start : named.start + 4].isupper() else None

    def of_letterhead(self, start: int, code: IssuerCode | None, kind: DocumentType | None) -> CitationContext:
        """Return who issues the official text whose number is at ``start``: the body in capitals above it; but the
        office of that body's head, if it stands in capitals above the text ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"), or signs
        a People's Committee's text without "TM.", or is who orders in it."""
        nothing = CitationContext(start)
        if code is None or start - self._begin > LETTERHEAD:
            return nothing
        own = [b for b in self._bodies if self._table.by_kind.get(b.ref.kind) in (code, None) and self._head(b)]
        own = [b for b in own if b.ref.kind in code.bodies or self._head(b) in code.bodies]
        head = next((b for b in own if b.start - self._begin <= HEAD and self._opens_line(b)), None)
        if head is None and code.shared_by and not _FOR_THE_BODY.search(self._scan.folded, start):
            among = (b for b in self._bodies if b.ref.kind in code.bodies)
            orders = next((b for b in among if _ORDERS.match(self._scan.folded, b.end)), None)
            signed = own and _SIGNED_AS_HEAD.search(self._scan.folded, start)
            head = own[0] if signed else orders if orders in own else None
        above = (b for b in self._bodies[: bisect_left(self._starts, start)] if b.text.isupper())
        body = head or next((b for b in above if b.ref.kind in code.bodies), None)
        if body is None:
            return nothing
        if head is None and body.ref.kind == code.default:  # "TỈNH ỦY …" stands above what its standing committee signs
            part = _FOR_PART.search(self._scan.folded, start)
            signing = (k for k in code.bodies if part and k.startswith(slug(part["part"])))
            signer = next(signing, code.by_type.get(kind.id if kind else "", body.ref.kind))
            body = replace(body, ref=replace(body.ref, kind=signer))
        return nothing._replace(code=code, body=body, head=self._head(head))

    def _opens_line(self, body: BodyMention) -> bool:
        """Tell whether a body and its head's office are a line in capitals."""
        line = self._scan.view[self._scan.view.rfind("\n", 0, body.start) + 1 : body.end]
        return line.isupper() and len(line) <= body.end - body.start + _TITLE_BEFORE_BODY

    # -- before --------------------------------------------------------------------------------

    def issuer_before(self, start: int) -> CitationContext:
        """Return who "ban hành", "ký", "có" the document that begins at ``start``."""
        if start not in self._before:
            self._before[start] = self._read_before(start)
        return self._before[start]

    def _issued(self, start: int) -> re.Match[str] | None:
        """Return the words of issuing right before the document that begins at ``start``."""
        if start not in self._verbs:
            self._verbs[start] = self.grammar.issued_before(self._scan.folded, max(0, start - _BACK), start)
        return self._verbs[start]

    def _read_before(self, start: int) -> CitationContext:
        folded, floor, verb = self._scan.folded, max(0, start - _BACK), self._issued(start)
        if verb is None:
            return CitationContext(start)
        end = verb.start()
        if signed_for := self._signed_for(floor, end):
            return signed_for
        signed = not {"ký", "tại", "trong"}.isdisjoint(verb[0].split())

        def reaches(found: BodyMention | Named | IssuerName) -> bool:
            begin = found.end
            titled = isinstance(found, BodyMention) and found.title_only
            if (titled or folded[max(0, found.start - 2) : found.start] == ", ") and folded.startswith(",", begin):
                begin += 1  # "ông A, Chánh Thanh tra tỉnh, vừa ban hành"
            between = self.grammar.stranger.search(folded, begin, end)
            return between is None and _BETWEEN_NAME_AND_VERB.fullmatch(folded, begin, end) is not None

        near = self._bodies[bisect_left(self._starts, floor) : bisect_left(self._starts, end)]
        ended = (body for body in near if body.end <= end)
        body = max(ended, key=lambda body: (body.end, -body.start), default=None)
        body = body if body and reaches(body) else None
        name = self._table.names.last(self._scan, floor, end)
        name = name if name and reaches(name) else None
        named = self._table.last_named(self._scan, floor, end)
        if named and reaches(named):
            same = body if body and body.end >= named.start else None
            told = _after(start, named, name if name and name.start >= named.start else None)
            return self._who(told._replace(body=same), signed=signed)
        if body is None and name is None:
            clause = _CLAUSE_BEGIN.split(folded[floor:end])[-1]
            return CitationContext(start, stranger=self.grammar.stranger.search(clause) is not None)
        if body is None:
            return _after(start, None, name)
        code = self._table.by_kind.get(body.ref.kind)
        return self._who(CitationContext(start, code=code, body=body), signed=signed)

    def _signed_for(self, floor: int, end: int) -> CitationContext | None:
        """Return for whom somebody signs: "Thay mặt Ban Thường vụ, đồng chí A, Bí thư Tỉnh ủy, đã ký ban hành"."""
        ends = [sentence.end() for sentence in _SENTENCE_END.finditer(self._scan.folded, floor, end)]
        behalf = _ON_BEHALF.search(self._scan.folded, ends[-1] if ends else floor, end)
        named = self._table.named_at(self._scan, behalf.end()) if behalf else None
        if behalf is None or named is None:
            return None
        told = _after(end, named, self._table.names.at(self._scan, behalf.end()))
        return self._who(told._replace(body=self._body_at(behalf.end(), named)), signed=False)

    def is_strangers(self, start: int, after: CitationContext) -> bool:
        """Tell whether somebody unknown is named as the issuer of the document that begins at ``start``: before "ký",
        "ban hành", or behind "của". What is said of other documents then tells nothing of it."""
        folded = self._scan.folded
        if not after.said and (lead := _TO_ISSUER.match(folded, after.end)):
            if not lead["by"]:
                return _UNNAMED.match(folded, lead.end()) is None
            signed = _SIGNED_BY.match(folded, lead.end())
            if signed and not self._table.last_named(self._scan, lead.end(), signed.end()):
                return True
        floor, verb = max(0, start - _BACK), self._issued(start)
        if verb is None or verb[0].split()[-1] in ("tại", "trong") or self.issuer_before(start).said:
            return False
        clause = _SENTENCE_END.split(folded[floor : verb.start()])[-1]
        return _ONLY_DATE.fullmatch(clause) is None

    def lower_before(self, start: int, code: IssuerCode | None) -> CitationContext:
        """Return the issuer below the province that the sentence named last before ``start`` among those who sign with
        ``code``: beside "UBND phường A bị kiện vì Quyết định số 12/QĐ-UBND" nobody says that it is the province's."""
        if code is None or not code.shared_by or code.default is None:
            return CitationContext(start)
        folded, floor = self._scan.folded, max(0, start - _TITLE_LENGTH)
        ends = [end.end() for end in _SENTENCE_END.finditer(folded, floor, start)]
        floor = ends[-1] if ends else floor
        named, name = self._table.last_named(self._scan, floor, start), self._table.names.last(self._scan, floor, start)
        in_symbol = name is not None and folded[max(0, name.start - 1) : name.start] in ("-", "/")
        in_post = name is not None and _POST.search(folded[max(0, name.start - 30) : name.start]) is not None
        if name and (in_symbol or in_post or code.code not in name.codes or (named and name.start < named.start)):
            name = None
        lower = name is not None or (named is not None and named.below and named.code is code)
        return _after(start, named, name)._replace(code=code, below=True) if lower else CitationContext(start)

    def date_before(self, start: int) -> PartialDate | None:
        """Return the date in "Ngày 27/10/2023, Ban Thường vụ Thành ủy ban hành <document>"."""
        floor, verb = max(0, start - _BACK), self._issued(start)
        if verb is None or verb[0].split()[-1] in ("tại", "trong"):
            return None
        folded, end = self._scan.folded, verb.start()
        for date in reversed(list(find_dates(folded, floor, end))):
            if self._is_of_document(date.start):  # "thực hiện Chỉ thị số 52-CT/TW, ngày 6/5/2024, Tỉnh ủy ban hành"
                continue
            between = folded[date.end : end]
            if between.lstrip(" .,)").startswith("\n"):  # the date line of a page
                return None
            period = _PERIOD.search(folded[max(0, date.start - 12) : date.start])
            told = not period and not _PROPOSING.search(between) and self.grammar.date_to_issuing.fullmatch(between)
            return date.value if told else None
        return None

    def _is_of_document(self, position: int) -> bool:
        """Tell whether a document is named right before a date: by its number, or by its type."""
        before = self._scan.folded[max(0, position - 120) : position]
        if _OF_DOCUMENT.search(before):
            return True
        words = self._words.in_full.finditer(self._scan.folded, max(0, position - 30), position)
        return any(self._scan.folded[word.end() : position] == " " for word in words)

    def _names_other(self, start: int, end: int) -> bool:
        """Tell whether a title names another document, whose date may follow: "thi hành Luật Đất đai ban hành ngày"."""
        for word in self._words.in_full.finditer(self._scan.folded, start, end):
            kind = self._words.kind_of(word)
            proper = kind.symbol != "none" and self._scan.view[word.start()].isupper()
            if proper or kind.symbol in ("assembly", "year"):
                return True
        return False

    def date_beyond_title(self, position: int) -> PartialDate | None:
        """Return the date behind the title of a document: "… về chuyển đổi số, ban hành ngày 5/3/2024", "… ngày
        5/3/2024 của Thủ tướng"."""
        found = _ITS_ISSUE.match(self._scan.folded, position, position + _TITLE_LENGTH)
        date = date_at(self._scan.folded, found.start("dated") if found["dated"] else found.end()) if found else None
        if found is None or date is None or self._names_other(found.start(), found.end()):
            return None
        owner = _TO_ISSUER.match(self._scan.folded, date.end) if found["dated"] else None
        told = found["dated"] is None or (owner and self._table.named_at(self._scan, owner.end()))
        return date.value if told else None

    def date_of_head(self, start: int) -> PartialDate | None:
        """Return the date of the place line ("Đà Nẵng, ngày … tháng … năm …") beside an official text's number."""
        if start - self._begin > HEAD:
            return None
        date = find_place_date(self._scan.folded, max(self._begin, start - 300), start + 400)
        if date is None and (line := _ON_ONE_LINE.search(self._scan.folded, start, start + 400)):
            date = date_at(self._scan.folded, line.start("date")) if self._scan.view[line.start()].isupper() else None
        return date.value if date else None


def _after(position: int, named: Named | None, name: IssuerName | None) -> CitationContext:
    return CitationContext(position, code=named.code if named else None, below=bool(named and named.below), name=name)
