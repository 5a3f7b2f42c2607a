"""Issue forms: what GitHub accepts, menus that the proposals know, and every form walked from event to files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from building import ROOT, TOY
from knowledge_base.core.errors import Problem, Severity
from knowledge_base.core.paragraphs import anchors
from knowledge_base.github.answers import Issue, IssueForm, load_forms, read_answers, read_event
from knowledge_base.github.changed_body import CHANGES, PAGES
from knowledge_base.github.new_article import RIGHTS
from knowledge_base.github.proposal import render_entry, render_scalar
from knowledge_base.github.propose import PROPOSERS, propose
from knowledge_base.github.repository import Repository
from knowledge_base.sources.articles.corpus import read_articles
from knowledge_base.sources.articles.front_matter import FrontMatter
from knowledge_base.sources.text_files import blank_characters
from knowledge_base.sources.vocabulary import load_vocabulary
from knowledge_base.sources.vocabulary.evidence import PAGE_KINDS
from knowledge_base.sources.vocabulary.schemas import Succession
from knowledge_base.sources.yaml import read_yaml

FOLDER = ROOT / ".github" / "ISSUE_TEMPLATE"
FORMS = {form.name: form for form in load_forms(FOLDER)}
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted((Path(__file__).parent / "cases" / "github").glob("*.yml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]
KEYS = {
    "markdown": ({"value"}, set()),
    "input": ({"label"}, {"description", "placeholder", "value"}),
    "textarea": ({"label"}, {"description", "placeholder", "value", "render"}),
    "dropdown": ({"label", "options"}, {"description", "multiple", "default"}),
    "checkboxes": ({"label", "options"}, {"description"}),
}
"""GitHub's form schema: for each type of element the attributes it must and may have."""


def render(form: IssueForm, answers: dict[str, str]) -> str:
    """Write answers as GitHub writes the body of an issue made with a form."""
    parts = []
    for asked in form.fields:
        value = answers.get(asked.id, "")
        if asked.type == "checkboxes" and not value:
            value = "\n".join(f"- [X] {option}" for option in asked.options)
        parts.append(f"### {asked.label}\n\n{value or '_No response_'}")
    return "\n\n".join(parts)


def event(body: str, *labels: str) -> dict[str, Any]:
    issue = {"number": 7, "title": "phiếu", "body": body, "labels": [{"name": name} for name in labels]}
    issue["created_at"] = "2024-09-30T18:00:00Z"
    repository = {"html_url": "https://github.com/vi-du/kho", "default_branch": "main"}
    return {"action": "opened", "issue": issue, "repository": repository}


# ---- The forms themselves ----


@pytest.mark.parametrize("path", [p for p in sorted(FOLDER.iterdir()) if p.name != "config.yml"], ids=str)
def test_form_keeps_to_githubs_schema(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= form.keys() <= {"name", "description", "body", "title", "labels"}
    assert len(form["name"]) > 3
    assert len({item["id"] for item in form["body"] if "id" in item}) == sum("id" in item for item in form["body"])
    for item in form["body"]:
        must, may = KEYS[item["type"]]
        assert must <= item["attributes"].keys() <= must | may, item
        assert item.keys() <= {"type", "id", "attributes", "validations"}
        assert ("id" in item) == (item["type"] != "markdown")
        assert re.fullmatch(r"[a-zA-Z0-9_-]+", item.get("id", "x"))
        assert item.get("validations", {}).keys() <= {"required"}
        texts = [item["attributes"].get(key, "") for key in ("label", "description", "placeholder", "value")]
        assert all(isinstance(text, str) for text in texts)
        options = item["attributes"].get("options", ["x"])
        names = [option["label"] if isinstance(option, dict) else option for option in options]
        assert names and len(set(names)) == len(names) and all(isinstance(name, str) for name in names)
        if item["type"] == "checkboxes":
            assert all(option.keys() <= {"label", "required"} for option in options)


def test_every_form_is_read_and_told_apart() -> None:
    assert FORMS.keys() == PROPOSERS.keys()
    assert len({form.fields[0].label for form in FORMS.values()}) == len(FORMS)
    assert len({form.label for form in FORMS.values()} - {""}) == len(FORMS)
    for form in FORMS.values():
        assert len({field.label for field in form.fields}) == len(form.fields)
        assert form.fields[0].required


def test_chooser_is_configured() -> None:
    config = yaml.safe_load((FOLDER / "config.yml").read_text(encoding="utf-8"))
    assert config.keys() <= {"blank_issues_enabled", "contact_links"}
    assert config["blank_issues_enabled"] is False
    for link in config.get("contact_links", ()):
        assert link.keys() == {"name", "url", "about"} and link["url"].startswith("https://")


def test_menus_are_those_that_the_proposals_know() -> None:
    """And no form offers a list that grows with the sources."""
    menus = {(form.name, f.id): f.options for form in FORMS.values() for f in form.fields if f.type == "dropdown"}
    assert menus == {
        ("them-bai", "quyen"): tuple(RIGHTS),
        ("co-quan-thay-doi", "thay-doi"): tuple(CHANGES),
        ("co-quan-thay-doi", "loai-nguon"): tuple(PAGES),
    }
    assert tuple(RIGHTS.values()) == get_args(FrontMatter.model_fields["rights"].annotation)
    assert set(CHANGES.values()) == set(get_args(Succession.model_fields["reason"].annotation))
    assert set(PAGES.values()) == set(PAGE_KINDS)


# ---- From event to files ----


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The repository's own vocabularies and documents, without articles; read once for all cases."""
    sources = tmp_path_factory.mktemp("kho") / "sources"
    for name in ("vocabularies", "documents"):
        shutil.copytree(ROOT / "sources" / name, sources / name)
    return Repository(sources)


@pytest.fixture(scope="module")
def toy_repository() -> Repository:
    """The toy corpus; read once for all cases."""
    return Repository(TOY)


def _with_anchor(answers: dict[str, str]) -> dict[str, str]:
    """Put the address of a paragraph in place of ``{n}``: the n-th paragraph of the article in the toy corpus."""
    article = next(a for a in read_articles(TOY, load_vocabulary(TOY)[0])[0] if a.id == "2023-11-20-mot-cua")
    names = anchors(article.paragraphs)
    return {k: re.sub(r"d-\{(\d)\}", lambda m: names[int(m[1]) - 2], v) for k, v in answers.items()}


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], real: Repository, toy_repository: Repository) -> None:
    repository = toy_repository if case.get("sources") == "toy" else real
    body = render(FORMS[case["form"]], _with_anchor(case["answers"]))
    body = body.replace("\n", "\r\n") if case.get("crlf") else body
    issue = read_event(json.dumps(event(body)).encode())
    proposal = propose(issue, FOLDER, repository)
    assert proposal is not None
    _check_files(case, proposal.files, repository.sources)
    if "comment" in case:
        assert proposal.comment == case["comment"]
    said = [words in proposal.comment for words in case.get("says", ())]
    assert any(said) if case.get("any") else all(said), proposal.comment
    assert "title" not in case or proposal.title == case["title"]
    for words in case.get("body", ()):
        assert words in proposal.body, proposal.body
    for words in case.get("lacks", ()):
        assert words not in proposal.body + proposal.comment + "".join(proposal.files.values())


def _check_files(case: dict[str, Any], files: dict[str, str], sources: Path) -> None:
    wanted = {**case.get("files", {}), **case.get("added", {}), **case.get("changed", {})}
    paths = case.get("paths", sorted(wanted))
    assert sorted(files) == sorted(paths)
    for path, text in case.get("files", {}).items():
        assert re.sub(r"^# .*\n", "", files[path], flags=re.MULTILINE) == text
    for path, text in case.get("added", {}).items():
        before = sources.parent.joinpath(path).read_text(encoding="utf-8")
        assert files[path] == before.rstrip() + "\n" + text
    for path, (old, new) in case.get("changed", {}).items():
        before = sources.parent.joinpath(path).read_text(encoding="utf-8")
        assert before.count(old) == 1
        assert files[path] == before.replace(old, new)


def test_article_that_is_there_already(real: Repository, tmp_path: Path) -> None:
    answers = dict(CASES[_index("phiếu đủ")].values[0]["answers"])  # type: ignore[call-overload]
    first = propose(Issue(7, render(FORMS["them-bai"], answers)), FOLDER, real)
    assert first is not None
    (path, text), *_ = first.files.items()
    sources = Path(shutil.copytree(real.sources, tmp_path / "sources"))
    target = sources.parent / path
    target.parent.mkdir(parents=True)
    target.write_text(text, encoding="utf-8")
    again = propose(Issue(8, render(FORMS["them-bai"], answers)), FOLDER, Repository(sources))
    assert again is not None and not again.files
    assert "đã có" in again.comment and "siet-ky-cuong-o-song-may.md" in again.comment.replace("\\", "")


@pytest.mark.parametrize(
    ("moment", "refused"),
    [("2024-09-06T16:59:59Z", True), ("2024-09-06T17:00:00Z", False), ("2030-01-01T00:00:00Z", False), ("", False)],
)
def test_day_that_has_not_come_yet(real: Repository, moment: str, refused: bool) -> None:
    answers = dict(CASES[_index("phiếu đủ")].values[0]["answers"])  # type: ignore[call-overload]
    told = event(render(FORMS["them-bai"], answers))
    told["issue"]["updated_at"] = moment
    proposal = propose(read_event(json.dumps(told).encode()), FOLDER, real)
    assert proposal is not None and bool(proposal.files) is not refused
    told_so = "07-09-2024 là ngày chưa tới (phiếu gửi ngày 06-09-2024)" in proposal.comment
    assert told_so is refused


def _index(name: str) -> int:
    return next(i for i, case in enumerate(CASES) if name in case.values[0]["name"])  # type: ignore[index]


def test_other_issues_are_left_alone(toy_repository: Repository) -> None:
    assert propose(Issue(1, "Chào mọi người\n\n### Tên bài\n\nx"), FOLDER, toy_repository) is None
    assert propose(Issue(1, ""), FOLDER, toy_repository) is None
    labelled = propose(Issue(1, "đã xóa hết", labels=("phiếu: báo sai",)), FOLDER, toy_repository)
    assert labelled is not None and "**Trang nào**: ô này chưa điền" in labelled.comment


@pytest.mark.parametrize("data", [b"{}", b"[]", b'{"issue": {"number": "7"}}', b'{"issue": null}'])
def test_event_without_issue_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no issue"):
        read_event(data)


def test_half_characters_do_not_reach_a_file() -> None:
    assert read_event(b'{"issue": {"number": 7, "title": null, "body": "a\\ud800b"}}').body == "a?b"


def test_largest_issue_is_read_quickly() -> None:
    asked = FORMS["them-bai"]
    for filling in ("### Tên bài\n", "### Nội dung\n", "<!-- ", "<!-- -->", "`", "((", "đ ", "- [x] ", "\r"):
        body = render(asked, {"noi-dung": (filling * 65_000)[:65_000]})
        started = time.monotonic()
        answers = read_answers(body, (), tuple(FORMS.values()))
        assert answers is not None and time.monotonic() - started < 2


LINES = st.sampled_from(
    [
        *(f"### {field.label}" for field in FORMS["bao-sai"].fields),
        *("_No response_", "", "<!--", "-->", "---", "### Khác", "- [x] a", "```", "chữ", "\u202e", "😀", "\r"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=30))
def test_any_issue_can_be_read(lines: list[str]) -> None:
    answers = read_answers("\n".join(lines), (), tuple(FORMS.values()))
    if answers is not None and not answers.problems:
        assert all(answers[field.id].strip() for field in answers.form.fields if field.required)


_SEEN = st.characters(exclude_categories=["C"]).filter(lambda c: blank_characters(c) == c)
"""Letters that are not left out of an answer because nobody sees them."""
TEXT = st.text(_SEEN, min_size=1, max_size=60)


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXT.map(lambda t: " ".join(t.split())).filter(bool), min_size=4, max_size=4))
def test_answers_come_back_as_given(values: list[str]) -> None:
    form = FORMS["bao-sai"]
    given_answers = dict(zip((field.id for field in form.fields), values, strict=True))
    if any(v.startswith(("###", "_No")) or "<!--" in v for v in values):
        return
    answers = read_answers(render(form, given_answers), (), tuple(FORMS.values()))
    assert answers is not None and not answers.problems
    assert answers.texts == {k: unicodedata.normalize("NFC", v) for k, v in given_answers.items()}


def _line(words: str) -> str:
    return " ".join(words.split()) or "x"


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.one_of(TEXT, st.lists(TEXT, min_size=1, max_size=3))))
def test_entries_read_back_as_written(values: dict[str, Any]) -> None:
    clean = {k: list(map(_line, v)) if isinstance(v, list) else _line(v) for k, v in values.items()}
    if not clean:
        return
    data, problems = read_yaml(render_entry(clean), "")
    assert problems == [] and data is not None and data.data == [clean]


@pytest.mark.parametrize("value", ["a: b", "a #b", "- a", "'a", "null", "", "a ", "[a]", "*a", "\\x", "a\tb", "2"])
def test_scalar_reads_back(value: str) -> None:
    data, problems = read_yaml(f"- {render_scalar(value)}\n", "")
    assert problems == [] and data is not None and data.data == [value]


def test_an_error_refuses_a_draft_too_and_a_warning_becomes_a_question(
    real: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "sources/vocabularies/outlets.yml"
    faults = [Problem(path, 9, "tên miền đã có", "Xóa một mục"), Problem("a.md", 1, "x", "y", Severity.WARNING)]
    answers = dict(CASES[_index("nguyên văn có căn cứ")].values[0]["answers"])  # type: ignore[call-overload]
    issue = Issue(7, render(FORMS["them-bai"], answers))
    for problems, files in ((faults, 0), (faults[1:], 1)):
        monkeypatch.setattr(Repository, "new_problems", lambda *_, told=problems: told)
        proposal = propose(issue, FOLDER, real)
        assert proposal is not None
        assert len(proposal.files) == files
        assert ("tên miền đã có" in proposal.comment) == (not files)
        assert ("- [ ] x. y." in proposal.body) == bool(files)


def test_the_command_of_the_workflow(tmp_path: Path) -> None:
    answers = {"trang": "nguon/2023-11-20-mot-cua/", "dang-ghi": "Trần Bạc", "dung-la": "Trần Bạch", "can-cu": "có"}
    (tmp_path / "event.json").write_text(json.dumps(event(render(FORMS["bao-sai"], answers))), encoding="utf-8")
    command = [sys.executable, str(ROOT / "scripts/github_tasks.py"), "form", str(tmp_path / "event.json")]
    command += ["--out", str(tmp_path / "phieu"), "--sources", str(TOY)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd="/")
    assert done.returncode == 0, done.stderr
    result = json.loads((tmp_path / "phieu/phieu.json").read_text(encoding="utf-8"))
    assert result["branch"] == "phieu-7"
    assert result["files"] == ["sources/articles/bien-bac/2023-11-20-mot-cua.md"]
    text = (tmp_path / "phieu/tep" / result["files"][0]).read_text(encoding="utf-8")
    assert "author: Trần Bạch\n" in text


def test_no_line_of_a_form_is_a_command_to_the_runner(tmp_path: Path) -> None:
    answers = dict(CASES[_index("cơ quan trung ương")].values[0]["answers"])  # type: ignore[call-overload]
    answers["nhiem-vu"] = "chữ " * 26 + "::add-mask::chữ " * 9
    (tmp_path / "event.json").write_text(json.dumps(event(render(FORMS["co-quan-thay-doi"], answers))))
    command = [sys.executable, str(ROOT / "scripts/github_tasks.py"), "form", str(tmp_path / "event.json")]
    command += ["--out", str(tmp_path / "phieu")]
    lines = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    assert any(line.lstrip("| ").startswith("::") for line in lines)
    assert not any(line.lstrip().startswith("::") for line in lines)
