"""Read a raw article: text without front matter, from a .txt file or taken out of another kind of file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..core.errors import Problem, Severity
from ..core.letterhead import split_head
from ..core.models import Article
from ..core.paragraphs import split_paragraphs
from ..sources.secrecy import refuse_secret
from ..sources.text_files import MAX_DIGEST, RawFile, blank_characters, check_characters, too_large
from ..sources.vocabulary import Vocabulary
from .encodings import decode_text, mend_text
from .markdown import drop_marks
from .raised import drop_typed_marks

_LONGEST = 20_000
"""Characters: no sentence goes on for longer, and joining would become slow on hostile files."""
_GOES_ON = re.compile(r"[a-zà-öø-ÿăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ,.;:)\]%/–-]")
_OWN = re.compile(r"[-–•+*]\s|[a-zđ0-9]{1,3}[.)]\s")
_CUT_AFTER = re.compile(r"[^\s|][-–/]\Z")
_CUT_BEFORE = re.compile(r"[-/][A-ZĐƯ]{1,8}")


def goes_on(line: str, following: str) -> bool:
    """Tell whether ``following`` goes on with the sentence of ``line``."""
    if _OWN.match(following) or len(line) > _LONGEST:
        return False
    small = _GOES_ON.match(following) and not line.endswith((".", ":", ";"))
    return bool(small) or line.endswith((",", "/", "(", "–", "-"))


def link(line: str, following: str) -> str:
    """Return what stands between two lines joined: nothing where a number or a name was cut in two."""
    cut = _CUT_AFTER.search(line[-2:]) or (line[-1:].isdecimal() and _CUT_BEFORE.match(following))
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


_SENT = re.compile(
    r"""^\[\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?,?\   # day
    \d{1,2}:\d{2}(?::\d{2})?(?:\ ?[AP]M)?\]\        # time
    [^:\n]{1,40}:\                                  # sender
    """,
    re.MULTILINE | re.VERBOSE,
)
"""What Zalo and others put before a message that is copied: "[22/7 22:31] Lê Mẫu: "."""


def _tell_lost(text: str, path: str) -> list[Problem]:
    """Return a warning for the lines in which letters are lost: their numbers and names are not whole."""
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "\ufffd" in line]
    if not lines:
        return []
    message = f"có ký tự hỏng � thay cho chữ đã mất ({len(lines)} dòng)"
    return [Problem(path, lines[0], message, "Xem bài gốc và gõ lại từng chỗ ấy trong bản nháp", Severity.WARNING)]


def read_plain(file: RawFile, _: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a raw text file in any encoding that Vietnamese texts come in."""
    if len(file.data) > MAX_DIGEST:
        return None, [too_large(file.path, MAX_DIGEST)]
    text, problems = decode_text(file.data, file.path)
    return (None, problems) if text is None else make_article(file, _SENT.sub("", text), problems)


def read_markdown(file: RawFile, _: Vocabulary) -> tuple[Article | None, list[Problem]]:
    """Return the article of a raw Markdown file, as converters of other files write it."""
    if len(file.data) > MAX_DIGEST:
        return None, [too_large(file.path, MAX_DIGEST)]
    text, problems = decode_text(file.data, file.path)
    return (None, problems) if text is None else make_article(file, drop_marks(text), problems)


def read_taken(file: RawFile, text: str) -> tuple[Article | None, list[Problem]]:
    """Return the article of text that was taken out of ``file``; its letters may still be wrong."""
    if len(text) > MAX_DIGEST:
        return None, [Problem(file.path, 1, "phần chữ trong tệp dài hơn 1 MB", "Chỉ giữ phần chữ của một bài")]
    mended, problems = mend_text(text, file.path)
    return (None, problems) if mended is None else make_article(file, mended, problems)


def make_article(file: RawFile, text: str, problems: list[Problem]) -> tuple[Article | None, list[Problem]]:
    """Return an article of decoded text. Hidden characters are blanked and told of as warnings: such a
    text is only looked at, never published as it is."""
    hidden = [replace(p, severity=Severity.WARNING) for p in check_characters(text, file.path)]
    text = split_head(drop_typed_marks(blank_characters(text, line_ends=True)))
    if secret := refuse_secret(file.path, text.split("\n")):
        return None, [secret]
    hidden += _tell_lost(text, file.path)
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        empty = Problem(file.path, 1, "tệp không có nội dung", "Chép phần chữ của bài vào tệp")
        return None, [*problems, *hidden, empty]
    return Article(file.id, file.path, text, 0, paragraphs), [*problems, *hidden]
