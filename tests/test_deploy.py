"""What servers are told to send is what the pages themselves ask for; nginx sends it, and packed files."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from building import ROOT
from dev_tools.packed import pack_files

sys.path.insert(0, str(ROOT / "benchmarks"))

CONF = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
BASE = (ROOT / "theme/base.html").read_text(encoding="utf-8")


def _directives(policy: str) -> dict[str, str]:
    return dict((part.strip() + " ").split(" ", 1) for part in policy.split(";"))


def test_the_server_sends_the_policy_of_the_pages() -> None:
    (page,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', BASE)
    (sent,) = re.findall(r'add_header Content-Security-Policy "([^"]+)"', CONF)
    told = _directives(sent)
    assert told.pop("frame-ancestors").strip() == "'none'"
    assert told == _directives(page)
    assert "unsafe-inline" not in page and "'unsafe-eval'" not in page and not re.search(r"https?:|\*", page)


def test_no_header_is_lost_in_a_place_of_its_own() -> None:
    """In nginx a location that adds a header drops those of the server."""
    server = CONF.partition("server {")[2]
    assert "add_header" not in "".join(re.findall(r"location [^{]*\{[^}]*\}", server))


# ---- Packed files ----


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with packed files, and what must not be served."""
    site = tmp_path / "site"
    pages = {
        "index.html": "<h1>Kho</h1>" * 99,
        "van-ban/index.html": "<h1>Văn bản</h1>" * 99,
        "404.html": "<h1>Không tìm thấy trang</h1>" * 99,
        "assets/kb/kb.js": "export {};\n" * 99,
        "assets/vendor/a-1.0/a.css": "a { color: red }\n" * 99,
        "assets/vendor/b-2.0/frame.css": "b",
        "pagefind/phan-2/index/vi_2.pf_index": "2",
        "pagefind/fragment/vi_1.pf_fragment": "x" * 999,
        "du-lieu/van-ban.csv": "số,nơi\n" * 99,
        "du-lieu/dia-chi.txt": "ngắn",
        ".git/config": "[core]\n" * 99,
    }
    for name, text in pages.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    (site / "het.html.gz").touch()
    pack_files(site)
    return site


def test_what_shrinks_is_packed_the_same_way_every_time(site: Path) -> None:
    first = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.gz")}
    assert sorted(first) == [
        "404.html.gz",
        "assets/kb/kb.js.gz",
        "assets/vendor/a-1.0/a.css.gz",
        "du-lieu/van-ban.csv.gz",
        "index.html.gz",
        "van-ban/index.html.gz",
    ]
    assert all(gzip.decompress(data) == (site / name[:-3]).read_bytes() for name, data in first.items())
    assert pack_files(site) == len(first)
    assert {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.gz")} == first


# ---- nginx itself, where there is one ----

Ask = Callable[..., tuple[http.client.HTTPResponse, bytes]]


@pytest.fixture
def ask(site: Path, tmp_path: Path) -> Iterator[Ask]:
    """Ask nginx for a path of the site, not following where it sends; give the answer and its body."""
    if not shutil.which("nginx"):
        pytest.skip("không có nginx (apt-get install nginx)")
    from serving import open_nginx  # noqa: PLC0415 - a script of benchmarks/

    for folder in (tmp_path, *tmp_path.parents):
        if "pytest-" in str(folder):
            folder.chmod(0o755)  # the worker of nginx runs as somebody else
    with open_nginx(site, tmp_path) as (port, _):

        def ask(path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
            server = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            server.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = server.getresponse()
            return answer, answer.read()

        yield ask


def test_nginx_sends_packed_files_to_those_who_take_them(ask: Ask, site: Path) -> None:
    answer, body = ask("/van-ban/", Accept_Encoding="gzip")
    page = (site / "van-ban/index.html").read_bytes()
    assert answer.headers["Content-Encoding"] == "gzip" and gzip.decompress(body) == page
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    answer, body = ask("/van-ban/")
    assert answer.headers["Content-Encoding"] is None and body == page
    assert ask("/van-ban/", If_None_Match=answer.headers["ETag"])[0].status == 304
    assert ask("/du-lieu/van-ban.csv")[0].headers["Content-Type"] == "text/csv; charset=utf-8"


def test_nginx_sends_its_headers_with_every_answer(ask: Ask) -> None:
    asked = {"/": 200, "/van-ban": 301, "/khong-co/": 404, "/.git/config": 403, "/assets/kb/kb.js": 200}
    for path, status in asked.items():
        answer, body = ask(path)
        assert answer.status == status
        for name in re.findall(r"\n    add_header ([\w-]+)", CONF):
            assert answer.headers[name], f"{path}: {name}"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["Server"] == "nginx"
        if status == 404:
            assert "Không tìm thấy trang" in body.decode()
    assert ask("/van-ban")[0].headers["Location"] == "/van-ban/"
    assert ask("/", "POST")[0].status == 403


def test_nginx_lets_browsers_keep_what_never_changes(ask: Ask) -> None:
    for path in (
        "assets/vendor/a-1.0/a.css",
        "pagefind/fragment/vi_1.pf_fragment",
        "pagefind/phan-2/index/vi_2.pf_index",
    ):
        assert "immutable" in ask(f"/{path}")[0].headers["Cache-Control"]
    assert ask("/assets/vendor/b-2.0/frame.css")[0].headers["Cache-Control"] == "no-cache"  # we made it of the package
