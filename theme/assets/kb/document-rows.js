// All documents as rows of a table, each with its sources, and the sources of all bodies: read once, when a list of them is
// taken away.

import { SITE } from "./addresses.js";
import { readData } from "./data.js";

/** The cells of a document as a list shows them, and who says what of it: words, and the address where it is known.
 * @typedef {{cells: Element[], sources: [string, string][]}} Listed */

/** Where the addresses in the rows are seen from. */
const FOLDER = new URL("van-ban/", SITE);
/** The document that a link leads to. @param {Element | null} link */
export const documentOf = (link) => /van-ban\/([^/]+)\//.exec(link?.getAttribute("href") ?? "")?.[1] ?? "";

/** The body that a link leads to. @param {Element | null} link */
export const bodyOf = (link) => /co-quan\/([^/]+)\//.exec(link?.getAttribute("href") ?? "")?.[1] ?? "";

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/** What a file of lists holds, read once; after a failure the next time asks again. @param {string} path */
function read(path) {
  const reading =
    asked.get(path) ??
    readData(path).then((data) => {
      if (!data) throw new Error(`${path}: không có`);
      return data;
    });
  asked.set(path, reading);
  reading.catch(() => asked.delete(path));
  return reading;
}

/** In which of so many parts an id stands. @param {string} id @param {number} parts */
export const partOf = (id, parts) => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % parts;

/** What a file of lists holds of some ids, or of all: a large base has it in parts, by a sum of the letters of the id
 * (scripts/knowledge_base/publish/pages/render.py). @param {string} path @param {string[]} [ids] */
async function readRows(path, ids) {
  const known = await read(path);
  if (typeof known.parts !== "number") return known;
  const numbers = ids
    ? new Set(ids.map((id) => partOf(id, known.parts)))
    : Array.from({ length: known.parts }, (_, number) => number);
  return Object.assign({}, ...(await Promise.all([...numbers].map((number) => read(`danh-muc/${path}-${number}`)))));
}

/** @param {[string, string][]} sources @returns {[string, string][]} */
const open = (sources) => sources.map(([words, address]) => [words, address && new URL(address, SITE).href]);

/** The sources of bodies, by their ids: words, and the address where it is known. @returns {Promise<(id: string) => [string, string][]>} */
export async function readBodies() {
  /** @type {Record<string, [string, string][]>} */
  const known = await readRows("co-quan/bang");
  return (id) => open(known[id] ?? []);
}

/** Documents by their ids. Fails where they cannot be read. @param {string[]} ids */
export async function readDocuments(ids) {
  /** @type {Record<string, [string, [string, string][]]>} */
  const known = await readRows("van-ban/bang", ids);
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
        sources: open(sources),
      };
      return listed;
    });
}
