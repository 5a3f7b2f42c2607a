"""``dev.py serve``: show the site, and every change of it within moments. Standard library only.

A worker process builds what has changed into a folder of its own; when nothing moves any more the whole
site is built strictly in the background, so that search and the checks of all links follow.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from knowledge_base.core.disk import describe_disk

from .environment import ROOT, TaskError, environment
from .faults import describe_mkdocs_output
from .server import LiveState, open_server
from .site import ASIDE, NO_SEARCH, SEARCH_FOLDER, run_mkdocs, swap, workshop
from .watch import Watch

PAUSE = 0.12
"""Seconds between two looks at the files: short against the build of a page (benchmarks/live.py), long against
looking at all files. Chosen by hand, not measured."""
IDLE = 3.0
"""Seconds without a change after which the whole site is built: whoever types and saves on is not slowed by it."""
ENDING = 5
"""Seconds a worker has to finish its step before it is ended by force; whoever waits for the next one sees no more
than these."""
STOPPING = 20
"""Seconds that stopping waits for the strict build, so that it leaves no folder behind. Longer than the build of
the sources of today; one that takes longer is left to end with the process."""
COMPLAINTS = 30
"""How many last lines of a worker's complaints are kept: a traceback and what was said before it."""


class Worker:
    """The process that builds; what it answers is given to ``hear``, its end to ``fall``."""

    def __init__(
        self, python: Path, root: Path, site: Path, hear: Callable[[dict[str, Any]], None], fall: Callable[[str], None]
    ) -> None:
        self._command = [str(python), "-m", "dev_tools.worker", str(root), str(site)]
        self._root, self._hear, self._fall = root, hear, fall
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start the process anew when the one before has ended: two must not write the same pages."""
        self.stop()
        pipe, added = subprocess.PIPE, {NO_SEARCH: "1", "PYTHONPATH": str(self._root / "scripts")}
        self._process = subprocess.Popen(
            self._command, cwd=self._root, env=environment(**added), stdin=pipe, stdout=pipe, stderr=pipe,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        """Hear the answers of a process until it ends."""
        said: deque[str] = deque(maxlen=COMPLAINTS)
        complaints = threading.Thread(target=_pass_on, args=(process.stderr, said), daemon=True)
        complaints.start()
        for line in process.stdout or ():
            if process is self._process:
                self._hear(json.loads(line))
        complaints.join()
        if process.wait() and process is self._process:
            self._fall("".join(said).strip())

    def order(self, changed: list[str] | None, opened: list[str]) -> None:
        """Have the change of some files built (None: all)."""
        process = self._process
        if process is None or process.stdin is None:
            return
        with contextlib.suppress(OSError):  # it may have fallen: that is told already
            process.stdin.write(json.dumps({"changed": changed, "open": opened}) + "\n")
            process.stdin.flush()

    def stop(self) -> None:
        """End the process: by itself when its input does and its step is done, else by force."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        try:
            process.wait(ENDING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _pass_on(stream: IO[str] | None, said: deque[str]) -> None:
    """Show in the terminal what the worker complains of, and keep its last lines."""
    for line in stream or ():
        sys.stderr.write(line)
        said.append(line)


class Live:
    """One run of ``dev.py serve``."""

    def __init__(self, python: Path, root: Path, folder: Path) -> None:
        self.python, self.root, self.folder = python, root, folder
        self.site = folder / "live"
        self.state = LiveState()
        self.worker = Worker(python, root, self.site, self._hear, self._fall)
        self.told: list[str] = []
        self.fallen = False
        self._asked = time.monotonic()
        self._pending = 0
        self._built = 0
        self._change = 0
        self._whole = -1
        self._whole_build: threading.Thread | None = None

    def build(self, changed: list[str] | None) -> None:
        """Have a change built (None: everything), by a new worker if its code has changed."""
        self._change += 1
        self._asked = time.monotonic()
        self._built = self._built if self._pending else 0
        if changed is None or self.fallen or any(_is_code(name) for name in changed):
            self.fallen, self._pending, changed = False, 0, None
            self.worker.start()
        self._pending += 1
        self.worker.order(changed, self.state.opened())

    def _hear(self, answer: dict[str, Any]) -> None:
        """Pass on what the worker has made, to the browsers and to the terminal."""
        pages, problems = answer["pages"], answer["problems"]
        self._built += len(pages)
        self.state.publish(None if answer["assets"] else pages, problems)
        if not answer["done"]:
            return
        self._tell([*problems, *answer["warnings"]], len(problems))
        self._pending -= 1
        if not self._pending:  # else it was cut short by the next
            seconds = time.monotonic() - self._asked
            print(f"{time.strftime('%H:%M:%S')} Đã dựng {self._built} trang, {seconds:.1f} giây.")
        if problems:
            self._whole = self._change  # what is wrong is known already

    def _tell(self, lines: list[str], errors: int) -> None:
        """Print what is wrong if that has changed."""
        if lines != self.told:
            for line in lines:
                print(line, file=sys.stderr)
            print(f"{errors} lỗi, {len(lines) - errors} cảnh báo.")
        self.told = lines

    def _fall(self, said: str) -> None:
        """Tell that the worker has ended by itself; the next change starts another."""
        self.fallen, self._pending, self._whole = True, 0, self._change
        lines = said.splitlines()
        self.state.publish([], ["Mã trong scripts/ có lỗi nên không dựng được trang:\n" + "\n".join(lines[-6:])])
        print("Mã trong scripts/ có lỗi như trên; hãy sửa rồi lưu lại.", file=sys.stderr)

    def tend(self) -> None:
        """Start the strict build of everything once nothing has moved for a while."""
        if self._pending or self._whole == self._change or time.monotonic() - self._asked < IDLE:
            return
        if self._whole_build is None or not self._whole_build.is_alive():
            self._whole = self._change
            self._whole_build = threading.Thread(target=self._build_whole, args=(self._change,), daemon=True)
            self._whole_build.start()

    def _build_whole(self, change: int) -> None:
        """Build the whole site strictly; if nothing has moved meanwhile put it in place of site/."""
        try:
            with workshop(self.root) as (folder, held):
                said = run_mkdocs(self.python, folder / "site", self.root, held=held)
                if change == self._change:
                    self._take_whole(folder, said)
        except (OSError, TaskError) as error:
            refused = isinstance(error, OSError) and describe_disk(error)
            print(f"Chưa cập nhật được tìm kiếm và site/: {refused or error}", file=sys.stderr)

    def _take_whole(self, folder: Path, said: str) -> None:
        """Put the site that was built in ``folder`` into its place, or pass on what MkDocs said against it."""
        fresh = folder / "site"
        if said:
            problems = list(dict.fromkeys([*self.state.problems, *describe_mkdocs_output(said, self.root)]))
            self._tell(problems, len(problems))
            self.state.publish([], problems)
            return
        shutil.copytree(fresh / SEARCH_FOLDER, self.site / SEARCH_FOLDER, dirs_exist_ok=True)
        swap(fresh, self.root / "site", folder / ASIDE)
        print(f"{time.strftime('%H:%M:%S')} Đã cập nhật tìm kiếm và site/.")

    def stop(self) -> None:
        """End everything that runs."""
        self._change += 1
        self.state.close()
        self.worker.stop()
        if self._whole_build is not None:
            self._whole_build.join(STOPPING)


def _is_code(name: str) -> bool:
    """Tell whether a file is code that the worker has loaded."""
    return name.startswith("scripts/") and name.endswith(".py")


def serve_live(python: Path, port: int, root: Path = ROOT) -> int:
    """Build, serve on 127.0.0.1 and build again at every change until stopped."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _interrupt)
    with tempfile.TemporaryDirectory(prefix="kb-live-", ignore_cleanup_errors=True) as folder:
        live = Live(python, root, Path(folder))
        live.site.mkdir()
        watch = Watch(root)
        server = open_server(live.site, port, live.state)
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        print(f"\nTrang đang mở tại {address} (dừng bằng Ctrl+C)\nMọi thay đổi được lưu sẽ tự hiện ra.", flush=True)
        try:
            live.build(None)
            while True:
                time.sleep(PAUSE)
                if changed := watch.changes():
                    print(f"\nCó thay đổi: {', '.join(changed[:3])}{'…' if len(changed) > 3 else ''}")
                    live.build(changed)
                live.tend()
        except KeyboardInterrupt:
            print("\nĐã dừng.")
        finally:
            live.stop()
            server.shutdown()
    return 0


def _interrupt(*_: object) -> None:
    """End as Ctrl+C does."""
    raise KeyboardInterrupt
