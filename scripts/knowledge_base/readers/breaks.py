"""Tell whether a line goes on in the next one: a line break may stand inside a sentence, or inside a number."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 20_000
_GOES_ON = re.compile(r"[a-zà-öø-ÿăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ,.;:)\]%/–-]")
_OWN = re.compile(r"[-–•+*]\s|[a-zđ0-9]{1,3}[.)]\s")
_CUT_AFTER = re.compile(r"[^\s|][-–/]\Z")
_CUT_BEFORE = re.compile(r"[-/][A-ZĐƯ]{1,8}")
_NUMBER_END = re.compile(r"\d\Z")
_UNFINISHED = re.compile(r"[,/(–-]\Z")


def goes_on(line: str, following: str) -> bool:
    """Tell whether ``following`` goes on with the sentence of ``line``."""
    if _OWN.match(following) or len(line) > _LONGEST:
        return False
    return bool(_UNFINISHED.search(line[-2:])) or (
        bool(_GOES_ON.match(following)) and not line.endswith((".", ":", ";"))
    )


def link(line: str, following: str) -> str:
    """Return what stands between two lines joined: nothing where a number or a name was cut in two."""
    end = line[-2:]
    cut = _CUT_AFTER.search(end) or (_NUMBER_END.search(end) and _CUT_BEFORE.match(following))
    return "" if cut else " "


def join_broken(lines: Iterable[str]) -> list[str]:
    """Return the lines of one paragraph with those joined that a break cuts in two."""
    joined: list[str] = []
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        if joined and goes_on(joined[-1], line):
            joined[-1] = f"{joined[-1]}{link(joined[-1], line)}{line}"
        else:
            joined.append(line)
    return joined
