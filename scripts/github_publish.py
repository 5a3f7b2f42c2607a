"""Bring to GitHub what was made before: a form's proposal (a branch, a draft pull request, its checks, an answer on the
issue), the month's issue, a release of the edition for USB sticks.

Standard library only: this is the one part that holds a token that may write. What it is given are whole
files under ``sources/`` and texts; nothing of them is ever run or put into a command.
"""

from __future__ import annotations

import base64
import contextlib
import datetime
import hashlib
import http.client
import json
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

AUTHOR = "github-actions[bot]"
EMAIL = "41898282+github-actions[bot]@users.noreply.github.com"
MARK = "<!-- tra-loi-phieu -->"
CHECKS = "kiem-tra.yml"
STALE_LABEL = "kiểm tra lại"
STALE_TITLE = "Những điều cần kiểm tra lại"
LONGEST_TEXT = 60_000  # GitHub takes 65,536 characters, ours and a link beside them
RELEASE_WORDS = """Nội dung đến ngày {day}. Tải `{archive}`, giải nén, bấm đúp `index.html`; không cần mạng.

SHA-256: `{digest}`
"""
ADDRESSES_BY_HAND = (
    "Hãy tải bản phát hành về gốc kho rồi chạy: python3 scripts/github_tasks.py addresses kho-ngoai-tuyen.zip, "
    "và đưa tệp được ghi vào nhánh chính."
)
MOST_A_DAY = 10
"""Forms of one person within a day of which branches and draft pull requests are made. By hand: hardly anybody sums up
so many articles in a day, and a maintainer reads each."""
TOO_MANY = (
    f"Cảm ơn bạn đã gửi nhiều phiếu. Để người giữ kho kịp đọc, máy chỉ lập đề nghị cho {MOST_A_DAY} phiếu của "
    "mỗi người trong 24 giờ; phiếu này chưa được lập nhưng không mất. Ngày mai, bấm dấu ba chấm ở góc phải "
    "trên cùng của phiếu, chọn **Edit** rồi **Save**: máy sẽ đọc lại. Cần gửi gấp nhiều bài thì "
    "nhắn người giữ kho ngay ở đây.\n"
)
ALLOWED = {".md", ".yml"}
FAILED = (OSError, http.client.HTTPException)
"""What a call raises: GitHub refuses (HTTPError), cannot be reached or answers too late (URLError, TimeoutError, broken
connections: all OSError), or its answer breaks off."""
SETTING = "Settings → Actions → General → Allow GitHub Actions to create and approve pull requests"


class PublishError(Exception):
    """The proposal cannot be brought to GitHub; the message, Vietnamese, says why."""


@dataclass(frozen=True)
class Proposal:
    """What ``github_tasks.py form`` wrote."""

    issue: int
    label: str
    branch: str
    title: str
    body: str
    comment: str
    files: tuple[str, ...]


class GitHub:
    """The few calls of GitHub's REST interface that are needed. With ``dry_run`` nothing is written."""

    def __init__(self, environment: Mapping[str, str], dry_run: bool) -> None:
        self.repository = environment.get("GITHUB_REPOSITORY", "")
        self.web = environment.get("GITHUB_SERVER_URL", "https://github.com")
        self._api = environment.get("GITHUB_API_URL", "https://api.github.com")
        self._token = environment.get("GH_TOKEN", "")
        self._dry_run = dry_run

    @property
    def page(self) -> str:
        """The repository's address."""
        return f"{self.web}/{self.repository}"

    def call(self, method: str, path: str, values: Mapping[str, object] | None = None) -> Any:
        """Call ``repos/OWNER/NAME/path``; return what comes back. Raises ``FAILED``."""
        if self._dry_run:
            print(f"{method} {path} {json.dumps(values or {}, ensure_ascii=False)[:300]}")
            return [] if method == "GET" else {}
        data = json.dumps(values).encode() if values is not None else None
        return self._send(method, f"{self._api}/repos/{self.repository}/{path}", data, {})

    def upload(self, address: str, name: str, data: bytes) -> None:
        """Add a file to a release, at the address that GitHub gave for it. Raises ``FAILED``."""
        if self._dry_run:
            print(f"POST {name} ({len(data)} byte)")
            return
        asked = f"{address.partition('{')[0]}?{urllib.parse.urlencode({'name': name})}"
        self._send("POST", asked, data, {"Content-Type": "application/octet-stream"})

    def _send(self, method: str, address: str, data: bytes | None, headers: Mapping[str, str]) -> Any:
        request = urllib.request.Request(  # noqa: S310  # the address is GitHub's own, from the runner
            address,
            method=method,
            data=data,
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self._token}",
                "X-GitHub-Api-Version": "2022-11-28",
                "User-Agent": "kho-van-ban",
                **headers,
            },
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            told = answer.read()
        return json.loads(told) if told else {}


def _fault_words(error: BaseException) -> str:
    """Return why a call failed: ``HTTP 404``, else what the network says."""
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code}"
    return f"không kết nối được với GitHub ({str(error) or type(error).__name__})"


def publish(result: Path, files: Path, root: Path, dry_run: bool, environment: Mapping[str, str]) -> int:
    """Do all of it; return the exit status."""
    proposal = read_result(result)
    github = GitHub(environment, dry_run)
    base = environment.get("BASE_BRANCH") or "main"
    try:
        texts = read_files(proposal, files)
        if texts and _is_flood(github, proposal):
            answer(github, proposal, TOO_MANY)
            return 0
        state = push(proposal, texts, root, base, dry_run) if texts else "none"
    except PublishError as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    outcome = _pull_request(github, proposal, base) if state in ("pushed", "same") else ""
    if state == "pushed":
        outcome += _start_checks(github, proposal)
    elif state == "edited":
        outcome = (
            f"Nhánh [`{proposal.branch}`]({github.page}/tree/{proposal.branch}) đã có người sửa tay, "
            "nên máy không ghi đè. Xin sửa tiếp ngay trên nhánh ấy.\n"
        )
    answer(github, proposal, outcome)
    return 0


def _is_flood(github: GitHub, proposal: Proposal) -> bool:
    """Tell an issue before which its author has opened ``MOST_A_DAY`` others within a day. Those who may write to the
    repository open as many as they like; where GitHub does not say how many there are, nobody is held up."""
    since = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        issue = github.call("GET", f"issues/{proposal.issue}")
        author = (issue.get("user") or {}).get("login") if isinstance(issue, dict) else None
        if not author or issue.get("author_association") in {"OWNER", "MEMBER", "COLLABORATOR"}:
            return False
        asked = urllib.parse.urlencode({"creator": author, "state": "all", "since": since, "per_page": 100})
        issues = github.call("GET", f"issues?{asked}")
    except FAILED:
        return False
    new = [i for i in issues if "pull_request" not in i and str(i.get("created_at", "")) >= since]
    return sum(int(other["number"]) < proposal.issue for other in new) >= MOST_A_DAY


def read_result(path: Path) -> Proposal:
    """Read what ``form`` wrote of the proposal."""
    values = json.loads(path.read_text(encoding="utf-8"))
    number = int(values["issue"])
    words = {name: str(values[name]) for name in ("label", "title", "body", "comment")}
    return Proposal(number, branch=f"phieu-{number}", files=tuple(map(str, values["files"])), **words)


def read_files(proposal: Proposal, folder: Path) -> dict[str, bytes]:
    """Return the files of the proposal; refuses everything that is not a source file."""
    texts = {}
    for name in proposal.files:
        path = PurePosixPath(name)
        whole = path.parts[:1] == ("sources",) and path.suffix in ALLOWED and str(path) == name
        if not whole or ".." in path.parts or any(part.startswith(".") for part in path.parts):
            raise PublishError(f"tệp “{name}” không nằm trong sources/.")
        place = folder.joinpath(*path.parts)
        if place.is_symlink() or not place.resolve().is_relative_to(folder.resolve()):
            raise PublishError(f"tệp “{name}” là liên kết tượng trưng.")
        texts[name] = place.read_bytes()
    return texts


# ---- The branch ----


def push(proposal: Proposal, texts: Mapping[str, bytes], root: Path, base: str, dry_run: bool) -> str:
    """Put the files on the proposal's branch, from the commit they were made of, which is checked out.

    Whole files on a newer one would take back what has changed in them since.
    Gives ``pushed``; ``same`` when the branch holds them already; ``edited`` when people changed the branch.
    """
    branch = proposal.branch
    _git(root, "fetch", "--quiet", "--no-tags", "origin", f"+refs/heads/{base}:refs/remotes/origin/{base}")
    there = bool(_git(root, "ls-remote", "--heads", "origin", f"refs/heads/{branch}").strip())
    old = ""
    if there:
        _git(root, "fetch", "--quiet", "--no-tags", "origin", f"+refs/heads/{branch}:refs/remotes/origin/{branch}")
        old = _git(root, "rev-parse", f"refs/remotes/origin/{branch}").strip()
        authors = _git(root, "log", "--format=%ae%n%ce", f"refs/remotes/origin/{base}..{old}").split()
        if set(authors) - {EMAIL}:
            return "edited"
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "nhanh")
        _git(root, "worktree", "add", "--quiet", "--detach", str(tree), "HEAD")
        try:
            return _commit(tree, proposal, texts, (old, base), dry_run)
        finally:
            _git(root, "worktree", "remove", "--force", str(tree))


def _commit(tree: Path, proposal: Proposal, texts: Mapping[str, bytes], before: tuple[str, str], dry_run: bool) -> str:
    """Commit the files in a working tree of their own and push them in place of the branch's earlier commit."""
    old, base = before
    _write(tree, texts)
    _git(tree, "add", "--", *texts)
    same_files = old and _changed(tree, f"refs/remotes/origin/{base}...{old}") == set(texts)
    if same_files and not _changed(tree, "--cached", old, "--", *texts):
        return "same"
    who = ("-c", f"user.name={AUTHOR}", "-c", f"user.email={EMAIL}")
    _git(tree, *who, "commit", "--quiet", "--allow-empty", "-m", f"Lập từ phiếu #{proposal.issue}")
    if not dry_run:
        branch = f"refs/heads/{proposal.branch}"
        _git(tree, "push", "--quiet", f"--force-with-lease={branch}:{old}", "origin", f"HEAD:{branch}")
    return "pushed"


def _changed(tree: Path, *what: str) -> set[str]:
    """Return the names of files that differ."""
    return set(_git(tree, "diff", "--name-only", "-z", *what).split("\0")) - {""}


def _write(root: Path, texts: Mapping[str, bytes]) -> None:
    """Write the files into the working tree, through no link."""
    for name, text in texts.items():
        place = root.joinpath(*PurePosixPath(name).parts)
        if not place.resolve().is_relative_to(root.resolve() / "sources") or place.is_symlink():
            raise PublishError(f"tệp “{name}” không nằm trong sources/.")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text)


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise PublishError(f"git {arguments[0]} không chạy được: {done.stderr.strip()}")
    return done.stdout


# ---- The pull request ----


def _pull_request(github: GitHub, proposal: Proposal, base: str) -> str:
    """Open the draft pull request, or bring the open one up to date; return what to say of it."""
    owner = github.repository.partition("/")[0]
    query = urllib.parse.urlencode({"head": f"{owner}:{proposal.branch}", "state": "open"})
    text = {"title": proposal.title, "body": proposal.body[:LONGEST_TEXT]}
    try:
        open_ones = github.call("GET", f"pulls?{query}")
        if open_ones:
            made = github.call("PATCH", f"pulls/{int(open_ones[0]['number'])}", text)
        else:
            made = _create(github, {**text, "head": proposal.branch, "base": base})
    except urllib.error.HTTPError as error:
        return _by_hand(github, proposal, base, error)
    return f"Đề nghị thay đổi: {made.get('html_url', '(chạy thử)')}\n"


def _create(github: GitHub, values: dict[str, str]) -> Any:
    """Open a pull request, as a draft where the repository's plan knows drafts."""
    try:
        return github.call("POST", "pulls", {**values, "draft": True})
    except urllib.error.HTTPError as error:
        if error.code != 422:
            raise
        return github.call("POST", "pulls", {**values, "draft": False})


def _by_hand(github: GitHub, proposal: Proposal, base: str, error: urllib.error.HTTPError) -> str:
    """Say how a person opens the pull request when GitHub does not let the machine."""
    title = urllib.parse.urlencode({"quick_pull": "1", "title": proposal.title})
    link = f"{github.page}/compare/{urllib.parse.quote(base)}...{proposal.branch}?{title}"
    print(f"Không mở được đề nghị thay đổi: HTTP {error.code}", file=sys.stderr)
    return (
        f"Nhánh `{proposal.branch}` đã sẵn sàng, nhưng kho chưa cho phép máy mở đề nghị thay đổi. "
        f"Người giữ kho: [mở đề nghị bằng tay]({link}), hoặc bật một lần `{SETTING}`.\n"
    )


def _start_checks(github: GitHub, proposal: Proposal) -> str:
    """Start the checks: GitHub starts none for what a workflow's own token pushes."""
    runs = f"{github.page}/actions/workflows/{CHECKS}?query=branch%3A{proposal.branch}"
    try:
        github.call("POST", f"actions/workflows/{CHECKS}/dispatches", {"ref": proposal.branch})
    except urllib.error.HTTPError as error:
        print(f"Không khởi động được kiểm tra: HTTP {error.code}", file=sys.stderr)
        return f"Kiểm tra chưa chạy được; người giữ kho mở [trang này]({runs}) và bấm **Run workflow**.\n"
    return f"Kiểm tra đang chạy: [xem kết quả]({runs}).\n"


# ---- The issue of what to look up again ----


def renew_issue(body: str, wanted: bool, dry_run: bool, environment: Mapping[str, str]) -> int:
    """Bring the one open issue of ours up to date, or open it where something is ``wanted``; return the exit status."""
    github = GitHub(environment, dry_run)
    query = urllib.parse.urlencode({"state": "open", "creator": AUTHOR, "labels": STALE_LABEL, "per_page": 100})
    text = {"title": STALE_TITLE, "body": body[:LONGEST_TEXT]}
    try:
        own = next((issue for issue in github.call("GET", f"issues?{query}") if issue["title"] == STALE_TITLE), None)
        if own:
            state = "open" if wanted else "closed"
            made = github.call("PATCH", f"issues/{int(own['number'])}", {**text, "state": state})
        elif wanted:
            made = github.call("POST", "issues", {**text, "labels": [STALE_LABEL]})
        else:
            print("Không có gì cần kiểm tra lại.")
            return 0
    except FAILED as error:
        print(f"Không ghi được việc của tháng: {_fault_words(error)}", file=sys.stderr)
        return 1
    print(f"Việc của tháng: {made.get('html_url', '(chạy thử)')}")
    return 0


# ---- A release ----

_THERE_ALREADY = 422
"""What GitHub answers when a file would be made that there is."""
_RELEASE_TAG = re.compile(r"ban-\d{4}-\d\d-\d\d-[0-9a-f]{7}")


def release_tag(day: str, environment: Mapping[str, str]) -> str:
    """Return the name of the release of a day (2026-11-30), of the commit that is built."""
    return f"ban-{day}-{environment.get('GITHUB_SHA', '')[:7]}"


def release(archive: Path, day: str, dry_run: bool, environment: Mapping[str, str]) -> int:
    """Make a release of an archive of a day, of its checksum and of the list of its parts, unless there is one of the
    same commit; it is seen once all are there. A draft that an earlier run could not finish, nor take back, is removed.
    Return the exit status."""
    github = GitHub(environment, dry_run)
    commit = environment.get("GITHUB_SHA", "")
    checksum, parts = (archive.with_name(f"{archive.name}{end}") for end in (".sha256", ".cdx.json"))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if checksum.read_text(encoding="ascii") != f"{digest}  {archive.name}\n":
        print(f"Lỗi: {checksum.name} không phải của {archive.name}. Hãy dựng lại: dev.py offline.", file=sys.stderr)
        return 1
    tag, told = release_tag(day, environment), "-".join(reversed(day.split("-")))
    body = RELEASE_WORDS.format(day=told, archive=archive.name, digest=digest)
    values = {"tag_name": tag, "target_commitish": commit, "name": f"Bản ngoại tuyến {told}", "body": body}
    made: dict[str, Any] = {}
    try:
        known = github.call("GET", "releases?per_page=100")
        if any(one["tag_name"] == tag and not one["draft"] for one in known):
            print(f"Đã phát hành {tag}; từ đó nguồn không đổi.")
            return 0
        for left in (one for one in known if one["draft"] and _RELEASE_TAG.fullmatch(one["tag_name"])):
            github.call("DELETE", f"releases/{int(left['id'])}")
        made = github.call("POST", "releases", {**values, "draft": True})
        for path in (archive, checksum, parts):
            github.upload(made.get("upload_url", ""), path.name, path.read_bytes())
        done = github.call("PATCH", f"releases/{made.get('id', 0)}", {"draft": False})
    except FAILED as error:
        print(f"Không phát hành được: {_fault_words(error)}", file=sys.stderr)
        if made:
            with contextlib.suppress(*FAILED):
                github.call("DELETE", f"releases/{made['id']}")
        return 1
    print(f"Bản phát hành: {done.get('html_url', '(chạy thử)')}")
    return 0


def keep_addresses(path: str, text: str, dry_run: bool, environment: Mapping[str, str]) -> int:
    """Add the list of the addresses that a release was the first to publish to the main line, unless it is there;
    return the exit status."""
    content = base64.b64encode(text.encode()).decode()
    values = {"message": f"Địa chỉ của {Path(path).stem}", "content": content}
    values["branch"] = environment.get("GITHUB_REF_NAME", "")
    try:
        GitHub(environment, dry_run).call("PUT", f"contents/{path}", values)
    except FAILED as error:
        if isinstance(error, urllib.error.HTTPError) and error.code == _THERE_ALREADY:
            return 0
        print(f"Không ghi được {path}: {_fault_words(error)}. {ADDRESSES_BY_HAND}", file=sys.stderr)
        return 1
    print(f"Đã ghi {path}{' (chạy thử)' if dry_run else ''}.")
    return 0


# ---- The answer ----


def answer(github: GitHub, proposal: Proposal, outcome: str) -> None:
    """Say on the issue what became of it: one comment, brought up to date each time; and set its label."""
    text = f"{MARK}\n{proposal.comment[:LONGEST_TEXT].rstrip()}\n\n{outcome}"
    own = next((c for c in _comments(github, proposal.issue) if _is_own(c)), None)
    if own:
        github.call("PATCH", f"issues/comments/{int(own['id'])}", {"body": text})
    else:
        github.call("POST", f"issues/{proposal.issue}/comments", {"body": text})
    if proposal.label:
        github.call("POST", f"issues/{proposal.issue}/labels", {"labels": [proposal.label]})


def _is_own(comment: Mapping[str, Any]) -> bool:
    author = comment["user"] or {}  # none for an account that is gone
    return author.get("login") == AUTHOR and str(comment["body"]).startswith(MARK)


def _comments(github: GitHub, issue: int) -> list[Mapping[str, Any]]:
    """Return the issue's first comments; ours is among them, as it is made when the issue is."""
    return list(github.call("GET", f"issues/{issue}/comments?per_page=100"))
