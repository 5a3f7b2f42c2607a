"""Drafts: from any file to an article that a maintainer only has to finish."""
