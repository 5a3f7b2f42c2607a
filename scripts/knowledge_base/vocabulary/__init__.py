"""The controlled words of the project, loaded from ``sources/vocabularies/`` and ``sources/documents/``."""

from .entries import Vocabulary
from .loading import load_vocabulary
from .nearness import nearest

__all__ = ["Vocabulary", "load_vocabulary", "nearest"]
