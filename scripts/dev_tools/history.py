"""Tell the builder on which day each thing came into the base: from the history of the repository.

Standard library only. Git may be missing, or the clone be shallow, as many machines make it: then there is no such
file, and lists go by the dates of documents and articles.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path, PurePosixPath

from .environment import ROOT

FILE = "sources/.added.json"
"""Read by ``knowledge_base/sources/history.py``; not kept by git, for it is made of what git keeps."""
_FOLDERS = ("sources/documents", "sources/articles")
_RECORD = re.compile(r"\+\s*-\s+id:\s*[\"']?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)")


def write_added(root: Path = ROOT) -> None:
    """Write the file anew, or take it away where the history is not whole; equal bytes are not rewritten."""
    path = root / FILE
    log = _log(root)
    if log is None:
        path.unlink(missing_ok=True)
        return
    text = json.dumps(read_log(log), ensure_ascii=False, indent=0, sort_keys=True) + "\n"
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")


def read_log(log: str) -> dict[str, dict[str, str]]:
    """Return the day (ISO 8601) on which each article and each record was added, by the names of their files and by
    ids: ``{"nguon": {…}, "van-ban": {…}}``. ``log`` is what ``git log`` prints with the arguments of ``_log``, the
    oldest first; an article that was renamed keeps its day."""
    articles: dict[str, str] = {}
    records: dict[str, str] = {}
    day = path = old = ""
    for line in log.splitlines():
        if line.startswith("day "):
            day = line.removeprefix("day ")
        elif line.startswith("rename from "):
            old = line.removeprefix("rename from ")
        elif line.startswith("rename to "):
            articles.setdefault(_stem(line.removeprefix("rename to ")), articles.get(_stem(old), day))
        elif line.startswith("+++ b/"):
            path = line.removeprefix("+++ b/").rstrip("\t")
            if path.startswith("sources/articles/") and path.endswith(".md"):
                articles.setdefault(_stem(path), day)
        elif path.startswith("sources/documents/") and (record := _RECORD.match(line)):
            records.setdefault(record["id"], day)
    return {"nguon": articles, "van-ban": records}


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _log(root: Path) -> str | None:
    """Return every change of the sources on the main line; None without git or without the whole history.

    A merge counts on its own day, as one change: what it brings comes into the base with it."""
    shallow = _git(root, "rev-parse", "--is-shallow-repository")
    if shallow is None or shallow.strip() != "false":
        return None
    return _git(
        root, "-c", "core.quotepath=off", "log", "--reverse", "--first-parent", "-m", "-M", "-p", "-U0", "--no-color",
        "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", "--format=day %cs", "--", *_FOLDERS,
    )  # fmt: skip


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git says in ``root``; None when it fails or is not there."""
    try:
        command = ["git", "-C", str(root), *arguments]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
