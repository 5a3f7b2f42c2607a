"""The addresses of a site: their list, where moved ones lead on, and what a new build would lose."""

from __future__ import annotations

import difflib
import html
import json
import re
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ..core.errors import Problem, Severity, UsageError
from ..core.ids import TERM_YEARS, DocumentKey, parse_document_id
from ..core.paragraphs import ANCHOR
from ..core.text import verbose
from ..sources.diagnosis import nearest
from ..sources.moves import ADDRESS, Erratum, Move
from ..sources.vocabulary import Vocabulary
from .pages.cut_lists import FOLDER as PARTS
from .pages.markdown import escape, front_matter, link

LIST = "du-lieu/dia-chi.txt"
"""Where the list stands in docs/ and on the site."""

HOME = "./"
_HEAD = "# Địa chỉ đã công bố, mỗi dòng một trang rồi các đoạn của trang ấy; tệp do máy sinh ra, dùng khi xuất bản.\n"
_ANCHOR = verbose(rf"""
    \{{ [ ] \# ({ANCHOR}) [ ] \.doan [ ] \}}             # of a paragraph
    | <span [ ] class="neo-cu" [ ] id="({ANCHOR})"></span>   # under which it was published before it was mended
    """)

Addresses = dict[str, tuple[str, ...]]
"""Each page's address with the anchors of its paragraphs."""


def page_address(path: str) -> str:
    """Return the address of a page: ``van-ban/x.md`` stands at ``van-ban/x/``, ``van-ban/index.md`` at ``van-ban/``."""
    bare = path.removesuffix(".md")
    return HOME if bare == "index" else bare.removesuffix("index") if bare.endswith("/index") else f"{bare}/"


def list_addresses(pages: Mapping[str, bytes]) -> Addresses:
    """Return the addresses of rendered pages (path in docs/ → content), sorted."""
    texts = {page_address(path): data.decode() for path, data in pages.items() if path.endswith(".md")}
    return {page: tuple(m[1] or m[2] for m in _ANCHOR.finditer(text)) for page, text in sorted(texts.items())}


def render_list(addresses: Addresses) -> bytes:
    """Return the list as a file; ``read_list`` reads it back."""
    return (_HEAD + "".join(f"{' '.join([page, *anchors])}\n" for page, anchors in addresses.items())).encode()


def read_list(text: str) -> Addresses | None:
    """Return the addresses of a published list; None when ``text`` is no such list."""
    addresses: Addresses = {}
    for line in text.lstrip("\ufeff").splitlines():
        page, *anchors = line.split() or ["#"]
        if page.startswith("#"):
            continue
        if page != HOME and not ADDRESS.fullmatch(page):
            return None
        addresses[page] = tuple(anchors)
    return addresses or None


_SECONDS = 60
"""How long an answer of the live site is waited for. Chosen by hand."""
_LARGEST = 200_000_000
"""So many bytes of a list are read at most: an address of the generated corpus takes about 50 (``benchmarks/``)."""
_NEVER = (404, 410)
"""What a site answers that has no list: it was never published."""


class UnreachableError(Exception):
    """The live site gives no answer now; the message is Vietnamese."""


def read_published(place: str) -> Addresses | None:
    """Return the list at ``place``, a path or an address; None if the live site has none yet.

    Raises UsageError when there is no such file or it is no list, UnreachableError when the site gives no answer."""
    if place.startswith(("https://", "http://")):
        data = _download(place)
    else:
        try:
            data = Path(place).read_bytes()
        except (OSError, ValueError) as error:
            raise UsageError(f"không đọc được {place} ({getattr(error, 'strerror', None) or error})") from error
    addresses = read_list(data.decode("utf-8", errors="replace")) if data is not None else None
    if data is not None and addresses is None:
        raise UsageError(f"{place} không phải danh sách địa chỉ (du-lieu/dia-chi.txt của một lần dựng trước)")
    return addresses


def _download(address: str) -> bytes | None:
    """Return what the site gives now: the question mark passes by copies that are kept on the way."""
    request = urllib.request.Request(f"{address}?{int(time.time())}", headers={"User-Agent": "kho-van-ban"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - only http(s), see above
            return bytes(answer.read(_LARGEST))
    except urllib.error.HTTPError as error:
        if error.code in _NEVER:
            return None
        raise UnreachableError(f"Trang đã công bố trả lời mã {error.code} ở {address}. Hãy thử lại sau.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise UnreachableError(f"Không tải được {address} ({reason}). Hãy thử lại sau.") from error


_TITLE = re.compile(r"^title: (\".*\")$", re.MULTILINE)


def check_moves(moves: Sequence[Move], present: Collection[str], folders: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with the moves: ``present`` are the addresses of all pages, ``folders`` the generated ones.

    An old address must be free and lie in one of the folders, a new one must be that of a page."""
    by_old = {move.old: move for move in moves}
    for move in moves:
        if move.old in present:
            message = f"địa chỉ “{move.old}” vẫn có trang nên không chuyển đi được"
            yield Problem(move.path, move.line, message, "Xóa mục này, hoặc sửa khóa “from” nếu gõ nhầm")
        elif move.old.split("/")[0] not in folders:
            known = ", ".join(f"{folder}/" for folder in sorted(folders))
            message = f"địa chỉ “{move.old}” không thuộc phần nào do máy sinh ra"
            yield Problem(move.path, move.line, message, f"Chỉ chuyển được địa chỉ trong: {known}")
        if move.new is None:
            continue
        way = [move.old, move.new]
        while (next_move := by_old.get(way[-1])) and next_move.new and way[-1] not in way[:-1]:
            way.append(next_move.new)
        if move.new in by_old:
            message, remedy = f"đích “{move.new}” lại được chuyển tiếp", f"Ghi thẳng đích cuối: to: {way[-1]}"
            if way[-1] in way[:-1]:
                message = f"các địa chỉ chuyển vòng quanh: {' → '.join(way)}"
                remedy = "Ghi ở “to” địa chỉ của trang đang có"
            yield Problem(move.path, move.to_line, message, remedy)
        elif move.new not in present:
            near = nearest_address(move.new, present)
            remedy = f"Có lẽ là “{near}”" if near else "Ghi địa chỉ của một trang đang có"
            yield Problem(move.path, move.to_line, f"không có trang nào ở “{move.new}”", remedy)


def check_errata(errata: Sequence[Erratum], present: Collection[str]) -> Iterator[Problem]:
    """Yield a warning for each correction of a page that is not ``present``; one that went away keeps its own in
    addresses.yml. It is shown nowhere then, which harms nobody: a part of the base is built with the same file."""
    for erratum in errata:
        if erratum.page not in present:
            near = nearest_address(erratum.page, present)
            remedy = f"Có lẽ là “{near}”" if near else "Ghi địa chỉ của một trang đang có"
            message = f"không có trang nào ở “{erratum.page}”, nên lời đính chính không hiện"
            yield Problem(erratum.path, erratum.line, message, remedy, Severity.WARNING)


def nearest_address(address: str, choices: Collection[str]) -> str | None:
    """Return the address in the same folder that is most like this one."""
    folder = address.split("/", maxsplit=1)[0] + "/"
    names = {c.removeprefix(folder): c for c in choices if c.startswith(folder) and c != folder}
    near = nearest(address.removeprefix(folder), names)
    return names[near] if near is not None else None


def render_moves(moves: Sequence[Move], pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the page for each old address (path in docs/ → Markdown): it says where to go, and the theme goes there;
    or that the page was withdrawn, when and why."""
    paths = {page_address(path): path for path in pages if path.endswith(".md")}
    found = {}
    for move in moves:
        if move.new is None:
            found[move.old.rstrip("/") + ".md"] = _withdrawn(move).encode()
            continue
        path = paths[move.new]
        name = page_title(pages[path].decode())
        head = {
            "title": "Trang đã chuyển",
            "description": f"Địa chỉ này nay là trang: {name}",
            "kb": {"kind": "moved", "kind_name": "Đã chuyển", "moved_to": move.new, "source": move.path},
        }
        up = "../" * move.old.rstrip("/").count("/")
        since = f" từ {move.date.vietnamese}" if move.date else ""
        reason = f"\n\nLý do: {escape(move.why)}" if move.why else ""
        text = (
            f"{front_matter(head)}# Trang đã chuyển\n\nNội dung ở địa chỉ này{since} nay là trang: "
            f"{link(name, up + path, 'kb-trang-moi')}{reason}\n"
        )
        found[move.old.rstrip("/") + ".md"] = text.encode()
    return found


def _withdrawn(move: Move) -> str:
    day = move.date.vietnamese if move.date else ""
    head = {
        "title": "Trang đã rút",
        "description": f"Trang ở địa chỉ này đã được rút khỏi kho ngày {day}",
        "kb": {"kind": "withdrawn", "kind_name": "Đã rút", "source": move.path},
    }
    return (
        f"{front_matter(head)}# Trang đã rút\n\nTrang ở địa chỉ này đã được rút khỏi kho ngày {day}; nội dung cũ không "
        f"còn được công bố.\n\nLý do: {escape(move.why or '')}\n"
    )


def page_title(page: str) -> str:
    """Return the title in the head of a generated page."""
    found = _TITLE.search(page)
    return html.unescape(json.loads(found[1])) if found else ""


_MOST = 30
"""So many like addresses are compared letter by letter with a lost one, chosen by hand. With all of a folder a rename
of 1,000 articles took 53 seconds; with these it took 2, and one of 10,000 articles 17."""
_END = 4
"""So many letters at the beginning and the end of a name are looked up as a part of it. Chosen by hand."""


class SimilarAddresses:
    """Addresses by the parts of their names; made once, so that looking up one of them takes no longer with more."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for address in sorted(addresses):
            for part in _parts(address):
                self._holders[part].append(address)

    def to(self, address: str) -> list[str]:
        """Return the addresses in the same folder that share the rarest parts with this one."""
        shared = (self._holders[part] for part in _parts(address) if part in self._holders)
        found: dict[str, None] = {}
        for holders in sorted(shared, key=len):
            found |= dict.fromkeys(holders[:_MOST])
            if len(found) >= _MOST:
                break
        return list(found)


def _parts(address: str) -> list[tuple[str, ...]]:
    """Return the words of a name, alone and with the next one, and its first and last letters."""
    folder, _, name = address.rstrip("/").partition("/")
    words = name.replace("/", "-").split("-")
    parts = (*zip(words, strict=True), *pairwise(words), ("^", name[:_END]), ("$", name[-_END:]))
    return [(folder, *part) for part in dict.fromkeys(parts)]


_BEGINNING, _SIMILARITY = 12, 0.92
"""So many letters of an address must be the same at its beginning, and such a share in all (``difflib``), for a page
published before to be taken for the lost one. Chosen by hand: it is a proposal, which a maintainer reads."""
_SAME_NAME = {"so-sanh": "chu-de", "nhiem-vu": "dia-phuong"}
"""Where a page of a folder is gone, the page of the same name in the other folder says most of it."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A published address without a page, and the page that takes its place most likely."""

    address: str
    proposal: str

    @property
    def entry(self) -> str:
        """The line for sources/addresses.yml that leads on."""
        return f"- {{from: {self.address}, to: {self.proposal}}}"


def find_lost(
    published: Addresses, present: Addresses, vocabulary: Vocabulary, known: Mapping[str, str] | None = None
) -> list[Lost]:
    """Return the published addresses that are no longer ``present`` (pages that lead on are present), sorted.

    Where ``known`` tells under which address the same thing stands now, that is proposed."""
    gone = sorted(published.keys() - present.keys())
    if not gone:
        return []
    guide = _Guide(published, present, vocabulary)
    return [Lost(address, (known or {}).get(address) or guide.propose(address)) for address in gone]


def lost_anchors(published: Addresses, present: Addresses, led: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Return for each published page the paragraphs that are gone from it, or from the page it is ``led`` to.

    Pages that are lost themselves, or were withdrawn (led nowhere), are left out."""
    ends = {page: led.get(page, page) for page in published if page in present}
    now = {page: set(present.get(end, ())) for page, end in ends.items() if end is not None}
    gone = {page: [anchor for anchor in published[page] if anchor not in now[page]] for page in now}
    return {page: anchors for page, anchors in gone.items() if anchors}


def lost_problems(lost: Iterable[Lost], path: str, line: int) -> list[Problem]:
    """Return a problem for each lost address; its remedy is the very line to add at the end of ``path``."""
    message = "địa chỉ đã công bố “{}” không còn trang nào"
    remedy = "Khôi phục trang ấy, hoặc thêm dòng “{}” vào cuối tệp (xem lại đích trước khi thêm)"
    return [Problem(path, line, message.format(one.address), remedy.format(one.entry)) for one in lost]


class _Guide:
    """Knows where a lost address could lead: to what is new under a like name, else to what says most of it."""

    def __init__(self, published: Addresses, present: Addresses, vocabulary: Vocabulary) -> None:
        self._present = present
        self._new = present.keys() - published.keys()
        self._similar, self._similar_new = SimilarAddresses(present), SimilarAddresses(self._new)
        self._vocabulary = vocabulary
        self._documents: dict[tuple[str, str, str | None], list[tuple[str, DocumentKey]]] = defaultdict(list)
        for address in present:
            if key := self._key(address):
                self._documents[key.type, key.number, key.place].append((address, key))

    def _key(self, address: str) -> DocumentKey | None:
        folder, _, name = address.rstrip("/").partition("/")
        if folder != "van-ban" or not name:
            return None
        try:
            return parse_document_id(name, self._vocabulary.document_types, self._vocabulary.provinces)
        except ValueError:
            return None

    def propose(self, address: str) -> str:
        """Return the address of a page that is there, the likeliest way on first."""
        folder, _, name = address.rstrip("/").partition("/")
        name, _, part = name.partition("/")
        if folder == PARTS and f"{name}/" in self._present:  # the list says where its entries stand now
            return f"{name}/"
        if part and f"{folder}/{name}/" in self._present:
            return f"{folder}/{name}/"
        endings = (f"dia-phuong/{p}/" for p in self._vocabulary.provinces if name.endswith(f"-{p}"))
        places = (place for place in endings if place in self._present)
        return (
            self._document(address)
            or self._if_present(f"{_SAME_NAME.get(folder, folder)}/{name}/")
            or nearest_address(address, self._similar_new.to(address))
            or self._namesake(address)
            or max(places, key=len, default=None)
            or self._if_present(f"{folder}/")
            or "van-ban/"
        )

    def _if_present(self, address: str) -> str | None:
        return address if address in self._present else None

    def _document(self, address: str) -> str | None:
        """Return the same document under another year or none: its date has become known, or was wrong.

        Where several could be meant, the page of their number names them all."""
        key = self._key(address)
        if key is None:
            return None
        same = [(a, k) for a, k in self._documents[key.type, key.number, key.place] if a != address]
        fitting = [a for a, k in same if _may_be(key, k)]
        for choices in ([a for a in fitting if a in self._new], fitting, [a for a, _ in same]):
            if len(choices) == 1:
                return choices[0]
        return self._if_present(f"so-hieu/{key.number}/")

    def _namesake(self, address: str) -> str | None:
        """Return a page published before under almost the same name: the lost one may have been merged into it."""
        beginning = address[: address.index("/") + _BEGINNING]
        near = nearest_address(address, [a for a in self._similar.to(address) if a.startswith(beginning)])
        same = difflib.SequenceMatcher(None, near or "", address, autojunk=False).ratio() >= _SIMILARITY
        return near if same else None


def _may_be(old: DocumentKey, new: DocumentKey) -> bool:
    """Tell whether two keys of one number can be of the same time: an unknown one can be any, a year is in its term."""
    if old.period is None or new.period is None:
        return True
    if old.term == new.term:
        return old.period == new.period
    term, year = (old.period, new.period) if old.term else (new.period, old.period)
    return term <= year <= term + TERM_YEARS
