// The buttons to take tables and lists away; what they do (table-tools.js) is loaded when one is pressed.

import { notify } from "./copy.js";

/** @typedef {typeof import("./table-tools.js")} Tools */

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
  // A list that can be ticked copies for itself (list-table.js).
  const copies = place.matches(":has(~ * .tich)");
  place.append(
    ...(copies ? [] : [button("Chép bảng cho Word", (tools) => tools.copyTable(place))]),
    button("Tải tệp Word", (tools) => tools.saveWord(place)),
    button("Tải tệp Excel", (tools) => tools.saveExcel(place)),
  );
}
