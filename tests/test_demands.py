"""Who asks what of whom: cases of tests/cases/demands, and the raw articles where they stand beside the repository."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest

from knowledge_base.core.models import BodyMention, BodyRef, Citation, Demand, Level, Noise, NoiseKind, Scan
from knowledge_base.mentions.demands.demand_finder import DemandFinder
from scanning import assert_linear, case_params, plain_scan, seed_text, vocabulary

FINDER = DemandFinder(vocabulary())
NUMBER = re.compile(r"(?:Chỉ thị|Kế hoạch|Công điện|Thông báo|Quyết định) số (\d{1,4}[-/][A-ZĐ]\w*[-/]\w+)")
BODIES = re.compile(
    r"(?:(?:Ban Thường vụ|Thường trực|Văn phòng|Ban (?:Tổ chức|Tuyên giáo|Dân vận|Nội chính)|Ủy ban Kiểm tra) )?"
    r"(?:Tỉnh|Thành) [uủ][ỷy](?: Bình Minh| Sông Xanh)?"
    r"|Đảng ủy Khối(?: [Cc]ác cơ quan tỉnh)?|(?:Ban [Cc]án sự [Đđ]ảng )?UBND (?:tỉnh|thành phố)(?: Bình Minh)?"
    r"|(?:Đảng đoàn )?HĐND(?: (?:tỉnh|thành phố))?|Ủy ban MTTQ Việt Nam tỉnh|Thủ tướng Chính phủ|Bộ Nội vụ|Bộ Chính trị"
    r"|Đoàn đại biểu Quốc hội (?:tỉnh|thành phố)"
)
IN_TITLE = re.compile(r"(?:[Bb]í thư(?: Thường trực)?|[Cc]hủ tịch|[Tt]rưởng|[Ủủ]y viên) \Z")


def find_all(scan: Scan) -> list[Demand]:
    """Find demands with bodies and citations found in a simple way, so that these tests stand on their own."""

    def body(match: re.Match[str]) -> BodyMention:
        before = scan.view[max(0, match.start() - 30) : match.start()]
        return BodyMention(*match.span(), match[0], BodyRef("x"), bool(IN_TITLE.search(before)))

    bodies = [body(m) for m in BODIES.finditer(scan.view)]
    citations = [Citation(*m.span(), m[0], None, m[1], Level.FULL) for m in NUMBER.finditer(scan.view)]
    found = FINDER.find(scan, bodies, citations)
    assert all(scan.text[d.start : d.end] == d.text for d in found)
    assert [d.start for d in found] == sorted(d.start for d in found)
    return found


def told(scan: Scan, demand: Demand) -> dict[str, Any]:
    """Return a demand in the words of the cases."""

    def words(span: tuple[int, int]) -> str:
        return scan.text[slice(*span)]

    return {
        "kind": demand.kind,
        "giver": words(demand.assigner) if demand.assigner else None,
        "to": demand.addressees or None,
        "lead": [words(s) for s in demand.lead],
        "with": [words(s) for s in demand.partners],
        "directs": [words(s) for s in demand.executors],
        "task": demand.task,
        "deadline": demand.deadline,
    }


def check(text: str, wanted: list[dict[str, Any]], *noise: Noise) -> None:
    """Compare the demands of a text with what is wanted: only the keys told, the task by its beginning."""
    scan = plain_scan(text, *noise)
    found = [told(scan, d) for d in find_all(scan)]
    shown = [{key: f[key] for key in w} for f, w in zip(found, wanted, strict=False)]
    for f, w in zip(shown, wanted, strict=False):
        if "task" in w and f["task"].startswith(w["task"]):
            f["task"] = w["task"]
    assert shown == wanted
    assert len(found) == len(wanted), [f["task"][:50] for f in found]


@pytest.mark.parametrize("case", case_params("demands"))
def test_case(case: dict[str, Any]) -> None:
    check(case["text"], case["demands"])


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Hôm qua, Chỉ thị yêu cầu người đứng đầu phải nêu gương.", "Chỉ thị yêu cầu"),
        ("Theo đó, Chỉ thị số 72-CT/TU yêu cầu các cấp ủy kiểm tra.", "Chỉ thị số 72-CT/TU yêu cầu"),
        ("Kết luận, đồng chí Nguyễn Văn Mẫu yêu cầu các phòng rút kinh nghiệm.", "đồng chí Nguyễn Văn Mẫu"),
        ("Nay Tỉnh ủy yêu cầu các phòng rút kinh nghiệm.", "Tỉnh ủy yêu cầu"),
    ],
)
def test_a_demand_begins_with_who_asks(text: str, begins: str) -> None:
    (demand,) = find_all(plain_scan(text))
    assert demand.text.startswith(begins)


def test_noise_between_items_is_left_out() -> None:
    text = "Tỉnh ủy nêu 2 yêu cầu:\n\nSiết chặt kỷ cương.\n\nPhải xem ảnh này. Ảnh: P.V\n\nNêu gương."
    start = text.index("Phải")
    wanted = [{"task": "Siết chặt kỷ cương"}, {"task": "Nêu gương"}]
    check(text, wanted, Noise(start, text.index("\n\nNêu"), NoiseKind.CAPTION))


def test_seed_000() -> None:
    assigner, leaders = "Thường trực Tỉnh ủy", "cấp ủy đảng, lãnh đạo các cơ quan, đơn vị"
    staff, block = "cán bộ công chức, viên chức các cơ quan đơn vị", "Đảng ủy Khối Các cơ quan tỉnh"
    asked = [(leaders, w) for w in ("Tăng cường lãnh đạo", "Chủ động", "Nêu cao", "Siết chặt", "Thực hiện tốt")]
    asked += [(staff, w) for w in ("Tiếp tục tu dưỡng", "Tích cực", "Phát huy")]
    given = [
        ("Ban Tuyên giáo Tỉnh ủy", "with", [block], "tăng cường công tác"),
        ("Ban Tổ chức Tỉnh ủy", "with", [], "chủ trì tham mưu trả lời"),
        ("Ban Cán sự đảng UBND tỉnh", "directs", ["UBND tỉnh"], "chỉ đạo UBND tỉnh"),
        (block, "with", ["Văn phòng Tỉnh ủy"], "hoàn chỉnh nội dung"),
    ]
    wanted: list[dict[str, Any]] = [{"to": "các cơ quan, đơn vị liên quan", "task": "nghiêm túc triển khai"}]
    wanted += [{"kind": "yeu-cau", "giver": assigner, "to": to, "task": task, "deadline": None} for to, task in asked]
    wanted += [{"kind": "giao", "giver": assigner, "lead": [b], key: w, "task": t} for b, key, w, t in given]
    check(seed_text(0), wanted)


def test_seed_002() -> None:
    secretary, committees = "Bí thư Thành ủy", "các cấp ủy, tổ chức đảng, người đứng đầu các cấp"
    led = ["Đảng đoàn HĐND", "Ban cán sự Đảng UBND thành phố"]
    check(
        seed_text(2),
        [
            {"giver": secretary, "to": committees, "task": "trên cơ sở đặc điểm"},
            {"giver": secretary, "to": "cấp ủy các cấp", "task": "tăng cường chỉ đạo", "deadline": None},
            {"giver": secretary, "to": "cấp ủy các cấp", "task": "Biểu dương"},
            {"kind": "yeu-cau", "giver": None, "to": None, "task": "tăng cường quán triệt"},
            {"kind": "yeu-cau", "giver": None, "to": None, "task": "nhận diện, kiểm điểm"},
            {"kind": "giao", "giver": "Ban Thường vụ Thành ủy", "lead": led, "with": [], "task": "nhiệm vụ cụ thể"},
        ],
    )


@pytest.mark.parametrize(
    "unit",
    [
        "Tỉnh ủy yêu cầu ",
        "Tỉnh ủy giao: UBND tỉnh chủ trì, phối hợp ",
        "yêu cầu, đề nghị; giao ",
        "các cơ quan, đơn vị, ",
        "Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh ",
        "Tỉnh ủy yêu cầu:\n\nTăng cường kỷ cương.\n\n",
        "trước ngày 1/1/2024 ",
    ],
)
def test_time_is_linear(unit: str) -> None:
    assert_linear(unit, lambda text: partial(find_all, plain_scan(text)))
