// Tables as Excel files: heads that stay in sight and filter, every row numbered. Cells are texts, never formulas.

import { isPublic } from "./addresses.js";
import { escaped } from "./files.js";
import {
  contentTypes,
  coreProperties,
  HEAD,
  OFFICE,
  pack,
  plainCell,
  relation,
  relations,
  rootRelations,
} from "./office.js";

const SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/** Excel takes no longer text in a cell. */
const LONGEST_CELL = 32_767;
/** Widths of columns in characters, chosen by hand: longer words are broken. */
const WIDEST = 60;
const NARROWEST = 10;
const SHEET_PART = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const TYPES = [
  ["/xl/workbook.xml", `${SHEET_PART}.sheet.main+xml`],
  ["/xl/worksheets/sheet1.xml", `${SHEET_PART}.worksheet+xml`],
  ["/xl/styles.xml", `${SHEET_PART}.styles+xml`],
];
/** Plain, head, link: what the cells say of themselves by number. */
const STYLES = `${HEAD}<styleSheet xmlns="${SHEET}"><fonts count="3">
<font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><name val="Times New Roman"/></font>
<font><u/><sz val="11"/><color rgb="FF0D4A85"/><name val="Times New Roman"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFF5F2EC"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="3">${[0, 1, 2].map(cellFormat).join("")}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** @param {number} font */
function cellFormat(font) {
  const fill = font === 1 ? 2 : 0;
  return `<xf numFmtId="0" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1">
<alignment vertical="top" wrapText="1"/></xf>`;
}

/** The letters of a column, from 0. @param {number} at @returns {string} */
const letters = (at) => (at < 26 ? "" : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));

/** @param {string} words @param {string} place @param {number} style */
const cell = (words, place, style) =>
  words
    ? `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(words.slice(0, LONGEST_CELL))}</t></is></c>`
    : `<c r="${place}" s="${style}"/>`;

/**
 * A table as a workbook of one sheet; a cell with a link is one.
 * @param {string} title @param {string[]} heads @param {import("./office.js").Cell[][]} rows
 */
export function toXlsx(title, heads, rows) {
  /** @type {string[]} */
  const links = [];
  /** @type {string[]} */
  const marks = [];
  const body = rows.map((cells, at) => {
    const filled = heads.map((_, column) => {
      const place = `${letters(column)}${at + 2}`;
      const paragraphs = cells[column] ?? [];
      const href = paragraphs.flat().find((run) => isPublic(run.href))?.href;
      if (href) {
        links.push(relation("hyperlink", href, links.length + 1, true));
        marks.push(`<hyperlink ref="${place}" r:id="rId${links.length}"/>`);
      }
      return cell(plainCell(paragraphs, "\n"), place, href ? 2 : 0);
    });
    return `<row r="${at + 2}">${filled.join("")}</row>`;
  });
  const head = heads.map((words, column) => cell(words, `${letters(column)}1`, 1));
  const widths = heads.map((words, column) => {
    const lines = rows.flatMap((cells) => plainCell(cells[column] ?? [], "\n").split("\n"));
    const longest = lines.reduce((most, line) => Math.max(most, line.length), words.length);
    return `<col min="${column + 1}" max="${column + 1}" width="${Math.min(WIDEST, Math.max(NARROWEST, longest + 2))}" customWidth="1"/>`;
  });
  const whole = `A1:${letters(heads.length - 1)}${rows.length + 1}`;
  const sheet = `${HEAD}<worksheet xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheetViews><sheetView workbookViewId="0">
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join("")}</cols>
<sheetData><row r="1">${head.join("")}</row>${body.join("")}</sheetData><autoFilter ref="${whole}"/>
${marks.length ? `<hyperlinks>${marks.join("")}</hyperlinks>` : ""}</worksheet>`;
  const name = title.replace(/[[\]:*?/\\]+ ?/g, " ").slice(0, 31);
  const book = `${HEAD}<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  return pack({
    "[Content_Types].xml": contentTypes(TYPES),
    "_rels/.rels": rootRelations("xl/workbook.xml"),
    "docProps/core.xml": coreProperties(title),
    "xl/workbook.xml": book,
    "xl/_rels/workbook.xml.rels": relations([
      relation("worksheet", "worksheets/sheet1.xml", 1),
      relation("styles", "styles.xml", 2),
    ]),
    "xl/styles.xml": STYLES,
    "xl/worksheets/sheet1.xml": sheet,
    "xl/worksheets/_rels/sheet1.xml.rels": relations(links),
  });
}
