// What is told of a place of a draft.
/** @import { DraftChecker, Finding, Known, Told } from "../../theme/assets/kb/draft-judge.js" */
/** @import { Near } from "../../theme/assets/kb/draft-meant.js" */

import assert from "node:assert/strict";
import { test } from "node:test";

import { adviceOn, noteOf } from "../../theme/assets/kb/draft-words.js";

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

/** @type {Known[]} */
const KNOWN = [
  {
    id: "old",
    number: "80-QĐ/TW",
    type: "quy-dinh",
    cite: "Quy định 80",
    state: "được thay thế bởi 377-QĐ/TW",
    replaced_by: "new",
  },
  { id: "new", number: "377-QĐ/TW", type: "quy-dinh", cite: "Quy định 377", state: "còn hiệu lực" },
];

/** @param {Partial<Finding>} values */
function adviceOf(values) {
  const ofId = new Map(KNOWN.map((document) => [document.id, document]));
  const checker = /** @type {DraftChecker} */ (/** @type {unknown} */ ({ ofId }));
  const finding = /** @type {Finding} */ ({ text: "", number: "", right: "", documents: [], told: [], ...values });
  return { advice: adviceOn(finding, checker), note: noteOf(finding, adviceOn(finding, checker)) };
}

test("what is only badly typed comes with its document, the state and the citation of it", () => {
  for (const told of /** @type {Told[]} */ (["go-sai", "ngat-dong", "chu-roi"])) {
    const { advice, note } = adviceOf({ text: "377–QĐ/TW", number: "377-QĐ/TW", told: [told], documents: ["new"] });
    assert.deepEqual(advice[0].documents, [KNOWN[1]]);
    assert.match(note, /Viết: 377-QĐ\/TW\n- Quy định 377 \(còn hiệu lực\)$/);
  }
  const { advice } = adviceOf({
    text: "377–\nQĐ/TW",
    number: "377-QĐ/TW",
    told: ["ngat-dong", "go-sai"],
    documents: ["new"],
  });
  assert.deepEqual(
    advice.map(({ documents }) => documents.length),
    [0, 1],
  );
});

test("a replaced document comes with the newer one, once", () => {
  const { advice, note } = adviceOf({
    text: "80–QĐ/TW",
    number: "80-QĐ/TW",
    told: ["go-sai", "da-doi"],
    documents: ["old"],
  });
  assert.deepEqual(advice[1].newer, { document: KNOWN[1], lead: "Văn bản thay thế: " });
  assert.deepEqual(advice[0].documents, []);
  assert.match(note, /- Quy định 80\n- Văn bản thay thế: Quy định 377 \(còn hiệu lực\)$/);
});

test("letters in pieces are written as one, with the word before the number", () => {
  const values = { text: "27/CT-TTg", number: "27/CT-TTg", word: "Chỉ thị", told: /** @type {Told[]} */ (["chu-roi"]) };
  assert.equal(adviceOf(values).advice[0].instead, "Chỉ thị số 27/CT-TTg");
  assert.equal(adviceOf({ text: "Hội", right: "Hội", told: ["chu-roi"] }).advice[0].instead, "Hội");
});

test("documents that only bear the same number are named for what they are", () => {
  const words = (/** @type {Near} */ near) => adviceOf({ told: ["chua-co"], documents: ["old"], near }).advice[0].words;
  assert.match(words("khoa-khac"), /Cùng số, nhiệm kỳ khác:$/);
  assert.match(words("nam-khac"), /Cùng số, năm khác:$/);
  assert.match(words("noi-khac"), /Cùng số, của nơi khác:$/);
  assert.match(words(""), /theo bản gốc\.$/);
});
