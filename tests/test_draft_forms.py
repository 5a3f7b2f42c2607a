"""One article in every form people have it in gives one draft: the same values, words, questions."""

from __future__ import annotations

from pathlib import Path

import pytest

for package in ("lxml", "docx", "pypdfium2"):
    pytest.importorskip(package, reason="cần các gói trong requirements-import.txt")

from knowledge_base.drafts.draft import Draft, make_draft  # noqa: E402
from knowledge_base.importing.formats import read_article_bytes  # noqa: E402
from knowledge_base.sources.articles.corpus import Corpus  # noqa: E402
from knowledge_base.sources.articles.digest import MARK  # noqa: E402
from making import FIXTURE  # noqa: E402
from scanning import vocabulary  # noqa: E402
from test_import_formats import FORMS, OLD_LETTERS, SEED_FILES, SEED_FORMS, seed_article  # noqa: E402

HEAD = ("title", "outlet", "author", "published", "province", "document")


def draft_of(data: bytes, name: str, corpus: Corpus | None = None) -> Draft:
    article, problems = read_article_bytes(data, name, vocabulary())
    assert article is not None, problems
    return make_draft(article, corpus or Corpus(), vocabulary())


def body_of(draft: Draft) -> list[str]:
    """The lines below the mark."""
    lines = [line.removeprefix("- ") for line in draft.text.split("---\n", 2)[2].split("\n") if line]
    assert lines[0].startswith(MARK)
    return lines[1:]


def head_of(draft: Draft) -> dict[str, object]:
    return {key: getattr(draft.article, key) for key in HEAD}


def same(form: str, value: object) -> object:
    """A value as it can be compared: old letters do not tell capitals."""
    return str(value).lower() if form in OLD_LETTERS or value is None else str(value)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_one_draft(form: str) -> None:
    suffix, made = FORMS[form]
    draft, plain = draft_of(made(FIXTURE), f"bai{suffix}"), draft_of(FORMS["text"][1](FIXTURE), "bai.txt")
    assert [same(form, line) for line in body_of(draft)] == [same(form, line) for line in FIXTURE.paragraphs]
    for key in HEAD:
        if key != "author":  # letterheads print names in capitals
            assert same(form, head_of(draft)[key]) == same(form, head_of(plain)[key]), key
    assert (draft.article.author or "").lower() == "lê văn mẫu"
    assert not [question for question in draft.questions if question.must]


@pytest.mark.parametrize("form", FORMS)
def test_second_form_is_known_as_there_already(form: str) -> None:
    first = draft_of(FORMS["news page"][1](FIXTURE), "bai.html")
    corpus = Corpus(drafts=(first.article,), ids=frozenset({first.article.id}))
    suffix, made = FORMS[form]
    second = draft_of(made(FIXTURE), f"bai{suffix}", corpus)
    assert [problem.message for problem in second.problems if first.article.path in problem.message]
    assert second.path != first.path


@pytest.mark.skipif(not SEED_FILES, reason="thư mục ../shared/seeds không có ở đây")
@pytest.mark.parametrize("form", SEED_FORMS)
@pytest.mark.parametrize("path", SEED_FILES, ids=lambda p: p.stem)
def test_real_articles(path: Path, form: str) -> None:
    made = seed_article(path)
    suffix, make = FORMS[form]
    draft, plain = draft_of(make(made), f"bai{suffix}"), draft_of(FORMS["text"][1](made), "bai.txt")
    found, want = [same(form, p) for p in body_of(draft)], [same(form, p.removeprefix("- ")) for p in made.paragraphs]
    assert sum(p in found for p in want) >= 0.99 * len(want), [p for p in want if p not in found]
    assert sum(p not in want for p in found) <= 0.01 * len(found), [p for p in found if p not in want]
    raw = draft_of(path.read_bytes(), "bai.txt")
    for key in HEAD:
        shown = (plain, raw) if key == "outlet" else (plain,)  # a page bears it also without the sign below the text
        assert same(form, head_of(draft)[key]) in {same(form, head_of(one)[key]) for one in shown}, key
