"""What `benchmarks/fuzz.py` tries: for each target the inputs to begin with, and what must hold of any input.

A check raises AssertionError for what must not be, anything else for what was not thought of; it returns for what is
read rightly and for what is told of.
"""

from __future__ import annotations

import copy
import html
import importlib
import io
import json
import re
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import markdown
import yaml

import making
from building import ROOT, SOURCES, TOY
from knowledge_base.build import BuildCache, read_sources, render_all
from knowledge_base.core.dates import PartialDate
from knowledge_base.core.errors import Problem, Severity
from knowledge_base.core.escaping import code, literal, title
from knowledge_base.core.ids import DocumentKey, DocumentNumber, build_document_id, parse_document_id
from knowledge_base.core.models import Article, Mentions
from knowledge_base.core.paragraphs import anchors, split_paragraphs
from knowledge_base.core.text import slug
from knowledge_base.drafts.listing import read_listing
from knowledge_base.github.answers import Issue, load_forms, read_answers, read_event
from knowledge_base.github.propose import propose
from knowledge_base.github.repository import Repository
from knowledge_base.importing.formats import read_article_bytes
from knowledge_base.importing.spreadsheet import read_spreadsheet
from knowledge_base.mentions.finders import finders_of
from knowledge_base.publish.pages.markdown import escape
from knowledge_base.sources.articles.digest import read_digest
from knowledge_base.sources.text_files import RawFile, check_characters, decode_source
from knowledge_base.sources.vocabulary import Vocabulary, load_vocabulary
from knowledge_base.sources.yaml import read_yaml

_REMOVED = "\u2060\ufeff"
Check = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Target:
    """What is tried: ``check`` takes one input of at most ``longest`` bytes, ``seeds`` are those to begin with."""

    check: Check
    seeds: Iterable[bytes]
    longest: int = 4096


def _are_told(problems: Iterable[Problem], text: str | None = None, first: int = 1) -> None:
    """Assert that each problem says where, what, and how it is mended, on one line."""
    for problem in problems:
        assert problem.path and problem.message.strip() and problem.remedy.strip(), repr(problem)
        assert len(str(problem).splitlines()) == 1, repr(problem)
        assert problem.line >= 1, repr(problem)
        assert text is None or problem.line <= text.count("\n") + first, repr(problem)


def _is_sound(article: Article) -> None:
    """Assert what every reader promises of an article."""
    assert unicodedata.is_normalized("NFC", article.text)
    assert "\r" not in article.text
    assert article.id
    last = 0
    for paragraph in article.paragraphs:
        held = article.text[paragraph.start : paragraph.end]
        assert held.replace("\n", " ").replace("\t", " ") == paragraph.text, paragraph
        assert paragraph.text.strip() and last <= paragraph.start and "\n" not in paragraph.text, paragraph
        assert article.text.count("\n", 0, paragraph.start) + 1 >= paragraph.line >= 1, paragraph
        last = paragraph.end
    names = anchors(article.paragraphs)
    assert len(set(names)) == len(names)


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary(SOURCES)[0]


def _words_of_cases() -> list[str]:
    """The texts of all cases of the finders."""
    texts: list[str] = []
    for folder in ("citations", "demands", "relations", "bodies", "dates", "noise"):
        for path in sorted((ROOT / "tests/cases" / folder).glob("*.yml")):
            loaded = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
            texts += [case["text"] for case in loaded if isinstance(case, dict) and "text" in case]
    return texts


def _import(name: str) -> Check:
    """Return the check of a reader of other people's files."""

    def check(data: bytes) -> None:
        article, problems = read_article_bytes(data, name, _vocabulary())
        assert article is not None or problems
        _are_told(problems)
        if article is not None:
            assert not check_characters(article.text, ""), "ký tự cấm trong bài"
            _is_sound(article)

    return check


def _in_zip(made: bytes, part: str, name: str, check: Callable[[bytes, str], object]) -> Check:
    """Return a check that puts the input in the place of one part of a packed file."""
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}

    def checked(data: bytes) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as packed:
            for inside, content in parts.items():
                packed.writestr(inside, data if inside == part else content)
        check(file.getvalue(), name)

    return checked


def _part(made: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        return packed.read(part)


@cache
def _workbook() -> bytes:
    import openpyxl  # noqa: PLC0415 - only this target needs it

    book = openpyxl.Workbook()
    book.active.append(["Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Cơ quan ban hành", "Tình trạng"])
    book.active.append(["34-CT/TU", "07/9/2023", "về giữ gìn đường làng", "Tỉnh ủy", "còn hiệu lực"])
    book.active.append(["26/QĐ-UBND", 45_200, "về hỗ trợ xã vùng cao", "Ủy ban nhân dân tỉnh", None])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _register(data: bytes, name: str) -> None:
    sheets, problems = read_spreadsheet(RawFile(name, "so", "", data))
    _are_told(problems)
    listing = read_listing(sheets, _vocabulary())
    assert all(row.line >= 1 and row.cells for row in listing.rows)


@cache
def _plain_pdf() -> bytes:
    """A PDF whose parts are not packed, so that a change of a byte is a change of a word."""
    made = making.as_pdf(making.FIXTURE)
    return re.sub(
        rb"<</Length \d+/Filter/FlateDecode>>stream\n(.*?)\nendstream",
        lambda m: b"<</Length %d>>stream\n%s\nendstream" % (len(p := making.zlib.decompress(m[1])), p),
        made,
        flags=re.DOTALL,
    )


def _spans(mentions: Mentions) -> Iterable[tuple[int, int]]:
    for demand in mentions.demands:
        yield from (s for s in (demand.assigner, *demand.lead, *demand.partners, *demand.executors) if s)
    for relation in mentions.relations:
        yield from (s for s in (relation.source, relation.target) if s)
    yield from ((noise.start, noise.end) for noise in mentions.noise)


def _find(data: bytes) -> None:
    """All finders on a text: each mention is what stands in its place."""
    decoded, _ = decode_source(data, "bai.txt")
    if decoded is None:
        return
    article = Article("bai", "bai.txt", decoded, 0, split_paragraphs(decoded))
    _is_sound(article)
    scan, mentions = finders_of(_vocabulary()).find(article)
    assert len(scan.folded) == len(scan.text) == len(scan.view)
    for kind in ("citations", "named_documents", "bodies", "themes", "demands", "relations"):
        for mention in getattr(mentions, kind):
            assert 0 <= mention.start < mention.end <= len(decoded), mention
            assert decoded[mention.start : mention.end] == mention.text, mention
    for start, end in _spans(mentions):
        assert 0 <= start <= end <= len(decoded), (start, end)
    assert all(citation.number is None or citation.number.slug for citation in mentions.citations)


def _yaml(data: bytes) -> None:
    text, problems = decode_source(data, "a.yml")
    if text is None:
        return _are_told(problems)
    source, problems = read_yaml(text, "a.yml")
    assert source is not None or problems
    _are_told(problems, text)
    if source is not None:
        _is_plain(source.data)
        assert all(1 <= line <= text.count("\n") + 1 for line in source.lines.values())
    return None


def _is_plain(value: object) -> None:
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value)
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _is_plain(part)
    assert value is None or isinstance(value, str | list | dict)


def _digest(data: bytes) -> None:
    article, problems = read_digest(RawFile("sources/articles/nghe-an/a.md", "a", "nghe-an", data), _vocabulary())
    assert article is not None or problems
    text, _ = decode_source(data, "")
    _are_told(problems, text)
    if article is not None:
        _is_sound(article)


FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"


@cache
def _repository() -> Repository:
    return Repository(TOY)


def _form(data: bytes) -> None:
    """An issue: from what GitHub sends to the files of a proposal."""
    body = data.decode("utf-8", "replace")
    event = {"issue": {"number": 7, "body": body, "labels": [], "updated_at": "2026-11-01T00:00:00Z"}}
    issue = read_event(json.dumps(event).encode())
    assert isinstance(issue, Issue)
    answers = read_answers(issue.body, issue.labels, load_forms(FORMS))
    if answers is None:
        return
    proposal = propose(issue, FORMS, _repository())
    assert proposal is not None and (proposal.comment or proposal.files)
    assert "<script" not in proposal.comment.lower()
    for path in proposal.files:
        assert re.fullmatch(r"sources/(?:[a-z0-9-]+/)*[a-z0-9-]+\.(?:md|yml)", path), path


def _filled_forms() -> Iterable[bytes]:
    forms = {form.name: form for form in load_forms(FORMS)}
    loaded = yaml.safe_load((ROOT / "tests/cases/pull-requests.yml").read_text(encoding="utf-8"))
    for case in loaded:
        form, parts = forms[case["form"]], []
        for asked in form.fields:
            ticks = "\n".join(f"- [X] {option}" for option in asked.options) if asked.type == "checkboxes" else ""
            parts.append(f"### {asked.label}\n\n{case['answers'].get(asked.id) or ticks or '_No response_'}")
        yield "\n\n".join(parts).encode()


_EXTENSIONS = ["attr_list", "md_in_html", "tables", "admonition", "toc"]


def _seen(words: str) -> str:
    shown = (c for c in unicodedata.normalize("NFC", words) if not c.isspace() and c not in _REMOVED)
    return "".join(c for c in shown if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


def _escaping(data: bytes) -> None:
    """Words of others in pages and on GitHub: shown as they are, making no element."""
    words = data.decode("utf-8", "replace")
    for told in (literal(words, 5000), title(words, 5000), code(words, 5000)):
        assert len(told.splitlines()) <= 1, repr(told)
    text, _ = decode_source(data, "")
    lines = [literal(words, 5000)]
    if text is not None and not check_characters(text, ""):
        lines.append(str(escape(text.strip())))
    for told in lines:
        for frame, before in (("{}", ""), ("Chữ {}", "Chữ"), ("- {}", ""), ("# {}", ""), ("> {}", "")):
            page = markdown.markdown(frame.format(told), extensions=_EXTENSIONS if told is not lines[0] else ["tables"])
            plain = markdown.markdown(frame.format("chu"), extensions=["tables"])
            tags = [re.sub(r' id="[^"]*"', "", tag) for tag in re.findall(r"<[^>]*>", page)]
            assert not told.strip() or tags == re.findall(r"<[^>]*>", plain), (frame, told, page)
            shown = _seen(html.unescape(re.sub(r"<[^>]*>", "", page)))
            assert not told.strip() or shown == before + _seen(words), (frame, page)


def _identities(data: bytes) -> None:
    """Dates and ids: what is written reads back as it was; what is none raises ValueError."""
    text = data.decode("utf-8", "replace")
    with suppress(ValueError):
        date = PartialDate.parse(text)
        assert date.iso == text, text
        assert date.earliest() <= date.latest()
    with suppress(ValueError):
        parse_document_id(text, _TYPES, _PLACES)
    number = DocumentNumber(text)
    assert DocumentNumber(number) is number and number == text
    if not number.slug or number.year or len(data) < 4:
        return
    place = [None, *_PLACES][data[0] % (len(_PLACES) + 1)]
    period = [None, 2015, 2020, 2023][data[1] % 4]
    key = DocumentKey(_TYPES[data[2] % len(_TYPES)], text[3:], place, period, bool(period and data[3] % 2))
    if not _is_number(key.number):
        return
    read = parse_document_id(build_document_id(key), _TYPES, _PLACES)
    assert (read.type, read.place, read.period, read.term) == (key.type, key.place, key.period, key.term), key
    assert read.number == DocumentNumber(key.number).slug, key


@cache
def _workbench() -> tuple[Path, BuildCache, list[str]]:
    """A copy of the toy sources that may be changed, and the files in it that hold YAML."""
    sources = Path(shutil.copytree(TOY, Path(tempfile.mkdtemp()) / "sources"))
    return sources, BuildCache(), sorted(p.relative_to(TOY).as_posix() for p in TOY.rglob("*.yml"))


ODD: tuple[Any, ...] = (
    None, "", " ", "?", "~", "034", "-1", "2023-02-31", "9999999999", "\u200b", "Ａ３", "\U0001f600", "a\nb",
    "x" * 3000, [], [""], [None], [[]], ["da-nang"], ["a", "a"], {}, {"": ""}, {"value": []}, {"id": {"a": "b"}}, [{}],
)  # fmt: skip
"""Values that nobody means, for any key."""


def put_odd(data: Any, where: int, what: Any) -> Any:
    """Return a copy of YAML data in which the value number ``where``, counted in depth, is ``what``."""
    places: list[tuple[Any, Any]] = []
    data = copy.deepcopy(data)
    stack = [data]
    while stack:
        part = stack.pop()
        for key in part if isinstance(part, dict) else range(len(part)):
            places.append((part, key))
            if isinstance(part[key], dict | list):
                stack.append(part[key])
    if places:
        holder, key = places[where % len(places)]
        holder[key] = what
    return data


def _vocabularies(data: bytes) -> None:
    """One or two values of a vocabulary or a record become odd ones, or text: all is told of, or rendered."""
    if len(data) < 5:
        return
    sources, memory, files = _workbench()
    name = files[data[0] % len(files)]
    file, words = sources / name, data[4:].decode("utf-8", "replace")
    odd = words if data[1] >= len(ODD) * 8 else ODD[data[1] % len(ODD)]
    try:
        loaded = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        changed = put_odd(loaded, data[2] * 256 + data[3], odd)
        file.write_text(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False), encoding="utf-8", newline="\n")
        reading = read_sources(sources, memory)
        _are_told(reading.problems)
        for problem in reading.problems:
            held = sources.parent / problem.path
            assert held.exists(), repr(problem)
            assert not held.is_file() or problem.line <= held.read_bytes().count(b"\n") + 1, repr(problem)
        if reading.kb is not None and all(problem.severity is Severity.WARNING for problem in reading.problems):
            render_all(reading.kb, reading.moves)
    finally:
        shutil.copyfile(TOY / name, file)


_TYPES = ("chi-thi", "nghi-quyet", "nghi-quyet-lien-tich", "quyet-dinh", "cong-van")
_PLACES = ("an-giang", "da-nang", "hue", "thua-thien-hue", "nghe-an")


def _is_number(text: str) -> bool:
    """Tell a number as the finders give them: figures, then letters. One that ends in the name of a place is read back
    as one of that place, as nobody could tell."""
    ends = tuple(f"-{place}" for place in _PLACES)
    return bool(re.fullmatch(r"\d{1,4}[a-z]?[-/][A-ZĐa-z/-]*[A-ZĐa-z]", text)) and not slug(text).endswith(ends)


def _texts() -> Iterable[bytes]:
    return [text.encode() for text in _words_of_cases()]


def _raw_texts() -> Iterable[bytes]:
    text = making.as_text(making.FIXTURE)
    yield from (text.encode(), text.encode("utf-16"), text.encode("utf-8-sig"), making.encode_tcvn3(text))
    yield making.shown_as_latin(text.encode()).encode()
    yield unicodedata.normalize("NFD", text).encode()
    yield text.encode("cp1258", "replace")
    yield "Uûy ban nhaân daân tænh Ngheä An ñaõ ban haønh Chæ thò soá 34-CT/TU".encode()
    yield b"U?y ban nha^n da^n ti?nh Nghe^. An dda~ ban ha`nh Chi? thi. so^' 34 "
    yield "[22/7 22:31] Lê Mẫu: Chỉ thị 34-CT/TU\n".encode()


def _pages() -> Iterable[bytes]:
    made = making.FIXTURE
    return [maker(made) for maker in (making.as_news_page, making.as_archive, making.as_source, making.as_old_portal)]


def _digests() -> Iterable[bytes]:
    yield from (path.read_bytes() for path in sorted((TOY / "articles").rglob("*.md")))
    for path in ("front-matter", "yaml", "characters"):
        loaded = yaml.load((ROOT / f"tests/cases/input/{path}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
        yield from (case["content"].encode() for case in loaded if "content" in case)


def _yaml_texts() -> Iterable[bytes]:
    for path in sorted(TOY.rglob("*.yml")):
        for entry in path.read_text(encoding="utf-8").split("\n- ")[1:4]:
            yield f"- {entry}\n".encode()


_WORDS = {
    "trang-web": '<p> </p> <div&class="content"> <article> <table><tr><td> <time> <meta& <script> &#x <!-- -->',
    "van-ban-dan": "Chỉ&thị&số& 34-CT/TU 73/2023/NĐ-CP ,&ngày& 7-9-2023 của& Tỉnh&ủy& UBND&tỉnh& và& thay&thế&",
    "markdown": "[ ]( ** ``` | # > - ~~",
    "word": '<w:p> <w:r><w:t> </w:t></w:r> <w:tbl> <w:tr> <w:tc> <w:br/> <w:del> &w:val="1" <w:vanish/>',
    "pdf": "&Tj &Td& &Tf& BT& ET &cm& &Tr& &Tz& /MediaBox[ /Rotate& &Do& stream endstream",
    "bang-tinh": '<row&r="2"> <c&r="A2"> &t="s" &t="inlineStr" <v> </v> <is><t> &t="d" &t="e" &s="1"',
    "yaml": "-& :& | >- ? &a *a !! --- { [",
    "dau-bai": "--- title:& outlet:& published:& province:& corrections: &&-&find:& &&&&is:& mended: checked:",
    "phieu": "###& _No&response_ -&[X]& <!-- -->",
    "thoat-ky-tu": "<b> [a](b) ` ** 1.& &lt; {:&.a&} ]( \\",
}
"""What to put into the inputs of a target; & stands for a blank."""
_WORD, _SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"


def _odd_places() -> list[bytes]:
    return [bytes([number, number * 7 % 256, number % 3, number * 11 % 256, 97]) for number in range(200)]


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.replace("&", " ") for word in _WORDS.get(name, "").split(" ") if word)


def _word() -> Target:
    made = making.as_word(making.FIXTURE)
    return Target(_in_zip(made, _WORD, "a.docx", lambda data, name: _import(name)(data)), [_part(made, _WORD)], 16_384)


def _sheet() -> Target:
    return Target(_in_zip(_workbook(), _SHEET, "a.xlsx", _register), [_part(_workbook(), _SHEET)])


TARGETS: dict[str, Callable[[], Target]] = {
    "trang-web": lambda: Target(_import("a.html"), _pages(), 16_384),
    "van-ban-dan": lambda: Target(_import("a.txt"), [*_raw_texts(), *_texts()]),
    "markdown": lambda: Target(_import("a.markdown"), [*_raw_texts(), *_digests()]),
    "word": _word,
    "pdf": lambda: Target(_import("a.pdf"), [_plain_pdf(), making.as_pdf(making.FIXTURE)], 32_768),
    "bang-tinh": _sheet,
    "vien-dan": lambda: Target(_find, _texts(), 1024),
    "yaml": lambda: Target(_yaml, [*_yaml_texts()]),
    "dau-bai": lambda: Target(_digest, [*_digests()]),
    "phieu": lambda: Target(_form, [*_filled_forms()]),
    "danh-muc": lambda: Target(
        _vocabularies, (bytes([n, n * 7 % 256, n % 3, n * 11 % 256, 97]) for n in range(200)), 64
    ),
    "thoat-ky-tu": lambda: Target(_escaping, _texts(), 256),
    "ma-van-ban": lambda: Target(_identities, [b"\0\1\0\x0034-CT/TU", b"2023-09-07", b"chi-thi-34-ct-tu-hue-2023"], 64),
}
"""By name: what makes a target."""


def target(name: str) -> tuple[Target, tuple[str, ...]]:
    """Return a target and the words to put into its inputs. Programs beside (LibreOffice, Tesseract) are left out:
    they are tried by their own people."""
    for module in ("office", "scans"):
        importlib.import_module(f"knowledge_base.importing.{module}").find_program = lambda _: None
    return TARGETS[name](), _words(name if name != "vien-dan" else "van-ban-dan")
