// A box over long lists to filter them, and a choice for each property the list names in
// data-bo-loc="noi:Địa phương;nam:Năm" (rows: data-noi="Đà Nẵng" data-nam="2023"; values apart by |).
// The choice is kept in the address, so that a filtered list can be passed on.

import { holds, wordsOf } from "./filter-words.js";
import { whole } from "./list-whole.js";

/** Where there is room for all choices in a row; as in kb.css. */
const WIDE = matchMedia("(min-width: 45em)");
/** Shorter lists are seen at a glance. */
const WORTH_IT = 12;

/** The values of a property of a row. @param {HTMLElement} row @param {string} name */
const valuesOf = (row, name) => (row.getAttribute(`data-${name}`) ?? "").split("|").filter(Boolean);

/** @param {HTMLElement} list @returns {HTMLElement[]} */
function rowsOf(list) {
  const marked = list.querySelectorAll("[data-loc]");
  return /** @type {HTMLElement[]} */ ([
    ...(marked.length ? marked : list.querySelectorAll(":scope > li, :scope > ul > li, tbody > tr:not(.nhom)")),
  ]);
}

/** @param {string} text @param {HTMLElement} control */
function label(text, control) {
  const box = document.createElement("label");
  box.append(Object.assign(document.createElement("span"), { textContent: text }), control);
  return box;
}

/** The pieces of text in an element, but those of its tools: cells side by side are not one word. @param {Element} element */
function textsIn(element) {
  const pieces = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (pieces.nextNode()) {
    const { nodeValue, parentElement } = pieces.currentNode;
    if (!parentElement?.closest("label, button")) found.push(nodeValue ?? "");
  }
  return found;
}

/** The table of a list. @param {Element} list */
const tableOf = (list) => (list instanceof HTMLTableElement ? list : list.querySelector("table"));

/**
 * The values of a property to choose from, null if there is no choice.
 * @param {string} name @param {string} title @param {Set<string>} values
 */
function choice(name, title, values) {
  if (values.size < 2) return null;
  const select = Object.assign(document.createElement("select"), { name });
  select.append(new Option("Tất cả", ""));
  // Of times: the stretch since the provinces were merged, the years, newest first, and what has none.
  const age = (/** @type {string} */ value) => (value.startsWith("Từ ") ? -9999 : -Number(value) || 0);
  const sorted = [...values].sort((a, b) => (name === "nam" ? age(a) - age(b) : a.localeCompare(b, "vi")));
  select.append(...sorted.map((value) => new Option(value, value)));
  return label(title, select);
}

/**
 * The choices, on a phone folded until they are wanted.
 * @param {HTMLElement[]} choices
 */
function folded(choices) {
  const part = Object.assign(document.createElement("details"), { className: "kb-loc-them" });
  part.open = WIDE.matches;
  part.append(Object.assign(document.createElement("summary"), { textContent: "Bộ lọc" }), ...choices);
  return part;
}

/** A heading without a row that is shown goes away with its rows, and so does a group of a table. A part that is folded
 * opens where something of it was found. @param {HTMLElement} list @param {boolean} isNarrowed */
function hideEmptyGroups(list, isNarrowed) {
  list.classList.toggle("kb-dang-loc", isNarrowed);
  // A group whose rest could not be read stays, with the way to all of it.
  const kept = "tr:not(.nhom, [hidden]), table[data-con-lai] .nhom--them";
  for (const group of list.querySelectorAll("tbody")) {
    group.hidden = !group.querySelector(kept);
    const shown = group.querySelectorAll("tr:not(.nhom, [hidden])").length;
    const folded = group.closest(".kb-noi-gap");
    const head = group.querySelector("tr.nhom th .phu") ?? folded?.querySelector("summary .phu");
    const count = /** @type {HTMLElement | null | undefined} */ (head);
    if (!count) continue;
    count.dataset.tatCa ??= count.textContent ?? "";
    const isPart = isNarrowed && String(shown) !== count.dataset.tatCa;
    count.textContent = isPart ? `${shown} trong ${count.dataset.tatCa}` : count.dataset.tatCa;
  }
  for (const part of list.querySelectorAll("details")) {
    part.hidden = !part.querySelector("tbody:not([hidden])");
    // What the filter opened is folded again when nothing is asked any more.
    if (isNarrowed) part.dataset.truocLoc ??= part.open ? "mo" : "gap";
    if (isNarrowed) part.open = !part.hidden;
    else if (part.dataset.truocLoc) part.open = part.dataset.truocLoc === "mo";
    if (!isNarrowed) delete part.dataset.truocLoc;
  }
  for (const heading of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(":scope > :is(h2, h3)"))) {
    let empty = true;
    for (let next = heading.nextElementSibling; next && !next.matches("h2, h3"); next = next.nextElementSibling) {
      if (!(next instanceof HTMLUListElement)) continue;
      next.hidden = !next.querySelector(":scope > li:not([hidden])");
      empty &&= next.hidden;
    }
    heading.hidden = empty;
  }
}

/** @param {HTMLElement} list */
function install(list) {
  let rows = rowsOf(list);
  if (rows.length < WORTH_IT && !list.dataset.boLoc) return;
  const form = Object.assign(document.createElement("form"), { className: "kb-loc" });
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Lọc danh mục");
  const search = Object.assign(document.createElement("input"), { type: "search", name: "loc", autocomplete: "off" });
  const count = Object.assign(document.createElement("p"), { className: "kb-loc-dem" });
  count.setAttribute("role", "status");
  const properties = (list.dataset.boLoc ?? "")
    .split(";")
    .filter(Boolean)
    .map((pair) => pair.split(":"));
  /** Of a list that leaves rows out: what all of them are. @type {Record<string, string[]>} */
  const known = JSON.parse(list.dataset.giaTri ?? "{}");
  const choices = properties.flatMap(
    ([name, title]) => choice(name, title, new Set(known[name] ?? rows.flatMap((row) => valuesOf(row, name)))) ?? [],
  );
  form.append(label("Lọc theo từ", search), ...(choices.length ? [folded(choices)] : []), count);
  if (list.matches(".kb-ben-chinh")) list.prepend(form);
  else list.before(form);
  list.classList.remove("kb-cho-loc"); // the room that was kept for it
  const textOf = (/** @type {HTMLElement} */ row) => wordsOf(`${row.dataset.loc ?? ""} ${textsIn(row).join(" ")}`);
  let texts = rows.map(textOf);
  const read = () => new Map([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  /** Whether the rest could not be read: then the rows that are there are filtered, and not every key asks again. */
  let isPartial = false;
  const apply = async () => {
    if (![...read().values()].some(Boolean)) isPartial = false;
    else if (!isPartial) isPartial = !(await whole(list));
    show();
  };
  const show = () => {
    const wanted = read();
    const typed = wordsOf(wanted.get("loc") ?? "");
    rows.forEach((row, index) => {
      const fits = properties.every(
        ([name]) => !wanted.get(name) || valuesOf(row, name).includes(wanted.get(name) ?? ""),
      );
      row.hidden = !fits || !holds(texts[index], typed);
    });
    const shown = rows.filter((row) => !row.hidden).length;
    hideEmptyGroups(list, shown < rows.length);
    const table = tableOf(list);
    const all = (table?.dataset.conLai !== undefined && table.dataset.tatCa) || rows.length;
    const found = shown ? `${shown} trong ${isPartial ? rows.length : all} mục` : "Không có mục nào khớp";
    const part = `${found} đã tải; phần còn lại của ${all} mục chưa tải được, hãy xóa từ lọc rồi lọc lại`;
    count.textContent = isPartial ? part : shown === rows.length ? `${all} mục` : found;
    list.dispatchEvent(new Event("kb-loc", { bubbles: true }));
    const address = new URL(location.href);
    for (const [name, value] of wanted) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  };
  for (const [name, value] of new URL(location.href).searchParams) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = value;
    const part = control instanceof HTMLSelectElement ? control.closest("details") : null;
    if (part) part.open = true;
  }
  tableOf(list)?.addEventListener("kb-du", () => {
    rows = rowsOf(list);
    texts = rows.map(textOf);
    if (!isPartial) return;
    isPartial = false;
    show();
  });
  list.addEventListener("kb-ve-nhom", show); // what is hidden and counted goes by the groups again
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

for (const list of document.querySelectorAll(".kb-danh-muc")) install(/** @type {HTMLElement} */ (list));
