"""The outlet that a web address belongs to."""

from __future__ import annotations

from .entries import Vocabulary


def outlet_of_host(host: str, vocabulary: Vocabulary) -> str | None:
    """Return the outlet of a web host; a sub-domain counts as its site."""
    sites = {site.lower(): outlet.id for outlet in vocabulary.outlets.values() for site in outlet.sites}
    labels = host.lower().split(".")
    names = (".".join(labels[first:]) for first in range(max(0, len(labels) - 1)))
    return next((sites[name] for name in names if name in sites), None)
