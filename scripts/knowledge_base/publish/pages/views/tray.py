"""What the page of the tray shows: what was chosen, which the reader's browser puts there."""

from __future__ import annotations

from ...statements import part_letters
from ..site import Site
from ..view import Values, View


def _index(site: Site) -> Values:
    """How the data is cut, so that the browser reads only the parts it needs."""
    return {"letters": part_letters(site.kb)}


VIEW: View[None] = View(lambda _: {}, lambda _, __: {}, lambda _, __: "", _index)
