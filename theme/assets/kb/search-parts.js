// The index of names and numbers of a large base: which entries a query may mean, fetched in few small files. Made by
// scripts/knowledge_base/publish/exports/search_parts.py. Which of them it does mean, and which first, search-names.js
// says, as of all entries of a small base.
/** @import { Columns, Entry, Names } from "./search-names.js" */
/** @import { Query } from "./search-query.js" */

import { EMPTY } from "./search-match.js";

/**
 * Where the parts stand: how many entries there are and how many in a file, the provinces by rank (numbers of the column
 * `n`), of each file of documents its first number and rank, of each file of words its first word and its length.
 * @typedef {{tong: number, moiTep: number, hang: number[], so: [number, number][], chu: [string, number][]}} Directory
 */
/**
 * Entries of a file; `ban` are the bodies that issued them, `o` their places among all, where they do not follow on.
 * @typedef {{trang: Columns, ban: [string, string][], o?: number[]}} Part
 */
/** What is asked of the lists of words: a word or mark, what it counts, whether it is only begun. @typedef {{token: string, share: number, isBegun: boolean}} Sought */
/** Entries that a query may mean; `isWhole`: all documents of its numbers are among them. @typedef {{entries: Entry[], isWhole: boolean}} Gathered */

// What one query fetches and folds at most; chosen by hand, so that a first list takes less than 120 kB and a second on a
// slow machine. What stands on the first screens is among so many.
const FILES_OF_NUMBER = 8;
const FILES_OF_BEGUN = 3;
/** Characters of lists of words, about 30 kB packed; the shortest first, for seldom words tell most. */
const LENGTH_OF_WORDS = 60_000;
const FILES = 10;
const ENTRIES = 300;
/** Entries that hold less than this part of what the best one holds are not looked at. */
const WORTH = 0.4;
/** A province that became the one named, or that it became. */
const TIED = 0.9;
/** A syllable of a province: the place itself is asked for, but titles name it too. */
const OF_NAME = 0.3;
/** What a query surely means, before what shares words with it. */
const SURELY = 3;
/** Shorter beginnings of words tell nothing. */
const BEGUN = 2;

export class Parts {
  /** @param {Directory} directory @param {Names} names with the first part */
  constructor(directory, names) {
    this.directory = directory;
    this.names = names;
    this.first = [...names.entries];
    /** Entries by their places. @type {Map<number, Entry>} */
    this.known = new Map();
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
  }

  /** A part by its name, fetched once; after a failure the next call tries again. @param {string} name */
  file(name) {
    const known = this.files.get(name);
    if (known) return known;
    const read = this.names.read(name);
    this.files.set(name, read);
    read.catch(() => this.files.delete(name));
    return read;
  }

  /** What a query may mean. @param {Query} query @param {boolean} typing @returns {Promise<Gathered>} */
  async gather(query, typing) {
    const isNumbered = query.numbers.some(({ sure }) => sure);
    const byNumber = this.numbered(query);
    // Where a number is found, names only stand beside it.
    const isFound = isNumbered && (await byNumber).isWhole && (await byNumber).entries.length > 0;
    const [numbered, named] = await Promise.all([byNumber, isFound ? [] : this.holding(query, typing)]);
    const found = [...new Set([...numbered.entries, ...named])].sort((a, b) => a.at - b.at);
    return { entries: [...this.first, ...found], isWhole: numbered.isWhole };
  }

  /** All entries. */
  async all() {
    const files = [...Array(Math.ceil(this.directory.tong / this.directory.moiTep)).keys()];
    const found = await Promise.all(files.map((number) => this.entriesIn(number, null)));
    return [...this.first, ...found.flat()];
  }

  // ---- Documents by number ----

  /** @param {Query} query @returns {Promise<Gathered>} */
  async numbered(query) {
    const ranks = this.placesMeant(query).map(({ place }) => this.directory.hang.indexOf(place.at + 1));
    let isWhole = true;
    const found = await Promise.all(
      [...new Set(query.numbers.map(({ number }) => number))].map(async (number) => {
        let files = this.filesOf(number);
        if (files.length > FILES_OF_NUMBER) {
          isWhole &&= ranks.length > 0;
          const ofPlaces = ranks.flatMap((rank) => this.filesOf(number, rank));
          files = [...new Set([...ofPlaces, ...files.slice(0, FILES_OF_NUMBER)])].slice(0, 2 * FILES_OF_NUMBER);
        }
        const parts = await Promise.all(files.map((file) => this.file(`so-${file}`)));
        return parts.flatMap((/** @type {Part} */ part) =>
          (part.o ?? []).flatMap((at, row) => {
            const symbol = part.trang.kh?.[row];
            return symbol && symbol[0] === number ? [this.entryAt(at, part, row)] : [];
          }),
        );
      }),
    );
    return { entries: found.flat(), isWhole };
  }

  /** The files in which a number may stand, one place's only if its rank is given. @param {number} number @param {number} [rank] */
  filesOf(number, rank) {
    const { so } = this.directory;
    /** @param {[number, number]} first @param {boolean} orSame */
    const isBefore = ([each, eachRank], orSame) => {
      const order = each - number || (rank === undefined ? 0 : eachRank - rank);
      return order < 0 || (orSame && order === 0);
    };
    const from = Math.max(0, so.filter((first) => isBefore(first, false)).length - 1);
    const to = so.filter((first) => isBefore(first, true)).length;
    return [...Array(to).keys()].slice(from);
  }

  // ---- Entries by what they hold ----

  /** @param {Query} query @param {boolean} typing */
  async holding(query, typing) {
    const wordings = this.wordings(query, typing);
    const lists = await this.listsOf(wordings.flat());
    const votes = new Float32Array(this.directory.tong);
    for (const wording of wordings) {
      const held = new Float32Array(votes.length);
      for (const { token, share, isBegun } of wording) this.vote(held, lists, token, share, isBegun);
      held.forEach((value, at) => {
        if (value > votes[at]) votes[at] = value;
      });
    }
    const chosen = this.best(votes);
    const found = await Promise.all([...chosen].map(([file, places]) => this.entriesIn(file, places)));
    return found.flat();
  }

  /** What each variant of a query asks for, and a theme in a province. @param {Query} query @param {boolean} typing @returns {Sought[][]} */
  wordings(query, typing) {
    /** @param {string} token @param {number} [share] @returns {Sought} */
    const sought = (token, share = 1) => ({ token, share, isBegun: false });
    const places = this.placesMeant(query).map(({ place, share }) => sought(`@${place.id}`, share));
    const marks = [
      ...places,
      ...query.years.map((year) => sought(`=${year}`)),
      ...[...this.names.reader.typesIn(query.words)].map((type) => sought(`+${type}`)),
      ...query.numbers.map(({ number }) => sought(`#${number}`)),
    ];
    const wordings = query.variants.map((variant) => {
      const words = this.names.inQuery.joined(variant).flatMap(({ bare }, at, all) => {
        const isBegun = typing && at === all.length - 1;
        const syllables = bare.split(" ");
        if (syllables.length > 1) return syllables.map((each) => sought(each, OF_NAME));
        return EMPTY.has(bare) && !isBegun ? [] : [{ token: bare, share: 1, isBegun: isBegun && bare.length >= BEGUN }];
      });
      const isCentral = words.some(({ token }, at) => token === "trung" && words[at + 1]?.token === "uong");
      const [first, second] = variant;
      const begin = second
        ? [{ token: `^${first.bare} ${second.bare}`, share: 1, isBegun: typing && !variant[2] }]
        : [];
      return [...marks, ...words, ...begin, ...(isCentral ? [sought("@")] : [])];
    });
    const codes = [...(query.list?.typeCodes ?? [])].map((code) => sought(`&${code}`, SURELY));
    if (codes.length)
      wordings.push([...codes, ...[...(query.list?.codes ?? [])].map((code) => sought(`/${code}`, SURELY))]);
    const inPlace = this.names.themeInPlace(query);
    if (inPlace) {
      const ofPlace = places.map(({ token, share }) => sought(token, SURELY * share));
      const years = query.years.flatMap((year) => [sought(`=${year}`), sought(String(year))]);
      wordings.push([...ofPlace, sought(`*${inPlace.theme.id}`, SURELY), ...years]);
    }
    return wordings;
  }

  /** Provinces named, and those they became or that became them. @param {Query} query @returns {{place: Entry, share: number}[]} */
  placesMeant(query) {
    const named = this.names.placesNamed(query);
    const tied = this.names.places.filter(
      (place) =>
        !named.includes(place) && named.some((each) => each.placeNow === place || (place.placeNow ?? place) === each),
    );
    return [...named.map((place) => ({ place, share: 1 })), ...tied.map((place) => ({ place, share: TIED }))];
  }

  /** The lists of words and marks, as far as they are worth their length. @param {Sought[]} all @returns {Promise<Map<string, string>>} */
  async listsOf(all) {
    const { chu } = this.directory;
    const files = [...new Set(all.flatMap(({ token, isBegun }) => this.filesWith(token, isBegun)))];
    let length = 0;
    const worth = files
      .sort((a, b) => chu[a][1] - chu[b][1])
      .filter((file, at) => {
        length += chu[file][1];
        return !at || length <= LENGTH_OF_WORDS;
      });
    const parts = await Promise.all(worth.map((file) => this.file(`chu-${file}`)));
    return new Map(parts.flatMap((part) => Object.entries(part)));
  }

  /** @param {string} token @param {boolean} isBegun */
  filesWith(token, isBegun) {
    const { chu } = this.directory;
    const from = Math.max(0, chu.filter(([first]) => first <= token).length - 1);
    const more = isBegun ? chu.slice(from + 1).filter(([first]) => first.startsWith(token)).length : 0;
    return [...Array(Math.min(more + 1, FILES_OF_BEGUN)).keys()].map((past) => from + past);
  }

  /**
   * Count a word or mark for the entries that hold it, the more the fewer they are.
   * @param {Float32Array} votes @param {Map<string, string>} lists @param {string} token @param {number} share @param {boolean} isBegun
   */
  vote(votes, lists, token, share, isBegun) {
    const words = isBegun ? [...lists.keys()].filter((word) => word.startsWith(token)) : [token];
    const held = words.flatMap((word) => lists.get(word) ?? []).map(readList);
    if (!held.length) return;
    const places = held.length > 1 ? new Set(held.flatMap((each) => each.places)) : held[0].places;
    const count = held.reduce((sum, each) => sum + each.count, 0);
    const weight = share * Math.log(1 + votes.length / count);
    for (const at of places) votes[at] += weight;
  }

  /** The places that most speaks for, by files. @param {Float32Array} votes @returns {Map<number, number[]>} */
  best(votes) {
    const most = votes.reduce((best, value) => Math.max(best, value), 0);
    /** @type {number[]} */
    const worth = [];
    votes.forEach((value, at) => {
      if (value && value >= WORTH * most) worth.push(at);
    });
    worth.sort((a, b) => votes[b] - votes[a] || a - b);
    /** @type {Map<number, number[]>} */
    const chosen = new Map();
    let count = 0;
    for (const at of worth) {
      const file = Math.floor(at / this.directory.moiTep);
      const places = chosen.get(file);
      if (count >= ENTRIES) break;
      if (!places && chosen.size >= FILES) continue;
      if (places) places.push(at);
      else chosen.set(file, [at]);
      count += 1;
    }
    return chosen;
  }

  // ---- Entries ----

  /** Entries of a file, all if no places are given. @param {number} file @param {number[] | null} places */
  async entriesIn(file, places) {
    /** @type {Part} */
    const part = await this.file(`dong-${file}`);
    const from = file * this.directory.moiTep;
    return (places ?? part.trang.k.map((_, row) => from + row)).map((at) => this.entryAt(at, part, at - from));
  }

  /** @param {number} at @param {Part} part @param {number} row @returns {Entry} */
  entryAt(at, part, row) {
    const known = this.known.get(at);
    if (known) return known;
    const { names } = this;
    const entry = names.entryOf(part.trang, names.kinds[part.trang.k[row]], row, this.first.length + at);
    const issuers = part.ban.map(([id, name]) => ({ id, name }));
    names.finish(entry, part.trang, row, issuers);
    names.entries.push(entry);
    names.byKey.set(`${entry.kind.id}/${entry.id}`, entry);
    this.known.set(at, entry);
    return entry;
  }
}

/** "1 4 2" → places, each so much behind the one before; "20000: 1 4" tells how many there are. @param {string} list */
function readList(list) {
  const [told, rest] = list.includes(":") ? list.split(": ") : ["", list];
  let at = -1;
  const places = rest.split(" ").map((step) => {
    at += Number.parseInt(step, 36);
    return at;
  });
  return { places, count: Number(told) || places.length };
}
