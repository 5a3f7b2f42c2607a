"""The sources as they stand, and how they would stand with some files changed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..build import read_knowledge
from ..errors import Problem
from ..knowledge.entities import Kind, Reference
from ..models import Article
from ..readers import Corpus, read_articles, read_corpus
from ..vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True)
class Repository:
    """The folder ``sources/``; what is in it is read when asked for. Paths in files begin with ``sources/``."""

    sources: Path

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabularies as far as they are sound."""
        return load_vocabulary(self.sources)[0]

    @cached_property
    def corpus(self) -> Corpus:
        """The articles and the drafts."""
        return read_corpus(self.sources, self.vocabulary)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The sound articles, and the drafts."""
        return (*self.corpus.articles, *self.corpus.drafts)

    def first_mention(self, document: str) -> Reference | None:
        """Return the first place of an article that names a document."""
        kb, _ = read_knowledge(self.sources)
        return next(iter(kb.mentions.get((Kind.DOCUMENT, document), ())), None) if kb else None

    def file(self, path: str) -> Path:
        """Return where the file ``sources/…`` lies."""
        return self.sources.joinpath(*Path(path).parts[1:])

    def read(self, path: str) -> str:
        """Return the text of the file ``sources/…``."""
        return self.file(path).read_text(encoding="utf-8")

    def files(self) -> list[str]:
        """Return every file that maintainers edit, as ``sources/…``."""
        found = (p for pattern in ("*.md", "*.yml") for p in self.sources.rglob(pattern) if p.is_file())
        return sorted(f"{self.sources.name}/{p.relative_to(self.sources).as_posix()}" for p in found)

    def new_problems(self, files: Mapping[str, str]) -> list[Problem]:
        """Return the problems that the sources would have with ``files`` and have not now."""
        with tempfile.TemporaryDirectory() as folder:
            sources = Path(folder, self.sources.name)
            for name in ("vocabularies", "documents"):
                if (self.sources / name).is_dir():
                    shutil.copytree(self.sources / name, sources / name)
            for path, text in files.items():
                target = sources.joinpath(*Path(path).parts[1:])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")
            vocabulary, problems = load_vocabulary(sources)
            problems += read_articles(sources, vocabulary)[1]
        before = {(p.path, p.message) for p in load_vocabulary(self.sources)[1]}
        return [problem for problem in problems if (problem.path, problem.message) not in before]
