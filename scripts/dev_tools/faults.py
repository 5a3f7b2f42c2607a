"""Say in Vietnamese, with file and line, what MkDocs, a template or the code complains of. Standard library only.

The form is that of faults in the sources: ``file:line: what is wrong. How to mend it.``
"""

from __future__ import annotations

import re
import sys
import traceback
from pathlib import Path
from types import TracebackType

from knowledge_base.core.disk import describe_disk, disk_error_in

_LINK = re.compile(
    r"""
    Doc\ file\ '(?P<page>[^']+)'\ contains\ an?\          # the page that holds the link
    (?P<kind>absolute\ |unrecognized\ relative\ )?          # "" stands for a link to a file that is not there
    link\ '(?P<link>.*?)',\                                  # the link as written
    (?:but\ (?P<but>.*)|it\ was\ left\ as\ is\.)            # what is wrong with it
    """,
    re.VERBOSE,
)
_NEAR = re.compile(r" Did you mean '(?P<near>[^']+)'\?")
_ANCHOR = re.compile(r"anchor '#|no such anchor")
_NAV = re.compile(r"A reference to '(?P<file>[^']+)' is included in the 'nav' configuration, which is not found")
_TEMPLATES = (".j2", ".html", ".xml")
_YAML_LINE = re.compile(r'in "[^"]*mkdocs\.yml", line (\d+)')


def describe_warning(message: str, root: Path) -> str:
    """Return what a warning of MkDocs says."""
    near = _NEAR.search(message)
    found = _LINK.search(_NEAR.sub("", message))
    if found:
        return _describe_link(found, near["near"] if near else "", root)
    if listed := _NAV.search(message):
        line = _line_of(root / "mkdocs.yml", listed["file"])
        return f"mkdocs.yml:{line}: mục “nav” trỏ tới {listed['file']} không có trong docs/. Sửa tên, hoặc bỏ dòng này."
    return f"MkDocs: {message}"


def _describe_link(found: re.Match[str], near: str, root: Path) -> str:
    page, link = found["page"], found["link"]
    place = f"docs/{page}:{_line_of(root / 'docs' / page, link)}"
    advice = f"Có phải «{near}»?" if near else "Sửa đường dẫn, hoặc bỏ liên kết."
    if _ANCHOR.search(found["but"] or ""):
        return f"{place}: liên kết «{link}» trỏ tới một mục không có trong trang. Sửa phần sau dấu #, hoặc bỏ nó."
    if (found["kind"] or "").startswith("absolute"):
        return f"{place}: liên kết «{link}» bắt đầu bằng dấu /. Viết đường dẫn từ trang này, ví dụ ../van-ban/index.md."
    return f"{place}: liên kết «{link}» không dẫn tới tệp nào trong docs/. {advice}"


def _line_of(path: Path, words: str) -> int:
    """Return the first line of a file that holds ``words``; 1 if none does."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 1
    return next((number for number, line in enumerate(lines, start=1) if words in line), 1)


def describe_error(error: BaseException, root: Path) -> str:
    """Return what an exception of a template, of the configuration, of the code or of the disk says, and where."""
    if isinstance(error, OSError) and (refused := describe_disk(error)):
        return refused
    message = " ".join(str(error).split()) or type(error).__name__
    if in_config := _YAML_LINE.search(message):
        return f"mkdocs.yml:{in_config[1]}: không đọc được ({message}). Sửa dòng này theo cú pháp YAML."
    name, line = _place(error, root)
    if name.endswith(_TEMPLATES):
        return f"{name}:{line}: mẫu trang có lỗi: {message}. Sửa mẫu này rồi lưu lại."
    if name:
        return f"{name}:{line}: mã có lỗi: {type(error).__name__}: {message}. Sửa mã này rồi lưu lại."
    return f"Không dựng được trang: {type(error).__name__}: {message}"


def tell_errors(root: Path) -> None:
    """Let an error that ends this process be told in Vietnamese, with file and line, behind its traceback."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception):
            print(describe_error(error, root), file=sys.stderr)

    sys.excepthook = hook


def _place(error: BaseException, root: Path) -> tuple[str, int]:
    """Return the file of ours and the line where an exception arose (a template's, if templates know of
    it); ('', 0) if in none of ours."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    frames.append((getattr(error, "filename", None) or "", getattr(error, "lineno", None)))
    ours = []
    for filename, line in frames:
        path = Path(filename)
        if line and path.is_absolute() and path.is_relative_to(root) and ".venv" not in path.relative_to(root).parts:
            ours.append((path.relative_to(root).as_posix(), line))
    templates = [place for place in ours if place[0].endswith(_TEMPLATES)]
    by_template = type(error).__module__.startswith("jinja2") and templates
    return (templates if by_template else [("", 0), *ours])[-1]


def describe_mkdocs_output(said: str, root: Path) -> list[str]:
    """Return the warnings and errors in what ``mkdocs build`` printed; all of it, if there are none. What
    the disk refused comes before all else."""
    if refused := disk_error_in(said, root):
        return [describe_disk(refused)]
    found = re.findall(r"^(?:WARNING|ERROR) +-\s+(.*(?:\n {2,}.*)*)", said, re.MULTILINE)
    lines = [describe_warning(" ".join(message.split()), root) for message in found]
    return list(dict.fromkeys(lines)) or [said.strip()]
