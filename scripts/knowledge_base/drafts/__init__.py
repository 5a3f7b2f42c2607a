"""Drafts: from any file to an article that a maintainer only has to finish."""

from .draft import Draft, make_draft
from .questions import Question

__all__ = ["Draft", "Question", "make_draft"]
