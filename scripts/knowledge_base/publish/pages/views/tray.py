"""What the page of the tray shows: what was chosen, which the reader's browser puts there."""

from __future__ import annotations

from ...packs.choice import DEMAND_COLUMNS
from ...packs.paper import PAGE_LINES, SOURCE_IN_LINE, SOURCE_LINE, STAR, STAR_NOTE
from ...statements import part_letters
from ..site import Site
from ..view import Values, View


def _index(site: Site) -> Values:
    """How the data is cut, so that the browser reads only the parts it needs; what its sheets of paper are made by."""
    page = (PAGE_LINES, SOURCE_IN_LINE, SOURCE_LINE)
    sheets = {"page": page, "star": STAR, "star_note": STAR_NOTE, "columns": DEMAND_COLUMNS}
    return {"letters": part_letters(site.kb), **sheets}


VIEW: View[None] = View(lambda _: {}, lambda _, __: {}, lambda _, __: "", _index)
