"""Editor help: schemas made of the validating definitions, wired for VS Code; templates that are valid."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from building import ROOT, TOY, build_pages
from knowledge_base.sources.articles.front_matter import FrontMatter
from knowledge_base.sources.editor_schemas import PROPOSED, render_schemas, write_schemas
from knowledge_base.sources.moves import MovedAddress
from knowledge_base.sources.vocabulary.entries import RECORDS, SECTIONS, TABLES
from knowledge_base.sources.vocabulary.fields import fields_at, fields_of
from knowledge_base.sources.vocabulary.validation import find_faults
from scanning import vocabulary

VOCABULARY = vocabulary()
RENDERED = render_schemas(VOCABULARY)
SCHEMAS: dict[str, Any] = {name: json.loads(text) for name, text in RENDERED.items()}
VS_CODE = ROOT / ".vscode"
MODELS = [FrontMatter, MovedAddress, RECORDS.schema, *(table.schema for table in TABLES)]
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


def _faults(schema: str, data: Any) -> list[str]:
    return [error.message for error in Draft7Validator(SCHEMAS[schema]).iter_errors(data)]


def _load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def _files() -> list[tuple[str, Path]]:
    found = []
    for sources in (ROOT / "sources", TOY):
        found += [(f"{p.stem}.schema.json", p) for p in sorted((sources / "vocabularies").glob("*.yml"))]
        found += [("documents.schema.json", p) for p in sorted((sources / "documents").glob("*.yml"))]
        found += [("article.schema.json", p) for p in sorted((sources / "articles").rglob("*.md"))]
    return found


def _read(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return _load(text.split("---\n")[1] if path.suffix == ".md" else text)


# ---- The files ----


def test_writing_schemas_again_changes_nothing(tmp_path: Path) -> None:
    assert write_schemas(tmp_path / "schemas", VOCABULARY) == len(RENDERED)
    assert write_schemas(tmp_path / "schemas", VOCABULARY) == 0
    assert {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "schemas").iterdir()} == RENDERED


def test_schemas_are_no_part_of_the_repository() -> None:
    """They are made by each build: nothing committed lags behind when somebody edits only the sources."""
    assert "/schemas/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", RENDERED)
def test_schemas_are_schemas(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])
    assert '"aka"' not in RENDERED[name]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_every_key_explains_itself_in_vietnamese(model: Any) -> None:
    for part in (fields_of(model), *(fields_at(model, (key,)) for key in fields_of(model))):
        for key, info in part.items():
            assert VIETNAMESE.search(info.title or ""), f"{model.__name__}.{key}"
            assert VIETNAMESE.search(info.description or ""), f"{model.__name__}.{key}"


# ---- They take what is right, and refuse what the build refuses ----


@pytest.mark.parametrize(("schema", "path"), _files(), ids=lambda v: v if isinstance(v, str) else v.stem)
def test_present_files_are_taken(schema: str, path: Path) -> None:
    assert _faults(schema, _read(path)) == []


GOOD = {"title": "Bài", "outlet": "bao-nghe-an", "published": "2023-09-07", "province": "nghe-an"}
BAD = [
    {"titel": "Bài"},
    {"title": None},
    {"title": ["Bài"]},
    {"title": ""},
    {"published": "7/9/2023"},
    {"published": "2023-9-7"},
    {"evidence": "toàn văn"},
    {"rights": "cua-toi"},
    {"corrections": {"find": "a", "is": "none"}},
    {"corrections": [{"find": "a"}]},
    {"corrections": [{"find": "a", "is": "none", "finds": "b"}]},
]
BAD_ENTRIES = [
    ("documents.schema.json", RECORDS.schema, {"id": "Chỉ thị", "type": "chi-thi"}),
    ("documents.schema.json", RECORDS.schema, {"id": "a-1"}),
    ("documents.schema.json", RECORDS.schema, {"id": "a-1", "type": "chi-thi", "title": "Tên"}),
    ("documents.schema.json", RECORDS.schema, {"id": "a-1", "type": "chi-thi", "title": {"value": "Tên"}}),
    (
        "documents.schema.json",
        RECORDS.schema,
        {"id": "a-1", "type": "chi-thi", "issuer": {"value": "a", "evidence": [{"host": "a", "kind": "D"}]}},
    ),
    ("outlets.schema.json", TABLES[5].schema, {"id": "bao-a", "name": "Báo A", "marks": "BA"}),
    ("provinces.schema.json", TABLES[2].schema, {"id": "a", "name": "A", "periods": []}),
    ("provinces.schema.json", TABLES[2].schema, {"id": "a", "name": "A", "periods": [{"kind": "tỉnh"}]}),
    ("document-types.schema.json", TABLES[0].schema, {"id": "a", "name": "A", "sides": ["dang"], "rank": "sáu"}),
    ("relations.schema.json", TABLES[7].schema, {"id": "a", "name": "A", "inverse": "B", "cues": [], "effect": "đúng"}),
]


@pytest.mark.parametrize("change", BAD, ids=lambda c: next(iter(c)))
def test_what_the_build_refuses_in_an_article_is_refused(change: dict[str, Any]) -> None:
    assert _faults("article.schema.json", GOOD) == []
    data = {**GOOD, **change}
    assert find_faults(FrontMatter, data)[1]
    assert _faults("article.schema.json", data)


@pytest.mark.parametrize(("schema", "model", "entry"), BAD_ENTRIES, ids=lambda v: v if isinstance(v, str) else "")
def test_what_the_build_refuses_in_a_list_is_refused(schema: str, model: Any, entry: dict[str, Any]) -> None:
    assert find_faults(model, entry)[1]
    assert _faults(schema, [entry])


def test_an_id_that_is_not_proposed_is_taken() -> None:
    """An outlet added a minute ago on the web page is no mistake."""
    assert _faults("article.schema.json", {**GOOD, "outlet": "bao-moi-them"}) == []
    proposed = SCHEMAS["article.schema.json"]["definitions"][f"{PROPOSED}-outlets"]["anyOf"][0]
    assert (
        dict(zip(proposed["enum"], proposed["markdownEnumDescriptions"], strict=True))["bao-nghe-an"] == "Báo Nghệ An"
    )


def test_numbers_and_dates_need_no_quotation_marks() -> None:
    """Editors read 2023 as a number; the build reads everything as text."""
    assert _faults("article.schema.json", {**GOOD, "title": 2023, "published": 2023}) == []


# ---- VS Code ----


def test_every_data_file_has_its_schema_in_vs_code() -> None:
    settings = json.loads((VS_CODE / "settings.json").read_text(encoding="utf-8"))
    wired = {Path(schema).name: pattern for schema, pattern in settings["yaml.schemas"].items()}
    assert wired.keys() == RENDERED.keys() - {"article.schema.json"}
    for file in SECTIONS:
        assert wired[f"{Path(file).stem}.schema.json"] == f"sources/vocabularies/{file}"
    recommended = json.loads((VS_CODE / "extensions.json").read_text(encoding="utf-8"))
    assert recommended["recommendations"] == ["redhat.vscode-yaml"]


def test_the_check_task_reads_our_lines() -> None:
    task = json.loads((VS_CODE / "tasks.json").read_text(encoding="utf-8"))["tasks"][0]
    assert task["args"] == ["scripts/build_pages.py", "--check"]
    matchers = {m["severity"]: m["pattern"] for m in task["problemMatcher"]}
    lines = build_pages("--sources", TOY, "--check").stderr.splitlines()
    error = "sources/articles/a b/2023-a.md:7: không có nguồn. Sửa."
    for line, severity in ((lines[0], "warning"), (error, "error")):
        hits = [name for name, pattern in matchers.items() if re.match(pattern["regexp"], line)]
        assert hits == [severity]
        match = re.match(matchers[severity]["regexp"], line)
        assert match
        assert match[matchers[severity]["line"]].isdigit()
        assert match[matchers[severity]["file"]].startswith("sources/articles/")


SNIPPETS: dict[str, Any] = json.loads((VS_CODE / "kho.code-snippets").read_text(encoding="utf-8"))
_CHOICE = re.compile(r"\$\{\d+\|([^,|]*)[^|]*\|\}")
_FILLED = re.compile(r"\$\{\d+:((?:\\\}|[^}])*)\}|\$\d+")
PLACES = {
    "kb-van-ban": ("documents.schema.json", "- "),
    "kb-quan-he": ("documents.schema.json", "- id: a-1\n  type: chi-thi\n"),
    "kb-bao": ("outlets.schema.json", ""),
    "kb-chu-de": ("themes.schema.json", ""),
    "kb-co-quan": ("bodies.schema.json", "kinds:\n"),
    "kb-ket-thuc": ("bodies.schema.json", "bodies:\n"),
    "kb-tinh": ("provinces.schema.json", ""),
    "kb-dia-chi": ("addresses.schema.json", ""),
    "kb-bai": ("article.schema.json", ""),
    "kb-dinh-chinh": ("article.schema.json", "title: a\noutlet: b\n"),
}


def _filled(snippet: dict[str, Any]) -> str:
    """The text of a template with its first choices, as when the maintainer only presses Tab."""
    text = _CHOICE.sub(lambda m: m[1], "\n".join(snippet["body"]))
    return _FILLED.sub(lambda m: (m[1] or "").replace("\\}", "}"), text)


@pytest.mark.parametrize("name", SNIPPETS)
def test_templates_are_valid(name: str) -> None:
    snippet = SNIPPETS[name]
    prefix = snippet["prefix"][0]
    schema, before = PLACES[prefix]
    text = _filled(snippet)
    assert "$" not in text
    assert snippet["scope"] == ("markdown" if schema == "article.schema.json" else "yaml")
    if prefix == "kb-bai":
        text = text.split("---\n")[1]
    assert _faults(schema, _load((before if before != "- " else "") + text)) == []


def test_there_is_a_template_for_each_kind_of_file() -> None:
    assert {snippet["prefix"][0] for snippet in SNIPPETS.values()} == PLACES.keys()


# ---- The manual ----


def test_the_manual_lists_the_keys_of_an_article() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.split("## Các khóa ở đầu bài")[1].split("\n## ")[0]
    rows = re.findall(r"(?m)^\| `(\w+)` \| (có|) ?\| (.+?) \|$", table)
    keys = {key: info.is_required() for key, info in fields_of(FrontMatter).items()}
    assert {key: bool(needed) for key, needed, _ in rows} == keys
