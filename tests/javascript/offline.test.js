// The edition for USB sticks: which addresses others are told, and data that are missing told from data that cannot be read.

import assert from "node:assert/strict";
import { test } from "node:test";

const ROOT = "file:///D:/T%E1%BA%A3i%20v%E1%BB%81/kho/";
const HERE = "nguon/bai/";
const HOME = "https://kho.invalid/con/";

/** What a script of the edition does when the browser has read it. @type {(src: string) => "onload" | "onerror"} */
let run = () => "onload";
/** @type {string[]} */
const asked = [];
const page = {
  currentScript: { src: `${ROOT}assets/kb/kb.js`, dataset: {} },
  querySelector: () => ({ href: HOME + HERE }),
  createElement: () => ({}),
  head: {
    append: (/** @type {any} */ script) => {
      asked.push(script.src);
      queueMicrotask(() => script[run(script.src)]());
    },
  },
};
Object.assign(globalThis, { document: page, location: { href: `${ROOT}${HERE}index.html#d-abcdefgh` } });
globalThis.kbStored = ["y-da-chon/y", "kiem-tra-du-thao/kho"];
await import("../../scripts/dev_tools/offline.js");
const files = /** @type {KbFiles} */ (globalThis.kbFiles);

test("addresses that others are told end in folders, however they were made", () => {
  assert.equal(files.shown(`${ROOT}${HERE}index.html#d-abcdefgh`), `${HOME}${HERE}#d-abcdefgh`);
  assert.equal(files.shown(`${ROOT}index.html?q=1`), `${HOME}?q=1`);
  assert.equal(files.shown(`${ROOT}index.html`), HOME);
  // A link of a page, seen from where that page is published.
  assert.equal(files.shown(`${HOME}${HERE}index.html#d-abcdefgh`), `${HOME}${HERE}#d-abcdefgh`);
  assert.equal(files.shown(`${HOME}index.html`), HOME);
  assert.equal(files.shown("https://ngoai.invalid/index.html"), "https://ngoai.invalid/index.html");
});

test("data come from their script, once for all who ask", async () => {
  run = () => {
    files.give("y-da-chon/y", { statements: 1 });
    return "onload";
  };
  const both = await Promise.all([files.read("y-da-chon/y"), files.read("y-da-chon/y")]);
  assert.deepEqual(both, [{ statements: 1 }, { statements: 1 }]);
  assert.deepEqual(asked, [`${ROOT}y-da-chon/y.js`]);
});

test("what the edition does not hold is none; what it holds and does not come is a fault, which may pass", async () => {
  asked.length = 0;
  assert.equal(await files.read("y-da-chon/y-z"), null);
  assert.deepEqual(asked, []);
  for (const end of /** @type {("onload" | "onerror")[]} */ (["onerror", "onload"])) {
    run = () => end;
    await assert.rejects(files.read("kiem-tra-du-thao/kho"), /kiem-tra-du-thao\/kho\.js/);
  }
  run = () => {
    files.give("kiem-tra-du-thao/kho", "again");
    return "onload";
  };
  assert.equal(await files.read("kiem-tra-du-thao/kho"), "again");
});
