"""One rule book: whatever the templates of CONTRIBUTING.md and the issue forms make passes every check of a pull
request, the same that ``kiem-tra.yml`` runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml

from building import ROOT, build_docs, build_pages, build_site
from knowledge_base.github.answers import Issue, load_forms
from knowledge_base.github.propose import PROPOSERS, propose
from knowledge_base.github.repository import Repository
from knowledge_base.importing.formats import FORMATS, REGISTER
from knowledge_base.publish.site_links import broken_links
from test_github_forms import FOLDER, render

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TEMPLATE = re.compile(
    r"""
    ^ (?P<indent>[ ]*) ```(?:yaml|markdown) \n
    (?: \# [ ] (?P<path>sources/\S+\.yml) (?: : [ ] (?P<section>\w+) )? \n )?   # where it is to be pasted
    (?P<text> .*? ) ^ (?P=indent) ```
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
TEMPLATES = [match.groupdict() for match in TEMPLATE.finditer(TEXT)]
ENTRIES = [template for template in TEMPLATES if template["path"]]
PICTURES = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXT)
FORMS = {form.name: form for form in load_forms(FOLDER)}
SENT: list[tuple[str, dict[str, str]]] = [
    (case["form"], case["answers"])
    for case in yaml.safe_load((ROOT / "tests/cases/pull-requests.yml").read_text(encoding="utf-8"))
]
ON_SOURCES = ("themes", "relations", "bodies", "citations", "masthead", "provinces")
"""The tests whose cases or figures depend on the repository's own vocabularies."""


def test_there_is_a_template_for_each_kind_of_entry() -> None:
    files = {Path(template["path"]).name for template in ENTRIES}
    everything = {path.name for path in (ROOT / "sources/vocabularies").glob("*.yml")}
    without = {"provinces.yml", "former-provinces.yml", "phrases.yml"}
    assert everything - files == without, "tỉnh: đủ 64 tên và các đơn vị cũ; phrases.yml: chữ mới thêm vào mục đã có"


def test_there_is_a_filled_form_of_each_kind() -> None:
    assert {form for form, _ in SENT} == PROPOSERS.keys()


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's sources in which all templates are pasted, and then all forms proposed."""
    copy = Path(shutil.copytree(ROOT / "sources", tmp_path_factory.mktemp("de-nghi") / "sources"))
    for template in ENTRIES:
        _paste(copy.parent / template["path"], template["section"], template["text"])
    _write_article(copy)
    repository, made = Repository(copy), []
    before = {path: repository.read(path) for path in repository.files()}
    for number, (form, answers) in enumerate(SENT, 1):
        proposal = propose(Issue(number, render(FORMS[form], answers)), FOLDER, repository)
        assert proposal is not None and proposal.files, proposal
        made.append(proposal.files)
    for files in made:
        for path, text in files.items():
            _merge(copy.parent / path, before.get(path, ""), text)
    return copy


def _merge(target: Path, before: str, after: str) -> None:
    """Write a proposed file; what it adds at its end comes behind what others have added."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if before and after.startswith(before.rstrip()):
        after = target.read_text(encoding="utf-8").rstrip() + after.removeprefix(before.rstrip())
    target.write_text(after, encoding="utf-8")


def _paste(target: Path, section: str | None, entry: str) -> None:
    """Add an entry as it stands: at the end of its file, or at the head of the section that the template names."""
    text = target.read_text(encoding="utf-8") if target.exists() else ""
    if section:
        indented = "".join(f"  {line}" for line in entry.splitlines(keepends=True))
        text = text.replace(f"\n{section}:\n", f"\n{section}:\n{indented}\n", 1)
    else:
        text += entry
    target.write_text(text, encoding="utf-8")


def _write_article(sources: Path) -> None:
    """Write the template of an article, those of mended paragraphs and corrections in its head, and their words."""
    article, mended, corrections = (textwrap.dedent(template["text"]) for template in TEMPLATES if not template["path"])
    _, head, body = article.split("---\n")
    body += "\nBan tổ chức hội nghị đã phát Chỉ thị 34 để các cấp ủy, người đứng đầu nhận diện.\n"
    path = sources / "articles/vinh-long/2023-09-07-ten-bai-nhu-tren-bao.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\n{head}{mended}{corrections}---\n{body}", encoding="utf-8")


def test_check_tells_of_nothing(sources: Path) -> None:
    done = build_pages("--check", "--no-drafts", "--strict", "--sources", sources)
    assert (done.returncode, done.stderr) == (0, "")


def test_site_is_built_and_its_links_lead_somewhere(sources: Path, tmp_path: Path) -> None:
    site = build_site(build_docs(sources, tmp_path / "docs"), tmp_path)
    assert broken_links(site) == []


def test_the_tests_hold_with_them(sources: Path) -> None:
    files = [f"tests/test_{name}.py" for name in ON_SOURCES]
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "-k", "not linear", *files]
    environment = {**os.environ, "KB_SOURCES": str(sources)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_formats_that_are_read_are_named() -> None:
    (sentence,) = (line for line in TEXT.splitlines() if line.startswith("`dev.py add` nhận tệp"))
    named = set(re.findall(r"`(\.\w+)`", sentence))
    read = [set(kind.suffixes) for kind in FORMATS if kind.read and not any(kind.refuse)]
    assert [suffixes for suffixes in read if not suffixes & named] == []
    assert named <= set().union(REGISTER.suffixes, *read)


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_are_there(picture: str) -> None:
    assert (ROOT / picture).is_file()
