"""Try the readers, the finders and the forms with inputs that nobody thought of, led by which lines they reach.

python3.11 -m venv .venv-fuzz && .venv-fuzz/bin/pip install -r requirements-dev.txt atheris==2.3.0    once (Linux)
.venv-fuzz/bin/python benchmarks/fuzz.py vien-dan --minutes 15       one target; `all`: in turn; without: names
.venv-fuzz/bin/python benchmarks/fuzz.py vien-dan --again FILE       what one input does, with the whole traceback

Where atheris is not installed, sound inputs are changed at random, led by nothing: slower to find what lies deep, but
any Python of the project will do (`python benchmarks/fuzz.py yaml --minutes 1 --seed 2`).

Goes on where it left off: inputs that reach something new are kept in .kho-nho/fuzz/ (``--corpus`` names another
folder), what fails in its ``findings``, one input for each place where it fails. What must hold of any input stands in
``tests/fuzzing.py``; an input that takes more than five seconds of the processor fails too. A finding becomes a case of
the tests. Neither CI nor `dev.py test` runs this.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]
SLOWEST = 5
"""Seconds of the processor that one input may take, whatever it is."""
_STUCK = 60
"""Seconds after which a run that does not come back is ended and begun anew; what it tried is a finding."""
_MEMORY = 4096
"""Megabytes: four times what the largest target takes with its vocabulary."""


class _Trial:
    """One target under the fuzzer: counts what was tried, keeps what fails."""

    def __init__(self, check: Any, folder: Path) -> None:
        self._check, self._folder = check, folder
        self._count = folder / "executions"
        self.tried = int(self._count.read_text()) if self._count.is_file() else 0

    def __call__(self, data: bytes) -> None:
        """Try one input; what it raises is kept, and never stops the run."""
        begin = time.process_time()
        try:
            self._check(data)
            where = ""
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            where = _place(error)
        if not where and time.process_time() - begin > SLOWEST:
            where = f"chậm: {time.process_time() - begin:.0f} giây"
        self.tried += 1
        if where:
            self._keep(where, data)
        if self.tried % 64 == 0 or where:
            self.write()

    def write(self) -> None:
        """Keep how many inputs were tried."""
        self._count.write_text(str(self.tried))

    def _keep(self, where: str, data: bytes) -> None:
        place = where.split(": ", maxsplit=1)[0]
        file = self._folder / "findings" / hashlib.sha256(place.encode()).hexdigest()[:12]
        if not file.is_file():
            file.write_bytes(data)
            print(f"TÌM THẤY {where[:300]}\n  {file}", flush=True)


def _place(error: Exception) -> str:
    """Return where an error was raised: the last line of ours, and what it says."""
    ours = [f for f in traceback.extract_tb(error.__traceback__) if "knowledge_base" in f.filename]
    ours = ours or traceback.extract_tb(error.__traceback__)
    at = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if not isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} {place or f'{Path(at.filename).name}:{at.lineno}'}: {error!r}"


_ODD = "\u202e \u200b \ufeff \u0301 Ａ 😀 \x85 \u2028 \x00 ０ ﬁ".split(" ")


def _change(drawn: random.Random, seed: bytes, other: bytes, words: Sequence[bytes]) -> bytes:
    """Return an input with some parts put in, taken out, doubled or spoilt."""
    data = bytearray(seed)
    for _ in range(drawn.choice([1, 1, 2, 3, 6, 12])):
        place, from_ = drawn.randint(0, len(data)), drawn.randint(0, len(data))
        length = drawn.choice([1, 2, 5, 20, 200])
        how = drawn.randrange(6)
        if how == 0:
            data[place:place] = drawn.choice(words)
        elif how == 1:
            del data[place : place + length]
        elif how == 2:
            data[place:place] = data[from_ : from_ + length]
        elif how == 3:
            data[place : place + 1] = drawn.randbytes(1)
        elif how == 4:
            data[place:place] = drawn.choice(_ODD).encode()
        else:
            data[place:] = other[drawn.randint(0, len(other)) :]
    return bytes(data)


def _guess(name: str, folder: Path, seconds: int, seed: int) -> None:
    """Try one target with sound inputs changed at random."""
    import fuzzing  # noqa: PLC0415 - `--help` needs none of it

    drawn = random.Random(seed)  # noqa: S311
    target, words = fuzzing.target(name)
    seeds, trial = list(target.seeds), _Trial(target.check, folder)
    pieces = [word.encode() for word in words] or [b"-"]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        trial(_change(drawn, drawn.choice(seeds), drawn.choice(seeds), pieces)[: target.longest])
    trial.write()


def _fuzz(name: str, folder: Path, seconds: int) -> None:
    """Let the fuzzer try one target; ends the process."""
    import atheris  # noqa: PLC0415 - needed here alone; nothing else of the repository does

    with atheris.instrument_imports(include=["knowledge_base"]):
        import fuzzing  # noqa: PLC0415 - its imports are those that are watched
    target, chosen = fuzzing.target(name)
    for seed in target.seeds if not any((folder / "corpus").iterdir()) else ():
        (folder / "corpus" / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    words = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in chosen)
    (folder / "words").write_text("".join(f'"{word}"\n' for word in [*words, "\\x20"]), encoding="ascii")
    options = {"max_total_time": seconds, "timeout": _STUCK, "rss_limit_mb": _MEMORY, "max_len": target.longest}
    options |= {"dict": folder / "words", "artifact_prefix": f"{folder / 'findings'}/", "print_final_stats": 0}
    given = [f"-{key}={value}" for key, value in options.items()]
    atheris.Setup([sys.argv[0], *given, "-verbosity=0", str(folder / "corpus")], _Trial(target.check, folder))
    atheris.Fuzz()


def _run(name: str, corpus: Path, minutes: float, seed: int) -> int:
    """Try one target for so long, beginning anew where a run ends before its time; return how many findings it has."""
    folder = corpus / name
    for part in ("corpus", "findings"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    end, executions = time.monotonic() + minutes * 60, folder / "executions"
    before = int(executions.read_text()) if executions.is_file() else 0
    while (left := int(end - time.monotonic())) > 0:
        command = [sys.executable, __file__, name, "--corpus", str(corpus), "--seconds", str(left)]
        command += ["--seed", str(seed)]
        status = subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode
        if status and not executions.is_file():
            print(f"{name}: không chạy được, hãy thử: {' '.join(command)}", file=sys.stderr)
            return 1
    tried = int(executions.read_text()) if executions.is_file() else 0
    found = sorted((folder / "findings").iterdir())
    kept = len(list((folder / "corpus").iterdir()))
    print(f"{name}: {tried - before} lần thử ({tried} cả các lần trước), giữ {kept} mẫu, {len(found)} lỗi")
    return len(found)


def _again(name: str, file: Path) -> None:
    import fuzzing  # noqa: PLC0415 - `--help` needs none of it

    begin = time.process_time()
    target, _ = fuzzing.target(name)
    target.check(file.read_bytes())
    print(f"không lỗi, {time.process_time() - begin:.1f} giây")


NAMES = (
    *("trang-web", "van-ban-dan", "markdown", "word", "pdf", "bang-tinh", "vien-dan", "yaml", "dau-bai", "phieu"),
    *("danh-muc", "thoat-ky-tu", "ma-van-ban"),
)


def main() -> int:
    """Try the targets named; the exit status is 1 if anything was found."""
    parser = argparse.ArgumentParser(description="Thử phần đọc, phần tìm và các phiếu với đầu vào không ai nghĩ tới.")
    parser.add_argument("target", nargs="?", choices=[*NAMES, "all"], metavar="MỤC")
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--corpus", type=Path, default=ROOT / ".kho-nho" / "fuzz")
    parser.add_argument("--seed", type=int, default=1, help="không có atheris thì mỗi số cho một dãy đầu vào khác")
    parser.add_argument("--again", type=Path, metavar="TỆP", help="chạy lại một đầu vào")
    parser.add_argument("--seconds", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.target is None:
        print("\n".join(NAMES))
    elif options.again:
        _again(options.target, options.again)
    elif options.seconds:
        folder = options.corpus / options.target
        if importlib.util.find_spec("atheris"):
            _fuzz(options.target, folder, options.seconds)
        _guess(options.target, folder, options.seconds, options.seed)
    else:
        chosen = NAMES if options.target == "all" else [options.target]
        return int(sum(_run(name, options.corpus, options.minutes, options.seed) for name in chosen) > 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
