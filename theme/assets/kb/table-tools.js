// Tables and lists that can be taken away: copied for Word, saved as Word and Excel files, each row with its source.
// They stand behind a place marked .kb-xuat. What a filter hides is left out. Loaded by table-buttons.js when it is wanted.

import { publicAddress } from "./addresses.js";
import { copy } from "./copy.js";
import { fileName, save } from "./files.js";
import { whole } from "./list-whole.js";
import { toClipboard } from "./office.js";

/** @typedef {import("./office.js").Cell} Cell */
/** @typedef {import("./office.js").Run} Run */
/** @typedef {{heads: string[], rows: Cell[][]}} Grid */

/** What stands in a page for its readers only. */
const OURS = "button, label, .headerlink, .kb-an, .kb-kiem-tra:empty";
const SMALL = ".phu, .nguon-doan, .loi-dan, .can-biet, .nay-la, .da-doi";
const NOTE = "Tóm lược của kho, không phải nguyên văn, trừ chỗ ghi “nguyên văn”; không thay cho văn bản gốc.";
/** More places than these side by side are too narrow on paper: each statement has a row of its own then. Chosen by hand. */
const MOST_PLACES = 4;

const shown = (/** @type {Element} */ element) => !element.closest("[hidden]");

/** The words of an element as paragraphs of runs: a link keeps its address, <br> and <p> begin a paragraph.
 * @param {Element} element @returns {Cell} */
function read(element) {
  /** @type {Run[][]} */
  const paragraphs = [[]];
  /** @param {Node} node @param {Omit<Run, "text">} marks */
  const walk = (node, marks) => {
    if (node instanceof Text) {
      const text = node.data.replace(/\s+/g, " ");
      if (text) paragraphs.at(-1)?.push({ text, ...marks });
    }
    if (!(node instanceof Element) || node.matches(OURS)) return;
    if (node.matches("br, p")) paragraphs.push([]);
    const inside = { ...marks };
    if (node.matches("strong, b")) inside.bold = true;
    if (node.matches(SMALL)) inside.small = true;
    if (node instanceof HTMLAnchorElement && node.href) inside.href = publicAddress(node.href);
    const isState = node.matches(".can-biet:not(.can-biet--doi)");
    if (isState) paragraphs.at(-1)?.push({ text: "(", ...inside });
    for (const child of node.childNodes) walk(child, inside);
    if (isState) paragraphs.at(-1)?.push({ text: ")", ...inside });
  };
  for (const child of element.childNodes) walk(child, {});
  return paragraphs.map(trimmed).filter((runs) => runs.length);
}

/** Runs without blanks at both ends. @param {Run[]} runs */
function trimmed(runs) {
  const kept = runs.map((run) => ({ ...run }));
  while (kept.length && !kept[0].text.trim()) kept.shift();
  while (kept.length && !kept[kept.length - 1].text.trim()) kept.pop();
  if (kept.length) {
    kept[0].text = kept[0].text.trimStart();
    kept[kept.length - 1].text = kept[kept.length - 1].text.trimEnd();
  }
  return kept;
}

/** Words and source of a statement, apart. @param {Element} element @returns {Cell[]} */
function apart(element) {
  const words = /** @type {Element} */ (element.cloneNode(true));
  const sources = [...words.querySelectorAll(".nguon-doan")];
  for (const source of sources) source.remove();
  const original = element.querySelector(".nguon-doan");
  return [read(words), original ? read(original).map((runs) => runs.map(({ small, ...run }) => run)) : []];
}

/** @param {Cell[][]} rows */
const numbered = (rows) => rows.map((cells, at) => [[[{ text: String(at + 1) }]], ...cells]);
/** Places side by side, each with its years: as a table with a column for each, else a row for each statement.
 * @param {Element} view @param {boolean} isFile @returns {Grid} */
function comparison(view, isFile) {
  const named = (/** @type {Element} */ part, /** @type {string} */ name) =>
    part.getAttribute(`data-${name}-ten`) ?? "";
  const places = [...view.querySelectorAll("section[data-noi]")].filter(shown);
  const cells = places.flatMap((place) =>
    [...place.querySelectorAll("section[data-nam]")].filter(shown).map((cell) => ({ place, cell })),
  );
  if (!isFile && places.length <= MOST_PLACES) {
    const years = new Map(cells.map(({ cell }) => [cell.getAttribute("data-nam"), named(cell, "nam")]));
    const inYear = (/** @type {Element} */ place, /** @type {string | null} */ year) => {
      const cell = cells.find((known) => known.place === place && known.cell.getAttribute("data-nam") === year)?.cell;
      return cell ? [...cell.querySelectorAll(":scope > :is(p, div)")].flatMap(read) : [];
    };
    const rows = [...years]
      .sort(([one], [other]) => String(other).localeCompare(String(one)))
      .map(([year, words]) => [[[{ text: words }]], ...places.map((place) => inYear(place, year))]);
    return { heads: ["Năm", ...places.map((place) => named(place, "noi"))], rows };
  }
  const rows = cells.flatMap(({ place, cell }) => {
    /** @type {Cell} */
    let source = [];
    return [...cell.querySelectorAll(":scope > :is(p, div)")].flatMap((part) => {
      if (part.matches("div")) source = read(part).map((runs) => runs.map(({ small, ...run }) => run));
      if (!part.matches("p:has([data-y])")) return [];
      const [words, where] = apart(part);
      return [[[[{ text: named(place, "noi") }]], [[{ text: named(cell, "nam") }]], words, [...source, ...where]]];
    });
  });
  return { heads: ["TT", "Nơi", "Năm", "Nội dung", "Nguồn"], rows: numbered(rows) };
}

/** @param {HTMLTableElement} table @returns {Grid} */
function rowsOf(table) {
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent?.trim() ?? "");
  const rows = [...table.querySelectorAll("tbody tr")]
    .filter(shown)
    .map((row) => [...row.querySelectorAll("td")].map(read));
  return { heads: ["TT", ...heads], rows: numbered(rows) };
}

/** A list that can be ticked: the ticked rows, else all that no filter hides, also those that are still folded.
 * @param {HTMLTableElement} table @returns {Grid} */
function listed(table) {
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent?.trim() ?? "");
  const rows = [...table.querySelectorAll("tbody tr:not(.nhom)")];
  const ticked = rows.filter((row) => row.querySelector(".tich :checked"));
  const cells = (/** @type {Element} */ row) => [...row.querySelectorAll("th, td:not(.tich)")].map(read);
  return { heads: ["TT", ...heads], rows: numbered((ticked.length ? ticked : rows.filter(shown)).map(cells)) };
}

/** Lists of tasks up to the next heading. @param {Element[]} lists @returns {Grid} */
function tasks(lists) {
  const rows = lists
    .flatMap((list) => [...list.querySelectorAll("li")])
    .filter(shown)
    .map(apart);
  return { heads: ["TT", "Nhiệm vụ, yêu cầu", "Nguồn"], rows: numbered(rows) };
}

/** What stands behind a place, up to the next heading. @param {Element} place */
function behind(place) {
  const found = [];
  for (let next = place.nextElementSibling; next && !next.matches("h2, h3, .kb-xuat"); next = next.nextElementSibling)
    found.push(next);
  return found;
}

/** @param {Element} place @param {boolean} isFile for Excel, where every statement has its row @returns {Grid} */
function gridOf(place, isFile) {
  const found = behind(place);
  const view = found.find((element) => element.matches("div.kb-canh-nhau"));
  if (view) return comparison(view, isFile);
  const table = found.flatMap((e) => (e.matches("table") ? [e] : [...e.querySelectorAll("table")]))[0];
  if (!(table instanceof HTMLTableElement)) return tasks(found.filter((element) => element.matches("ul")));
  if (table.matches(".kb-liet-ke")) return listed(table);
  return rowsOf(table);
}

/** @param {HTMLElement} place */
function titleOf(place) {
  const page = document.querySelector("article h1")?.firstChild?.textContent?.trim() ?? document.title;
  return place.dataset.ten ? `${place.dataset.ten}: ${page}` : page;
}

/** @param {HTMLElement} place @returns {import("./office.js").Block[]} */
function blocksOf(place) {
  const here = publicAddress(location.href.split("#")[0]);
  return [
    { kind: "title", runs: [{ text: titleOf(place) }] },
    { kind: "table", ...gridOf(place, false) },
    { kind: "note", runs: [{ text: `${NOTE} Trang: ` }, { text: here, href: here }] },
  ];
}

/** Whether all is there that stands behind a place, also the rows that the page leaves out. @param {HTMLElement} place */
const isWhole = async (place) => (await Promise.all(behind(place).map(whole))).every(Boolean);

/** @param {HTMLElement} place */
export async function copyTable(place) {
  if (!(await isWhole(place))) return false; // why is told
  const done = `Đã chép bảng ${gridOf(place, true).rows.length} dòng. Dán vào Word bằng Ctrl+V.`;
  return copy(toClipboard(blocksOf(place)), done);
}

const DOCUMENTS = ["TT", "Số, ký hiệu", "Trích yếu", "Cơ quan ban hành", "Ngày ban hành", "Tình trạng"];

/** Copy ticked rows of a list of documents as a table, each number leading to its page. @param {HTMLTableRowElement[]} rows */
export function copyDocuments(rows) {
  const site = document.querySelector("meta[property='og:site_name']")?.getAttribute("content") ?? "";
  const cells = rows.map((row) =>
    [...row.cells].slice(1).map((cell, at) => {
      const text = (cell.textContent ?? "").replace(/\s+/g, " ").trim();
      const href = at === 0 ? publicAddress(cell.querySelector("a")?.getAttribute("href") ?? "") : undefined;
      return [[{ text, href }]];
    }),
  );
  const source = { text: `Nguồn: ${site}, ${publicAddress("")}` };
  return copy(
    toClipboard([
      { kind: "table", heads: DOCUMENTS, rows: numbered(cells) },
      { kind: "note", runs: [source] },
    ]),
    `Đã chép bảng ${rows.length} văn bản. Dán vào Word bằng Ctrl+V.`,
  );
}

/** @param {HTMLElement} place */
export async function saveWord(place) {
  if (!(await isWhole(place))) return;
  const { toDocx } = await import("./word.js");
  save(await toDocx(titleOf(place), blocksOf(place)), `${fileName(titleOf(place))}.docx`);
}

/** @param {HTMLElement} place */
export async function saveExcel(place) {
  if (!(await isWhole(place))) return;
  const { heads, rows } = gridOf(place, true);
  const { toXlsx } = await import("./excel.js");
  save(await toXlsx(titleOf(place), heads, rows), `${fileName(titleOf(place))}.xlsx`);
}
