"""The workflows: safe for forks, nothing of strangers in a command, every command one that exists here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from building import ROOT

FOLDER = ROOT / ".github" / "workflows"
FLOWS: dict[str, dict[Any, Any]] = {p.name: yaml.safe_load(p.read_text(encoding="utf-8")) for p in FOLDER.iterdir()}
JOBS = [pytest.param(f, j, job, id=f"{f}:{j}") for f, flow in FLOWS.items() for j, job in flow["jobs"].items()]
STEPS = [
    pytest.param(f, job, step, id=f"{f}:{j}:{n}")
    for f, flow in FLOWS.items()
    for j, job in flow["jobs"].items()
    for n, step in enumerate(job["steps"])
]
GRANTED = {
    "kiem-tra.yml:nguon": {"contents": "read"},
    "kiem-tra.yml:trang": {"contents": "read"},
    "kiem-tra.yml:kiem-thu": {"contents": "read"},
    "kiem-tra.yml:kiem-thu-khac": {"contents": "read"},
    "goi-va-byte.yml:lo-hong": {"contents": "read"},
    "goi-va-byte.yml:dung": {"contents": "read"},
    "goi-va-byte.yml:so": {"contents": "read"},
    "tu-phieu.yml:doc": {"contents": "read"},
    "tu-phieu.yml:lap": {"contents": "write", "pull-requests": "write", "issues": "write", "actions": "write"},
    "kiem-tra-lai.yml:liet-ke": {"contents": "read"},
    "kiem-tra-lai.yml:bao": {"contents": "read", "issues": "write"},
    "phat-hanh.yml:dung": {"contents": "read", "pages": "read"},
    "phat-hanh.yml:dang": {"contents": "write", "id-token": "write", "attestations": "write"},
    "dung-theo-phan.yml:dung": {"contents": "read"},
    "dung-theo-phan.yml:ghep": {"contents": "read"},
    "xuat-ban.yml:dung": {"contents": "read", "pages": "read"},
    "xuat-ban.yml:dang": {"pages": "write", "id-token": "write"},
}
STRANGERS = re.compile(r"github\.(?:event\.(?:issue|comment|pull_request|head_commit|review)|head_ref|actor)")


@pytest.mark.parametrize("name", FLOWS)
def test_flow_grants_nothing_by_itself(name: str) -> None:
    flow, text = FLOWS[name], (FOLDER / name).read_text(encoding="utf-8")
    assert flow["permissions"] == {}
    assert "secrets." not in text
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & flow[True].keys()
    assert "concurrency" in flow and flow["name"]


@pytest.mark.parametrize(("flow", "name", "job"), JOBS)
def test_job_has_least_rights_and_an_end(flow: str, name: str, job: dict[str, Any]) -> None:
    assert job["permissions"] == GRANTED[f"{flow}:{name}"]
    assert 0 < job["timeout-minutes"] <= 60
    matrix = job.get("strategy", {}).get("matrix", {})
    systems = [*matrix.get("os", []), *(one["os"] for one in matrix.get("include", []))]
    assert job["runs-on"] == "${{ matrix.os }}" if systems else re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"])
    assert all(re.fullmatch(r"ubuntu-\d\d\.\d\d|(?:windows|macos)-latest", system) for system in systems)
    assert not systems or job["defaults"] == {"run": {"shell": "bash"}}, "$RUNNER_TEMP là chữ của bash"


@pytest.mark.parametrize(("flow", "job", "step"), STEPS)
def test_step_is_pinned_and_runs_one_plain_command(flow: str, job: dict[str, Any], step: dict[str, Any]) -> None:
    if "uses" in step:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
        assert re.search(rf"{step['uses']} # v\d+\.\d+\.\d+\n", (FOLDER / flow).read_text(encoding="utf-8"))
    if step.get("uses", "").startswith("actions/checkout@"):
        pushes = any("github_tasks.py publish" in other.get("run", "") for other in job["steps"])
        assert step["with"]["persist-credentials"] is pushes
    if "run" in step:
        assert step["name"]
        assert "${{" not in step["run"] and "\n" not in step["run"].strip()
        assert not STRANGERS.search(str(step.get("env", {})))
        words = step["run"].split()
        assert words[0] in ("python", "python3", ".venv/bin/python")
        scripts = [word for word in words if word.startswith(("scripts/", "benchmarks/"))]
        hashed = ["-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", "requirements.lock"]
        assert scripts or words[1:] == hashed
        assert all((ROOT / script).is_file() for script in scripts)


def _commands() -> dict[str, str]:
    """The options and tasks that each script knows, as its help tells them."""
    told = {}
    for script in ("build_pages.py", "dev.py", "github_tasks.py"):
        command = [sys.executable, str(ROOT / "scripts" / script), "--help"]
        told[f"scripts/{script}"] = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    return told


def test_every_command_is_one_that_the_scripts_know() -> None:
    known = _commands()
    for flow in FLOWS.values():
        for job in flow["jobs"].values():
            for step in job["steps"]:
                words = step.get("run", "").split()
                for place, word in enumerate(words):
                    if word == "scripts/build_pages.py":
                        asked = [w for w in words[place:] if w.startswith("--")]
                        assert all(option in known[word] for option in asked), step["run"]
                    elif word in known:
                        assert re.search(rf"(?<![\w-]){words[place + 1]}(?![\w-])", known[word]), step["run"]


def test_pull_requests_are_checked_and_sources_come_first() -> None:
    flow = FLOWS["kiem-tra.yml"]
    assert flow[True].keys() == {"pull_request", "workflow_dispatch"}
    jobs = flow["jobs"]
    assert "needs" not in jobs["nguon"]
    assert {jobs[name]["needs"] for name in ("trang", "kiem-thu", "kiem-thu-khac")} == {"nguon"}
    for job in jobs.values():
        last = job["steps"][-1]
        assert last["run"].startswith("python scripts/github_tasks.py summary") and "cancelled" in last["if"]


def test_what_is_old_is_listed_once_a_month() -> None:
    flow = FLOWS["kiem-tra-lai.yml"]
    (monthly,) = flow[True]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \d+ \* \*", monthly["cron"])
    assert "--stale" in flow["jobs"]["liet-ke"]["steps"][3]["run"]


def test_edition_is_tried_then_released_from_the_main_line_alone() -> None:
    flow = FLOWS["phat-hanh.yml"]
    (monthly,) = flow[True]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \d+ \* \*", monthly["cron"]) and "workflow_dispatch" in flow[True]
    built, released = flow["jobs"]["dung"], flow["jobs"]["dang"]
    runs = [step["run"] for step in built["steps"] if "run" in step]
    assert ["test_offline" in runs[0], "dev.py offline" in runs[1], len(runs)] == [True, True, 2]
    assert released["needs"] == "dung" and released["if"] == "github.ref == 'refs/heads/main'"


def test_parts_are_built_by_hand_alone_and_all_of_them() -> None:
    flow = FLOWS["dung-theo-phan.yml"]
    assert flow[True] == {"workflow_dispatch": None}
    built = flow["jobs"]["dung"]
    numbers = built["strategy"]["matrix"]["phan"]
    (part,) = (step["env"]["PART"] for step in built["steps"] if "PART" in step.get("env", {}))
    assert part == f"${{{{ matrix.phan }}}}/{len(numbers)}" and numbers == list(range(1, len(numbers) + 1))
    assert flow["jobs"]["ghep"]["needs"] == "dung"


def test_what_is_released_is_attested_once_it_is_there() -> None:
    steps = FLOWS["phat-hanh.yml"]["jobs"]["dang"]["steps"]
    assert steps[-1]["uses"].startswith("actions/attest-build-provenance@")
    assert steps[-1]["with"]["subject-path"].endswith("/kho-ngoai-tuyen.zip*") and "release" in steps[-2]["run"]


def test_same_command_runs_on_other_systems() -> None:
    jobs = FLOWS["kiem-tra.yml"]["jobs"]
    here, there = ([step.get("run") for step in jobs[name]["steps"]] for name in ("kiem-thu", "kiem-thu-khac"))
    assert here == there
    assert jobs["kiem-thu-khac"]["strategy"]["matrix"]["os"] == ["windows-latest", "macos-latest"]


def test_packages_are_asked_about_each_week_and_bytes_compared_between_versions() -> None:
    flow = FLOWS["goi-va-byte.yml"]
    (weekly,) = flow[True]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* \d", weekly["cron"])
    assert flow["jobs"]["lo-hong"]["steps"][-1]["run"] == "python scripts/dev.py audit"
    assert flow["jobs"]["dung"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert flow["jobs"]["so"]["needs"] == "dung" and "--compare" in flow["jobs"]["so"]["steps"][-1]["run"]


def test_forms_start_their_flow() -> None:
    assert FLOWS["tu-phieu.yml"][True] == {"issues": {"types": ["opened", "edited", "reopened"]}}
    assert "github.event.issue.number" in FLOWS["tu-phieu.yml"]["concurrency"]["group"]


def test_zizmor_finds_nothing() -> None:
    name = "zizmor.exe" if os.name == "nt" else "zizmor"
    program = shutil.which("zizmor") or str(Path(sys.executable).parent / name)
    assert Path(program).is_file(), "zizmor ở requirements-dev.txt chưa được cài"
    command = [program, "--offline", "--no-progress", "--persona", "auditor", str(ROOT / ".github")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing() -> None:
    if not (program := shutil.which("actionlint")):
        pytest.skip("actionlint không có trên máy này (tùy chọn)")
    done = subprocess.run([program, *map(str, FOLDER.iterdir())], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
