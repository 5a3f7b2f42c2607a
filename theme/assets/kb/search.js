// What the search dialog does. Loaded, with Pagefind, when the dialog is first opened.

const BUNDLE = new URL("../../pagefind/", import.meta.url);
const PAGE = 10;
const FAILED = "Không tải được bộ tìm kiếm. Hãy tải lại trang.";
const STROKE = "\u0335";

// đ is a letter of its own to Pagefind: the index holds d + a combining stroke instead, so does the query.
const fold = (text) => text.normalize("NFC").replace(/[đð]/g, `d${STROKE}`).replace(/[ĐÐ]/g, `D${STROKE}`);
const unfold = (text) => text.replaceAll(`d${STROKE}`, "đ").replaceAll(`D${STROKE}`, "Đ");

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&nbsp;": " ", "&amp;": "&" };
const plain = (text) => text.replace(/&(?:lt|gt|quot|#39|#x27|nbsp|amp);/g, (entity) => ENTITIES[entity]);

let engine, input, status, list, more;
let results = [];
let asked = 0;

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

/** Fetch Pagefind once; after a failure the next call tries again. */
function load() {
  engine ??= start().catch((error) => {
    engine = undefined;
    throw error;
  });
  return engine;
}

async function start() {
  const pagefind = await import(new URL("pagefind.js", BUNDLE).href);
  await pagefind.options({ basePath: BUNDLE.pathname, baseUrl: new URL("..", BUNDLE).pathname, excerptLength: 28 });
  await pagefind.init();
  return pagefind;
}

async function ask() {
  const turn = ++asked;
  const query = input.value.trim();
  if (!query) return clear("");
  try {
    const found = await (await load()).debouncedSearch(fold(query), {}, 150);
    if (!found || turn !== asked) return;
    results = found.results;
    const count = `${results.length.toLocaleString("vi")} kết quả. Đoạn trích là tóm lược của kho, không phải nguyên văn.`;
    clear(results.length ? count : `Không tìm thấy “${query}”. Thử bớt từ, hoặc chỉ gõ con số của số hiệu.`);
    await show(turn);
  } catch {
    if (turn === asked) clear(FAILED);
  }
}

function clear(message) {
  list.replaceChildren();
  more.hidden = true;
  status.textContent = message;
}

async function show(turn) {
  const from = list.children.length;
  const pages = await Promise.all(results.slice(from, from + PAGE).map((result) => result.data()));
  if (turn !== asked || from !== list.children.length) return;
  list.append(...pages.map(item));
  more.hidden = list.children.length >= results.length;
  if (from) list.children[from]?.querySelector("a").focus();
}

function item(page) {
  const { title, kind, place, year } = page.meta;
  const row = make("li");
  const link = make("a");
  const at = paragraphOf(page);
  link.href = at ? `${page.url}#${at}` : page.url;
  const excerpt = make("p", "kb-tim-doan");
  unfold(page.excerpt).split(/<\/?mark>/).forEach((part, index) => {
    excerpt.append(index % 2 ? make("mark", "", plain(part)) : plain(part));
  });
  link.append(make("span", "kb-tim-ten", unfold(title || page.url)));
  const facts = [kind, place, year].filter(Boolean);
  if (facts.length) link.append(make("span", "kb-tim-loai", facts.join(" · ")));
  link.append(excerpt);
  row.append(link);
  return row;
}

/** The id of the paragraph in which the first marked word of the excerpt stands, if it has a lasting one. */
function paragraphOf(page) {
  const words = (text) => (text.trim() ? text.trim().split(/\s+/).length : 0);
  const start = page.content.indexOf(page.excerpt.replace(/<\/?mark>/g, "").slice(0, 80));
  const mark = page.excerpt.indexOf("<mark>");
  if (start < 0 || mark < 0) return "";
  const place = words(page.content.slice(0, start)) + words(page.excerpt.slice(0, mark));
  const before = (page.anchors ?? []).filter((anchor) => anchor.location <= place);
  before.sort((a, b) => a.location - b.location);
  const last = before.at(-1);
  return last && /^d-[a-z2-7]+/.test(last.id) ? last.id : "";
}

/** Bring the dialog of kb.js to life; what was typed in the meantime is searched at once. */
export function attachSearch(dialog) {
  [input, status, list, more] = ["input", ".kb-tim-bao", "ol", ".kb-tim-them"].map((part) => dialog.querySelector(part));
  input.addEventListener("input", ask);
  more.addEventListener("click", () => show(asked));
  dialog.querySelector("form").addEventListener("submit", () => list.querySelector("a")?.click());
  dialog.addEventListener("keydown", move);
  list.addEventListener("click", (event) => event.target.closest("a") && !event.ctrlKey && !event.metaKey && dialog.close());
  ask();
  load().catch(() => clear(FAILED));
}

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [input, ...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
  const next = stops[stops.indexOf(document.activeElement) + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
