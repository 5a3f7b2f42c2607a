"""The digests under ``sources/articles/``."""
