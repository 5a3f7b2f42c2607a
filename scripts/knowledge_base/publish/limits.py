"""Above which sizes large things are cut into parts. Below them everything stands whole, in one file or on one page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``rows``: a list of more entries is cut, and its page leads to the parts. A key in the filter of a list takes
    about 50 µs a row, 50 ms is the limit; the base of 200 articles has 540 documents.

    ``part``: a part of more entries is cut again, as far as there is something to cut it by: so many documents are
    about 60 KB in the browser, packed.

    ``file``: a file of the open data of more bytes is cut; what is larger is slow to fetch, and many programs that
    people open such files with load them whole."""

    rows: int = 1000
    part: int = 300
    file: int = 5_000_000


LIMITS = Limits()
