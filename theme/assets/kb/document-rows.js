// All documents as rows of a table, each with its sources: read once, when a list of documents is taken away.

import { SITE } from "./addresses.js";
import { readData } from "./data.js";

/** The cells of a document as a list shows them, and who says what of it: words, and the address where it is known.
 * @typedef {{cells: Element[], sources: [string, string][]}} Listed */

/** Where the addresses in the rows are seen from. */
const FOLDER = new URL("van-ban/", SITE);
/** @type {Promise<Record<string, [string, [string, string][]]>> | undefined} */
let asked;

/** The document that a link leads to. @param {Element | null} link */
export const documentOf = (link) => /van-ban\/([^/]+)\//.exec(link?.getAttribute("href") ?? "")?.[1] ?? "";

async function read() {
  const data = await readData("van-ban/bang");
  if (!data) throw new Error("van-ban/bang: không có");
  return data;
}

/** Documents by their ids. Fails where they cannot be read: the next time asks again. @param {string[]} ids */
export async function readDocuments(ids) {
  asked ??= read();
  asked.catch(() => {
    asked = undefined;
  });
  const known = await asked;
  return ids
    .filter((id) => known[id])
    .map((id) => {
      const [row, sources] = known[id];
      const part = Object.assign(document.createElement("template"), { innerHTML: row }).content;
      globalThis.kbAge?.tell(part);
      for (const link of part.querySelectorAll("a")) link.href = new URL(link.getAttribute("href") ?? "", FOLDER).href;
      /** @type {Listed} */
      const listed = {
        cells: [...part.querySelectorAll("th, td:not(.tich)")],
        sources: sources.map(([words, address]) => [words, address && new URL(address, SITE).href]),
      };
      return listed;
    });
}
