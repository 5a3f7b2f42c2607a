// The page of the tray: shows the statements that its address names (or that were chosen here before), lets one order
// and name them, and take them away: on paper, into Word, as a QR code, as a link. Loaded by kb.js on that page.

import { SITE, addressIn, isPublic, publicAddress } from "./addresses.js";
import { copy, notify, whyNoCode, withCode } from "./copy.js";
import { dataFault, readData } from "./data.js";
import { drawCode, loadLibrary, makeCode, widthOf } from "./qr.js";
import { whenRead } from "./reader.js";
import { printSheet } from "./sheets.js";
import { empty, fullName, openStore, readAddress, shortName, writeAddress, writeCode } from "./tray-choice.js";
import { checkTable, fitting, fitWords, make, paperLine, sheetTable } from "./tray-sheets.js";
import { loadZip } from "./vendor.js";

/** A statement as the site's data has it (publish/statements.py).
 * @typedef {{digest: string, speaker?: string, words: string, source: string, address: string, document?: string, mark?: string, verbatim?: boolean, paper: string, starred?: boolean, look_up: string, lines: number}} Statement */
/** @typedef {{statements: Record<string, Statement[]>, whole: Record<string, Statement>, earlier: Record<string, string>}} Part */
/** What a choice stands for: a statement as it was; a paragraph that says something else now (`now`: all that it says; `also`:
 * other choices of it); or nothing, on a page that may still be there.
 * @typedef {{choice: string, said?: Statement, now?: string[], also?: string[], page?: string}} Found */

/** Letters that tell the article in a key. */
const CODE = 4;
const UNNAMED = "Ý đã chọn";
/** What stands behind the title of the page in that of the window. */
const SITE_NAME = / – .*$/.exec(document.title)?.[0] ?? "";

const frame = /** @type {HTMLElement} */ (document.querySelector(".kb-y-trang"));
const heading = /** @type {HTMLElement} */ (document.querySelector("article h1"));
const store = openStore(SITE.pathname);
/** Whether the list shown is that of this browser; else one that somebody shared, which changes nothing here, or none yet. */
let isOwn = false;
/** @type {import("./tray-choice.js").Tray} */
let tray = empty();
/** What the list was before the last change, to be taken back. @type {import("./tray-choice.js").Tray | null} */
let before = null;

// ---- Reading the data ----

/** @type {Map<string, Promise<Part>>} */
const parts = new Map();

/** @param {string} name @returns {Promise<Part>} */
function readPart(name) {
  const asked =
    parts.get(name) ?? readData(`y-da-chon/${name}`).then((data) => data ?? { statements: {}, whole: {}, earlier: {} });
  parts.set(name, asked);
  asked.catch(() => parts.delete(name));
  return asked;
}

/** The part that tells of a statement. @param {string} choice */
function partOf(choice) {
  const letters = Number(frame.dataset.chia);
  return readPart(letters ? `y-${choice.slice(0, letters)}` : "y");
}

/** The statement that a name stands for, perhaps the short one of a QR code. @param {string} name */
async function named(name) {
  const { statements, earlier } = await partOf(name);
  const keys = [...Object.keys(statements), ...Object.keys(earlier)];
  const known = keys.flatMap((key) => (statements[earlier[key] ?? key] ?? []).map(({ digest }) => `${key}~${digest}`));
  return fullName(name, known);
}

/** @param {string} choice @returns {Promise<Found>} */
async function find(choice) {
  const [key, digest] = choice.split("~");
  const { statements, whole, earlier } = await partOf(choice);
  const paragraph = key in statements ? key : earlier[key];
  const here = statements[paragraph] ?? [];
  const said = here.find((statement) => statement.digest === digest);
  if (said) return { choice, said };
  if (here.length) {
    // Which of its statements was chosen nobody knows any more: the paragraph is shown, whole.
    return {
      choice,
      said: whole[paragraph],
      now: here.map((statement) => `${paragraph}~${statement.digest}`),
      also: [],
    };
  }
  const other = Object.keys(statements).find((known) => known.slice(0, CODE) === key.slice(0, CODE));
  return { choice, page: other && statements[other][0].address.split("#")[0] };
}

// ---- Showing ----

/** @param {string} words @param {() => void} action @param {string} label */
function button(words, action, label = "") {
  const made = Object.assign(document.createElement("button"), {
    type: "button",
    className: "kb-nut",
    textContent: words,
  });
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", action);
  return made;
}

/** A link to a page of the site. @param {string} address seen from the home page @param {string} words */
const linkTo = (address, words) =>
  Object.assign(document.createElement("a"), { href: addressIn(address), textContent: words });

const notice = make("div", "kb-y-khac");
const name = Object.assign(document.createElement("input"), {
  type: "text",
  maxLength: 160,
  placeholder: "Ví dụ: Sinh hoạt chuyên đề tháng 12",
});
const tools = make("div", "kb-y-cong-cu");
const said = make("p", "kb-y-bao");
const list = /** @type {HTMLOListElement} */ (make("ol", "kb-y"));
const gone = make("div", "kb-y-mat");
const box = make("div", "kb-bo");
const code = make("figure", "kb-qr");
const note = make("p", "luu-y luu-y--dau");
const starNote = make("p", "y-chu-thich");
const soi = make("div", "kb-to-soi");
const STAR = frame.dataset.sao ?? "";
const QR_WORDS = "Quét để mở danh sách này trên điện thoại";
/** Millimetres of a code that stands beside the head of a sheet. */
const USUAL_CODE = 20;
/** Letters of an address that is told in words on a sheet: two lines. */
const LONGEST_TOLD = 180;
/** The statements that are shown. @type {Statement[]} */
let shown = [];

const CHANGED = "Đoạn này đã sửa sau khi danh sách được lập. Dưới đây là cả đoạn hiện nay; hãy đọc lại trước khi dùng.";

/** What tells of a paragraph that is not as it was, and takes its words of now. @param {Found} found */
function change({ choice, now, also = [] }) {
  if (!now) return [];
  const take = button("Dùng lời hiện nay", () => {
    const choices = tray.choices.flatMap((other) => (other === choice ? now : also.includes(other) ? [] : [other]));
    update({ ...tray, choices: [...new Set(choices)] }, now[0]);
  });
  return [make("p", "y-doi", `${CHANGED} `, take)];
}

/** The choices as rows: those of one changed paragraph are one. @param {Found[]} found */
function rowsOf(found) {
  /** @type {Found[]} */
  const rows = [];
  for (const one of found) {
    const same = one.now && rows.find((row) => row.now?.join() === one.now?.join());
    if (same) same.also?.push(one.choice);
    else rows.push(one);
  }
  return rows;
}

/** A statement in the list. @param {Found} found @param {number} at @param {Found[]} all */
function item(found, at, all) {
  const { speaker, words, source, address, mark, verbatim } = /** @type {Statement} */ (found.said);
  const line = make("p", "y-nguon", `${source} `);
  if (mark) line.append(make("span", "y-tinh-trang", `Lưu ý về văn bản: ${mark}.`), " ");
  if (verbatim) line.append(make("span", "y-nguyen-van", "Nguyên văn."), " ");
  line.append(linkTo(address, "Xem đoạn"));
  const row = make(
    "li",
    "",
    ...change(found),
    make("p", "y-loi", ...(speaker ? [make("b", "y-ai", `${speaker}:`), " "] : []), words),
    line,
    paperLine(/** @type {Statement} */ (found.said), STAR),
  );
  row.dataset.y = found.choice;
  // The source of the statement before is not said at length again.
  const first = all.findIndex((other) => other.said?.source === source);
  if (at && all[at - 1].said?.source === source) {
    row.classList.add("y-lap");
    row.append(make("p", "y-nhu", `Nguồn như ý ${first + 1}. `, linkTo(address, "Xem đoạn")));
  }
  row.append(order(found, at, all));
  return row;
}

/** The buttons that order the list. @param {Found} found @param {number} at @param {Found[]} all */
function order({ choice, also = [] }, at, all) {
  const others = tray.choices.filter((other) => other !== choice);
  const put = (/** @type {Found} */ neighbour) => () => {
    const choices = [...others];
    choices.splice(tray.choices.indexOf(neighbour.choice), 0, choice);
    update({ ...tray, choices }, choice);
  };
  const made = make("div", "y-lam");
  const told = `ý ${at + 1}`;
  if (at) made.append(button("Lên", put(all[at - 1]), `Đưa ${told} lên`));
  if (at < all.length - 1) made.append(button("Xuống", put(all[at + 1]), `Đưa ${told} xuống`));
  const left = others.filter((other) => !also.includes(other));
  made.append(button("Bỏ", () => update({ ...tray, choices: left }), `Bỏ ${told}`));
  return made;
}

/** @param {Found[]} lost */
function tellLost(lost) {
  if (!lost.length) return [];
  const rows = lost.map(({ choice, page }) => {
    const words = page
      ? ["Một đoạn đã bị bỏ hoặc viết lại: ", linkTo(page, "xem bài hiện nay")]
      : ["Một đoạn không còn trong kho"];
    return make(
      "li",
      "",
      ...words,
      ". ",
      button("Bỏ khỏi danh sách", () => update({ ...tray, choices: tray.choices.filter((c) => c !== choice) })),
    );
  });
  return [make("p", "", `${lost.length} ý trong danh sách không còn trong kho:`), make("ul", "", ...rows)];
}

/** What to do with a list that somebody shared, beside one's own. */
function tellOther() {
  const own = store.read().choices;
  const added = tray.choices.filter((choice) => !own.includes(choice));
  if (isOwn || !tray.choices.length) return [];
  const add = button(
    own.length ? `Thêm ${added.length} ý này vào danh sách của tôi` : "Giữ danh sách này để thêm bớt",
    () => {
      const title = store.read().title || tray.title;
      isOwn = true;
      update({ choices: [...own, ...added], title });
    },
  );
  const mine = button(`Mở danh sách của tôi (${own.length} ý)`, () => {
    isOwn = true;
    tray = store.read();
    update(tray);
  });
  const told = own.length
    ? "Đây không phải danh sách bạn đang chọn dở trên máy này."
    : "Danh sách này mở từ một liên kết.";
  return [make("p", "", told), ...(added.length ? [add] : []), ...(own.length ? [mine] : [])];
}

let drawn = 0;

/** @param {string} focused the statement whose buttons were used last */
async function show(focused = "") {
  drawn += 1;
  const turn = drawn;
  /** @type {Found[]} */
  let found;
  try {
    found = await Promise.all(tray.choices.map(find));
  } catch {
    if (turn === drawn) said.textContent = dataFault();
    return;
  }
  if (turn !== drawn) return; // something else is shown by now
  const here = rowsOf(found.filter((one) => one.said));
  const printed = tray.choices.length > 0;
  showTitle();
  if (document.activeElement !== name) name.value = tray.title;
  const own = `Có ${here.length} ý${here.some((one) => one.now) ? ", có đoạn đã sửa (xem chỗ tô màu)" : ""}.`;
  said.textContent = printed ? own : "Chưa chọn ý nào.";
  if (before)
    said.append(
      " ",
      button("Lấy lại như trước", () => update(/** @type {import("./tray-choice.js").Tray} */ (before))),
    );
  list.replaceChildren(...here.map((one, at) => item(one, at, here)));
  gone.replaceChildren(...tellLost(found.filter((one) => !one.said)));
  notice.replaceChildren(...tellOther());
  shown = here.map((one) => /** @type {Statement} */ (one.said));
  tellFit(here);
  setShown(printed);
  document.querySelector(".kb-y-huong-dan")?.toggleAttribute("hidden", printed);
  drawList();
  const row = [...list.children].find((one) => one instanceof HTMLElement && one.dataset.y === focused);
  row?.querySelector("button")?.focus();
}

/** What only a list that is there has. @param {boolean} isShown */
function setShown(isShown) {
  for (const part of [box, tools, list, note, /** @type {HTMLElement} */ (name.parentElement)]) part.hidden = !isShown;
}

/** Tell whose words these are, and what of them one page holds. @param {Found[]} here */
function tellFit(here) {
  const all = here.map((one, at) => ({ said: shown[at], isChanged: one.now !== undefined }));
  const fits = fitting(all, frame.dataset.dong ?? "", title());
  [...list.children].forEach((row, at) => row.classList.toggle("y-ngoai", !fits[at]));
  const mixed = shown.some(({ verbatim }) => verbatim) ? ", trừ chỗ ghi “Nguyên văn”" : "";
  const whose = `Tóm lược của kho, không phải nguyên văn${mixed}; không thay cho văn bản gốc.`;
  note.replaceChildren(whose, make("span", "y-vua", fitWords(fits)));
  starNote.textContent = shown.some(({ starred }) => starred) ? (frame.dataset.saoLoi ?? "") : "";
}

function showTitle() {
  heading.textContent = title();
  document.title = title() + SITE_NAME;
}

function writeHere() {
  history.replaceState(history.state, "", location.pathname + location.search + writeAddress(tray));
}

/** Show another list, in the address too; one's own is kept. @param {import("./tray-choice.js").Tray} next @param {string} focused */
function update(next, focused = "") {
  before = next.choices.length < tray.choices.length ? tray : null;
  tray = next;
  if (isOwn) store.write(tray);
  writeHere();
  show(focused);
}

/** Show what the address names; without a list there, one's own. Until it is read there is none that could be changed. */
async function open() {
  drawn += 1;
  const turn = drawn;
  const asked = readAddress(location.hash);
  tray = empty();
  isOwn = false;
  before = null;
  setShown(false);
  for (const part of [notice, gone]) part.replaceChildren();
  said.textContent = asked.choices.length ? "Đang mở danh sách…" : "";
  try {
    asked.choices = [...new Set(await Promise.all(asked.choices.map(named)))];
  } catch {
    if (turn === drawn) said.textContent = dataFault();
    return;
  }
  if (turn !== drawn) return; // the address names another list by now
  const own = store.read();
  tray = asked;
  if (!tray.choices.length) tray = own;
  isOwn = tray.choices.join() === own.choices.join();
  if (isOwn && !tray.title) tray.title = own.title;
  writeHere();
  show();
}

// ---- Taking it away ----

const title = () => tray.title || UNNAMED;
const page = () => publicAddress(`${SITE.href}y-da-chon/`);
const address = () => page() + writeAddress(tray);

/** @typedef {typeof import("./hand-out.js")} HandOut */
/** @typedef {import("./hand-out.js").Shown} Shown */
/**
 * Do something with the statements that are shown; what it takes is loaded when it is asked for.
 * @param {(tools: HandOut, shown: Shown[]) => unknown} action
 */
const withHandOut = async (action) => {
  try {
    const tools = await import("./hand-out.js");
    await action(tools, tools.readList(list));
  } catch {
    notify(NOT_LOADED);
  }
};
const NOT_LOADED = "Không tải được phần này của trang. Hãy kiểm tra đường mạng rồi thử lại.";

/** The code of the list: by short names where they tell the same; the title is left out, for fewer dots. */
async function codeOfList() {
  const names = tray.choices.map(async (choice) => {
    const short = shortName(choice);
    return (await named(short)) === choice ? short : choice;
  });
  const [start, end] = [`${page()}#k=`, writeCode(await Promise.all(names))];
  return { code: await makeCode(start, end), address: start + end };
}

/** Why the list has no code, in words; nothing where the site does not know its address. @param {unknown} error */
const noCode = (error) => (isPublic(page()) ? whyNoCode(error, "Danh sách") : "");
/** Somebody reads the page: its code is drawn from then on. */
let isRead = false;

/** Draw the code of the list as it is now, for the paper too. */
async function drawList() {
  if (!isRead || code.hidden || !tray.choices.length) return;
  const turn = drawn;
  try {
    const made = await codeOfList();
    if (turn !== drawn) return;
    const drawing = drawCode(made.code, QR_WORDS);
    Object.assign(drawing.style, { height: `${widthOf(made.code)}mm`, width: `${widthOf(made.code)}mm` });
    code.classList.toggle("kb-qr--to", widthOf(made.code) > USUAL_CODE);
    code.replaceChildren(drawing, make("figcaption", "", QR_WORDS));
  } catch (error) {
    code.replaceChildren(make("p", "phu", noCode(error)));
  }
}

/** @param {string} name */
async function printOne(name) {
  await drawList();
  if (name === "tu-soi") fillChecklist();
  printSheet(name);
}

/** @param {string} name */
async function saveOne(name) {
  let why = "";
  const made = await (isPublic(page()) ? codeOfList() : Promise.resolve(null)).catch((error) => {
    why = `Trong tệp không có mã QR. ${noCode(error)}`;
    return null;
  });
  if (name === "ca") return withHandOut((tools, list) => tools.saveHandOut(title(), list, made?.code, why));
  try {
    const { saveSheet } = await import("./sheet-word.js");
    if (name === "tu-soi") fillChecklist();
    const kind = name === "tu-soi" ? "Bảng tự soi, tự sửa" : "Tài liệu sinh hoạt";
    const told = made && made.address.length <= LONGEST_TOLD ? made.address : "";
    await saveSheet(name, { kind, title: title(), address: told, code: made?.code ?? null, page: frame });
    notify(`Đã tạo tệp Word. Tệp nằm trong thư mục tải về. ${why}`.trim());
  } catch {
    notify(NOT_LOADED);
  }
}

function fillChecklist() {
  const columns = (frame.dataset.cot ?? "").split("|");
  soi.replaceChildren(note.cloneNode(true), starNote.cloneNode(true), checkTable(shown, columns, STAR));
}

async function share() {
  if (navigator.share) {
    const done = await navigator.share({ title: title(), url: address() }).catch((error) => error);
    if (done === undefined || done.name === "AbortError") return;
  }
  copy({ plain: address() }, "Đã chép liên kết của danh sách. Dán vào thư hoặc Zalo để gửi.");
}

// Slides are shown, and sheets made, where the net may be gone by then.
whenRead(() => {
  isRead = true;
  drawList();
  for (const part of [
    import("./slides.js"),
    import("./hand-out.js"),
    import("./sheet-word.js"),
    loadLibrary(),
    loadZip(),
  ])
    part.catch(() => {});
});
const slides = /** @type {HTMLElement} */ (frame.querySelector("[data-kb-chieu]"));
slides.hidden = false;
slides.addEventListener("click", () =>
  import("./slides.js").then(
    ({ openShow }) => openShow(slides),
    () => notify(NOT_LOADED),
  ),
);
tools.setAttribute("role", "group");
tools.setAttribute("aria-label", "Dùng danh sách này");
said.setAttribute("role", "status");
// Its place is kept until it comes: nothing moves below the pointer that is the first sign of a reader.
code.dataset.kbQr = "";
code.append(make("figcaption", "", QR_WORDS));
code.hidden = !isPublic(page());
box.append(code, make("p", "kb-bo-chinh", slides), sheetTable(printOne, saveOne));
tools.append(
  button("Chép cho Word", () => withHandOut((tools, shown) => tools.copyHandOut(title(), shown))),
  button("Chép danh mục nguồn", () => withHandOut((tools, shown) => tools.copyCitations(shown))),
  button("Mã QR", () =>
    withCode(
      page(),
      async (qr) => qr.showDrawing(drawCode((await codeOfList()).code, QR_WORDS), QR_WORDS),
      "Danh sách",
    ),
  ),
  button("Gửi liên kết", share),
);
name.addEventListener("input", () => {
  if (!tray.choices.length) return;
  tray = { ...tray, title: name.value.trim() };
  if (isOwn) store.write(tray);
  showTitle();
  writeHere();
});
frame.append(
  notice,
  make("label", "kb-y-ten", "Tên tài liệu (không bắt buộc)", name),
  box,
  tools,
  said,
  make("div", "kb-to", note, starNote, list),
  soi,
  gone,
);
addEventListener("hashchange", open);
addEventListener("storage", ({ key }) => {
  if (!isOwn || (key !== store.name && key !== null)) return;
  tray = store.read();
  before = null;
  writeHere();
  show();
});
open();
