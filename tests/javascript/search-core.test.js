// The queries and questions of tests/cases/search by names and numbers alone, without a browser: test_javascript.py
// gives the folder with the index of the real sources, whole or cut as that of a large base, and the lists as JSON.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const folder = process.env.KB_INDEX;
/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));

/** No page of the site has a text. */
const NO_TEXT = { thuMuc: {}, dai: [], phan: [], chu: "" };
globalThis.kbFiles = {
  address: (href) => href,
  shown: (href) => href,
  read: async (path) => (path.startsWith("tra-cuu/toan-van/") ? NO_TEXT : read(`${path.split("/").at(-1)}.json`)),
  give: () => {},
};
const core = await import("../../theme/assets/kb/search-core.js");
const { describe, told } = await import("../../theme/assets/kb/search-view.js");
const { plain, words } = await import("../../theme/assets/kb/search-text.js");
const skip = folder ? false : "KB_INDEX không được đặt; tests/test_javascript.py đặt nó";

test("the library folds words as the browser does", { skip }, () => {
  for (const [name, folded] of Object.entries(read("folded.json")))
    assert.deepEqual(
      words(name).map(({ bare }) => bare),
      folded,
      name,
    );
});

test("every query of the cases leads to its page", { skip }, async () => {
  const missed = [];
  for (const { q, is, top = 1, text = false } of read("queries.json")) {
    if (text) continue;
    const { results } = await core.searchForgiving(q);
    const urls = results.slice(0, top).map((result) => result.url.replace(/\/$/, ""));
    if (![is].flat().some((url) => urls.includes(url))) missed.push(`${q}: ${urls}`);
  }
  assert.deepEqual(missed, []);
});

test("what is asked leads to its page; what does not yet is marked, and only that", { skip }, async () => {
  const cases = [...read("questions.json"), ...read("unseen.json")];
  const names = await core.loadNames();
  const urls = new Set((await names?.all())?.map((entry) => entry.url.replace(/\/$/, "")));
  const wrong = [];
  for (const { q, is, misses = "" } of cases) {
    const gone = [is].flat().filter((url) => !urls.has(url));
    if (gone.length) wrong.push(`${q}: no such page: ${gone}`);
    const { results } = await core.searchForgiving(q);
    const first = results[0]?.url.replace(/\/$/, "") ?? "nothing";
    const isFound = [is].flat().includes(first);
    if (isFound && misses) wrong.push(`${q}: found now, take its mark away`);
    if (!isFound && !misses) wrong.push(`${q}: ${first}`);
  }
  assert.deepEqual(wrong, []);
});

/** A province is asked for with a theme: so does everyone type it. @type {((place: string, theme: string) => string)[]} */
const IN_A_PLACE = [
  (place, theme) => `${place} ${theme}`,
  (place, theme) => plain(`${theme} ${place}`),
  (place, theme) => plain(`${place} co van ban nao ve ${theme}`),
];
const THEMES = ["cải cách hành chính", "kỷ luật, kỷ cương", "né tránh"];

test("a former province and a theme: it, what it became, what is theirs, the theme; nothing of others", {
  skip,
}, async () => {
  const names = await core.loadNames();
  const former = names?.places.filter(({ placeNow }) => placeNow) ?? [];
  assert.ok(former.length > 25);
  const wrong = [];
  for (const place of former) {
    for (const theme of THEMES) {
      for (const wording of IN_A_PLACE) {
        const q = wording(place.name, theme);
        const { results } = await core.searchForgiving(q);
        const told = results.filter(({ thing }) => thing).map(({ entry }) => entry);
        const isTheirs = told.every((entry) => !entry?.place || [place, place.placeNow].includes(entry.place));
        const hasTheme = told.some((entry) => entry?.kind.entity === "theme");
        if (told[0] !== place || told[1] !== place.placeNow || !isTheirs || !hasTheme)
          wrong.push(`${q}: ${told.map((entry) => entry?.url)}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test("a document that was replaced stands behind the one that replaced it, unless its number is asked for", {
  skip,
}, async () => {
  const names = await core.loadNames();
  const entries = (await names?.all()) ?? [];
  const replaced = entries.filter(({ kind, next }) => kind.entity === "document" && next.length);
  assert.ok(replaced.length > 10);
  const wrong = [];
  for (const old of replaced) {
    const newer = `van-ban/${old.next[0][0]}/`;
    for (const q of [old.title, plain(old.title)].filter(Boolean)) {
      const urls = (await core.searchForgiving(q)).results.map(({ url }) => url);
      const [first, second] = [urls.indexOf(newer), urls.indexOf(old.url)];
      if (second >= 0 && (first < 0 || first > second)) wrong.push(`${q}: ${urls.slice(0, 4)}`);
    }
    if (/\/TW$/.test(old.number)) {
      const [first] = (await core.searchForgiving(old.number)).results;
      if (first.entry?.number !== old.number) wrong.push(`${old.number}: ${first.url}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("slips are mended only where nothing is found, else suggested", { skip }, async () => {
  assert.deepEqual(await core.searchForgiving("ki luac").then(({ better, replaced }) => [better, replaced]), [
    "kỷ luật",
    true,
  ]);
  assert.deepEqual(await core.searchForgiving("kỷ luật").then(({ better, replaced }) => [better, replaced]), [
    "",
    false,
  ]);
  assert.deepEqual((await core.searchForgiving("zzzqqq 99")).results, []);
});

test("a result tells its kind, issuer, place, year and status", { skip }, async () => {
  const { results, query } = await core.searchForgiving("34-CT/TU");
  assert.deepEqual(describe(results[0]).facts.slice(0, 4), [
    "Chỉ thị",
    "Ban Thường vụ Thành ủy Đà Nẵng",
    "Đà Nẵng",
    "2023",
  ]);
  assert.equal(told(query), "văn bản số 34");
});

test("quoted words stand together in a name", { skip }, async () => {
  const { results } = await core.searchForgiving("“kỷ luật, kỷ cương”");
  assert.ok(results.length > 0);
  for (const { entry } of results)
    assert.ok(entry && [...entry.lines, entry.titleLine].some((name) => name.includes(" ky luat ky cuong ")));
});
