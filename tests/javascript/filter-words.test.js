import assert from "node:assert/strict";
import { test } from "node:test";

import { holds, wordsOf } from "../../theme/assets/kb/filter-words.js";

/** @param {string} text @param {string} typed */
const finds = (text, typed) => holds(wordsOf(text), wordsOf(typed));

test("marks that were typed count, wherever the tone stands", () => {
  assert.ok(finds("Thành ủy Hà Nội", "Hà Nội"));
  assert.ok(!finds("Thành phố đổi mới, Sở Nội vụ", "Hà Nội"));
  assert.ok(!finds("Thành phố hành động, Sở Nội vụ", "Hà Nội"));
  assert.ok(finds("Tỉnh Hòa Bình", "hoà bình") && finds("Uỷ ban", "ủy ban"));
  assert.ok(!finds("Ban dân vận", "dần") && !finds("dừa", "đưa"));
});

test("words without marks find those with any", () => {
  assert.ok(finds("Không uống rượu, bia", "ruou") && finds("Đồi Gió", "doi gio"));
  assert.ok(finds("Không uống rượu, bia", "rươu"), "a tone that is not typed yet");
});

test("words match by their beginnings, the one before the last as a whole", () => {
  assert.ok(finds("Nghị quyết số 05-NQ/TU", "05-nq/t") && finds("Nghị quyết", "nghị quy"));
  assert.ok(!finds("Nghị quyết số 105", "05") && !finds("quyết", "uyet"));
  assert.ok(finds("bất kỳ", ""));
});
