"""A page kind is a view, a template and a row: with these three the site has a new one, found and linked everywhere."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from building import ROOT, TOY
from knowledge_base.publish.pages import kinds

VIEW = '''"""What the page of an outlet shows: its articles."""
from ..view import View
VIEW = View(
    lambda index: index.kb.vocabulary.outlets,
    lambda site, outlet: {"articles": [a for a in site.kb.articles.values() if a.article.outlet == outlet.id]},
    lambda _, outlet: f"Các bài của {outlet.name}",
)
'''
TEMPLATE = '# Báo\n\n{% for a in articles %}\n- {{ site.link("nguon", a.id) }}\n{% endfor %}\n'
MODULE = '__import__("importlib").import_module(f"{__package__}.views.outlet")'
ROW = f'PageKind("bao", "Báo", {MODULE}.VIEW, "o.md.j2",'


def test_a_new_kind_takes_three_places(tmp_path: Path) -> None:
    scripts = Path(shutil.copytree(ROOT / "scripts", tmp_path / "scripts"))
    shutil.copytree(ROOT / "sources/vocabularies", tmp_path / "sources/vocabularies")
    pages = scripts / "knowledge_base" / "publish" / "pages"
    (pages / "views" / "outlet.py").write_text(VIEW, encoding="utf-8")
    (pages / "templates" / "o.md.j2").write_text(TEMPLATE, encoding="utf-8")
    kinds = (pages / "kinds.py").read_text(encoding="utf-8")
    row = f"PAGE_KINDS = (\n    {ROW} search_rank=0.4),"
    (pages / "kinds.py").write_text(kinds.replace("PAGE_KINDS = (", row), encoding="utf-8")
    docs = tmp_path / "docs"
    command = [sys.executable, str(scripts / "build_pages.py"), "--sources", str(TOY), "--docs", str(docs)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "](../nguon/" in (docs / "bao/bao-song-may.md").read_text(encoding="utf-8")
    assert "[Báo Sông Mây](bao-song-may.md)" in (docs / "bao/index.md").read_text(encoding="utf-8")
    assert "[Báo Sông Mây](../bao/bao-song-may.md)" in (docs / "tra-cuu/a-z.md").read_text(encoding="utf-8")
    assert "./?loai=bao" in (docs / "tra-cuu/index.md").read_text(encoding="utf-8")
    assert "bao/bao-song-may/" in (docs / "du-lieu/dia-chi.txt").read_text(encoding="utf-8")
    core = json.loads((docs / "tra-cuu/chi-muc/co-so.json").read_text(encoding="utf-8"))
    assert ["bao", "Báo", 0.4, ""] in core["loaiTrang"] and "bao-1" in core["phan"]


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ({"name": " "}, "name để trống"),
        ({"position": 0}, "position 0 không phải số thứ tự"),
        ({"position": "2"}, "position '2' không phải số thứ tự"),
        ({"search_rank": 5}, "search_rank 5 không nằm từ 0 đến 1"),
        ({"search_rank": "0.5"}, "search_rank '0.5' không nằm từ 0 đến 1"),
        ({"invites": "some"}, "invites 'some' không có nghĩa"),
        ({"asked_as": "tìm bài"}, "asked_as phải là một bộ"),
        ({"view": None}, "view không phải một View"),
        ({"template": "khong-co.md.j2"}, "không có mẫu trang"),
    ],
)
def test_an_odd_value_in_a_row_is_told(monkeypatch: pytest.MonkeyPatch, odd: dict[str, Any], told: str) -> None:
    first, *others = kinds.PAGE_KINDS
    monkeypatch.setattr(kinds, "PAGE_KINDS", (replace(first, **odd), *others))
    problems = list(kinds.check_kinds())
    assert any(told in problem.message for problem in problems)
