// Ticks at the end of statements fill a tray ("Đã chọn 7 ý") whose list is the page /y-da-chon/. Loaded by kb.js where
// there are statements; style in kb-tray.css.

import { SITE, addressIn } from "./addresses.js";
import { keyOf, openStore, writeAddress } from "./tray-choice.js";

const TRAY = "y-da-chon/";
/** So many letters of a statement tell a screen reader which one a tick is of. Chosen by hand. */
const TOLD = 80;

const store = openStore(SITE.pathname);
/** The ticks of this page, by the statements they are of. @type {Map<HTMLInputElement, string>} */
const ticks = new Map();
/** What stood in the tray before it was emptied, to be taken back. @type {import("./tray-choice.js").Tray | null} */
let before = null;

const style = { rel: "stylesheet", href: new URL("kb-tray.css", import.meta.url).href };
document.head.append(Object.assign(document.createElement("link"), style));

const bar = Object.assign(document.createElement("div"), { className: "kb-y-thanh", hidden: true });
const count = Object.assign(document.createElement("span"), { className: "kb-y-dem" });
const open = Object.assign(document.createElement("a"), { className: "kb-nut", textContent: "Xem danh sách" });
const clear = Object.assign(document.createElement("button"), { type: "button", className: "kb-nut" });
bar.setAttribute("role", "region");
bar.setAttribute("aria-label", "Ý đã chọn");
count.setAttribute("role", "status");
bar.append(count, open, clear);
document.body.append(bar);

/** The choices of a paragraph: whoever chose its words on another page, where they are cut otherwise, sees them chosen.
 * @param {string[]} choices @param {string} choice */
function chosenAs(choices, choice) {
  if (choices.includes(choice)) return [choice];
  const key = keyOf(choice);
  const isAlone = new Set([...ticks.values()].filter((other) => keyOf(other) === key)).size === 1;
  return isAlone ? choices.filter((other) => keyOf(other) === key) : [];
}

function show() {
  const { choices, title } = store.read();
  for (const [box, choice] of ticks) box.checked = chosenAs(choices, choice).length > 0;
  const was = before?.choices.length ?? 0;
  count.textContent = choices.length ? `Đã chọn ${choices.length} ý` : `Đã bỏ chọn ${was} ý`;
  open.href = addressIn(TRAY) + writeAddress({ choices, title });
  open.hidden = !choices.length;
  clear.textContent = choices.length ? "Bỏ hết" : "Lấy lại";
  bar.hidden = !choices.length && !was;
  document.body.classList.toggle("kb-co-thanh", !bar.hidden);
}

/** @param {HTMLInputElement} box @param {string} choice */
function change(box, choice) {
  const { choices, title } = store.read();
  const gone = chosenAs(choices, choice);
  store.write({
    choices: box.checked ? [...choices, choice] : choices.filter((other) => !gone.includes(other)),
    title,
  });
  before = null;
  show();
}

clear.addEventListener("click", () => {
  const now = store.read();
  store.write(before ?? { choices: [], title: "" });
  before = before ? null : now;
  show();
});

/** Where the tick of a statement stands: behind its source, in a table in the cell of the source. @param {HTMLElement} said */
function placeOf(said) {
  if (said.matches("tr")) return said.querySelector("td:last-child") ?? said;
  if (said.matches("blockquote")) return said.querySelector("p:last-of-type") ?? said;
  return said;
}

/** Statements that have no tick yet get theirs. */
function addTicks() {
  for (const said of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("article [data-y]"))) {
    if (said.querySelector(".kb-chon-y")) continue;
    const choice = said.dataset.y ?? "";
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    const label = Object.assign(document.createElement("label"), { className: "kb-chon-y" });
    const words = (said.matches("span") ? said.closest("li, p") : said)?.textContent ?? "";
    box.setAttribute("aria-label", `Chọn ý: ${words.replace(/\s+/g, " ").trim().slice(0, TOLD)}`);
    box.addEventListener("change", () => change(box, choice));
    label.append(box, "Chọn");
    ticks.set(box, choice);
    const tool = placeOf(said).querySelector(":scope > .kb-chep-trich");
    if (!tool) {
      placeOf(said).append(" ", label);
      continue;
    }
    const pair = Object.assign(document.createElement("span"), { className: "kb-cap" });
    tool.replaceWith(pair);
    pair.append(tool, label);
  }
}
addTicks();

const late = () => {
  addTicks();
  show();
};
document.addEventListener("kb-du", late, true); // rows that the page of a long list left out
addEventListener("storage", ({ key }) => {
  if (key === store.name || key === null) show();
});
addEventListener("pageshow", show);
show();
