"""What the forms' menus offer: made from the vocabularies, and read back to ids."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ..core.text import sort_key
from ..sources.vocabulary import Vocabulary

NATIONAL = "Cả nước, trung ương"

RIGHTS = {
    "tom-luoc": "Bản tóm lược bằng lời của tôi",
    "van-ban-hanh-chinh": "Nguyên văn: văn bản hành chính của cơ quan nhà nước, tổ chức",
    "tin-thoi-su": "Nguyên văn: tin tức thời sự thuần túy đưa tin",
    "duoc-phep": "Nguyên văn: chủ sở hữu đã cho phép đăng",
}
CHANGES = {
    "hop-nhat": "Hợp nhất với cơ quan khác",
    "tach": "Chia tách thành nhiều cơ quan",
    "doi-ten": "Đổi tên",
    "thay-the": "Được một cơ quan khác thay thế",
    "ket-thuc": "Kết thúc hoạt động",
}
CERTAINTIES = {
    "A": "Đã đọc trong văn bản chính thức, hoặc ở hai nguồn độc lập",
    "B": "Đã đọc ở một nguồn",
    "C": "Chưa kiểm tra",
}


def province_options(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the menu of provinces: option → id, '' for the whole country; names of today first."""
    named = sorted(vocabulary.provinces.values(), key=lambda p: sort_key(p.name))
    today = {p.name: p.id for p in named if not p.successor}
    former = {
        f"{p.name} (tên cũ, nay thuộc {vocabulary.provinces[p.successor].name})": p.id for p in named if p.successor
    }
    return {NATIONAL: "", **today, **former}


def theme_options(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the menu of themes: name → id."""
    return {t.name: t.id for t in sorted(vocabulary.themes.values(), key=lambda t: sort_key(t.name))}


def menus(vocabulary: Vocabulary) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the options of every menu that a vocabulary or a schema decides, by form and question."""
    provinces = tuple(province_options(vocabulary))
    return {
        ("them-bai", "dia-phuong"): provinces,
        ("them-bai", "quyen"): tuple(RIGHTS.values()),
        ("co-quan-thay-doi", "dia-phuong"): provinces,
        ("co-quan-thay-doi", "thay-doi"): tuple(CHANGES.values()),
        ("co-quan-thay-doi", "do-chac"): tuple(CERTAINTIES.values()),
        ("de-nghi-chu-de", "lien-quan"): tuple(theme_options(vocabulary)),
    }


def key_of(table: dict[str, str], option: str) -> str:
    """Return the key whose option this is."""
    return next(key for key, words in table.items() if words == option)


def write_options(folder: Path, vocabulary: Vocabulary) -> list[Path]:
    """Write the menus into the forms of a folder; return the files that changed."""
    changed = []
    for (form, question), options in menus(vocabulary).items():
        path = folder / f"{form}.yml"
        before = path.read_text(encoding="utf-8")
        after = with_options(before, question, options)
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
            changed.append(path)
    return sorted(set(changed))


def with_options(form: str, question: str, options: Iterable[str]) -> str:
    """Return a form's text in which a question offers these options and all else stays."""
    lines = form.split("\n")
    start = lines.index("      options:", lines.index(f"    id: {question}")) + 1
    end = next(n for n in range(start, len(lines) + 1) if not lines[n : n + 1] or not lines[n].startswith("        - "))
    offered = [f"        - {json.dumps(option, ensure_ascii=False)}" for option in options]
    return "\n".join([*lines[:start], *offered, *lines[end:]])
