"""The controlled words of the project, loaded from ``sources/vocabularies/``."""
