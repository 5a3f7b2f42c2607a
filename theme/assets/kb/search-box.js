// What the search dialog of kb.js does, and the form of the home page. Loaded when one of them is first used, with what
// the first answers need.
/** @import { Answer, Result } from "./search-core.js" */
/** @import { Query } from "./search-query.js" */

import { addressIn } from "./addresses.js";
import { byName, isNamedWhole, look, prepare, searchForgiving, tellMissing, understand } from "./search-core.js";
import { CLEAR } from "./search-match.js";
import { item, make, told } from "./search-view.js";

const PAGE = 10;
const SUGGESTED = 6;
/** Milliseconds without a key before the full text is searched: not with every letter of a word. Chosen by hand. */
const WAIT = 180;
const FAILED = "Không tải được bộ tìm kiếm. Hãy tải lại trang.";
const DIGEST = "Đoạn trích là tóm lược của kho, không phải nguyên văn.";

/** Bring a box to life; what was typed in the meantime is searched at once. @param {HTMLElement} box */
export function attachSearch(box) {
  prepare();
  new SearchBox(box).ask();
}

/** A combobox over a list of results: suggestions by name with each key, then everything. */
class SearchBox {
  /** @param {HTMLElement} box the dialog, or a form with a panel that shows only while it has something to say */
  constructor(box) {
    this.dialog = box instanceof HTMLDialogElement ? box : undefined;
    this.panel = /** @type {HTMLElement | null} */ (box.querySelector(".kb-tim-o-than"));
    this.input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
    this.status = /** @type {HTMLElement} */ (box.querySelector(".kb-tim-bao"));
    this.list = /** @type {HTMLOListElement} */ (box.querySelector("ol"));
    this.more = /** @type {HTMLButtonElement} */ (box.querySelector(".kb-tim-them"));
    /** The last row: the same on the search page, in the full text too. */
    this.all = make("a", "kb-tim-tat-ca");
    this.leadOn("");
    this.more.after(this.all);
    /** @type {Query | undefined} */
    this.query = undefined;
    /** @type {Result[]} */
    this.results = [];
    /** What names and numbers gave for what is typed now: all, and the first of them. @type {Result[]} */
    this.named = [];
    /** @type {Result[]} */
    this.suggested = [];
    /** Counts what was asked: an answer to an earlier question is thrown away. */
    this.asked = 0;
    this.active = -1;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
    }))
      this.input.setAttribute(name, value);
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Kết quả");
    this.input.addEventListener("input", () => this.ask());
    this.more.addEventListener("click", () => this.showMore(this.asked));
    (this.dialog?.querySelector("form") ?? box).addEventListener("submit", (event) => this.submit(event));
    box.addEventListener("keydown", (event) => this.move(event));
    box.addEventListener("focusout", ({ relatedTarget }) => {
      if (this.panel && !(relatedTarget instanceof Node && box.contains(relatedTarget))) this.panel.hidden = true;
    });
    this.panel?.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.input.addEventListener("focus", () => this.showPanel());
    box.addEventListener("click", (event) => {
      if (!(/** @type {Element} */ (event.target).closest("a")) || event.ctrlKey || event.metaKey) return;
      this.remember();
      this.dialog?.close();
    });
  }

  /** Note in the history what was asked before a result is opened: kb.js asks it again on the way back. */
  remember() {
    const search = { text: this.input.value, isDialog: this.dialog !== undefined };
    history.replaceState({ ...history.state, search }, "");
  }

  async ask() {
    const turn = ++this.asked;
    this.active = -1;
    const text = this.input.value.trim();
    this.leadOn(text);
    if (!text) return this.clear("");
    try {
      const query = await understand(text);
      await this.suggest(turn, query);
      if (turn === this.asked && isNamedWhole(query, this.named, SUGGESTED)) return this.showNamed(query);
      await new Promise((done) => setTimeout(done, WAIT));
      if (turn !== this.asked) return;
      const answer = await searchForgiving(text);
      if (turn === this.asked) await this.show(turn, text, answer);
    } catch {
      if (turn === this.asked) this.clear(FAILED);
    }
  }

  /** Names and numbers first, all of them; they stay where they are when the full text comes. @param {number} turn @param {Query} query */
  async suggest(turn, query) {
    const named = (await byName(query, true)).filter(({ score }) => score >= CLEAR);
    if (turn !== this.asked) return;
    this.named = named;
    this.suggested = named.slice(0, SUGGESTED);
    const { length } = this.suggested;
    if (length) this.draw(this.suggested, query, `${length} gợi ý theo tên và số hiệu; đang tìm thêm…`);
  }

  /** What names and numbers gave is the answer: the full text is not asked. @param {Query} query */
  showNamed(query) {
    this.query = query;
    this.results = this.named;
    const count = this.results.length.toLocaleString("vi");
    this.draw(this.results.slice(0, PAGE), query, `${count} kết quả. Mới tìm theo tên và số hiệu. ${DIGEST}`);
  }

  /** Where the last row leads. @param {string} text */
  leadOn(text) {
    this.all.textContent = text
      ? `Tìm “${text}” trong toàn văn, lọc theo nơi, năm, loại`
      : "Mở trang tra cứu: lọc theo nơi, năm, loại";
    this.all.href = addressIn(text ? `tra-cuu/?q=${encodeURIComponent(text)}` : "tra-cuu/");
  }

  /** @param {number} turn @param {string} text @param {Answer} answer */
  async show(turn, text, answer) {
    const { query, results, better, replaced } = answer;
    this.query = query;
    const seen = new Set(replaced ? [] : this.suggested.map(({ entry }) => entry));
    this.results = [
      ...(replaced ? [] : this.suggested),
      ...results.filter(({ entry }) => entry === null || !seen.has(entry)),
    ];
    const missing = tellMissing(answer);
    if (!this.results.length) return this.clear(missing || nothing(text, query));
    const first = this.results.slice(0, PAGE);
    await Promise.all(first.slice(seen.size).map((result) => look(result, query)));
    if (turn !== this.asked) return;
    const near = replaced
      ? `Không có “${text}”; đây là kết quả cho “${better}”. `
      : better
        ? `Có phải bạn tìm “${better}”? `
        : "";
    this.draw(
      first,
      query,
      `${missing && `${missing} `}${near}${this.results.length.toLocaleString("vi")} kết quả. ${DIGEST}`,
    );
  }

  /** @param {number} turn */
  async showMore(turn) {
    const { query, list } = this;
    const from = list.children.length;
    const next = this.results.slice(from, from + PAGE);
    if (!query) return;
    await Promise.all(next.map((result) => look(result, query)));
    if (turn !== this.asked || from !== list.children.length) return;
    list.append(...next.map((result, index) => this.option(result, query, from + index)));
    this.more.hidden = list.children.length >= this.results.length;
    this.choose(from);
    this.input.focus();
  }

  /** @param {string} message */
  clear(message) {
    this.named = [];
    this.suggested = [];
    this.results = [];
    this.draw([], undefined, message);
  }

  /** @param {Result[]} shown @param {Query | undefined} query @param {string} message */
  draw(shown, query, message) {
    const chosen = this.list.querySelectorAll("a")[this.active]?.href;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...(query ? shown.map((result, index) => this.option(result, query, index)) : []));
    this.more.hidden = shown.length >= this.results.length || !shown.length;
    this.input.setAttribute("aria-expanded", String(shown.length > 0));
    this.status.textContent = message;
    this.showPanel();
    const kept = [...this.list.querySelectorAll("a")].findIndex((link) => link.href === chosen);
    if (kept >= 0) this.choose(kept);
  }

  showPanel() {
    if (this.panel) this.panel.hidden = !this.status.textContent;
  }

  /** A form that leads to the search page does so unless a result is chosen. @param {Event} event */
  submit(event) {
    if (this.panel && this.active < 0) return this.remember();
    event.preventDefault();
    this.open();
  }

  /** Enter: the chosen result; else the first; else the search page. */
  open() {
    const links = this.list.querySelectorAll("a");
    (links[this.active] ?? links[0] ?? this.all).click();
  }

  /** @param {number} index */
  choose(index) {
    const links = this.list.querySelectorAll("a");
    links[this.active]?.setAttribute("aria-selected", "false");
    this.active = Math.max(-1, Math.min(index, links.length - 1));
    const link = links[this.active];
    if (!link) return this.input.removeAttribute("aria-activedescendant");
    link.setAttribute("aria-selected", "true");
    link.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", link.id);
  }

  /**
   * A result as an option of the listbox: the link itself is what is chosen.
   * @param {Result} result @param {Query} query @param {number} index
   */
  option(result, query, index) {
    const row = item(result, query);
    row.setAttribute("role", "presentation");
    const link = row.querySelector("a");
    if (!link) return row;
    link.id = `${this.list.id}-${index}`;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    return row;
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    if (event.key === "Escape" && this.panel && !this.panel.hidden && !event.isComposing) {
      event.preventDefault();
      this.panel.hidden = true;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || event.target !== this.input) return;
    event.preventDefault();
    this.choose(this.active + step);
  }
}

/** @param {string} text @param {Query} query */
function nothing(text, query) {
  const meant = told(query);
  return `Không tìm thấy “${text}”.${meant ? ` Đã tìm: ${meant}.` : ""} Thử bớt từ, hoặc chỉ gõ con số của số hiệu.`;
}
