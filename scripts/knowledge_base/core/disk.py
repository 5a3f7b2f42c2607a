"""Files put into their places, and what a disk refuses, told in Vietnamese with what to do. Standard library only."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import time
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_ILL = {errno.EIO, errno.EBUSY, errno.EMFILE, errno.ENFILE, errno.ENAMETOOLONG, errno.EXDEV}
_SAID = re.compile(r"\[Errno (\d+)\]|\(os error (\d+)\)")
"""How Python, and programs in Rust, name what the system refused."""


_PAUSES = (0.2, 0.5, 1.0) if sys.platform == "win32" else ()
"""Seconds to wait for programs that are reading a file: Windows moves none that is open."""


def replace_file(old: Path, new: Path) -> None:
    """Move a file, or a folder, to a place where nothing stands or a file; on Windows wait a little for its readers."""
    for pause in _PAUSES:
        try:
            os.replace(old, new)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    os.replace(old, new)


def describe_disk(error: OSError) -> str:
    """Return what the disk refused, where, and what to do; '' if the error is none of a disk."""
    if error.errno not in _FULL | _CLOSED | _ILL:
        return ""
    place = str(error.filename or "thư mục tạm")
    if error.errno in _FULL:
        return f"Ổ đĩa chứa {place} đã đầy{_free(place)}. Xóa bớt tệp không dùng trên ổ ấy rồi chạy lại."
    if error.errno == errno.EROFS:
        return f"Ổ đĩa chứa {place} chỉ cho đọc. Gắn lại ổ ấy để ghi được, hoặc chọn thư mục khác, rồi chạy lại."
    if error.errno in _CLOSED:
        remedy = "Cấp quyền cho người đang chạy lệnh, đóng chương trình đang mở tệp ấy, rồi chạy lại."
        return f"Không có quyền đọc hay ghi {place}. {remedy}"
    reason = os.strerror(error.errno)
    return f"Ổ đĩa không cho đọc hay ghi {place} ({reason}). Kiểm tra ổ đĩa và thư mục ấy rồi chạy lại."


def disk_error_in(said: str, place: Path) -> OSError | None:
    """Return the last error of the disk that a program, which wrote into ``place``, complained of; None if none."""
    codes = [int(found[1] or found[2]) for found in _SAID.finditer(said)]
    errors = (OSError(code, os.strerror(code), str(place)) for code in reversed(codes))
    return next((error for error in errors if describe_disk(error)), None)


def _free(place: str) -> str:
    folder = next((folder for folder in Path(place).absolute().parents if folder.is_dir()), None)
    try:
        return f" (nay còn trống {shutil.disk_usage(folder).free / 1e6:.1f} MB, không đủ)" if folder else ""
    except OSError:
        return ""
