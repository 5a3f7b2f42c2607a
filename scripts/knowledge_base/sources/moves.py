"""Read what became of published pages: ``sources/addresses.yml``, where they stand now or that they were withdrawn,
and ``sources/errata.yml``, what was mended in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from ..core.errors import Problem
from ..core.text import nfc
from .diagnosis import quoted
from .text_files import blank_characters, check_characters, decode_source, read_small_file
from .vocabulary.fields import Bool, Date, Entry, key
from .vocabulary.validation import on_other_lines, validate
from .yaml import YamlData, read_yaml

_E = TypeVar("_E", bound=Entry)

FILE = "addresses.yml"
ERRATA_FILE = "errata.yml"
ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/(?:[a-z0-9]+(?:-[a-z0-9]+)*/){0,3}")
"""The address of a page inside the site: ``van-ban/chi-thi-34-ct-tu-da-nang-2023/``."""

_PART = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ENDING = re.compile(r"(?:index)?\.(?:md|html)\b|#.*")


class MovedAddress(Entry):
    """An entry of the file: a page that was published at ``from`` and now stands at ``to``, or was withdrawn."""

    old: str = key("Địa chỉ cũ", "Phần sau tên miền: van-ban/…/", alias="from", aka="từ, cũ")
    new: str | None = key("Địa chỉ mới", "Địa chỉ của trang đang có", None, alias="to", aka="đến, tới, mới")
    withdrawn: Bool = key("Đã rút", "có: trang đã rút theo yêu cầu; khi ấy ghi why và date, không ghi to", False)
    why: str | None = key("Lý do", "Hiện trên trang dẫn đi, hoặc trang báo đã rút", None, aka="vì sao")
    date: Date | None = key("Ngày", "Ngày chuyển hoặc rút", None)


class Move(MovedAddress):
    """What became of one page. ``line`` and ``to_line`` are the lines of its keys “from” and “to” in ``path``."""

    path: str
    line: int
    to_line: int


class ErratumEntry(Entry):
    """An entry of the file: what was mended on a page, when and why."""

    page: str = key("Trang", "Địa chỉ trang, phần sau tên miền: van-ban/…/", aka="địa chỉ")
    date: Date = key("Ngày", "Ngày sửa, dạng 2026-11-30", aka="ngày sửa")
    what: str = key("Đã sửa gì", "Trước ghi gì, nay ghi gì: một câu", aka="nội dung, sửa gì", min_length=1)
    why: str = key("Vì sao", "Vì sao sửa, theo nguồn nào", aka="lý do", min_length=1)


class Erratum(ErratumEntry):
    """One correction of a page; ``line`` is that of its key “page” in ``path``."""

    path: str
    line: int


def load_moves(sources: Path) -> tuple[tuple[Move, ...], list[Problem]]:
    """Return the moves in the order of the file, and every fault in it; nothing when there is no such file."""
    path = _shown_path(sources, FILE)
    moves: dict[str, Move] = {}
    entries, problems = _read_entries(sources, FILE, MovedAddress, "{from: địa chỉ cũ, to: địa chỉ mới}")
    for entry, number, source in entries:
        line, to_line = source.line(number, "from"), source.line(number, "to")
        move = Move.model_construct(**dict(entry), path=path, line=line, to_line=to_line)
        faults = [*_check_form("from", move.old, move.path, line), *_check_end(move)]
        problems += faults
        if faults:
            continue
        first = moves.setdefault(move.old, move)
        if first is not move:
            message = f"địa chỉ {quoted(move.old)} đã được ghi ở dòng {first.line}"
            problems.append(Problem(move.path, line, message, "Chỉ giữ lại một mục"))
    return tuple(moves.values()), problems


def load_errata(sources: Path) -> tuple[tuple[Erratum, ...], list[Problem]]:
    """Return the corrections in the order of the file, and every fault in it; nothing when there is no such file."""
    path = _shown_path(sources, ERRATA_FILE)
    form = "{page: địa chỉ trang, date: ngày sửa, what: đã sửa gì, why: vì sao}"
    entries, problems = _read_entries(sources, ERRATA_FILE, ErratumEntry, form)
    errata = []
    for entry, number, source in entries:
        line = source.line(number, "page")
        faults = list(_check_form("page", entry.page, path, line))
        problems += faults
        if not faults:
            errata.append(Erratum.model_construct(**dict(entry), path=path, line=line))
    return tuple(errata), problems


def _read_entries(
    sources: Path, name: str, schema: type[_E], form: str
) -> tuple[list[tuple[_E, int, YamlData]], list[Problem]]:
    """Return the entries of a file beside the folders of sources, each with its number, and what is wrong in it."""
    file, path = sources / name, _shown_path(sources, name)
    if not os.path.lexists(file):
        return [], []
    found, problems = read_small_file(file, path)
    text, problems = (None, problems) if found is None else decode_source(found, path)
    if text is None:
        return [], problems
    hidden = check_characters(text, path)
    source, faults = read_yaml(blank_characters(text), path)
    reported = [*hidden, *on_other_lines(hidden, faults)]
    if source is None or source.data is None:
        return [], reported
    if not isinstance(source.data, list):
        remedy = "Bắt đầu mỗi mục bằng dấu gạch"
        return [], [*reported, Problem(path, source.line(), "phải là danh sách các mục", remedy)]
    entries, more = [], []
    for number, data in enumerate(source.data):
        if not isinstance(data, dict):
            more.append(Problem(path, source.line(number), "mục này phải gồm các khóa", f"Viết dạng - {form}"))
            continue
        entry, faults = validate(schema, data, source, (str(number),), path)
        more += faults
        if entry is not None:
            entries.append((entry, number, source))
    return entries, [*reported, *on_other_lines(reported, more)]


def _shown_path(sources: Path, name: str) -> str:
    """Return the path of a file as problems name it."""
    return nfc(f"{Path(os.path.abspath(sources)).name}/{name}")


def _check_end(move: Move) -> Iterator[Problem]:
    """Tell of a page that neither leads on nor is withdrawn with its day and reason, or both."""
    if move.new is not None and move.withdrawn:
        yield Problem(move.path, move.to_line, "trang đã rút thì không dẫn đi đâu", "Bỏ khóa “to”, hoặc “withdrawn”")
    elif move.new is not None:
        yield from _check_form("to", move.new, move.path, move.to_line)
    elif not move.withdrawn:
        remedy = "Thêm “to”, địa chỉ của trang đang có; trang đã rút thì ghi “withdrawn: có”"
        yield Problem(move.path, move.line, f"địa chỉ {quoted(move.old)} chưa có đích", remedy)
    elif move.date is None or not move.why:
        remedy = "Thêm “date” và “why”: người mở liên kết cũ cần biết"
        yield Problem(move.path, move.line, f"trang đã rút {quoted(move.old)} thiếu ngày hoặc lý do", remedy)


def _check_form(key: str, value: str, path: str, line: int) -> Iterator[Problem]:
    """Tell of what is no address of a page; the whole web address, or the file, is easily made one."""
    if not ADDRESS.fullmatch(value):
        parts = _PART.findall(_ENDING.sub("", value[:300]))
        proposal = f"Sửa thành {quoted('/'.join([*parts[-2:], '']))}" if parts else "Viết dạng van-ban/tên-trang/"
        yield Problem(path, line, f"“{key}”: {quoted(value)} không phải địa chỉ trang của kho", proposal)
