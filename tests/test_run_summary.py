"""The summary of a check run, and the check of a site's links."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from building import ROOT
from knowledge_base.github.run_summary import STEPS, CheckStep, summary, write_step
from knowledge_base.publish.site_links import broken_links

TASKS = str(ROOT / "scripts" / "github_tasks.py")
OUTPUT = """::error file=sources/a.md,line=7::ngày 31/02 không có
sources/a.md:7: ngày <b>31/02</b> không có. Sửa *thành* ngày có thật.
sources/a.md:7: ngày <b>31/02</b> không có. Sửa *thành* ngày có thật.
sources/b.yml:2: cảnh báo: x. y.
2 lỗi, 0 cảnh báo.
"""


def test_failure_stands_first_with_lines_and_remedy(tmp_path: Path) -> None:
    write_step(tmp_path, CheckStep("nguon", 1, 2.4, OUTPUT))
    write_step(tmp_path, CheckStep("dung", 0, 9.6, "Xong"))
    assert summary(tmp_path) == (
        "## ❌ Chưa đạt: nguồn hợp lệ\n\n"
        "### Nguồn hợp lệ\n\nMở tệp ở dòng được nêu, sửa theo lời chỉ dẫn, lưu vào cùng nhánh.\n\n"
        "- `sources/a.md` dòng 7: ngày &lt;b&gt;31/02&lt;/b&gt; không có. Sửa \\*thành\\* ngày có thật.\n"
        "- `sources/b.yml` dòng 2: cảnh báo: x. y.\n\n"
        "| Bước | Kết quả | Giây |\n| --- | --- | --- |\n| Nguồn hợp lệ | chưa đạt | 2 |\n| Dựng trang | đạt | 10 |\n"
    )


def test_changes_are_shown_when_all_is_well(tmp_path: Path) -> None:
    write_step(tmp_path, CheckStep("nguon", 0, 1, ""))
    write_step(tmp_path, CheckStep("thay-doi", 0, 1, "### Văn bản mới\n\n- 34-CT/TU\n"))
    text = summary(tmp_path)
    assert text.startswith("## ✅ Đạt: nguồn hợp lệ, bảng thay đổi\n")
    assert text.endswith("### Văn bản mới\n\n- 34-CT/TU\n")


def test_output_cannot_end_its_block(tmp_path: Path) -> None:
    write_step(tmp_path, CheckStep("kiem-thu", 1, 1, "~~~\n~~~~~ # Giả\n" + "x" * 5000))
    lines = summary(tmp_path).splitlines()
    assert lines[6] == "~~~~~~text" and "~~~~~~" in lines[7:]
    assert max(map(len, lines)) <= 400


def test_nothing_run_is_told(tmp_path: Path) -> None:
    assert "Chưa chạy được bước nào" in summary(tmp_path)


def test_every_step_of_the_flows_is_known() -> None:
    flow = (ROOT / ".github" / "workflows" / "kiem-tra.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"github_tasks\.py step ([a-z-]+) --steps", flow)) == STEPS.keys()


def test_step_shows_and_keeps_its_output(tmp_path: Path) -> None:
    code = "import sys; print('đây'); print('kia', file=sys.stderr); sys.exit(3)"
    command = [sys.executable, TASKS, "step", "nguon", "--steps", str(tmp_path / "s"), "--", "python", "-X", "utf8"]
    done = subprocess.run([*command, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 3 and "đây" in done.stdout and "kia" in done.stdout
    page = tmp_path / "page.md"
    command = [sys.executable, TASKS, "summary", "--steps", str(tmp_path / "s")]
    subprocess.run(command, env={"GITHUB_STEP_SUMMARY": str(page)}, capture_output=True, check=True)
    assert "đây" in page.read_text(encoding="utf-8")


# ---- Links ----


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    (tmp_path / "t.css").write_text("", encoding="utf-8")
    (tmp_path / "index.html").write_text('<a href="a/">x</a><h2 id="đầu">', encoding="utf-8")
    (tmp_path / "a" / "index.html").write_text("", encoding="utf-8")
    (tmp_path / "404.html").write_text('<a href="/kho/khac/">', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("link", "broken"),
    [
        ("../", False),
        ("..", False),
        ("../#%C4%91%E1%BA%A7u", False),
        ("../index.html?q=1#đầu", False),
        ("../t.css", False),
        ("#top", False),
        ("", False),
        ("https://vi-du.example/khong-co/", False),
        ("mailto:a@vi-du.example", False),
        ("../b/", True),
        ("../#khác", True),
        ("#đầu", True),
        ("../t.js", True),
        ("/t.css", False),
        ("/kho/", True),
    ],
)
def test_links(site: Path, link: str, broken: bool) -> None:
    (site / "a" / "index.html").write_text(f'<p title="a>b"><a class="x" href="{link}">đi</a>', encoding="utf-8")
    found = broken_links(site)
    assert [line.split(":")[0] for line in found] == (["a/index.html"] if broken else [])


def test_scripts_and_comments_hold_no_links(site: Path) -> None:
    text = "<script>var a = '<a href=\"none/\">'</script><!-- <a href='none/'> --><img src='none.png'>"
    (site / "a" / "index.html").write_text(text, encoding="utf-8")
    assert broken_links(site) == ["a/index.html: liên kết “none.png” không dẫn đến tệp nào."]


def test_real_site_has_no_broken_link(real_site: Path) -> None:
    assert broken_links(real_site) == []


def test_command_tells_and_fails(site: Path) -> None:
    (site / "a" / "index.html").write_text('<a href="none/">', encoding="utf-8")
    command = [sys.executable, TASKS, "links", str(site)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1 and "1 liên kết hỏng" in done.stdout
