"""Propose the word a maintainer probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from ..text import strip_marks

_LONGEST = 80


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like ``word`` (accents, case and hyphens weigh nothing), or None if none is near."""
    keys: dict[str, str] = {}
    for choice in sorted(choices):
        keys.setdefault(_key(choice), choice)
    found = difflib.get_close_matches(_key(word[:_LONGEST]), keys, n=1, cutoff=0.6)
    return keys[found[0]] if found else None


def _key(word: str) -> str:
    return "".join(char for char in strip_marks(word) if char.isalnum())
