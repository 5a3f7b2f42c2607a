"""The tasks of ``dev.py``: an environment kept in step, a site swapped in only when whole, a server."""

from __future__ import annotations

import ast
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import dev
import dev_server

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"


@pytest.mark.parametrize("name", ["dev.py", "dev_server.py"])
def test_standard_library_only(name: str) -> None:
    tree = ast.parse((SCRIPTS / name).read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names | {"dev_server"}


def test_old_python_is_told_in_words_it_can_parse() -> None:
    ast.parse((SCRIPTS / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_missing_ensurepip_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(dev.TaskError, match="python3-venv"):
        dev._create_venv()


def test_fingerprint_follows_included_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    (tmp_path / "a.txt").write_text("-r b.txt\nx==1\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("y==1\n", encoding="utf-8")
    first = dev._fingerprint("a.txt")
    (tmp_path / "b.txt").write_text("y==2\n", encoding="utf-8")
    assert dev._fingerprint("a.txt") != first


def test_swap_puts_the_new_site_in_place(tmp_path: Path) -> None:
    for name in ("fresh", "site"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    dev._swap(tmp_path / "fresh", tmp_path / "site", tmp_path / "old")
    assert [p.name for p in (tmp_path / "site").iterdir()] == ["fresh"]


def test_failed_swap_keeps_the_earlier_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mark").touch()
    with pytest.raises(dev.TaskError, match="không thay được"):
        dev._swap(tmp_path / "missing", tmp_path / "site", tmp_path / "old")
    assert (tmp_path / "site" / "mark").is_file()


def test_failed_build_keeps_the_earlier_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "SITE", tmp_path / "site")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mark").touch()
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "build_pages.py").write_text("", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nunknown_hook: [\n", encoding="utf-8")
    with pytest.raises(dev.TaskError, match="site/ vẫn như trước"):
        dev.build_site(Path(sys.executable))
    assert (tmp_path / "site" / "mark").is_file()
    assert not list(tmp_path.glob(".site-*"))


def test_given_browser_is_used_and_a_signpost_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    bad.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    good.chmod(0o755)
    bad.chmod(0o755)
    monkeypatch.setattr(dev.shutil, "which", lambda name: str(good) if name == "chromium" else None)
    monkeypatch.setenv("KB_BROWSER", str(bad))
    assert dev.find_browser() == str(good)


def test_unknown_argument_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["site", "--khong-co"]) == 2
    assert "Không hiểu: --khong-co" in capsys.readouterr().err


def test_snapshot_sees_changes_and_survives_missing_folders(tmp_path: Path) -> None:
    assert dev_server.snapshot(tmp_path) == {}
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.md").write_text("a", encoding="utf-8")
    before = dev_server.snapshot(tmp_path)
    (tmp_path / "sources" / "a.md").write_text("ab", encoding="utf-8")
    assert dev_server.snapshot(tmp_path) != before


def test_server_gives_types_and_the_sites_own_404(tmp_path: Path) -> None:
    (tmp_path / "kb.js").write_text("export {};", encoding="utf-8")
    (tmp_path / "404.html").write_text("Không tìm thấy", encoding="utf-8")
    server = dev_server._open_server(tmp_path, 8000)
    threading.Thread(target=server.serve_forever, daemon=True).start()
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


def test_busy_port_gives_the_next(tmp_path: Path) -> None:
    first = dev_server._open_server(tmp_path, 8100)
    second = dev_server._open_server(tmp_path, first.server_address[1])
    assert second.server_address[1] != first.server_address[1]
    first.server_close()
    second.server_close()


def test_failing_rebuild_is_survived(capsys: pytest.CaptureFixture[str]) -> None:
    def build() -> None:
        raise dev.TaskError("sources/ có lỗi")

    dev_server._rebuild(build)
    assert "Lỗi: sources/ có lỗi" in capsys.readouterr().out
