"""Above which sizes large things are cut into parts. Below them everything stands whole, in one file or on one page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """A list with more entries than its limit is cut, and its page leads to the parts.

    ``rows``: of documents and tasks, most of which come on demand: a key in the filter takes about 50 µs a row, and
    50 ms is the limit. ``shown``, ``articles``: of lists whose page shows all entries at once: the frame with its
    scripts is 43 of the 60 KB that a first view may have, packed; a body or a number takes about 25 bytes, an article
    60 (measured on 1,000 made-up articles). The base of 200 articles has 540 documents, 700 tasks, 470 numbers.

    ``part``: a part of more entries is cut again, as far as there is something to cut it by: a document takes 45 bytes
    without its title, about 90 with it.

    ``file``: a file of the open data of more bytes is cut: what is larger is slow to fetch, and many programs that
    people open such files with load them whole."""

    rows: int = 1000
    shown: int = 600
    articles: int = 220
    part: int = 200
    file: int = 5_000_000


LIMITS = Limits()
