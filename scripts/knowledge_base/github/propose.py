"""From an issue to a proposal: one row for each form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .answers import Answers, load_forms, read_answers
from .changed_body import propose_body
from .events import Issue
from .new_article import propose_article
from .new_theme import propose_theme
from .proposal import Proposal
from .repository import Repository
from .wrong_fact import propose_correction

Proposer = Callable[[Issue, Answers, Repository], Proposal]

PROPOSERS: dict[str, Proposer] = {
    "them-bai": propose_article,
    "bao-sai": propose_correction,
    "de-nghi-chu-de": propose_theme,
    "co-quan-thay-doi": propose_body,
}


def propose(issue: Issue, forms: Path, sources: Path) -> Proposal | None:
    """Return what is made of an issue; None if it was not made with one of the forms in ``forms``."""
    answers = read_answers(issue.body, issue.labels, load_forms(forms))
    if answers is None:
        return None
    return PROPOSERS[answers.form.name](issue, answers, Repository(sources))
