"""What the toy corpus must give: who is who, what stays open, whose words are shown."""

from __future__ import annotations

import html
import re
import shutil
import unicodedata
from pathlib import Path
from typing import get_args

import pytest

from building import TOY, build_pages, read_knowledge
from knowledge_base.meaning.knowledge.bodies import CHANGES
from knowledge_base.meaning.knowledge.entities import Kind, KnowledgeBase
from knowledge_base.sources.vocabulary.schemas import Succession

SAME_NUMBER = (
    "chi-thi-34-ct-tu-bien-bac-2018",
    "chi-thi-34-ct-tu-bien-bac-nhiem-ky-2020-2025",
    "chi-thi-34-ct-tu-song-may-2017",
    "chi-thi-34-ct-tu-song-may-2023",
)
TWO_BLOCKS = (
    "nghi-quyet-05-nq-duk-dang-uy-khoi-cac-co-quan-bien-bac-2022",
    "nghi-quyet-05-nq-duk-dang-uy-khoi-doanh-nghiep-bien-bac-2022",
)
TWO_DISTRICTS = (
    "nghi-quyet-08-nq-hu-huyen-uy-suoi-trong-doi-gio-2022",
    "nghi-quyet-08-nq-hu-huyen-uy-go-nang-doi-gio",
)
DISTRICT_AND_PROVINCE = (
    "ke-hoach-15-kh-ubnd-uy-ban-nhan-dan-huyen-suoi-trong-doi-gio-2022",
    "ke-hoach-15-kh-ubnd-doi-gio-2022",
)
NATIONAL = "2022-05-10-ba-noi-mot-so"
UNDATED = "khong-ro-ngay-hoi-nghi-quan-triet"


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    found, problems = read_knowledge(TOY)
    assert found is not None, problems
    return found


def _page(docs: Path, name: str) -> str:
    return (docs / f"{name}.md").read_text(encoding="utf-8")


def _means(kb: KnowledgeBase, article: str, words: str) -> list[str | None]:
    """Return what each mention of ``words`` in an article means, in order."""
    entry = kb.articles[article]
    links = (k for k in entry.links if k.kind is Kind.DOCUMENT)
    return [k.resolution.id for k in links if words in entry.article.text[k.start : k.end]]


# ---- One number, two provinces, two terms ----


def test_one_number_is_four_documents(kb: KnowledgeBase, toy_docs: Path) -> None:
    assert tuple(d for d in kb.documents if kb.documents[d].number == "34-CT/TU") == SAME_NUMBER
    for own in SAME_NUMBER:
        page = _page(toy_docs, f"van-ban/{own}")
        section = page.split("## Văn bản khác mang cùng số, ký hiệu")[1].split("\n## ")[0]
        assert set(re.findall(r"\]\(([\w-]+)\.md\)", section)) == set(SAME_NUMBER) - {own}


@pytest.mark.parametrize(
    ("article", "words", "expected"),
    [
        ("2023-09-07-siet-ky-cuong", "34-CT/TU", [SAME_NUMBER[3], SAME_NUMBER[3], SAME_NUMBER[2]]),
        ("2018-06-15-don-song", "34-CT/TU", [SAME_NUMBER[0]]),
        ("2023-11-20-mot-cua", "34-CT/TU", [SAME_NUMBER[1], SAME_NUMBER[1]]),
        ("2022-06-20-hai-dang-uy-khoi", "05-NQ/ĐUK", [*TWO_BLOCKS, None]),
        ("2022-08-15-huyen-uy-cung-so", "08-NQ/HU", list(TWO_DISTRICTS)),
        ("2022-08-15-huyen-uy-cung-so", "15/KH-UBND", list(DISTRICT_AND_PROVINCE)),
        ("2022-09-09-chua-ro-huyen-nao", "08-NQ/HU", [None]),
        ("2022-09-09-chua-ro-huyen-nao", "15/KH-UBND", [None]),
        ("2022-09-09-chua-ro-huyen-nao", "16/KH-UBND", ["ke-hoach-16-kh-ubnd-doi-gio"]),
        ("2024-02-05-dinh-chinh", "34-CT/TU", [SAME_NUMBER[1]]),
        (NATIONAL, "34-CT/TU", [None, SAME_NUMBER[0], SAME_NUMBER[2]]),
        (UNDATED, "34-CT/TU", [None]),
    ],
)
def test_each_citation_means_the_right_one_or_stays_open(
    kb: KnowledgeBase, article: str, words: str, expected: list[str | None]
) -> None:
    assert _means(kb, article, words) == expected


def test_no_excerpt_of_another_document(kb: KnowledgeBase) -> None:
    """A page shows the articles that mean its document and no others."""
    named = {d: {r.article for r in kb.mentions[Kind.DOCUMENT, d]} for d in SAME_NUMBER}
    assert named == {
        SAME_NUMBER[0]: {"2018-06-15-don-song", NATIONAL},
        SAME_NUMBER[1]: {"2023-11-20-mot-cua", "2024-02-05-dinh-chinh"},
        SAME_NUMBER[2]: {"2023-09-07-siet-ky-cuong", NATIONAL},
        SAME_NUMBER[3]: {"2023-09-07-siet-ky-cuong"},
    }


@pytest.mark.parametrize(
    ("article", "line", "candidates"),
    [(UNDATED, 7, SAME_NUMBER[2:]), (NATIONAL, 7, (SAME_NUMBER[0], SAME_NUMBER[2]))],
)
def test_open_citation_is_shown_and_told(toy_docs: Path, article: str, line: int, candidates: tuple[str, ...]) -> None:
    doubts = _page(toy_docs, f"nguon/{article}").split("## Chưa xác định được")[1].split("\n## ")[0]
    assert "“Chỉ thị số 34-CT/TU”" in doubts
    assert all(f"../van-ban/{c}.md" in doubts for c in candidates)
    told = build_pages("--sources", TOY, "--check").stderr.splitlines()
    (warning,) = (t for t in told if f"{article}.md:{line}: cảnh báo: " in t)
    assert all(c in warning for c in candidates)


def test_document_younger_than_the_article_is_no_candidate(kb: KnowledgeBase) -> None:
    """An article of 2022 cannot mean a directive of 2023."""
    links = kb.articles[NATIONAL].links
    (candidates,) = (k.resolution.candidates for k in links if k.resolution.candidates)
    assert SAME_NUMBER[3] not in candidates


# ---- Documents that are hardly known ----


def test_unnumbered_document_has_a_page_and_is_announced(kb: KnowledgeBase, toy_docs: Path) -> None:
    document = kb.documents["van-ban-gio-giac-doi-gio-2021"]
    assert document.number is None
    assert document.announced_by == ("2021-khoi-co-quan-giu-gio-giac",)
    page = _page(toy_docs, f"van-ban/{document.id}")
    assert "# Văn bản về giờ giấc làm việc" in page
    assert "chưa rõ (nguồn không nêu số)" in html.unescape(page)


def test_named_document_means_its_own_province(kb: KnowledgeBase) -> None:
    wanted = "nghi-quyet-dai-hoi-dang-bo-tinh-doi-gio-lan-thu-ix"
    assert wanted in _means(kb, "2021-khoi-co-quan-giu-gio-giac", "Đại hội")


@pytest.mark.parametrize(
    ("document", "level"),
    [
        ("nghi-dinh-91-2023-nd-cp", "bài báo có nhắc tên"),
        ("quy-dinh-1203-qd-tw-2025", "bài báo có nhắc tên"),
        ("nghi-quyet-902-2025-qh15", "các trang ghi ở cuối trang này"),
        ("nghi-quyet-05-nq-tu-song-may-2025", "toàn văn của văn bản"),
        ("chi-thi-34-ct-tu-song-may-2023", "bài báo tường thuật"),
    ],
)
def test_every_known_document_has_a_page(toy_docs: Path, document: str, level: str) -> None:
    assert re.search(rf"Kho biết văn bản qua\W+{level}\b", _page(toy_docs, f"van-ban/{document}"))


def test_replaced_document_says_by_what(toy_docs: Path) -> None:
    page = _page(toy_docs, "van-ban/quy-dinh-991-qd-tw-2022")
    answer = next(line for line in page.splitlines() if line.startswith("- **Tình trạng:**"))
    assert "Được thay thế" in answer
    assert "[Quy định 1203-QĐ/TW](quy-dinh-1203-qd-tw-2025.md)" in answer
    numbers = re.findall(r'<a href="#nguon-(\d+)">', answer)
    (foot,) = (line for line in page.splitlines() if line.startswith(f'<li id="nguon-{numbers[0]}">'))
    assert len(numbers) == 1 and "Báo Cả Nước" in foot, "tình trạng nêu nguồn"
    assert "| Tình trạng" not in page, "thẻ chỉ có điều mà khung trả lời không nói"


def test_the_card_says_nothing_that_the_answer_box_says(kb: KnowledgeBase, toy_docs: Path) -> None:
    for document in kb.documents.values():
        box, _, rest = _page(toy_docs, f"van-ban/{document.id}").partition('<details class="kb-the-ben"')
        card = rest.partition("</details>")[0]
        rows = [line.split(" | ")[0].removeprefix("| ") for line in card.splitlines() if line.startswith("| ")]
        assert not {"Cơ quan ban hành", "Ngày ban hành", "Tình trạng"} & set(rows), document.id
        assert ("Trích yếu" in rows) == (not document.title), document.id
        assert "- **Ban hành:** " in box and rows.count("Theo một nguồn") <= 1


def test_what_nobody_has_read_is_said_in_one_box_that_leads_on(kb: KnowledgeBase, toy_docs: Path) -> None:
    """Of documents whose demands are unknown: one box, with the editor's note, and links to where to read on."""
    unread = 0
    for document in kb.documents.values():
        page = _page(toy_docs, f"van-ban/{document.id}")
        top = page.partition("\n## ")[0]
        if "kb-chua-doc" not in page:
            assert "Kho chưa có tóm lược văn bản này" not in page
            continue
        unread += 1
        box = top.partition('<div class="kb-chua-doc" markdown>')[2].partition("</div>")[0]
        links = re.findall(r'\]\((?!#)[^)]+\)|href="[^"]+"', box)
        assert links and all(document.id not in link for link in links), document.id
        assert "luu-y--dau" not in top and "!!! note" not in page, document.id
        note = (document.record and document.record.note) or ""
        assert "## Văn bản yêu cầu gì" not in page and note in html.unescape(box), document.id
    assert unread


def test_unknown_status_is_said(toy_docs: Path) -> None:
    assert "Chưa kiểm tra" in _page(toy_docs, "van-ban/chi-thi-34-ct-tu-song-may-2023")


# ---- Corrections ----


def test_correction_overrules_the_words(kb: KnowledgeBase) -> None:
    assert _means(kb, "2024-02-05-dinh-chinh", "43-CT/TU") == [SAME_NUMBER[1]]
    assert not [d for d in kb.documents if "43-ct-tu" in d or "12-kh-tu" in d]
    assert _means(kb, "2024-02-05-dinh-chinh", "12-KH/TU") in ([], [None])


def test_correction_may_name_a_theme(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "toy")
    path = tmp_path / "toy/articles/bien-bac/2024-02-05-dinh-chinh.md"
    text = path.read_text(encoding="utf-8").replace("find: Kế hoạch số 12-KH/TU", "find: tên một bài hát")
    path.write_text(text.replace("is: none", "is: ky-luat-ky-cuong"), encoding="utf-8")
    found, problems = read_knowledge(tmp_path / "toy")
    assert found is not None, problems
    entry = found.articles["2024-02-05-dinh-chinh"]
    meant = [k for k in entry.links if k.resolution.id == "ky-luat-ky-cuong"]
    assert [k.kind for k in meant] == [Kind.THEME]


# ---- Places and bodies through time ----


def test_merged_province_leads_to_todays(toy_docs: Path) -> None:
    page = _page(toy_docs, "dia-phuong/doi-gio")
    assert "Nay thuộc [tỉnh Sông Mây](song-may.md)" in page
    assert "../nguon/2021-khoi-co-quan-giu-gio-giac.md" in page
    today = _page(toy_docs, "dia-phuong/song-may")
    assert "Tỉnh Sông Mây, đến 30-06-2025" in today
    assert "Tỉnh Sông Mây, từ 01-07-2025 đến nay" in today
    assert "[Đồi Gió](doi-gio.md)" in today


def test_ended_body_leads_to_both_successors_and_to_todays(kb: KnowledgeBase, toy_docs: Path) -> None:
    body = kb.bodies["dang-uy-khoi-cac-co-quan-tinh-doi-gio"]
    assert [c.other for c in body.successors] == [
        "dang-uy-cac-co-quan-dang-tinh-doi-gio",
        "dang-uy-uy-ban-nhan-dan-tinh-doi-gio",
    ]
    page = _page(toy_docs, f"co-quan/{body.id}")
    assert "Thôi hoạt động từ 10-02-2025, việc chia về nhiều cơ quan, theo Quyết định 871-QĐ/TU" in page
    today = next(line for line in page.splitlines() if line.startswith("- **Nay:**"))
    assert "dang-uy-cac-co-quan-dang-tinh-song-may.md" in today
    assert "dang-uy-uy-ban-nhan-dan-tinh-song-may.md" in today
    back = _page(toy_docs, "co-quan/dang-uy-cac-co-quan-dang-tinh-song-may")
    assert "(dang-uy-cac-co-quan-dang-tinh-doi-gio.md)" in back


def test_only_what_is_read_of_a_place_is_sure_there(kb: KnowledgeBase) -> None:
    general, own = (
        kb.bodies[i].ended for i in ("ban-tuyen-giao-tinh-uy-song-may", "dang-uy-khoi-cac-co-quan-tinh-doi-gio")
    )
    assert general and own and general.evidence
    assert kb.vocabulary.origins.computed(general) == "B"
    assert [kb.vocabulary.origins.certainty(fact) for fact in (general, own)] == ["C", "B"]


def test_place_of_today_is_merged_with_the_old_one_of_its_name(toy_docs: Path) -> None:
    """What made it is named without what is not sure of that document: the merger was made."""
    ground = "theo [Nghị quyết 902/2025/QH15](nghi-quyet-902-2025-qh15.md) (theo một nguồn)"
    for name, other in (("van-ban-gio-giac-doi-gio-2021", "tỉnh Sông Mây cũ"), (SAME_NUMBER[2], "Đồi Gió")):
        line = next(x for x in _page(toy_docs, f"van-ban/{name}").splitlines() if "**Địa phương nay:**" in x)
        place = "[tỉnh Sông Mây](../dia-phuong/song-may.md)"
        assert line.endswith(f"{place}, hợp nhất với {other} từ 01-07-2025, {ground}")


def test_bodies_of_two_places_are_never_one(kb: KnowledgeBase) -> None:
    names = {b.name for b in kb.bodies.values() if b.kind == "ban-thuong-vu-tinh-uy"}
    assert names == {
        "Ban Thường vụ Thành ủy Biển Bạc",
        "Ban Thường vụ Tỉnh ủy Sông Mây",
        "Ban Thường vụ Tỉnh ủy Đồi Gió",
    }


# ---- Spellings ----


def test_nfd_file_is_shown_in_nfc(toy_docs: Path) -> None:
    raw = (TOY / "articles/doi-gio/2021-khoi-co-quan-giu-gio-giac.md").read_bytes().decode()
    assert raw == unicodedata.normalize("NFD", raw)
    page = _page(toy_docs, "nguon/2021-khoi-co-quan-giu-gio-giac")
    assert page == unicodedata.normalize("NFC", page)


def test_both_tone_placements_are_one_body_shown_as_typed(kb: KnowledgeBase, toy_docs: Path) -> None:
    page = _page(toy_docs, "nguon/2021-khoi-co-quan-giu-gio-giac")
    target = "(../co-quan/dang-uy-khoi-cac-co-quan-tinh-doi-gio.md)"
    assert f"[Đảng uỷ Khối các cơ quan tỉnh]{target}" in page
    assert f"[Đảng ủy Khối]{target}" in page
    assert not [b for b in kb.bodies if b.endswith("-2")]


# ---- Whose words, and from where ----


def test_digest_and_full_text_are_told_apart(toy_docs: Path) -> None:
    for path in sorted((toy_docs / "nguon").glob("2*.md")):
        page = path.read_text(encoding="utf-8")
        full = path.stem == "2025-10-02-nghi-quyet-sau-hop-nhat"
        assert ("Nguyên văn bài đăng" in page) == full, path
        assert ("Tóm lược" not in page) == full, path


def test_excerpts_of_a_full_text_are_not_called_a_digest(toy_docs: Path) -> None:
    page = _page(toy_docs, "van-ban/nghi-quyet-05-nq-tu-song-may-2025")
    assert "Nguyên văn bài đăng" in page
    assert "Tóm lược của kho" not in page


HEAD_OF_STATEMENTS = '## Các nơi nói gì\n\n<p class="luu-y" markdown>Tóm lược của kho, không phải nguyên văn'


def test_every_excerpt_says_whose_words_it_shows(toy_docs: Path) -> None:
    for path in toy_docs.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        for quote in re.findall(r'<blockquote class="trich".*?</blockquote>', text, re.DOTALL):
            own = re.search("Tóm lược của kho, không phải nguyên văn|Nguyên văn bài đăng", quote)
            above = re.search(HEAD_OF_STATEMENTS, text) if path.parent.name == "chu-de" else None
            assert own or (above and above.start() < text.index(quote)), path


def test_statements_of_a_theme_say_once_that_they_are_digests(toy_docs: Path) -> None:
    page = _page(toy_docs, "chu-de/ky-luat-ky-cuong")
    assert page.count('class="trich"') > 1
    assert page.count("Tóm lược của kho") == len(re.findall(HEAD_OF_STATEMENTS, page)) == 1


def test_known_link_is_given_and_a_missing_one_said(toy_docs: Path) -> None:
    known = html.unescape(_page(toy_docs, "nguon/2023-09-07-siet-ky-cuong"))
    assert "https://bao-song-may.invalid/siet-ky-cuong?a=1&b=2" in known
    assert "Chưa có liên kết bài gốc" not in known
    page = _page(toy_docs, "nguon/2018-06-15-don-song")
    assert "Chưa có liên kết bài gốc" in page
    assert "Thành phố dọn sông Báo Biển Bạc</code>" in page


def test_article_without_a_date_says_so(toy_docs: Path) -> None:
    assert "- **Bài của:** Báo Sông Mây, chưa rõ ngày đăng" in _page(toy_docs, f"nguon/{UNDATED}")


# ---- Links ----


def test_links_between_pages_go_both_ways(toy_docs: Path) -> None:
    """A page that an article's words link to names the article."""
    for path in sorted((toy_docs / "nguon").glob("[2k]*.md")):
        body = path.read_text(encoding="utf-8").split("</p>", 1)[1]
        body = re.split("## (?:Chưa xác định được|Trong bài này)", body, maxsplit=1)[0]
        for target in set(re.findall(r"\]\(\.\./((?:van-ban|co-quan|chu-de)/[\w-]+)\.md\)", body)):
            assert f"../nguon/{path.name}" in _page(toy_docs, target), (path.name, target)


def test_no_page_is_empty_and_none_has_the_title_of_another(toy_docs: Path) -> None:
    heads: dict[str, str] = {}
    for path in sorted(toy_docs.rglob("*.md")):
        page = path.read_text(encoding="utf-8")
        description = re.search(r'^description: (".*")$', page, re.MULTILINE)
        if description:
            name = f"{path.parent.name}/{path.name}"
            assert heads.setdefault(f"{path.parent.name} {description[1]}", name) == name
        assert len(page.split("\n# ", 1)[1]) > 80, path


def test_no_heading_stands_over_nothing(toy_docs: Path) -> None:
    for path in sorted(toy_docs.rglob("*.md")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        levels = [len(re.match("#*", line)[0]) for line in lines]  # type: ignore[index]
        for line, level, following in zip(lines, levels, [*levels[1:], 1], strict=True):
            assert not (level > 1 and 0 < following <= level), f"{path.relative_to(toy_docs)}: {line}"


def test_assignments_are_read_with_their_bodies(kb: KnowledgeBase) -> None:
    own = [t for t in kb.tasks if t.document == "chi-thi-34-ct-tu-song-may-2023" and t.kind == "giao"]
    assert [(t.lead, t.partners) for t in own] == [
        (("ban-tuyen-giao-tinh-uy-song-may",), ("ban-dan-van-tinh-uy-song-may",)),
        (("uy-ban-nhan-dan-tinh-song-may",), ()),
    ]
    assert own[1].deadline == "trước ngày 31-12-2023"


@pytest.mark.parametrize(
    ("said", "assigner"),
    [
        ("Quy định Văn hóa công sở yêu cầu cán bộ quản lý phải công bằng.", None),
        ("Tỉnh yêu cầu các xã, phường phải giữ giờ giấc.", None),
        ("Giám đốc Sở Cây xanh yêu cầu các xã, phường phải giữ giờ giấc.", "Giám đốc Sở Cây xanh"),
    ],
)
def test_the_word_of_a_level_alone_is_nobody_who_asks(toy: Path, said: str, assigner: str | None) -> None:
    article = next(toy.rglob("2023-11-20-mot-cua.md"))
    article.write_text(article.read_text(encoding="utf-8") + f"\n{said}\n", encoding="utf-8", newline="\n")
    found, problems = read_knowledge(toy)
    assert found is not None, problems
    (task,) = (t for t in found.tasks if t.task.startswith("phải"))
    assert (task.assigner, task.assigner_words, task.assigner_name) == (None, assigner, assigner)


def test_relation_is_read_from_the_text(kb: KnowledgeBase) -> None:
    found = {(r.relation, r.source, r.target) for r in kb.relations}
    assert ("can-cu", "chi-thi-34-ct-tu-song-may-2023", "quy-dinh-991-qd-tw-2022") in found
    assert not [r for r in found if SAME_NUMBER[2] in r[1:]], "“không liên quan đến” không phải quan hệ"


def test_day_of_the_document_that_was_replaced_stands_behind_its_name(toy_docs: Path) -> None:
    """Behind "được thay thế" it would seem to be the day of that; and "Thay thế" is not said twice."""
    page = _page(toy_docs, "van-ban/quy-dinh-1203-qd-tw-2025")
    line = next(x for x in page.splitlines() if x.startswith("- **Thay thế:** "))
    assert re.search(r"\[Quy định 991-QĐ/TW\]\(\S+\) \(04-03-2022\)<", line)
    assert line.count("04-03-2022") == 1 and line.count("hay thế") == 1
    assert line.endswith(" (theo một nguồn)") and line.count("theo một nguồn") == 1


def test_documents_of_two_issuers_are_told_apart(kb: KnowledgeBase, toy_docs: Path) -> None:
    assert [kb.documents[d].issuer for d in TWO_BLOCKS] == [
        "dang-uy-khoi-cac-co-quan-thanh-pho-bien-bac",
        "dang-uy-khoi-doanh-nghiep-thanh-pho-bien-bac",
    ]
    assert [kb.documents[d].issuer_name for d in TWO_DISTRICTS] == ["Huyện ủy Suối Trong", "Huyện ủy Gò Nắng"]
    for own, other in (TWO_DISTRICTS, TWO_DISTRICTS[::-1]):
        page = _page(toy_docs, f"van-ban/{own}")
        name = kb.documents[own].issuer_name or ""
        assert re.search(rf"- \*\*Ban hành:\*\* {name}(<sup [^,]*</sup>)?, ", page)
        section = page.split("## Văn bản khác mang cùng số, ký hiệu")[1].split("\n## ")[0]
        assert f"{other}.md" in section and (kb.documents[other].issuer_name or "?") in section


def test_every_reason_of_a_change_is_worded() -> None:
    reasons = get_args(Succession.model_fields["reason"].annotation)
    assert set(CHANGES) == set(reasons)
