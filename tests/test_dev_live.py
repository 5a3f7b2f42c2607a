"""The parts of ``dev.py serve``, each alone: watching, the server, what is told of mistakes, the worker."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
import yaml

from dev_tools import faults as dev_faults
from dev_tools import live as dev_live
from dev_tools import server as dev_server
from dev_tools import watch as dev_watch

ROOT = Path(__file__).resolve().parents[1]
MESSAGES = yaml.safe_load((ROOT / "tests/cases/mkdocs-messages.yml").read_text(encoding="utf-8"))


# ---- Watching ----


def test_snapshot_sees_changes_and_survives_missing_folders(tmp_path: Path) -> None:
    assert dev_watch.snapshot(tmp_path) == {}
    (tmp_path / "sources" / "articles").mkdir(parents=True)
    (tmp_path / "docs" / "huong-dan").mkdir(parents=True)
    (tmp_path / "docs" / "van-ban").mkdir(parents=True)
    for name in ("sources/articles/a.md", "docs/huong-dan/b.md", "docs/van-ban/c.md", "mkdocs.yml", "README.md"):
        (tmp_path / name).write_text("a", encoding="utf-8")
    before = dev_watch.snapshot(tmp_path)
    assert sorted(before) == ["docs/huong-dan/b.md", "mkdocs.yml", "sources/articles/a.md"]
    (tmp_path / "sources/articles/a.md").write_text("ab", encoding="utf-8")
    assert dev_watch.snapshot(tmp_path) != before


def test_files_of_editors_and_caches_are_not_watched(tmp_path: Path) -> None:
    hidden = ("sources/.a.md.swp", "scripts/__pycache__/x.pyc", "scripts/.mypy_cache/y.json")
    for name in (*hidden, "theme/.icons/kb/z.svg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert sorted(dev_watch.snapshot(tmp_path)) == ["theme/.icons/kb/z.svg"]


def test_a_save_in_several_steps_is_one_change(tmp_path: Path) -> None:
    file = tmp_path / "sources" / "a.md"
    file.parent.mkdir()
    file.write_text("a", encoding="utf-8")
    watch = dev_watch.Watch(tmp_path)
    assert watch.changes() == []
    beside = file.with_name("a.md~tmp")

    def finish() -> None:
        beside.replace(file)

    beside.write_text("abc", encoding="utf-8")
    file.unlink()
    timer = threading.Timer(dev_watch.QUIET / 2, finish)
    timer.start()
    assert watch.changes() == ["sources/a.md"]
    timer.join()
    assert watch.changes() == []
    file.unlink()
    assert watch.changes() == ["sources/a.md"]


# ---- The server ----


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[dev_server.LiveState, str]]:
    state = dev_server.LiveState()
    server = dev_server.open_server(tmp_path, 8000, state)
    yield state, f"http://127.0.0.1:{server.server_address[1]}"
    state.close()
    server.shutdown()
    server.server_close()


def test_server_gives_types_and_the_sites_own_404(tmp_path: Path) -> None:
    (tmp_path / "kb.js").write_text("export {};", encoding="utf-8")
    (tmp_path / "404.html").write_text("Không tìm thấy", encoding="utf-8")
    server = dev_server.open_server(tmp_path, 8000)
    base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        with urllib.request.urlopen(f"{base}/kb.js") as answer:
            assert answer.headers["Content-Type"] == "text/javascript"
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{base}/khong/co")
        assert caught.value.code == 404
        assert caught.value.read().decode() == "Không tìm thấy"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("host", "code"),
    [("127.0.0.1:{}", 200), ("LOCALHOST:{}", 200), ("[::1]:{}", 200), ("vi-du.vn:{}", 421),
     ("127.0.0.1.vi-du.vn:{}", 421), ("localhost:1", 421), ("127.0.0.1", 421), ("", 421)],
)  # fmt: skip
def test_only_this_machine_s_own_names_are_served(
    tmp_path: Path, live: tuple[dev_server.LiveState, str], host: str, code: int
) -> None:
    """A page elsewhere whose name is made to lead here gets nothing, whatever it asks for."""
    (tmp_path / "a.txt").write_text("nháp", encoding="utf-8")
    address = live[1].removeprefix("http://")
    for path in ("/a.txt", "/__kb/live.js"):
        connection = http.client.HTTPConnection(address, timeout=10)
        connection.request("GET", path, headers={"Host": host.format(address.rpartition(":")[2])})
        assert connection.getresponse().status == code
        connection.close()


def test_busy_port_gives_the_next(tmp_path: Path) -> None:
    first = dev_server.open_server(tmp_path, 8100)
    second = dev_server.open_server(tmp_path, first.server_address[1])
    assert second.server_address[1] != first.server_address[1]
    for server in (first, second):
        server.shutdown()
        server.server_close()


def test_pages_listen_and_files_do_not(tmp_path: Path, live: tuple[dev_server.LiveState, str]) -> None:
    _, base = live
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("<body>Chào</body>", encoding="utf-8")
    with urllib.request.urlopen(f"{base}/a/") as answer:
        text = answer.read().decode()
    assert text == '<body>Chào<script src="/__kb/live.js" data-version="1" data-page="a/"></script></body>'
    assert (tmp_path / "a/index.html").read_text(encoding="utf-8") == "<body>Chào</body>"
    with urllib.request.urlopen(f"{base}/__kb/live.js") as answer:
        assert b"EventSource" in answer.read()
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{base}/../../etc/passwd")
    assert 'data-page="*"' in caught.value.read().decode()


def _news(base: str, query: str) -> Iterator[dict[str, object]]:
    with urllib.request.urlopen(f"{base}/__kb/live?{query}", timeout=10) as answer:
        for line in answer:
            if line.startswith(b"data: "):
                yield json.loads(line[6:])


def test_only_pages_that_were_built_reload(live: tuple[dev_server.LiveState, str]) -> None:
    state, base = live
    mine, other = _news(base, "version=1&page=a/"), _news(base, "version=1&page=b/")
    assert next(mine) == next(other) == {"reload": False, "problems": []}
    assert state.opened() == ["a/", "b/"]
    state.publish(["a/"], ["x.md:1: sai. Sửa."])
    assert next(mine) == {"reload": True, "problems": ["x.md:1: sai. Sửa."]}
    assert next(other) == {"reload": False, "problems": ["x.md:1: sai. Sửa."]}
    state.publish(None, [])
    assert next(other) == {"reload": True, "problems": []}


@pytest.mark.parametrize(
    ("page", "version", "old"),
    [("a/", 1, True), ("a/", 2, False), ("b/", 1, False), ("*", 1, True), ("*", 3, False), ("b/", 2, False),
     ("a/", 99, True), ("a/", 0, True)],
)  # fmt: skip
def test_which_pages_are_old(page: str, version: int, old: bool) -> None:
    state = dev_server.LiveState()
    state.publish(["a/"], [])
    state.publish(["c/"], [])
    state.publish([], ["chỉ có lỗi"])
    assert state.version == 3
    assert state.is_old(page, version) is old


# ---- What is told of mistakes ----


@pytest.mark.parametrize("case", MESSAGES, ids=lambda case: case["said"][:60])
def test_warnings_of_mkdocs(tmp_path: Path, case: dict[str, str]) -> None:
    (tmp_path / "docs/huong-dan").mkdir(parents=True)
    (tmp_path / "docs/huong-dan/index.md").write_text("# A\n\n[x](ma.md)\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("nav:\n  - A: khong/index.md\n", encoding="utf-8")
    assert dev_faults.describe_warning(case["said"], tmp_path) == case["told"]


def test_warnings_are_found_in_what_mkdocs_prints(tmp_path: Path) -> None:
    said = "INFO    -  Building\nWARNING -  A\nINFO    -  x\nERROR   -  B\nWARNING -  A\n\nAborted with 2 warnings"
    assert dev_faults.describe_mkdocs_output(said, tmp_path) == ["MkDocs: A", "MkDocs: B"]
    assert dev_faults.describe_mkdocs_output(" Traceback…\n", tmp_path) == ["Traceback…"]


def _fault(error: type[Exception], root: Path, text: str) -> str:
    (root / "a.md.j2").write_text(text, encoding="utf-8")
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(root), undefined=jinja2.StrictUndefined)
    with pytest.raises(error) as caught:
        environment.get_template("a.md.j2").render()
    return dev_faults.describe_error(caught.value, root)


def test_mistakes_in_templates_have_their_line(tmp_path: Path) -> None:
    assert _fault(jinja2.TemplateSyntaxError, tmp_path, "\n{% khong %}").startswith("a.md.j2:2: mẫu trang có lỗi: ")
    assert _fault(jinja2.UndefinedError, tmp_path, "\n\n{{ la }}").startswith("a.md.j2:3: mẫu trang có lỗi: ")


def test_other_mistakes_say_where_if_they_are_ours(tmp_path: Path) -> None:
    code = tmp_path / "scripts.py"
    code.write_text("\n\ndef f():\n    raise ValueError('x')\n", encoding="utf-8")
    namespace: dict[str, object] = {}
    exec(compile(code.read_text(encoding="utf-8"), str(code), "exec"), namespace)
    with pytest.raises(ValueError, match="x") as caught:
        namespace["f"]()  # type: ignore[operator]
    assert dev_faults.describe_error(caught.value, tmp_path).startswith("scripts.py:4: mã có lỗi: ValueError: x. ")
    assert dev_faults.describe_error(ValueError("y"), tmp_path) == "Không dựng được trang: ValueError: y"


# ---- The worker ----


def test_worker_ends_with_its_input_and_ignores_the_terminal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dev_tools.worker", str(tmp_path), str(tmp_path / "live")]
    (tmp_path / "sources").mkdir()
    order = json.dumps({"changed": None, "open": []})
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run(
        command, input=order + "\n", env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    (answer,) = map(json.loads, done.stdout.splitlines())
    assert answer["done"] and answer["pages"] == []
    told = " ".join(answer["problems"])
    assert "vocabularies:1:" in told and "articles:1:" in told


def test_fallen_worker_is_told_and_started_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "scripts/dev_tools").mkdir(parents=True)
    code = tmp_path / "scripts/dev_tools/worker.py"
    code.write_text("raise SystemExit('hỏng rồi')", encoding="utf-8")
    live = dev_live.Live(Path(sys.executable), tmp_path, tmp_path / "tam")
    live.build(None)
    for _ in range(200):
        if live.fallen:
            break
        threading.Event().wait(0.05)
    assert "hỏng rồi" in live.state.problems[0]
    answer = {"pages": ["a/"], "assets": False, "problems": [], "warnings": [], "done": True}
    code.write_text(f"import sys\nfor line in sys.stdin: print({json.dumps(json.dumps(answer))}, flush=True)", "utf-8")
    live.build(["sources/a.md"])
    for _ in range(200):
        if live.state.version > 1:
            break
        threading.Event().wait(0.05)
    live.stop()
    assert live.state.problems == [] and live.state.version == 2
    assert "Đã dựng 1 trang" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "code"),
    [("scripts/knowledge_base/build.py", True), ("scripts/knowledge_base/publish/pages/templates/a.md.j2", False),
     ("theme/main.html", False), ("sources/a.py", False)],
)  # fmt: skip
def test_new_code_needs_a_new_worker(name: str, code: bool) -> None:
    assert dev_live._is_code(name) is code
