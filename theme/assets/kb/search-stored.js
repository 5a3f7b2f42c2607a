// Full text in the site of files, where Pagefind cannot run: the same words of the same pages, stored at build time
// (scripts/dev_tools/stored_text.py) by first letter, and the texts by parts; each is read when it is asked for.
/** @import { Engine, Found, PageText } from "./search-full.js" */
/** @import { Word } from "./search-text.js" */

import { readData } from "./data.js";
import { hasAccents, words } from "./search-text.js";

/**
 * `thuMuc` are the numbers of the pages of each folder, `dai` how many words each page has, `phan` the first page of
 * each part of the texts, `chu` the first letters for which there are words.
 * @typedef {{thuMuc: Record<string, string>, dai: number[], phan: number[], chu: string}} Core
 */

const FOLDER = "tra-cuu/toan-van";
/** What a word counts that has other accents than those typed, and one of which only the beginning was typed. */
const OTHER_ACCENTS = 0.5;
const UNFINISHED = 0.5;
/** The usual values of BM25: how soon one more time counts no more, and how much a long page loses. */
const SATURATION = 1.2;
const LENGTH = 0.75;

/** @returns {Promise<Engine>} */
export async function openStored() {
  /** @type {Core} */
  const { thuMuc, dai, phan, chu } = await readData(`${FOLDER}/trang`);
  const average = dai.reduce((sum, length) => sum + length, 0) / dai.length;

  /** @param {number} number @returns {Promise<PageText>} */
  async function page(number) {
    const part = phan.filter((first) => first <= number).length - 1;
    return (await readData(`${FOLDER}/bai-${part}`))[number - phan[part]];
  }

  /** How often each page holds a word. @param {Word} asked @param {boolean} isLast */
  async function timesOf(asked, isLast) {
    /** @type {Map<number, number>} */
    const times = new Map();
    const letter = /^[a-z]/.test(asked.bare) ? asked.bare[0] : "0";
    /** @type {Record<string, number[]>} */
    const stored = chu.includes(letter) ? await readData(`${FOLDER}/tu-${letter}`) : {};
    for (const [word, pages] of Object.entries(stored)) {
      const [{ bare, full }] = words(word);
      if (!(isLast ? bare.startsWith(asked.bare) : bare === asked.bare)) continue;
      const weight =
        (bare === asked.bare ? 1 : UNFINISHED) * (full === asked.full || !hasAccents(asked.full) ? 1 : OTHER_ACCENTS);
      for (let at = 0; at < pages.length; at += 2)
        times.set(pages[at], (times.get(pages[at]) ?? 0) + weight * pages[at + 1]);
    }
    return times;
  }

  /** The pages that hold all words of a text, best first. @param {string} text */
  async function search(text) {
    const asked = words(text);
    const held = await Promise.all(asked.map((word, at) => timesOf(word, at === asked.length - 1)));
    const rarity = held.map(({ size }) => Math.log(1 + (dai.length - size + 0.5) / (size + 0.5)));
    /** @type {Found[]} */
    const results = [];
    for (const number of held[0]?.keys() ?? []) {
      if (!held.every((times) => times.has(number))) continue;
      const room = SATURATION * (1 - LENGTH + (LENGTH * dai[number]) / average);
      const score = held.reduce((sum, times, at) => {
        const count = times.get(number) ?? 0;
        return sum + (rarity[at] * count) / (count + room);
      }, 0);
      results.push({ id: String(number), score, data: () => page(number) });
    }
    return { results: results.sort((a, b) => b.score - a.score) };
  }

  return { pages: thuMuc, search };
}
