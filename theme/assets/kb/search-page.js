// The search page: query and filters stand in its address, results below them. Nothing is loaded
// before there is a query, a filter, or a key in the box.

import { FACETS, LIMITS, addressIn, byDate, byName, counts, loadNames, look, passes, searchForgiving, told, understand } from "./search-core.js";
import { item, make } from "./search-view.js";

const PAGE = 20;
const SUGGESTED = 8;
const FAILED = "Không tải được bộ tìm kiếm. Hãy tải lại trang.";
const OUTSIDE = [["Cổng thông tin Chính phủ", "vanban.chinhphu.vn"], ["Cơ sở dữ liệu quốc gia về pháp luật", "vbpl.vn"], ["Tư liệu văn kiện Đảng", "tulieuvankien.dangcongsan.vn"]];

const place = document.querySelector(".tra-cuu-o");
const form = place.querySelector("form");
const input = form.elements.q;
const browse = document.querySelector(".tra-cuu-dem");
const options = make("ul", "tra-cuu-goi-y");
const bar = make("div", "tra-cuu-dieu-khien");
const status = make("p", "tra-cuu-bao");
const sorting = make("select");
const filters = make("details", "tra-cuu-bo-loc");
const facets = make("div", "tra-cuu-loc");
const chips = make("ul", "tra-cuu-chon");
const advice = make("div", "tra-cuu-loi-khuyen");
const list = make("ol", "ket-qua");
const more = make("button", "kb-nut", "Xem thêm kết quả");

let answer = { query: null, results: [], better: "", replaced: false };
let shown = [];
let turn = 0;
let typed = 0;
let suggested = [];
let active = -1;

/** What the address asks for. */
function wanted() {
  const all = new URL(location.href).searchParams;
  const chosen = Object.fromEntries(FACETS.map(([name]) => [name, all.get(name) ?? ""]).filter(([, value]) => value));
  return { text: (all.get("q") ?? "").trim(), chosen, sort: all.get("xep") === "ngay" ? "ngay" : "" };
}

/** Put a change into the address and show what it asks for. */
function go(change, replace = false) {
  const address = new URL(location.href);
  address.hash = "";
  for (const [name, value] of Object.entries(change)) value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
  if (address.href !== location.href) history[replace ? "replaceState" : "pushState"](null, "", address);
  return run();
}

async function run() {
  const { text, chosen } = wanted();
  const mine = ++turn;
  typed += 1;
  input.value = text;
  close();
  const asking = text || Object.keys(chosen).length > 0;
  for (const node of [bar, filters, chips, advice, list, more]) node.hidden = !asking;
  browse.hidden = Boolean(asking);
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

/** Search; what names and numbers give is shown while the full text is being searched. */
async function findAll(text, mine) {
  const full = searchForgiving(text);
  full.catch(() => {});
  const query = await understand(text);
  const named = await byName(query);
  const early = named.filter((result) => result.score >= 2.9);
  if (mine === turn && early.length) {
    list.replaceChildren(...early.slice(0, PAGE).map((result) => item(result, query)));
    status.textContent = "Kết quả theo tên và số hiệu; đang tìm trong toàn văn…";
  }
  return full;
}

/** All pages, to be narrowed by filters alone. */
async function everything() {
  const names = await loadNames();
  if (!names) throw new Error("no index");
  await names.rest;
  const query = await understand("");
  return { query, results: names.entries.map((entry) => ({ entry, url: entry.url, score: 0, reason: "", found: null })), better: "", replaced: false };
}

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

function tellCount(text, count) {
  const of = count < answer.results.length ? ` trong ${answer.results.length.toLocaleString("vi")}` : "";
  return count ? `${count.toLocaleString("vi")}${of} kết quả` : `Không có kết quả${text ? ` cho “${text}”` : ""}${of ? " với bộ lọc đang chọn" : ""}`;
}

function drawFacets(chosen) {
  const focused = document.activeElement?.name;
  facets.replaceChildren(...FACETS.map((facet) => choice(facet, chosen)).filter(Boolean));
  chips.replaceChildren(...FACETS.filter(([name]) => chosen[name]).map(([name, title]) => chip(name, title, chosen)));
  if (focused) facets.querySelector(`[name="${focused}"]`)?.focus();
  filters.firstElementChild.textContent = Object.keys(chosen).length ? `Bộ lọc (đang chọn ${Object.keys(chosen).length})` : "Bộ lọc";
}

function choice(facet, chosen) {
  const [name, title] = facet;
  const values = counts(answer.results, chosen, facet);
  if (values.length < 2 && !chosen[name]) return null;
  const select = Object.assign(make("select", chosen[name] ? "dang-chon" : ""), { name });
  select.append(new Option("Tất cả", ""), ...values.map(([id, words, count]) => new Option(`${words} (${count.toLocaleString("vi")})`, id)));
  select.value = chosen[name] ?? "";
  select.addEventListener("change", () => go({ [name]: select.value }));
  const box = make("label");
  box.append(make("span", "", title), select);
  return box;
}

function chip(name, title, chosen) {
  const words = facets.querySelector(`[name="${name}"]`)?.selectedOptions[0]?.text.replace(/ \([\d.]+\)$/, "") ?? chosen[name];
  const button = make("button", "kb-nut", `${title}: ${words} ✕`);
  button.type = "button";
  button.setAttribute("aria-label", `Bỏ lọc ${title}: ${words}`);
  button.addEventListener("click", () => go({ [name]: "" }));
  const row = make("li");
  row.append(button);
  return row;
}

/** A near spelling; and when there is nothing: what was understood, and where else to look. */
function drawAdvice(text, chosen) {
  advice.replaceChildren();
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
    hints.append(make("li", "", document.querySelector(".tra-cuu-pham-vi").textContent));
    const row = make("li", "", "Kho này nhỏ; có thể tìm tiếp ở: ");
    row.append(OUTSIDE.map(([name, site]) => `${name} (${site})`).join(", "), ".");
    hints.append(row);
  }
  advice.append(hints);
}

async function showMore() {
  const from = list.children.length;
  const next = shown.slice(from, from + PAGE);
  await Promise.all(next.map((result) => look(result, answer.query)));
  if (from !== list.children.length) return;
  list.append(...next.map((result) => item(result, answer.query)));
  more.hidden = list.children.length >= shown.length;
  list.children[from]?.querySelector("a").focus();
}

// ---- Suggestions: a combobox ----

async function suggest() {
  const text = input.value.trim();
  const mine = ++typed;
  if (!text) return close();
  const query = await understand(text);
  const named = (await byName(query, true)).slice(0, SUGGESTED);
  if (mine !== typed || document.activeElement !== input) return;
  suggested = named;
  active = -1;
  options.replaceChildren(...named.map((result, index) => {
    const option = make("li", "", result.entry.name);
    Object.assign(option, { id: `tra-cuu-goi-y-${index}` });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const where = [result.entry.kind === "dia-phuong" ? "Địa phương" : result.entry.place?.name, result.entry.year || ""].filter(Boolean).join(" · ");
    if (where) option.append(" ", make("span", "", where));
    return option;
  }));
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

function choose(index) {
  options.children[active]?.setAttribute("aria-selected", "false");
  active = Math.max(-1, Math.min(index, suggested.length - 1));
  const option = options.children[active];
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

function keys(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
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
  Object.assign(options, { id: "tra-cuu-goi-y", hidden: true });
  options.setAttribute("role", "listbox");
  options.setAttribute("aria-label", "Gợi ý");
  const roles = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": options.id };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  place.append(options);
  status.setAttribute("role", "status");
  sorting.append(new Option("Phù hợp nhất", ""), new Option("Mới nhất", "ngay"));
  sorting.name = "xep";
  const sortBox = make("label", "tra-cuu-sap-xep", "Xếp theo ");
  sortBox.append(sorting);
  bar.append(status, sortBox);
  filters.append(make("summary", "", "Bộ lọc"), facets);
  filters.open = matchMedia("(min-width: 45em)").matches;
  more.type = "button";
  place.after(bar, filters, chips, advice, list, more);
  for (const node of [bar, filters, chips, advice, list, more]) node.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go({ q: input.value.trim() });
  });
  input.addEventListener("input", () => suggest().catch(close));
  input.addEventListener("keydown", keys);
  input.addEventListener("blur", () => setTimeout(() => document.activeElement !== input && close(), 150));
  options.addEventListener("mousedown", (event) => {
    const index = [...options.children].indexOf(event.target.closest("li"));
    if (index >= 0) location.href = addressIn(suggested[index].url);
  });
  sorting.addEventListener("change", () => go({ xep: sorting.value }));
  more.addEventListener("click", showMore);
  addEventListener("popstate", run);
  run();
}

install();
