// Vietnamese text as search compares it. Knows nothing of pages, indexes or the screen.

/**
 * A word of a text. `bare` has no accents and one spelling (đ as d, kỉ as ky), `full` keeps the accents; `start` and
 * `end` count UTF-16 units of the NFC text, `gap` is what stands between the word before and this one; `isCapital`: all
 * of it is written in capitals; `isName`: it begins with one.
 * @typedef {{bare: string, full: string, start: number, end: number, gap: string, isCapital: boolean, isName: boolean}} Word
 */

/** The tone on the second vowel, as many write it, to that on the first. @type {Record<string, string>} */
export const LATE = {
  oà: "òa",
  oá: "óa",
  oả: "ỏa",
  oã: "õa",
  oạ: "ọa",
  oè: "òe",
  oé: "óe",
  oẻ: "ỏe",
  oẽ: "õe",
  oẹ: "ọe",
  uỳ: "ùy",
  uý: "úy",
  uỷ: "ủy",
  uỹ: "ũy",
  uỵ: "ụy",
};
export const LATE_TONE = new RegExp(`(?<!q)(?:${Object.keys(LATE).join("|")})(?![\\p{L}])`, "gu");
/** A lone i at the end of a syllable is written y as well: kỉ luật, kỷ luật. @type {Record<string, string>} */
export const Y_FOR_I = { i: "y", ì: "ỳ", ỉ: "ỷ", ĩ: "ỹ", í: "ý", ị: "ỵ" };
const LONE_I = /^([hklmst]|qu)([iìỉĩíị])$/u;
const WORD = /\p{L}+|\d{1,3}(?:\.\d{3})+(?!\d)|\d+/gu;

/** One form for look-alike letters. @param {string} text */
export const nfc = (text) => text.normalize("NFC").replace(/[ÐƉ]/g, "Đ").replace(/[ðɖ]/g, "đ");

/** Lower case, one tone placement, y for a lone i; accents kept. @param {string} word */
export const full = (word) =>
  nfc(word)
    .toLowerCase()
    .replace(LATE_TONE, (late) => LATE[late])
    .replace(LONE_I, (_, head, i) => head + Y_FOR_I[i]);

/** The same without accents. @param {string} word */
export const bare = (word) =>
  full(word).normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replace(LONE_I, "$1y");

/** Accents gone, spelling kept: what addresses are made of. @param {string} text */
export const plain = (text) => nfc(text).toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");

/** @type {Map<string, {bare: string, full: string}>} */
const known = new Map();

/** Vietnamese has few different words: each is worked out once. @param {string} word */
function formsOf(word) {
  const forms = known.get(word) ?? { bare: bare(word).replaceAll(".", ""), full: full(word).replaceAll(".", "") };
  known.set(word, forms);
  return forms;
}

/**
 * The words of a text. A letter next to a digit begins a new word (ct34); thousands are one number (2.715).
 * @param {string} text @returns {Word[]}
 */
export function words(text) {
  const clean = nfc(text);
  const found = [];
  let end = 0;
  for (const match of clean.matchAll(WORD)) {
    const start = match.index;
    const forms = formsOf(match[0]);
    found.push({
      bare: forms.bare,
      full: forms.full,
      start,
      end: start + match[0].length,
      gap: clean.slice(end, start),
      isCapital: match[0] === match[0].toUpperCase(),
      isName: /^\p{Lu}/u.test(match[0]),
    });
    end = start + match[0].length;
  }
  return found;
}

/** The bare words of a text between blanks, ready for `includes(" word ")`. @param {string} text */
export const line = (text) =>
  ` ${words(text)
    .map((word) => word.bare)
    .join(" ")} `;

/** The same with accents. @param {string} text */
export const fullLine = (text) =>
  ` ${words(text)
    .map((word) => word.full)
    .join(" ")} `;

/** Whether a text holds Vietnamese marks. @param {string} text */
export const hasAccents = (text) => /[đĐ]|\p{M}/u.test(text.normalize("NFD"));

/**
 * Whether two words differ by one letter at most: one changed, lost, added, or two neighbours swapped.
 * @param {string} a @param {string} b
 */
export function isNear(a, b) {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1)) return true;
  return restA.length > 1 && restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
