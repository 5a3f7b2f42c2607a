// The tables of documents and bodies: sorted by a column, short until asked, rows ticked and copied as a table for Word.
// Loaded by kb.js where there is such a table. Filtering is filter.js's; both only hide and move rows.

import { notify } from "./copy.js";
import { whole } from "./list-whole.js";

const COLLATOR = new Intl.Collator("vi", { numeric: true });

/** @param {string} words @param {string} css */
const newButton = (words, css = "") =>
  Object.assign(document.createElement("button"), { type: "button", className: css, textContent: words });

/** @param {string | null | undefined} text */
const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim();

// ---- Sorting ----

/** The rows of groups without their heads. @param {{rows: HTMLTableRowElement[]}[]} groups */
const rowsOf = (groups) => groups.flatMap((known) => known.rows).filter((row) => !row.matches(".nhom"));

/** What a row is sorted by; "" comes last either way. @param {HTMLTableRowElement} row @param {number} column */
const keyOf = (row, column) => row.cells[column].dataset.xep ?? squeeze(row.cells[column].textContent);

/** @param {HTMLTableElement} table */
const headsOf = (table) => [...(table.tHead?.rows[0].cells ?? [])].filter((head) => head.matches("th"));

/**
 * One table for the rows of several, each of them in a part that is folded: sorting leaves the groups.
 * @param {HTMLTableElement[]} tables
 */
function jointOf(tables) {
  const joint = /** @type {HTMLTableElement} */ (tables[0].cloneNode(true));
  for (const group of [...joint.tBodies]) group.remove();
  joint.hidden = true;
  tables[0].closest("details")?.before(joint);
  return joint;
}

/** @param {HTMLTableElement[]} tables one, or one for each group that is folded */
function sortable(tables) {
  const isFolded = tables.length > 1;
  const table = isFolded ? jointOf(tables) : tables[0];
  const read = () => tables.flatMap((part) => [...part.tBodies]).map((group) => ({ group, rows: [...group.rows] }));
  let groups = read();
  const sorted = document.createElement("tbody");
  const heads = headsOf(table);
  /** The button that took the rows out of their group. @type {HTMLElement | null} */
  let from = null;

  /** Back to the groups, as the page was made. */
  function ungroup() {
    for (const { group, rows: own } of groups) {
      group.append(...own);
      group.hidden = !group.querySelector("tr:not(.nhom, [hidden])"); // what is filtered may have changed meanwhile
    }
    if (isFolded) sorted.remove();
    else sorted.replaceWith(...groups.map((known) => known.group));
  }

  /** @param {number} column @param {string} direction */
  function sort(column, direction) {
    const sign = direction === "descending" ? -1 : 1;
    const keyed = rowsOf(groups).map((row) => ({ row, key: keyOf(row, column) }));
    keyed.sort((a, b) => Number(!a.key) - Number(!b.key) || sign * COLLATOR.compare(a.key, b.key));
    sorted.append(...keyed.map((known) => known.row));
    sorted.hidden = false;
    if (isFolded) return table.append(sorted);
    if (!sorted.isConnected) groups[0].group.replaceWith(sorted);
    for (const known of groups) known.group.remove();
  }

  /** Sort by a column, by it the other way, or not at all. @param {number} at @param {HTMLElement} button */
  async function turn(at, button) {
    if (!(await whole(table))) return;
    const head = heads[at];
    // Dates and counts are wanted newest and most first, words from A to Z; the third click brings the groups back.
    const ways = rowsOf(groups).some((row) => row.cells[head.cellIndex].dataset.xep !== undefined)
      ? ["descending", "ascending", ""]
      : ["ascending", "descending", ""];
    const way = ways[(ways.indexOf(head.getAttribute("aria-sort") ?? "") + 1) % ways.length];
    for (const other of heads) other.removeAttribute("aria-sort");
    table.classList.toggle("kb-da-xep", way !== "");
    if (way) {
      head.setAttribute("aria-sort", way);
      sort(head.cellIndex, way);
    } else ungroup();
    if (isFolded) {
      if (!table.contains(button)) from = button;
      table.hidden = !way;
      table.parentElement?.classList.toggle("kb-xep-chung", way !== "");
      (way ? head.querySelector("button") : from)?.focus();
    }
    if (!way) table.dispatchEvent(new Event("kb-ve-nhom", { bubbles: true }));
    table.dispatchEvent(new Event("kb-loc", { bubbles: true }));
  }

  table.addEventListener("kb-du", () => {
    groups = read();
  });
  for (const part of new Set([...tables, table])) {
    headsOf(part).forEach((head, at) => {
      const button = newButton(squeeze(head.textContent), "kb-xep");
      head.replaceChildren(button);
      button.addEventListener("click", () => turn(at, button));
    });
  }
}

// ---- Ticks ----

/** What the bar says and does of the rows that are ticked. @param {HTMLTableElement} table */
function tickable(table) {
  /** The box of each row. @type {Map<HTMLTableRowElement, HTMLInputElement>} */
  const ticks = new Map();
  const bar = Object.assign(document.createElement("div"), { className: "kb-da-chon", hidden: true });
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "Văn bản đã chọn");
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  const copyButton = newButton("Chép bảng cho Word", "kb-nut kb-nut--chinh");
  const clearButton = newButton("Bỏ chọn", "kb-nut");
  bar.append(count, copyButton, clearButton);
  table.after(bar);
  const isShown = (/** @type {HTMLElement} */ row) => row.offsetParent !== null;
  /** @param {string} label */
  const newTick = (label) => {
    const tick = Object.assign(document.createElement("input"), { type: "checkbox" });
    tick.setAttribute("aria-label", label);
    return tick;
  };
  function addTicks() {
    for (const row of table.rows) {
      if (row.parentElement === table.tHead || row.matches(".nhom") || ticks.has(row)) continue;
      const tick = newTick(`Chọn ${squeeze(row.cells[1].textContent)}`);
      const target = document.createElement("label"); // the whole cell can be pressed, not only the small box
      target.append(tick);
      row.cells[0].append(target);
      tick.addEventListener("change", tell);
      ticks.set(row, tick);
    }
  }
  const all = newTick("Chọn tất cả văn bản đang thấy");
  const target = document.createElement("label");
  target.append(all);
  table.tHead?.rows[0].cells[0].append(target);

  const chosen = () => [...ticks.keys()].filter((row) => ticks.get(row)?.checked);
  const seen = () => [...ticks].filter(([row]) => isShown(row)).map(([, tick]) => tick);
  function tell() {
    const number = chosen().length;
    bar.hidden = number === 0;
    count.textContent = `Đã chọn ${number} văn bản`;
    table.dispatchEvent(new Event("kb-loc", { bubbles: true }));
  }
  /** The box for all follows what is ticked and what is seen: filtered, sorted, unfolded. */
  function tellAll() {
    const shown = seen();
    all.checked = shown.length > 0 && shown.every((tick) => tick.checked);
    all.indeterminate = chosen().length > 0 && !all.checked;
  }
  (table.closest(".kb-danh-muc") ?? table).addEventListener("kb-loc", tellAll);
  all.addEventListener("change", () => {
    for (const tick of seen()) tick.checked = all.checked;
    tell();
  });
  clearButton.addEventListener("click", () => {
    for (const tick of ticks.values()) tick.checked = false;
    tell();
    all.focus();
  });
  copyButton.addEventListener("click", async () => {
    try {
      await (await import("./table-tools.js")).copyList(table);
    } catch {
      notify("Không chép được: không tải được phần chép bảng. Hãy tải lại trang rồi thử lại.");
    }
  });
  table.addEventListener("kb-du", () => {
    addTicks();
    tell();
  });
  addTicks();
  tell();
}

// ---- What is folded ----

// A link to the page of the place becomes a button that shows the rest here; without scripts it stays a link.
for (const more of document.querySelectorAll(".kb-liet-ke .nhom--them a")) {
  const { href } = /** @type {HTMLAnchorElement} */ (more);
  const button = newButton(squeeze(more.textContent), "kb-nut");
  more.replaceWith(button);
  button.addEventListener("click", async () => {
    const group = /** @type {HTMLElement} */ (button.closest("tbody"));
    if (!(await whole(/** @type {Element} */ (group.closest("table"))))) return location.assign(href);
    group.classList.add("kb-mo");
    group.dispatchEvent(new Event("kb-loc", { bubbles: true }));
    const first = /** @type {HTMLElement | null} */ (group.querySelector(".con-lai a"));
    first?.focus({ preventScroll: true });
  });
}
const tables = [.../** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll(".kb-liet-ke"))];
for (const table of tables) if (table.querySelector("td.tich")) tickable(table);
const folded = tables.filter((table) => table.closest(".kb-noi-gap"));
if (folded.length) sortable(folded);
for (const table of tables) if (!folded.includes(table)) sortable([table]);
