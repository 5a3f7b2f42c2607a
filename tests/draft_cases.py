"""The cases of ``tests/cases/drafts.yml``, written out: one list for Python and for the browser's code."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from knowledge_base.publish.exports.draft_data import base_patterns, draft_grammar, draft_names
from scanning import CASES, vocabulary

_FILE = CASES / "drafts.yml"


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.BaseLoader)
    return read


def base_data() -> dict[str, Any]:
    """What the base of the cases knows: its documents, the provinces and bodies of the vocabularies."""
    documents = [{**row, **({"grave": int(row["grave"])} if "grave" in row else {})} for row in _read()["documents"]]
    return {"documents": documents, **draft_names(vocabulary())}


def browser_data() -> dict[str, Any]:
    """The same as the browser gets it, with the grammar."""
    data = {"grammar": draft_grammar(vocabulary()), **base_data()}
    return data | base_patterns(data)


def draft_cases() -> list[dict[str, Any]]:
    """All cases, those of the series written out: ``text``, ``home``, and ``found`` in order."""
    cases = [{"home": "", **case} for case in _read()["cases"]]
    for series in _read()["series"]:
        for frame in series["frames"]:
            for form in series["forms"]:
                found = series.get("found")
                if found is None:
                    place = {key: series[key] for key in ("number", "is", "told", "likely") if key in series}
                    place |= {key: value for key, value in form.items() if key != "x"}
                    told = [*place.get("told", []), *series.get("more", [])]
                    found = [{"words": form["x"], **place, "told": told}]
                cases.append({"text": frame.replace("{x}", form["x"]), "home": "", "found": found})
    return cases


def differences(case: dict[str, Any], found: list[dict[str, Any]]) -> list[str]:
    """What a list of findings, each with ``words``, ``number``, ``told``, ``is`` and ``likely``, has otherwise than the
    case."""
    wanted = [{"told": [], "likely": "", **place} for place in case["found"]]
    shown = [{key: row[key] for key in place} for row, place in zip(found, wanted, strict=False)]
    extra = [{key: row[key] for key in ("words", "told")} for row in found[len(wanted) :]]
    return [] if [*shown, *extra] == wanted else [f"{case['text']!r}\n  muốn {wanted}\n  được {[*shown, *extra]}"]
