"""Read article files: one reader for each kind of file."""

from .articles import READERS, read_article, read_article_bytes
from .corpus import read_articles

__all__ = ["READERS", "read_article", "read_article_bytes", "read_articles"]
