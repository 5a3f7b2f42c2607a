"""Days and numbers of documents, kept on one line: browsers break them behind a hyphen."""

from __future__ import annotations

import re

_TAG = re.compile(r"(<[^<>]*>)")
_SEALED = re.compile(r'<(svg|time|code|pre)\b.*?</\1>|<span class="so-hieu">(?:[^<]|<wbr>)*</span>', re.DOTALL)
_UNBROKEN = re.compile(
    r"""
    (?<! [\w/.-] )
    (?: \d{1,2} - (?: \d{1,2} - )? \d{4}                               # 07-12-2023, 12-2023
      | \d+[a-z]? (?: /\d{4} )? (?: [-/] [A-ZĐƯ][A-Za-zĐđƯư]* )+ \d*   # 34-CT/TU, 73/2023/NĐ-CP, 202/2025/QH15
    )
    (?! [\w/-] )
    """,
    re.VERBOSE,
)


def keep_whole(html: str) -> str:
    """Return HTML in which each day and each number of a document is a stretch that no line breaks (``so-hieu`` in the
    style sheet); drawings, and what is so already, stay."""
    done, past = [], 0
    for sealed in _SEALED.finditer(html):
        done += [_spanned(html[past : sealed.start()]), sealed[0]]
        past = sealed.end()
    return "".join([*done, _spanned(html[past:])])


def break_at_slashes(html: str) -> str:
    """Return HTML for a narrow column: days and numbers break nowhere but behind a slash (``2936/ UBND-CTXDGT``)."""
    return _spanned(html, "/<wbr>")


def _spanned(html: str, slash: str = "/") -> str:
    def span(found: re.Match[str]) -> str:
        return f'<span class="so-hieu">{found[0].replace("/", slash)}</span>'

    parts = _TAG.split(html)
    parts[::2] = (_UNBROKEN.sub(span, text) for text in parts[::2])
    return "".join(parts)
