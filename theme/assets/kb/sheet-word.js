// The sheets of a pack or of chosen statements as Word files, from what the page shows; as publish/packs/word.py makes
// them where the build knows the address of the site. Loaded when one is asked for.

import { isPublic, publicAddress } from "./addresses.js";
import { fileName, save } from "./files.js";
import { drawPicture } from "./qr-shown.js";
import { toDocx } from "./word.js";

/** @typedef {import("./office.js").Block} Block */
/** @typedef {import("./office.js").Run} Run */
/** What a sheet is of: what kind it is and its title, the address told below them ('' for none), the code that opens it
 * (null where there is none), and what it is made from: the page's parts for paper.
 * @typedef {{kind: string, title: string, address: string, code: import("./qr.js").Code | null, page: Element}} Sheet */

/** Points of titles, statements, sources, and of the white below a statement; millimetres of the right edge. */
const ONE_PAGE = { title: 15, words: 14, source: 11, gap: 5, right: 15 };
const LARGE = { title: 22, words: 20, source: 16, gap: 10, right: 15 };
/** Widths of the columns of a checklist, in millimetres. */
const COLUMNS = [10, 85, 16, 16, 38];

/** @param {string | null | undefined} text */
const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim();

/** The words of a part of the page without some of it. @param {Element | null} part @param {string} left */
function wordsOf(part, left = "a, button, input, .y-sao, .kb-an") {
  const copied = /** @type {Element | null} */ (part?.cloneNode(true) ?? null);
  for (const other of copied?.querySelectorAll(left) ?? []) other.remove();
  return squeeze(copied?.textContent);
}

/** What a statement says, who says it before. @param {Element} said @param {number} points @returns {Run[]} */
function saidRuns(said, points) {
  const speaker = squeeze(said.querySelector(".y-ai")?.textContent);
  const words = wordsOf(said, ".y-ai, .phu, .y-doi");
  return [...(speaker ? [{ text: `${speaker} `, bold: true, points }] : []), { text: words, points }];
}

/** The line of a source, with its star. @param {Element | null} line @param {number} points @returns {Run[]} */
const sourceRuns = (line, points) => [
  { text: wordsOf(line), italic: true, points },
  ...(line?.querySelector(".y-sao") ? [{ text: "\u00a0(*)", points }] : []),
];

/** @param {Sheet} sheet @param {typeof ONE_PAGE} look @param {string} whose whose words these are @returns {Promise<Block[]>} */
async function headBlocks({ kind, title, address, code }, look, whose) {
  const lines = [
    [{ text: kind, points: look.source }],
    [{ text: title.toUpperCase(), bold: true, points: look.title }],
    [{ text: whose, italic: true, points: look.source }],
  ];
  const picture = code ? await drawPicture(code, `Mã QR mở ${address || title}`) : undefined;
  return [
    { kind: "head", lines, picture },
    { kind: "rule", runs: [{ text: address, href: address }] },
  ];
}

/** @param {Element} item @param {number} at @param {typeof ONE_PAGE} look @returns {Block[]} */
function statementBlocks(item, at, look) {
  const line = item.querySelector(".y-giay") ?? item.querySelector(".y-nguon");
  const link = line?.querySelector("a");
  const href = link ? publicAddress(link.href) : "";
  const where = isPublic(href) ? { text: `\n${href}`, href } : { text: `\n${link?.dataset.tim ?? ""}` };
  const changed = squeeze(item.querySelector(".y-doi")?.firstChild?.textContent);
  return [
    {
      kind: "statement",
      runs: [{ text: `${at + 1}. `, bold: true }, ...saidRuns(item.querySelector(".y-loi") ?? item, look.words)],
    },
    {
      kind: "from",
      runs: [
        ...(changed ? [{ text: `${changed}\n` }] : []),
        ...sourceRuns(line, look.source),
        { ...where, points: look.source - 1 },
      ],
    },
  ];
}

/** @param {Element} page @param {boolean} isWhole also what does not fit on one page */
function handOutParts(page, isWhole) {
  const part = /** @type {Element} */ (page.querySelector(".kb-to"));
  return {
    whose: wordsOf(part.querySelector(".luu-y"), isWhole ? ".y-vua" : "a"),
    note: squeeze(part.querySelector(".y-chu-thich")?.textContent),
    items: [...part.querySelectorAll("ol.kb-y > li")].filter((item) => isWhole || !item.matches(".y-ngoai")),
  };
}

/** @param {Sheet} sheet @param {typeof ONE_PAGE} look @param {boolean} isWhole @returns {Promise<Block[]>} */
async function handOut(sheet, look, isWhole) {
  const { whose, note, items } = handOutParts(sheet.page, isWhole);
  /** @type {Block[]} */
  const told = note ? [{ kind: "from", runs: [{ text: note, italic: true }] }] : [];
  return [
    ...(await headBlocks(sheet, look, whose)),
    ...told,
    ...items.flatMap((item, at) => statementBlocks(item, at, look)),
  ];
}

/** @param {HTMLTableElement} table @returns {Block[]} */
function checkTable(table) {
  const rows = [...table.tBodies[0].rows].map((row) => {
    const [number, said] = row.cells;
    const runs = [saidRuns(said, ONE_PAGE.words), sourceRuns(said.querySelector(".phu"), 10)];
    return [[[{ text: squeeze(number.textContent), points: ONE_PAGE.words }]], runs, [], [], []];
  });
  const heads = [...(table.tHead?.rows[0].cells ?? [])].map((cell) => squeeze(cell.textContent));
  return [
    { kind: "heading", runs: [{ text: squeeze(table.caption?.textContent) }] },
    { kind: "table", heads, rows, widths: COLUMNS },
  ];
}

/** A question; what must be known of a document stands in brackets, as the page shows it. @param {Element} item */
function questionOf(item) {
  const copied = /** @type {Element} */ (item.cloneNode(true));
  for (const mark of copied.querySelectorAll(".can-biet")) mark.textContent = ` (${mark.textContent})`;
  return squeeze(copied.textContent);
}

/** @param {Sheet} sheet @returns {Promise<Block[]>} */
async function checklist(sheet) {
  const part = sheet.page.querySelector(".kb-to-soi");
  const notes = [...(part?.querySelectorAll(":scope > .y-chu-thich, :scope > .luu-y:not(.luu-y--dau)") ?? [])];
  const asked = sheet.page.querySelector(".kb-to-hoi");
  const questions = [...(asked?.querySelectorAll("li") ?? [])].map(questionOf);
  const tables = /** @type {HTMLTableElement[]} */ ([...(part?.querySelectorAll("table") ?? [])]);
  /** @type {Block[]} */
  const all = [
    ...(await headBlocks(sheet, ONE_PAGE, wordsOf((part ?? asked)?.querySelector(".luu-y--dau") ?? null, ".y-vua"))),
    ...[...new Set(notes.map((note) => wordsOf(note)))].map(noteBlock),
  ];
  if (questions.length) all.push({ kind: "heading", runs: [{ text: "Câu hỏi do kho soạn" }] });
  all.push(...questions.map((text) => /** @type {Block} */ ({ kind: "numbered", runs: [{ text }] })));
  return [...all, ...tables.flatMap(checkTable)];
}

/** @param {string} text @returns {Block} */
const noteBlock = (text) => ({ kind: "from", runs: [{ text, italic: true }] });

/** Save a sheet: "mot-trang", "chu-lon" or "tu-soi". @param {string} name @param {Sheet} sheet */
export async function saveSheet(name, sheet) {
  const look = name === "chu-lon" ? LARGE : ONE_PAGE;
  const blocks = name === "tu-soi" ? await checklist(sheet) : await handOut(sheet, look, name === "chu-lon");
  save(await toDocx(`${sheet.kind}: ${sheet.title}`, blocks, look), `${fileName(sheet.title)}-${name}.docx`);
}
