"""What the frame needs of Material's style sheets, as one file that is kept in theme/assets/vendor/.

Material's own sheet dresses parts that our frame does not have; of its rules about one in three can meet a page here.
Kept as a file: every page is lighter by it, and its look does not change when Material does. Run it again when
Material is raised, or when a page begins to use one of its classes (tests/test_vendor.py tells):
``.venv/bin/python scripts/dev_tools/frame_css.py SITE`` with a built site. Standard library only.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHEETS = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
_GROUPING = ("@media", "@supports")
_CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
_ALTERNATIVES = re.compile(r":(?:is|where|not|has)\((?:[^()]|\([^()]*\))*\)")
_NAMES = re.compile(r"[A-Za-z_][\w-]*")
_CLASSES = re.compile(r"""\b(?:class|data-md-color-\w+)=(?:"([^"]*)"|'([^']*)')""")
_COLOR = re.compile(r"\[data-md-color-\w+=([\w-]+)\]")


def names_in(site: Path, theme: Path = ROOT / "theme") -> set[str]:
    """Return the classes and colours that pages of a built site have, and all words of our scripts and templates: there
    stands what a class that is set later is called."""
    names: set[str] = set()
    for page in site.rglob("*.html"):
        for found in _CLASSES.findall(page.read_text(encoding="utf-8")):
            names.update(" ".join(found).split())
    for path in (*theme.glob("assets/kb/*.js"), *theme.rglob("*.html")):
        names.update(_NAMES.findall(path.read_text(encoding="utf-8")))
    return names


def read_material() -> str:
    """Return Material's style sheets, one behind the other; FileNotFoundError if it is not installed."""
    spec = find_spec("material")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("mkdocs-material")
    templates = Path(spec.submodule_search_locations[0], "templates")
    return "".join(next(iter(templates.glob(sheet))).read_text(encoding="utf-8") for sheet in SHEETS)


def trim(css: str, names: set[str]) -> str:
    """Return the rules of a style sheet that can meet an element whose classes are all in ``names``."""
    kept = ""
    for head, body in _rules(css):
        if body is None:
            kept += "" if "charset" in head or "sourceMappingURL" in head else head
        elif head.startswith(_GROUPING):
            inside = trim(body, names)
            kept += f"{head}{{{inside}}}\n" if inside else ""
        elif head.startswith("@"):
            kept += f"{head}{{{body}}}\n"
        elif chosen := [selector for selector in _selectors(head) if _can_meet(selector, names)]:
            kept += f"{','.join(chosen)}{{{body}}}\n"
    return kept


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Yield the rules of a minified style sheet: what stands before the brace, and within; None for one without."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    start = depth = opened = 0
    quote = ""
    for at, sign in enumerate(css):
        if quote:
            quote = "" if sign == quote and css[at - 1] != "\\" else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "{":
            opened = at if depth == 0 else opened
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : at]
                start = at + 1
        elif sign == ";" and depth == 0:
            yield css[start : at + 1].strip(), None
            start = at + 1


def _selectors(head: str) -> Iterable[str]:
    """Return the selectors of a list, parted at the commas that stand in no bracket."""
    parts, depth = [""], 0
    for sign in head:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _can_meet(selector: str, names: set[str]) -> bool:
    """Tell whether all classes and colours that a selector asks for are known; :is() and :not() are not looked into."""
    asked = _ALTERNATIVES.sub("", selector)
    return all(name.replace("\\", "") in names for name in (*_CLASS.findall(asked), *_COLOR.findall(asked)))


def sheet_path() -> Path:
    """Return where the trimmed sheet of the installed Material is kept."""
    return ROOT / "theme/assets/vendor" / f"mkdocs-material-{version('mkdocs-material')}" / "frame.css"


if __name__ == "__main__":
    path = sheet_path()
    path.parent.mkdir(exist_ok=True)
    path.write_text(trim(read_material(), names_in(Path(sys.argv[1]))), encoding="utf-8", newline="\n")
    print(f"{path.relative_to(ROOT).as_posix()}: {path.stat().st_size} byte")
