"""How far long work has come, and how long it will still take; told on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
_FIRST, _NEXT = 3.0, 0.5
"""Seconds before anything is told (who waits no longer needs nothing), and between two lines (as one can read)."""


def tell_progress(items: Iterable[Item], count: int, what: str) -> Iterator[Item]:
    """Yield ``items``, of which there are ``count``; from time to time tell on the terminal how many are done and about
    how long the others take."""
    if not sys.stderr.isatty():
        yield from items
        return
    began = told = time.monotonic()
    shown = False
    for done, item in enumerate(items, start=1):
        yield item
        now = time.monotonic()
        if now - began >= _FIRST and now - told >= _NEXT:
            left = (now - began) / done * (count - done)
            print(f"\r{what}: {done}/{count}, còn khoảng {_duration(left)}   ", end="", file=sys.stderr, flush=True)
            told, shown = now, True
    if shown:
        print(f"\r{what}: {count}/{count}, mất {_duration(time.monotonic() - began)}   ", file=sys.stderr)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} phút {rest} giây" if minutes else f"{rest} giây"
