import assert from "node:assert/strict";
import { test } from "node:test";

import { bestParagraph, excerpt, unfold } from "../../theme/assets/kb/search-full.js";
import { QueryReader } from "../../theme/assets/kb/search-query.js";
import { GRAMMAR } from "./small-index.js";

const reader = new QueryReader(GRAMMAR);
const FOLDED = "Ti\u00eau đề Việc đùn đẩy phải chấm dứt ngay. Né tránh, đùn đẩy trách nhiệm là vi phạm.".replaceAll(
  "đ",
  "d\u0335",
);
const PAGE = {
  url: "/nguon/bai/",
  content: FOLDED,
  meta: {},
  anchors: [
    { id: "d-abcdefgh", element: "p", location: 2 },
    { id: "d-bcdefghi", element: "p", location: 9 },
  ],
};

test("đ comes back", () => assert.match(unfold(FOLDED), /Việc đùn đẩy/));

test("the paragraph with most of the words, nearest together, and its lasting address", () => {
  assert.equal(bestParagraph(PAGE, reader.read("né tránh đùn đẩy"))?.id, "d-bcdefghi");
  assert.equal(bestParagraph(PAGE, reader.read("chấm dứt"))?.id, "d-abcdefgh");
  assert.equal(bestParagraph(PAGE, reader.read("tiêu đề"))?.id, "");
  assert.equal(bestParagraph(PAGE, reader.read("khác hẳn")), null);
});

test("the accents typed go before others", () => {
  const anchors = [0, 2].map((location) => ({ id: `d-${"ab"[location / 2].repeat(8)}`, element: "p", location }));
  const page = { url: "", content: "mà mị má mì", meta: {}, anchors };
  assert.equal(bestParagraph(page, reader.read("má mì"))?.id, "d-bbbbbbbb");
});

test("an excerpt marks every second piece and loses no letter", () => {
  const pieces = excerpt("Chấm dứt đùn đẩy.", reader.read("dun day"));
  assert.deepEqual(pieces, ["Chấm dứt ", "đùn", " ", "đẩy", "."]);
  const long = `${"mở đầu dài dòng ".repeat(20)}đùn đẩy ${"kết thúc ".repeat(20)}`;
  assert.match(excerpt(long, reader.read("đùn đẩy")).join(""), /^… .*đùn đẩy.* …$/);
});

test("other accents than those typed are not marked", () => {
  assert.deepEqual(excerpt("ma và má", reader.read("má")), ["ma và ", "má", ""]);
});
