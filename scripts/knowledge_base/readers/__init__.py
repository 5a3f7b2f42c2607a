"""Read article files: one reader for each type of file, found by its suffix."""

from .articles import READERS, read_article
from .corpus import Corpus, read_articles, read_corpus

__all__ = ["READERS", "Corpus", "read_article", "read_articles", "read_corpus"]
