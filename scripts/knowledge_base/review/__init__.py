"""What a change of the sources does, told to the person who reviews it."""

from .change_report import render_changes
from .comparison import Changes, compare
from .sides import Side, read_revision, read_side

__all__ = ["Changes", "Side", "compare", "read_revision", "read_side", "render_changes"]
