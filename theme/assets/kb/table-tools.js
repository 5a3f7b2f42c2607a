// Tables and lists that can be taken away: copied for Word, saved as Word and Excel files, each row with its source.
// They stand behind a place marked .kb-xuat. What a filter hides is left out. Loaded by table-buttons.js when it is wanted.

import { publicAddress } from "./addresses.js";
import { copy, notify } from "./copy.js";
import { dataFault } from "./data.js";
import { bodyOf, documentOf, readBodies, readDocuments } from "./document-rows.js";
import { fileName, save } from "./files.js";
import { whole } from "./list-whole.js";
import { toClipboard } from "./office.js";

/** @typedef {import("./office.js").Cell} Cell */
/** @typedef {import("./office.js").Run} Run */
/** @typedef {{heads: string[], rows: Cell[][]}} Grid */
/** What a table is made for: Excel takes each statement as a row, and addresses as words. @typedef {"excel" | "word" | "copy"} Use */

/** What stands in a page for its readers only. */
const OURS = "button, label, .headerlink, .kb-an, .ten-cot, .kb-kiem-tra:empty";
const SMALL = ".phu, .nguon-doan, .loi-dan, .can-biet, .nay-la, .da-doi";
const DOCUMENTS = ["Số, ký hiệu", "Trích yếu", "Cơ quan ban hành", "Ngày ban hành", "Tình trạng"];
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
    const isAlone = !paragraphs.at(-1)?.some(({ text }) => text.trim()); // a cell of its own says nothing else
    const isState = !isAlone && node.matches(".can-biet:not(.can-biet--doi)");
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

/** @param {Element} part @param {string} name */
const named = (part, name) => part.getAttribute(`data-${name}-ten`) ?? "";

/** The statements of a place in a year, each with its source, whose link leads to its paragraph.
 * @param {Element} cell @returns {{words: Cell, source: Run[]}[]} */
function statementsIn(cell) {
  /** @type {Run[]} */
  let source = [];
  return [...cell.querySelectorAll(":scope > :is(p, div)")].flatMap((part) => {
    if (part.matches("div")) source = read(part).flat();
    const link = part.querySelector("[data-y] a");
    if (!(link instanceof HTMLAnchorElement)) return [];
    const article = link.href.split("#")[0];
    const exact = source.map(({ small, ...run }) =>
      run.href === publicAddress(article) ? { ...run, href: publicAddress(link.href) } : run,
    );
    const words = /** @type {Element} */ (part.cloneNode(true));
    words.querySelector(".nguon-doan")?.remove();
    return [{ words: read(words), source: exact }];
  });
}

/** The way to what a cell leaves out. */
const LEFT_OUT = ".nguon-doan:not([data-y]):last-child > a:only-child";

/** Places side by side, each with its years: as a table with a column for each, else a row for each statement.
 * @param {Element} view @param {Use} use @returns {Grid} */
function comparison(view, use) {
  const places = [...view.querySelectorAll("section[data-noi]")].filter(shown);
  const cells = places.flatMap((place) =>
    [...place.querySelectorAll("section[data-nam]")].filter(shown).map((cell) => ({ place, cell })),
  );
  if (use !== "excel" && places.length <= MOST_PLACES) {
    const years = new Map(cells.map(({ cell }) => [cell.getAttribute("data-nam"), named(cell, "nam")]));
    const inYear = (/** @type {Element} */ place, /** @type {string | null} */ year) => {
      const cell = cells.find((known) => known.place === place && known.cell.getAttribute("data-nam") === year)?.cell;
      const said = cell ? statementsIn(cell) : [];
      const small = (/** @type {Run[]} */ runs) => runs.map((run) => ({ ...run, small: true }));
      return said.flatMap(({ words, source }) => [...words, small(source)]);
    };
    const rows = [...years]
      .sort(([one], [other]) => String(other).localeCompare(String(one)))
      .map(([year, words]) => [[[{ text: words }]], ...places.map((place) => inYear(place, year))]);
    return { heads: ["Năm", ...places.map((place) => named(place, "noi"))], rows };
  }
  const rows = cells.flatMap(({ place, cell }) =>
    statementsIn(cell).map(({ words, source }) => {
      const where = source.map((run, at) => (at ? run : { ...run, text: run.text.replace(/^Theo /, "") }));
      return [[[{ text: named(place, "noi") }]], [[{ text: named(cell, "nam") }]], words, [trimmed(where)]];
    }),
  );
  return { heads: ["TT", "Nơi", "Năm", "Nội dung", "Nguồn"], rows: numbered(rows) };
}

/** How many statements there are of each theme, by place. @param {Element} table @returns {Grid} */
function matrix(table) {
  const rows = [...table.querySelectorAll("tbody tr")].filter(shown).flatMap((row) => {
    const theme = read(/** @type {Element} */ (row.querySelector("th")));
    return [...row.querySelectorAll(".kb-noi")].filter(shown).map((place) => {
      const years = [...place.querySelectorAll("[data-nam]")].filter(shown).map((year) => read(year).flat());
      const told = years.flatMap((runs, at) => (at ? [{ text: "; " }, ...runs] : runs));
      return [theme, [[{ text: named(place, "noi") }]], [told]];
    });
  });
  return { heads: ["TT", "Chủ đề", "Nơi", "Năm, số ý"], rows: numbered(rows) };
}

/** @param {HTMLTableElement} table @returns {Grid} */
function rowsOf(table) {
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent?.trim() ?? "");
  const rows = [...table.querySelectorAll("tbody tr")]
    .filter(shown)
    .map((row) => [...row.querySelectorAll("td")].map(read));
  return { heads: ["TT", ...heads], rows: numbered(rows) };
}

/** The rows of a list: those ticked, else all that no filter hides, also those that are still folded. @param {Element} table */
function rowsListed(table) {
  const rows = /** @type {HTMLTableRowElement[]} */ ([...table.querySelectorAll("tbody tr:not(.nhom)")]);
  const ticked = rows.filter((row) => row.querySelector(".tich :checked"));
  return ticked.length ? ticked : rows.filter(shown);
}

/** The sources of a row as its last cells: who says it, each a link; for Excel, which has one link a cell, the addresses too.
 * @param {[string, string][]} sources words, and the address where it is known @param {Use} use @returns {Cell[]} */
function sourceCells(sources, use) {
  const said = sources.map(([text, address]) => [{ text, ...(address && { href: publicAddress(address) }) }]);
  const addresses = sources.flatMap(([, address]) => (address ? [[{ text: publicAddress(address) }]] : []));
  return [said, ...(use === "excel" ? [addresses] : [])];
}

/** @param {Use} use */
const sourceHeads = (use) => ["Nguồn", ...(use === "excel" ? ["Địa chỉ nguồn"] : [])];

/** Lists of bodies, each body with its place and its sources. @param {Element[]} tables one, or one for each place
 * @param {Use} use @returns {Promise<Grid>} */
async function bodies(tables, use) {
  const heads = [...tables[0].querySelectorAll("thead th")].map((head) => head.textContent?.trim() ?? "");
  const sourcesOf = await readBodies();
  const rows = tables.flatMap(rowsListed).map((row) => {
    const sources = sourcesOf(bodyOf(row.querySelector("th a")));
    const cells = [...row.querySelectorAll("th, td")].map(read);
    return [...cells, [[{ text: row.dataset.noi ?? "" }]], ...sourceCells(sources, use)];
  });
  return { heads: ["TT", ...heads, "Địa phương", ...sourceHeads(use)], rows: numbered(rows) };
}

/** Documents with their sources. @param {string[]} ids @param {Use} use @returns {Promise<Grid>} */
async function documents(ids, use) {
  const rows = (await readDocuments(ids)).map(({ cells, sources }) => [
    ...cells.map(read),
    ...sourceCells(sources, use),
  ]);
  return { heads: ["TT", ...DOCUMENTS, ...sourceHeads(use)], rows: numbered(rows) };
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

/** The documents that stand behind a place, null where there are others. @param {HTMLElement} place @param {Element} [table] */
function documentsAt({ dataset }, table) {
  if (dataset.cacVanBan) return dataset.cacVanBan.split(" ");
  if (!table?.matches(".kb-liet-ke--van-ban")) return null;
  return rowsListed(table).map((row) => documentOf(row.querySelector("th a")));
}

/** The tables that stand behind a place; those behind another place that comes later, perhaps within, are its own.
 * @param {HTMLElement} place */
function tablesAt(place) {
  const places = [...document.querySelectorAll(".kb-xuat")];
  const next = places[places.indexOf(place) + 1];
  const isOurs = (/** @type {Element} */ table) =>
    !next || (next.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  return behind(place)
    .flatMap((part) => (part.matches("table") ? [part] : [...part.querySelectorAll("table")]))
    .filter(isOurs);
}

/** @param {HTMLElement} place @returns {Element | undefined} */
const tableAt = (place) => tablesAt(place)[0];

/** @param {HTMLElement} place @param {Use} use @returns {Promise<Grid>} */
async function gridOf(place, use) {
  const found = behind(place);
  const view = found.find((element) => element.matches("div.kb-canh-nhau"));
  if (view) return comparison(view, use);
  const table = tableAt(place);
  const ids = documentsAt(place, table);
  if (ids) return documents(ids, use);
  if (!(table instanceof HTMLTableElement)) return tasks(found.filter((element) => element.matches("ul")));
  if (table.matches(".kb-ma-tran")) return matrix(table);
  return table.matches(".kb-liet-ke") ? bodies(tablesAt(place), use) : rowsOf(table);
}

/** @param {HTMLElement} place */
function titleOf(place) {
  const page = document.querySelector("article h1")?.firstChild?.textContent?.trim() ?? document.title;
  return place.dataset.ten ? `${place.dataset.ten}: ${page}` : page;
}

/** What a table is, where it comes from, and what it leaves out. @param {HTMLElement} place */
function noteOf(place) {
  const here = publicAddress(location.href.split("#")[0]);
  const site = document.querySelector("meta[property='og:site_name']")?.getAttribute("content") ?? "";
  const isList = place.dataset.cacVanBan !== undefined || tableAt(place)?.matches(".kb-liet-ke, .kb-ma-tran");
  const partly = behind(place).some((part) => [...part.querySelectorAll(LEFT_OUT)].some(shown));
  const left = partly ? "Có nơi chỉ gồm những ý mới nhất của một năm, đủ ở trang. " : "";
  return [{ text: isList ? `Nguồn: ${site}, ` : `${NOTE} ${left}Trang: ` }, { text: here, href: here }];
}

/** A place as a document; on paper the note stands before its table, so that no page holds the note alone.
 * @param {HTMLElement} place @param {Grid} grid @returns {Record<"title" | "table" | "note", import("./office.js").Block>} */
const blocksOf = (place, grid) => ({
  title: { kind: "title", runs: [{ text: titleOf(place) }] },
  table: { kind: "table", ...grid },
  note: { kind: "note", runs: noteOf(place) },
});

/** What stands behind a place, also the rows that the page leaves out; null where they cannot be read, which is told.
 * @param {HTMLElement} place @param {Use} use */
async function wholeGrid(place, use) {
  if (!(await Promise.all(behind(place).map(whole))).every(Boolean)) return null;
  try {
    return await gridOf(place, use);
  } catch {
    notify(dataFault("bấm lại"));
    return null;
  }
}

/** @param {HTMLElement} place */
export async function copyTable(place) {
  const grid = await wholeGrid(place, "copy");
  if (!grid) return false;
  const { title, table, note } = blocksOf(place, grid);
  const what = documentsAt(place, tableAt(place)) ? "văn bản" : "dòng";
  const done = `Đã chép bảng ${grid.rows.length} ${what}. Dán vào Word bằng Ctrl+V.`;
  return copy(toClipboard([title, table, note]), done);
}

/** Copy the list of which a table is. @param {Element} table */
export async function copyList(table) {
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".kb-xuat")]);
  const place = places.find((each) => tableAt(each) === table);
  if (!place) throw new Error("no place for the table");
  return copyTable(place);
}

/** @param {HTMLElement} place */
export async function saveWord(place) {
  const grid = await wholeGrid(place, "word");
  if (!grid) return;
  const { title, table, note } = blocksOf(place, grid);
  const { toDocx } = await import("./word.js");
  save(await toDocx(titleOf(place), [title, note, table]), `${fileName(titleOf(place))}.docx`);
}

/** @param {HTMLElement} place */
export async function saveExcel(place) {
  const grid = await wholeGrid(place, "excel");
  if (!grid) return;
  const { toXlsx } = await import("./excel.js");
  save(await toXlsx(titleOf(place), grid.heads, grid.rows), `${fileName(titleOf(place))}.xlsx`);
}
