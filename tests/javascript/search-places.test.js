// Which provinces words name, over the names of all provinces, those of today and former ones.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Places } from "../../theme/assets/kb/search-places.js";
import { fullLine, line, plain, words } from "../../theme/assets/kb/search-text.js";

/** @import { Entry } from "../../theme/assets/kb/search-names.js" */

const listed = readFileSync(new URL("../../sources/vocabularies/provinces.yml", import.meta.url), "utf8");
const NAMES = [...listed.matchAll(/^ {2}name: (.+)$/gm)].map(([, name]) => name);
const places = new Places(
  NAMES.map((name) => {
    const all = [name, `tỉnh ${name}`];
    return /** @type {Entry} */ (/** @type {unknown} */ ({ name, lines: all.map(line), marked: all.map(fullLine) }));
  }),
  [],
);
/** @param {string} text */
const named = (text) => places.in(words(text)).map(({ place }) => place.name);

/** As it is written, in small letters, without accents. @type {((text: string) => string)[]} */
const TYPED = [(text) => text, (text) => text.toLowerCase(), plain];

/** @param {string} text @param {string[]} expected @returns {string[]} what was named else */
const wrongIn = (text, expected) =>
  TYPED.map((type) => type(text))
    .filter((typed) => named(typed).join() !== expected.join())
    .map((typed) => `${typed}: ${named(typed)}`);

const BEFORE = [
  ..."an ninh, An ninh, công an, văn hóa, quảng cáo, báo cáo, nâng cao, việt nam, miền bắc, tây bắc, thanh tra".split(
    ", ",
  ),
  ..."kiểm tra, công nghệ, đánh giá, tham gia, trạng thái, trung bình, lao động, hội đồng, việc làm, khí hậu".split(
    ", ",
  ),
  ..."cải cách hành chính, tỉnh ủy, thành ủy, năm 2025, 34".split(", "),
];
const AFTER =
  "định hướng, an toàn, an ninh, bình đẳng, nội dung, phòng chống, năm 2025, là gì, cải cách, đồng bộ".split(", ");

test("no word before or behind a province makes it another one", () => {
  assert.ok(NAMES.length > 62);
  assert.deepEqual(
    NAMES.flatMap((name) => BEFORE.flatMap((word) => wrongIn(`${word} ${name}`, [name]))),
    [],
  );
  assert.deepEqual(
    NAMES.flatMap((name) => AFTER.flatMap((word) => wrongIn(`${name} ${word}`, [name]))),
    [],
  );
});

test("no syllable of a name before another name hides that", () => {
  const syllables = new Set(NAMES.flatMap((name) => name.split(/[ -]+/)).filter((each) => each !== "Huế"));
  const wrong = NAMES.flatMap((name) =>
    [...syllables].filter((each) => named(plain(`${each} ${name}`)).at(-1) !== name).map((each) => `${each} ${name}`),
  );
  assert.deepEqual(wrong, []);
});

test("two provinces are both named", () => {
  /** Without accents also "diễn biến hòa bình". */
  const SAID = "Điện Biên Hòa Bình";
  const wrong = NAMES.flatMap((first) =>
    NAMES.filter((second) => second !== first && `${first} ${second}` !== SAID).flatMap((second) =>
      wrongIn(`${first} ${second}`, [first, second]),
    ),
  );
  assert.deepEqual(wrong, []);
  assert.deepEqual(named(SAID), ["Điện Biên", "Hòa Bình"]);
});

test("other words whose syllables stand side by side name no province", () => {
  for (const text of [
    "Việt Nam định hướng cải cách hành chính",
    "đánh giá lại cán bộ",
    "tự diễn biến, tự chuyển hóa",
    "công nghệ an toàn",
    "trạng thái bình thường",
    "nâng cao bằng cấp",
    "báo cáo bằng văn bản",
    "trong 5 năm định hướng",
    "thiệt hại phòng chống thiên tai",
    "văn hóa bình đẳng",
  ])
    assert.deepEqual(wrongIn(text, []), [], text);
});

test("capitals tell a name where nothing else does", () => {
  assert.deepEqual(named("Quảng Nam định lại"), ["Quảng Nam"]);
  assert.deepEqual(named("Tây bắc giang"), ["Bắc Giang"]);
});
