import assert from "node:assert/strict";
import { test } from "node:test";

import { QueryReader, indexOf } from "../../theme/assets/kb/search-query.js";
import { line, words } from "../../theme/assets/kb/search-text.js";
import { GRAMMAR } from "./small-index.js";

const reader = new QueryReader(GRAMMAR);

/** @param {string} text */
function onlyNumber(text) {
  const { numbers } = reader.read(text);
  assert.equal(numbers.length, 1, text);
  const { number, year, types, typeCodes, codes, sure } = numbers[0];
  return { number, year, types: [...types], typeCodes: [...typeCodes], codes: [...codes], sure };
}

test("a symbol is read in every spelling", () => {
  for (const text of [
    "34-CT/TU",
    "34CT/TU",
    "34 ct tu",
    "34/CT-TU",
    "34-ct/tu",
    "34 – CT/TU",
    "34-CTTU",
    "34cttu",
    "34_CT/TU",
    "số 34-CT/TU",
  ]) {
    assert.deepEqual(
      onlyNumber(text),
      { number: 34, year: 0, types: [], typeCodes: ["CT"], codes: ["TU"], sure: true },
      text,
    );
  }
});

test("a year in the symbol, a term behind the issuer", () => {
  assert.deepEqual(onlyNumber("73/2023/NĐ-CP"), {
    number: 73,
    year: 2023,
    types: [],
    typeCodes: ["NĐ"],
    codes: ["CP"],
    sure: true,
  });
  assert.deepEqual(onlyNumber("73/2023"), { number: 73, year: 2023, types: [], typeCodes: [], codes: [], sure: true });
  assert.deepEqual(onlyNumber("202/2025/QH15"), {
    number: 202,
    year: 2025,
    types: [],
    typeCodes: [],
    codes: ["QH"],
    sure: true,
  });
  assert.equal(onlyNumber("1.059/QĐ-TTg").number, 1059);
});

test("codes with other accents mean others, without accents both", () => {
  assert.deepEqual(onlyNumber("124-QĐ/TƯ").codes, ["TW"]);
  assert.deepEqual(onlyNumber("8-qdi/tw").typeCodes, ["QĐi"]);
  assert.deepEqual(onlyNumber("QĐ 124").types, ["quyet-dinh", "quy-dinh"]);
});

test("the type named before a number", () => {
  for (const text of ["chỉ thị 34", "chi thi so 34", "Chỉ thị số 34", "ct34", "CT 34"]) {
    const { types, sure } = onlyNumber(text);
    assert.deepEqual([types, sure], [["chi-thi"], true], text);
  }
});

test("a bare number is loosely asked for, and only in a short query", () => {
  assert.equal(onlyNumber("34").sure, false);
  assert.equal(onlyNumber("34 đà nẵng").sure, false);
  assert.deepEqual(reader.read("có 34 ý kiến gửi về ban tổ chức").numbers, []);
  for (const text of ["khóa 12", "quý 3", "điều 5", "tháng 9"]) assert.deepEqual(reader.read(text).numbers, [], text);
});

test("a number that counts what follows is no document's", () => {
  for (const text of [
    "10 biểu hiện né tránh",
    "10 bieu hien",
    "giảm 10% hội nghị",
    "giảm 10 %",
    "5 nhóm giải pháp",
    "18 nhiệm vụ",
  ])
    assert.deepEqual(reader.read(text).numbers, [], text);
  assert.equal(onlyNumber("10 nghệ an").number, 10);
  assert.equal(onlyNumber("chỉ thị 10 nhiệm vụ").sure, true);
});

test("dates and years are no numbers of documents", () => {
  const query = reader.read("Chỉ thị 34-CT/TU ngày 27-10-2023");
  assert.deepEqual([query.numbers.map((asked) => asked.number), query.years], [[34], [2023]]);
  assert.deepEqual(reader.read("ngày 25 tháng 10 năm 2021").years, [2021]);
  assert.deepEqual(reader.read("tháng 10/2021").years, [2021]);
  assert.deepEqual(reader.read("đà nẵng 2023").years, [2023]);
  assert.deepEqual(reader.read("ngày 29/9").numbers, []);
});

test("a symbol without a number asks for all of its kind", () => {
  for (const text of ["CT/TU", "cttu", "CT-TU"]) {
    const { list } = reader.read(text);
    assert.deepEqual([[...(list?.typeCodes ?? [])], [...(list?.codes ?? [])]], [["CT"], ["TU"]], text);
  }
  assert.equal(reader.read("đà nẵng").list, null);
  assert.equal(reader.read("").list, null);
});

test("quoted words are a phrase, whatever the marks", () => {
  for (const text of ["“dám nghĩ, dám làm”", '"dám nghĩ dám làm"', "«dám nghĩ dám làm»"]) {
    assert.deepEqual(
      reader.read(text).phrases.map((phrase) => phrase.map((word) => word.full).join(" ")),
      ["dám nghĩ dám làm"],
    );
  }
});

test("abbreviations go both ways", () => {
  /** @param {string} text */
  const variants = (text) => reader.read(text).variants.map((variant) => variant.map((word) => word.bare).join(" "));
  assert.deepEqual(variants("CCHC"), ["cchc", "cai cach hanh chinh"]);
  assert.ok(variants("cải cách hành chính ở Đà Nẵng").includes("cchc o da nang"));
  assert.ok(variants("tp.hcm").includes("ho chi minh"));
  for (const text of ["từ chức", "tu chuc", "mien nhiem tu chuc", "đầu tư công", "dau tu"])
    assert.deepEqual(variants(text), [line(text).trim()], text);
  for (const text of ["tu", "btv tu", "34 tu", "TU chuc", "ctct tu"])
    assert.ok(
      variants(text).some((variant) => variant.includes("tinh uy")),
      text,
    );
  assert.deepEqual(variants("hành chính tu đà nẵng").length, 1);
  const atPlaces = new QueryReader(GRAMMAR, (list) => list[0]?.bare === "da");
  assert.equal(atPlaces.read("hành chính tu đà nẵng").variants.length, 2);
  assert.ok(variants("cchc tp.hcm hcm cchc hcm cchc hcm").length <= 6);
});

test("words beside numbers and dates are what is left", () => {
  assert.deepEqual(
    reader.read("chỉ thị số 34 đà nẵng").rest.map((word) => word.bare),
    ["da", "nang"],
  );
});

test("a run of words in another", () => {
  assert.equal(indexOf(words("tỉnh ủy bình thuận"), words("Bình Thuận")), 2);
  assert.equal(indexOf(words("bình"), words("Bình Thuận")), -1);
});
