// The buttons to take tables and lists away; what they do (table-tools.js) is loaded when one is pressed.

import { notify } from "./copy.js";

/** @typedef {typeof import("./table-tools.js")} Tools */

/** What the files of a list hold while nothing is ticked or filtered; as the link says that stands there before. */
const ALL = "cả danh sách";

/** @param {string} words @param {(tools: Tools) => unknown} action */
function button(words, action) {
  const made = Object.assign(document.createElement("button"), {
    type: "button",
    className: "kb-nut",
    textContent: words,
  });
  made.addEventListener("click", async () => {
    try {
      await action(await import("./table-tools.js"));
    } catch {
      notify("Không tạo được tệp. Hãy tải lại trang rồi thử lại.");
    }
  });
  return made;
}

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".kb-xuat"))) {
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", "Lấy bảng này");
  let list = place.nextElementSibling; // past the filter, which may stand between already
  while (list && !list.matches(".kb-danh-muc, h2, .kb-xuat")) list = list.nextElementSibling;
  if (!list?.querySelector(".tich")) list = null;
  const buttons = [
    button("Chép bảng cho Word", (tools) => tools.copyTable(place)),
    button("Tải tệp Word", (tools) => tools.saveWord(place)),
    button("Tải tệp Excel", (tools) => tools.saveExcel(place)),
  ];
  place.replaceChildren(...buttons);
  const names = buttons.map((made) => made.textContent ?? "");
  const { cacVanBan } = place.dataset;
  if (cacVanBan) place.title = `Cả ${cacVanBan.split(" ").length} văn bản, mỗi văn bản kèm nguồn`;
  if (!list) continue;
  const say = () => {
    const ticked = list.querySelectorAll("tbody .tich :checked").length;
    const left = list.querySelectorAll("tbody tr:not(.nhom, [hidden])").length;
    const what = ticked ? `${ticked} dòng đã chọn` : list.matches(".kb-dang-loc") ? `${left} dòng đang lọc` : ALL;
    for (const [at, made] of buttons.entries()) made.textContent = `${names[at]} (${what})`;
  };
  list.addEventListener("kb-loc", say);
  say();
}
