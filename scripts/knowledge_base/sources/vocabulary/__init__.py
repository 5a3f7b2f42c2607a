"""The controlled words of the project, loaded from ``sources/vocabularies/`` and ``sources/documents/``."""

from ..diagnosis import nearest
from .entries import Vocabulary
from .loading import load_vocabulary

__all__ = ["Vocabulary", "load_vocabulary", "nearest"]
