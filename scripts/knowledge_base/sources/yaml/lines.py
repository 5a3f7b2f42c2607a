"""The shape of one line of YAML as a maintainer types it."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.text import one_line, verbose

_KEYED = verbose(r"""
    (?P<lead>  [ \t]* (?: [-–—•·*] [ \t]+ )* )   # blanks and the dashes of lists, Word's dashes too
    (?P<key>   [^\W\d] [\w .-]{0,40}? )          # a word or a few
    (?P<colon> [ ]{0,4} [:：=] )                 # what stands for the colon
    (?P<gap>   [ \t]* )
    (?P<value> .* )""")
_NEEDS_NO_QUOTES = verbose(r"""
    [^\W_]                  # a letter or digit first
    (?: [^:#"'\n]
      | : (?=\S)            # a colon that no blank follows
      | (?<=\S) \#          # a hash that no blank precedes
    )* \Z""")
_LONGEST_SHOWN = 90
"""Longer lines are cut in messages. Chosen by hand: a message stays on about two lines of a terminal."""


@dataclass(frozen=True, slots=True)
class YamlLine:
    """A line cut into its parts; ``key`` is '' when it has none, and then ``value`` is everything behind the lead.

    ``number`` counts from 0, if it was told."""

    number: int
    text: str
    lead: str
    key: str
    colon: str
    gap: str
    value: str

    @property
    def indent(self) -> int:
        """How many blanks the line begins with."""
        return len(self.text) - len(self.text.lstrip(" \t"))

    @property
    def column(self) -> int:
        """Where its key begins, behind the dashes of lists."""
        return len(self.lead)

    @property
    def blank(self) -> bool:
        """Tell whether nothing stands there but perhaps a comment."""
        return not self.text.strip() or self.text.lstrip().startswith("#")

    @property
    def is_item(self) -> bool:
        """Tell whether the line begins an item of a list."""
        return self.text.lstrip(" \t").startswith(("- ", "– ", "• "))

    @property
    def opens(self) -> bool:
        """Tell whether the line is a key whose value stands below it."""
        return bool(self.key) and not self.value

    def with_value(self, value: str) -> str:
        """Return the line with another value, rightly spaced, as a message shows it."""
        return shown(f"{self.lead}{self.key.rstrip()}: {value}" if self.key else f"{self.lead}{value}")


def cut_line(text: str, number: int = 0) -> YamlLine:
    """Cut a line into its parts; a bare web address is no key."""
    match = _KEYED.match(text)
    if match and not (match["colon"] == ":" and match["value"].startswith("//") and not match["gap"]):
        return YamlLine(number, text, *match.group("lead", "key", "colon", "gap", "value"))
    bare = text.lstrip(" \t")
    lead = text[: len(text) - len(bare)]
    if bare.startswith("- "):
        value = bare[1:].lstrip()
        return YamlLine(number, text, lead + bare[: len(bare) - len(value)], "", "", "", value)
    return YamlLine(number, text, lead, "", "", "", bare)


def is_whole(value: str) -> bool:
    """Tell whether a value in brackets or quotation marks is complete: the line it stands on is not at fault."""
    value = value.strip()
    closing = {"[": "]", "{": "}", '"': '"', "'": "'"}.get(value[:1])
    if closing is None or len(value) < 2 or value[-1] != closing:
        return False
    return value.count(closing) == (2 if closing == value[0] else value.count(value[0]))


def in_quotes(value: str) -> str:
    """Return a value between straight quotation marks, those that need no change inside it."""
    value = value.strip()
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def as_value(value: str) -> str:
    """Return a value as it may be typed: between quotation marks only where that is needed."""
    value = value.strip()
    return value if _NEEDS_NO_QUOTES.match(value) or is_whole(value) else in_quotes(value)


def shown(text: str) -> str:
    """Return a line or value as a message shows it: trimmed, on one line, shortened."""
    words = one_line(text)
    return f"{words[:_LONGEST_SHOWN]}…" if len(words) > _LONGEST_SHOWN else words
