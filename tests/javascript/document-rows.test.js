// The sources of bodies, whole or in parts as a large base has them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { partOf, readBodies } from "../../theme/assets/kb/document-rows.js";

/** @type {Record<string, unknown>} */
const FILES = {
  "co-quan/bang": { parts: 2 },
  "danh-muc/co-quan/bang-0": { "so-y-te": [["Báo Sông Mây", ""]] },
  "danh-muc/co-quan/bang-1": { "so-noi-vu": [["Báo Biển Bạc", ""]] },
};
globalThis.kbFiles = {
  address: (href) => href,
  shown: (href) => href,
  read: async (path) => FILES[path] ?? null,
  give: () => {},
};

test("an id stands in the part where it was put", () => {
  // tests/test_data_parts.py says the same
  assert.equal(partOf("chi-thi-34-ct-tu-song-may-2023", 7), 0);
  assert.equal(partOf("nghi-quyet-902-2025-qh15", 7), 4);
});

test("what stands in parts is read together", async () => {
  const sourcesOf = await readBodies();
  assert.deepEqual(sourcesOf("so-y-te"), [["Báo Sông Mây", ""]]);
  assert.deepEqual(sourcesOf("so-noi-vu"), [["Báo Biển Bạc", ""]]);
  assert.deepEqual(sourcesOf("so-tai-chinh"), []);
});
