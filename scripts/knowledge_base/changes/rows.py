"""Lists in a report that stay short."""

from __future__ import annotations

from collections.abc import Sequence


def bounded(rows: Sequence[str], most: int, what: str) -> list[str]:
    """Return the rows as a list, at most ``most`` of them, then how many more ``what`` there are."""
    more = [f"- … và {len(rows) - most} {what} nữa"] if len(rows) > most else []
    return [*(f"- {row}" for row in rows[:most]), *more]
