import assert from "node:assert/strict";
import { test } from "node:test";

import { Speller } from "../../theme/assets/kb/search-spelling.js";
import { readSmallIndex } from "./small-index.js";

const names = await readSmallIndex();
const speller = new Speller(names);

/** @param {string} text */
const mended = (text) => speller.correct(names.reader.read(text));

test("a slip is mended by the words that stand beside it in names", async () => {
  assert.equal(await mended("cải cách hành chánh"), "cải cách hành chính");
  assert.equal(await mended("cai cach hanh chihn"), "cải cách hành chính");
  assert.equal(await mended("đà nẵn"), "đà nẵng");
});

test("wrong accents are put right where a name shows how", async () => {
  assert.equal(await mended("đà nặng"), "đà nẵng");
});

test("a word of the base's texts is no slip, however seldom it stands there", async () => {
  assert.equal(await mended("tu choi"), "");
  assert.equal(await mended("choi"), "");
  assert.equal(await mended("kỷ luậc"), "kỷ luật");
});

test("what is right stays", async () => {
  for (const text of ["đà nẵng", "da nang", "cải cách hành chính", "34-CT/TU", ""])
    assert.equal(await mended(text), "", text);
});
