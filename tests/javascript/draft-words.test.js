// What is told of a place of a draft.
/** @import { DraftChecker, Finding } from "../../theme/assets/kb/draft-judge.js" */

import assert from "node:assert/strict";
import { test } from "node:test";

import { adviceOn } from "../../theme/assets/kb/draft-words.js";

/** What is told of a document that has changed and was looked up as of a day. @param {string} as_of */
function toldOf(as_of) {
  const document = { id: "a", number: "12-CT/TU", type: "chi-thi", state: "hết hiệu lực", as_of };
  const checker = /** @type {DraftChecker} */ (/** @type {unknown} */ ({ ofId: new Map([["a", document]]) }));
  const finding = /** @type {Finding} */ (/** @type {unknown} */ ({ documents: ["a"], told: ["da-doi"] }));
  return adviceOn(finding, checker)[0].words;
}

test("a day is told as one, a month as a month, a year as a year, nothing as nothing", () => {
  assert.equal(toldOf("2026-11-30"), "Văn bản này hết hiệu lực. Kho xem lần cuối ngày 30-11-2026.");
  assert.equal(toldOf("2026-10"), "Văn bản này hết hiệu lực. Kho xem lần cuối tháng 10-2026.");
  assert.equal(toldOf("2026"), "Văn bản này hết hiệu lực. Kho xem lần cuối năm 2026.");
  assert.equal(toldOf(""), "Văn bản này hết hiệu lực.");
});
