// Mends slips of the pen: a word that is unknown, or has other accents, beside its neighbours in some name.
// Loaded after the first search.

import { bare, hasAccents, isNear, words } from "./search-text.js";

/** @typedef {import("./search-query.js").Query} Query */

export class Speller {
  /** @param {import("./search-names.js").Names} names */
  constructor(names) {
    this.names = names;
  }

  /** Words to correct slips with: fetched when first needed. @returns {Promise<Map<string, [string, number]>>} */
  spelling() {
    this.words ??= this.names.fetch("tu").then(({ tu }) => {
      const known = new Map();
      for (const [, word, count] of tu.matchAll(/(\S+) (\d+)/g)) if (!known.has(bare(word))) known.set(bare(word), [word, Number(count)]);
      return known;
    });
    return this.words;
  }

  /** The words of a query with its slips mended, '' if there is nothing to mend. @param {Query} query */
  async correct(query) {
    const known = await this.spelling();
    let changed = false;
    const shown = [];
    query.words.forEach((word, at) => {
      const typed = query.text.normalize("NFC").slice(word.start, word.end) || word.full;
      const better = /^\p{L}+$/u.test(word.bare) ? this.better(query.words, at, known) : "";
      changed ||= Boolean(better);
      shown.push(better || typed);
    });
    if (!changed) return "";
    const mended = words(shown.join(" "));
    return mended.map((word, at) => (query.accents || hasAccents(shown[at]) ? shown[at] : this.speltBeside(mended, at) || shown[at])).join(" ");
  }

  /** A better word for the one at a place: near in letters, and standing beside its neighbours in some name. */
  better(found, at, known) {
    const word = found[at];
    const accented = hasAccents(word.full);
    const right = known.get(word.bare);
    const beside = (candidate) => this.beside(found[at - 1]?.bare, candidate) + this.beside(candidate, found[at + 1]?.bare, true);
    if (right && !accented) {
      if (beside(word.bare) || right[1] > 2) return "";
    }
    if (right && accented) {
      const spelt = this.speltBeside(found, at);
      return spelt && spelt !== word.full && this.isUnknown(word.full) ? spelt : "";
    }
    let best = "";
    let weight = 0;
    for (const [candidate, [spelt, count]] of known) {
      if (candidate === word.bare || candidate.length < 2 || !isNear(candidate, word.bare)) continue;
      const value = beside(candidate) * 1e6 + count + (candidate[0] === word.bare[0] ? 20 : 0);
      if (value > weight) [best, weight] = [this.speltBeside(found, at, candidate) || spelt, value];
    }
    return best;
  }

  /** In how many names two words stand side by side. */
  beside(first, second) {
    if (!first || !second) return 0;
    const pair = ` ${first} ${second} `;
    let count = 0;
    for (const entry of this.names.entries) if (entry.lines.some((name) => name.includes(pair)) || entry.titleLine.includes(pair)) count += 1;
    return Math.min(count, 50);
  }

  /** How a word is spelt with accents in names where it stands beside its neighbour. */
  speltBeside(found, at, as = found[at].bare) {
    for (const [shift, pair] of [[1, ` ${found[at - 1]?.bare} ${as} `], [0, ` ${as} ${found[at + 1]?.bare} `]]) {
      for (const entry of this.names.entries) {
        const place = entry.lines.findIndex((name) => name.includes(pair));
        if (place < 0) continue;
        const before = entry.lines[place].slice(0, entry.lines[place].indexOf(pair)).split(" ").filter(Boolean).length;
        return entry.marked[place].trim().split(" ")[before + shift];
      }
    }
    return "";
  }

  isUnknown(word) {
    return !this.names.entries.some((entry) => entry.marked.some((name) => name.includes(` ${word} `)));
  }
}
