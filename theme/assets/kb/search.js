// What the search dialog does. Loaded when the dialog is first opened; the indexes follow with the first key.

import { LIMITS, addressIn, byName, loadNames, look, searchForgiving, told, understand } from "./search-core.js";
import { item, make } from "./search-view.js";

const PAGE = 10;
const SUGGESTED = 6;
const WAIT = 180;
const FAILED = "Không tải được bộ tìm kiếm. Hãy tải lại trang.";
const DIGEST = "Đoạn trích là tóm lược của kho, không phải nguyên văn.";

let input, status, list, more, all;
let results = [];
let query;
let asked = 0;
let active = -1;

/** Bring the dialog of kb.js to life; what was typed in the meantime is searched at once. */
export function attachSearch(dialog) {
  [input, status, list, more] = ["input", ".kb-tim-bao", "ol", ".kb-tim-them"].map((part) => dialog.querySelector(part));
  Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list" }).forEach(([name, value]) => input.setAttribute(name, value));
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Kết quả");
  all = make("a", "kb-tim-tat-ca", "Xem tất cả kết quả, lọc theo nơi, năm, loại");
  all.href = addressIn("tra-cuu/");
  more.after(all);
  input.addEventListener("input", ask);
  more.addEventListener("click", () => show(asked));
  dialog.querySelector("form").addEventListener("submit", open);
  dialog.addEventListener("keydown", move);
  list.addEventListener("click", (event) => event.target.closest("a") && !event.ctrlKey && !event.metaKey && dialog.close());
  ask();
}

async function ask() {
  const turn = ++asked;
  const text = input.value.trim();
  all.href = addressIn(text ? `tra-cuu/?q=${encodeURIComponent(text)}` : "tra-cuu/");
  if (!text) return clear("");
  try {
    query = await understand(text);
    await suggest(turn);
    const names = await loadNames();
    if (names && !names.whole) await names.rest.then(() => suggest(turn));
    await new Promise((done) => setTimeout(done, WAIT));
    if (turn === asked) await askAll(turn, text);
  } catch {
    if (turn === asked) clear(FAILED);
  }
}

async function suggest(turn) {
  const named = (await byName(query, true)).slice(0, SUGGESTED);
  if (turn === asked && named.length) draw(named, `${named.length} gợi ý theo tên và số hiệu; đang tìm trong toàn văn…`);
}

async function askAll(turn, text) {
  const answer = await searchForgiving(text);
  if (turn !== asked) return;
  ({ query, results } = answer);
  if (!results.length) return clear(nothing(text));
  const first = results.slice(0, PAGE);
  await Promise.all(first.map((result) => look(result, query)));
  if (turn !== asked) return;
  const count = `${results.length.toLocaleString("vi")} kết quả. `;
  const near = answer.replaced ? `Không có “${text}”; đây là kết quả cho “${answer.better}”. ` : answer.better ? `Có phải bạn tìm “${answer.better}”? ` : "";
  draw(first, near + count + DIGEST + LIMITS);
}

function nothing(text) {
  const meant = told(query);
  return `Không tìm thấy “${text}”.${meant ? ` Đã tìm: ${meant}.` : ""} Thử bớt từ, hoặc chỉ gõ con số của số hiệu.${LIMITS}`;
}

function clear(message) {
  results = [];
  draw([], message);
}

function draw(shown, message) {
  active = -1;
  input.removeAttribute("aria-activedescendant");
  list.replaceChildren(...shown.map(option));
  more.hidden = shown.length >= results.length || !shown.length;
  input.setAttribute("aria-expanded", String(shown.length > 0));
  status.textContent = message;
}

function option(result, index) {
  const row = item(result, query);
  row.setAttribute("role", "presentation");
  const link = row.firstElementChild;
  Object.assign(link, { id: `kb-tim-${list.id}-${index}`, tabIndex: -1 });
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  return row;
}

async function show(turn) {
  const from = list.children.length;
  const next = results.slice(from, from + PAGE);
  await Promise.all(next.map((result) => look(result, query)));
  if (turn !== asked || from !== list.children.length) return;
  list.append(...next.map((result, index) => option(result, from + index)));
  more.hidden = list.children.length >= results.length;
  choose(from);
  input.focus();
}

/** Enter: the chosen result; else the first; else the search page. */
function open() {
  const links = list.querySelectorAll("a");
  (links[active] ?? links[0] ?? all).click();
}

function choose(index) {
  const links = [...list.querySelectorAll("a")];
  links[active]?.setAttribute("aria-selected", "false");
  active = Math.max(-1, Math.min(index, links.length - 1));
  const link = links[active];
  if (!link) return input.removeAttribute("aria-activedescendant");
  link.setAttribute("aria-selected", "true");
  link.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", link.id);
}

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target !== input) return;
  event.preventDefault();
  choose(active + step);
}
