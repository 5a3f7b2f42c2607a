// The small index of names and numbers: what it holds, and which entries a query means, best first.
// Made by scripts/knowledge_base/publish/exports/search_names.py; read in parts, the most needed first.
/** @import { Directory, Gathered } from "./search-parts.js" */
/** @import { Grammar, Query } from "./search-query.js" */
/** @import { Word } from "./search-text.js" */

import {
  BESIDE,
  CLEAR,
  EMPTY,
  ENTRY_IN_PLACE,
  ENTRY_OF_YEAR,
  FIRST_IN_PLACE,
  FORMER_LOSS,
  FULL_RANK_FROM,
  HEADLINE_LOSS,
  LENGTH_LOSS,
  LENGTH_OF_STEP,
  MEANT,
  MOST_CARRIED_OVER,
  MOST_SUCCESSORS,
  OF_YEAR,
  OTHER_IN_PLACE,
  OTHER_NAME_LOSS,
  PLACE_MEANT,
  PLACE_OF_THEME,
  STEP_IN_PLACE,
  THEME_OF_PLACE,
  TITLE_BELOW,
  TITLE_BEST,
  TITLE_IS,
  TITLE_LOSS,
  TYPE_NAMED,
  VARIANT_LOSS,
  WEAK_RANK,
  coverage,
  isOfOtherPlace,
  isNamed,
  mostlyTold,
  subjectOf,
  tierOf,
  unlike,
} from "./search-match.js";
import { findNumbers, isTelling } from "./search-numbers.js";
import { Parts } from "./search-parts.js";
import { Places } from "./search-places.js";
import { QueryReader, indexOf } from "./search-query.js";
import { fullLine, line, plain, words } from "./search-text.js";

/**
 * A kind of page, one row of publish/pages/kinds.py: `id` is the folder of its pages, `rank` (0 … 1) goes before
 * others that answer as well, `entity` says what its pages are of ("document", "body", "theme", "province",
 * "article", "site": the site's own pages, whose id is their address, else "").
 * @typedef {{id: string, name: string, rank: number, entity: string}} PageKind
 */
/**
 * One page of the knowledge base. `lines` and `marked` are its names as bare and as accented words between blanks,
 * `titleLine` and `titleMarked` its title, `context` and `contextMarked` what surrounds it (place, year, type, issuer);
 * `symbol` is number, year, place of the type's code and of the issuer's code in their tables (from 1; 0: none);
 * `state` is what must be known before a document is cited (`grave`: it is not what it was);
 * `next` are ids of successors, each with the reason to show it.
 * @typedef {{kind: PageKind, id: string, url: string, at: number, name: string, also: string[], title: string,
 *   type: string, typeName: string, number: string, symbol: [number, number, number, number] | 0,
 *   place: Entry | null, placeNow: Entry | null, rank: number, issuer: {id: string, name: string} | null, themes: Entry[],
 *   year: number, date: string, status: string, state: string, grave: boolean, next: [string, string][],
 *   lines: string[], marked: string[], titleLine: string, subject: string, titleMarked: string, context: string, contextMarked: string,
 *   named: string, everything: string, allMarked: string, shortest: number}} Entry
 */
/**
 * The columns of one part of the index; a column without any value is left out. See `_columns` in
 * publish/exports/search_names.py.
 * @typedef {{k: number[], ten?: string[], id?: string[], khac?: string[], ve?: string[], l?: number[], n?: number[],
 *   c?: number[], cd?: (number[] | 0)[], nam?: number[], ngay?: string[], t?: number[], cb?: string[], doi?: number[], so?: string[],
 *   kh?: ([number, number, number, number] | 0)[], sau?: ([string, string][] | 0)[]}} Columns
 */
/**
 * The first part, co-so.json: the kinds of pages as [id, name, rank, entity], tables that numbers point into, the
 * grammar, provinces, themes and bodies; `phan` names the other parts, `lon` tells where they stand in a large base.
 * @typedef {Grammar & {loaiTrang: [string, string, number, string][], loaiVanBan: [string, string][], maLoai: string[],
 *   tinhTrang: string[], phan: string[], lon?: Directory, trang: Columns}} Core
 */
/**
 * An entry that a query means; `reason` says why, where that is not plain; `isNumbered`: its number was asked for.
 * @typedef {{entry: Entry, score: number, reason: string, isNumbered?: boolean}} Hit
 */
/**
 * Takes hits; of one entry the best counts.
 * @typedef {(entry: Entry, score: number, reason?: string, isNumbered?: boolean) => void} Put
 */

/** What stands for a place where none is named: such pages are of the central level. Others are of no place. */
export const CENTRAL = "Trung ương";
const OF_A_LEVEL = new Set(["document", "body", "article"]);

/** What is told of an entry's place, "" if it has none. @param {Entry} entry */
export const placeName = (entry) => entry.place?.name ?? (OF_A_LEVEL.has(entry.kind.entity) ? CENTRAL : "");

/** Reads the first part of the index. @param {(name: string) => Promise<any>} read gives a part by its name */
export async function openNames(read) {
  return new Names(await read("co-so"), read);
}

export class Names {
  /** @param {Core} core @param {(name: string) => Promise<any>} read gives another part of the index by its name */
  constructor(core, read) {
    this.core = core;
    this.read = read;
    this.kinds = core.loaiTrang.map(([id, name, rank, entity]) => ({ id, name, rank, entity }));
    this.reader = new QueryReader(core, (list) => this.inQuery.in(list)[0]?.at === 0);
    /** @type {Entry[]} */
    this.entries = [];
    /** Entries by "kind/id". @type {Map<string, Entry>} */
    this.byKey = new Map();
    /** What columns count from 1; all of them stand in the first part. @type {Entry[]} */
    this.places = [];
    /** @type {Entry[]} */
    this.themes = [];
    /** @type {Entry[]} */
    this.bodies = [];
    this.take(core.trang);
    this.inQuery = new Places(this.places, this.themes);
    /** Among which entries is looked for. */
    this.among = this.entries;
    this.parts = core.lon && new Parts(core.lon, this);
    /** Documents and articles; of a large base they come when they are asked for. */
    this.rest = Promise.all(core.phan.map(async (name) => this.take((await read(name)).trang)));
    this.rest.catch(() => {});
    /** What was gathered for a query, its last word whole or unfinished. @type {WeakMap<Query, Map<boolean, Promise<Gathered>>>} */
    this.gathered = new WeakMap();
  }

  /**
   * The entries among which those are that a query means: of a small base all of them.
   * @param {Query} query @param {boolean} typing @returns {Promise<Gathered>}
   */
  gather(query, typing) {
    const { parts } = this;
    const known = this.gathered.get(query) ?? new Map();
    this.gathered.set(query, known);
    const found =
      known.get(typing) ??
      (parts ? parts.gather(query, typing) : this.rest.then(() => ({ entries: this.entries, isWhole: true })));
    known.set(typing, found);
    return found;
  }

  /** All entries: of a large base that is much. */
  async all() {
    await this.rest;
    return this.parts ? this.parts.all() : this.entries;
  }

  /** Turn the columns of a part into entries. @param {Columns} columns */
  take(columns) {
    const from = this.entries.length;
    const taken = columns.k.map((k, row) => this.entryOf(columns, this.kinds[k], row, from + row));
    for (const [table, entity] of /** @type {const} */ ([
      ["places", "province"],
      ["themes", "theme"],
      ["bodies", "body"],
    ])) {
      if (!this[table].length) this[table] = taken.filter((entry) => entry.kind.entity === entity);
    }
    const { compare } = new Intl.Collator("vi");
    if (!from)
      for (const [rank, place] of [...this.places].sort((a, b) => compare(a.name, b.name)).entries()) place.rank = rank;
    taken.forEach((entry, row) => this.finish(entry, columns, row));
    this.entries.push(...taken);
    for (const entry of taken) this.byKey.set(`${entry.kind.id}/${entry.id}`, entry);
  }

  /**
   * What a row says by itself.
   * @param {Columns} columns @param {PageKind} kind @param {number} row @param {number} at @returns {Entry}
   */
  entryOf(columns, kind, row, at) {
    const [type, typeName] = this.core.loaiVanBan[(columns.l?.[row] ?? 0) - 1] ?? ["", ""];
    const number = columns.so?.[row] ?? "";
    const year = columns.nam?.[row] ?? 0;
    const day = columns.ngay?.[row] ?? "";
    return {
      kind,
      at,
      type,
      typeName,
      number,
      year,
      id: columns.id?.[row] ?? "",
      name: columns.ten?.[row] || `${typeName} ${number}`,
      also: (columns.khac?.[row] ?? "").split("|").filter(Boolean),
      title: columns.ve?.[row] ?? "",
      symbol: columns.kh?.[row] ?? 0,
      date: day ? `${year}${day}` : year ? String(year) : "",
      status: this.core.tinhTrang[(columns.t?.[row] ?? 0) - 1] ?? "",
      state: columns.cb?.[row] ?? "",
      grave: columns.doi?.[row] === 1,
      next: columns.sau?.[row] || [],
      url: "",
      place: null,
      placeNow: null,
      rank: -1,
      issuer: null,
      themes: [],
      lines: [],
      marked: [],
      titleLine: "",
      subject: "",
      titleMarked: "",
      context: "",
      contextMarked: "",
      named: "",
      everything: "",
      allMarked: "",
      shortest: 0,
    };
  }

  /**
   * Join an entry with others, and fold its words once.
   * @param {Entry} entry @param {Columns} columns @param {number} row @param {{id: string, name: string}[]} issuers
   */
  finish(entry, columns, row, issuers = this.bodies) {
    entry.place = this.places[(columns.n?.[row] ?? 0) - 1] ?? null;
    entry.issuer = issuers[(columns.c?.[row] ?? 0) - 1] ?? null;
    entry.themes = (columns.cd?.[row] || []).map((at) => this.themes[at - 1]);
    entry.id ||= plainId(entry);
    entry.url = entry.kind.entity === "site" ? entry.id : `${entry.kind.id}/${entry.id}/`;
    entry.placeNow = this.placeNow(entry);
    const names = [entry.name, ...entry.also];
    const isPlace = entry.place === entry;
    const context = isPlace
      ? ""
      : [placeName(entry), entry.placeNow?.name ?? "", entry.year || "", entry.typeName, entry.issuer?.name ?? ""].join(
          " ",
        );
    entry.lines = names.map(line);
    entry.marked = names.map(fullLine);
    entry.titleLine = entry.title && line(entry.title);
    entry.subject = entry.title && subjectOf(entry.titleLine);
    entry.titleMarked = entry.title && fullLine(entry.title);
    entry.context = line(context);
    entry.contextMarked = fullLine(context);
    entry.shortest = Math.min(...entry.lines.map((name) => name.length));
    entry.named = entry.lines.join("") + entry.titleLine;
    entry.everything = entry.named + entry.context;
    entry.allMarked = entry.marked.join("") + entry.titleMarked + entry.contextMarked;
  }

  /** Today's province of an entry's place, if that has another name. @param {Entry} entry */
  placeNow(entry) {
    const next = entry.place?.next[0];
    return next ? (this.places.find((place) => (place.id || plainId(place)) === next[0]) ?? null) : null;
  }

  /**
   * The entries that a query means, best first.
   * @param {Query} query @param {boolean} typing the last word may be unfinished
   * @param {Entry[]} among as gathered for it @returns {Hit[]}
   */
  find(query, typing = false, among = this.entries) {
    this.among = among;
    /** @type {Map<Entry, Hit>} */
    const hits = new Map();
    /** @type {Put} */
    const put = (entry, score, reason = "", isNumbered = false) => {
      const before = hits.get(entry);
      if (score > 0 && (!before || before.score < score)) hits.set(entry, { entry, score, reason, isNumbered });
    };
    const asksNumber = query.numbers.length > 0 || query.list !== null;
    if (asksNumber) findNumbers(this, query, put);
    else this.findInPlace(query, put);
    for (const variant of query.variants) {
      if (variant.length && (variant === query.variants[0] || variant.some(isTelling)))
        this.findNames(variant, query, typing, put, variant === query.variants[0] ? 0 : VARIANT_LOSS);
    }
    if (query.years.length && !asksNumber && query.rest.every((word) => /^\d+$/.test(word.bare))) {
      for (const entry of this.among) if (query.years.includes(entry.year)) put(entry, OF_YEAR + entry.kind.rank);
    }
    const order = [...hits.values()].sort((a, b) => b.score - a.score || inOrder(a.entry, b.entry));
    return this.withSuccessors(order, query, typing);
  }

  /** The places that a query names. @param {Query} query */
  placesNamed(query) {
    return this.inQuery.in(query.words).map(({ place }) => place);
  }

  // ---- A theme in a province ----

  /** Both, where a query asks for nothing else but perhaps a year. @param {Query} query */
  themeInPlace({ variants, years }) {
    const words = variants.map((variant) => variant.filter(({ bare }) => !years.includes(Number(bare))));
    return words.map((variant) => this.inQuery.themeIn(variant)).find(Boolean);
  }

  /**
   * "Bình Thuận cải cách hành chính": the province (withSuccessors puts what it became behind it), some of what is
   * of it and the theme, the theme, the rest.
   * @param {Query} query @param {Put} put
   */
  findInPlace(query, put) {
    const { years } = query;
    const asked = this.themeInPlace(query);
    if (!asked) return;
    const { place, theme } = asked;
    put(place, PLACE_OF_THEME);
    put(theme, THEME_OF_PLACE);
    /** Why an entry is of the place, "" if that is plain; null if it is not of it. @param {Entry} entry */
    const reasonFor = (entry) => {
      if (entry.place === place) return "";
      if (entry.placeNow === place) return entry.place?.next[0][1] ?? "";
      return entry.place && entry.place === place.placeNow ? place.next[0][1] : null;
    };
    /** @param {Entry} entry */
    const isOfYear = ({ year, titleLine }) => years.some((each) => each === year || titleLine.includes(` ${each} `));
    /** The nearest first: of the year, of the place itself, documents, the newest. @param {Entry} entry */
    const order = (entry) =>
      [isOfYear(entry), entry.place === place, entry.kind.entity === "document", entry.date].map(String).join();
    // What is alike in all of that stays as listed.
    this.among
      .filter((entry) => entry.themes.includes(theme) && entry !== theme && reasonFor(entry) !== null)
      .map((entry) => ({ entry, nearness: order(entry) }))
      .sort((a, b) => Number(a.nearness < b.nearness) - Number(a.nearness > b.nearness))
      .forEach(({ entry }, at) => {
        const score = isOfYear(entry) ? ENTRY_OF_YEAR : ENTRY_IN_PLACE;
        put(entry, (at < FIRST_IN_PLACE ? score : OTHER_IN_PLACE) - at * STEP_IN_PLACE, reasonFor(entry) ?? "");
      });
  }

  // ---- Names ----

  /**
   * Entries whose names, or names with what surrounds them, hold the words of a variant of the query.
   * @param {Word[]} variant @param {Query} query @param {boolean} typing @param {Put} put @param {number} loss
   */
  findNames(variant, query, typing, put, loss) {
    const asked = ` ${variant.map((word) => word.bare).join(" ")} `;
    const joined = this.inQuery.joined(variant);
    const tokens = joined.map((word) => ` ${word.bare} `);
    if (typing) tokens.push(tokens.splice(-1)[0].trimEnd());
    const marks = query.accents
      ? joined.filter((word) => word.full.length > 1 && !EMPTY.has(word.bare)).map((word) => ` ${word.full}`)
      : [];
    const needed = tokens.filter((token) => !EMPTY.has(token.trim()));
    const plainWords = joined.filter((word) => !EMPTY.has(word.bare));
    const types = query.numbers.length ? new Set() : this.reader.typesIn(query.words);
    const places = this.placesNamed(query);
    for (const entry of this.among) {
      if (isOfOtherPlace(entry, places)) continue;
      const possible = needed.every((token) => entry.everything.includes(token));
      const mostly = mostlyTold(entry, plainWords, marks, asked, places);
      if (!possible && !mostly && (!isNamed(entry.kind) || entry.shortest > asked.length)) continue;
      let best = 0;
      entry.lines.forEach((name, at) => {
        const tier = tierOf(name, asked, tokens, typing);
        if (tier <= best) return;
        // A document without a number is named by what it is about.
        const isTitle = entry.kind.entity === "document" && !entry.number && name !== asked;
        const headline = entry.kind.entity === "article" ? HEADLINE_LOSS : isTitle ? TITLE_LOSS : 0;
        const length = Math.min(LENGTH_LOSS, (name.length - asked.length) / LENGTH_OF_STEP);
        const answers = (isTitle ? Math.min(tier, TITLE_BEST) : tier) - headline - (at ? OTHER_NAME_LOSS : 0);
        best = Math.max(best, answers - length - unlike(entry.marked[at], marks));
      });
      if (best < TITLE_BELOW && entry.titleLine) {
        const tier = tierOf(entry.titleLine, asked, tokens, typing);
        const value = entry.subject === asked ? TITLE_IS : Math.min(tier, TITLE_BEST) - TITLE_LOSS;
        if (tier) best = Math.max(best, value - unlike(entry.titleMarked, marks));
      }
      if (!best) {
        best = Math.max(coverage(entry, tokens, marks, asked, places), mostly);
        if (mostly && types.has(entry.type)) best += TYPE_NAMED;
      }
      if (best <= 0) continue;
      const rank = entry.kind.rank * (best > FULL_RANK_FROM ? 1 : WEAK_RANK);
      put(entry, best + rank - loss - (entry.next.length ? FORMER_LOSS : 0));
    }
  }

  /**
   * Put what a former province or body became right behind it, saying why.
   * @param {Hit[]} hits @param {Query} query @param {boolean} typing
   */
  withSuccessors(hits, query, typing) {
    /** @type {Map<Entry, Hit>} */
    const out = new Map();
    const asked = new Map(hits.map((hit) => [hit.entry, hit]));
    /** @param {Hit} hit */
    const add = (hit) => {
      if (out.has(hit.entry)) return;
      for (const newer of this.newer(hit, asked)) add(newer);
      out.set(hit.entry, hit);
    };
    for (const hit of hits) {
      add(hit);
      if (hit.entry.kind.entity === "document") continue;
      const { kind, place, next } = hit.entry;
      const isPlace = place === hit.entry;
      const isMeant = hit.score >= MEANT || (isPlace && hit.score > PLACE_MEANT);
      if (!isMeant || typing || next.length > MOST_SUCCESSORS) continue;
      for (const [id, reason] of next) {
        const entry = this.byKey.get(`${kind.id}/${id}`);
        if (!entry) continue;
        add({ entry, score: hit.score - BESIDE, reason });
        if (isPlace) for (const body of this.carriedOver(hit, entry, reason, query)) add(body);
      }
    }
    return [...out.values()];
  }

  /**
   * What replaced a document, to stand before it where the query does not ask for its number.
   * @param {Hit} hit @param {Map<Entry, Hit>} hits @returns {Hit[]}
   */
  newer({ entry: old, score, isNumbered }, hits) {
    if (old.kind.entity !== "document" || isNumbered) return [];
    return old.next.flatMap(([id, reason]) => {
      const entry = this.byKey.get(`${old.kind.id}/${id}`);
      const known = entry && hits.get(entry);
      if (!entry || (!known && score < CLEAR)) return [];
      return { entry, score: score + BESIDE, reason: known?.reason ?? reason };
    });
  }

  /**
   * "Tỉnh ủy Bình Thuận": the body of the same name in the province of today.
   * @param {Hit} hit @param {Entry} today @param {string} reason @param {Query} query
   */
  carriedOver(hit, today, reason, query) {
    const old = words(hit.entry.name);
    const at = indexOf(query.words, old);
    if (at < 0 || query.words.length === old.length) return [];
    const turned = [...query.words.slice(0, at), ...words(today.name), ...query.words.slice(at + old.length)];
    /** @type {Hit[]} */
    const found = [];
    /** @type {Put} */
    const put = (entry, score) => {
      if (score >= MEANT) found.push({ entry, score: hit.score - 2 * BESIDE, reason });
    };
    this.findNames(turned, { ...query, words: turned }, false, put, 0);
    return found.slice(0, MOST_CARRIED_OVER);
  }
}

/** By place in Vietnamese order, newest first, then as listed. @param {Entry} a @param {Entry} b */
const inOrder = (a, b) => (a.place?.rank ?? -1) - (b.place?.rank ?? -1) || b.year - a.year || a.at - b.at;

/**
 * The address part that the library gives unless it says otherwise; see plain_id in publish/exports/search_names.py.
 * @param {Entry} entry
 */
export function plainId(entry) {
  const { kind, name, typeName, number, place, symbol, year, date } = entry;
  const isYearInNumber = symbol !== 0 && symbol[1] > 0;
  let parts = [name];
  if (kind.entity === "document")
    parts = [typeName, number || name, place?.id ?? "", isYearInNumber ? "" : String(year || "")];
  if (kind.entity === "article") parts = [date || "khong ro ngay", name];
  return plain(parts.join(" "))
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
