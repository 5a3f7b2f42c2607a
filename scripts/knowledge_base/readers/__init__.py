"""Read article files: one reader for each type of file, found by its suffix."""

from .articles import READERS, read_article
from .corpus import read_articles

__all__ = ["READERS", "read_article", "read_articles"]
