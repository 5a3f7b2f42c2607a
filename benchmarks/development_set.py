"""How far conclusions are right on texts that people annotated: precision and recall of each kind, now and before.

python benchmarks/development_set.py FOLDER                    FOLDER holds texts/NAME.txt and gold/NAME.yml
python benchmarks/development_set.py FOLDER --before REV       a second column: read by an earlier revision
python benchmarks/development_set.py FOLDER --only LIST        only the names in LIST; --without LIST: all others
python benchmarks/development_set.py FOLDER --show tasks       what is told wrongly and what is missed, of one kind

Real articles may not stand in this repository; the set lies outside it. An answer names bodies, places and documents
in words, as in the text: ``announced: {number, date, issuer}``, ``province``, ``numbers: [{number, issuer, date}]``,
``relations: [{from, verb, to}]``, ``tasks: [{giver, doer, text}]`` (the first words), ``demands`` (sentences that ask
something of nobody named), ``themes``, ``passing_themes`` (spoken of, but not what the text is about). What counts
neither way: ``KEY_accept`` (other right answers), ``themes_unsure``, ``unsure: true`` on a task or relation,
``optional`` (words that only lead to a list), a number of ``null`` (cited too shortly for the text to complete it).

``reversed`` and ``whole for a part`` count relations told with their ends exchanged, or of a whole document where only
a part of it is meant: both should be 0.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from slugify import slugify

ROOT = Path(__file__).resolve().parents[1]
VERBS = {
    "replaces": "thay-the", "amends": "sua-doi-bo-sung", "repeals": "bai-bo", "implements": "thuc-hien",
    "replaces_part": "thay-the", "amends_part": "sua-doi-bo-sung", "repeals_part": "bai-bo",
}  # fmt: skip
"""The relations that are scored; others (căn cứ, hướng dẫn …) are written by people in too many ways to compare."""
SHARED_WORDS = 4
"""A task told is the one annotated if it has this many words in a row of its first twelve: fewer meet by chance
("tiếp tục thực hiện"), more and a task that leaves out one word is another."""
Row = dict[str, Any]


class Outcome(NamedTuple):
    """Of one text: what was told and right, what was told wrongly, what was missed."""

    right: list[str]
    wrong: list[str]
    missed: list[str]


def main() -> int:
    """Read the texts, now and before; print the table."""
    parser = argparse.ArgumentParser(description="Đo kết luận đúng đến đâu trên bài có lời giải.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--before", metavar="REV")
    parser.add_argument("--only", type=Path, metavar="LIST")
    parser.add_argument("--without", type=Path, metavar="LIST")
    parser.add_argument("--show", choices=KINDS, default="")
    options = parser.parse_args()
    names = sorted(path.stem for path in (options.folder / "gold").glob("*.yml"))
    if options.only:
        names = [name for name in names if name in options.only.read_text(encoding="utf-8").split()]
    if options.without:
        names = [name for name in names if name not in options.without.read_text(encoding="utf-8").split()]
    gold = [read_gold(options.folder / f"gold/{name}.yml") for name in names]
    texts = [(options.folder / f"texts/{name}.txt").resolve() for name in names]
    sides = {"now": explain(ROOT, texts)}
    if options.before:
        with tempfile.TemporaryDirectory() as scratch:
            tree = Path(scratch) / "tree"
            git = ["git", "-C", str(ROOT), "worktree"]
            subprocess.run(
                [*git, "add", "--detach", "--force", str(tree), options.before], check=True, capture_output=True
            )
            try:
                sides = {"before": explain(tree, texts), **sides}
            finally:
                subprocess.run([*git, "remove", "--force", str(tree)], check=True, capture_output=True)
    if options.show:
        show(options.show, names, gold, sides["now"])
    print(f"{len(names)} texts")
    print(f"{'':18}" + "".join(f"{side:>10}: precision  recall  (told, wanted)" for side in sides))
    for kind in KINDS:
        print(f"{kind:18}" + "".join(f"{_figures(kind, gold, told):>44}" for told in sides.values()))
    for name, count in (("reversed", _count_reversed), ("whole for a part", _count_whole)):
        sums = (sum(map(count, gold, told)) for told in sides.values())
        print(f"{name:18}" + "".join(f"{total:44}" for total in sums))
    return 0


def read_gold(path: Path) -> Row:
    """Return one text's answers, all values as the strings they are (dates, numbers, ``null``)."""
    with path.open(encoding="utf-8") as file:
        answers: Row = yaml.load(file, yaml.BaseLoader)  # noqa: S506 - makes strings, lists and mappings only
    return answers


def explain(tree: Path, texts: list[Path]) -> list[Row]:
    """Return what ``--explain --json`` of a tree tells of each text."""
    command = [sys.executable, str(tree / "scripts" / "build_pages.py"), "--json", "--explain", *map(str, texts)]
    done = subprocess.run(command, capture_output=True, check=False, cwd=tree)
    found = {row["file"]: row for row in map(json.loads, done.stdout.decode("utf-8").splitlines())}
    return [_with_sentences(found[str(path)], path) for path in texts]


def _with_sentences(row: Row, path: Path) -> Row:
    """Add to each task told the words from the beginning of its sentence, where the annotated words begin too."""
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    for told in row.get("assignments", ()):
        begins = max(text.rfind("\n", 0, told["start"] + 1), text.rfind(". ", 0, told["start"]) + 1) + 1
        told["sentence"] = text[begins : told["end"]]
    return row


def show(kind: str, names: list[str], gold: list[Row], told: list[Row]) -> None:
    """Print what is told wrongly and what is missed, text by text."""
    for name, want, row in zip(names, gold, told, strict=True):
        outcome = KINDS[kind](want, row)
        for mark, values in (("told", outcome.wrong), ("missed", outcome.missed)):
            for value in values:
                print(f"{name} {mark}: {value}")


def _figures(kind: str, gold: list[Row], told: list[Row]) -> str:
    outcomes = [KINDS[kind](want, row) for want, row in zip(gold, told, strict=True)]
    right = sum(len(outcome.right) for outcome in outcomes)
    all_told = right + sum(len(outcome.wrong) for outcome in outcomes)
    wanted = right + sum(len(outcome.missed) for outcome in outcomes)
    return f"{right / max(1, all_told):.3f}   {right / max(1, wanted):.3f}  ({all_told}, {wanted})"


# -- comparing ------------------------------------------------------------------------------------------


def _id(words: str | None) -> str:
    """Return names in words as ids are formed of them; "" for null."""
    return slugify(words) if words and words != "null" else ""


def _key(number: str | None) -> str:
    """Return a number without what writers leave out: leading zeros, blanks, the kind of dash."""
    folded = unicodedata.normalize("NFC", number or "").upper().replace(" ", "").replace("–", "-")
    return folded.lstrip("0") if folded != "NULL" else ""


def _bare(identity: str) -> str:
    """Return an id without the words "tỉnh" and "thành phố", which names of bodies may leave out."""
    return identity.replace("-tinh-", "-").replace("-thanh-pho-", "-")


def _words(text: str) -> list[str]:
    return _id(text).split("-")


def _are_same_words(wanted: str, told: str) -> bool:
    first, whole = _words(wanted)[:12], " ".join(_words(told))
    length = min(SHARED_WORDS, len(first))
    return any(" ".join(first[at : at + length]) in whole for at in range(len(first) - length + 1))


def _accepted(want: Row, key: str) -> list[str]:
    return [_id(value) for value in want.get(f"{key}_accept") or ()]


def _set_outcome(wanted: Iterable[str], told: Iterable[str], either_way: Iterable[str] = ()) -> Outcome:
    wanted, told, either_way = set(wanted), set(told), set(either_way)
    return Outcome(
        sorted(wanted & told), sorted(told - wanted - either_way), sorted(wanted - told - (either_way - wanted))
    )


def _themes(want: Row, row: Row) -> Outcome:
    unsure = want.get("themes_unsure") or []
    wanted = set(want["themes"]) - set(unsure)
    return _set_outcome(wanted, (theme["id"] for theme in row["themes"]), unsure)


def _numbers(want: Row, row: Row) -> Outcome:
    partial = [_id(entry["text"]) for entry in want["numbers"] if not _key(entry["number"])]
    told = [citation for citation in row["citations"] if citation["number"]]
    completed = (c for c in told if any(_id(c["text"]) in text or text in _id(c["text"]) for text in partial))
    return _set_outcome(
        filter(None, (_key(n["number"]) for n in want["numbers"])),
        (_key(c["number"]) for c in told),
        (_key(c["number"]) for c in completed),
    )


def _of_numbers(field: str) -> Callable[[Row, Row], Outcome]:
    """Values of the numbers that are found and annotated with one; a value where the text gives none is wrong too."""

    def read(want: Row, row: Row) -> Outcome:
        given = {_key(n["number"]): n for n in want["numbers"]}
        found: dict[str, set[str]] = {}
        for citation in row["citations"]:
            if citation["number"] and citation[field]:
                found.setdefault(_key(citation["number"]), set()).add(citation[field])
        outcome = Outcome([], [], [])
        for number, entry in given.items():
            value = entry.get(field) if field == "date" else _id(entry.get(field))
            value = "" if value == "null" else value or ""
            right = {value, *map(_id, entry.get(f"{field}_accept") or ())} - {""}
            named = set(map(_bare, right))
            for told in sorted(found.get(number, ())):
                (outcome.right if _bare(told) in named else outcome.wrong).append(f"{number} {told}")
            if right and not found.get(number):
                outcome.missed.append(f"{number} {value}")
        return outcome

    return read


def _announced(want: Row, row: Row) -> Outcome:
    wanted, accepted = want["announced"], want.get("announced_accept") or ()
    wanted = wanted if isinstance(wanted, dict) else {}
    numbers = {_key(wanted.get("number")), *(_key(n.get("number") if isinstance(n, dict) else n) for n in accepted)}
    told = row["document"] or {}
    if not told:
        missed = wanted and "" not in {_key(n.get("number") if isinstance(n, dict) else n) for n in accepted}
        return Outcome([], [], [str(wanted.get("number"))] if missed else [])
    issuers = {_id(wanted.get("issuer")), *_accepted(want, "announced_issuer"), ""}
    dates = {"", wanted.get("date") or "", "null"}
    is_right = (
        bool(wanted or accepted)
        and _key(told["number"]) in numbers
        and _bare(told["issuer"] or "") in set(map(_bare, issuers))
        and ((told["date"] or "") in dates or wanted.get("date") == "null")
    )
    text = f"{told['number']} {told['issuer']} {told['date']}"
    return Outcome([text], [], []) if is_right else Outcome([], [text], [str(wanted)] if wanted else [])


def _province(want: Row, row: Row) -> Outcome:
    wanted = {_id(want["province"]), _id(want.get("province_then")), *_accepted(want, "province")} - {""}
    told = row["province"]
    if not told:
        is_open = not wanted or "null" in (want.get("province_accept") or ())
        return Outcome([], [], [] if is_open else sorted(wanted))
    return Outcome([told], [], []) if told in wanted else Outcome([], [told], [])


def _is_task(wanted: Row, told: Row, want: Row) -> bool:
    """Tell whether a told task has the words, the doer and the giver that are annotated."""
    doer, giver = _bare(_id(wanted.get("doer"))), _bare(_id(wanted.get("giver")))
    who = {_bare(body) for body in filter(None, (*told["lead"], *told["executors"], *told["partners"]))}
    named = _bare(_id(told["addressees"]))
    doers = not doer or doer in who or (named and (named in doer or doer in named)) or any(w in doer for w in who)
    doers = doers or _are_same_words(doer, named) or bool(named and _id(told["addressees"]) in _id(wanted.get("doer")))
    told_giver = _bare(told["giver"] or "")
    if told_giver == _bare((want.get("document") or {}).get("id") or ""):
        told_giver = giver
    several = map(_id, (wanted.get("giver") or "").split(","))
    givers = not giver or not told_giver or told_giver in giver or any(one in told_giver for one in several)
    return bool(doers and givers) and _are_same_words(wanted["text"], told["sentence"])


def _tasks(want: Row, row: Row) -> Outcome:
    """Tasks with a doer. Those told without one are demands, and are scored as such."""
    wanted = [task for task in want["tasks"] if task.get("unsure") != "true"]
    unsure = [task["text"] for task in want["tasks"] if task.get("unsure") == "true"]
    either_way = [*unsure, *want["demands"], *(want.get("optional") or ())]
    outcome, met = Outcome([], [], []), set()
    for told in row["assignments"]:
        if not (told["lead"] or told["executors"] or told["addressees"]):
            continue
        same = next((n for n, task in enumerate(wanted) if n not in met and _is_task(task, told, row)), None)
        text = f"{told['giver']} → {told['lead'] or told['addressees']}: {told['task'][:90]}"
        if same is not None:
            met.add(same)
            outcome.right.append(text)
        elif not any(_are_same_words(words, told["sentence"]) for words in either_way) and not any(
            _is_task(task, told, row) for task in wanted
        ):
            outcome.wrong.append(text)
    missed = (f"{t.get('giver')} → {t.get('doer')}: {t['text']}" for n, t in enumerate(wanted) if n not in met)
    outcome.missed.extend(missed)
    return outcome


def _demands(want: Row, row: Row) -> Outcome:
    """Tasks told without a doer: right if the text demands this, of somebody or of nobody named."""
    asked = [*want["demands"], *(task["text"] for task in want["tasks"])]
    optional = want.get("optional") or ()
    outcome = Outcome([], [], [])
    for told in row["assignments"]:
        if told["lead"] or told["executors"] or told["addressees"]:
            continue
        if any(_are_same_words(text, told["sentence"]) for text in asked):
            outcome.right.append(told["task"][:90])
        elif not any(_are_same_words(text, told["sentence"]) for text in optional):
            outcome.wrong.append(told["task"][:90])
    every = [told["sentence"] for told in row["assignments"]]
    outcome.missed.extend(t for t in want["demands"] if not any(_are_same_words(t, task) for task in every))
    return outcome


def _told_relations(row: Row) -> set[tuple[str, str, str]]:
    numbers = {c["document"]: c["number"] for c in row["citations"] if c["document"]}
    if row["document"]:
        numbers[row["document"]["id"]] = row["document"]["number"]
    return {
        (_key(numbers.get(r["source"]) or ""), r["relation"], _key(numbers.get(r["target"]) or ""))
        for r in row["relations"]
    }


def _wanted_relations(want: Row) -> dict[tuple[str, str, str], bool]:
    """Return the scored relations, each with whether it is about a part only."""
    return {
        (_key(r["from"]), VERBS[r["verb"]], _key(r["to"])): r["verb"].endswith("_part")
        for r in want["relations"]
        if r["verb"] in VERBS and _key(r["from"]) and _key(r["to"])
    }


def _kind(relation: str) -> str:
    return relation.removesuffix("-mot-phan")


def _relations(want: Row, row: Row) -> Outcome:
    told = {(a, _kind(r), b) for a, r, b in _told_relations(row) if _kind(r) in VERBS.values() and a and b}
    unsure = {(_key(r["from"]), _key(r["to"])) for r in want["relations"] if r.get("unsure") == "true"}
    wanted = [" ".join(ends) for ends in _wanted_relations(want) if (ends[0], ends[2]) not in unsure]
    return _set_outcome(wanted, map(" ".join, told), (" ".join(ends) for ends in told if (ends[0], ends[2]) in unsure))


def _count_reversed(want: Row, row: Row) -> int:
    wanted = _wanted_relations(want)
    return sum((b, _kind(r), a) in wanted and (a, _kind(r), b) not in wanted for a, r, b in _told_relations(row))


def _count_whole(want: Row, row: Row) -> int:
    wanted = _wanted_relations(want)
    whole = {"bai-bo", "thay-the"}
    return sum(wanted.get((a, r, b), False) for a, r, b in _told_relations(row) if r in whole)


KINDS: dict[str, Callable[[Row, Row], Outcome]] = {
    "tasks": _tasks,
    "demands": _demands,
    "themes": _themes,
    "announced": _announced,
    "relations": _relations,
    "province": _province,
    "numbers": _numbers,
    "issuer": _of_numbers("issuer"),
    "date": _of_numbers("date"),
}

if __name__ == "__main__":
    sys.exit(main())
