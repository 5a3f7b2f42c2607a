import assert from "node:assert/strict";
import { test } from "node:test";

import "../../theme/assets/kb/lost.js";
import "../../theme/assets/kb/page.js";

const { mendedId, mendedQuery } = globalThis.kbMend;
const { mendedPath } = globalThis.kbLost;

test("the name of a paragraph is found in what was added to it", () => {
  for (const hash of [
    "#d-abcdefgh",
    "#d-abcdefgh.",
    "#d-abcdefgh%20",
    "#d-abcdefgh),",
    "#(D-ABCDEFGH)",
    "#d-abcdefgh%E2%80%9D.",
    "#d-abcdefgh%E2%80",
    "#d-abcdefgh%",
    "#d–abcdefgh…",
    "#“d-abcdefgh”",
    "#d-abcdefghvà",
    "#d-abcdefgh:~:text=x",
    "#%23d-abcdefgh",
  ])
    assert.equal(mendedId(hash), "d-abcdefgh", hash);
  assert.equal(mendedId("#d-abcdefgh-2."), "d-abcdefgh-2");
});

test("other places keep their whole name; nothing gives nothing", () => {
  assert.equal(mendedId("#Van-Ban-Yeu-Cau-Gi."), "van-ban-yeu-cau-gi");
  assert.equal(mendedId("#nam-2023-)"), "nam-2023");
  for (const hash of ["", "#", "#.", "#%E2"]) assert.equal(mendedId(hash), "", hash);
});

test("values of a query lose the marks of the sentence around them", () => {
  assert.equal(mendedQuery("?q=34-CT/TU."), "?q=34-CT%2FTU");
  assert.equal(mendedQuery("?q=34%20&noi=da-nang)"), "?q=34&noi=da-nang");
  assert.equal(mendedQuery("?noi=da-nang,nghe-an”."), "?noi=da-nang,nghe-an");
});

test("what belongs to a value stays, and a whole query is not written anew", () => {
  for (const search of [
    "",
    "?q=%22đùn đẩy, né tránh%22",
    "?q=Đảng ủy (khối)",
    "?q=“né tránh”",
    "?q=34-ct/tu&noi=da-nang,nghe-an",
    "?q=",
    "?q=...",
  ])
    assert.equal(mendedQuery(search), search);
  assert.equal(mendedQuery('?q="né tránh'), '?q="né tránh');
  assert.equal(mendedQuery("?q=né tránh%22"), "?q=n%C3%A9+tr%C3%A1nh");
});

test("a dead address leads to the folder it means, and to its paragraph", () => {
  assert.equal(mendedPath("van-ban/chi-thi-34."), "van-ban/chi-thi-34/");
  assert.equal(mendedPath("VAN-BAN/Chi-Thi-34/)"), "van-ban/chi-thi-34/");
  assert.equal(mendedPath("van-ban/chi-thi-34/%20"), "van-ban/chi-thi-34/");
  assert.equal(mendedPath("nguon/bai/%23d-abcdefgh."), "nguon/bai/#d-abcdefgh.");
  assert.equal(mendedPath("nguon/bai%E2%80"), "nguon/bai/");
  assert.equal(mendedPath("du-lieu/van-ban.csv)"), "du-lieu/van-ban.csv");
  assert.equal(mendedPath("van-ban/khong-co/"), "van-ban/khong-co/");
});
