"""Read ``sources/addresses.yml``: where pages stand now that were published at another address."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..core.errors import Problem
from ..core.text import nfc
from .diagnosis import quoted
from .text_files import blank_characters, check_characters, decode_source
from .vocabulary.fields import Date, Entry, key
from .vocabulary.validation import on_other_lines, validate
from .yaml import Plain, YamlData, read_yaml

FILE = "addresses.yml"
ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/(?:[a-z0-9]+(?:-[a-z0-9]+)*/){0,3}")
"""The address of a page inside the site: ``van-ban/chi-thi-34-ct-tu-da-nang-2023/``."""

_PART = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ENDING = re.compile(r"(?:index)?\.(?:md|html)\b|#.*")


class MovedAddress(Entry):
    """An entry of the file: a page that was published at ``from`` and now stands at ``to``."""

    old: str = key("Địa chỉ cũ", "Phần sau tên miền: van-ban/…/", alias="from", aka="từ, cũ")
    new: str = key("Địa chỉ mới", "Địa chỉ của trang đang có", alias="to", aka="đến, tới, mới")
    why: str | None = key("Lý do", "Hiện trên trang dẫn đi", None, aka="vì sao")
    date: Date | None = key("Ngày", "Ngày chuyển", None)


class Move(MovedAddress):
    """One page's move. ``line`` and ``to_line`` are the lines of its keys “from” and “to” in ``path``."""

    path: str
    line: int
    to_line: int


def load_moves(sources: Path) -> tuple[tuple[Move, ...], list[Problem]]:
    """Return the moves in the order of the file, and every fault in it; nothing when there is no such file."""
    file = Path(os.path.abspath(sources)) / FILE
    path = nfc(f"{file.parent.name}/{FILE}")
    if not file.is_file():
        return (), []
    text, problems = decode_source(file.read_bytes(), path)
    if text is None:
        return (), problems
    hidden = check_characters(text, path)
    source, faults = read_yaml(blank_characters(text), path)
    reported = [*hidden, *on_other_lines(hidden, faults)]
    if source is None or source.data is None:
        return (), reported
    if not isinstance(source.data, list):
        remedy = "Bắt đầu mỗi mục bằng dấu gạch"
        return (), [*reported, Problem(path, source.line(), "phải là danh sách các mục", remedy)]
    moves, more = _read_entries(source, source.data, path)
    return moves, [*reported, *on_other_lines(reported, more)]


def _read_entries(source: YamlData, entries: Sequence[Plain], path: str) -> tuple[tuple[Move, ...], list[Problem]]:
    moves: dict[str, Move] = {}
    problems: list[Problem] = []
    for number, data in enumerate(entries):
        line = source.line(number)
        if not isinstance(data, dict):
            remedy = "Viết dạng - {from: địa chỉ cũ, to: địa chỉ mới}"
            problems.append(Problem(path, line, "mục này phải gồm các khóa", remedy))
            continue
        entry, faults = validate(MovedAddress, data, source, (str(number),), path)
        line, to_line = source.line(number, "from"), source.line(number, "to")
        if entry is not None:
            faults += [*_check_form("from", entry.old, path, line), *_check_form("to", entry.new, path, to_line)]
        problems += faults
        if entry is None or faults:
            continue
        move = Move.model_construct(**dict(entry), path=path, line=line, to_line=to_line)
        first = moves.setdefault(entry.old, move)
        if first is not move:
            message = f"địa chỉ {quoted(entry.old)} đã được chuyển ở dòng {first.line}"
            problems.append(Problem(path, line, message, "Chỉ giữ lại một mục"))
    return tuple(moves.values()), problems


def _check_form(key: str, value: str, path: str, line: int) -> Iterator[Problem]:
    """Tell of what is no address of a page; the whole web address, or the file, is easily made one."""
    if not ADDRESS.fullmatch(value):
        parts = _PART.findall(_ENDING.sub("", value[:300]))
        proposal = f"Sửa thành {quoted('/'.join([*parts[-2:], '']))}" if parts else "Viết dạng van-ban/tên-trang/"
        yield Problem(path, line, f"“{key}”: {quoted(value)} không phải địa chỉ trang của kho", proposal)
