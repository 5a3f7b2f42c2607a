"""A large made-up corpus of articles, always the same: the real vocabularies, invented texts, in one of two shapes.

``python benchmarks/source_corpus.py FOLDER COUNT [PROVINCE] [--national]`` writes sources/ for any build. Nothing here
is a statement about a real document. The shapes:

- even: two new documents an article, spread over all provinces of today (or of one): small, quickly made, for what must
  be seen at all;
- national (``national_texts.py``): 5 to 30 citations an article, the 63 provinces of before 1-7-2025 and the 34 since,
  numbers reused over terms and years, articles of no province and without day, many outlets, themes and places with a
  long tail, words as frequent as in the project's own digests: for what must be measured.
"""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import yaml
from national_texts import NationalTexts

ROOT = Path(__file__).resolve().parents[1]

SUBJECTS = (
    "trồng rừng gỗ lớn", "nuôi tôm nước lợ", "sửa đường liên xã", "bảo tồn nhạc cụ dân tộc", "phòng cháy ở chợ",
    "dạy bơi cho học sinh", "thu gom rác thải", "hiến máu tình nguyện", "giữ nghề dệt chiếu", "thủy lợi nội đồng",
)  # fmt: skip
STATES = ("kỷ luật, kỷ cương hành chính", "tình trạng né tránh, đùn đẩy trách nhiệm", "cải cách hành chính",
          "chuyển đổi số", "công tác kiểm tra, giám sát", "phòng, chống tham nhũng")  # fmt: skip
DOERS = ("Ban Tổ chức {u} ủy", "Văn phòng {u} ủy", "Ủy ban Kiểm tra {u} ủy", "Ủy ban nhân dân {r}",
         "Hội đồng nhân dân {r}", "Ủy ban Mặt trận Tổ quốc Việt Nam {r}", "Sở Nội vụ", "Sở Tài chính")  # fmt: skip
TYPES = (("Chỉ thị", "CT"), ("Nghị quyết", "NQ"), ("Kế hoạch", "KH"), ("Kết luận", "KL"), ("Thông báo", "TB"))


def write_corpus(
    folder: Path, count: int, province: str | None = None, seed: int = 6, *, national: bool = False
) -> Path:
    """Write ``count`` articles with the real vocabularies and records into ``folder``/sources; return that folder."""
    sources = folder / "sources"
    for name in ("vocabularies", "documents"):
        shutil.copytree(ROOT / "sources" / name, sources / name)
    chance = random.Random(seed)  # noqa: S311 - made-up articles, no secret
    if national:
        texts = NationalTexts(sources, ROOT / "sources" / "articles", chance, province)
        for number in range(count):
            _write(sources, *texts.article(number))
        return sources
    places = _places(province)
    for number in range(count):
        _write(sources, *_even_article(*places[number % len(places)], number, chance))
    return sources


def _places(wanted: str | None) -> list[tuple[str, str, bool]]:
    """Return id, name and rank (a thành phố or not) of the provinces to write of."""
    data = yaml.safe_load((ROOT / "sources/vocabularies/provinces.yml").read_text(encoding="utf-8"))
    today = [p for p in data if p["id"] == wanted or (not wanted and p.get("successor", p["id"]) == p["id"])]
    return [(p["id"], p["name"], p["periods"][0]["kind"] == "thanh-pho") for p in today]


def _write(sources: Path, path: str, text: str) -> None:
    file = sources / "articles" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _even_article(place: str, name: str, city: bool, number: int, chance: random.Random) -> tuple[str, str]:
    day = f"{chance.randint(2012, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    rank, committee = ("thành phố", "Thành") if city else ("tỉnh", "Tỉnh")
    words = {"u": committee, "r": rank}
    text = "\n".join(_lines(chance, committee, name, words, day))
    head = (
        f"---\ntitle: {name} bàn việc thứ {number}\noutlet: bao-nhan-dan\npublished: {day}\n"
        f"province: {place}\nevidence: bao-tuong-thuat\nrights: tom-luoc\n---\n\n"
    )
    return f"{place}/{day}-bai-{number}.md", head + text


def _lines(chance: random.Random, committee: str, name: str, words: dict[str, str], day: str) -> list[str]:
    """Return the paragraphs of one article: what was issued, what is asked, what was said, what is carried out."""
    (type_name, code), subject, states = chance.choice(TYPES), chance.choice(SUBJECTS), chance.sample(STATES, 2)
    number = chance.randint(1, 99)
    issued = "-".join(reversed(day.split("-")))
    new = f"{type_name} số {number:02}-{code}/TU, ngày {issued}"
    lines = [
        f"Ban Thường vụ {committee} ủy {name} vừa ban hành {new} về {subject}, gắn với {chance.choice(states)}.\n",
        f"## Phân công\n\nBan Thường vụ {committee} ủy giao:\n",
    ]
    for _ in range(4):
        doer, other = (d.format(**words) for d in chance.sample(DOERS, 2))
        lines.append(
            f"- {doer} chủ trì, phối hợp với {other} tham mưu việc {chance.choice(SUBJECTS)}, báo cáo trước ngày "
            f"{chance.randint(1, 28)}-{chance.randint(1, 12)}; chấn chỉnh {chance.choice(states)}."
        )
    other_type, other_code = chance.choice(TYPES)
    lines.append(
        f"\nHội nghị đánh giá việc thực hiện {other_type} số {chance.randint(1, 99):02}-{other_code}/TU của Ban Thường "
        f"vụ {committee} ủy và Chỉ thị số 05-CT/TW ngày 15-5-2016 của Bộ Chính trị: {chance.choice(states)} có "
        f"chuyển biến, song việc {chance.choice(SUBJECTS)} còn chậm.\n"
    )
    lines.append(f"Lãnh đạo {words['r']} nêu cách làm ở cơ sở về {subject} và {chance.choice(states)}.\n")
    return lines


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--national"]
    print(write_corpus(Path(words[0]), int(words[1]), *words[2:3], national="--national" in sys.argv))
