// Words, lists and tables as other programs take them: on the clipboard (rich and plain), and what the files for Word
// (word.js) and Excel (excel.js) have in common. Loaded with the first thing that is asked for.

/** A stretch of words. @typedef {{text: string, href?: string, bold?: boolean, italic?: boolean, small?: boolean, raised?: boolean}} Run */
/** The paragraphs of a cell. @typedef {Run[][]} Cell */
/** @typedef {{kind: "title" | "heading" | "text" | "numbered" | "source" | "note", runs: Run[]}} Words */
/** @typedef {{kind: "table", heads: string[], rows: Cell[][]}} Table */
/** A picture in the middle of the page. @typedef {{kind: "picture", png: Uint8Array, millimetres: number, words: string}} Picture */
/** @typedef {Words | Table | Picture} Block */

const ZIP = "../vendor/fflate-0.8.3/index.js";
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

// ---- Loading and saving ----

/** @type {Map<string, Promise<unknown>>} */
const loaded = new Map();

/** Load a classic script that lies in the site, once; also from file://. @param {string} path seen from this script */
export function loadScript(path) {
  const src = new URL(path, import.meta.url).href;
  const before = loaded.get(src);
  if (before) return before;
  const asked = new Promise((done, fail) => {
    const script = Object.assign(document.createElement("script"), { src, onload: done });
    script.onerror = () => fail(new Error(src));
    document.head.append(script);
  });
  loaded.set(src, asked);
  asked.catch(() => loaded.delete(src));
  return asked;
}

/** Give a file to the reader. @param {Uint8Array} bytes @param {string} name with its ending, which tells its kind */
export function save(bytes, name) {
  const type = name.endsWith(".xlsx") ? XLSX : DOCX;
  const href = URL.createObjectURL(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type }));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** A name of a file from words: no marks, no signs. @param {string} words */
export function fileName(words) {
  const bare = words
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return bare.slice(0, 60).replace(/^-|-$/g, "") || "tai-lieu";
}

/** @param {Record<string, string | Uint8Array>} parts @returns {Promise<Uint8Array>} */
export async function pack(parts) {
  await loadScript(ZIP);
  const { strToU8, zipSync } = globalThis.fflate;
  const files = Object.entries(parts).map(([name, part]) => [name, typeof part === "string" ? strToU8(part) : part]);
  return zipSync(Object.fromEntries(files), { level: 6 });
}

/** Words as XML holds them. @param {string} words */
export const xml = (words) =>
  words
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what XML must not hold
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

// ---- Parts of both kinds of files ----

/** @param {string} type @param {string} target @param {number} id @param {boolean} outside */
export const relation = (type, target, id, outside = false) =>
  `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${xml(target)}"${outside ? ' TargetMode="External"' : ""}/>`;
/** @param {string[]} rows */
export const relations = (rows) =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${rows.join("")}</Relationships>`;

const CORE = ["/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"];

/** @param {string[][]} rows */
export function contentTypes(rows) {
  const parts = [...rows, CORE].map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`);
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>${parts.join("")}</Types>`;
}

/** @param {string} title */
export const coreProperties = (title) => `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xml(title)}</dc:title><dc:creator>Kho văn bản chỉ đạo địa phương</dc:creator></cp:coreProperties>`;

/** @param {string} main */
export const rootRelations = (main) =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation("officeDocument", main, 1)}
<Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

// ---- The clipboard ----

const STYLE = "font-family:'Times New Roman',serif;font-size:14pt";
/** Whether an address leads there from any machine: an edition of files may not know where it is published.
 * @param {string | undefined} href */
export const isPublic = (href) => /^https?:/.test(href ?? "");

/** @param {Run} run */
function htmlRun({ text, href, bold, italic, small, raised }) {
  let words = xml(text);
  if (href && isPublic(href)) words = `<a href="${xml(href)}">${words}</a>`;
  if (bold) words = `<b>${words}</b>`;
  if (italic) words = `<i>${words}</i>`;
  if (small) words = `<span style="font-size:12pt">${words}</span>`;
  return raised ? `<sup>${words}</sup>` : words;
}
/** @param {Run[]} runs */
const htmlRuns = (runs) => runs.map(htmlRun).join("");
/** @param {Run[]} runs */
const plainRuns = (runs) => runs.map(({ text }) => text).join("");
/** @param {Cell} cell @param {string} between */
export const plainCell = (cell, between) => cell.map(plainRuns).join(between);

/** A document for the clipboard, in both forms. @param {Block[]} blocks */
export function toClipboard(blocks) {
  /** @type {string[]} */
  const html = [];
  /** @type {string[]} */
  const plain = [];
  let number = 0;
  for (const block of blocks) {
    if (block.kind === "table") {
      const row = (/** @type {string[]} */ cells) => `<tr>${cells.join("")}</tr>`;
      const heads = row(block.heads.map((words) => `<th>${xml(words)}</th>`));
      const rows = block.rows.map((cells) => row(cells.map((cell) => `<td>${cell.map(htmlRuns).join("<br>")}</td>`)));
      html.push(`<table border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse;${STYLE}">
${heads}${rows.join("")}</table>`);
      plain.push(
        [block.heads, ...block.rows.map((cells) => cells.map((c) => plainCell(c, " ")))]
          .map((r) => r.join("\t"))
          .join("\n"),
      );
    } else if (block.kind === "numbered") {
      number += 1;
      html.push(`<ol start="${number}" style="${STYLE}"><li>${htmlRuns(block.runs)}</li></ol>`);
      plain.push(`${number}. ${plainRuns(block.runs)}`);
    } else if (block.kind !== "picture") {
      const centred = block.kind === "title" ? ";text-align:center;font-weight:bold" : "";
      const words = htmlRuns(block.runs);
      html.push(`<p style="${STYLE}${centred}">${block.kind === "heading" ? `<b>${words}</b>` : words}</p>`);
      plain.push(plainRuns(block.runs));
    }
  }
  // Statements that follow one another are one list.
  return { html: html.join("\n").replace(/<\/ol>\n<ol start="\d+"[^>]*>/g, ""), plain: plain.join("\n") };
}
