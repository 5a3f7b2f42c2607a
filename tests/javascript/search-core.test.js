// The queries and questions of tests/cases/search by names and numbers alone, without a browser: test_javascript.py
// gives the folder with the index of the real sources and the lists as JSON.

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
const skip = folder ? false : "KB_INDEX không được đặt; tests/test_javascript.py đặt nó";

test("every query of the cases leads to its page", { skip }, async () => {
  const missed = [];
  for (const { q, is, top = 1 } of read("queries.json")) {
    const { results } = await core.searchForgiving(q);
    const urls = results.slice(0, top).map((result) => result.url.replace(/\/$/, ""));
    if (![is].flat().some((url) => urls.includes(url))) missed.push(`${q}: ${urls}`);
  }
  assert.deepEqual(missed, []);
});

test("what is asked leads to its page; what does not yet is marked, and only that", { skip }, async () => {
  const cases = [...read("questions.json"), ...read("unseen.json")];
  const names = await core.loadNames();
  await names?.rest;
  const urls = new Set(names?.entries.map((entry) => entry.url.replace(/\/$/, "")));
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
