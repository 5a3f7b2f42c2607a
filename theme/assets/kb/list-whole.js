// A list whose page leaves rows out is made whole (list-rest.js) before anything is asked of all its rows.

import { notify } from "./copy.js";

/** What is being brought. @type {WeakMap<Element, Promise<boolean>>} */
const coming = new WeakMap();

/** Bring the rows that the page leaves out of a list; whether they are there. Where they cannot be read it is told, once
 * for all who wait; who asks later tries again. @param {Element} part a table, or what holds one */
export async function whole(part) {
  const table = part.matches("table") ? part : part.querySelector("table[data-con-lai]");
  if (!(table instanceof HTMLTableElement) || table.dataset.conLai === undefined) return true;
  const brought = coming.get(table) ?? bring(table);
  coming.set(table, brought);
  return brought;
}

/** @param {HTMLTableElement} table */
async function bring(table) {
  try {
    await (await import("./list-rest.js")).complete(table);
    return true;
  } catch {
    notify("Không tải được phần còn lại của danh sách. Hãy kiểm tra đường mạng rồi thử lại.");
    return false;
  } finally {
    coming.delete(table);
  }
}
