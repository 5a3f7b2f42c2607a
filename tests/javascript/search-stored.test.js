// The full text of the site of files: which pages hold the words, and which of them come first.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openStored } from "../../theme/assets/kb/search-stored.js";

/** Pages in two parts; the third says "má", which "ma" finds after it. @type {Record<string, unknown>} */
const STORED = {
  trang: { thuMuc: { nguon: "0 1", "van-ban": "2" }, dai: [10, 40, 10], phan: [0, 2], chu: "0dmt" },
  "tu-0": { 34: [0, 1, 2, 3], 2.715: [1, 1] },
  "tu-d": { đùn: [0, 1, 1, 1], đẩy: [0, 2, 1, 2], dày: [2, 1] },
  "tu-m": { ma: [0, 1], má: [2, 1] },
  "tu-t": { tra: [2, 1], trách: [0, 1, 1, 1] },
  "bai-0": [{ url: "nguon/a/" }, { url: "nguon/b/" }],
  "bai-1": [{ url: "van-ban/c/" }],
};
/** @type {string[]} */
const asked = [];
globalThis.kbFiles = {
  address: (href) => href,
  shown: (href) => href,
  read: async (path) => {
    const [, name] = /^tra-cuu\/toan-van\/([^/]+)$/.exec(path) ?? [];
    asked.push(name);
    assert.ok(name in STORED, path);
    return STORED[name];
  },
  give: () => {},
};
const engine = await openStored();

/** @param {string} text */
const found = async (text) => (await engine.search(text)).results.map(({ id }) => id);

test("without accents, the shorter page first; every word must be there", async () => {
  assert.deepEqual(await found("dun day trach"), ["0", "1"]);
  assert.deepEqual(await found("đùn 34"), ["0"]);
  assert.deepEqual(await found("dun day khong"), []);
});

test("the accents typed go before others, the whole word before its beginning", async () => {
  assert.deepEqual(await found("má"), ["2", "0"]);
  assert.deepEqual(await found("ma"), ["0", "2"]);
  assert.deepEqual(await found("tra"), ["2", "0", "1"]);
  assert.deepEqual(await found("tra dun"), []);
});

test("thousands are one number", async () => assert.deepEqual(await found("2.715"), ["1"]));

test("only the words of the letters asked for are read, and only letters that there are", async () => {
  asked.length = 0;
  assert.deepEqual(await found("xa ma"), []);
  assert.deepEqual(asked, ["tu-m"]);
});

test("a page comes out of its part", async () => {
  const [first, second] = (await engine.search("ma")).results;
  assert.equal((await first.data()).url, "nguon/a/");
  assert.equal((await second.data()).url, "van-ban/c/");
});
