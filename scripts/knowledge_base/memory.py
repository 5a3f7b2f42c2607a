"""What a build leaves for the next one in the same process, so that what has not changed is not read again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .errors import Problem
from .finders import Finders
from .models import Article, Mentions, Scan
from .vocabulary import Vocabulary, load_vocabulary

_READ = ("vocabularies", "documents")


class RememberingFinders(Finders):
    """Finders that search no article twice."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__(vocabulary)
        self._known: dict[Article, tuple[Scan, Mentions]] = {}
        self._asked: dict[Article, tuple[Scan, Mentions]] = {}

    def find(self, article: Article) -> tuple[Scan, Mentions]:
        """Return what ``Finders.find`` gives."""
        found = self._known.get(article) or super().find(article)
        self._asked[article] = found
        return found

    def forget_the_rest(self) -> None:
        """Keep only the articles asked for since this was last called."""
        self._known, self._asked = self._asked, {}


class Memory:
    """The vocabulary of the last build and what was found with it.

    A vocabulary is read anew when any byte of its files has changed, an article when anything of its own has."""

    def __init__(self) -> None:
        self._key = ""
        self._known: tuple[Vocabulary, list[Problem]] | None = None
        self._finders: RememberingFinders | None = None

    def load_vocabulary(self, sources: Path) -> tuple[Vocabulary, list[Problem]]:
        """Return what ``load_vocabulary`` gives: the very same objects if nothing has changed."""
        key = _fingerprint(sources)
        if self._known is None or key != self._key:
            self._known, self._key, self._finders = load_vocabulary(sources), key, None
        return self._known[0], list(self._known[1])

    def finders(self, vocabulary: Vocabulary) -> RememberingFinders:
        """Return the finders of the vocabulary last loaded."""
        if self._finders is None:
            self._finders = RememberingFinders(vocabulary)
        self._finders.forget_the_rest()
        return self._finders


def _fingerprint(sources: Path) -> str:
    """Return a hash of everything a vocabulary is read from, and of where it stands."""
    seen = hashlib.sha256(str(sources.resolve()).encode())
    for path in sorted(path for name in _READ for path in (sources / name).rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        seen.update(f"\0{path.relative_to(sources).as_posix()}\0{path.is_symlink()}\0{len(data)}\0".encode())
        seen.update(data)
    return seen.hexdigest()
