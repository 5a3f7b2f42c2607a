"""Read the article of a PDF that has a text layer."""

from .document import read_pdf

__all__ = ["read_pdf"]
