"""Office files are zip archives: packed here, the same bytes on any machine for the same parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST = "[Content_Types].xml"


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of the parts, in order, of one time (the earliest that a zip holds) and one system."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            packed.writestr(entry, parts[name])
    return out.getvalue()
