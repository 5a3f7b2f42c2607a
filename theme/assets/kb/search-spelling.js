// Mends slips of the pen: a word that is unknown, or has other accents, beside its neighbours in some name.
// Loaded after the first search.
/** @import { Names } from "./search-names.js" */
/** @import { Query } from "./search-query.js" */
/** @import { Word } from "./search-text.js" */

import { bare, hasAccents, isNear, line, words } from "./search-text.js";

/**
 * The words of the base: bare word → how it is spelt most often, and how often; where seldom words stand, bare.
 * @typedef {{words: Map<string, [string, number]>, around: string}} Spelling
 */

/** A word seen more often than this is right as it stands, also beside words it was never seen with (SELDOM in
 * publish/exports/search_names.py). */
const SEEN_OFTEN = 2;
/** Standing beside the neighbours typed decides, before how often a word is seen (no word is seen a million times). */
const BESIDE = 1e6;
/** More names with the same two words side by side tell nothing more. */
const MOST_NAMES = 50;
/** The first letter is seldom mistyped: it counts like this many more times seen. */
const SAME_INITIAL = 20;
/** What the letters give by Telex goes before other near words, but not before what stands beside its neighbours. */
const AS_TYPED = 1e5;

export class Speller {
  /** @param {Names} names */
  constructor(names) {
    this.names = names;
    /** @type {Promise<Spelling> | undefined} */
    this.words = undefined;
  }

  /** Words to correct slips with: fetched when first needed. */
  spelling() {
    this.words ??= this.names.read("tu").then(({ tu, canh }) => readSpelling(tu, canh));
    return this.words;
  }

  /** The words of a query with its slips mended, "" if there is nothing to mend. @param {Query} query */
  async correct(query) {
    const known = await this.spelling();
    const better = query.words.map((word, at) =>
      /^\p{L}+$/u.test(word.bare) ? this.better(query.words, at, known) : "",
    );
    if (!better.some(Boolean)) return "";
    const shown = query.words.map(
      (word, at) => better[at] || query.text.normalize("NFC").slice(word.start, word.end) || word.full,
    );
    const mended = words(shown.join(" "));
    return mended
      .map((_, at) => (query.accents || hasAccents(shown[at]) ? shown[at] : this.speltBeside(mended, at) || shown[at]))
      .join(" ");
  }

  /**
   * A better word for the one at a place, near in letters and standing beside its neighbours in some name; "" if none is.
   * @param {Word[]} found @param {number} at @param {Spelling} known
   */
  better(found, at, known) {
    const word = found[at];
    const right = known.words.get(word.bare);
    /** @param {string} candidate */
    const beside = (candidate) =>
      this.beside(found[at - 1]?.bare, candidate) + this.beside(candidate, found[at + 1]?.bare);
    if (right && hasAccents(word.full)) {
      const spelt = this.speltBeside(found, at);
      if (spelt) return spelt !== word.full && this.isUnknown(word.full) ? spelt : "";
    }
    // What the texts say is no slip, however seldom they say it: "từ chối" stands there, so "tu choi" is not "tư chi".
    const isSaid = [found[at - 1]?.bare, found[at + 1]?.bare].some(
      (next, side) => next && known.around.includes(side ? ` ${word.bare} ${next} ` : ` ${next} ${word.bare} `),
    );
    if (right && (right[1] > SEEN_OFTEN || isSaid || beside(word.bare))) return "";
    const typed = fromTelex(word.bare);
    let best = "";
    let weight = 0;
    for (const [candidate, [spelt, count]] of known.words) {
      if (candidate === word.bare || candidate.length < 2 || (candidate !== typed && !isNear(candidate, word.bare)))
        continue;
      const named = beside(candidate);
      if (right && !named) continue;
      const value =
        named * BESIDE +
        count +
        (candidate[0] === word.bare[0] ? SAME_INITIAL : 0) +
        (candidate === typed ? AS_TYPED : 0);
      if (value > weight) [best, weight] = [this.speltBeside(found, at, candidate) || spelt, value];
    }
    return best;
  }

  /**
   * In how many names two words stand side by side.
   * @param {string | undefined} first @param {string | undefined} second
   */
  beside(first, second) {
    if (!first || !second) return 0;
    const pair = ` ${first} ${second} `;
    const named = this.names.entries.filter(
      (entry) => entry.lines.some((name) => name.includes(pair)) || entry.titleLine.includes(pair),
    );
    return Math.min(named.length, MOST_NAMES);
  }

  /**
   * How a word is spelt with accents in names where it stands beside its neighbour; "" if in none.
   * @param {Word[]} found @param {number} at @param {string} as the word to look for there
   */
  speltBeside(found, at, as = found[at].bare) {
    for (const [shift, pair] of /** @type {[number, string][]} */ ([
      [1, ` ${found[at - 1]?.bare} ${as} `],
      [0, ` ${as} ${found[at + 1]?.bare} `],
    ])) {
      for (const entry of this.names.entries) {
        const place = entry.lines.findIndex((name) => name.includes(pair));
        if (place < 0) continue;
        const before = entry.lines[place].slice(0, entry.lines[place].indexOf(pair)).split(" ").filter(Boolean).length;
        return entry.marked[place].trim().split(" ")[before + shift];
      }
    }
    return "";
  }

  /** @param {string} word */
  isUnknown(word) {
    return !this.names.entries.some((entry) => entry.marked.some((name) => name.includes(` ${word} `)));
  }
}

/**
 * A word typed by Telex on a machine that did not make letters of it ("luaajt", "ddaf"), without accents: no syllable
 * ends in a tone's letter, and doubled letters and w only mark vowels and đ.
 * @param {string} word
 */
const fromTelex = (word) =>
  word
    .replace(/(?<=[aeiouyw][a-z]*)[sfrxj]/g, "")
    .replace(/([aeod])\1/g, "$1")
    .replaceAll("w", "");

/**
 * @param {string} listed "kỷ 12 luật 9", the most frequent first
 * @param {string} around "từ chối tiếp . một âm mưu" @returns {Spelling}
 */
function readSpelling(listed, around) {
  /** @type {Spelling["words"]} */
  const known = new Map();
  for (const [, word, count] of listed.matchAll(/(\S+) (\d+)/g)) {
    if (!known.has(bare(word))) known.set(bare(word), [word, Number(count)]);
  }
  return { words: known, around: around.split(" . ").map(line).join("") };
}
