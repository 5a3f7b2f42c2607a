// A knowledge base of a few pages, as publish/exports/search_names.py would write it: what the tests search in.

import { openNames } from "../../theme/assets/kb/search-names.js";

/** @import { Core } from "../../theme/assets/kb/search-names.js" */
/** @import { Grammar } from "../../theme/assets/kb/search-query.js" */

/** @type {Grammar} */
export const GRAMMAR = {
  loai: [
    ["chi-thi", "Chỉ thị", ["CT"], []],
    ["nghi-dinh", "Nghị định", ["NĐ"], []],
    ["nghi-quyet", "Nghị quyết", ["NQ"], []],
    ["quyet-dinh", "Quyết định", ["QĐ"], []],
    ["quy-dinh", "Quy định", ["QĐ", "QĐi"], []],
    ["uy-ban", "Kết luận", ["KL"], ["TBKL"]],
  ],
  coQuan: [
    ["TU", []],
    ["TW", ["TƯ"]],
    ["CP", []],
    ["TTg", []],
    ["QH", []],
    ["ĐUK", []],
  ],
  hoi: ["nay la co quan nao", "nhiem vu cua", "nhiem vu"],
  vietTat: [
    [["CCHC"], ["cải cách hành chính"]],
    [["TP.HCM", "HCM"], ["Hồ Chí Minh"]],
    [["TU"], ["Tỉnh ủy"]],
  ],
};

/** @type {Core} */
const CORE = {
  ...GRAMMAR,
  loaiTrang: [
    ["van-ban", "Văn bản", 0.5, "document"],
    ["co-quan", "Cơ quan", 0.6, "body"],
    ["chu-de", "Chủ đề", 0.8, "theme"],
    ["dia-phuong", "Địa phương", 0.9, "province"],
    ["nguon", "Bài nguồn", 0.3, "article"],
    ["bao", "Báo", 0.4, ""],
  ],
  loaiVanBan: [
    ["chi-thi", "Chỉ thị"],
    ["nghi-dinh", "Nghị định"],
  ],
  maLoai: ["CT", "NĐ"],
  tinhTrang: ["Chưa kiểm tra"],
  phan: ["van-ban-1", "nguon-1", "bao-1"],
  trang: {
    k: [3, 3, 3, 2, 1, 1, 1],
    ten: [
      "Đà Nẵng",
      "Bình Thuận",
      "Lâm Đồng",
      "Cải cách hành chính",
      "Thành ủy Đà Nẵng",
      "Tỉnh ủy Bình Thuận",
      "Tỉnh ủy Lâm Đồng",
    ],
    khac: ["thành phố Đà Nẵng", "", "", "", "", "", ""],
    n: [1, 2, 3, 0, 1, 2, 3],
    sau: [0, [["lam-dong", "Bình Thuận đã hợp nhất vào Lâm Đồng"]], 0, 0, 0, 0, 0],
  },
};

/** @type {Record<string, unknown>} */
const PARTS = {
  "co-so": CORE,
  "van-ban-1": {
    trang: {
      k: [0, 0, 0, 0, 0],
      l: [1, 1, 2, 1, 1],
      n: [1, 3, 0, 1, 2],
      c: [1, 3, 0, 1, 2],
      nam: [2023, 2021, 2023, 2019, 2019],
      ngay: ["-10-27", "", "-09-29", "", ""],
      so: ["34-CT/TU", "34-CT/TU", "73/2023/NĐ-CP", "50-CT/TU", "50-CT/TU"],
      kh: [
        [34, 0, 1, 1],
        [34, 0, 1, 1],
        [73, 2023, 2, 3],
        [50, 0, 1, 1],
        [50, 0, 1, 1],
      ],
      ve: ["tiếp tục đẩy mạnh cải cách hành chính", "phòng cháy, chữa cháy", "", "", ""],
      t: [1, 1, 1, 1, 1],
    },
  },
  "nguon-1": { trang: { k: [4], ten: ["Khơi dậy động lực ở Đà Nẵng"], n: [1], nam: [2023], ngay: ["-12-07"] } },
  "bao-1": { trang: { k: [5, 5], ten: ["Báo Đà Nẵng", "50 năm"] } },
  tu: {
    tu: "kỷ 12 luật 9 cải 9 cách 9 hành 9 chính 9 đà 5 nẵng 5 lâm 2 đồng 2 bình 4 thuận 4 chỉ 30 đạo 20 chối 1",
    canh: "từ chối tiếp",
  },
};

/** The names of the small base, all parts read. */
export async function readSmallIndex() {
  const names = await openNames(async (name) => PARTS[name]);
  await names.rest;
  return names;
}
