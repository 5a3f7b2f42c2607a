"""Measure how long a saved change takes to show in the browser under ``dev.py serve``: medians of five.

Run: ``.venv/bin/python benchmarks/live.py``. Works on a copy of the repository; needs requirements-dev.txt.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from playwright.sync_api import sync_playwright  # noqa: E402

from dev_tools.browser import find_browser  # noqa: E402

COPIED = ("scripts", "sources", "theme", "docs/gioi-thieu", "docs/huong-dan", "docs/assets", "mkdocs.yml")
RUN = "import sys; sys.path.insert(0, 'scripts'); from pathlib import Path; from dev_tools.live import serve_live; "
RUN += "sys.exit(serve_live(Path(sys.executable), int(sys.argv[1]), Path.cwd()))"
TIMES = 5


def copy_repository(target: Path, root: Path = ROOT) -> Path:
    """Copy what a build reads."""
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, target / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
        else:
            shutil.copyfile(root / name, target / name)
    return target


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """Run ``dev.py serve`` on a copy; give its address once the first build is there."""
    command = [sys.executable, "-u", "-c", RUN, "8400"]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        address = ""
        for line in process.stdout or ():
            if "http://" in line:
                address = line.split("http://")[1].split("/")[0]
            if "Đã cập nhật" in line:
                break
        yield f"http://{address}/"
    finally:
        process.terminate()
        process.wait()


def changes(root: Path) -> list[tuple[str, str, Path, str, str, str]]:
    """Return what is measured: name, page, file, words to replace, by what ({}: a number), what to wait for."""
    article = next((root / "sources/articles/da-nang").glob("*.md"))
    page = f"nguon/{article.stem}/"
    text = [line for line in article.read_text(encoding="utf-8").split("---", 2)[2].splitlines() if len(line) > 80]
    theme = root / "sources/vocabularies/themes.yml"
    name = next(line for line in theme.read_text(encoding="utf-8").splitlines() if "name:" in line).split("name:")[1]
    frame = "{% block content %}"
    template = root / "scripts/knowledge_base/publish/pages/templates/documents.md.j2"
    return [
        ("văn bản của bài", page, article, text[0], text[0] + " Thêm {}.", "Thêm {}."),
        ("tên chủ đề", "chu-de/", theme, name, f"{name} {{}}", f"{name.strip()} {{}}"),
        ("mẫu trang (Jinja)", "van-ban/", template, "# ", "# M{} ", "M{} "),
        ("khung trang (theme)", "van-ban/", root / "theme/main.html", frame, frame + "<p>Khung {}</p>", "Khung {}"),
        ("CSS", "van-ban/", root / "theme/assets/kb/kb.css", "", '\n:root { --kb-thu: "{}"; }\n', "css"),
        ("trang viết tay", "huong-dan/", root / "docs/huong-dan/index.md", "", "\nThử {}.\n", "Thử {}."),
    ]  # fmt: skip


def measure(page: Any, case: tuple[str, str, Path, str, str, str]) -> float:
    """Return the median of seconds from saving to seeing."""
    _, _, file, old, new, awaited = case
    original = file.read_text(encoding="utf-8")
    taken = []
    for number in range(TIMES):
        mark = f"zq{number}"
        changed = original.replace(old, new.replace("{}", mark), 1) if old else original + new.replace("{}", mark)
        started = time.perf_counter()
        file.write_text(changed, encoding="utf-8")
        if awaited == "css":
            shown = f"getComputedStyle(document.documentElement).getPropertyValue('--kb-thu').includes('{mark}')"
        else:
            words = awaited.replace("{}", mark)
            shown = f"document.querySelector('article')?.textContent.includes({words!r})"
        page.wait_for_function(shown, timeout=30_000, polling=20)
        taken.append(time.perf_counter() - started)
        time.sleep(1)
    file.write_text(original, encoding="utf-8")
    time.sleep(4)
    return statistics.median(taken)


def main() -> None:
    """Print a line for each kind of change."""
    with tempfile.TemporaryDirectory(prefix="kb-live-do-") as folder, sync_playwright() as playwright:
        root = copy_repository(Path(folder))
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page()
        with serving(root) as address:
            for case in changes(root):
                page.goto(address + case[1])
                print(f"{case[0]}: {measure(page, case):.2f} giây", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
