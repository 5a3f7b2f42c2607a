// The statements of a page (ol.kb-y) on a wall: one a slide, in letters for the last row; works from file:// too.
// Loaded with a pack (pack-page.js), and from the chosen statements (tray-page.js) when it is asked for.

import { isPublic, publicAddress } from "./addresses.js";
import { drawAddress } from "./qr.js";

/** What one slide shows. @typedef {{words: string, above?: string, below?: string, href?: string}} Slide */

/** Heights of letters, as parts of the window's height: the largest with which a slide fits is taken. */
const SIZES = [9, 8, 7, 6.4, 5.8, 5.2, 4.7, 4.2, 3.8, 3.4, 3, 2.6];
/** Pixels that a finger must travel to turn a slide. */
const SWIPE = 50;
const NOTE = "Tóm lược của kho, không phải nguyên văn";
const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];

/** @param {{textContent: string | null} | null | undefined} element */
const textOf = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

/** A source line without its link. @param {Element | null} line */
function sourceOf(line) {
  const copied = /** @type {Element | null} */ (line?.cloneNode(true) ?? null);
  for (const extra of copied?.querySelectorAll("a, button, .y-sao") ?? []) extra.remove();
  return textOf(copied);
}

/** A question without the list of what is read for it. @param {Element} item */
function withoutReading(item) {
  const copied = /** @type {Element} */ (item.cloneNode(true));
  copied.querySelector(".kb-doc-cung")?.remove();
  return copied;
}

/** Whose words a statement is in goes where the statement goes. @param {string} source */
const withNote = (source) => (/nguyên văn/i.test(source) ? source : `${source} ${NOTE}.`);

/** Letters of a phrase that is not broken: half a line of the largest letters. Chosen by hand. */
const PHRASE = 16;

/** A title that breaks between its phrases ("dám nghĩ, dám làm" behind the comma), not within one. @param {string} title */
const wholePhrases = (title) =>
  title
    .split(/(?<=[,;–]) /)
    .map((phrase) => (phrase.length <= PHRASE ? phrase.replaceAll(" ", "\u00a0") : phrase))
    .join(" ");

/** The slides of the page as it is now: title, statements, questions. @returns {Slide[]} */
function slidesOf() {
  const title = textOf({
    textContent: document.querySelector("article h1")?.firstChild?.textContent ?? document.title,
  });
  const statements = [...document.querySelectorAll("ol.kb-y > li")].filter((item) => item.querySelector(".y-loi"));
  const shown = statements.filter((item) => !item.closest("[data-kb-khong-chieu]"));
  const questions = [...document.querySelectorAll("ol.kb-cau-hoi > li")];
  const [, kind = "", name = title] = /^(Tài liệu sinh hoạt): (.+)$/.exec(title) ?? [];
  const site = document.querySelector("meta[property='og:site_name']")?.getAttribute("content") ?? "";
  return [
    {
      words: wholePhrases(name),
      above: kind || site,
      below: `${shown.length} ý. ${NOTE}, trừ chỗ ghi “nguyên văn”.`,
      href: "",
    },
    ...shown.map((item) => ({
      above: item.querySelector(".y-doi") ? "Đoạn này đã sửa sau khi danh sách được lập" : "",
      words: textOf(item.querySelector(".y-loi")),
      below: withNote(sourceOf(item.querySelector(".y-nguon"))),
      href: item.querySelector(".y-nguon a")?.getAttribute("href") ?? undefined,
    })),
    ...questions.map((item, at) => ({
      words: textOf(withoutReading(item)),
      above: `Câu hỏi thảo luận ${at + 1}/${questions.length}`,
      below: `${textOf(item.querySelector(".kb-doc-cung"))} Câu hỏi do kho soạn`.trim(),
    })),
  ];
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name @param {string} css @param {string} [text]
 */
const make = (name, css, text = "") =>
  Object.assign(document.createElement(name), { className: css, textContent: text });

/** @param {Slide} slide */
function makeSlide({ words, above, below, href }) {
  const page = make("section", "ch-trang");
  const foot = make("div", "ch-chan");
  if (above) page.append(make("p", "ch-tren", above));
  page.append(make("p", "ch-loi", words));
  if (below) foot.append(make("p", "ch-nguon", below));
  page.append(foot);
  const address = href === undefined ? "" : publicAddress(href);
  if (isPublic(address)) {
    drawAddress(address).then(
      (svg) => foot.append(svg),
      () => {}, // the code is an extra: a slide without it is whole
    );
  }
  return page;
}

/** Show the slides of the page as it is now. @param {HTMLElement} opener gets the focus back */
export function openShow(opener) {
  const box = make("dialog", "kb-chieu");
  const stage = make("div", "ch-san");
  const bar = make("div", "ch-thanh");
  const counter = make("span", "ch-dem");
  const pages = slidesOf().map(makeSlide);
  let at = 0;

  /** @param {number} number */
  function turn(number) {
    at = Math.max(0, Math.min(pages.length - 1, number));
    pages.forEach((page, index) => page.classList.toggle("ch-dang-chieu", index === at));
    counter.textContent = `${at + 1} / ${pages.length}`;
  }

  /** @param {string} words @param {() => void} act */
  function addButton(words, act) {
    const button = make("button", "kb-nut", words);
    button.type = "button";
    button.addEventListener("click", act);
    bar.append(button);
  }

  addButton("Trước", () => turn(at - 1));
  bar.append(counter);
  addButton("Tiếp", () => turn(at + 1));
  addButton("In", () => print());
  addButton("Đóng", () => box.close());
  stage.setAttribute("aria-live", "polite");
  stage.append(...pages);
  box.setAttribute("aria-label", "Trình chiếu");
  box.append(stage, bar);

  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const isOnButton = event.target instanceof HTMLButtonElement && (event.key === " " || event.key === "Enter");
    if (isOnButton || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.shiftKey) turn(at - 1);
    else if (NEXT.includes(event.key)) turn(at + 1);
    else if (BACK.includes(event.key)) turn(at - 1);
    else if (event.key === "Home") turn(0);
    else if (event.key === "End") turn(pages.length - 1);
    else return;
    event.preventDefault();
  });

  let start = { x: 0, y: 0 };
  stage.addEventListener("pointerdown", ({ clientX, clientY }) => (start = { x: clientX, y: clientY }));
  stage.addEventListener("pointerup", ({ clientX, clientY }) => {
    const across = clientX - start.x;
    if (Math.abs(across) >= SWIPE && Math.abs(across) > Math.abs(clientY - start.y)) turn(at + (across < 0 ? 1 : -1));
    else if (Math.hypot(across, clientY - start.y) < 10) turn(at + (clientX > innerWidth / 3 ? 1 : -1));
  });

  const again = () => pages.forEach(fit);
  // The browser's own Esc leaves the full screen and tells no key: that ends the show too.
  const left = () => document.fullscreenElement ?? box.close();
  addEventListener("resize", again);
  box.addEventListener("close", () => {
    removeEventListener("resize", again);
    document.removeEventListener("fullscreenchange", left);
    if (document.fullscreenElement) document.exitFullscreen();
    box.remove();
    opener.focus();
  });

  document.body.append(box);
  box.showModal();
  stage.tabIndex = -1;
  stage.focus();
  again();
  turn(0);
  box.requestFullscreen?.().then(
    () => document.addEventListener("fullscreenchange", left),
    () => {}, // a browser that refuses shows the slides in its window
  );
}

/** Take the largest letters with which a slide fits. @param {HTMLElement} page */
function fit(page) {
  for (const size of SIZES) {
    page.style.setProperty("--co", `${size}`);
    if (page.scrollHeight <= page.clientHeight && page.scrollWidth <= page.clientWidth) return;
  }
}
