"""Drafts: from any file to an article that a maintainer only has to finish."""

from .draft import Draft, make_draft
from .given import Given, Question

__all__ = ["Draft", "Given", "Question", "make_draft"]
