// Provinces in a query: which are named, their names as one word each, and a theme that is asked for in one of them.
/** @import { Entry } from "./search-names.js" */
/** @import { Word } from "./search-text.js" */

import { EMPTY } from "./search-match.js";
import { hasAccents } from "./search-text.js";

/** A province named in a query: it stands at `at`, in `size` words. @typedef {{place: Entry, at: number, size: number}} NamedPlace */

/** Words beside the name of a province and of a theme that ask for nothing else. */
const BESIDE_THEME = new Set("tinh thanh pho tp cu moi co van ban nhung".split(" "));
/** So many words of a theme must be typed: "kỷ luật", not "kỷ". */
const THEME_WORDS = 2;

/** A word typed without accents may be any; with accents it is itself. @param {Word} typed @param {string} marked */
const isTypedAs = (typed, marked) => !hasAccents(typed.full) || typed.full === marked;

/** Finds provinces by any of their names, and themes beside them. */
export class Places {
  /** @param {Entry[]} places @param {Entry[]} themes */
  constructor(places, themes) {
    /** Themes with their names as the words that tell something. */
    this.themes = themes.map((theme) => ({ theme, lines: theme.lines.map((line) => telling(split(line), new Set())) }));
    /** Names as bare and as accented words, the longest first, by their first word. @type {Map<string, {place: Entry, bare: string[], full: string[]}[]>} */
    this.names = new Map();
    const all = places.flatMap((place) =>
      place.lines.map((line, at) => ({ place, bare: split(line), full: split(place.marked[at]) })),
    );
    for (const name of all.sort((a, b) => b.bare.length - a.bare.length)) {
      const known = this.names.get(name.bare[0]);
      if (known) known.push(name);
      else this.names.set(name.bare[0], [name]);
    }
  }

  /** The provinces whose names stand whole among words, in their order. @param {Word[]} list @returns {NamedPlace[]} */
  in(list) {
    const found = [];
    for (let at = 0; at < list.length; at += 1) {
      const name = this.names
        .get(list[at].bare)
        ?.find(({ bare, full }) =>
          bare.every((word, past) => list[at + past]?.bare === word && isTypedAs(list[at + past], full[past])),
        );
      if (!name) continue;
      found.push({ place: name.place, at, size: name.bare.length });
      at += name.bare.length - 1;
    }
    return found;
  }

  /**
   * The words with the name of each province as one: "bình thuận" is no part of "Bình Dương".
   * @param {Word[]} list @returns {Word[]}
   */
  joined(list) {
    const found = this.in(list);
    if (!found.length) return list;
    const out = [];
    for (let at = 0; at < list.length; at += 1) {
      const named = found.find((each) => each.at === at);
      out.push(named ? join(list.slice(at, at + named.size)) : list[at]);
      at += (named?.size ?? 1) - 1;
    }
    return out;
  }

  /**
   * "Bình Thuận có văn bản nào về cải cách hành chính": the province and the theme, where words ask for nothing else.
   * @param {Word[]} list without the words of a question
   * @returns {{place: Entry, theme: Entry} | null}
   */
  themeIn(list) {
    const [named, ...others] = this.in(list);
    if (!named || others.length) return null;
    const left = [...list.slice(0, named.at), ...list.slice(named.at + named.size)];
    const asked = telling(
      left.map(({ bare }) => bare),
      BESIDE_THEME,
    );
    if (asked.trim().split(" ").length < THEME_WORDS) return null;
    const [place] = named.place.lines;
    // "Học tập … Hồ Chí Minh" names a person.
    const found = this.themes.find(
      ({ lines }) => (lines[0].includes(asked) || lines.includes(asked)) && !lines.some((line) => line.includes(place)),
    );
    return found ? { place: named.place, theme: found.theme } : null;
  }
}

/** Words between blanks, without those that tell nothing. @param {string[]} list @param {Set<string>} others */
const telling = (list, others) => ` ${list.filter((word) => !EMPTY.has(word) && !others.has(word)).join(" ")} `;

/** @param {string} line */
const split = (line) => line.trim().split(" ");

/** @param {Word[]} list @returns {Word} */
const join = (list) => ({
  bare: list.map(({ bare }) => bare).join(" "),
  full: list.map(({ full }) => full).join(" "),
  start: list[0].start,
  end: list[list.length - 1].end,
  gap: list[0].gap,
  isCapital: list.every(({ isCapital }) => isCapital),
});
