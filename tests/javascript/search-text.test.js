import assert from "node:assert/strict";
import { test } from "node:test";

import {
  bare,
  full,
  fullLine,
  hasAccents,
  isNear,
  line,
  nfc,
  plain,
  words,
} from "../../theme/assets/kb/search-text.js";

test("one spelling without accents, whatever is typed", () => {
  for (const word of ["kỷ", "kỉ", "KỶ", "ky", "ki", "kỷ"]) assert.equal(bare(word), "ky", word);
  for (const word of ["Đ", "đ", "Ð", "ð", "Ɖ", "d"]) assert.equal(bare(word), "d", word);
  assert.equal(bare("uỷ"), bare("ủy"));
});

test("accents are kept in one place", () => {
  assert.equal(full("uỷ"), "ủy");
  assert.equal(full("hoà"), "hòa");
  assert.equal(full("quý"), "quý", "behind q the u is no vowel");
  assert.equal(full("kỉ"), "kỷ");
  assert.equal(full("hoàn"), "hoàn", "a letter follows: the tone stands right");
});

test("folding twice changes nothing", () => {
  for (const word of ["Thuỷ", "KỈ", "Đắk", "quỳ", "hoá", "nghiêm", "Ðà"]) {
    assert.equal(full(full(word)), full(word));
    assert.equal(bare(full(word)), bare(word));
  }
});

test("addresses keep the spelling and lose the accents", () => {
  assert.equal(plain("Kỉ luật Đảng"), "ki luat dang");
  assert.equal(nfc("Ða\u0300"), "Đà");
});

test("letters and digits are words of their own; thousands are one number", () => {
  assert.deepEqual(
    words("ct34, 2.715 ý kiến").map((word) => word.bare),
    ["ct", "34", "2715", "y", "kien"],
  );
  const [first, second] = words("34 – CT");
  assert.equal(first.end, 2);
  assert.deepEqual([second.start, second.gap], [5, " – "]);
});

test("lines hold words between blanks", () => {
  assert.equal(line("Kỷ luật, kỷ cương"), " ky luat ky cuong ");
  assert.equal(fullLine("Uỷ ban"), " ủy ban ");
  assert.equal(hasAccents("ky luat"), false);
  assert.ok(hasAccents("kỷ") && hasAccents("đ"));
});

test("near words differ by one slip", () => {
  for (const [a, b] of [
    ["luat", "luac"],
    ["luat", "lua"],
    ["lua", "luat"],
    ["chinh", "chihn"],
    ["ky", "ky"],
  ])
    assert.ok(isNear(a, b), `${a} ${b}`);
  for (const [a, b] of [
    ["luat", "lu"],
    ["luat", "lucc"],
    ["nghe", "gnhi"],
  ])
    assert.ok(!isNear(a, b), `${a} ${b}`);
});
