// The search page: query and filters stand in its address, results below them. Loaded by kb.js where the address asks for
// something, else with the first focus; the indexes come with a query, a filter, or a key in the box.
/** @import { Answer, Result } from "./search-core.js" */
/** @import { Chosen } from "./search-facets.js" */
/** @import { Entry } from "./search-names.js" */

import { addressIn } from "./addresses.js";
import { byName, byNameFirst, loadNames, look, searchForgiving, tellMissing, understand } from "./search-core.js";
import { FACETS, Facets, passes } from "./search-facets.js";
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
const scope = document.querySelector(".tra-cuu-pham-vi")?.textContent ?? "";
/** What stands below the box as long as something is asked: filters in a narrow column, results beside them. */
const results = /** @type {HTMLElement} */ (document.querySelector(".tra-cuu-khung"));
const bar = make("div", "tra-cuu-dieu-khien");
const options = /** @type {HTMLElement} */ (document.querySelector("#tra-cuu-goi-y"));
const status = make("p", "tra-cuu-bao");
const sorting = make("select");
const facets = new Facets(go);
const advice = make("div", "tra-cuu-loi-khuyen");
const list = make("ol", "ket-qua");
const more = make("button", "kb-nut", "Xem thêm kết quả");

/** @type {Answer} */
let answer;
/** The results that pass the filters, in the order chosen. @type {Result[]} */
let shown = [];
let turn = 0;
let typed = 0;
/** @type {Entry[]} */
let suggested = [];
let active = -1;

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
  const { text, chosen, sort } = wanted();
  const mine = ++turn;
  typed += 1;
  // What was typed before this script came stays.
  if (mine > 1 || !input.value) input.value = text;
  close();
  const asking = text !== "" || Object.keys(chosen).length > 0;
  results.hidden = !asking;
  document.documentElement.classList.toggle("kb-chua-tim", !asking);
  document.title = document.title.replace(/^(?:“.*” – )?/, text ? `“${text}” – ` : "");
  if (!asking) return;
  list.replaceChildren();
  advice.replaceChildren();
  more.hidden = true;
  status.textContent = "Đang tìm…";
  try {
    const full = text ? searchForgiving(text) : everything();
    full.catch(() => {});
    // By date everything moves once more when the full text comes: so it is waited for.
    if (text && !sort) await drawNamed(text, chosen, mine);
    const found = await full;
    if (mine !== turn) return;
    answer = found;
    await draw(mine);
    restore();
  } catch {
    if (mine === turn) status.textContent = FAILED;
  }
}

/**
 * What names and numbers give, before the full text is searched: it stays where it stands.
 * @param {string} text @param {Chosen} chosen @param {number} mine
 */
async function drawNamed(text, chosen, mine) {
  const named = await byNameFirst(text);
  const fitting = named.results.filter((result) => passes(result, chosen));
  if (mine !== turn || !fitting.length) return;
  answer = named;
  shown = fitting;
  list.replaceChildren(...fitting.slice(0, PAGE).map((result) => item(result, named.query)));
  status.textContent = `${fitting.length.toLocaleString("vi")} kết quả, đang tìm…`;
  facets.draw(named.results, chosen);
  drawAdvice(text, chosen);
}

/** All pages, to be narrowed by filters alone. @returns {Promise<Answer>} */
async function everything() {
  const names = await loadNames();
  if (!names) throw new Error("no index");
  const entries = await names.all();
  const query = await understand("");
  return {
    query,
    results: entries.map((entry) => ({ entry, url: entry.url, score: 0, reason: "", found: null })),
    better: "",
    replaced: false,
    missing: [],
  };
}

/**
 * Show the answer. What is there already stays as it is; below it comes what the full text gives.
 * @param {number} mine
 */
async function draw(mine) {
  const { chosen, sort, text } = wanted();
  const fitting = answer.results.filter((result) => passes(result, chosen));
  shown = sort || !text ? byDate(fitting) : fitting;
  sorting.value = sort || (text ? "" : "ngay");
  const kept = list.children.length;
  const next = shown.slice(kept, Math.max(kept, PAGE, remembered()));
  await lookInto(next);
  if (mine !== turn) return;
  list.append(...rowsOf(next, kept));
  more.hidden = shown.length <= list.children.length;
  status.textContent = tellCount(text, shown.length);
  facets.draw(answer.results, chosen);
  drawAdvice(text, chosen);
}

/**
 * Find the paragraphs to show of pages that only their text speaks for; what is meant by name is shown by its name.
 * @param {Result[]} next
 */
const lookInto = (next) => Promise.all(next.map((result) => (result.thing ? undefined : look(result, answer.query))));

/**
 * List items; the first that the full text gave says so, where others stand above it.
 * @param {Result[]} next @param {number} from the place of the first among all results
 */
function rowsOf(next, from) {
  return next.map((result, index) => {
    const row = item(result.thing ? { ...result, paragraph: null } : result, answer.query);
    if (!sorting.value && !result.thing && shown[from + index - 1]?.thing)
      row.prepend(make("p", "tra-cuu-muc", "Trong nội dung các trang"));
    return row;
  });
}

/** @param {string} text @param {number} count */
function tellCount(text, count) {
  const of = count < answer.results.length ? ` trong ${answer.results.length.toLocaleString("vi")}` : "";
  return count
    ? `${count.toLocaleString("vi")}${of} kết quả`
    : `Không có kết quả${text ? ` cho “${text}”` : ""}${of ? " với bộ lọc đang chọn" : ""}`;
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
  await lookInto(next);
  if (from !== list.children.length) return;
  list.append(...rowsOf(next, from));
  more.hidden = list.children.length >= shown.length;
  list.children[from]?.querySelector("a")?.focus();
}

// ---- Back from a result ----

/** How many results were shown when the reader left this entry of the history. */
const remembered = () => Number(history.state?.shown) || 0;

/** Back where the reader was: results come too late for the browser's own memory. */
function restore() {
  const top = Number(history.state?.top) || 0;
  if (top && turn === 1) scrollTo({ top, behavior: "instant" });
}

function remember() {
  history.replaceState({ ...history.state, shown: list.children.length, top: scrollY }, "");
}

// ---- Suggestions: a combobox (search.md.j2 says so of the field) ----

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
  status.setAttribute("role", "status");
  sorting.append(new Option("Phù hợp nhất", ""), new Option("Mới nhất", "ngay"));
  sorting.name = "xep";
  const sortBox = make("label", "tra-cuu-sap-xep");
  sortBox.append(make("span", "", "Xếp theo "), sorting);
  bar.append(status, sortBox);
  more.type = "button";
  results.append(bar, facets.box, facets.chips, advice, list, more);
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
  addEventListener("pagehide", remember);
  run();
  if (document.activeElement === input && input.value !== wanted().text) suggest().catch(close);
}

install();
