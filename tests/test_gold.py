"""How far the product is right on texts whose answers people gave (tests/gold/): the score only rises.

Each kind of conclusion is scored by precision (how much of what is told is right) and recall (how much of what is
right is told), through the command that everybody uses. ``pytest tests/test_gold.py --update-golden`` writes the scores
of today into ``tests/gold/san.yml``: it lets a score fall only together with new texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from building import ROOT, build_pages

GOLD = ROOT / "tests" / "gold"
FLOOR = GOLD / "san.yml"
_HEAD = {"title": "Bài mẫu", "evidence": "bao-tuong-thuat", "rights": "tom-luoc"}
Pairs = tuple[list[Any], list[Any]]


def _texts() -> list[dict[str, Any]]:
    paths = sorted(path for path in GOLD.glob("*.yml") if path != FLOOR)
    return [text for path in paths for text in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each text with what ``--explain --json`` tells of it."""
    texts, paths = _texts(), []
    for number, text in enumerate(texts):
        folder = tmp_path_factory.mktemp("gold")
        head = "".join(f"{key}: {value}\n" for key, value in {**_HEAD, **text.get("article", {})}.items())
        path = folder / ("bai.md" if "article" in text else f"bai-{number}.txt")
        start = f"---\n{head}---\n\n" if "article" in text else ""
        path.write_text(f"{start}{text['text']}\n", encoding="utf-8")
        paths.append(path)
    done = build_pages("--explain", *paths, "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["problems"] for row in found if "citations" not in row] == [], done.stderr
    return list(zip(texts, found, strict=True))


# -- what is wanted and what is told, of each kind ------------------------------------------------------


def _given(value: str | None) -> list[str]:
    return [] if value in (None, "none") else [value]


def _numbers(want: Any, row: dict[str, Any]) -> Pairs:
    return want, sorted({c["number"] for c in row["citations"] if c["number"]})


def _of_citations(key: str) -> Callable[[Any, dict[str, Any]], Pairs]:
    """A value of the citations, of the numbers that the text is asked about."""

    def read(want: dict[str, str], row: dict[str, Any]) -> Pairs:
        found = {(c["number"], c[key]) for c in row["citations"] if c["number"] in want and c[key]}
        return [(n, v) for n, v in want.items() if v != "none"], sorted(found)

    return read


def _announced(want: str, row: dict[str, Any]) -> Pairs:
    return _given(want), _given((row["document"] or {}).get("number"))


def _of_the_article(key: str) -> Callable[[Any, dict[str, Any]], Pairs]:
    return lambda want, row: (_given(want), _given(row[key]))


def _relations(want: list[str], row: dict[str, Any]) -> Pairs:
    """Those between two documents that the text names by number."""
    numbers = {c["document"]: c["number"] for c in row["citations"] if c["document"]}
    if row["document"]:
        numbers[row["document"]["id"]] = row["document"]["number"]
    both = [(r["source"], r["relation"], r["target"]) for r in row["relations"] if r["source"] and r["target"]]
    return want, sorted({f"{numbers.get(a, a)} {relation} {numbers.get(b, b)}" for a, relation, b in both})


def _bodies(want: list[str], row: dict[str, Any]) -> Pairs:
    return want, sorted({b["id"] for b in row["bodies"] if b["id"] and not b["title_only"]})


def _themes(want: list[str], row: dict[str, Any]) -> Pairs:
    return want, [theme["id"] for theme in row["themes"]]


def _tasks(want: list[dict[str, str]], row: dict[str, Any]) -> Pairs:
    """The tasks told, each as the wanted one that it is, else as itself."""
    told = []
    for task in row["assignments"]:
        same = [w for w in want if _is(w, task) and w not in told]
        told.append(same[0] if same else task)
    return want, told


def _is(want: dict[str, str], task: dict[str, Any]) -> bool:
    who = [*(task.get("lead") or ()), *(task.get("executors") or ()), task.get("addressees") or ""]
    giver = want.get("giver") in (None, task.get("giver"))
    return giver and ("who" not in want or want["who"] in who) and want["does"] in (task.get("task") or "")


KINDS: dict[str, Callable[[Any, dict[str, Any]], Pairs]] = {
    "numbers": _numbers,
    "issuers": _of_citations("issuer"),
    "dates": _of_citations("date"),
    "documents": _of_citations("document"),
    "relations": _relations,
    "announced": _announced,
    "province": _of_the_article("province"),
    "outlet": _of_the_article("outlet"),
    "bodies": _bodies,
    "themes": _themes,
    "tasks": _tasks,
}


# -- the score ------------------------------------------------------------------------------------------

Score = dict[str, float]


def _score(kind: str, told: list[tuple[dict[str, Any], dict[str, Any]]]) -> Score:
    pairs = [KINDS[kind](text[kind], row) for text, row in told if kind in text]
    right = sum(one in found for want, found in pairs for one in want)
    wanted, found = (sum(len(pair[side]) for pair in pairs) for side in (0, 1))
    precision, recall = (round(right / max(1, count), 3) for count in (found, wanted))
    return {"texts": len(pairs), "precision": precision, "recall": recall}


def _fell(now: Score, floor: Score) -> bool:
    """New texts may be harder than the old ones; with the same texts, or fewer, nothing may fall."""
    if now["texts"] > floor.get("texts", 0):
        return False
    return any(now[name] < floor[name] for name in floor)


def test_answers_are_given_by_their_names() -> None:
    texts = _texts()
    assert len(texts) >= 40
    assert {key for text in texts for key in text} == {"text", "article", *KINDS}


def test_scores_only_rise(told: list[tuple[dict[str, Any], dict[str, Any]]], request: pytest.FixtureRequest) -> None:
    now = {kind: _score(kind, told) for kind in KINDS}
    old = yaml.safe_load(FLOOR.read_text(encoding="utf-8"))
    assert {kind: now[kind] for kind in KINDS if _fell(now[kind], old.get(kind, {}))} == {}, "điểm thấp hơn mức sàn"
    if request.config.getoption("--update-golden"):
        head = [line for line in FLOOR.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        rows = [f"{kind}: {{{', '.join(f'{k}: {v}' for k, v in score.items())}}}" for kind, score in now.items()]
        FLOOR.write_text("\n".join([*head, *rows, ""]), encoding="utf-8", newline="\n")
        return
    assert now == old, "điểm đã lên, hay có bài mẫu mới: ghi lại mức sàn bằng pytest tests/test_gold.py --update-golden"
