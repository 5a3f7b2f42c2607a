"""Problems as workflow commands: GitHub shows them on the lines of a pull request.

The form is GitHub's: ``::error file=…,line=…,title=…::message``, with ``%``, line ends and, in properties,
colons and commas written as percent codes. GitHub shows ten errors and ten warnings of a step.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from .errors import Problem, Severity

MOST = 10
_LEGACY = "##["
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def on_github(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether this runs as a step of a GitHub workflow."""
    return environment.get("GITHUB_ACTIONS") == "true"


def render_annotations(problems: Iterable[Problem], folder: str = "") -> Iterator[str]:
    """Yield the commands for the first ``MOST`` errors and warnings.

    ``folder`` is where the problems' paths begin, relative to the repository ('' for its root)."""
    told = list(problems)
    for severity in Severity:
        for problem in islice((p for p in told if p.severity is severity), MOST):
            yield _command(problem, folder)


def folder_of(sources: Path, root: Path) -> str | None:
    """Return the folder that holds ``sources``, relative to the repository; None if it lies outside."""
    parent = Path(os.path.abspath(sources)).parent
    base = Path(os.path.abspath(root))
    if not parent.is_relative_to(base):
        return None
    shown = parent.relative_to(base).as_posix()
    return "" if shown == "." else f"{shown}/"


def harmless(line: str) -> str:
    """Return a line in which GitHub reads no command: neither ``::…`` at its start nor ``##[…]`` anywhere."""
    told = line.replace(_LEGACY, "## [")
    return f" {told}" if told.lstrip().startswith("::") else told


def _command(problem: Problem, folder: str) -> str:
    where = f"file={_property(folder + problem.path)},line={problem.line},title={_property(_title(problem))}"
    text = f"{problem.message}. {problem.remedy}."
    return f"::{_COMMANDS[problem.severity]} {where}::{_data(text)}"


def _title(problem: Problem) -> str:
    return f"{problem.severity.value.capitalize()} ở dòng {problem.line}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(_LEGACY, "## [")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
