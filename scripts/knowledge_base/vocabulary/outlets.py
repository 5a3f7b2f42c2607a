"""The outlet that a web address belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from .entries import Vocabulary


def outlet_sites(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the id of the outlet of each site."""
    return {site.lower(): outlet.id for outlet in vocabulary.outlets.values() for site in outlet.sites}


def owner_of(host: str, sites: Mapping[str, str]) -> str | None:
    """Return the id that ``sites`` gives to a web host; a sub-domain counts as its site."""
    labels = host.lower().split(".")
    names = (".".join(labels[first:]) for first in range(len(labels) - 1))
    return next((sites[name] for name in names if name in sites), None)


def outlet_of_host(host: str, vocabulary: Vocabulary) -> str | None:
    """Return the id of the outlet of a web host; a sub-domain counts as its site."""
    return owner_of(host, outlet_sites(vocabulary))
