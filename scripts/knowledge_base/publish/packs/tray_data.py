"""What the page of the tray reads: all statements that can be chosen, as on the screen and as on paper."""

from __future__ import annotations

import json

from ...meaning.knowledge.entities import KnowledgeBase
from ..pages.index import Index, group
from ..pages.site import Site
from ..statements import (
    FOLDER,
    SourcedStatement,
    all_statements,
    each_once,
    earlier_keys,
    part_letters,
    whole_paragraphs,
)
from .paper import is_unchecked, lines_without_address, source_words, where_to_look


def render_statements(kb: KnowledgeBase) -> dict[str, bytes]:
    """Return all statements that can be chosen as the site's data: path in docs/ → JSON.

    ``{"statements": {KEY: [{digest, speaker?, words, source, address, document?, mark?, verbatim?, paper, starred?,
    look_up, lines}, …]}, "whole": {KEY: {…}}, "earlier": {OLD: KEY}}`` in one file ``y.json``, or, where there are
    many, in files by the first letters of the keys (``y-a.json``); all of one article stand in one file. ``paper``: the
    line of its source on paper, with a star where ``starred``; ``look_up``: how to find it where the site has no
    address; ``lines``: how many lines of a page it takes beside that (paper.py). ``whole``: the paragraph as one
    statement, shown where a chosen one is not said any more; ``earlier``: the keys that a paragraph had before it was
    mended."""
    site = Site(Index(kb), "")
    found = each_once(all_statements(site))
    keys = {statement.key for statement in found}
    earlier, whole = (
        dict(earlier_keys(kb, keys)),
        {statement.key: _plain(statement) for statement in whole_paragraphs(site, keys)},
    )
    letters = part_letters(kb)
    parts = {"": found}
    if letters:
        parts = group(found, lambda statement: [statement.key[:letters]])
    files = {}
    for part, statements in sorted(parts.items()):
        by_key = {key: [_plain(s) for s in rows] for key, rows in group(statements, lambda s: [s.key]).items()}
        data = {
            "statements": by_key,
            "whole": {key: whole[key] for key in by_key},
            "earlier": {old: key for old, key in earlier.items() if key in by_key},
        }
        files[f"{FOLDER}/y{f'-{part}' if part else ''}.json"] = _json(data)
    return files


def _plain(statement: SourcedStatement) -> dict[str, str | bool | float]:
    """Return a statement as its file has it: what is empty is left out."""
    values = {name: getattr(statement, name) for name in _EXPORTED}
    values |= {"paper": source_words(statement), "starred": is_unchecked(statement)}
    values |= {"look_up": where_to_look(statement), "lines": round(lines_without_address(statement), 1)}
    return {name: value for name, value in values.items() if value}


_EXPORTED = ("digest", "speaker", "words", "source", "address", "document", "mark", "verbatim")


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
