// Words, lists and tables as other programs take them: on the clipboard (rich and plain), and what the files for Word
// (word.js) and Excel (excel.js) have in common. Loaded with the first thing that is asked for.

import { isPublic } from "./addresses.js";
import { escaped } from "./files.js";
import { loadZip } from "./vendor.js";

/** A stretch of words. @typedef {{text: string, href?: string, bold?: boolean, italic?: boolean, small?: boolean, raised?: boolean, points?: number}} Run */
/** The paragraphs of a cell. @typedef {Run[][]} Cell */
/** @typedef {{kind: "title" | "heading" | "text" | "numbered" | "source" | "note" | "statement" | "from" | "rule", runs: Run[]}} Words */
/** `widths` of its columns in millimetres; without them they go by the words.
 * @typedef {{kind: "table", heads: string[], rows: Cell[][], widths?: number[]}} Table */
/** A picture in the middle of the page. @typedef {{kind: "picture", png: Uint8Array, millimetres: number, words: string}} Picture */
/** Lines at the head of a sheet, with a picture beside them. @typedef {{kind: "head", lines: Run[][], picture?: Picture}} Head */
/** @typedef {Words | Table | Picture | Head} Block */

export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** @param {Record<string, string | Uint8Array>} parts @returns {Promise<Uint8Array>} */
export async function pack(parts) {
  await loadZip();
  const { strToU8, zipSync } = globalThis.fflate;
  const files = Object.entries(parts).map(([name, part]) => [name, typeof part === "string" ? strToU8(part) : part]);
  return zipSync(Object.fromEntries(files), { level: 6 });
}

// ---- Parts of both kinds of files ----

/** @param {string} type @param {string} target @param {number} id @param {boolean} outside */
export const relation = (type, target, id, outside = false) =>
  `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${escaped(target)}"${outside ? ' TargetMode="External"' : ""}/>`;
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
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title><dc:creator>Kho văn bản chỉ đạo địa phương</dc:creator></cp:coreProperties>`;

/** @param {string} main */
export const rootRelations = (main) =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation("officeDocument", main, 1)}
<Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

// ---- The clipboard ----

const STYLE = "font-family:'Times New Roman',serif;font-size:14pt";
/** @param {Run} run */
function htmlRun({ text, href, bold, italic, small, raised }) {
  let words = escaped(text);
  if (href && isPublic(href)) words = `<a href="${escaped(href)}">${words}</a>`;
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
      const heads = row(block.heads.map((words) => `<th>${escaped(words)}</th>`));
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
    } else if (block.kind !== "picture" && block.kind !== "head") {
      const centred = block.kind === "title" ? ";text-align:center;font-weight:bold" : "";
      const words = htmlRuns(block.runs);
      html.push(`<p style="${STYLE}${centred}">${block.kind === "heading" ? `<b>${words}</b>` : words}</p>`);
      plain.push(plainRuns(block.runs));
    }
  }
  // Statements that follow one another are one list.
  return { html: html.join("\n").replace(/<\/ol>\n<ol start="\d+"[^>]*>/g, ""), plain: plain.join("\n") };
}
