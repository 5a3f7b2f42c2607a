"""The kinds of pages, one row each: all that the site, its navigation, its search and its theme know of a kind.

To add one: a module in ``views/``, a template for its pages, and a row here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from ...core.errors import Problem
from ...meaning.knowledge.directory import Listed, list_all
from ...meaning.knowledge.entities import Kind
from ...sources.diagnosis import quoted
from ...sources.vocabulary.fields import ID_PATTERN
from ..statements import FOLDER
from .cut_lists import FOLDER as PARTS
from .index import NUMBERS, TASKS, Index
from .site import CENTRAL, Site
from .view import View
from .views import article, body, comparison, document, drafts, number, pack, province, tasks, theme, tray

_Invites = Literal["", "index", "all"]


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page. ``folder`` is its address and its folder in docs/; ``template`` makes the page of one member,
    ``index`` the page of the folder itself (if none is named, the members by name), ``year_template`` that of one year
    of a member too long for one page; ``name`` is what readers see, of one and of many.

    ``part`` makes the page of a part of the list where that is too long for one page (``cut_lists.py``).

    ``search_rank`` (0 to 1) goes before other kinds that answer a query as well; None leaves the kind out of the
    search, because its pages only repeat others. ``has_cards``: a link to a page shows what the page says of itself.
    Every page leads to the folder: in the navigation at ``position``, from 1, or ``in_footer``. ``on_home``: the words
    of a link to it at the head of the home page. ``about``: what the folder's page is for, where it is no list of
    members. ``asked_as``: words that lead to it in the search, beside its name.
    ``invites`` readers to add an article: nowhere, on the "index" or on "all" pages of the kind. The theme and the
    navigation read all this (mkdocs_hooks.py), the search box what ``searched_kinds`` gives.

    Most kinds have a page for each entity; others for what entities share: a number, a theme across places."""

    folder: str
    name: str
    view: View[Any]
    template: str
    index: str = "list.md.j2"
    year_template: str = "year.md.j2"
    part: str = ""
    search_rank: float | None = None
    has_cards: bool = False
    position: int | None = None
    in_footer: bool = False
    on_home: str = ""
    about: str = ""
    asked_as: tuple[str, ...] = ()
    invites: _Invites = ""


# The ranks were chosen by hand: a bare name mostly means the place or the theme, then the body, rarely an article.
# The queries of tests/cases/search lead to their pages with any one of them between 0 and 1.7.
PAGE_KINDS = (
    PageKind(Kind.DOCUMENT, "Văn bản", document.VIEW, "document.md.j2", "documents.md.j2", part="documents_part.md.j2",
             search_rank=0.5, position=1, has_cards=True,
             asked_as=("danh sách văn bản", "danh mục văn bản", "văn bản mới nhất")),
    PageKind(Kind.BODY, "Cơ quan", body.VIEW, "body.md.j2", "bodies.md.j2", part="bodies_part.md.j2",
             search_rank=0.6, position=2, has_cards=True,
             asked_as=("danh sách cơ quan",)),
    PageKind(Kind.THEME, "Chủ đề", theme.VIEW, "theme.md.j2", "themes.md.j2",
             search_rank=0.8, position=3, has_cards=True,
             asked_as=("danh sách chủ đề",)),
    PageKind(Kind.PROVINCE, "Địa phương", province.VIEW, "province.md.j2", "provinces.md.j2",
             search_rank=0.9, position=4, has_cards=True, invites="all",
             asked_as=("danh sách tỉnh, thành phố", "tỉnh thành", "tên cũ của tỉnh")),
    PageKind(Kind.ARTICLE, "Bài nguồn", article.VIEW, "article.md.j2", "articles.md.j2", part="articles_part.md.j2",
             search_rank=0.3, position=7, has_cards=True, invites="index",
             asked_as=("bài báo", "danh sách bài")),
    PageKind(NUMBERS, "Số hiệu", number.VIEW, "number.md.j2", "numbers.md.j2", part="numbers_part.md.j2",
             has_cards=True, in_footer=True, on_home="Tìm theo số hiệu",
             asked_as=("tìm theo số hiệu", "số, ký hiệu")),
    PageKind(TASKS, "Nhiệm vụ", tasks.VIEW, "tasks_of_place.md.j2", "tasks.md.j2", "tasks_of_place.md.j2",
             position=5, on_home="Nhiệm vụ: ai phải làm gì",
             asked_as=("ai phải làm gì", "giao việc", "nhiệm vụ theo từng cơ quan")),
    PageKind("so-sanh", "So sánh", comparison.VIEW, "comparison.md.j2", "comparisons.md.j2", "comparison_year.md.j2",
             position=6, on_home="So sánh các nơi theo chủ đề",
             asked_as=("so sánh các tỉnh", "đối chiếu")),
    PageKind("tai-lieu", "Tài liệu", pack.VIEW, "pack.md.j2", "packs.md.j2",
             position=8, on_home="Tài liệu sinh hoạt",
             asked_as=("tài liệu sinh hoạt", "tờ phát tay", "trình chiếu", "câu hỏi thảo luận", "tự soi, tự sửa",
                       "bảng tự soi", "tờ chữ lớn")),
    PageKind(FOLDER, "Ý đã chọn", tray.VIEW, "tray.md.j2", "tray.md.j2",
             in_footer=True,
             asked_as=("chọn ý", "danh sách đã chọn", "xuất Word", "chép vào Word")),
    PageKind("kiem-tra-du-thao", "Kiểm tra dự thảo", drafts.VIEW, "drafts.md.j2", "drafts.md.j2",
             position=9, on_home="Kiểm tra số, ký hiệu trong dự thảo",
             about="Dán dự thảo hoặc thả tệp Word: số, ký hiệu nào sai, đã được thay thế, trùng, chưa có trong kho",
             asked_as=("kiểm tra số ký hiệu", "soát dự thảo", "rà soát văn bản", "soát căn cứ")),
)  # fmt: skip
NAVIGATION = sorted((kind for kind in PAGE_KINDS if kind.position), key=lambda kind: kind.position or 0)

HOME = "index.md"
SEARCH_FOLDER = "tra-cuu"

SITE_PAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("./", "Trang đầu", ("trang chủ", "mới thêm", "mới thêm vào kho")),
    (
        "du-lieu/",
        "Dữ liệu mở",
        ("tải", "tải về", "tải dữ liệu", "tải danh sách văn bản", "excel", "xlsx", "csv", "json", "bảng tính"),
    ),
    ("huong-dan/", "Hướng dẫn", ("hướng dẫn sử dụng", "cách dùng", "trợ giúp")),
    ("huong-dan/#tim", "Cách tìm", ("tìm kiếm", "cách tra cứu", "dùng tìm kiếm")),
    ("huong-dan/#doan", "Liên kết đến một đoạn", ("chia sẻ đoạn", "gửi liên kết", "chép liên kết", "mã QR")),
    ("huong-dan/#dan-nguon", "Dẫn nguồn", ("trích dẫn", "cách dẫn", "chép trích dẫn")),
    ("huong-dan/#in", "In một trang", ("in", "in ấn", "pdf", "bản in")),
    ("huong-dan/#ngoai-tuyen", "Đọc ngoại tuyến", ("không có mạng", "bản ngoại tuyến", "offline")),
    ("huong-dan/ban-ngoai-tuyen/", "Làm USB đọc không cần mạng", ("usb", "làm usb", "kho-ngoai-tuyen.zip")),
    ("huong-dan/chuan-bi-buoi-sinh-hoat/", "Chuẩn bị một buổi sinh hoạt", ("bài giảng", "máy chiếu", "phát tay")),
    ("huong-dan/tu-cau-hoi-den-trich-dan/", "Từ câu hỏi đến trích dẫn trong Word", ("viết báo cáo", "word")),
    (
        "huong-dan/them-bai/",
        "Thêm bài, báo sai",
        ("thêm bài", "góp ý", "sửa sai", "báo sai", "báo lỗi", "báo lỗi sai", "báo chỗ sai"),
    ),
    ("huong-dan/giu-kho/", "Việc của người giữ kho", ("giữ kho", "nhận bài", "xuất bản kho")),
    ("gioi-thieu/", "Giới thiệu", ("kho này là gì", "bản quyền", "nguồn của kho")),
    (
        "gioi-thieu/nguon-va-quyen/",
        "Nguồn, quyền, đính chính",
        ("nguồn và quyền", "giấy phép", "được dùng lại không", "kho lấy từ đâu", "ai có quyền gì"),
    ),
    ("gioi-thieu/nguon-va-quyen/#dinh-chinh", "Đính chính được làm ra sao", ("đính chính", "sửa chỗ sai")),
    ("gioi-thieu/#muc-chac-chan", "Mức chắc chắn", ("chưa kiểm tra", "theo một nguồn", "mức chứng cứ")),
    (f"{Kind.PROVINCE}/#ban-do", "Bản đồ văn bản theo tỉnh, thành phố", ("bản đồ", "bản đồ các tỉnh")),
    (f"{Kind.PROVINCE}/{CENTRAL}/", "Văn bản của Trung ương", ("trung ương",)),
    (f"{SEARCH_FOLDER}/", "Tra cứu", ("bộ lọc", "tìm nâng cao", "cách gõ")),
    (f"{SEARCH_FOLDER}/a-z/", "Mục lục từ A đến Y", ("mục lục",)),
)
"""Pages that are of no kind, and places on them, as the search finds them: address, name, other words that people type
for them. A page or a place on it that is not there is told by the tests of the built site."""
_OF_SITE = ("", "Trang của kho", 0.2, "site")
"""What the search calls such pages and the pages of the folders, as ``searched_kinds`` gives kinds; the rank, below all
others, was chosen by hand."""


GENERATED_NAMES = (HOME, *(kind.folder for kind in PAGE_KINDS), SEARCH_FOLDER, PARTS)
"""What the pages own in docs/: files and whole folders, at its top level."""


_FILE = "scripts/knowledge_base/publish/pages/kinds.py"
TEMPLATES = Path(__file__).parent / "templates"
_TAKEN = ("assets", "du-lieu", "gioi-thieu", "huong-dan", SEARCH_FOLDER, PARTS)
"""Folders of docs/ that hold other things: a kind of that name would write over them."""


def check_kinds() -> Iterator[Problem]:
    """Yield a problem for each row whose template is missing, or whose folder, name or position is taken."""
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    taken: dict[tuple[str, object], str] = {("folder", folder): "phần khác của kho" for folder in _TAKEN}
    for kind in PAGE_KINDS:
        line = next((n for n, words in enumerate(lines, 1) if f'"{kind.template}"' in words), 1)
        for name in filter(None, (kind.template, kind.index, kind.year_template, kind.part)):
            if not (TEMPLATES / name).is_file():
                message = f"không có mẫu trang {quoted(name)} trong pages/templates/"
                yield Problem(_FILE, line, message, "Thêm tệp mẫu ấy, hoặc sửa tên trong dòng này")
        yield from (Problem(_FILE, line, f"{kind.folder}: {what}", remedy) for what, remedy in _odd_values(kind))
        if not re.match(ID_PATTERN, kind.folder):
            message = f"thư mục {quoted(kind.folder)} chỉ được có chữ thường không dấu, chữ số và dấu gạch nối"
            yield Problem(_FILE, line, message, "Sửa tên thư mục")
        for key, what in (("folder", "thư mục"), ("name", "tên"), ("position", "vị trí")):
            value = getattr(kind, key)
            if value is not None and (key, value) in taken:
                message = f"{what} {quoted(str(value))} đã thuộc {quoted(taken[key, value])}"
                yield Problem(_FILE, line, message, f"Chọn {what} khác ở {key}")
            taken.setdefault((key, value), kind.name)


def _odd_values(kind: PageKind) -> Iterator[tuple[str, str]]:
    """Yield what would be left out of the navigation or the search in silence, or would break a template."""
    if not kind.name.strip():
        yield "name để trống", "Ghi tên mà người đọc thấy"
    position, rank, words, view = (getattr(kind, name) for name in ("position", "search_rank", "asked_as", "view"))
    if not isinstance(view, View):
        yield "view không phải một View", "Ghi VIEW của một mô-đun trong pages/views/"
    if position is not None and (type(position) is not int or position < 1):
        yield f"position {position!r} không phải số thứ tự từ 1", "Ghi một số nguyên từ 1, hoặc bỏ position"
    if rank is not None and not (type(rank) in {int, float} and 0 <= rank <= 1):
        yield f"search_rank {rank!r} không nằm từ 0 đến 1", "Ghi số từ 0 đến 1, hoặc None"
    if kind.invites not in get_args(_Invites):
        yield f"invites {kind.invites!r} không có nghĩa", 'Ghi "index", "all", hoặc bỏ đi'
    if not isinstance(words, tuple) or not all(isinstance(word, str) and word.strip() for word in words):
        yield "asked_as phải là một bộ các cụm từ", 'Viết ("cụm từ",), có dấu phẩy'


def searched_kinds() -> list[tuple[str, str, float, str]]:
    """Return the kinds that search finds, in the order in which its index counts them, each as folder, name, rank
    and what its pages are of: ``document``, ``body``, ``theme``, ``province``, ``article``, ``site`` (pages of no kind,
    whose folder is ''), else ''."""
    entities = {kind.value: kind.name.lower() for kind in Kind}
    return [
        (str(kind.folder), kind.name, kind.search_rank, entities.get(kind.folder, ""))
        for kind in PAGE_KINDS
        if kind.search_rank is not None
    ] + [_OF_SITE]


def list_pages(index: Index) -> Iterator[Listed]:
    """Yield what search knows of each page that it finds: of entities all that they are, of others their titles."""
    yield from list_all(index.kb)
    for kind in PAGE_KINDS:
        if kind.search_rank is not None and kind.folder not in index.entities:
            for identity, member in kind.view.members(index).items():
                title = kind.view.title(Site(index, kind.folder, identity), member)
                yield Listed(kind.folder, identity, title)


def list_site_pages() -> Iterator[Listed]:
    """Yield what search knows of the folders' own pages and of ``SITE_PAGES``: their address is their id."""
    for kind in PAGE_KINDS:
        yield Listed("", f"{kind.folder}/", kind.name, kind.asked_as)
    for address, name, asked_as in SITE_PAGES:
        yield Listed("", address, name, asked_as)
