"""Words of others where Markdown or GitHub would read more into them: they appear as they are, and do nothing.

For what is shown on GitHub and in reports beside drafts. The pages of the site have ``pages.markdown``.
Standard library only, as are those parts of the workflows that run without the library's requirements.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 300
"""Characters of others' words on one line of a report: a title or a sentence fits, a pasted page does not."""
_JOINER = "\u2060"
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_MARKS = re.compile(r"[\\`*_\[\]]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;", "$": "&#36;"})
"""These have no backslash form that every reader of Markdown knows."""
_CALLS = re.compile(
    r"""
    [@\#](?=\S)                                # a person, an issue
    | :(?=//[^\s…]                             # an address with its scheme
        |[\w+-]{0,40}[a-z+-]\d{0,4}:)          # a picture by name (:heart:), but no time of day
    | \b(?: www(?=\.)                          # an address without scheme
        | (?:GH|GHSA|CVE)-(?=\w)               # an issue, an advisory
        | (?:mailto|xmpp):
        | github\.com(?=/))
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What GitHub makes something of: names, numbers, addresses, pictures such as :heart:. A time of day stays whole."""
_NUMBERED = re.compile(r"\A(\d+)([.)])")
_TITLE_MARKS = re.compile(r"[#@`<>\[\]]+|://|\bGH-(?=\d)", re.IGNORECASE)


def literal(words: str, longest: int = LONGEST) -> str:
    """Return ``words`` as one line of Markdown that shows just them, shortened.

    Nothing in it is a tag, a link, a heading, a cell or a list; behind @, # and the like an invisible joiner
    keeps GitHub from calling people, linking addresses and closing issues."""
    line = _CALLS.sub(lambda m: m[0] + _JOINER, _line(words, longest))
    line = _MARKS.sub(lambda m: f"\\{m[0]}", line.translate(_ENTITIES))
    if line[:1] in {"#", "+", "-"}:
        return f"\\{line}"
    if line[:1] in {"=", ":"}:  # lines of "=" make a heading of the line above, ":-" a table
        return f"&#{ord(line[0])};{line[1:]}"
    return _NUMBERED.sub(r"\1\\\2", line)


def code(words: str, longest: int = LONGEST) -> str:
    """Return ``words`` as a span of code, for what is typed or copied: addresses, ids, names of files."""
    line = _line(words, longest)
    if not line:
        return "(trống)"
    fence = "`" * (max((len(run) for run in re.findall(r"`+", line)), default=0) + 1)
    space = " " if "`" in (line[0], line[-1]) else ""
    return f"{fence}{space}{line}{space}{fence}"


def title(words: str, longest: int = LONGEST) -> str:
    """Return ``words`` for a title, which is no Markdown: without the marks that refer to people and issues."""
    return _line(_TITLE_MARKS.sub(" ", _line(words, longest * 2)), longest)


def _line(words: str, longest: int) -> str:
    """Return the words on one line, without characters that cannot be seen."""
    line = " ".join(_HIDDEN.sub(" ", unicodedata.normalize("NFC", words)).split())
    return f"{line[: longest - 1].rstrip()}…" if len(line) > longest else line
