"""What an edition is made of and with, as CycloneDX 1.6 tells it (https://cyclonedx.org/docs/1.6/json/). Standard
library only; always the same bytes for the same sources.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from pathlib import Path
from typing import Any

from .environment import ROOT, lock_of
from .licences import Package, list_packages, list_vendored

_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_SPDX_EXPRESSION = re.compile(r" (?:AND|OR) ")
_NO_SPDX = frozenset({"BSD"})
"""What packages say that is no name of SPDX: it is given as it was said."""


def write_sbom(python: Path, archive: Path, day: str) -> Path:
    """Write beside an archive what lies in it of others (required) and what it was made with (excluded: none of that is
    in it); return the file's path."""
    lock = lock_of(ROOT / "requirements.txt")
    hashes = _read_hashes(lock)
    parts = [_component(one, "required", []) for one in list_vendored()]
    parts += [_component(one, "excluded", hashes[one.name]) for one in list_packages(python, lock)]
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    whole = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
        "version": 1,
        "metadata": {"component": _edition(archive.name, day, digest)},
        "components": parts,
    }
    path = archive.with_name(f"{archive.name}.cdx.json")
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path


def _edition(name: str, day: str, digest: str) -> dict[str, Any]:
    """Return the archive itself as a component."""
    return {
        "type": "application",
        "bom-ref": name,
        "name": name,
        "version": day or "0",
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def _component(package: Package, scope: str, hashes: list[str]) -> dict[str, Any]:
    """Return a package as a component: a copy in the theme by its own hash, an installed one by those of its lock, any
    of which may have been the file that pip chose."""
    purl = f"pkg:{package.place}/{package.name}@{package.version}"
    found: dict[str, Any] = {"type": "library", "bom-ref": f"{purl}#{package.file}" if package.file else purl}
    found |= {"name": package.name, "version": package.version, "scope": scope}
    if package.file:
        hashes = [hashlib.sha256((ROOT / package.file).read_bytes()).hexdigest()]
    found["hashes"] = [{"alg": "SHA-256", "content": one} for one in hashes]
    if _SPDX_EXPRESSION.search(package.licence):
        found["licenses"] = [{"expression": package.licence}]
    else:
        found["licenses"] = [{"license": {"name" if package.licence in _NO_SPDX else "id": package.licence}}]
    return found | {"purl": purl}


def _read_hashes(lock: Path) -> dict[str, list[str]]:
    """Return the hashes of each package of a lock."""
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8"))
    return {entry.partition("==")[0]: sorted(_HASH.findall(entry)) for entry in entries if "--hash=" in entry}
