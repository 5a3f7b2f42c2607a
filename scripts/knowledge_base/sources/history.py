"""Read on which day things came into the base: a file that ``dev.py`` makes of the repository's history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ..core.dates import PartialDate
from .text_files import MAX_BYTES, read_small_file

FILE = ".added.json"
Added = Mapping[tuple[str, str], PartialDate]
"""The day by the folder of the page (``van-ban``, ``nguon``) and the id; empty where the history is not known."""


def load_added(sources: Path) -> Added:
    """Return what the file in ``sources`` says. A file that is missing, or damaged, says nothing: it is made anew with
    each build by ``dev.py``, and nobody edits it."""
    try:
        found, _ = read_small_file(sources / FILE, FILE, MAX_BYTES)
        data = json.loads(found or b"")
        return {
            (kind, identity): PartialDate.parse(day) for kind, days in data.items() for identity, day in days.items()
        }
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
