// The search page: query and filters stand in its address, results below them. Nothing is loaded
// before there is a query, a filter, or a key in the box.
/** @import { Answer, Result } from "./search-core.js" */
/** @import { Entry } from "./search-names.js" */

import {
  CLEAR,
  LIMITS,
  addressIn,
  byName,
  loadNames,
  look,
  searchForgiving,
  tellMissing,
  understand,
} from "./search-core.js";
import { CENTRAL, placeName } from "./search-names.js";
import { item, make, told } from "./search-view.js";

const PAGE = 20;
const SUGGESTED = 8;
const FAILED = "Không tải được bộ tìm kiếm. Hãy tải lại trang.";
const OUTSIDE = [
  ["Cổng thông tin Chính phủ", "vanban.chinhphu.vn"],
  ["Cơ sở dữ liệu quốc gia về pháp luật", "vbpl.vn"],
  ["Tư liệu văn kiện Đảng", "tulieuvankien.dangcongsan.vn"],
];

const place = /** @type {HTMLElement} */ (document.querySelector(".tra-cuu-o"));
const form = /** @type {HTMLFormElement} */ (place.querySelector("form"));
const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
const browse = /** @type {HTMLElement} */ (document.querySelector(".tra-cuu-dem"));
const scope = document.querySelector(".tra-cuu-pham-vi")?.textContent ?? "";
/** What stands below the box as long as something is asked. */
const bar = make("div", "tra-cuu-dieu-khien");
const options = make("ul", "tra-cuu-goi-y");
const status = make("p", "tra-cuu-bao");
const sorting = make("select");
const filters = make("details", "tra-cuu-bo-loc");
const summary = make("summary", "", "Bộ lọc");
const facets = make("div", "tra-cuu-loc");
const chips = make("ul", "tra-cuu-chon");
const advice = make("div", "tra-cuu-loi-khuyen");
const list = make("ol", "ket-qua");
const more = make("button", "kb-nut", "Xem thêm kết quả");
const below = [bar, filters, chips, advice, list, more];

/** @type {Answer} */
let answer;
/** The results that pass the filters, in the order chosen. @type {Result[]} */
let shown = [];
let turn = 0;
let typed = 0;
/** @type {Entry[]} */
let suggested = [];
let active = -1;

// ---- Filters ----

/** A value of a facet: its id in the address and its words. @typedef {[string, string]} Value */
/**
 * What results can be narrowed by: name in the address, heading, values of an entry.
 * @typedef {[string, string, (entry: Entry) => Value[]]} Facet
 */
/** Values chosen, by names of facets. @typedef {Record<string, string>} Chosen */

/** @type {Facet[]} */
const FACETS = [
  ["loai", "Loại trang", ({ kind }) => [[kind.id, kind.name]]],
  ["van-ban", "Loại văn bản", ({ type, typeName }) => (type ? [[type, typeName]] : [])],
  ["noi", "Địa phương (cũ và nay)", placesOf],
  ["co-quan", "Cơ quan ban hành", ({ issuer }) => (issuer ? [[issuer.id, issuer.name]] : [])],
  ["chu-de", "Chủ đề", ({ themes }) => themes.map((theme) => [theme.id, theme.name])],
  ["nam", "Năm", ({ year }) => (year ? [[String(year), String(year)]] : [])],
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

/** Whether a result passes all chosen values (but those of `except`). @param {Result} result @param {Chosen} chosen */
function passes({ entry }, chosen, except = "") {
  return FACETS.every(
    ([name, , values]) =>
      name === except || !chosen[name] || (entry && values(entry).some(([id]) => id === chosen[name])),
  );
}

/** How many results each value of a facet has, the other facets kept. @param {Facet} facet @param {Chosen} chosen */
function counts([name, , values], chosen) {
  /** @type {Map<string, {id: string, words: string, count: number}>} */
  const found = new Map();
  for (const result of answer.results) {
    if (!result.entry || !passes(result, chosen, name)) continue;
    for (const [id, words] of values(result.entry))
      found.set(id, { id, words, count: (found.get(id)?.count ?? 0) + 1 });
  }
  const value = chosen[name];
  if (value && !found.has(value)) found.set(value, { id: value, words: value, count: 0 });
  return [...found.values()].sort((a, b) =>
    name === "nam" ? Number(b.id) - Number(a.id) : b.count - a.count || a.words.localeCompare(b.words, "vi"),
  );
}

/** Newest first, undated last. @param {Result[]} results */
function byDate(results) {
  /** @param {Result} result */
  const date = ({ entry }) => entry?.date ?? "";
  return [...results].sort((a, b) => (date(b) < date(a) ? -1 : date(b) > date(a) ? 1 : 0));
}

// ---- Query and results ----

/** What the address asks for. */
function wanted() {
  const all = new URL(location.href).searchParams;
  const chosen = Object.fromEntries(FACETS.map(([name]) => [name, all.get(name) ?? ""]).filter(([, value]) => value));
  return {
    text: (all.get("q") ?? "").trim(),
    chosen: /** @type {Chosen} */ (chosen),
    sort: all.get("xep") === "ngay" ? "ngay" : "",
  };
}

/** Put a change into the address and show what it asks for. @param {Chosen} change */
function go(change) {
  const address = new URL(location.href);
  address.hash = "";
  for (const [name, value] of Object.entries(change)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  if (address.href !== location.href) history.pushState(null, "", address);
  return run();
}

async function run() {
  const { text, chosen } = wanted();
  const mine = ++turn;
  typed += 1;
  input.value = text;
  close();
  const asking = text !== "" || Object.keys(chosen).length > 0;
  for (const node of below) node.hidden = !asking;
  browse.hidden = asking;
  document.title = document.title.replace(/^(?:“.*” – )?/, text ? `“${text}” – ` : "");
  if (!asking) return;
  status.textContent = "Đang tìm…";
  try {
    const found = text ? await findAll(text, mine) : await everything();
    if (mine !== turn) return;
    answer = found;
    await draw(mine);
  } catch {
    if (mine === turn) status.textContent = FAILED;
  }
}

/**
 * Search; what names and numbers give is shown while the full text is being searched.
 * @param {string} text @param {number} mine
 */
async function findAll(text, mine) {
  const full = searchForgiving(text);
  full.catch(() => {});
  const query = await understand(text);
  const named = await byName(query);
  const early = named.filter((result) => result.score >= CLEAR);
  if (mine === turn && early.length) {
    list.replaceChildren(...early.slice(0, PAGE).map((result) => item(result, query)));
    status.textContent = "Kết quả theo tên và số hiệu; đang tìm trong toàn văn…";
  }
  return full;
}

/** All pages, to be narrowed by filters alone. @returns {Promise<Answer>} */
async function everything() {
  const names = await loadNames();
  if (!names) throw new Error("no index");
  await names.rest;
  const query = await understand("");
  return {
    query,
    results: names.entries.map((entry) => ({ entry, url: entry.url, score: 0, reason: "", found: null })),
    better: "",
    replaced: false,
    missing: [],
  };
}

/** @param {number} mine */
async function draw(mine) {
  const { chosen, sort, text } = wanted();
  const fitting = answer.results.filter((result) => passes(result, chosen));
  shown = sort || !text ? byDate(fitting) : fitting;
  sorting.value = sort || (text ? "" : "ngay");
  const first = shown.slice(0, PAGE);
  await Promise.all(first.map((result) => look(result, answer.query)));
  if (mine !== turn) return;
  list.replaceChildren(...first.map((result) => item(result, answer.query)));
  more.hidden = shown.length <= PAGE;
  status.textContent = tellCount(text, shown.length) + (LIMITS && `.${LIMITS}`);
  drawFacets(chosen);
  drawAdvice(text, chosen);
}

/** @param {string} text @param {number} count */
function tellCount(text, count) {
  const of = count < answer.results.length ? ` trong ${answer.results.length.toLocaleString("vi")}` : "";
  return count
    ? `${count.toLocaleString("vi")}${of} kết quả`
    : `Không có kết quả${text ? ` cho “${text}”` : ""}${of ? " với bộ lọc đang chọn" : ""}`;
}

/** @param {Chosen} chosen */
function drawFacets(chosen) {
  const focused = document.activeElement?.getAttribute("name");
  facets.replaceChildren(...FACETS.flatMap((facet) => choice(facet, chosen) ?? []));
  chips.replaceChildren(...FACETS.filter(([name]) => chosen[name]).map(([name, title]) => chip(name, title, chosen)));
  if (focused) selectOf(focused)?.focus();
  const count = Object.keys(chosen).length;
  summary.textContent = count ? `Bộ lọc (đang chọn ${count})` : "Bộ lọc";
}

/** @param {string} name @returns {HTMLSelectElement | null} */
const selectOf = (name) => facets.querySelector(`select[name="${CSS.escape(name)}"]`);

/** @param {Facet} facet @param {Chosen} chosen */
function choice(facet, chosen) {
  const [name, title] = facet;
  const values = counts(facet, chosen);
  if (values.length < 2 && !chosen[name]) return null;
  const select = Object.assign(make("select", chosen[name] ? "dang-chon" : ""), { name });
  select.append(
    new Option("Tất cả", ""),
    ...values.map(({ id, words, count }) => new Option(`${words} (${count.toLocaleString("vi")})`, id)),
  );
  select.value = chosen[name] ?? "";
  select.addEventListener("change", () => go({ [name]: select.value }));
  const box = make("label");
  box.append(make("span", "", title), select);
  return box;
}

/** @param {string} name @param {string} title @param {Chosen} chosen */
function chip(name, title, chosen) {
  const words = selectOf(name)?.selectedOptions[0]?.text.replace(/ \([\d.]+\)$/, "") ?? chosen[name];
  const button = make("button", "kb-nut", `${title}: ${words} ✕`);
  button.type = "button";
  button.setAttribute("aria-label", `Bỏ lọc ${title}: ${words}`);
  button.addEventListener("click", () => go({ [name]: "" }));
  const row = make("li");
  row.append(button);
  return row;
}

/**
 * A near spelling; and when there is nothing: what was understood, and where else to look.
 * @param {string} text @param {Chosen} chosen
 */
function drawAdvice(text, chosen) {
  advice.replaceChildren();
  const missing = tellMissing(answer);
  if (missing) advice.append(make("p", "tra-cuu-chua-co", `${missing} ${elsewhere()}`));
  if (answer.replaced) advice.append(make("p", "", `Không có “${text}”. Đây là kết quả cho “${answer.better}”.`));
  else if (answer.better) {
    const line = make("p", "", "Có phải bạn tìm ");
    const link = Object.assign(make("a", "", answer.better), { href: `?q=${encodeURIComponent(answer.better)}` });
    line.append(link, "?");
    advice.append(line);
  }
  if (shown.length) return;
  const hints = make("ul");
  const meant = text ? told(answer.query) : "";
  if (meant) hints.append(make("li", "", `Đã tìm: ${meant}.`));
  if (answer.results.length && Object.keys(chosen).length) {
    const row = make("li", "", `Không lọc thì có ${answer.results.length.toLocaleString("vi")} kết quả. `);
    const button = Object.assign(make("button", "kb-nut", "Bỏ mọi bộ lọc"), { type: "button" });
    button.addEventListener("click", () => go(Object.fromEntries(FACETS.map(([name]) => [name, ""]))));
    row.append(button);
    hints.append(row);
  } else {
    hints.append(make("li", "", "Thử bớt từ, hoặc chỉ gõ con số của số hiệu."));
    hints.append(make("li", "", scope));
    if (!missing) hints.append(make("li", "", elsewhere()));
  }
  advice.append(hints);
}

/** Where else to look. */
const elsewhere = () => `Có thể tìm tiếp ở: ${OUTSIDE.map(([name, site]) => `${name} (${site})`).join(", ")}.`;

async function showMore() {
  const from = list.children.length;
  const next = shown.slice(from, from + PAGE);
  await Promise.all(next.map((result) => look(result, answer.query)));
  if (from !== list.children.length) return;
  list.append(...next.map((result) => item(result, answer.query)));
  more.hidden = list.children.length >= shown.length;
  list.children[from]?.querySelector("a")?.focus();
}

// ---- Suggestions: a combobox ----

async function suggest() {
  const text = input.value.trim();
  const mine = ++typed;
  if (!text) return close();
  const query = await understand(text);
  const named = (await byName(query, true)).flatMap(({ entry }) => entry ?? []).slice(0, SUGGESTED);
  if (mine !== typed || document.activeElement !== input) return;
  suggested = named;
  active = -1;
  options.replaceChildren(
    ...named.map((entry, index) => {
      const option = make("li", "", entry.name);
      option.id = `tra-cuu-goi-y-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const where = [entry.place === entry ? entry.kind.name : entry.place?.name, entry.year || ""]
        .filter(Boolean)
        .join(" · ");
      if (where) option.append(" ", make("span", "", where));
      return option;
    }),
  );
  options.hidden = !named.length;
  input.setAttribute("aria-expanded", String(named.length > 0));
  input.removeAttribute("aria-activedescendant");
}

function close() {
  suggested = [];
  active = -1;
  options.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

/** @param {number} index */
function choose(index) {
  options.children[active]?.setAttribute("aria-selected", "false");
  active = Math.max(-1, Math.min(index, suggested.length - 1));
  const option = options.children[active];
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

/** @param {KeyboardEvent} event */
function keys(event) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step && suggested.length) {
    event.preventDefault();
    choose(active + step);
  } else if (event.key === "Escape" && !options.hidden) {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    location.href = addressIn(suggested[active].url);
  }
}

function install() {
  options.id = "tra-cuu-goi-y";
  options.hidden = true;
  options.setAttribute("role", "listbox");
  options.setAttribute("aria-label", "Gợi ý");
  const roles = {
    role: "combobox",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-controls": options.id,
  };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  place.append(options);
  status.setAttribute("role", "status");
  sorting.append(new Option("Phù hợp nhất", ""), new Option("Mới nhất", "ngay"));
  sorting.name = "xep";
  const sortBox = make("label", "tra-cuu-sap-xep", "Xếp theo ");
  sortBox.append(sorting);
  bar.append(status, sortBox);
  filters.append(summary, facets);
  filters.open = matchMedia("(min-width: 45em)").matches;
  more.type = "button";
  place.after(...below);
  for (const node of below) node.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go({ q: input.value.trim() });
  });
  input.addEventListener("input", () => suggest().catch(close));
  input.addEventListener("keydown", keys);
  input.addEventListener("blur", () => setTimeout(() => document.activeElement !== input && close(), 150));
  options.addEventListener("mousedown", (event) => {
    const index = [...options.children].findIndex((option) => option.contains(/** @type {Node} */ (event.target)));
    if (index >= 0) location.href = addressIn(suggested[index].url);
  });
  sorting.addEventListener("change", () => go({ xep: sorting.value }));
  more.addEventListener("click", showMore);
  addEventListener("popstate", run);
  run();
}

install();
