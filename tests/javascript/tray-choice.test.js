import assert from "node:assert/strict";
import { test } from "node:test";

import {
  findChoices,
  fullName,
  keyOf,
  openStore,
  readAddress,
  shortName,
  writeAddress,
  writeCode,
} from "../../theme/assets/kb/tray-choice.js";

const A = "k35lo4efgui6~p4n6f7";
const B = "b6qtbhyvpyq4-2~uhv54b";

test("what is written into an address is read from it", () => {
  const tray = { choices: [A, B], title: "Sinh hoạt tháng 12: 100% & hơn" };
  assert.deepEqual(readAddress(writeAddress(tray)), tray);
  assert.equal(writeAddress({ choices: [], title: "chỉ có tên" }), "");
  assert.deepEqual(readAddress(""), { choices: [], title: "" });
  assert.deepEqual(readAddress("#d-abcdefgh"), { choices: [], title: "" });
});

test("an address survives mail, Word and QR codes", () => {
  assert.deepEqual(readAddress(`#y=${A},${B}.`).choices, [A, B]);
  assert.deepEqual(readAddress(`#y=${encodeURIComponent(`${A},${B}`)}`).choices, [A, B]);
  assert.deepEqual(readAddress(`#y=${A.replace("~", ":")}.${B.replace("~", ":")}`.toUpperCase()).choices, [A, B]);
  assert.deepEqual(readAddress(`#y=${A},${B.slice(0, -3)}`).choices, [A]);
  assert.equal(readAddress(`#y=${A}&ten=Ch%E1%BB%89%20th%E1%BB`).title, "Ch");
  assert.equal(readAddress(`#y=${A}&ten=${"a".repeat(999)}`).title.length, 160);
});

test("a statement is named once", () => {
  assert.deepEqual(findChoices(`${A} ${A} ${B} 0189 <b>`), [A, B]);
  assert.equal(keyOf(B), "b6qtbhyvpyq4-2");
});

test("in a code the statements of one article share its letters, and come back whole", () => {
  const near = "k35laaaabbbb~cccccc";
  const twin = "k35laaaabbbb~ccdddd";
  const known = [A, B, near, twin];
  const names = [A, near, B, "zzzz22223333~444444"].map((choice) => shortName(choice));
  assert.equal(writeCode(names), "K35LO4EFP4AAAACC.B6QTBHYVPYQ4-2:UHV54B.ZZZZ222244");
  const read = readAddress(`#k=${writeCode(names)}`).choices;
  assert.deepEqual(read, names);
  assert.deepEqual(
    read.map((name) => fullName(name, known)),
    [A, near, B, "zzzz22222222~442222"],
  );
  assert.equal(fullName("k35laaaa~ee", known), "k35laaaabbbb~ee2222", "the paragraph is there, its words are others");
  assert.notEqual(fullName(shortName(twin), known), twin, "not told apart from the one before: it is written whole");
  assert.equal(fullName(A, []), A);
});

test("a code that was cut or mistyped names what is left of it", () => {
  assert.deepEqual(readAddress("#k=K35LO4EFP4AAAA").choices, ["k35lo4ef~p4"]);
  assert.deepEqual(readAddress("#k=K35L").choices, []);
  assert.deepEqual(readAddress("#k=<b>,0189,").choices, []);
});

/** A browser's memory that holds one value, or that refuses. @param {string | null} value @param {boolean} refuses */
function setMemory(value, refuses = false) {
  const memory = { value };
  const act = (/** @type {() => unknown} */ done) => {
    if (refuses) throw new Error("no memory");
    return done();
  };
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    value: {
      getItem: () => act(() => memory.value),
      setItem: (/** @type {string} */ _, /** @type {string} */ text) => act(() => (memory.value = text)),
      removeItem: () => act(() => (memory.value = null)),
    },
  });
  return memory;
}

test("a tray is kept, and an empty one is forgotten", () => {
  const memory = setMemory(null);
  const store = openStore("/kho/");
  store.write({ choices: [A], title: "" });
  assert.match(memory.value ?? "", /k35lo4efgui6/);
  assert.deepEqual(openStore("/kho/").read(), { choices: [A], title: "" });
  store.write({ choices: [], title: "" });
  assert.equal(memory.value, null);
});

test("odd things in the browser's memory are no choices", () => {
  for (const odd of ["", "{", "null", "[]", "7", '"y"', '{"choices": "x"}', '{"choices": [1, null, {}], "title": 5}']) {
    setMemory(odd);
    assert.deepEqual(openStore("/").read(), { choices: [], title: "" }, odd);
  }
  setMemory(`{"choices": ["${A}", "<img>", 7, "${A}"]}`);
  assert.deepEqual(openStore("/").read().choices, [A]);
});

test("without memory a tray lives as long as its page", () => {
  setMemory(null, true);
  const store = openStore("/");
  assert.deepEqual(store.read(), { choices: [], title: "" });
  store.write({ choices: [B], title: "Tên" });
  assert.deepEqual(store.read(), { choices: [B], title: "Tên" });
});
