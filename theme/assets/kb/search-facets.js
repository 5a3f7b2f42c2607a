// What the results of the search page can be narrowed by: the values there are, as lists of buttons in a narrow column,
// and the chosen ones as chips.
/** @import { Result } from "./search-core.js" */
/** @import { Entry } from "./search-names.js" */

import { CENTRAL, placeName } from "./search-names.js";
import { plain } from "./search-text.js";
import { make } from "./search-view.js";

/** A value of a facet: its id in the address and its words. @typedef {[string, string]} Value */
/**
 * What results can be narrowed by: name in the address, heading, values of an entry.
 * @typedef {[string, string, (entry: Entry) => Value[]]} Facet
 */
/** Values chosen, by names of facets. @typedef {Record<string, string>} Chosen */
/** @typedef {{id: string, words: string, count: number}} Counted */

/** So many values are seen at once; chosen by hand, so that all facets stand on one screen. */
const SHOWN = 4;
/** A list longer than this is not read through: it gets a field to type in; chosen by hand. */
const LONG = 12;

/** From this day the provinces of today stand; pages/index.py says the same. */
const MERGED = "2025-07";
const SINCE_MERGED = "sau-sap-xep";
const SINCE_MERGED_NAME = "Từ 01-07-2025 (sau sắp xếp)";

/** @type {Facet[]} */
export const FACETS = [
  ["loai", "Loại trang", ({ kind }) => [[kind.id, kind.name]]],
  ["van-ban", "Loại văn bản", ({ type, typeName }) => (type ? [[type, typeName]] : [])],
  ["noi", "Địa phương (cũ và nay)", placesOf],
  ["co-quan", "Cơ quan ban hành", ({ issuer }) => (issuer ? [[issuer.id, issuer.name]] : [])],
  ["chu-de", "Chủ đề", ({ themes }) => themes.map((theme) => [theme.id, theme.name])],
  ["nam", "Năm", timesOf],
  ["tinh-trang", "Tình trạng", ({ status }) => (status ? [[status, status]] : [])],
];

/** @param {Entry} entry @returns {Value[]} */
function placesOf(entry) {
  if (!entry.place) return placeName(entry) ? [["trung-uong", CENTRAL]] : [];
  const next = entry.place.next[0];
  return [
    [entry.place.id, entry.place.name],
    ...(next ? [/** @type {Value} */ ([next[0], entry.placeNow?.name ?? next[0]])] : []),
  ];
}

/** The year, and whether it is surely of the time since the provinces were merged. @param {Entry} entry @returns {Value[]} */
function timesOf({ year, date }) {
  if (!year) return [];
  const isSince = (date || String(year)) >= MERGED;
  return [[String(year), String(year)], ...(isSince ? [/** @type {Value} */ ([SINCE_MERGED, SINCE_MERGED_NAME])] : [])];
}

/** Whether a result passes all chosen values (but those of `except`). @param {Result} result @param {Chosen} chosen */
export function passes({ entry }, chosen, except = "") {
  return FACETS.every(
    ([name, , values]) =>
      name === except || !chosen[name] || (entry && values(entry).some(([id]) => id === chosen[name])),
  );
}

/**
 * The values of a facet that results have, the other facets kept, with how many results each.
 * @param {Facet} facet @param {Result[]} results @param {Chosen} chosen @returns {Counted[]}
 */
function counts([name, , values], results, chosen) {
  /** @type {Map<string, Counted>} */
  const found = new Map();
  for (const result of results) {
    if (!result.entry || !passes(result, chosen, name)) continue;
    for (const [id, words] of values(result.entry))
      found.set(id, { id, words, count: (found.get(id)?.count ?? 0) + 1 });
  }
  const rank = (/** @type {string} */ id) => (id === SINCE_MERGED ? Number.MAX_VALUE : Number(id));
  return [...found.values()].sort((a, b) =>
    name === "nam" ? rank(b.id) - rank(a.id) : b.count - a.count || a.words.localeCompare(b.words, "vi"),
  );
}

export class Facets {
  /** @param {(change: Chosen) => unknown} go puts a change of the chosen values into the address */
  constructor(go) {
    this.go = go;
    this.box = make("details", "tra-cuu-bo-loc");
    this.summary = make("summary", "", "Bộ lọc");
    this.lists = make("div", "tra-cuu-loc");
    this.box.append(this.summary, this.lists);
    this.chips = make("ul", "tra-cuu-chon");
    /** The words of values seen so far, for chips. @type {Map<string, string>} */
    this.words = new Map();
    const wide = matchMedia("(min-width: 60em)");
    const follow = () => (this.box.open = wide.matches);
    wide.addEventListener("change", follow);
    follow();
  }

  /** Show what `results` can be narrowed by. @param {Result[]} results @param {Chosen} chosen */
  draw(results, chosen) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.giaTri;
    this.lists.replaceChildren(...FACETS.flatMap((facet) => this.list(facet, results, chosen) ?? []));
    const names = FACETS.filter(([name]) => chosen[name]);
    this.chips.replaceChildren(...names.map(([name, title]) => this.chip(name, title, chosen[name])));
    this.summary.textContent = names.length ? `Bộ lọc (đang chọn ${names.length})` : "Bộ lọc";
    if (focused)
      /** @type {HTMLElement | null} */ (this.lists.querySelector(`[data-gia-tri="${CSS.escape(focused)}"]`))?.focus();
  }

  /** @param {Facet} facet @param {Result[]} results @param {Chosen} chosen */
  list(facet, results, chosen) {
    const [name, title] = facet;
    const values = counts(facet, results, chosen);
    for (const { id, words } of values) this.words.set(`${name}/${id}`, words);
    if (values.length < 2 && !values.some(({ id }) => id === chosen[name])) return null;
    const box = make("div", "tra-cuu-mat");
    const heading = make("p", "tra-cuu-mat-ten", title);
    heading.id = `tra-cuu-mat-${name}`;
    const first = this.rows(name, heading.id, values.slice(0, SHOWN), chosen);
    box.append(heading, first);
    const others = values.slice(SHOWN);
    if (!others.length) return box;
    const folded = make("details", "tra-cuu-them");
    const rest = this.rows(name, heading.id, others, chosen);
    folded.append(make("summary", "", `Thêm ${others.length.toLocaleString("vi")}`));
    if (others.length > LONG) folded.append(narrowing(title, rest));
    folded.append(rest);
    folded.open = others.some(({ id }) => id === chosen[name]);
    box.append(folded);
    return box;
  }

  /** @param {string} name @param {string} heading its id @param {Counted[]} values @param {Chosen} chosen */
  rows(name, heading, values, chosen) {
    const list = make("ul");
    list.setAttribute("aria-labelledby", heading);
    for (const { id, words, count } of values) {
      const isChosen = id === chosen[name];
      const button = Object.assign(make("button", "", words), { type: "button" });
      button.dataset.giaTri = `${name}/${id}`;
      button.setAttribute("aria-pressed", String(isChosen));
      button.append(" ", make("span", "", count.toLocaleString("vi")));
      button.addEventListener("click", () => this.go({ [name]: isChosen ? "" : id }));
      const row = make("li");
      row.append(button);
      list.append(row);
    }
    return list;
  }

  /** @param {string} name @param {string} title @param {string} value */
  chip(name, title, value) {
    const words = this.words.get(`${name}/${value}`) ?? value;
    const button = Object.assign(make("button", "kb-nut", `${title}: ${words} ✕`), { type: "button" });
    button.setAttribute("aria-label", `Bỏ lọc ${title}: ${words}`);
    button.addEventListener("click", () => this.go({ [name]: "" }));
    const row = make("li");
    row.append(button);
    return row;
  }
}

/** A field that leaves of a list what holds its words. @param {string} title @param {HTMLElement} list */
function narrowing(title, list) {
  const field = Object.assign(make("input"), { type: "text", placeholder: "Gõ để thu hẹp", autocomplete: "off" });
  field.setAttribute("aria-label", `Thu hẹp danh sách: ${title}`);
  field.addEventListener("input", () => {
    const asked = plain(field.value.trim());
    for (const row of list.querySelectorAll("li")) row.hidden = !plain(row.textContent ?? "").includes(asked);
  });
  return field;
}
