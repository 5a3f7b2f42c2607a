"""``dev.py serve``: a saved change shows by itself, a mistake is laid over the page, nothing is left running."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import wait_until
from building import HAND_WRITTEN, ROOT, TOY

SOON = 60_000  # a busy machine; benchmarks/live.py measures
START = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); sys.path.insert(0, 'scripts'); "
    "from pathlib import Path; from dev_tools.live import serve_live; "
    "sys.exit(serve_live(Path(sys.executable), 8300, Path.cwd()))"
)
"""Ctrl+C is heard as in a terminal; what runs in the background of a shell would inherit deaf ears."""
ARTICLE = "sources/articles/song-may/2023-09-07-siet-ky-cuong.md"


class Serving:
    """A running ``serve`` on a copy of the repository with the toy corpus."""

    def __init__(self, root: Path) -> None:
        self.root = root
        flags = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP} if os.name == "nt" else {}
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-c", START], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", **flags,
        )  # fmt: skip
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.address = self.wait_for(r"(http://127\.0\.0\.1:\d+/)")[1]

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.said.append(line)

    def wait_for(self, pattern: str, since: int = 0) -> re.Match[str]:
        """Return the first match in what has been printed, waiting for it."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if found := re.search(pattern, "".join(self.said[since:])):
                return found
            time.sleep(0.05)
        raise AssertionError(f"{pattern}: {''.join(self.said)}")

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file as an editor does: a temporary file first, then a rename over it."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(text.replace(old, new, 1), encoding="utf-8")
        os.replace(beside, path)

    def stop(self) -> int:
        """Press Ctrl+C; return the exit status."""
        self.process.send_signal(signal.CTRL_BREAK_EVENT if os.name == "nt" else signal.SIGINT)
        return self.process.wait(40)


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    root = tmp_path_factory.mktemp("kho")
    for name in ("scripts", "theme"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    shutil.copytree(TOY, root / "sources")
    shutil.copy(ROOT / "sources/vocabularies/phrases.yml", root / "sources/vocabularies")
    for name in HAND_WRITTEN:
        shutil.copytree(ROOT / "docs" / name, root / "docs" / name)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    running = Serving(root)
    running.wait_for("Đã cập nhật tìm kiếm")
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture
def page(serving: Serving, open_page: Callable[..., Any]) -> Any:
    opened = open_page(serving.address)
    opened.set_default_timeout(SOON)
    return opened


def _sees(page: Any, words: str) -> None:
    page.locator("article", has_text=words).wait_for()


OVERLAY = "#kb-loi-nguon"


def test_article_is_shown_and_the_place_kept(serving: Serving, page: Any) -> None:
    page.set_viewport_size({"width": 800, "height": 300})
    page.goto(f"nguon/{Path(ARTICLE).stem}/")
    page.evaluate("scrollTo(0, 250)")
    serving.edit(ARTICLE, "\n\n", "\n\nĐoạn mới thêm để thử.\n\n")
    _sees(page, "Đoạn mới thêm để thử.")
    wait_until(page, "scrollY === 250")


def test_frame_style_and_hand_written_page(serving: Serving, page: Any) -> None:
    page.goto("huong-dan/")
    serving.edit("theme/partials/footer.html", "<footer", "<p class='thu'>Chân mới</p><footer")
    page.locator("p.thu").wait_for()
    serving.edit("theme/assets/kb/kb.css", ":root", "p.thu { width: 77px }\n:root")
    wait_until(page, "getComputedStyle(document.querySelector('p.thu')).width === '77px'")
    serving.edit("docs/huong-dan/index.md", "\n\n", "\n\nDòng viết tay mới.\n\n")
    _sees(page, "Dòng viết tay mới.")
    page.goto("van-ban/")
    page.locator("p.thu").wait_for()  # a page that was not open follows


def test_template_and_vocabulary(serving: Serving, page: Any) -> None:
    page.goto("chu-de/")
    serving.edit("scripts/knowledge_base/publish/pages/templates/themes.md.j2", "\n\n", "\n\nCâu của mẫu trang.\n\n")
    _sees(page, "Câu của mẫu trang.")
    themes = (serving.root / "sources/vocabularies/themes.yml").read_text(encoding="utf-8")
    name = re.search(r"name: (.+)", themes)
    assert name
    serving.edit("sources/vocabularies/themes.yml", name[0], f"{name[0]} đổi tên")
    _sees(page, f"{name[1]} đổi tên")


def test_mistake_is_told_twice_survived_and_goes_away(serving: Serving, page: Any) -> None:
    page.goto("van-ban/")
    since = len(serving.said)
    serving.edit(ARTICLE, "title:", "tilte:")
    page.locator(OVERLAY).get_by_role("alert").wait_for()
    lines = page.locator(f"{OVERLAY} li").all_inner_texts()
    assert any(re.match(re.escape(ARTICLE) + r":\d+: .+\. .+", line) for line in lines)
    for line in lines:
        assert line in serving.wait_for(re.escape(line), since)[0]
    page.goto("co-quan/")  # what is wrong goes along to every page
    page.locator(OVERLAY).get_by_role("alert").wait_for()
    serving.edit(ARTICLE, "tilte:", "title:")
    page.locator(OVERLAY).wait_for(state="detached")
    serving.wait_for("0 lỗi", since)


TEMPLATE = "scripts/knowledge_base/publish/pages/templates/themes.md.j2"
BLOCK = "{% block content %}"
MISTAKES = {
    "liên kết": ("docs/huong-dan/index.md", "\n\n", "\n\n[a](ma.md)\n\n", r"index\.md:\d+: liên kết «ma.md»"),
    "khung trang": ("theme/main.html", BLOCK, BLOCK + "{{ khong( }}", r"theme/main\.html:\d+: mẫu trang có lỗi"),
    "cấu hình": ("mkdocs.yml", "site_name: ", "site_name: [", r"mkdocs\.yml:\d+: không đọc được"),
    "mẫu trang": (TEMPLATE, "# ", "# {{ khong_co }} ", r"themes\.md\.j2:\d+: mẫu trang có lỗi"),
    "mã": ("scripts/knowledge_base/build.py", "from pathlib import Path\n", "lỗi(\n", "Mã trong scripts/ có lỗi"),
}


@pytest.mark.parametrize(("name", "old", "new", "told"), MISTAKES.values(), ids=list(MISTAKES))
def test_every_kind_of_mistake_is_laid_over_the_page(
    serving: Serving, page: Any, name: str, old: str, new: str, told: str
) -> None:
    page.goto("huong-dan/")
    serving.edit(name, old, new)
    page.locator(f"{OVERLAY} li").filter(has_text=re.compile(told)).wait_for()
    serving.edit(name, new, old)
    page.locator(OVERLAY).wait_for(state="detached")


def test_article_comes_and_goes(serving: Serving, page: Any) -> None:
    source = serving.root / ARTICLE
    other = source.with_name("2023-09-07-bai-moi.md")
    page.goto("nguon/")
    other.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    page.locator("article a[href*='2023-09-07-bai-moi']").first.wait_for()
    page.goto("nguon/2023-09-07-bai-moi/")
    assert page.locator("article h1").is_visible()
    page.goto("nguon/")
    since = len(serving.said)
    other.unlink()
    wait_until(page, "!document.querySelector(\"article a[href*='2023-09-07-bai-moi']\")")
    serving.wait_for("Đã cập nhật tìm kiếm", since)
    assert not (serving.root / "site/nguon/2023-09-07-bai-moi").exists()


def test_no_build_without_a_change(serving: Serving) -> None:
    serving.edit(ARTICLE, "\n\n", "\n\nLần cuối. ")
    since = len(serving.said)
    serving.wait_for("Đã cập nhật tìm kiếm", since)
    time.sleep(3)
    assert sum("Đã dựng" in line for line in serving.said[since:]) == 1


def test_search_follows(serving: Serving, page: Any) -> None:
    since = len(serving.said)
    serving.edit(ARTICLE, "\n\n", "\n\nTừ kyquaithu chỉ có ở đây.\n\n")
    serving.wait_for("Đã cập nhật tìm kiếm", since)
    page.goto("")
    page.keyboard.press("/")
    page.locator(".kb-tim input").fill("kyquaithu")
    page.locator(".kb-tim-ket-qua a").first.wait_for()


def _children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += [int(status.parent.name), *_children(int(status.parent.name))]
    return found


def _running(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="không xem được tiến trình con trên hệ này")
@pytest.mark.parametrize("way", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_nothing_outlives_the_server(tmp_path: Path, serving: Serving, way: str) -> None:
    root = shutil.copytree(serving.root, tmp_path / "kho", ignore=shutil.ignore_patterns("site"))
    running = Serving(root)
    running.wait_for("Đã dựng")
    time.sleep(3.2)  # the whole build in the background runs now
    children = _children(running.process.pid)
    assert children
    running.process.send_signal(getattr(signal, way))
    running.process.wait(40)
    end = time.monotonic() + 30
    while any(map(_running, children)) and time.monotonic() < end:
        time.sleep(0.1)
    assert [pid for pid in children if _running(pid)] == []
    if way != "SIGKILL":
        assert running.process.returncode == 0
        assert not list(root.glob(".site-*"))
