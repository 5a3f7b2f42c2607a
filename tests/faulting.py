"""Plant mistakes in a copy of a corpus, one line at a time, and see what is told of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from building import ROOT, TOY
from knowledge_base.build import BuildCache, read_sources

CASES = ROOT / "tests" / "cases" / "faults"
CORPORA = {"thử": TOY, "thật": ROOT / "sources"}


def load_cases() -> list[dict[str, Any]]:
    """All planted mistakes, with the name of their file in ``group``."""
    found = []
    for path in sorted(CASES.glob("*.yml")):
        cases = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        found += [{"group": path.stem, **case} for case in cases]
    return found


def corpus_of(case: dict[str, Any]) -> Path:
    """The corpus in which a mistake is planted."""
    return CORPORA[case.get("corpus", "thử")]


def plant(sources: Path, case: dict[str, Any], text: str | None = None) -> int:
    """Make the change of a case in a copy of its corpus; with ``text`` put that in the place of what was planted.

    Gives the line, from 1, at which it was made; 1 where it is the whole file."""
    file = sources / case["file"]
    if "to" in case:
        target = sources / (case["to"] if text is None else text)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.rename(target)
        return 1
    if "bytes" in case and text is None:
        file.write_bytes(bytes.fromhex("".join(case["bytes"].split())))
        return 1
    file.parent.mkdir(parents=True, exist_ok=True)
    if "content" in case:
        if text == "":
            return 1
        file.write_bytes((case["content"] if text is None else text).encode())
        return 1
    lines = file.read_text(encoding="utf-8").split("\n")
    first, last = _lines(case, lines)
    new = case.get("write", "") if text is None else text
    lines[first:last] = new.removesuffix("\n").split("\n") if new else []
    file.write_text("\n".join(lines), encoding="utf-8")
    return first + 1


def _lines(case: dict[str, Any], lines: list[str]) -> tuple[int, int]:
    """Return which lines a case replaces: by number, by range, by text; none where it inserts."""
    if "before" in case:
        place = _find(case["before"], lines)
        return place, place
    start, _, end = case["line"].partition("..")
    first = _find(start, lines)
    return first, (_find(end, lines) if end else first) + 1


def is_undone(case: dict[str, Any]) -> bool:
    """Tell whether following the message gives the file back as it was, which is known to be sound."""
    if "content" in case or "to" in case:
        return False
    lines = (corpus_of(case) / case["file"]).read_text(encoding="utf-8").split("\n")
    first, last = _lines(case, lines)
    return lines[first:last] == (case["mended"].removesuffix("\n").split("\n") if case["mended"] else [])


def _find(place: str, lines: list[str]) -> int:
    if place.isdigit():
        return int(place) - 1
    found = [number for number, line in enumerate(lines) if line.strip() == place.strip()]
    assert len(found) >= 1, f"không có dòng “{place}”"
    return found[0]


def copy_of(corpus: Path, folder: Path) -> Path:
    """Return a copy of a corpus."""
    return Path(shutil.copytree(corpus, folder / "sources"))


def told(sources: Path, cache: BuildCache | None = None) -> list[str]:
    """Return everything that a check tells, each as one line without the folder's name."""
    reading = read_sources(sources, cache)
    problems = sorted({*reading.problems, *reading.draft_problems})
    return [str(problem).removeprefix("sources/") for problem in problems]


class Workbench:
    """A copy of a corpus in which one mistake after another is planted, and taken away again.

    What does not change from one to the next is read once, as in ``dev.py serve``."""

    def __init__(self, corpus: Path, folder: Path) -> None:
        self.corpus, self.sources = corpus, copy_of(corpus, folder)
        self._cache = BuildCache()

    def plant(self, *cases: dict[str, Any], text: str | None = None) -> tuple[list[int], list[str]]:
        """Return the line of each mistake (with ``text``: of what mends it), and all that is told of the corpus."""
        try:
            return [plant(self.sources, case, text) for case in cases], told(self.sources, self._cache)
        finally:
            for case in cases:
                for name in filter(None, (case["file"], case.get("to"), text if "to" in case else None)):
                    self._undo(name)

    def _undo(self, name: str) -> None:
        changed, sound = self.sources / name, self.corpus / name
        changed.unlink(missing_ok=True)
        if sound.is_file():
            shutil.copyfile(sound, changed)
        for folder in changed.parents:
            if folder == self.sources or (self.corpus / folder.relative_to(self.sources)).is_dir():
                break
            folder.rmdir()
