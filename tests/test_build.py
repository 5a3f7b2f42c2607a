"""From sources/ to docs/ and site/: the same every time, all or nothing, every fault told at once."""

from __future__ import annotations

import random
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import dev
from building import HAND_WRITTEN, ROOT, TOY, build_pages, snapshot
from knowledge_base.core.command_line import KEPT

BAD = yaml.safe_load((ROOT / "tests/cases/build/bad-input.yml").read_text(encoding="utf-8"))
LINE = re.compile(r"(?P<path>sources/[^:]+):(?P<line>[1-9]\d*): (?P<message>.+?)\. (?P<remedy>[^.].*)\.")
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")


def _put(sources: Path, case: dict[str, Any]) -> None:
    path = sources / "articles" / case["path"]
    path.write_bytes(bytes.fromhex(case["bytes"]) if "bytes" in case else case["text"].encode())


def _times(folder: Path) -> dict[str, int]:
    return {p.as_posix(): p.stat().st_mtime_ns for p in folder.rglob("*")}


def _summary(stdout: str) -> tuple[int, ...]:
    """Return how many pages were written, kept and removed."""
    return tuple(map(int, re.findall(r"(?:ghi|giữ nguyên|bỏ) (\d+)", stdout)))


# ---- The same every time ----


def test_second_run_writes_nothing(toy: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    first = build_pages("--sources", toy, "--docs", docs)
    before = _times(docs)
    second = build_pages("--sources", toy, "--docs", docs)
    assert _summary(first.stdout) == (len(snapshot(docs)), 0, 0)
    assert _summary(second.stdout) == (0, len(snapshot(docs)), 0)
    assert _times(docs) == before


def test_second_run_on_the_real_sources_writes_nothing(real_docs: Path) -> None:
    before = _times(real_docs)
    done = build_pages("--docs", real_docs)
    assert _summary(done.stdout)[::2] == (0, 0)
    assert _times(real_docs) == before


def test_same_bytes_whatever_the_surroundings(toy_docs: Path, tmp_path: Path) -> None:
    expected = {p: d for p, d in snapshot(toy_docs).items() if p.split("/")[0] not in HAND_WRITTEN}
    shuffled = tmp_path / "shuffled" / "sources"
    files = [p.relative_to(TOY) for p in TOY.rglob("*") if p.is_file()]
    random.Random(34).shuffle(files)
    for name in files:
        (shuffled / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TOY / name, shuffled / name)
    runs: list[tuple[Path, str, dict[str, str]]] = [
        (shuffled, str(tmp_path), {"PYTHONHASHSEED": "0"}),
        (TOY, "/", {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "1"}),
        (TOY, str(TOY), {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4294967295"}),
    ]
    for number, (sources, cwd, environment) in enumerate(runs):
        docs = tmp_path / str(number)
        done = build_pages("--sources", sources, "--docs", docs, cwd=cwd, **environment)
        assert done.returncode == 0, done.stderr
        assert snapshot(docs) == expected, environment


def test_paths_may_be_relative(toy: Path, tmp_path: Path, toy_docs: Path) -> None:
    done = build_pages("--sources", "sources", "--docs", "docs", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "docs/index.md").read_bytes() == (toy_docs / "index.md").read_bytes()


def test_stale_pages_go_and_hand_written_ones_stay(toy: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    build_pages("--sources", toy, "--docs", docs)
    (docs / "gioi-thieu").mkdir()
    (docs / "gioi-thieu/index.md").write_text("# Giới thiệu\n", encoding="utf-8")
    (toy / "articles/bien-bac/2018-06-15-don-song.md").unlink()
    done = build_pages("--sources", toy, "--docs", docs)
    assert not (docs / "nguon/2018-06-15-don-song.md").exists()
    assert (docs / "gioi-thieu/index.md").is_file()
    assert _summary(done.stdout)[2] >= 1


# ---- Bad input ----


@pytest.fixture(scope="module")
def bad_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path, dict[str, bytes], dict[str, int]]:
    """One run over a corpus with every bad file in it, after a good one."""
    folder = tmp_path_factory.mktemp("bad")
    sources, docs = Path(shutil.copytree(TOY, folder / "sources")), folder / "docs"
    build_pages("--sources", sources, "--docs", docs)
    before, times = snapshot(docs), _times(docs)
    for case in BAD:
        _put(sources, case)
    return build_pages("--sources", sources, "--docs", docs), docs, before, times


def test_bad_input_stops_the_build_and_leaves_docs(bad_run: Any) -> None:
    done, docs, before, times = bad_run
    assert done.returncode == 1
    assert snapshot(docs) == before
    assert _times(docs) == times
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["name"])
def test_bad_input_is_told_in_one_line(bad_run: Any, case: dict[str, Any]) -> None:
    places = {case["path"], case.get("elsewhere", case["path"])}
    lines = [line for line in bad_run[0].stderr.splitlines() if any(f"articles/{place}:" in line for place in places)]
    assert len(lines) == 1, lines
    match = LINE.fullmatch(lines[0])
    assert match, lines[0]
    assert VIETNAMESE.search(match["message"]) and VIETNAMESE.search(match["remedy"]), lines[0]
    assert case["expect"] in lines[0].split(".md:", 1)[1]


def test_every_line_of_a_bad_run_is_told_of_some_file(bad_run: Any) -> None:
    *lines, last = bad_run[0].stderr.splitlines()
    assert all(LINE.fullmatch(line) for line in lines)
    errors = [line for line in lines if ": cảnh báo: " not in line]
    assert last == f"{len(errors)} lỗi, {len(lines) - len(errors)} cảnh báo."


def test_folder_of_another_name_is_told_of_as_fully(tmp_path: Path) -> None:
    """All problems in one run, whatever the folder is called."""
    sources = Path(shutil.copytree(TOY, tmp_path / "nguon"))
    for name in ("khóa lạ", "thông báo văn bản không có trong kho"):
        _put(sources, next(case for case in BAD if case["name"] == name))
    lines = build_pages("--sources", sources, "--docs", tmp_path / "docs").stderr.splitlines()
    assert [line.split(":")[0] for line in lines if "lỗi" not in line and "cảnh báo" not in line] == [
        "nguon/articles/song-may/2023-01-02-khoa-la.md",
        "nguon/articles/song-may/2023-01-24-van-ban-la.md",
    ]


@pytest.mark.parametrize("check", [True, False])
def test_bad_vocabulary_and_bad_articles_are_told_in_one_run(toy: Path, tmp_path: Path, check: bool) -> None:
    with (toy / "vocabularies/outlets.yml").open("a", encoding="utf-8") as file:
        file.write("- id: bao-la\n  nam: Báo Lạ\n")
    _put(toy, next(case for case in BAD if case["name"] == "khóa lạ"))
    done = build_pages("--sources", toy, "--docs", tmp_path / "docs", *(["--check"] if check else []))
    assert done.returncode == 1
    assert "sources/vocabularies/outlets.yml:" in done.stderr
    assert "2023-01-02-khoa-la.md:4:" in done.stderr
    assert not (tmp_path / "docs").exists()


def test_values_that_yaml_would_change_stay_as_written(toy: Path, tmp_path: Path) -> None:
    head = "---\ntitle: 034\noutlet: bao-song-may\nauthor: NO\npublished: 2023\nprovince: song-may\n---\n"
    (toy / "articles/song-may/2023-chu.md").write_text(head + "920. Thông báo 1_000.\n", encoding="utf-8")
    done = build_pages("--sources", toy, "--docs", tmp_path / "docs")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "docs/nguon/2023-chu.md").read_text(encoding="utf-8")
    assert "\n# 034\n" in page
    assert "| Tác giả | NO |" in page
    assert re.search(r"^- \*\*Bài của:\*\* .*, 2023$", re.sub(r"<[^>]*>", "", page), re.MULTILINE), page


# ---- One article more ----


def test_one_more_article_builds_and_is_linked(toy: Path, toy_docs: Path, tmp_path: Path) -> None:
    head = {
        "title": "Một bài nữa của kho",
        "outlet": "bao-bien-bac",
        "author": "Nguyễn Thị Thử",
        "published": "2024-01-15",
        "province": "bien-bac",
        "evidence": "bao-tuong-thuat",
        "rights": "tom-luoc",
        "document": "chi-thi-96-ct-tu-bien-bac-2024",
    }
    body = (
        "Ban Thường vụ Thành ủy Biển Bạc vừa ban hành Chỉ thị số 96-CT/TU ngày 10-01-2024.\n\n"
        "Thành ủy yêu cầu siết chặt kỷ luật, kỷ cương hành chính ở các sở; tiếp tục thực hiện Chỉ thị số 34-CT/TU ngày"
        " 10-5-2018.\n"
    )
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in head.items()) + "---\n\n" + body
    (toy / "articles/bien-bac/2024-01-15-bai-nua.md").write_text(text, encoding="utf-8")
    checked = build_pages("--sources", toy, "--check")
    assert checked.returncode == 0, checked.stderr
    docs = tmp_path / "docs"
    done = build_pages("--sources", toy, "--docs", docs)
    assert done.returncode == 0, done.stderr
    own = {p for p in snapshot(toy_docs) if p.split("/")[0] not in HAND_WRITTEN}
    new = {"nguon/2024-01-15-bai-nua.md", f"van-ban/{head['document']}.md", "so-hieu/96-ct-tu.md"}
    assert set(snapshot(docs)) - own == new
    for page in (
        f"van-ban/{head['document']}",
        "van-ban/chi-thi-34-ct-tu-bien-bac-2018",
        "chu-de/ky-luat-ky-cuong",
        "dia-phuong/bien-bac",
        "co-quan/ban-thuong-vu-thanh-uy-bien-bac",
        "nguon/index",
    ):
        assert re.search(r"2024-01-15-bai-nua(\.md|/)", (docs / f"{page}.md").read_text(encoding="utf-8")), page
    article = (docs / "nguon/2024-01-15-bai-nua.md").read_text(encoding="utf-8")
    assert f"../van-ban/{head['document']}.md" in article
    assert "../van-ban/chi-thi-34-ct-tu-bien-bac-2018.md" in article
    assert "../chu-de/ky-luat-ky-cuong.md" in article


# ---- Addresses of paragraphs ----

_ANCHOR = re.compile(r"^(?:> |  )?(.*?)\s*\{ #(d-[a-z2-7]+(?:-\d+)?) \.doan \}$|^(.+)$", re.MULTILINE)


def _addresses(docs: Path, article: str) -> dict[str, str]:
    """Return each paragraph of an article's page by its address."""
    found, before = {}, ""
    for match in _ANCHOR.finditer((docs / f"nguon/{article}.md").read_text(encoding="utf-8")):
        if match[2]:
            found[match[2]] = match[1] or before
        before = match[3] or ""
    return found


def test_address_of_a_paragraph_outlives_changes_around_it(toy: Path, toy_docs: Path, tmp_path: Path) -> None:
    name = "2023-09-07-siet-ky-cuong"
    path = toy / f"articles/song-may/{name}.md"
    before = _addresses(toy_docs, name)
    head, body = path.read_text(encoding="utf-8").split("\n---\n\n")
    blocks = body.rstrip("\n").split("\n\n")
    assert len(before) == 8
    removed = blocks.pop(5)
    assert removed.startswith("Ban Thường vụ Tỉnh ủy yêu cầu")
    blocks[0] = blocks[0].replace("vừa ban hành", "đã ban hành")
    blocks = ["Một đoạn mới ở đầu bài.", blocks[-1], *blocks[:-1], "## Một tiêu đề mới", "Đoạn cuối, cũng mới."]
    path.write_text(f"{head}\n---\n\n" + "\n\n".join(blocks) + "\n", encoding="utf-8")
    docs = tmp_path / "docs"
    assert build_pages("--sources", toy, "--docs", docs).returncode == 0
    after = _addresses(docs, name)
    gone = {anchor for anchor, text in before.items() if "vừa ban hành" in text or "chịu trách nhiệm khi để" in text}
    assert len(gone) == 2
    assert before.keys() - after.keys() == gone
    assert {anchor: after[anchor] for anchor in before.keys() - gone} == {
        anchor: text for anchor, text in before.items() if anchor not in gone
    }


@pytest.mark.parametrize("change", [("uỷ", "ủy"), ("  ", " "), ("“", '"')], ids=["dấu thanh", "dấu cách", "ngoặc kép"])
def test_address_outlives_a_change_of_spelling(toy: Path, tmp_path: Path, change: tuple[str, str]) -> None:
    path = toy / "articles/song-may/2023-chu.md"
    head = "---\ntitle: Bài\noutlet: bao-song-may\npublished: 2023\nprovince: song-may\n---\n"
    found = []
    for words in change:
        path.write_text(head + "Tỉnh uỷ nói “một  câu” ở đây.\n".replace(change[0], words), encoding="utf-8")
        assert build_pages("--sources", toy, "--docs", tmp_path / "docs").returncode == 0
        found.append(_addresses(tmp_path / "docs", "2023-chu").keys())
    assert found[0] == found[1]


def test_every_link_to_a_paragraph_finds_it(toy_docs: Path, real_docs: Path) -> None:
    for docs in (toy_docs, real_docs):
        for path in docs.rglob("*.md"):
            for target, anchor in re.findall(r"\(([^()\s]+\.md)#(d-[a-z2-7-]+\d*)\)", path.read_text(encoding="utf-8")):
                aim = (path.parent / target).resolve()
                assert anchor in _addresses(docs, aim.stem), (path.name, target, anchor)


# ---- docs/ and site/ together: all or nothing ----


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small repository of its own with the toy corpus, built once."""
    root = tmp_path_factory.mktemp("built") / "repo"
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    shutil.copytree(ROOT / "theme", root / "theme")
    shutil.copytree(TOY, root / "sources")
    shutil.copy(ROOT / "sources/vocabularies/phrases.yml", root / "sources/vocabularies")
    for name in HAND_WRITTEN:
        shutil.copytree(ROOT / "docs" / name, root / "docs" / name)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    dev.build_site(Path(sys.executable), root)
    return root


@pytest.fixture
def repository(built: Path, tmp_path: Path) -> Path:
    """A copy of the built repository, to be changed."""
    return Path(shutil.copytree(built, tmp_path / "repo"))


def _break_source(root: Path) -> None:
    _put(root / "sources", BAD[0])


def _break_link(root: Path) -> None:
    """A dead link: MkDocs writes every page, and fails at its end."""
    with (root / "docs/huong-dan/index.md").open("a", encoding="utf-8") as file:
        file.write("\n[Không có](khong-co.md)\n")


def _break_search(root: Path) -> None:
    """All pages are there; the search index cannot be made."""
    hook = root / "scripts/mkdocs_hooks.py"
    text = hook.read_text(encoding="utf-8")
    changed = text.replace("write_search_index(Path(config.site_dir), part.number)", 'raise SearchIndexError("hỏng")')
    assert changed != text
    hook.write_text(changed, encoding="utf-8")


def test_failed_build_leaves_docs_and_site(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    docs, site = snapshot(repository / "docs"), snapshot(repository / "site")
    _break_source(repository)
    with pytest.raises(dev.TaskError, match="docs/ và site/ vẫn như trước"):
        dev.build_site(Path(sys.executable), repository)
    assert "2023-01-01-yaml-hong.md:" in capfd.readouterr().err
    assert (snapshot(repository / "docs"), snapshot(repository / "site")) == (docs, site)


@pytest.mark.parametrize("damage", [_break_link, _break_search])
def test_failed_mkdocs_leaves_the_site(repository: Path, damage: Any) -> None:
    site = snapshot(repository / "site")
    damage(repository)
    with pytest.raises(dev.TaskError, match="site/ vẫn như trước"):
        dev.build_site(Path(sys.executable), repository)
    assert snapshot(repository / "site") == site
    assert {p.name for p in repository.iterdir() if p.name.startswith(".")} <= {KEPT.name}
