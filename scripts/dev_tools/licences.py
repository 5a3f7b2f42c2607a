"""Which packages the project uses, each with its licence, and which licences do not fit. Standard library only.

Three sorts: what pip installs (``requirements*.lock``), what npm installs (``package-lock.json``), and other people's
files that lie in the site (``theme/assets/vendor/``), the only ones that readers get.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
from dataclasses import dataclass
from pathlib import Path

from .environment import ROOT, ask, read_pins

FIT = frozenset(
    "MIT BSD-2-Clause BSD-3-Clause BSD Apache-2.0 PSF-2.0 MPL-2.0 Artistic-1.0-Perl".split(),
)
"""Licences that ask nothing of the pages that are made. MPL-2.0 asks something of changes to its own files: none are
made here."""
_SAID: dict[str, str] = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Artistic License": "Artistic-1.0-Perl",
    "BSD License": "BSD",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}
"""How packages without an SPDX expression name their licence. Of text-unidecode, which leaves the choice between
Artistic and GPL, the first is taken."""
_VENDORED = re.compile(r"(?P<folder>(?P<name>[a-z-]+)-(?P<version>\d[\d.]*\d))/(?P<file>[\w.-]+)`")


@dataclass(frozen=True, order=True)
class Package:
    """Somebody else's work that is used here; ``place`` is pypi or npm, ``file`` its copy in the theme, if any."""

    place: str
    name: str
    version: str
    licence: str
    file: str = ""


def list_packages(python: Path, lock: Path) -> list[Package]:
    """Return what a lock installs into the environment of ``python``; a package that is not there has no licence."""
    place = ask(python, "import sysconfig; print(sysconfig.get_path('purelib'))")
    found = {_canonical(one.name): one for one in importlib.metadata.distributions(path=[place])}
    pins = sorted(read_pins(lock).items())
    return [Package("pypi", name, version, _licence(found.get(name))) for name, version in pins]


def _canonical(name: str) -> str:
    """Return a package's name as locks write it."""
    return re.sub("[-_.]+", "-", name).lower()


def _licence(package: importlib.metadata.Distribution | None) -> str:
    """Return the licence that an installed package names, as SPDX calls it; '' if it names none."""
    if package is None:
        return ""
    told = package.metadata
    classes = [c.rpartition("::")[2].strip() for c in told.get_all("Classifier") or [] if c.startswith("License ::")]
    said = [*(words for key in ("License-Expression", "License") for words in told.get_all(key) or []), *classes]
    known = (_SAID.get(words, words) for words in said if words)
    return next((words for words in known if is_fit(words)), next((words for words in said if words), ""))


def is_fit(licence: str) -> bool:
    """Tell whether a licence, or an expression of several, may be used here: of ``A OR B`` one is enough."""
    return any(all(part.strip("() ") in FIT for part in one.split(" AND ")) for one in licence.split(" OR "))


def list_npm(lock: Path = ROOT / "package-lock.json") -> list[Package]:
    """Return what npm installs, on any machine."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    named = ((path.rpartition("node_modules/")[2], one) for path, one in packages.items() if path)
    return sorted(Package("npm", name, one["version"], one.get("license", "")) for name, one in named)


def list_vendored(folder: Path = ROOT / "theme" / "assets" / "vendor") -> list[Package]:
    """Return other people's files that the site holds, as the table beside them tells; all are under the licence that
    lies in their folder, whose name the table gives (tests/test_vendor.py)."""
    found = []
    for part in re.split(r"\n(?=\||\n)", (folder / "README.md").read_text(encoding="utf-8")):
        if row := _VENDORED.search(part):
            place = "pypi" if row["name"] == "mkdocs-material" else "npm"
            licence = next((name for name in FIT if re.search(rf"\b{re.escape(name)}\b", part)), "")
            path = (folder / row["folder"] / row["file"]).relative_to(ROOT)
            found.append(Package(place, row["name"], row["version"], licence, path.as_posix()))
    return sorted(found)
