"""Find the right spelling of an abbreviation however its letters were typed."""

from __future__ import annotations

from collections.abc import Iterable

from ..text import strip_marks


class Spellings:
    """Finds the right spelling: by exact letters, by any letter case, then without accents if that is unique."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        pairs = [(form.replace(".", "").replace(" ", ""), name) for form, name in forms]
        self._cased = {form.casefold(): name for form, name in reversed(pairs)}
        bare: dict[str, set[str]] = {}
        for form, name in pairs:
            bare.setdefault(strip_marks(form), set()).add(name)
        self._bare = {form: next(iter(names)) for form, names in bare.items() if len(names) == 1}

    def get(self, written: str) -> str | None:
        """Return the right spelling of ``written``, or None if there is none or more than one."""
        key = written.casefold()
        if key in self._cased:
            return self._cased[key]
        return self._bare.get(key) if key.isascii() else None
