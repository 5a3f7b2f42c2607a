"""The templates of CONTRIBUTING.md work as they stand: each, pasted into its file, makes sound sources."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from knowledge_base.sources.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```yaml\n# (sources/\S+\.yml)(?:: (\w+))?\n(.*?)```", re.DOTALL)
TEMPLATES = BLOCK.findall(TEXT)
PICTURES = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXT)


def test_there_is_a_template_for_each_kind_of_entry() -> None:
    files = {Path(path).name for path, _, _ in TEMPLATES}
    everything = {path.name for path in (ROOT / "sources/vocabularies").glob("*.yml")}
    assert everything - files == {"provinces.yml"}, "chỉ danh mục tỉnh không có mẫu: đủ 64 tên"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: Path(t[0]).stem + t[1])
def test_template_makes_sound_sources(template: tuple[str, str, str], tmp_path: Path) -> None:
    path, section, entry = template
    sources = shutil.copytree(ROOT / "sources", tmp_path / "sources")
    target = tmp_path / path
    text = target.read_text(encoding="utf-8")
    if section:
        entry = "".join(f"  {line}" for line in entry.splitlines(keepends=True))
        text = text.replace(f"\n{section}:\n", f"\n{section}:\n{entry}\n", 1)
    else:
        text += entry
    target.write_text(text, encoding="utf-8")
    _, problems = load_vocabulary(sources)
    assert not problems


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_are_there(picture: str) -> None:
    assert (ROOT / picture).is_file()
