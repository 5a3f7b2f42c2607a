"""Read article files: one reader for each kind of file."""

from .articles import READERS, read_article, read_article_bytes
from .corpus import Corpus, read_articles, read_corpus

__all__ = ["READERS", "Corpus", "read_article", "read_article_bytes", "read_articles", "read_corpus"]
