// What can be done with a list of statements (ol.kb-y: the tray, the packs): copy it for Word, save it as a Word file,
// copy its sources, print it. Loaded when one of these is asked for.

import { publicAddress } from "./addresses.js";
import { copy, notify } from "./copy.js";
import { fileName, save } from "./files.js";
import { toClipboard } from "./office.js";
import { drawPicture } from "./qr-shown.js";

/** @typedef {import("./office.js").Block} Block */
/** A statement as its list shows it. @typedef {{words: string, source: string, href: string, mark: string, isVerbatim: boolean, isChanged: boolean}} Shown */

const NOTE = "Tóm lược của kho, không phải nguyên văn; không thay cho văn bản gốc.";
const NOTE_MIXED = "Tóm lược của kho, không phải nguyên văn, trừ chỗ ghi “nguyên văn”; không thay cho văn bản gốc.";
const NOTE_VERBATIM = "Nguyên văn bài đăng; không thay cho văn bản gốc.";

/** @param {string} text */
const squeeze = (text) => text.replace(/\s+/g, " ").trim();

/** The statements of a list. @param {Element} list @returns {Shown[]} */
export function readList(list) {
  return [...list.querySelectorAll("li[data-y]")].map((item) => {
    const line = /** @type {Element} */ (
      item.querySelector(".y-nguon")?.cloneNode(true) ?? document.createElement("p")
    );
    const href = item.querySelector(".y-nguon a[href]");
    const mark = squeeze(line.querySelector(".y-tinh-trang")?.textContent ?? "");
    const isVerbatim = line.querySelector(".y-nguyen-van") !== null;
    for (const other of line.querySelectorAll("a, button, .y-tinh-trang, .y-nguyen-van, .y-sao")) other.remove();
    return {
      words: squeeze(item.querySelector(".y-loi")?.textContent ?? ""),
      source: squeeze(line.textContent ?? ""),
      href: href instanceof HTMLAnchorElement ? publicAddress(href.href) : "",
      mark,
      isVerbatim,
      isChanged: item.querySelector(".y-doi") !== null,
    };
  });
}

/** The sources of statements, each once, in order, with an address: of the paragraph, of the page for several.
 * @param {Shown[]} shown */
function sourcesOf(shown) {
  /** @type {Map<string, {number: number, href: string, mark: string}>} */
  const sources = new Map();
  for (const { source, href, mark } of shown) {
    const known = sources.get(source);
    if (!known) sources.set(source, { number: sources.size + 1, href, mark });
    else if (known.href !== href) known.href = known.href.split("#")[0];
  }
  return sources;
}

/** @param {Shown[]} shown */
const noteOf = (shown) =>
  shown.every((s) => s.isVerbatim) ? NOTE_VERBATIM : shown.some((s) => s.isVerbatim) ? NOTE_MIXED : NOTE;

/** The lines of a list of sources. @param {Shown[]} shown @returns {Block[]} */
function citationBlocks(shown) {
  return [...sourcesOf(shown)].map(([source, { number, href, mark }]) => ({
    kind: "source",
    runs: [{ text: `[${number}] ${source} ${mark ? `${mark} ` : ""}` }, { text: href, href }],
  }));
}

/** A list as a document: its title, the statements with numbered references, the sources, whose words these are.
 * @param {string} title @param {Shown[]} shown @returns {Block[]} */
function handOutBlocks(title, shown) {
  const sources = sourcesOf(shown);
  const statements = shown.map(({ words, source, href, isVerbatim, isChanged }) => {
    const notes = [isVerbatim && "nguyên văn", isChanged && "đoạn đã sửa sau khi lập danh sách"].filter(Boolean);
    const reference = { text: `[${sources.get(source)?.number}]`, href };
    return {
      kind: /** @type {"numbered"} */ ("numbered"),
      runs: [{ text: `${words}${notes.length ? ` (${notes.join("; ")})` : ""} ` }, reference],
    };
  });
  return [
    { kind: "title", runs: [{ text: title }] },
    ...statements,
    { kind: "heading", runs: [{ text: "Nguồn" }] },
    ...citationBlocks(shown),
    { kind: "note", runs: [{ text: noteOf(shown) }] },
  ];
}

/** Copy a list of statements with its sources. @param {string} title @param {Shown[]} shown */
export const copyHandOut = (title, shown) =>
  copy(toClipboard(handOutBlocks(title, shown)), `Đã chép ${shown.length} ý và nguồn. Dán vào Word bằng Ctrl+V.`);

/** Copy the sources of a list alone. @param {Shown[]} shown */
export const copyCitations = (shown) =>
  copy(toClipboard(citationBlocks(shown)), "Đã chép danh mục nguồn. Dán vào Word bằng Ctrl+V.");

/**
 * Save a list as a Word file.
 * @param {string} title @param {Shown[]} shown @param {import("./qr.js").Code | undefined} code what follows the sources @param {string} lacks what is told of it
 */
export async function saveHandOut(title, shown, code, lacks = "") {
  try {
    const { toDocx } = await import("./word.js");
    const words = "Quét để mở danh sách này trên điện thoại";
    /** @type {Block[]} */
    const more = code ? [await drawPicture(code, words), { kind: "note", runs: [{ text: `${words}.` }] }] : [];
    save(await toDocx(title, [...handOutBlocks(title, shown), ...more]), `${fileName(title)}.docx`);
    notify(`Đã tạo tệp Word. Tệp nằm trong thư mục tải về. ${lacks}`.trim());
  } catch {
    notify("Không tạo được tệp Word. Hãy tải lại trang rồi thử lại, hoặc dùng “Chép cho Word”.");
  }
}
