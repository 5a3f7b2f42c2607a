"""The addresses at which the site can be read: their list, what moved, and what would be lost."""

from .listing import LIST, Addresses, list_addresses, page_address, read_list, render_list
from .lost import Lost, find_lost, lost_anchors, lost_problems
from .moves import KIND, check_moves, page_title, render_moves
from .published import UnreachableError, read_published

__all__ = [
    "KIND",
    "LIST",
    "Addresses",
    "Lost",
    "UnreachableError",
    "check_moves",
    "find_lost",
    "list_addresses",
    "lost_anchors",
    "lost_problems",
    "page_address",
    "page_title",
    "read_list",
    "read_published",
    "render_list",
    "render_moves",
]
