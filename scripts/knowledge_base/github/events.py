"""The event that GitHub hands to a workflow when an issue is opened or edited."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

_AHEAD = datetime.timedelta(hours=7)
"""By how much Vietnam's clocks are ahead of GitHub's."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as the event tells of it. ``repository`` is the repository's web address, '' if unknown; ``written``
    the day in Vietnam on which it was last written, None if unknown."""

    number: int
    title: str
    body: str
    labels: tuple[str, ...] = ()
    repository: str = ""
    branch: str = "main"
    written: datetime.date | None = None


def read_event(data: bytes) -> Issue:
    """Return the issue of an event. Raises ValueError when the event is not of an issue."""
    event = json.loads(data.decode("utf-8-sig"))
    issue = event.get("issue") if isinstance(event, dict) else None
    number = _mapping(issue).get("number")
    if not isinstance(issue, dict) or not isinstance(number, int):
        raise ValueError("no issue in the event")  # noqa: TRY004  # what the file holds is wrong, not a type
    repository = _mapping(event.get("repository"))
    try:  # the day in Vietnam of a moment as GitHub writes it: 2024-05-14T18:30:00Z
        moment = datetime.datetime.fromisoformat(str(issue.get("updated_at") or issue.get("created_at")))
        written = (moment + _AHEAD).date()
    except (ValueError, OverflowError):
        written = None
    return Issue(
        number=number,
        title=_text(issue.get("title")),
        body=_text(issue.get("body")),
        labels=tuple(str(_mapping(label).get("name") or "") for label in issue.get("labels") or ()),
        repository=str(repository.get("html_url") or "").rstrip("/"),
        branch=str(repository.get("default_branch") or "main"),
        written=written,
    )


def _text(value: object) -> str:
    """Return a text without halves of characters, which JSON can hold and no file can."""
    return str(value or "").encode("utf-8", "replace").decode("utf-8")


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
