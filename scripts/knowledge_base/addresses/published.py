"""Get the list of addresses published last: a file, or the list on the live site."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from pathlib import Path

from ..errors import UsageError
from .listing import Addresses, read_list

_SECONDS = 60
_LARGEST = 200_000_000
_NEVER = (404, 410)


class UnreachableError(Exception):
    """The live site gives no answer now; the message is Vietnamese."""


def read_published(place: str) -> Addresses | None:
    """Return the list at ``place``, a path or an address; None if the live site has none yet.

    Raises UsageError when there is no such file or it is no list, UnreachableError when the site gives no answer."""
    data = _download(place) if place.startswith(("https://", "http://")) else _read(place)
    if data is None:
        return None
    addresses = read_list(data.decode("utf-8", errors="replace"))
    if addresses is None:
        raise UsageError(f"{place} không phải danh sách địa chỉ (du-lieu/dia-chi.txt của một lần dựng trước)")
    return addresses


def _read(place: str) -> bytes:
    try:
        return Path(place).read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError(f"không đọc được {place} ({getattr(error, 'strerror', None) or error})") from error


def _download(address: str) -> bytes | None:
    """Return what the site gives now: the question mark passes by copies that are kept on the way."""
    request = urllib.request.Request(f"{address}?{int(time.time())}", headers={"User-Agent": "kho-van-ban"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - only http(s), see above
            return bytes(answer.read(_LARGEST))
    except urllib.error.HTTPError as error:
        if error.code in _NEVER:
            return None
        raise UnreachableError(f"Trang đã công bố trả lời mã {error.code} ở {address}. Hãy thử lại sau.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise UnreachableError(f"Không tải được {address} ({reason}). Hãy thử lại sau.") from error
