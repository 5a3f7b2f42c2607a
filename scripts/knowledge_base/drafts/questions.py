"""What only a person can answer: asked in one short sentence, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """``ask`` is a Vietnamese question with its mark, ``do`` a sentence without full stop.

    ``key`` is the front-matter key that the answer belongs to; ``must``: without it the article cannot be published."""

    ask: str
    do: str
    key: str | None = None
    must: bool = False
