"""``dev.py portable``: does the same docs/ build with what may come after MkDocs? A report, never a gate.

ProperDocs carries MkDocs 1.6 on under another name and reads mkdocs.yml, hooks and themes as they are
(https://github.com/ProperDocs/properdocs). Zensical is made by the people behind Material, with another engine of
templates and without hooks (https://zensical.org/compatibility/). Each is tried in ``.venv-portable/``, so that
``.venv/`` stays what the site is built with. What the frame takes of Material is measured too. Standard library only.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from .environment import ROOT, TaskError, environment, make_environment
from .site import NO_SEARCH, build_pages, complain, run_mkdocs, workshop

REQUIREMENTS, ENVIRONMENT = "requirements-portable.txt", ".venv-portable"
_GENERATOR = re.compile(rb'\s*<meta name="generator"[^<>]*>')
_INCLUDED = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+"(?P<name>[^"]+)\"""")


def report_successors(python: Path, root: Path = ROOT) -> None:
    """Build the site with MkDocs and with each successor, and print what differs; TaskError if MkDocs fails."""
    with workshop(root) as (folder, held):
        build_pages(python, root)
        site = folder / "mkdocs"
        if said := run_mkdocs(python, site, root, search=False, held=held):
            complain(said, folder, "không dựng được trang bằng MkDocs (lời của MkDocs ở trên), nên không có gì để so.")
        try:
            other = make_environment(REQUIREMENTS, root, ENVIRONMENT)
        except TaskError as error:
            print(f"Không thử được: {error}")
        else:
            print(f"ProperDocs: {_try_properdocs(other, site, folder / 'properdocs', root)}")
            print(f"Zensical: {_try_zensical(other, site, folder / 'zensical', root)}")
    print(f"Của Material, khung còn dùng: {', '.join(used_of_material(root / 'theme'))}.")


def _try_properdocs(python: Path, site: Path, place: Path, root: Path) -> str:
    """Return how the site that ProperDocs builds differs from that of MkDocs, in words."""
    command = [str(python), "-m", "properdocs", "build", "--strict", "--quiet", "--site-dir", str(place)]
    if said := _run(command, root):
        return f"không dựng được trang: {said}"
    different = compare_sites(site, place)
    if not different:
        return "dựng ra đúng các tệp như MkDocs, không kể thẻ generator."
    return f"{len(different)} tệp khác với MkDocs: {', '.join(different[:5])}…"


def _try_zensical(python: Path, site: Path, copy: Path, root: Path) -> str:
    """Return how far Zensical comes with a copy of what the site is built from, in words: it knows no other place for
    the site than the one in mkdocs.yml."""
    for name in ("docs", "theme"):
        shutil.copytree(root / name, copy / name)
    shutil.copy(root / "mkdocs.yml", copy)
    if said := _run([str(python), "-m", "zensical", "build"], copy):
        return f"không dựng được trang: {said}"
    built, wanted = (len(list(folder.rglob("*.html"))) for folder in (copy / "site", site))
    return f"dựng ra {built} trang (MkDocs: {wanted}); {len(compare_sites(site, copy / 'site'))} tệp khác."


def _run(command: list[str], folder: Path) -> str:
    """Run a builder without search; return '' if all went well, else the last line of what it says."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(**{NO_SEARCH: "1"}),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return "" if done.returncode == 0 else (lines or [f"mã thoát {done.returncode}"])[-1].strip()


def compare_sites(one: Path, other: Path) -> list[str]:
    """Return the files in which two sites differ, or that only one has; the generator tag is not looked at, nor the
    packed copy of the sitemap (it holds the time of packing)."""
    files = {p.relative_to(site).as_posix() for site in (one, other) for p in site.rglob("*") if p.is_file()}
    return sorted(name for name in files if not name.endswith(".gz") and _bytes(one / name) != _bytes(other / name))


def _bytes(path: Path) -> bytes | None:
    """Return what a file holds, without the generator tag; None if it is not there."""
    return _GENERATOR.sub(b"", path.read_bytes()) if path.is_file() else None


def used_of_material(theme: Path) -> list[str]:
    """Return the templates and pictures that our templates name and ``theme/`` does not hold."""
    used = set()
    for path in theme.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        used |= {found["name"] for found in _INCLUDED.finditer(text)}
    return sorted(name for name in used if "." in name and not (theme / name).is_file())
