// The page that checks a draft: takes it in, shows what is to be looked at, gives it back with marks. All in this browser.
/** @import { Finding, Known } from "./draft-judge.js" */
/** @import { Word } from "./draft-files.js" */
/** @import { Advice } from "./draft-words.js" */

import { addressIn } from "./addresses.js";
import { copy, notify } from "./copy.js";
import { dataFault, readData } from "./data.js";
import { LIMITS, NotTaken, readDraft, tooLong, writeText, writeWord } from "./draft-files.js";
import { DraftChecker } from "./draft-judge.js";
import { adviceOn, noteOf, withState } from "./draft-words.js";
import { escaped, save } from "./files.js";
import { loadZip } from "./vendor.js";

/** @typedef {{finding: Finding, advice: Advice[]}} Place */

/** Milliseconds of work before the page may answer again: short enough to type on. */
const BUDGET = 25;
/** Letters of the draft shown around a place; chosen by hand. */
const AROUND = 140;
const NO_FILE = "chưa chọn tệp";

/** A page of the site: of a document, of a body. @param {string} id @param {string} [folder] */
const pageOf = (id, folder = "van-ban") => addressIn(`${folder}/${id}/`);

const form = /** @type {HTMLFormElement} */ (document.querySelector(".kb-du-thao"));
const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
const chosenName = /** @type {HTMLElement} */ (form.querySelector(".kb-du-thao-tep"));
const home = /** @type {HTMLSelectElement} */ (form.querySelector("select"));
const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
const output = /** @type {HTMLElement} */ (document.querySelector(".kb-du-thao-ra"));

/** The file whose text stands in the field, a .docx or not, with that text and its name. @typedef {{word: Word | null, text: string, name: string}} Loaded */
/** @type {Loaded | null} */
let loaded = null;
/** @type {Promise<DraftChecker> | undefined} */
let checker;
/** Each check has a number: only the last one shows what it finds. */
let asked = 0;
/** What the base calls the state of a document of which nothing must be known (publish/exports/draft_data.py). */
const IN_FORCE = "còn hiệu lực";

const NO_DATA = `Không kiểm tra được. ${dataFault("thử lại")}`;

function loadChecker() {
  checker ??= readData("kiem-tra-du-thao/kho")
    .catch(() => null)
    .then((data) => {
      if (!data) throw new NotTaken(NO_DATA);
      return new DraftChecker(data);
    });
  checker.catch(() => {
    checker = undefined;
  });
  return checker;
}

/** @param {unknown} error */
function tellFault(error) {
  const known = error instanceof NotTaken ? error.message : "";
  status.textContent =
    known || "Không kiểm tra được: trang này có lỗi. Hãy chép nội dung ra, tải lại trang rồi thử lại.";
  status.classList.add("kb-du-thao-loi");
  if (!known) throw error;
}

/** @param {string} words */
function tell(words) {
  status.textContent = words;
  status.classList.remove("kb-du-thao-loi");
}

// ---- Taking a draft in ----

/** What was found before does not stand beside another draft, nor beside why one was not taken. */
function clear() {
  asked += 1;
  output.hidden = true;
  output.replaceChildren();
}

/** Read a file into the field and check it. @param {File} chosen */
export async function take(chosen) {
  clear();
  const turn = asked;
  // The text of an earlier file would pass for that of this one; what was typed by hand stays.
  if (loaded?.text === field.value) field.value = "";
  loaded = null;
  chosenName.textContent = chosen.name;
  tell(`Đang đọc ${chosen.name}…`);
  try {
    const { text, word } = await readDraft(chosen);
    if (turn !== asked) return;
    field.value = text.trimEnd();
    loaded = { word, text: field.value, name: chosen.name };
  } catch (error) {
    if (turn === asked) tellFault(error);
    return;
  }
  await check().catch(tellFault);
}

/** Check what stands in the field. */
export const checkField = () => check().catch(tellFault);

form.addEventListener("reset", () => {
  clear();
  loaded = null;
  chosenName.textContent = NO_FILE;
  tell("");
});

/** Bring what a check needs, so that it runs although the net is gone by then: the data, and what reads a .docx. What
 * does not come is told by the check that lacks it; the next focus tries again. */
export const prepare = () =>
  Promise.all([loadChecker(), loadZip()]).then(
    () => {
      const isSilent = !asked && !status.textContent;
      if (isSilent || status.textContent === NO_DATA) tell("Sẵn sàng: từ đây ngắt mạng vẫn kiểm tra được.");
    },
    () => {},
  );

/** Let the page answer. */
const pause = () => new Promise((done) => setTimeout(done));

async function check() {
  clear();
  const turn = asked;
  const source = loaded?.text === field.value ? loaded : null;
  const draft = source?.word?.text ?? field.value;
  if (!draft.trim()) {
    tell("Chưa có gì để kiểm tra: hãy dán dự thảo hoặc chọn tệp.");
    field.focus();
    return;
  }
  if (draft.length > LIMITS.letters) throw new NotTaken(tooLong(draft.length));
  tell("Đang kiểm tra…");
  const known = await loadChecker();
  const found = await known.checkInSteps(draft, home.value, pause, BUDGET);
  if (turn !== asked) return;
  show(draft, found, known, source);
}

// ---- Showing what was found ----

/**
 * @template {keyof HTMLElementTagNameMap} K @param {K} name @param {Partial<HTMLElementTagNameMap[K]>} [values]
 * @param {...(Node | string)} children
 */
function make(name, values = {}, ...children) {
  const element = Object.assign(document.createElement(name), values);
  element.append(...children);
  return element;
}

/** @param {string} draft @param {Finding[]} found @param {DraftChecker} known @param {Loaded | null} source */
function show(draft, found, known, source) {
  const text = draft.normalize("NFC");
  const places = found
    .filter((finding) => finding.told.length)
    .map((finding) => ({ finding, advice: adviceOn(finding, known) }));
  const fine = found.filter((finding) => !finding.told.length);
  const numbers = found.filter((finding) => finding.number || finding.told.includes("thieu-ky-hieu")).length;
  const unsure = documentsOf(fine, known).filter((document) => document.state !== IN_FORCE).length;
  const words = places.length ? `${places.length} chỗ cần xem` : "Không thấy chỗ viết sai hay văn bản đã thay đổi";
  const rest = numbers
    ? `Tìm thấy ${numbers} số, ký hiệu văn bản; ${fine.length} số viết đúng` +
      (unsure ? `, trong đó ${unsure} văn bản kho chưa rõ hiệu lực: hãy xem bản gốc trước khi dẫn.` : ".")
    : "Không tìm thấy số, ký hiệu văn bản nào.";
  const heading = make("h2", { tabIndex: -1, textContent: words, id: "ket-qua" });
  output.replaceChildren(heading, make("p", { textContent: rest }));
  if (found.length) output.append(tools(text, places, fine, known, source));
  if (places.length) output.append(list(text, places));
  if (fine.length) output.append(fineOnes(fine, known));
  output.hidden = false;
  tell(`${words}. ${rest}`);
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
}

/** @param {string} text @param {Place[]} places */
function list(text, places) {
  /** @type {Map<string, {first: HTMLElement, again: string[]}>} */
  const same = new Map();
  const items = make("ol", { className: "kb-du-thao-cho" });
  for (const place of places) {
    const isName = !place.finding.number && !place.finding.documents.length && place.finding.right;
    const key = JSON.stringify([
      isName ? place.finding.right : place.finding.text, // what is told of one body under several names is told once
      place.finding.told,
      place.finding.documents,
      place.finding.word,
      place.finding.date,
    ]);
    const before = same.get(key);
    if (before) {
      before.again.push(key);
      before.first.append(sentence(text, place.finding, "kb-du-thao-lai"));
      continue;
    }
    const item = make("li", {}, sentence(text, place.finding, "kb-du-thao-cau"), ...place.advice.flatMap(adviceLines));
    same.set(key, { first: item, again: [] });
    items.append(item);
  }
  return items;
}

/** The sentence of a place, itself marked; of a long one what lies near. @param {string} text @param {Finding} finding @param {string} className */
function sentence(text, { start, end }, className) {
  const near = Math.max(0, start - AROUND);
  const begins = [...text.slice(near, start + 1).matchAll(/[.!?…;](?:\s+)(?=\p{Lu})|\n\s*\n/gu)].at(-1);
  const behind = /[.!?…;](?=\s+\p{Lu})|\n\s*\n|$/u.exec(text.slice(end, end + AROUND));
  const from = begins ? near + begins.index + begins[0].length : near;
  const to = end + (behind?.[0] ? behind.index + 1 : AROUND);
  const cutBefore = !begins && near > 0;
  const cutAfter = !behind?.[0] && to < text.length;
  const before = cutBefore ? text.slice(from, start).replace(/^\S*\s/u, "… ") : text.slice(from, start);
  const after = cutAfter ? text.slice(end, to).replace(/\s\S*$/u, " …") : text.slice(end, to);
  return make("p", { className }, before, make("mark", { textContent: text.slice(start, end) }), after.trimEnd());
}

/** @param {Advice} advice */
function adviceLines({ title, words, instead, documents, newer, page }) {
  const lines = [
    make("p", { className: "kb-du-thao-loi-o" }, make("strong", { textContent: `${title}.` }), ` ${words}`),
  ];
  if (instead) lines.push(make("p", { className: "kb-du-thao-nen" }, "Viết: ", make("b", { textContent: instead })));
  if (page) {
    const href = pageOf(page, "co-quan");
    lines.push(make("p", { className: "kb-du-thao-nen" }, make("a", { href, textContent: "Cơ quan này trong kho" })));
  }
  if (!documents.length) return lines;
  const named = documentList(documents);
  if (newer) named.append(make("li", {}, newer.lead, ...citation(newer.document)));
  return [...lines, named];
}

/** @param {Known[]} documents */
const documentList = (documents) =>
  make(
    "ul",
    { className: "kb-du-thao-van-ban" },
    ...documents.map((document) => make("li", {}, ...citation(document))),
  );

/** A document as it is cited, with what must be known of it, and a button that copies it. @param {Known} document */
function citation(document) {
  const link = make("a", { href: pageOf(document.id), textContent: document.cite ?? document.number });
  const state = document.state ? make("span", { className: "phu", textContent: ` (${document.state})` }) : "";
  const button = make("button", { type: "button", className: "kb-nut", textContent: "Chép cách dẫn" });
  button.setAttribute("aria-label", `Chép cách dẫn ${document.name ?? document.number}`);
  button.addEventListener("click", () => copy({ plain: document.cite ?? "" }, "Đã chép cách dẫn."));
  return [link, state, " ", button];
}

/** The documents of places of which nothing is told. @param {Finding[]} fine @param {DraftChecker} known */
const documentsOf = (fine, known) =>
  [...new Set(fine.flatMap((finding) => finding.documents))].flatMap((id) => known.ofId.get(id) ?? []);

/** @param {Finding[]} fine @param {DraftChecker} known */
function fineOnes(fine, known) {
  const summary = make("summary", { textContent: `${fine.length} số viết đúng: tình trạng và cách dẫn` });
  return make("details", { className: "kb-du-thao-on" }, summary, documentList(documentsOf(fine, known)));
}

// ---- Taking it away ----

/**
 * @param {string} text @param {Place[]} places @param {Finding[]} fine @param {DraftChecker} known
 * @param {Loaded | null} source
 */
function tools(text, places, fine, known, source) {
  const button = (/** @type {string} */ words, /** @type {() => unknown} */ act) => {
    const made = make("button", { type: "button", className: "kb-nut", textContent: words });
    made.addEventListener("click", act);
    return made;
  };
  const notes = places.map(({ finding, advice }) => ({
    start: finding.start,
    end: finding.end,
    note: noteOf(finding, advice),
  }));
  const copied = button("Chép danh sách", () =>
    copy(listToCopy(places, fine, known), "Đã chép danh sách. Dán vào Word bằng Ctrl+V."),
  );
  const name = source ? `danh-dau-${source.name.replace(/\.(?:docx|txt)$/i, "")}.docx` : "du-thao-danh-dau.docx";
  const saved = button("Tải dự thảo có đánh dấu (.docx)", async () => {
    try {
      save(source?.word ? writeWord(source.word, notes) : await writeText(text, notes), name);
    } catch (error) {
      notify("Không ghi được tệp Word có đánh dấu. Hãy thử lại, hoặc bấm Chép danh sách.");
      throw error;
    }
  });
  return make("p", { className: "kb-du-thao-hang" }, copied, notes.length ? saved : "");
}

/** @param {Place[]} places @param {Finding[]} fine @param {DraftChecker} known */
function listToCopy(places, fine, known) {
  const notes = [...new Set(places.map(({ finding, advice }) => noteOf(finding, advice)))];
  const cites = documentsOf(fine, known).map(withState);
  const lines = (/** @type {string[]} */ rows) =>
    rows.map((row) => `<li>${escaped(row).replaceAll("\n", "<br>")}</li>`).join("");
  const [head, tail] = [
    `${places.length} chỗ cần xem trong dự thảo`,
    "Số, ký hiệu viết đúng; tình trạng ghi trong ngoặc",
  ];
  const rest = cites.length ? `\n\n${tail}\n${cites.map((cite) => `- ${cite}`).join("\n")}` : "";
  return {
    plain: `${head}\n\n${notes.map((note, at) => `${at + 1}. ${note}`).join("\n\n")}${rest}`,
    html: `<p><b>${head}</b></p><ol>${lines(notes)}</ol>${cites.length ? `<p><b>${tail}</b></p><ul>${lines(cites)}</ul>` : ""}`,
  };
}
