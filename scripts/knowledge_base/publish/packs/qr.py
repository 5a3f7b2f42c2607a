"""QR codes that lead from paper and wall back to a page, made when the site is built: pages and Word files have them
without a script. What only the browser knows, a paragraph, a list of chosen statements, an address that the build was
not told, is drawn there (theme/assets/kb/qr.js): segno does not run in a browser, nor that library in a build."""

from __future__ import annotations

import functools
import io

import segno

LEVEL = "m"
"""The least level of error correction: 15 % of the code may be unreadable (ISO/IEC 18004). segno takes a higher one
where that makes the code no larger."""
QUIET = 4
"""White modules around a code, as ISO/IEC 18004 demands."""
_DOTS = 12
"""Dots of a module in a picture for Word: at 2 cm at least 600 dots an inch, as office printers have."""


def qr_svg(address: str, title: str) -> bytes:
    """Return the code of an address as an SVG file, black on white in any scheme."""
    out = io.BytesIO()
    code = segno.make_qr(address, error=LEVEL)
    code.save(
        out, kind="svg", border=QUIET, omitsize=True, light="#fff", title=title, xmldecl=False, svgclass=None,
        lineclass=None,
    )  # fmt: skip
    return out.getvalue()


@functools.lru_cache(maxsize=8)
def qr_png(address: str) -> bytes:
    """Return the code of an address as a picture of dots, which Word takes; kept for the sheets of one pack."""
    out = io.BytesIO()
    segno.make_qr(address, error=LEVEL).save(out, kind="png", border=QUIET, scale=_DOTS)
    return out.getvalue()
