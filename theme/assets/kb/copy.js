// What can be put on the clipboard: texts marked for it, lasting addresses of paragraphs (#d-…), and citations of
// documents, excerpts and paragraphs with their source, as rich text (for Word) and as plain text.
// Loaded by kb.js on every page.

import { isPublic, publicAddress } from "./addresses.js";

/** A text to copy; citations in both forms. @typedef {{plain: string, html?: string}} Copied */

const NOTE = "tóm lược của kho, không phải nguyên văn";
/** Milliseconds that a message and a button's changed words stay. */
const MESSAGE_STAYS = 4000;
const BUTTON_STAYS = 2500;
/** Pixels at the top of the window that the header covers. */
const HEADER = 60;
/** What we have added to the words of a paragraph or excerpt. */
const ADDED = "button, label, .headerlink, .nguon-doan, .luu-y, .can-biet, .kb-kiem-tra";

// ---- The clipboard ----

/**
 * Put a text on the clipboard and say `done`, or what to do where it cannot be.
 * @param {Copied} text @param {string} done
 */
export async function copy(text, done) {
  const copied = copyByEvent(text) || (await copyByClipboard(text));
  notify(copied ? done : `Không chép được. Hãy tự chép: ${text.plain}`);
  return copied;
}

/**
 * Hand a text over through a copy event, which browsers allow on plain http and from files too.
 * @param {Copied} text
 */
function copyByEvent({ plain, html }) {
  const field = Object.assign(document.createElement("textarea"), { value: plain, className: "kb-an" });
  const before = document.activeElement;
  let taken = false;
  /** @param {ClipboardEvent} event */
  const fill = (event) => {
    if (html) event.clipboardData?.setData("text/html", html);
    event.clipboardData?.setData("text/plain", plain);
    event.preventDefault();
    event.stopImmediatePropagation();
    taken = true;
  };
  document.body.append(field);
  field.select();
  document.addEventListener("copy", fill, { capture: true, once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill, { capture: true });
  field.remove();
  if (before instanceof HTMLElement || before instanceof SVGElement) before.focus({ preventScroll: true });
  return done && taken;
}

/** @param {Copied} text */
async function copyByClipboard({ plain, html }) {
  if (!navigator.clipboard || !isSecureContext) return false;
  const forms = { "text/plain": plain, ...(html && { "text/html": html }) };
  const blobs = Object.entries(forms).map(([type, text]) => [type, new Blob([text], { type })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]).then(
    () => true,
    () => false,
  );
}

let timer = 0;

/** Say `message` for a few seconds, also to screen readers. @param {string} message */
export function notify(message) {
  let box = document.querySelector(".kb-bao");
  if (!box) {
    box = Object.assign(document.createElement("div"), { className: "kb-bao" });
    box.setAttribute("role", "status");
    document.body.append(box);
  }
  box.textContent = message;
  box.classList.add("kb-bao--hien");
  clearTimeout(timer);
  timer = window.setTimeout(() => box.classList.remove("kb-bao--hien"), MESSAGE_STAYS);
}

// ---- Citations ----

const page = document.querySelector("article")?.dataset ?? {};

/** @param {string} text */
const squeeze = (text) => text.replace(/\s+/g, " ").trim();

/** The words of a paragraph or excerpt without what we have added to it. @param {Element} element */
function wordsOf(element) {
  const copied = /** @type {Element} */ (element.cloneNode(true));
  for (const extra of copied.querySelectorAll(ADDED)) extra.remove();
  return squeeze(copied.textContent ?? "");
}

/** What the page calls itself. */
function pageName() {
  const heading = document.querySelector("article h1");
  return heading ? wordsOf(heading) : document.title;
}

/** What must be known of the documents that are named in a place. @param {Element} element */
function toKnow(element) {
  const marks = /** @type {HTMLElement[]} */ ([...element.querySelectorAll(".can-biet")]);
  const nameOf = (/** @type {HTMLElement} */ mark) =>
    mark.dataset.vanBan ?? squeeze(mark.closest("li")?.querySelector("a")?.textContent ?? "");
  return [...new Set(marks.map((mark) => `Lưu ý: ${nameOf(mark)} ${mark.dataset.noiRo ?? mark.textContent}.`))];
}

/** What must be known of the page's document, and who says what of it. */
const state = () => {
  const old = document.querySelector(".kb-the-trang .kb-cu")?.textContent ?? "";
  const known = page.kbState ?? (old ? page.kbStatus?.toLowerCase() : "");
  return known && `Tình trạng: ${known}${old}.`;
};
const sources = page.kbCiteBy && `Nguồn về văn bản: ${page.kbCiteBy}.`;

/** Whether a place is marked as our digest, not the words of the source. @param {Element | null} mark */
const isDigest = (mark) => mark?.textContent?.includes("Tóm lược") ?? false;

/**
 * Lines of a citation, the empty ones left out, and the address below.
 * @param {(string | false | undefined)[]} parts @param {string} address @returns {Copied}
 */
function compose(parts, address) {
  const lines = parts.flatMap((part) => part || []);
  const link = Object.assign(document.createElement("a"), { href: address, textContent: address });
  const html = [...lines, isPublic(address) ? link : address].map((words) => {
    const paragraph = document.createElement("p");
    paragraph.append(words);
    return paragraph.outerHTML;
  });
  return { html: html.join(""), plain: [...lines, address].join("\n") };
}

/** @param {HTMLElement} quote */
function ofExcerpt(quote) {
  const mark = quote.querySelector(".luu-y");
  const text = wordsOf(quote);
  const about = quote.dataset.baiVe ? ` (bài về ${quote.dataset.baiVe})` : "";
  return compose(
    [
      !mark || isDigest(mark) ? `${text} (${NOTE})` : text, // without a mark of its own: the head of the list has it
      page.kbCite && `Văn bản: ${page.kbCite}.`,
      state(),
      ...toKnow(quote),
      `Nguồn của đoạn: ${quote.dataset.nguon}${about}.`,
      sources,
    ],
    publicAddress(quote.querySelector("a.nguon-doan")?.getAttribute("href") ?? ""),
  );
}

/** @param {Element} paragraph */
function ofParagraph(paragraph) {
  const text = wordsOf(paragraph);
  return compose(
    [
      isDigest(document.querySelector(".luu-y--dau")) ? `${text} (${NOTE})` : text,
      page.kbCite && `Văn bản bài đưa tin: ${page.kbCite}.`,
      state(),
      ...toKnow(paragraph),
      page.kbSource && `Nguồn của đoạn: ${page.kbSource}.`,
      sources,
    ],
    publicAddress(`#${paragraph.id}`),
  );
}

function ofDocument() {
  const title = /** @type {Element | undefined} */ (document.querySelector(".trich-yeu")?.cloneNode(true));
  for (const mark of title?.querySelectorAll(".kb-so, .nhan") ?? []) mark.remove();
  return compose(
    [page.kbCite, title && `Trích yếu: ${squeeze(title.textContent ?? "")}.`, state(), sources],
    publicAddress(""),
  );
}

/** Any other page: what it is called here. */
function ofPage() {
  const title = pageName();
  const site = document.querySelector("meta[property='og:site_name']")?.getAttribute("content");
  return compose([`${title}. ${site}.`], publicAddress(""));
}

/** An article: the newspaper's own, with the document it tells of. */
const ofArticle = () =>
  compose(
    [`${page.kbSource}.`, page.kbCite && `Văn bản bài đưa tin: ${page.kbCite}.`, state(), sources],
    publicAddress(""),
  );

// ---- Paragraphs ----

const PARAGRAPHS = "article :is(.doan, h2, h3, h4)[id]";

/** The paragraph that is selected, else the one that was asked for, else the first that is in view on the way down. */
function paragraphRead() {
  const chosen = getSelection();
  const at = chosen && !chosen.isCollapsed ? chosen.getRangeAt(0).startContainer : null;
  const holder = at instanceof Element ? at : at?.parentElement;
  const places = [...document.querySelectorAll(PARAGRAPHS)];
  if (holder?.closest("article")) {
    const before = places.filter((place) => place.compareDocumentPosition(holder) & Node.DOCUMENT_POSITION_FOLLOWING);
    return holder.closest(PARAGRAPHS) ?? before.at(-1);
  }
  const asked = document.querySelector(":target");
  if (asked?.matches(PARAGRAPHS)) return asked;
  if (scrollY < innerHeight / 2) return undefined; // still at the top: the page as a whole
  return places.find((place) => place.getBoundingClientRect().bottom > HEADER);
}

function share() {
  const paragraph = paragraphRead();
  const address = publicAddress(paragraph ? `#${paragraph.id}` : "");
  const words = paragraph && wordsOf(paragraph);
  const start = words && words.length > 40 ? `${words.slice(0, 40)}…` : words;
  copy({ plain: address }, words ? `Đã chép liên kết đến đoạn “${start}”.` : "Đã chép liên kết đến trang này.");
}

const NOT_DRAWN = "Không tải được phần vẽ mã QR. Hãy kiểm tra đường mạng rồi thử lại.";
const NOT_PUBLISHED = "Bản này chưa có địa chỉ công bố, nên không có mã QR.";

/** Why there is no code, in words for the reader. @param {unknown} error of qr.js, or of its loading @param {string} what */
export const whyNoCode = (error, what = "Địa chỉ") =>
  error instanceof Error && error.name === "TooLong" ? `${what} dài quá sức chứa của mã QR.` : NOT_DRAWN;

/**
 * Do something with the public address of a place and what draws codes, or say why there is no code.
 * @param {string} address @param {(qr: typeof import("./qr-shown.js")) => Promise<unknown>} draw @param {string} [what]
 */
export async function withCode(address, draw, what) {
  if (!isPublic(address)) return notify(NOT_PUBLISHED);
  try {
    await draw(await import("./qr-shown.js"));
  } catch (error) {
    notify(whyNoCode(error, what));
  }
}

/** Show the code that opens the paragraph that is read, else the page. */
function showQr() {
  const paragraph = paragraphRead();
  const address = publicAddress(paragraph ? `#${paragraph.id}` : "");
  const words = paragraph ? "Quét để mở đúng đoạn này" : "Quét để mở trang này";
  return withCode(address, (qr) => qr.showCode(address, words));
}

/** What a report of a mistake has to say, ready to be filled in. */
const report = () =>
  [`Trang: ${pageName()}`, `Địa chỉ: ${publicAddress("")}`, "Chỗ sai: ", "Đúng ra là, theo nguồn: "].join("\n");

// ---- Buttons ----

/** @param {string} words @param {string} css */
const newButton = (words, css = "") =>
  Object.assign(document.createElement("button"), {
    type: "button",
    className: `kb-nut ${css}`.trim(),
    textContent: words,
  });

/** Copy a citation at a click and say so on the button. @param {HTMLElement} button @param {() => Copied} make */
function cites(button, make) {
  const words = button.textContent;
  button.addEventListener("click", async () => {
    if (!(await copy(make(), "Đã chép trích dẫn. Dán vào Word bằng Ctrl+V."))) return;
    button.textContent = "Đã chép";
    setTimeout(() => (button.textContent = words), BUTTON_STAYS);
  });
}

/** One small tool at the end of a paragraph or excerpt. @param {Element} place @param {() => Copied} make */
function addTool(place, make) {
  const button = newButton("Chép", "kb-chep-trich");
  button.setAttribute("aria-label", "Chép trích dẫn đoạn này");
  button.title = "Chép trích dẫn đoạn này";
  cites(button, make);
  const tick = place.querySelector(".kb-chon-y"); // of tray.js, which may have come first
  if (!tick) {
    place.append(" ", button);
    return;
  }
  const pair = Object.assign(document.createElement("span"), { className: "kb-cap" });
  tick.replaceWith(pair);
  pair.append(button, tick);
}

for (const text of document.querySelectorAll(".chep")) {
  const button = newButton("Chép");
  button.dataset.kbCopy = text.textContent?.trim();
  text.after(" ", button);
}
for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-kb-copy]"))) {
  button.addEventListener("click", () => copy({ plain: button.dataset.kbCopy ?? "" }, "Đã chép."));
}
const cited = document.querySelector(".kb-cach-dan");
if (cited) {
  const button = newButton("Chép", "kb-chep-trich");
  button.setAttribute("aria-label", "Chép cách dẫn");
  button.title = "Chép dòng này và địa chỉ trang";
  cites(button, () => compose([squeeze(cited.textContent ?? "")], publicAddress("")));
  cited.after(" ", button);
}
for (const quote of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".trich[data-nguon]"))) {
  addTool(quote.querySelector("p:last-of-type") ?? quote, () => ofExcerpt(quote));
}
for (const paragraph of document.querySelectorAll(".doan[id]:not(h1, h2, h3, h4)")) {
  addTool(paragraph, () => ofParagraph(paragraph));
}
for (const tool of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-kb-lam]"))) {
  const action = tool.dataset.kbLam;
  if (action === "trich-dan") {
    cites(tool, document.querySelector(".kb-cach-dan") ? ofDocument : page.kbSource ? ofArticle : ofPage);
  } else if (action === "in") tool.addEventListener("click", () => print());
  else if (action === "chia-se") tool.addEventListener("click", share);
  else if (action === "qr") tool.addEventListener("click", showQr);
  else tool.addEventListener("click", () => copy({ plain: report() }, "Đã chép. Điền chỗ sai rồi gửi."));
}
