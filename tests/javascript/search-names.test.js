import assert from "node:assert/strict";
import { test } from "node:test";

import { missingFrom } from "../../theme/assets/kb/search-numbers.js";
import { words } from "../../theme/assets/kb/search-text.js";
import { readSmallIndex } from "./small-index.js";

const names = await readSmallIndex();

/** The addresses that a text leads to, best first. @param {string} text @param {boolean} typing */
const found = (text, typing = false) => names.find(names.reader.read(text), typing).map((hit) => hit.entry.url);

const OF_DA_NANG = "van-ban/chi-thi-34-ct-tu-da-nang-2023/";
const OF_LAM_DONG = "van-ban/chi-thi-34-ct-tu-lam-dong-2021/";

test("addresses are formed as the library forms them", () => {
  assert.deepEqual(
    names.entries.filter(({ kind }) => !["body", "province"].includes(kind.entity)).map((entry) => entry.url),
    [
      "chu-de/cai-cach-hanh-chinh/",
      OF_DA_NANG,
      OF_LAM_DONG,
      "van-ban/nghi-dinh-73-2023-nd-cp/",
      "van-ban/chi-thi-50-ct-tu-da-nang-2019/",
      "van-ban/chi-thi-50-ct-tu-binh-thuan-2019/",
      "nguon/2023-12-07-khoi-day-dong-luc-o-da-nang/",
      "bao/bao-da-nang/",
      "bao/50-nam/",
    ],
  );
});

test("the name itself, then names that hold it; a place before a body", () => {
  assert.equal(found("đà nẵng")[0], "dia-phuong/da-nang/");
  assert.equal(found("da nang")[0], "dia-phuong/da-nang/");
  assert.equal(found("thành ủy đà nẵng")[0], "co-quan/thanh-uy-da-nang/");
  assert.equal(found("thành phố đà nẵng")[0], "dia-phuong/da-nang/");
});

test("a kind of page that is not of an entity is found like any other", () => {
  assert.equal(found("báo đà nẵng")[0], "bao/bao-da-nang/");
  assert.ok(found("đà nẵng").includes("bao/bao-da-nang/"));
});

test("a number goes before all names; place and year tell same numbers apart", () => {
  assert.equal(found("34-CT/TU lâm đồng")[0], OF_LAM_DONG);
  assert.equal(found("34 đà nẵng 2023")[0], OF_DA_NANG);
  assert.equal(found("34-CT/TU 2021")[0], OF_LAM_DONG);
  assert.equal(found("34-CT/TU phòng cháy")[0], OF_LAM_DONG);
  assert.deepEqual(new Set(found("CT/TU")), new Set(found("cttu")));
  assert.equal(found("CT/TU").length, 4);
});

test("today's province is meant by the former one's name, less than by its own", () => {
  assert.equal(found("chỉ thị 34 bình thuận")[0], OF_LAM_DONG);
  const [ofFormer, ofOther] = names.find(names.reader.read("chỉ thị 50 lâm đồng"));
  assert.equal(ofFormer.entry.place?.id, "binh-thuan");
  assert.ok(ofFormer.score > ofOther.score + 0.1);
});

test("the same number of another type is shown and says so", () => {
  const [hit] = names.find(names.reader.read("nghị định 34"));
  assert.match(hit.reason, /cùng số 34/);
});

test("accents typed set apart, accents left out do not", () => {
  const query = names.reader.read("lãm đồng");
  const right = names.find(names.reader.read("lâm đồng"))[0].score;
  const other = names.find(query).find((hit) => hit.entry.id === "lam-dong");
  assert.ok(other && other.score < right - 1);
});

test("a name is not within words of other accents, nor within a word of other syllables", () => {
  assert.ok(!found("những việc đa nặng nề hơn").includes("dia-phuong/da-nang/"));
  assert.ok(found("những việc đà nẵng làm").includes("dia-phuong/da-nang/"));
  assert.ok(found("những việc da nang làm").includes("dia-phuong/da-nang/"));
  assert.ok(found("nhung viec da nang lam").includes("dia-phuong/da-nang/"));
});

test("what became of a place comes right behind it, with the reason", () => {
  const [first, second] = names.find(names.reader.read("Bình Thuận"));
  assert.deepEqual([first.entry.id, second.entry.id], ["binh-thuan", "lam-dong"]);
  assert.match(second.reason, /hợp nhất vào Lâm Đồng/);
  assert.ok(found("tỉnh ủy bình thuận").includes("co-quan/tinh-uy-lam-dong/"));
});

test("an unfinished last word is a beginning only while it is typed", () => {
  assert.equal(found("cải cách hà", true)[0], "chu-de/cai-cach-hanh-chinh/");
  assert.ok(!found("cải cách hà").includes("chu-de/cai-cach-hanh-chinh/"));
});

test("a bare number comes behind a name that begins with it", () => {
  assert.deepEqual(
    found("50").map((url) => url.split("/")[0]),
    ["bao", "van-ban", "van-ban"],
  );
});

test("a year alone lists what is of it", () => {
  assert.deepEqual(new Set(found("2021")), new Set([OF_LAM_DONG]));
});

test("nothing is asked, nothing is found", () => {
  assert.deepEqual(found(""), []);
  assert.deepEqual(found("zzz"), []);
});

test("what is asked for by a sure number and is not here is told", () => {
  /** @param {string} text */
  const missing = (text) => missingFrom(names, names.reader.read(text));
  assert.deepEqual(missing("18-NQ/TW"), ["18-NQ/TW"]);
  assert.deepEqual(missing(" chỉ thị 99-CT/TU đà nẵng"), ["chỉ thị 99-CT/TU"]);
  assert.deepEqual(missing("34-CT/TU bình thuận"), ["34-CT/TU (Bình Thuận)"]);
  assert.deepEqual(missing("34-CT/TU 2019"), ["34-CT/TU (2019)"]);
  assert.deepEqual(missing("nghị định 74/2023"), ["nghị định 74/2023"]);
  for (const known of ["34-CT/TU", "34-CT/TU lâm đồng", "34", "50-CT/TU lâm đồng", "73/2023/NĐ-CP", "18 nhiệm vụ"])
    assert.deepEqual(missing(known), [], known);
});

test("the name of a province is one word", () => {
  const joined = (/** @type {string} */ text) => names.inQuery.joined(words(text)).map(({ bare }) => bare);
  assert.deepEqual(joined("Bình Thuận cải cách"), ["binh thuan", "cai", "cach"]);
  assert.deepEqual(joined("ve da nang"), ["ve", "da nang"]);
  assert.deepEqual(joined("thành phố Đà Nẵng"), ["thanh pho da nang"]);
  assert.deepEqual(joined("đã nắng"), ["da", "nang"]);
  assert.deepEqual(joined("binh, lam"), ["binh", "lam"]);
});

test("a province and a theme: the province, what it became, the theme; no other province", () => {
  for (const text of ["bình thuận cải cách hành chính", "cai cach hanh chinh binh thuan", "CCHC Bình Thuận"])
    assert.deepEqual(
      found(text).slice(0, 3),
      ["dia-phuong/binh-thuan/", "dia-phuong/lam-dong/", "chu-de/cai-cach-hanh-chinh/"],
      text,
    );
  assert.ok(!found("bình thuận cải cách hành chính").includes(OF_DA_NANG));
  assert.equal(found("đà nẵng đẩy mạnh cải cách hành chính")[0], OF_DA_NANG);
});

test("documents of a province and a theme that are alike stay as listed", async () => {
  const own = await readSmallIndex();
  const theme = own.themes[0];
  const alike = own.entries.filter(({ kind, place }) => kind.entity === "document" && place?.id === "da-nang");
  assert.equal(alike.length, 2);
  for (const entry of alike) Object.assign(entry, { themes: [theme], date: "2023-10-27" });
  const hits = own.find(own.reader.read("đà nẵng cải cách hành chính"));
  assert.deepEqual(
    hits.map(({ entry }) => entry).filter((entry) => alike.includes(entry)),
    alike,
  );
});
