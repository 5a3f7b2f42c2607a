// Drafts as files: the text of a .docx or .txt, and the same .docx again with marks and comments, or one made of the text.
// Nothing leaves the browser. Zip by fflate, which is loaded when the first .docx comes or is made.

import { loadZip } from "./vendor.js";

/**
 * A mark: a stretch of the NFC text, and what is told of it.
 * @typedef {{start: number, end: number, note: string}} Note
 */
/** Where a stretch of text stands in a part of a .docx. @typedef {{start: number, node: Element, part: string}} Piece */
/** A .docx as read. @typedef {{text: string, files: Record<string, Uint8Array>, parts: Map<string, Document>, pieces: Piece[]}} Word */

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
const MAIN = "word/document.xml";
const RELATIONS_FILE = "word/_rels/document.xml.rels";
const TYPES_FILE = "[Content_Types].xml";
const COMMENTS_FILE = "word/comments.xml";
const READ = /^word\/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml$/;
const AUTHOR = "Kho văn bản";

// Limits, chosen by hand: a draft of 200 pages with pictures stays below them, a slow machine can still hold them.
const MEGABYTE = 1_000_000;
export const LIMITS = {
  file: 20 * MEGABYTE,
  unpacked: 150 * MEGABYTE,
  text: 40 * MEGABYTE,
  entries: 5000,
  letters: 3 * MEGABYTE,
};

/** Why a file or a text is not taken, in words for the reader. */
export class NotTaken extends Error {}

/** @param {number} bytes */
const inMegabytes = (bytes) => `${Math.max(1, Math.round(bytes / MEGABYTE))} MB`;

/**
 * Read a file: the text, and what a .docx needs to be written again.
 * @param {File} file @returns {Promise<{text: string, word: Word | null}>}
 */
export async function readDraft(file) {
  if (file.size > LIMITS.file)
    throw new NotTaken(
      `Tệp lớn ${inMegabytes(file.size)}, trang này nhận đến ${inMegabytes(LIMITS.file)}. Hãy bỏ bớt ảnh, hoặc dán chữ vào khung.`,
    );
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    await loadZip().catch(() => {
      throw new NotTaken(
        "Không tải được phần đọc tệp Word. Hãy kiểm tra đường mạng rồi chọn lại tệp, hoặc dán chữ vào khung.",
      );
    });
    const word = readWord(bytes);
    return { text: word.text, word };
  }
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    throw new NotTaken("Đây là tệp .doc kiểu cũ, hoặc tệp có mật khẩu. Hãy mở bằng Word rồi lưu thành .docx.");
  if (bytes[0] === 0x25 && bytes[1] === 0x50)
    throw new NotTaken("Đây là tệp PDF. Hãy lưu bản Word thành .docx, hoặc mở PDF rồi chép chữ dán vào khung.");
  return { text: decoded(bytes), word: null };
}

/** The text of a .txt: UTF-8, or UTF-16 as Windows writes it. @param {Uint8Array} bytes */
function decoded(bytes) {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(mark, { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
  } catch {
    throw new NotTaken(
      "Tệp này không phải chữ Unicode (có thể là phông TCVN3, VNI). Hãy mở bằng Word rồi lưu thành .docx.",
    );
  }
}

// ---- Reading a .docx ----

/** @param {Uint8Array} bytes @returns {Word} */
function readWord(bytes) {
  const files = unpack(bytes);
  if (!files[MAIN])
    throw new NotTaken("Tệp này không phải tệp Word (.docx). Hãy chọn tệp khác, hoặc dán chữ vào khung.");
  /** @type {Word} */
  const word = { text: "", files, parts: new Map(), pieces: [] };
  const names = Object.keys(files).filter((name) => READ.test(name));
  for (const name of names.sort((a, b) => Number(b === MAIN) - Number(a === MAIN))) readPart(word, name);
  return word;
}

/** @param {Uint8Array} bytes @returns {Record<string, Uint8Array>} */
function unpack(bytes) {
  let [size, count] = [0, 0];
  const damaged = "Tệp Word này hỏng hoặc không đọc được. Hãy mở bằng Word rồi lưu lại, hoặc dán chữ vào khung.";
  try {
    return globalThis.fflate.unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        size += originalSize;
        count += 1;
        const limit = READ.test(name) ? LIMITS.text : LIMITS.unpacked;
        if (originalSize > limit || size > LIMITS.unpacked || count > LIMITS.entries)
          throw new NotTaken(
            `Tệp này mở ra quá lớn (trên ${inMegabytes(Math.min(limit, LIMITS.unpacked))}). Hãy bỏ bớt ảnh, hoặc dán chữ vào khung.`,
          );
        return !name.endsWith("/");
      },
    });
  } catch (error) {
    throw error instanceof NotTaken ? error : new NotTaken(damaged);
  }
}

/** @param {Word} word @param {string} name */
function readPart(word, name) {
  const xml = new TextDecoder().decode(word.files[name]);
  const part = xml.includes("<!DOCTYPE") ? null : new DOMParser().parseFromString(xml, "application/xml");
  if (!part || part.querySelector("parsererror")) {
    if (name === MAIN) throw new NotTaken("Tệp Word này hỏng. Hãy mở bằng Word rồi lưu lại, hoặc dán chữ vào khung.");
    return;
  }
  word.parts.set(name, part);
  for (const paragraph of part.getElementsByTagNameNS(W, "p")) {
    if (paragraph.closest("Fallback")) continue; // the same words again, for old programs
    readParagraph(word, paragraph, name);
  }
  if (word.text.length > LIMITS.letters) throw new NotTaken(tooLong(word.text.length));
}

/** @param {number} letters */
export const tooLong = (letters) =>
  `Dự thảo dài ${Math.round(letters / 1000)} nghìn chữ, trang này nhận đến ${LIMITS.letters / 1000} nghìn. Hãy chia làm nhiều phần.`;

/** What stands for the marks that are no letters. @type {Record<string, string>} */
const MARKS = { tab: "\t", br: "\n", cr: "\n", noBreakHyphen: "-" };

/** @param {Word} word @param {Element} paragraph @param {string} part */
function readParagraph(word, paragraph, part) {
  const runs = paragraph.getElementsByTagNameNS(W, "r");
  for (const run of runs) {
    if (run.closest("p") !== paragraph || run.closest("del, moveFrom")) continue;
    for (const node of run.children) {
      if (node.namespaceURI !== W) continue;
      const words = node.localName === "t" ? (node.textContent ?? "") : (MARKS[node.localName] ?? "");
      if (!words) continue;
      word.pieces.push({ start: word.text.length, node, part });
      word.text += words;
    }
  }
  word.text += "\n\n";
}

// ---- Places in the text as read, and in its NFC form ----

/**
 * Where each UTF-16 unit of the NFC form of a text begins in the text itself, and its end; null where both are the same.
 * @param {string} text @returns {number[] | null}
 */
export function origins(text) {
  if (text === text.normalize("NFC")) return null;
  /** @type {number[]} */
  const places = [];
  for (const match of text.matchAll(/[^\p{M}]\p{M}*|\p{M}+/gu)) {
    for (let unit = match[0].normalize("NFC").length; unit > 0; unit -= 1) places.push(match.index);
  }
  return [...places, text.length];
}

// ---- Writing a .docx again, with marks ----

/** The same file with marks and comments. @param {Word} word @param {Note[]} notes @returns {Uint8Array} */
export function writeWord(word, notes) {
  const files = { ...word.files };
  const places = origins(word.text);
  const fresh = readAgain(word);
  const comments = openComments(fresh);
  for (const note of [...notes].sort((a, b) => b.start - a.start)) {
    const [start, end] = places ? [places[note.start], places[note.end]] : [note.start, note.end];
    markStretch(fresh, start, end, note.note, comments);
  }
  const writer = new XMLSerializer();
  const bytes = (/** @type {Document} */ part) =>
    globalThis.fflate.strToU8(withDeclaration(writer.serializeToString(part)));
  for (const [name, part] of fresh.parts) files[name] = bytes(part);
  if (comments.count) {
    files[COMMENTS_FILE] = bytes(comments.part);
    files[RELATIONS_FILE] = bytes(comments.relations);
    files[TYPES_FILE] = bytes(comments.types);
  }
  return globalThis.fflate.zipSync(files, { level: 6 });
}

/** @param {string} xml */
const withDeclaration = (xml) =>
  xml.startsWith("<?xml") ? xml : `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`;

/** A word file read once more, so that marks of an earlier download are not in it. @param {Word} word @returns {Word} */
function readAgain(word) {
  /** @type {Word} */
  const fresh = { text: "", files: word.files, parts: new Map(), pieces: [] };
  for (const name of word.parts.keys()) readPart(fresh, name);
  return fresh;
}

/** @typedef {{part: Document, relations: Document, types: Document, next: number, count: number}} Comments */

/** The comments of a file: those it has, else new ones, with what makes them known. @param {Word} word @returns {Comments} */
function openComments(word) {
  const parse = (/** @type {string} */ name, /** @type {string} */ empty) =>
    new DOMParser().parseFromString(
      word.files[name] ? new TextDecoder().decode(word.files[name]) : empty,
      "application/xml",
    );
  const part = parse(COMMENTS_FILE, `<w:comments xmlns:w="${W}"/>`);
  const relations = parse(RELATIONS_FILE, `<Relationships xmlns="${RELATIONS}"/>`);
  const types = parse(TYPES_FILE, `<Types xmlns="${TYPES}"/>`);
  const known = [...relations.documentElement.children];
  if (!known.some((row) => row.getAttribute("Type") === COMMENTS)) {
    const row = relations.createElementNS(RELATIONS, "Relationship");
    row.setAttribute("Id", "rIdKiemTraDuThao");
    row.setAttribute("Type", COMMENTS);
    row.setAttribute("Target", "comments.xml");
    relations.documentElement.append(row);
  }
  if (![...types.documentElement.children].some((row) => row.getAttribute("PartName") === `/${COMMENTS_FILE}`)) {
    const row = types.createElementNS(TYPES, "Override");
    row.setAttribute("PartName", `/${COMMENTS_FILE}`);
    row.setAttribute("ContentType", COMMENTS_TYPE);
    types.documentElement.append(row);
  }
  const ids = [...part.getElementsByTagNameNS(W, "comment")].map((row) => Number(row.getAttributeNS(W, "id")) || 0);
  return { part, relations, types, next: Math.max(0, ...ids) + 1, count: 0 };
}

/**
 * Mark a stretch and put a comment on it (headers and notes take none: there it is only marked).
 * @param {Word} word @param {number} start @param {number} end @param {string} note @param {Comments} comments
 */
function markStretch(word, start, end, note, comments) {
  /** @type {Element[]} */
  const runs = [];
  for (const piece of piecesIn(word, start, end)) {
    const length = piece.node.localName === "t" ? (piece.node.textContent ?? "").length : 1;
    const from = Math.max(0, start - piece.start);
    const to = Math.min(length, end - piece.start);
    const run = isolate(word, piece, from, to);
    highlight(run);
    runs.push(run);
  }
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last || word.parts.get(MAIN) !== first.ownerDocument) return;
  const id = String(comments.next++);
  comments.count += 1;
  const { ownerDocument: part } = first;
  const bound = (/** @type {string} */ name) => {
    const element = part.createElementNS(W, `w:${name}`);
    element.setAttributeNS(W, "w:id", id);
    return element;
  };
  first.before(bound("commentRangeStart"));
  const reference = part.createElementNS(W, "w:r");
  reference.append(bound("commentReference"));
  last.after(bound("commentRangeEnd"), reference);
  comments.part.documentElement.append(newComment(comments.part, id, note));
}

/** @param {Word} word @param {number} start @param {number} end */
function piecesIn(word, start, end) {
  let [low, high] = [0, word.pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (word.pieces[middle].start <= start) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let at = Math.max(0, low - 1); at < word.pieces.length && word.pieces[at].start < end; at += 1) {
    const { start: from, node } = word.pieces[at];
    const length = node.localName === "t" ? (node.textContent ?? "").length : 1;
    if (from + length > start) found.push(word.pieces[at]);
  }
  return found;
}

/**
 * Give a stretch of a piece a run of its own and return that; marks are set from the end of the text to its beginning, so
 * that what lies before stays the piece.
 * @param {Word} word @param {Piece} piece @param {number} from @param {number} to
 */
function isolate(word, piece, from, to) {
  const run = /** @type {Element} */ (piece.node.parentElement);
  const copy = () => {
    const made = /** @type {Element} */ (run.cloneNode(false));
    const look = [...run.children].find((child) => child.localName === "rPr");
    if (look) made.append(look.cloneNode(true));
    return made;
  };
  const behind = [...run.children].slice([...run.children].indexOf(piece.node) + 1);
  const [marked, after] = [copy(), copy()];
  const text = piece.node.textContent ?? "";
  if (piece.node.localName !== "t") marked.append(piece.node);
  else {
    if (to < text.length) after.append(newText(piece.node, text.slice(to)));
    const words = newText(piece.node, text.slice(from, to));
    marked.append(words);
    if (from > 0) {
      piece.node.textContent = text.slice(0, from);
      piece.node.setAttribute("xml:space", "preserve");
    } else piece.node.replaceWith();
    if (from === 0) word.pieces[word.pieces.indexOf(piece)] = { ...piece, node: words };
  }
  after.append(...behind);
  run.after(marked);
  if ([...after.children].some((child) => child.localName !== "rPr")) marked.after(after);
  if (![...run.children].some((child) => child.localName !== "rPr")) run.remove();
  return marked;
}

/** @param {Element} like @param {string} text */
function newText(like, text) {
  const made = like.ownerDocument.createElementNS(W, "w:t");
  made.setAttribute("xml:space", "preserve");
  made.textContent = text;
  return made;
}

/** What may only stand behind the highlight in the properties of a run (ECMA-376, CT_RPr). */
const BEHIND = new Set(
  "u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange".split(" "),
);

/** @param {Element} run */
function highlight(run) {
  const part = run.ownerDocument;
  let look = [...run.children].find((child) => child.localName === "rPr");
  if (!look) {
    look = part.createElementNS(W, "w:rPr");
    run.prepend(look);
  }
  for (const old of [...look.children].filter((child) => child.localName === "highlight")) old.remove();
  const mark = part.createElementNS(W, "w:highlight");
  mark.setAttributeNS(W, "w:val", "yellow");
  const next = [...look.children].find((child) => BEHIND.has(child.localName));
  if (next) next.before(mark);
  else look.append(mark);
}

/** @param {Document} part @param {string} id @param {string} note */
function newComment(part, id, note) {
  const element = (/** @type {string} */ name, /** @type {Record<string, string>} */ values = {}) => {
    const made = part.createElementNS(W, `w:${name}`);
    for (const [key, value] of Object.entries(values)) made.setAttributeNS(W, `w:${key}`, value);
    return made;
  };
  const comment = element("comment", { id, author: AUTHOR, initials: "KVB" });
  for (const line of note.split("\n")) {
    const [paragraph, run, text] = [element("p"), element("r"), element("t")];
    text.textContent = line;
    run.append(text);
    paragraph.append(run);
    comment.append(paragraph);
  }
  return comment;
}

// ---- A draft without a file as a .docx ----

/** What a .docx cannot hold of a text (the control characters that XML forbids); a blank keeps all places as they are. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is meant
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A text as a Word file with marks and comments: each line a paragraph. @param {string} text in NFC @param {Note[]} notes */
export async function writeText(text, notes) {
  const { toDocx } = await import("./word.js");
  const lines = text.replace(NOT_IN_XML, " ").split("\n");
  const blocks = lines.map((line) => ({ kind: /** @type {"text"} */ ("text"), runs: [{ text: line }] }));
  const word = readWord(await toDocx("Dự thảo có đánh dấu", blocks));
  // A paragraph is read with two line breaks behind it, where the text has one.
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const place = (/** @type {number} */ at) => at + breaks.filter((end) => end < at).length;
  return writeWord(
    word,
    notes.map(({ start, end, note }) => ({ start: place(start), end: place(end), note })),
  );
}
