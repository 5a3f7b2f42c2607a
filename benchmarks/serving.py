"""Measure nginx with deploy/nginx.conf on the built site: needs nginx and wrk (apt-get install nginx wrk).

python benchmarks/serving.py [SITE]     a site with packed files (default site/; dev.py site --gzip)

One worker of nginx on loopback, one thread of wrk, in turns in one run: a plain file of the size of a middling packed
page from a bare server, then that page with all that deploy/nginx.conf does, then all pages one after another. Told are
requests a second, p99 in milliseconds, their ratios to the plain file, and bytes sent for a page.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONF = ROOT / "deploy" / "nginx.conf"
ROUNDS, SECONDS, CONNECTIONS = 5, 4, 32
_MAIN = """daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/kho.conf;
  server {{ listen 127.0.0.1:{bare}; root {folder}/bare; sendfile on; }}
}}
"""
_ROTATE = """local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at], {["Accept-Encoding"] = "gzip"})
end
"""


@contextlib.contextmanager
def open_nginx(site: Path, folder: Path) -> Iterator[tuple[int, int]]:
    """Serve ``site`` as deploy/nginx.conf says, but for its port and root, and ``folder/bare`` with nothing said; give
    both ports. ``folder`` takes what nginx writes. Raises RuntimeError with nginx's words when it does not start."""
    port, bare = _free_port(), _free_port()
    text = CONF.read_text(encoding="utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
    (folder / "kho.conf").write_text(text.replace("root /srv/kho/site;", f"root {site};"), encoding="utf-8")
    (folder / "main.conf").write_text(_MAIN.format(folder=folder, bare=bare), encoding="utf-8")
    (folder / "bare").mkdir(exist_ok=True)
    command = ["nginx", "-e", str(folder / "errors"), "-p", str(folder), "-c", str(folder / "main.conf")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        _await(process, port)
        yield port, bare
    finally:
        process.terminate()
        process.wait(10)


def _await(process: subprocess.Popen[str], port: int) -> None:
    for _ in range(100):
        if process.poll() is not None:
            raise RuntimeError(process.stderr.read() if process.stderr else "")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError("nginx does not answer")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def load(url: str, *arguments: str) -> tuple[float, float]:
    """Return requests a second and p99 in milliseconds under the load of wrk."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *arguments, url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    number, unit = re.findall(r"99%\s+([\d.]+)(us|ms|s)\b", said)[0]
    (rate,) = re.findall(r"Requests/sec:\s+([\d.]+)", said)
    return float(rate), float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def main(arguments: list[str]) -> int:
    """Run the rounds and print their medians."""
    site = Path(arguments[0] if arguments else ROOT / "site").resolve()
    packed = sorted(site.rglob("index.html.gz"), key=lambda path: (path.stat().st_size, path))
    if not packed or not shutil.which("nginx") or not shutil.which("wrk"):
        print("Cần nginx, wrk và một trang đã dựng bằng `dev.py site --gzip`.", file=sys.stderr)
        return 1
    middling = packed[len(packed) // 2]
    with tempfile.TemporaryDirectory(prefix="kb-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the worker of nginx runs as somebody else
        with open_nginx(site, folder) as (port, bare):
            shutil.copy(middling, folder / "bare" / "one.bin")
            paths = [f"/{path.parent.relative_to(site).as_posix()}/".replace("/./", "/") for path in packed]
            (folder / "paths").write_text("\n".join(paths) + "\n", encoding="ascii")
            (folder / "rotate.lua").write_text(_ROTATE % (folder / "paths"), encoding="ascii")
            here, gzip = f"http://127.0.0.1:{port}", ("-H", "Accept-Encoding: gzip")
            page = f"/{middling.parent.relative_to(site).as_posix()}/"
            ways = {
                "a plain file of that size": (f"http://127.0.0.1:{bare}/one.bin",),
                "a middling page": (here + page, *gzip),
                f"{len(paths)} pages in turn": (here, "-s", str(folder / "rotate.lua")),
            }
            rounds = [{way: load(*call) for way, call in ways.items()} for _ in range(ROUNDS)]
    _tell(rounds, middling.stat().st_size, statistics.mean(path.stat().st_size for path in packed))
    return 0


def _tell(rounds: list[dict[str, tuple[float, float]]], size: int, mean: float) -> None:
    print(f"middling page {size} bytes packed, mean {mean:.0f}; medians of {ROUNDS} rounds")
    first = next(iter(rounds[0]))
    for way in rounds[0]:
        rate, slow = (statistics.median(each[way][at] for each in rounds) for at in (0, 1))
        of_rate, of_slow = (statistics.median(each[way][at] / each[first][at] for each in rounds) for at in (0, 1))
        print(f"{way:28} {rate:8.0f} a second ({of_rate:.2f})   p99 {slow:6.2f} ms ({of_slow:.2f})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
