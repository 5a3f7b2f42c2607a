"""From an issue to a proposal: one row for each form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..core.escaping import literal
from ..sources.secrecy import refuse_secret
from .answers import Issue, load_forms, read_answers
from .changed_body import propose_body
from .new_article import propose_article
from .new_theme import propose_theme
from .proposal import Proposal, Submission
from .repository import Repository
from .wrong_fact import propose_correction

PROPOSERS: dict[str, Callable[[Submission], Proposal]] = {
    "them-bai": propose_article,
    "bao-sai": propose_correction,
    "de-nghi-chu-de": propose_theme,
    "co-quan-thay-doi": propose_body,
}
"""What makes the proposal, by the form's name; it gets only answers that have no problems yet."""


def propose(issue: Issue, forms: Path, repository: Repository) -> Proposal | None:
    """Return what is made of an issue; None if it was not made with one of the forms in ``forms``."""
    answers = read_answers(issue.body, issue.labels, load_forms(forms))
    if answers is None:
        return None
    submission = Submission(issue, answers, repository)
    if secret := refuse_secret("", issue.body.split("\n")):  # told alone: nothing else of the form may be repeated
        answers.problems[:] = [f"{literal(secret.message.replace('tệp', 'phiếu', 1))}. {literal(secret.remedy)}."]
    return submission.refuse() if answers.problems else PROPOSERS[answers.form.name](submission)
