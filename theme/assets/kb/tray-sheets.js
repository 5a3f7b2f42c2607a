// The chosen statements on paper, with the sheets that the pack of a theme has: what of them fits on one page, in large
// print, as a checklist. Style in kb-packs.css.

import { addressIn, publicAddress } from "./addresses.js";
import { tellAddress } from "./sheets.js";

/** @typedef {import("./tray-page.js").Statement} Statement */

/** The sheets by the names that printSheet and saveSheet know; "ca": all statements in letters of the usual size. */
const SHEETS = [
  ["mot-trang", "Tờ phát tay, một trang A4"],
  ["chu-lon", "Tờ chữ lớn, đủ mọi ý"],
  ["tu-soi", "Bảng tự soi, tự sửa"],
  ["ca", "Cả danh sách"],
];
/** Letters of a title in a line of the head; lines that the note of a list takes beyond that of a theme. Both tried in
 * LibreOffice with letters as wide as those of Times New Roman. */
const TITLE_IN_LINE = 36;
const NOTE_LINES = 1;
/** Lines that it takes to say that a paragraph has changed. */
const CHANGED_LINES = 2;

/** An element with what it holds. @param {string} tag @param {string} className @param {(string | Node)[]} inside */
export function make(tag, className, ...inside) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

/** The buttons for all sheets. @param {(name: string) => void} onPrint @param {(name: string) => void} onSave */
export function sheetTable(onPrint, onSave) {
  const rows = SHEETS.map(([name, words]) => {
    const head = Object.assign(make("th", "", words), { scope: "row" });
    const buttons = /** @type {const} */ ([
      ["In", onPrint],
      ["Tải tệp Word", onSave],
    ]).map(([label, act]) => {
      const button = Object.assign(make("button", "kb-nut", label), { type: "button" });
      button.setAttribute("aria-label", `${label}: ${words.toLowerCase()}`);
      button.addEventListener("click", () => act(name));
      return make("td", "", button);
    });
    return make("tr", "", head, ...buttons);
  });
  return make("table", "", make("caption", "kb-an", "Các tờ in và tệp Word"), make("tbody", "", ...rows));
}

/**
 * Which statements one page holds: in order, as long as they fit, at least one (as packs/choice.py chooses them).
 * @param {{said: Statement, isChanged: boolean}[]} all @param {string} page its lines, letters in a line of an address and its
 * height, as packs/paper.py counts @param {string} title
 */
export function fitting(all, page, title) {
  const [lines, inLine, line] = page.split(" ").map(Number);
  let left = lines - NOTE_LINES - Math.ceil(title.length / TITLE_IN_LINE) + 1;
  return all.map(({ said, isChanged }, at) => {
    const address = Math.ceil(publicAddress(addressIn(said.address)).length / inLine) * line;
    const height = said.lines + address + (isChanged ? CHANGED_LINES : 0);
    if (at && height > left) return false;
    left -= height;
    return true;
  });
}

/** What a page says of those that it holds. @param {boolean[]} fits */
export function fitWords(fits) {
  const number = fits.filter(Boolean).length;
  return number === fits.length
    ? ""
    : ` Tờ một trang A4 có ${number} trong ${fits.length} ý, lần lượt từ trên xuống, ý nào còn vừa thì lấy; còn ` +
        `${fits.length - number} ý nữa ở tờ chữ lớn và ở danh sách đầy đủ.`;
}

/** The source of a statement as its sheet has it. @param {Statement} said @param {string} star */
const sourceWords = ({ paper, starred }, star) => [paper, ...(starred ? ["\u00a0", make("span", "y-sao", star)] : [])];

/** The line below a statement on paper, with its whole address or how to find it. @param {Statement} said @param {string} star */
export function paperLine(said, star) {
  const link = Object.assign(document.createElement("a"), { href: addressIn(said.address), textContent: "Xem đoạn" });
  link.dataset.tim = said.look_up;
  tellAddress(link);
  return make("p", "y-giay", ...sourceWords(said, star), " ", link);
}

/** A table to tick. @param {Statement[]} all @param {string[]} columns @param {string} star */
export function checkTable(all, columns, star) {
  const heads = ["TT", "Nội dung", ...columns].map((words) => Object.assign(make("th", "", words), { scope: "col" }));
  const rows = all.map((said, at) => {
    const speaker = said.speaker ? [make("b", "y-ai", `${said.speaker}:`), " "] : [];
    const source = make("span", "phu", make("span", "chi-in", ...sourceWords(said, star)));
    const words = make("td", "", ...speaker, said.words, make("br", ""), source);
    const empty = columns.map(() => make("td", ""));
    return make("tr", "", make("td", "", `${at + 1}`), words, ...empty);
  });
  const caption = make("caption", "", "Đối chiếu với từng ý: đánh dấu vào ô, ghi điều sẽ sửa và hạn");
  const head = make("thead", "", make("tr", "", ...heads));
  return make("table", "kb-soi", caption, head, make("tbody", "", ...rows));
}
