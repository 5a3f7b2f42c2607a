"""What is brought to GitHub: against a repository of its own, and a server that answers as GitHub does."""

from __future__ import annotations

import base64
import datetime
import hashlib
import http.client
import http.server
import json
import os
import subprocess
import sys
import threading
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import github_publish
from building import ROOT
from dev_tools.offline import write_checksum
from github_publish import (
    EMAIL,
    LONGEST_TEXT,
    MARK,
    MOST_A_DAY,
    STALE_LABEL,
    STALE_TITLE,
    PublishError,
    keep_addresses,
    publish,
    read_files,
    read_result,
    release,
    renew_issue,
)
from knowledge_base.github.stale_issue import read_stale, render_stale

PATH = "sources/articles/vi-du/2024-mot-bai.md"


class Server:
    """The part of GitHub's interface that is used; keeps what was asked and said."""

    def __init__(self) -> None:
        self.home = ""
        self.calls: list[tuple[str, str, Any]] = []
        self.refusals: dict[tuple[str, str], int] = {}
        self.open_pulls: list[dict[str, Any]] = []
        self.comments: list[dict[str, Any]] = []
        self.issues: list[dict[str, Any]] = []
        self.releases: list[dict[str, Any]] = []
        self.drafts = True
        self.association = "NONE"

    def receive(self, method: str, path: str, values: Any) -> tuple[int, Any]:
        name = path.removeprefix("/repos/vi-du/kho/").partition("?")[0]
        self.calls.append((method, name, values))
        if status := self.refusals.get((method, name)):
            return status, {"message": "no"}
        if name.startswith(("releases", "/them")):
            return 200, self.answer_release(method, name, values)
        return self.answer(method, name, values)

    def answer(self, method: str, name: str, values: Any) -> tuple[int, Any]:
        if (method, name) == ("POST", "pulls"):
            if values["draft"] and not self.drafts:
                return 422, {"message": "Draft pull requests are not supported"}
            self.open_pulls.append({"number": 9, "html_url": "https://github.com/vi-du/kho/pull/9", **values})
            return 201, self.open_pulls[-1]
        if name.startswith("pulls"):
            return 200, self.open_pulls if method == "GET" else self.open_pulls[0]
        if (method, name) == ("GET", "issues/7"):
            return 200, {"user": {"login": "nguoi-gui"}, "author_association": self.association}
        if name in {"issues", "issues/4"}:
            return 200, self.issues if method == "GET" else {"html_url": "https://github.com/vi-du/kho/issues/4"}
        if (method, name) == ("POST", "issues/7/comments"):
            self.comments.append({"id": 5, "user": {"login": "github-actions[bot]"}, **values})
        if (method, name) == ("PATCH", "issues/comments/5"):
            self.comments[0]["body"] = values["body"]
        return 200, self.comments if method == "GET" else {}

    def answer_release(self, method: str, name: str, values: Any) -> Any:
        if (method, name) == ("POST", "releases"):
            self.releases.insert(0, {"id": 3, "upload_url": f"{self.home}/them{{?name,label}}", **values})
        if method == "DELETE":
            self.releases = [one for one in self.releases if name != f"releases/{one['id']}"]
            return {}
        if method == "PATCH":
            self.releases[0] |= values
        return self.releases if method == "GET" else {**self.releases[0], "html_url": "https://vi-du.invalid/"}

    def said(self) -> str:
        return str(self.comments[-1]["body"])

    def names(self) -> list[str]:
        return [f"{method} {name}" for method, name, _ in self.calls]


@pytest.fixture
def github() -> Iterator[tuple[Server, dict[str, str]]]:
    state = Server()

    class Handler(http.server.BaseHTTPRequestHandler):
        def _do(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            assert self.headers["Authorization"] == "Bearer thu"
            is_file = self.headers["Content-Type"] == "application/octet-stream"
            value = (self.path.partition("?")[2], data) if is_file else json.loads(data) if data else None
            status, value = state.receive(self.command, self.path, value)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(value).encode())

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _do  # noqa: N815

        def log_message(self, *args: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    state.home = f"http://127.0.0.1:{server.server_address[1]}"
    environment = {"GITHUB_API_URL": state.home, "GITHUB_REPOSITORY": "vi-du/kho"}
    yield state, {**environment, "GH_TOKEN": "thu", "BASE_BRANCH": "main"}
    server.shutdown()
    server.server_close()


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=Thử", "-c", "user.email=thu@vi-du.example", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of a bare repository with one commit on main."""
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "origin.git")
    git(tmp_path, "clone", "-q", "origin.git", "clone")
    folder = tmp_path / "clone"
    git(folder, "checkout", "-q", "-B", "main")
    (folder / "sources").mkdir()
    (folder / "sources" / "a.md").write_text("một\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "đầu")
    git(folder, "push", "-q", "origin", "main")
    return folder


def proposal(folder: Path, text: str = "chữ\n", files: tuple[str, ...] = (PATH,), **said: str) -> Path:
    """Write a proposal as ``github_tasks.py form`` does."""
    words = {"label": "phiếu: thêm bài", "title": "Thêm bài: Một", "body": "thân", "comment": "Thêm bài.", **said}
    for name in files:
        place = folder / "tep" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    result = folder / "phieu.json"
    result.write_text(json.dumps({"issue": 7, "branch": "../x", "files": files, **words}), encoding="utf-8")
    return result


def run(folder: Path, clone: Path, environment: dict[str, str], dry_run: bool = False) -> int:
    return publish(folder / "phieu.json", folder / "tep", clone, dry_run, environment)


def test_new_proposal_becomes_a_draft_pull_request(tmp_path: Path, clone: Path, github: Any) -> None:
    server, environment = github
    proposal(tmp_path)
    assert run(tmp_path, clone, environment) == 0
    commit = git(clone, "show", "--format=%ae %s", "--name-only", "origin/phieu-7")
    assert commit == f"{EMAIL} Lập từ phiếu #7\n\n{PATH}"
    assert server.open_pulls[0] | {"draft": True, "head": "phieu-7", "base": "main"} == server.open_pulls[0]
    assert ("POST", "actions/workflows/kiem-tra.yml/dispatches", {"ref": "phieu-7"}) in server.calls
    told = "Thêm bài.\n\nĐề nghị thay đổi: https://github.com/vi-du/kho/pull/9\nKiểm tra đang chạy"
    assert server.said().startswith(f"{MARK}\n{told}")
    assert git(clone, "status", "--porcelain", "--branch").startswith("## main...origin/main")
    assert len(git(clone, "worktree", "list").splitlines()) == 1


def test_long_texts_are_cut_to_what_github_takes(tmp_path: Path, clone: Path, github: Any) -> None:
    """What the machine adds at the end, links and all, is kept; no text is refused for its length."""
    server, environment = github
    proposal(tmp_path, comment="ữ" * 70_000, body="ữ" * 70_000)
    assert run(tmp_path, clone, environment) == 0
    for text in (server.said(), server.open_pulls[0]["body"]):
        assert 50_000 < len(text) < 65_536
    assert "Đề nghị thay đổi: https://github.com/vi-du/kho/pull/9" in server.said()


def test_comment_of_an_account_that_is_gone_is_passed_over(tmp_path: Path, clone: Path, github: Any) -> None:
    server, environment = github
    server.comments.append({"id": 4, "user": None, "body": MARK})
    proposal(tmp_path)
    assert run(tmp_path, clone, environment) == 0
    assert server.said().startswith(f"{MARK}\nThêm bài.") and len(server.comments) == 2


def test_edited_form_updates_branch_request_and_answer(tmp_path: Path, clone: Path, github: Any) -> None:
    server, environment = github
    proposal(tmp_path)
    run(tmp_path, clone, environment)
    proposal(tmp_path, "chữ khác\n")
    run(tmp_path, clone, environment)
    assert git(clone, "show", f"origin/phieu-7:{PATH}") == "chữ khác"
    assert git(clone, "rev-list", "--count", "origin/main..origin/phieu-7") == "1"
    assert server.names().count("POST pulls") == 1 and "PATCH pulls/9" in server.names()
    assert len(server.comments) == 1


def test_nothing_new_starts_no_checks(tmp_path: Path, clone: Path, github: Any) -> None:
    server, environment = github
    proposal(tmp_path)
    run(tmp_path, clone, environment)
    before = git(clone, "rev-parse", "origin/phieu-7")
    git(clone, "commit", "-q", "--allow-empty", "-m", "main đi tiếp")
    git(clone, "push", "-q", "origin", "main")
    run(tmp_path, clone, environment)
    assert git(clone, "ls-remote", "origin", "phieu-7").split()[0] == before
    assert sum("dispatches" in name for name in server.names()) == 1


def test_a_branch_changed_by_people_is_left_alone(tmp_path: Path, clone: Path, github: Any) -> None:
    server, environment = github
    proposal(tmp_path)
    run(tmp_path, clone, environment)
    git(clone, "checkout", "-q", "-B", "sua", "origin/phieu-7")
    git(clone, "commit", "-q", "--allow-empty", "-m", "người sửa")
    git(clone, "push", "-q", "origin", "HEAD:phieu-7")
    proposal(tmp_path, "máy ghi đè\n")
    assert run(tmp_path, clone, environment) == 0
    assert git(clone, "show", f"origin/phieu-7:{PATH}") == "chữ"
    assert "đã có người sửa tay" in server.said()


def test_refused_pull_request_gives_a_link(tmp_path: Path, clone: Path, github: Any) -> None:
    server, environment = github
    server.refusals = {("POST", "pulls"): 403, ("POST", "actions/workflows/kiem-tra.yml/dispatches"): 404}
    proposal(tmp_path)
    assert run(tmp_path, clone, environment) == 0
    assert "https://github.com/vi-du/kho/compare/main...phieu-7?quick_pull=1&title=Th%C3%AAm" in server.said()
    assert "Allow GitHub Actions to create and approve pull requests" in server.said()
    assert "bấm **Run workflow**" in server.said()


def test_plan_without_drafts(tmp_path: Path, clone: Path, github: Any) -> None:
    server, environment = github
    server.drafts = False
    proposal(tmp_path)
    run(tmp_path, clone, environment)
    assert server.open_pulls[0]["draft"] is False


def test_faulty_form_is_answered_only(tmp_path: Path, clone: Path, github: Any) -> None:
    server, environment = github
    proposal(tmp_path, files=())
    assert run(tmp_path, clone, environment) == 0
    assert server.names() == ["GET issues/7/comments", "POST issues/7/comments", "POST issues/7/labels"]
    assert git(clone, "ls-remote", "origin", "phieu-7") == ""


def test_what_changed_meanwhile_is_not_taken_back(tmp_path: Path, clone: Path, github: Any) -> None:
    """A form read, or read again, after others have changed the same file: both changes come together."""
    lines = [f"dòng {n}\n" for n in range(20)]
    shared = clone / "sources" / "a.md"
    shared.write_text("".join(lines), encoding="utf-8")
    git(clone, "commit", "-qam", "hai mươi dòng")
    git(clone, "push", "-q", "origin", "main")
    git(tmp_path, "clone", "-q", "origin.git", "other")
    (tmp_path / "other/sources/a.md").write_text("".join(["dòng đầu mới\n", *lines[1:]]), encoding="utf-8")
    git(tmp_path / "other", "commit", "-qam", "người khác sửa")
    git(tmp_path / "other", "push", "-q", "origin", "main")
    proposal(tmp_path, "".join([*lines, "dòng thêm\n"]), files=("sources/a.md",))
    assert run(tmp_path, clone, github[1]) == 0
    git(clone, "checkout", "-q", "origin/main")
    git(clone, "merge", "-q", "origin/phieu-7")
    assert shared.read_text(encoding="utf-8") == "".join(["dòng đầu mới\n", *lines[1:], "dòng thêm\n"])


def test_dry_run_writes_nothing(tmp_path: Path, clone: Path, github: Any, capsys: pytest.CaptureFixture[str]) -> None:
    server, environment = github
    proposal(tmp_path)
    assert run(tmp_path, clone, environment, dry_run=True) == 0
    assert server.calls == [] and git(clone, "ls-remote", "origin", "phieu-7") == ""
    assert "POST pulls" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name",
    [
        "../x.md",
        "/etc/x.md",
        "sources/../x.md",
        "sources/.git/x.yml",
        "sources//x.md",
        "scripts/x.md",
        "sources/x.py",
        ".github/workflows/x.yml",
        "sources\\x.md",
    ],
)
def test_only_source_files_are_taken(tmp_path: Path, clone: Path, github: Any, name: str) -> None:
    proposal(tmp_path, files=())
    result = json.loads((tmp_path / "phieu.json").read_text(encoding="utf-8"))
    (tmp_path / "phieu.json").write_text(json.dumps({**result, "files": [name]}), encoding="utf-8")
    assert run(tmp_path, clone, github[1]) == 1
    assert github[0].calls == []


@pytest.mark.skipif(os.name == "nt", reason="liên kết tượng trưng cần quyền trên Windows")
def test_links_are_not_followed(tmp_path: Path, clone: Path) -> None:
    proposal(tmp_path)
    place = tmp_path / "tep" / PATH
    place.unlink()
    place.symlink_to("/etc/passwd")
    with pytest.raises(PublishError, match="liên kết tượng trưng"):
        read_files(read_result(tmp_path / "phieu.json"), tmp_path / "tep")


FACT = "sources/a.yml:3: Chỉ thị @ai #1; biết đến 2024; dùng ở 2 chỗ; mở: https://mot.example/a_b,c | Báo Hai, bài 2"
COUNT = "Tính đến 30-11-2026: 1 điều cần kiểm tra lại."


def test_what_is_old_is_one_issue(github: Any) -> None:
    """Opened once, then brought up to date; closed when nothing is left; words of ours call nobody."""
    server, environment = github
    body = render_stale([FACT], COUNT, LONGEST_TEXT)
    assert "mở: <https://mot.example/a_b,c> &#124; Báo Hai" in body and "@ai" not in body and "#1;" not in body
    assert renew_issue(body, True, False, environment) == 0
    method, name, values = server.calls[-1]
    assert (method, name, values["labels"], values["body"]) == ("POST", "issues", [STALE_LABEL], body)
    server.issues = [{"number": 4, "title": STALE_TITLE}]
    assert renew_issue(body, True, False, environment) == 0
    assert server.calls[-1][:2] == ("PATCH", "issues/4") and server.calls[-1][2]["state"] == "open"
    assert renew_issue(render_stale([], "0", LONGEST_TEXT), False, False, environment) == 0
    assert server.calls[-1][2]["state"] == "closed"
    server.issues = []
    assert renew_issue(body, False, False, environment) == 0 and server.calls[-1][0] == "GET"
    server.refusals["POST", "issues"] = 403
    assert renew_issue(body, True, False, environment) == 1


def test_the_list_of_an_issue_is_cut_at_a_whole_line() -> None:
    long = FACT.replace("Chỉ thị", "Chỉ thị " * 50)
    body = render_stale([long] * 1000, "nhiều", LONGEST_TEXT)
    shown = [line for line in body.split("\n") if line.startswith("- ")]
    assert LONGEST_TEXT - len(shown[0]) - 10 < len(body) <= LONGEST_TEXT and len(set(shown)) == 1
    assert f"Còn {1000 - len(shown)} điều nữa" in body and body.endswith("đóng việc này.\n")
    assert "điều nữa" not in render_stale([long], "một", LONGEST_TEXT)


def test_only_facts_are_taken_from_what_was_printed() -> None:
    printed = f"Downloading x\n{FACT}\nsources/a.yml:1: cảnh báo: thử.\n{COUNT}\nlast words of a library\n"
    assert read_stale(printed) == ([FACT], COUNT)
    assert read_stale("Traceback\n") == ([], None)


# ---- A release of the edition for USB sticks ----


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "kho-ngoai-tuyen.zip"
    path.write_bytes(b"kho")
    write_checksum(path)
    path.with_name(f"{path.name}.cdx.json").write_bytes(b"{}")
    return path


def test_release_is_seen_once_all_files_are_there_and_made_once(archive: Path, github: Any) -> None:
    server, environment = github
    environment["GITHUB_SHA"] = "0123456789abcdef"
    assert release(archive, "2026-11-30", False, environment) == 0
    assert server.names() == ["GET releases", "POST releases", *["POST /them"] * 3, "PATCH releases/3"]
    made = server.calls[1][2]
    assert (made["tag_name"], made["target_commitish"]) == ("ban-2026-11-30-0123456", "0123456789abcdef")
    assert made["draft"] is True and server.releases[0]["draft"] is False
    assert "30-11-2026" in made["body"] and hashlib.sha256(b"kho").hexdigest() in made["body"]
    assert [values[0] for _, _, values in server.calls[2:5]] == [
        "name=kho-ngoai-tuyen.zip",
        "name=kho-ngoai-tuyen.zip.sha256",
        "name=kho-ngoai-tuyen.zip.cdx.json",
    ]
    assert server.calls[2][2][1] == b"kho"
    assert release(archive, "2026-11-30", False, environment) == 0
    assert server.names()[6:] == ["GET releases"]


def test_release_that_cannot_be_finished_is_taken_back(archive: Path, github: Any) -> None:
    server, environment = github
    server.refusals["POST", "/them"] = 500
    assert release(archive, "2026-11-30", False, environment) == 1
    assert server.names()[-1] == "DELETE releases/3"


@pytest.mark.parametrize("tag", ["ban-2026-11-30-0123456", "ban-2026-10-30-89abcde"], ids=["cùng lần sửa", "lần trước"])
def test_draft_that_an_earlier_run_left_is_removed(archive: Path, github: Any, tag: str) -> None:
    server, environment = github
    environment["GITHUB_SHA"] = "0123456789abcdef"
    server.releases = [{"id": 8, "tag_name": tag, "draft": True}, {"id": 9, "tag_name": "ban-nhap-tay", "draft": True}]
    assert release(archive, "2026-11-30", False, environment) == 0
    assert server.names()[:3] == ["GET releases", "DELETE releases/8", "POST releases"]
    assert server.names()[-1] == "PATCH releases/3"
    assert "DELETE releases/9" not in server.names()


@pytest.mark.parametrize(
    "fault",
    [urllib.error.URLError("no route"), TimeoutError("timed out"), http.client.IncompleteRead(b"")],
    ids=["không có mạng", "quá giờ", "đứt giữa chừng"],
)
def test_release_that_does_not_reach_github_is_told_and_taken_back(
    archive: Path, github: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: Exception
) -> None:
    server, environment = github

    def broken(*_: object) -> None:
        raise fault

    monkeypatch.setattr(github_publish.GitHub, "upload", broken)
    assert release(archive, "2026-11-30", False, environment) == 1
    assert server.names()[-1] == "DELETE releases/3"
    told = capsys.readouterr().err
    assert told.startswith("Không phát hành được: không kết nối được với GitHub (")


def test_archive_that_does_not_fit_its_checksum_is_not_released(archive: Path, github: Any) -> None:
    server, environment = github
    archive.write_bytes(b"khac")
    assert release(archive, "2026-11-30", False, environment) == 1
    assert server.calls == []


def test_release_is_only_told_in_a_dry_run(archive: Path, github: Any, capsys: pytest.CaptureFixture[str]) -> None:
    server, environment = github
    assert release(archive, "2026-11-30", True, environment) == 0
    assert server.calls == [] and "kho-ngoai-tuyen.zip.sha256" in capsys.readouterr().out


def test_addresses_of_a_release_are_kept_on_the_main_line(github: Any, capsys: pytest.CaptureFixture[str]) -> None:
    server, environment = github
    environment["GITHUB_REF_NAME"] = "main"
    path = "tests/addresses/ban-2026-11-30-0123456.txt"
    assert keep_addresses(path, "van-ban/x/ d-aaaaaaaa\n", False, environment) == 0
    ((method, name, values),) = server.calls
    assert (method, name, values["branch"]) == ("PUT", f"contents/{path}", "main")
    assert base64.b64decode(values["content"]) == b"van-ban/x/ d-aaaaaaaa\n"
    server.refusals["PUT", f"contents/{path}"] = 422  # there already
    assert keep_addresses(path, "van-ban/x/\n", False, environment) == 0
    server.refusals["PUT", f"contents/{path}"] = 409  # the main line is protected
    assert keep_addresses(path, "van-ban/x/\n", False, environment) == 1
    assert "Không ghi được tests/addresses/ban-2026-11-30-0123456.txt: HTTP 409. Hãy tải" in capsys.readouterr().err


def test_publishing_needs_the_standard_library_alone() -> None:
    code = "import sys; sys.path.insert(0, 'scripts'); import github_publish, github_tasks"
    code += ", knowledge_base.github.run_summary, knowledge_base.github.stale_issue, knowledge_base.publish.site_links"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert github_publish.__doc__


def test_no_result_is_no_fault(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts/github_tasks.py"), "publish", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd="/")
    assert done.returncode == 0 and "không có gì phải làm" in done.stdout


def _opened(count: int, hours_ago: float, *, request: bool = False) -> list[dict[str, Any]]:
    moment = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=hours_ago)
    more = {"pull_request": {}} if request else {}
    return [{"number": n - 100, "created_at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), **more} for n in range(count)]


@pytest.mark.parametrize(
    ("before", "association", "made"),
    [
        (_opened(MOST_A_DAY, 3), "NONE", False),
        (_opened(MOST_A_DAY - 1, 3), "NONE", True),
        (_opened(MOST_A_DAY, 30), "NONE", True),  # changed today, opened the day before
        (_opened(MOST_A_DAY, 3, request=True), "NONE", True),
        (_opened(MOST_A_DAY, 3), "COLLABORATOR", True),
    ],
)
def test_a_flood_of_forms_is_told_kindly_and_makes_nothing(
    tmp_path: Path, clone: Path, github: Any, before: list[dict[str, Any]], association: str, made: bool
) -> None:
    server, environment = github
    server.issues, server.association = before, association
    proposal(tmp_path)
    assert run(tmp_path, clone, environment) == 0
    assert bool(server.open_pulls) == made == bool(git(clone, "ls-remote", "origin", "phieu-7"))
    assert ("chưa được lập nhưng không mất" in server.said()) != made
