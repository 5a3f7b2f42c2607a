// How a filter matches what is typed: words by their beginnings; marks count where they are typed. Search compares more
// finely (search-text.js), but that is too much to load with a list.

/** A word: its letters without any marks, the same with those that make other letters (ă, ơ, đ), and its tone.
 * @typedef {{bare: string, shaped: string, tone: string}} Word */

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** A tone is read apart, since it stands on either vowel: hòa, hoà. @param {string} word @returns {Word} */
function read(word) {
  const letters = word.normalize("NFD").replaceAll("đ", "d\u0335");
  const tone = (letters.match(TONES) ?? []).join("");
  return { bare: letters.replace(/\p{M}/gu, ""), shaped: letters.replace(TONES, ""), tone };
}

/** The different words of a text; a digit beside a letter begins a new one. @param {string} text @returns {Word[]} */
export function wordsOf(text) {
  const plain = text.normalize("NFC").toLowerCase().replace(/ð/gu, "đ");
  return [...new Set(plain.match(/\p{L}+|\d+/gu) ?? [])].map(read);
}

/** @param {Word} wanted @param {boolean} whole @returns {(word: Word) => boolean} */
function matcher(wanted, whole) {
  const isMarked = wanted.shaped !== wanted.bare || wanted.tone !== "";
  return ({ bare, shaped, tone }) => {
    const [typed, told] = isMarked ? [wanted.shaped, shaped] : [wanted.bare, bare];
    const begins = whole ? typed === told : told.startsWith(typed);
    return begins && (!isMarked || wanted.tone === "" || wanted.tone === tone);
  };
}

/** Tell whether words hold all that was typed: the last by its beginning, since it may not be finished yet.
 * @param {Word[]} words @param {Word[]} typed */
export const holds = (words, typed) => typed.every((wanted, at) => words.some(matcher(wanted, at < typed.length - 1)));
