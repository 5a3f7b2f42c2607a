// The rows that the page of a long list leaves out: read once, when something is asked of the whole list.
import { SITE } from "./addresses.js";
import { readData } from "./data.js";

/** @type {WeakMap<Element, Promise<void>>} */
const asked = new WeakMap();

/** Make a table whole; it then says "kb-du". Fails where the rows cannot be read: the next time asks again.
 * @param {HTMLTableElement} table @returns {Promise<void>} */
export function complete(table) {
  const made = asked.get(table) ?? fill(table);
  asked.set(table, made);
  made.catch(() => asked.delete(table));
  return made;
}

/** @param {HTMLTableElement} table */
async function fill(table) {
  /** @type {Record<string, string> | null} */
  const rest = await readData(table.dataset.conLai ?? "");
  if (!rest) throw new Error(`${table.dataset.conLai}: không có`);
  for (const [group, rows] of Object.entries(rest)) {
    const part = Object.assign(document.createElement("template"), { innerHTML: rows }).content;
    globalThis.kbAge?.tell(part);
    const body = document.getElementById(group)?.closest("tbody");
    const more = body?.querySelector(".nhom--them");
    if (more) more.before(part);
    else body?.append(part);
  }
  const { kbFiles } = globalThis;
  if (kbFiles)
    for (const link of table.querySelectorAll("a"))
      if (link.href.startsWith(SITE.href) && !link.href.includes("index.html")) link.href = kbFiles.address(link.href);
  delete table.dataset.conLai;
  table.dispatchEvent(new Event("kb-du"));
}
