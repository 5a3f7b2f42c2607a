"""Statements: what a point or an excerpt says, with its source; how it is named and exported."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from building import TOY, read_knowledge, real_knowledge
from knowledge_base.core.paragraphs import ANCHOR
from knowledge_base.meaning.knowledge.entities import ArticleEntry, KnowledgeBase
from knowledge_base.publish import statements
from knowledge_base.publish.packs.tray_data import render_statements
from knowledge_base.publish.pages.index import Index
from knowledge_base.publish.pages.site import Site
from knowledge_base.publish.statements import (
    SourcedStatement,
    article_code,
    document_statements,
    excerpt_statement,
    part_letters,
    task_statement,
    theme_statements,
)


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    found, problems = read_knowledge(TOY)
    assert found is not None, problems
    return found


@pytest.fixture(scope="module")
def site(kb: KnowledgeBase) -> Site:
    return Site(Index(kb), "")


def _said(found: list[SourcedStatement], words: str) -> SourcedStatement:
    return next(statement for statement in found if words in statement.words)


def _exported(kb: KnowledgeBase) -> dict[str, Any]:
    (data,) = render_statements(kb).values()
    return dict(json.loads(data))


def test_a_point_says_who_must_do_what_and_where_it_stands(site: Site) -> None:
    found = document_statements(site, "chi-thi-34-ct-tu-song-may-2023")
    said = _said(found, "cấp dưới")
    assert said.words == "Người đứng đầu các cơ quan: chịu trách nhiệm khi để cấp dưới đùn đẩy, né tránh."
    assert said.source == (
        "Chỉ thị số 34-CT/TU, ngày 05-09-2023 của Ban Thường vụ Tỉnh ủy Sông Mây; "
        "theo Báo Sông Mây, 07-09-2023, bài “Tỉnh ủy Sông Mây siết kỷ cương”."
    )
    assert said.document == "chi-thi-34-ct-tu-song-may-2023"
    assert said.mark == "chưa kiểm tra hiệu lực, căn cứ đã thay đổi"
    assert not said.verbatim
    page, _, anchor = said.address.partition("#")
    assert page == "nguon/2023-09-07-siet-ky-cuong/"
    assert re.fullmatch(ANCHOR, anchor)


def test_bodies_of_the_past_are_told_with_those_of_today(site: Site) -> None:
    found = document_statements(site, "chi-thi-34-ct-tu-song-may-2023")
    assert _said(found, "tuyên truyền").words.startswith(
        "Ban Tuyên giáo Tỉnh ủy Sông Mây (nay: Ban Tuyên giáo và Dân vận Tỉnh ủy Sông Mây, chưa kiểm tra) (phối hợp: "
    )


def test_a_deadline_is_said_once(site: Site) -> None:
    task = next(t for t in site.kb.tasks if t.deadline)
    assert task.deadline is not None
    assert task_statement(site, task).words.count(task.deadline) == 1
    elsewhere = replace(task, deadline="trước quý II")
    assert task_statement(site, elsewhere).words.endswith("(hạn: trước quý II).")


def test_what_somebody_else_says_is_not_the_documents_own(site: Site) -> None:
    task = next(t for t in site.kb.tasks if t.document is None)
    told = task_statement(site, replace(task, assigner=None, assigner_name="Bí thư Tỉnh ủy Sông Mây"))
    assert told.speaker == "Bí thư Tỉnh ủy Sông Mây"
    assert told.told == f"Bí thư Tỉnh ủy Sông Mây: {told.words}"
    assert told.source.startswith("Báo Sông Mây")
    assert "; theo " not in told.source


def test_a_statement_alone_tells_who_says_it_and_where(site: Site) -> None:
    """A document's point: who issued it; an excerpt: its own words, else the place, unless it speaks of elsewhere."""
    own = document_statements(site, "chi-thi-34-ct-tu-song-may-2023")
    assert {s.speaker for s in own} == {"Ban Thường vụ Tỉnh ủy Sông Mây"}
    for theme in site.kb.themes:
        for said in theme_statements(site, theme):
            article = site.kb.articles[said.address.split("/")[1]]
            place = site.place(article.province)
            elsewhere = "Trung ương" in said.words or "Chính phủ" in said.words or "Bộ " in said.words
            assert article.province is None or place in said.told or elsewhere, said


def test_the_speaker_is_no_part_of_what_a_shared_tray_remembers(site: Site) -> None:
    task = next(t for t in site.kb.tasks if t.document is None)
    one, other = (task_statement(site, replace(task, assigner=None, assigner_name=name)) for name in ("A", "B"))
    assert (one.choice, one.words) == (other.choice, other.words)
    assert one.speaker != other.speaker


def test_a_statement_tells_what_finds_it(site: Site) -> None:
    own = document_statements(site, "chi-thi-34-ct-tu-song-may-2023")
    assert {s.look_up for s in own} == {"34-CT/TU Sông Mây"}


def test_words_of_the_source_are_told_from_our_digest(site: Site) -> None:
    verbatim = document_statements(site, "nghi-quyet-05-nq-tu-song-may-2025")
    assert [s.verbatim for s in verbatim] == [True]


def test_an_excerpt_that_is_a_point_is_the_same_statement(site: Site) -> None:
    """Ticked on the page of a theme, it is ticked on the page of its document."""
    points = {s.choice for task in site.kb.tasks for s in [task_statement(site, task)]}
    excerpts = {s.choice for theme in site.kb.themes for s in theme_statements(site, theme)}
    assert points & excerpts
    assert excerpts - points


def test_a_paragraph_with_two_points_keeps_them_apart(site: Site) -> None:
    keys = [task_statement(site, task) for task in site.kb.tasks]
    twice = next(s for s in keys if sum(other.key == s.key for other in keys) == 2)
    assert len({s.choice for s in keys if s.key == twice.key}) == 2


def test_other_words_have_another_digest_and_the_same_key(site: Site) -> None:
    task = site.kb.tasks[0]
    before, after = task_statement(site, task), task_statement(site, replace(task, task=f"{task.task} ngay"))
    assert before.key == after.key
    assert before.digest != after.digest


def test_a_choice_is_short_and_survives_what_people_do_to_addresses(kb: KnowledgeBase) -> None:
    for key, rows in _exported(kb)["statements"].items():
        assert re.fullmatch(r"[a-z2-7]{12}(-\d{1,4})?", key)
        assert all(re.fullmatch("[a-z2-7]{6}", row["digest"]) for row in rows)


def test_all_that_pages_show_is_exported(kb: KnowledgeBase, site: Site) -> None:
    exported = {f"{key}~{row['digest']}" for key, rows in _exported(kb)["statements"].items() for row in rows}
    shown = {task_statement(site, task).choice for task in kb.tasks}
    shown |= {s.choice for theme in kb.themes for s in theme_statements(site, theme)}
    shown |= {s.choice for document in kb.documents for s in document_statements(site, document)}
    assert exported == shown


def test_a_mended_paragraph_is_found_under_its_earlier_anchor() -> None:
    real = real_knowledge()
    entry = next(a for a in real.articles.values() if any(a.earlier_anchors))
    data = _exported(real)
    index = next(
        i for i, old in enumerate(entry.earlier_anchors) if old and _key(entry, entry.anchors[i]) in data["statements"]
    )
    for old in entry.earlier_anchors[index]:
        assert data["earlier"][_key(entry, old)] == _key(entry, entry.anchors[index])


def _key(entry: ArticleEntry, anchor: str) -> str:
    return article_code(entry.id) + anchor.removeprefix("d-")


def test_many_statements_are_cut_by_their_first_letters(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _exported(kb)["statements"]
    monkeypatch.setattr(statements, "PART", 3)
    parts = {path: json.loads(data)["statements"] for path, data in render_statements(kb).items()}
    assert part_letters(kb) == 1
    for path, part in parts.items():
        assert {f"y-da-chon/y-{key[0]}.json" for key in part} == {path}
    assert {key: rows for part in parts.values() for key, rows in part.items()} == whole


def test_a_base_without_statements_gives_an_empty_file() -> None:
    real = real_knowledge()
    empty = replace(real, tasks=(), mentions={})
    assert _exported(empty) == {"statements": {}, "whole": {}, "earlier": {}}


def test_every_statement_has_its_whole_paragraph(kb: KnowledgeBase, site: Site) -> None:
    data = _exported(kb)
    assert data["whole"].keys() == data["statements"].keys()
    for key, whole in data["whole"].items():
        article, anchor = whole["address"].removeprefix("nguon/").split("/#")
        entry = site.kb.articles[article]
        assert whole["words"].startswith(entry.article.paragraphs[entry.anchors.index(anchor)].text.strip())
        assert whole["source"].endswith(".") and _key(entry, anchor) == key


def test_the_same_excerpt_of_two_themes_is_one(site: Site) -> None:
    for theme in site.kb.themes:
        choices = [s.choice for s in theme_statements(site, theme)]
        assert len(choices) == len(set(choices))
    reference = next(iter(site.kb.mentions.values()))[0]
    assert excerpt_statement(site, reference) == excerpt_statement(site, reference)
