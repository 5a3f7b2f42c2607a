"""Work shared out among the processors, with the same results in the same order, and work done apart, within limits."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

try:
    import resource as limits
except ImportError:  # Windows has none
    limits: Any = None  # type: ignore[no-redef]

Part = TypeVar("Part")
Result = TypeVar("Result")
Shared = TypeVar("Shared")
Worker = Callable[[Part], Result]
_work: Callable[[Any], Any] | None = None
"""What this process does, where it is one of several."""


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_out(
    make_worker: Callable[[Shared], Worker[Part, Result]], shared: Shared, parts: Sequence[Part], *, worth: bool
) -> Iterator[Result]:
    """Yield what a worker gives for each part, in order. ``make_worker`` makes it of what is ``shared``, once in each
    process; here alone where it is not ``worth`` starting others (each takes about 2 s), or they cannot be started.

    Processes are started anew everywhere (``spawn``), as Windows and macOS do: what is shared is handed over."""
    done = 0
    if worth and min(processors(), len(parts)) > 1:
        try:
            count, context = min(processors(), len(parts)), get_context("spawn")
            with ProcessPoolExecutor(count, context, _begin, (make_worker, shared)) as pool:
                for result in pool.map(_do, parts):
                    yield result
                    done += 1
        except (OSError, BrokenProcessPool):
            pass  # too little memory, or a machine that allows no processes: the rest is done here
    if done < len(parts):
        work = make_worker(shared)
        yield from map(work, parts[done:])


def _begin(make_worker: Callable[[Any], Callable[[Any], Any]], shared: object) -> None:
    global _work  # noqa: PLW0603 - a process has one task
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(100_000, 20, 20)  # as build_pages.py: what is handed over lives to the end
    _work = make_worker(shared)


def _end_with_parent() -> None:
    """End this process when the one that began it ends, also where that was killed: else it would wait for ever."""
    parent = parent_process()
    if parent:
        parent.join()
    os._exit(1)


def _do(part: Any) -> Any:
    assert _work is not None  # noqa: S101 - set when the process began
    return _work(part)


_MEMORY, _SECONDS = 3_000_000_000, 120
"""Bytes beyond those that this process has, and seconds of a processor, for one file. By hand, above all that our tests
read; LibreOffice, started below it, converts within them."""


class TooMuchError(Exception):
    """What was done apart needed more memory or time than it was given, or ended without a word."""


def run_apart(work: Callable[[], Result]) -> Result:
    """Return what ``work`` gives, done in a process of its own with limits of memory and time; here where the system
    has none. Raises TooMuchError beyond them, and whatever ``work`` raises."""
    if not hasattr(os, "fork"):
        return work()
    context = get_context("fork")  # nothing is handed over, and it begins at once
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_work_apart, args=(send, work))
    process.start()
    send.close()
    try:
        result, error = receive.recv()
    except EOFError:
        raise TooMuchError from None
    finally:
        process.join()
        receive.close()
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def _work_apart(send: Connection, work: Callable[[], Any]) -> None:
    for limit, most in ((limits.RLIMIT_AS, _taken() + _MEMORY), (limits.RLIMIT_CPU, _SECONDS), (limits.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # a system may refuse one (macOS that of memory)
            limits.setrlimit(limit, (most, most))
    answer: tuple[Any, Exception | None]
    try:
        answer = (work(), None)
    except MemoryError:
        return
    except Exception as error:  # noqa: BLE001 - raised again where it is waited for
        answer = (None, error)
    send.send(answer)


def _taken() -> int:
    """Return how many bytes of addresses this process has, which the limit counts too; 0 where nothing tells it."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * limits.getpagesize()
