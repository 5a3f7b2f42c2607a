// Hover or focus on a link to a page of a kind that has cards shows its card: what the page says of itself.
// The card can be pointed at, stays until one leaves, and goes away with Esc. Loaded with the first link pointed at.

import { readData } from "./data.js";

/** What a page says of itself. @typedef {{kind?: string, name?: string, state?: string, words?: string}} Card */

/** Milliseconds before a card shows, and before it goes: crossing a link shows none, the way into the card is given. */
const SHOW_AFTER = 350;
const HIDE_AFTER = 250;
/** Pixels kept free around it. */
const EDGE = 8;

/** The folders whose pages have cards: publish/pages/kinds.py, by way of main.html. */
const FOLDERS = new Set(document.querySelector("article")?.dataset.kbCards?.split(" "));
/** @type {Map<string, Promise<Card | null>>} */
const known = new Map();
/** The folder and the name of a page that an address leads to; behind it stands its file in the site of files. */
const PAGE = /([^/]+)\/([^/]+)\/(?:index\.html)?$/;
const card = Object.assign(document.createElement("div"), { className: "kb-card", id: "kb-card", hidden: true });
card.setAttribute("role", "tooltip");
document.body.append(card);
/** @type {HTMLAnchorElement | null} */
let link = null;
let timer = 0;

/** @param {string} address @returns {Promise<Card>} */
async function read(address) {
  // Pages cannot be read there: what they say of themselves is stored by folder (scripts/dev_tools/site_of_files.py).
  if (globalThis.kbFiles) {
    const [, folder, name] = PAGE.exec(address) ?? [];
    return (await readData(`assets/the/${folder}`))[name];
  }
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const data = page.querySelector("article")?.dataset;
  page.querySelector("h1 .headerlink")?.remove();
  return {
    kind: data?.kbKind,
    name: page.querySelector("h1")?.textContent ?? page.title,
    state: data?.kbState ?? data?.kbStatus,
    words: page.querySelector("meta[name=description]")?.getAttribute("content") ?? "",
  };
}

/** @param {Card} found */
function fill({ kind, name, state, words }) {
  const lines = [
    ["kb-card-loai", [kind, state].filter(Boolean).join(" · ")],
    ["kb-card-ten", name],
    ["kb-card-loi", words],
  ];
  card.replaceChildren();
  for (const [className, textContent] of lines) {
    if (textContent) card.append(Object.assign(document.createElement("p"), { className, textContent }));
  }
}

/** @param {HTMLAnchorElement} target */
function place(target) {
  const box = target.getBoundingClientRect();
  card.hidden = false;
  const left = Math.min(Math.max(EDGE, box.left), innerWidth - card.offsetWidth - EDGE);
  const below = box.bottom + card.offsetHeight + EDGE < innerHeight || box.top < card.offsetHeight + EDGE;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(below ? box.bottom + 4 : box.top - card.offsetHeight - 4) + scrollY}px`;
  target.setAttribute("aria-describedby", card.id);
}

/** @param {HTMLAnchorElement} target */
async function show(target) {
  const address = target.href.split(/[?#]/)[0];
  const asked = known.get(address) ?? read(address).catch(() => null);
  known.set(address, asked);
  const found = await asked;
  if (!found || link !== target) return;
  fill(found);
  place(target);
}

function hide() {
  clearTimeout(timer);
  link?.removeAttribute("aria-describedby");
  link = null;
  card.hidden = true;
}

/** @param {EventTarget | null} from @param {number} wait */
function enter(from, wait) {
  if (!(from instanceof Element)) return;
  if (card.contains(from)) return clearTimeout(timer);
  const target = /** @type {HTMLAnchorElement | null} */ (from.closest("article a[href]"));
  const folder = target && PAGE.exec(target.pathname)?.[1];
  if (!target || target.origin !== location.origin || !folder || !FOLDERS.has(folder)) return;
  if (target.pathname === location.pathname || target === link) return clearTimeout(timer);
  hide();
  link = target;
  timer = window.setTimeout(show, wait, target);
}

/** @param {MouseEvent | FocusEvent} event */
function leave({ relatedTarget }) {
  if (!link || (relatedTarget instanceof Node && (card.contains(relatedTarget) || link.contains(relatedTarget))))
    return;
  clearTimeout(timer);
  timer = window.setTimeout(hide, HIDE_AFTER);
}

addEventListener("pointerover", (event) => enter(event.target, SHOW_AFTER));
addEventListener("focusin", (event) => enter(event.target, 0));
addEventListener("pointerout", leave);
addEventListener("focusout", leave);
addEventListener("keydown", (event) => event.key === "Escape" && hide());
// The link whose pointing at made this script be loaded.
enter(document.querySelector("article a[href]:hover, article a[href]:focus"), SHOW_AFTER);
