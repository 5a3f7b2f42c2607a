"""Whether the words around a citation fit the document on record that bears its number.

The same Party number comes again every term, so number and type alone prove little. What a citation says its document
is about, who issued it, and how long it has been carried out may speak against the one known.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ...core.text import fold
from ...mentions.lexicon import COUNTED_YEARS, NUMBERS
from ...sources.vocabulary import Vocabulary
from ...sources.vocabulary.phrases import PhraseList, words_of
from ...sources.vocabulary.schemas import DocumentRecord
from .context import Claim

_ABOUT = re.compile(
    r"""(?: [\s,]* \(? ngày\s [\d\s./-]{4,12} (?: tháng\s\d{1,2}\snăm\s\d{4} )? \)? )?  # its date
        (?: [\s,]* \(? của\s [^.,;:\n]{2,70}? \)? )?          # its issuer
        [\s,]* (?: về | quy\ định | [“"] ) \s* (?:việc\s)? (?P<about> [^.;:\n]{3,160} )""",
    re.VERBOSE,
)
_CARRIED_OUT = re.compile(
    rf"""(?<!\w) (?P<count>{COUNTED_YEARS})\ năm\ (?:qua\ )? (?:tổ\ chức\ )?    # "sau hai năm …
        (?: thực\ hiện | triển\ khai | thi\ hành | làm\ theo | đưa ) [^.;\n]{{0,60}} \Z   # … thực hiện"
    """,
    re.VERBOSE,
)
_PARAGRAPH = 400
"""Characters around a citation in which words of its subject are looked for, chosen by hand."""


def contradicts(claim: Claim, record: DocumentRecord) -> bool:
    """Tell whether what a citation says cannot be of this document: another subject, another issuer of the centre, or
    more years of carrying out than the document has."""
    text, citation = claim.context.folded, claim.citation
    vocabulary = claim.context.vocabulary
    subject = _subject(record, vocabulary)
    about = _ABOUT.match(text, citation.end) if record.title else None
    if about and not subject & _pairs(about["about"], vocabulary):
        return True
    issuer = citation.issuer
    recorded = record.issuer.value if record.issuer else None
    if issuer and issuer.kind in _CENTRE and recorded in _CENTRE and issuer.kind != recorded:
        return True
    at, date, years = claim.context.at, record.date.value if record.date else None, years_carried_out(claim)
    return bool(at and date and years and date.year > at.year - years + 1)


def years_carried_out(claim: Claim) -> int:
    """Return for how many years the words before a citation say it has been carried out ("sau hai năm thực hiện …");
    0 if they do not say so."""
    text, start = claim.context.folded, claim.citation.start
    counted = _CARRIED_OUT.search(text, max(0, start - 100), start)
    word = counted["count"] if counted else ""
    return int(word) if word.isdigit() else NUMBERS.index(word) + 1 if word in NUMBERS else 0


def fits(claim: Claim, record: DocumentRecord) -> bool:
    """Tell whether the words around a citation, or the article's title, are of the recorded subject."""
    text, citation = claim.context.folded, claim.citation
    around = text[max(0, citation.start - _PARAGRAPH) : citation.end + _PARAGRAPH]
    vocabulary = claim.context.vocabulary
    spoken = _pairs(around, vocabulary) | _pairs(fold(claim.context.article.title or ""), vocabulary)
    return bool(_subject(record, vocabulary) & spoken)


_CENTRE = ("bo-chinh-tri", "ban-bi-thu-trung-uong-dang")
"""Two issuers of the centre who number their documents in one series, but sign each their own: all three issuers with
the symbol TW (``issuer-codes.yml``) do, for numbers run on through a term (Hướng dẫn 36-HD/VPTW, mục 1.3)."""


def _subject(record: DocumentRecord, vocabulary: Vocabulary) -> frozenset[str]:
    return _pairs(fold(record.title.value), vocabulary) if record.title else frozenset()


def _pairs(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the pairs of neighbouring syllables of folded text, without those that titles of all subjects hold."""
    pairs = (pair for part in re.split(r"[^\w\s]+", text) for pair in pairwise(part.split()))
    return frozenset(map(" ".join, pairs)) - set(words_of(vocabulary, PhraseList.OF_ALL_SUBJECTS))
