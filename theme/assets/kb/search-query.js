// What a query means: numbers, years, quoted phrases, abbreviations. Free of any index: the grammar
// (types, codes and their spellings, abbreviations) comes from the library, which exports it.

import { bare, full, hasAccents, nfc, words } from "./search-text.js";

/** @typedef {import("./search-text.js").Word} Word */
/**
 * A number as typed: of a document (`sure`), or perhaps of one.
 * @typedef {{number: number, year: number, types: Set<string>, typeCodes: Set<string>, codes: Set<string>, sure: boolean, used: Set<number>}} NumberAsked
 */
/**
 * @typedef {{text: string, words: Word[], accents: boolean, phrases: Word[][], numbers: NumberAsked[], years: number[],
 *   list: {typeCodes: Set<string>, codes: Set<string>} | null, rest: Word[], variants: Word[][]}} Query
 */

const MOST_VARIANTS = 6;
const LOOSE = 6;
const SIGNS = new Set(["so", "hieu"]);
const NOT_BEFORE = new Set(["khoa", "ky", "thu", "lan", "thang", "ngay", "nam", "dieu", "khoan", "muc", "quy", "tuan", "gio"]);
const JOINED = /^[\s\-–—‐‑−/_.]*$/u;
const DATE = /(?:(?:ngày|ngay)\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*((?:19|20)\d\d)|(?:(?:ngày|ngay)\s+\d{1,2}\s+)?(?:tháng|thang)\s+\d{1,2}\s*(?:năm|nam|[/-])\s*((?:19|20)\d\d)|(?:ngày|ngay)\s+\d{1,2}(?:\s*[/-]\s*\d{1,2})?/giu;
const isYear = (value) => value >= 1900 && value <= 2099;

/** Reads queries with the exported grammar. */
export class QueryReader {
  /** @param {{loai: [string, string, string[], string[]][], coQuan: [string, string[]][], vietTat: [string[], string[]][]}} grammar */
  constructor(grammar) {
    this.typeNames = new Map();
    this.typeCodes = new Spellings();
    this.codes = new Spellings();
    for (const [id, name, codes, names] of grammar.loai) {
      for (const form of [name, ...names]) add(this.typeNames, words(form).map((word) => word.bare).join(" "), id);
      for (const code of codes) this.typeCodes.add(code, code);
      for (const code of codes) add(this.typeNames, bare(code), id);
    }
    for (const [code, typed] of grammar.coQuan) for (const form of [code, ...typed]) this.codes.add(form.replaceAll(".", ""), code);
    this.short = new Map();
    this.long = [];
    for (const [shorts, names] of grammar.vietTat) {
      for (const short of shorts) {
        for (const form of ["full", "bare"]) for (const name of names) add(this.short, `${form} ${joined(words(short), form)}`, name);
      }
      for (const name of names) this.long.push([words(name), shorts.map(words)]);
    }
    for (const [, name, , names] of grammar.loai) {
      for (const short of names.filter((form) => form.toUpperCase() === form)) for (const form of ["full", "bare"]) add(this.short, `${form} ${joined(words(short), form)}`, name);
    }
    this.longestName = Math.max(1, ...[...this.typeNames.keys()].map((name) => name.split(" ").length));
  }

  /** @param {string} text @returns {Query} */
  read(text) {
    const clean = nfc(text).replace(/[“”„«»]/g, '"');
    const phrases = [...clean.matchAll(/"([^"]+)"/g)].map((match) => words(match[1])).filter((phrase) => phrase.length);
    const dates = [...clean.matchAll(DATE)].map((match) => ({ start: match.index, end: match.index + match[0].length, year: Number(match[1] ?? match[2]) || 0 }));
    const found = words(clean);
    const inDate = (word) => dates.some((date) => date.start <= word.start && word.end <= date.end && (word.start > date.start || /\d/.test(word.bare) || date.year));
    const years = dates.map((date) => date.year).filter(Boolean);
    const numbers = phrases.length && found.length === phrases.flat().length && !/^\W*\d/u.test(clean) ? [] : this.numbers(found, inDate, years);
    const used = new Set(numbers.filter((number) => number.sure).flatMap((number) => [...number.used]));
    const rest = found.filter((word, index) => !used.has(index) && !inDate(word) && !SIGNS.has(word.bare));
    return { text: clean.trim(), words: found, accents: hasAccents(clean), phrases, numbers, years, list: this.list(found), rest, variants: this.variants(found) };
  }

  /** Every number that may be a document's, the sure ones first. */
  numbers(found, inDate, years) {
    const sure = [];
    const loose = [];
    let past = 0;
    found.forEach((word, index) => {
      if (index < past || !/^\d{1,6}$/.test(word.bare) || inDate(word)) return;
      const asked = this.numberAt(found, index);
      if (asked.sure) {
        sure.push(asked);
        past = Math.max(...asked.used) + 1;
      } else if (isYear(asked.number) && word.bare.length === 4) {
        years.push(asked.number);
      } else if (!NOT_BEFORE.has(found[index - 1]?.bare)) loose.push(asked);
    });
    return sure.length || found.length > LOOSE ? sure : loose;
  }

  numberAt(found, index) {
    const asked = { number: Number(found[index].bare), year: 0, types: new Set(), typeCodes: new Set(), codes: new Set(), sure: false, used: new Set([index]) };
    const behind = this.typeBefore(found, index);
    for (const type of behind.types) asked.types.add(type);
    for (const at of behind.used) asked.used.add(at);
    let at = index + 1;
    const joined = (place) => place < found.length && JOINED.test(found[place].gap);
    if (joined(at) && /[/-]/.test(found[at].gap) && /^\d{4}$/.test(found[at].bare) && isYear(Number(found[at].bare))) {
      asked.year = Number(found[at].bare);
      asked.used.add(at++);
    }
    if (joined(at)) at = this.symbolAfter(found, at, asked);
    asked.sure = behind.types.size > 0 || asked.year > 0 || asked.typeCodes.size > 0 || asked.codes.size > 0;
    if (!asked.sure && behind.signed) asked.sure = true;
    return asked;
  }

  /** Read "CT/TU", "CTTU", "QH15" or "TU" behind a number. */
  symbolAfter(found, at, asked) {
    const take = (place, typeCodes, codes) => {
      typeCodes.forEach((code) => asked.typeCodes.add(code));
      codes.forEach((code) => asked.codes.add(code));
      asked.used.add(place);
    };
    const marked = found[at].gap.trim() !== "" || found[at].gap === "";
    const typeCodes = this.typeCodes.get(found[at]);
    const codes = at + 1 < found.length && JOINED.test(found[at + 1].gap) ? this.codes.get(found[at + 1]) : [];
    if (typeCodes.length && (codes.length || marked)) {
      take(at, typeCodes, []);
      if (codes.length) take(at + 1, [], codes);
      return at + 2;
    }
    const fused = this.fused(found[at]);
    if (fused) take(at, ...fused);
    else if (marked && this.codes.get(found[at]).length) {
      take(at, [], this.codes.get(found[at]));
      if (/^\d{1,2}$/.test(found[at + 1]?.bare ?? "") && found[at + 1].gap === "") asked.used.add(at + 1);
    }
    return at + 1;
  }

  /** Take apart "cttu", "ndcp": a type and an issuer written as one. */
  fused(word) {
    const part = (from, to) => ({ full: word.full.slice(from, to), bare: word.bare.slice(from, to) });
    for (let cut = word.bare.length - 1; cut > 0; cut -= 1) {
      const [typeCodes, codes] = [this.typeCodes.get(part(0, cut)), this.codes.get(part(cut))];
      if (typeCodes.length && codes.length) return [typeCodes, codes];
    }
    return null;
  }

  /** The types named right before a number: "chỉ thị số", "CT". */
  typeBefore(found, index) {
    const used = [];
    let at = index - 1;
    while (at >= 0 && SIGNS.has(found[at].bare) && used.length < 2) used.push(at--);
    for (let size = Math.min(this.longestName, at + 1); size > 0; size -= 1) {
      const name = found.slice(at + 1 - size, at + 1).map((word) => word.bare).join(" ");
      const types = this.typeNames.get(name);
      if (types) return { types: new Set(types), used: [...used, ...range(at + 1 - size, at + 1)], signed: used.length > 0 };
    }
    return { types: new Set(), used, signed: used.length > 0 };
  }

  /** "CT/TU", "cttu", "CT-TTg" without a number: all documents of that kind. */
  list(found) {
    const [first, second] = found;
    if (found.length === 1 && this.typeCodes.get(first).length) return { typeCodes: new Set(this.typeCodes.get(first)), codes: new Set() };
    if (found.length === 1 && first.bare.length > 3) {
      const fused = this.fused(first);
      if (fused) return { typeCodes: new Set(fused[0]), codes: new Set(fused[1]) };
    }
    if (found.length < 2 || !JOINED.test(second.gap)) return null;
    const [typeCodes, codes] = [this.typeCodes.get(first), this.codes.get(second)];
    if (!typeCodes.length || !codes.length || (found.length > 2 && !/[/-]/.test(second.gap))) return null;
    return { typeCodes: new Set(typeCodes), codes: new Set(codes) };
  }

  /** The query's words, and the same with abbreviations written out or put in. @param {Word[]} found @returns {Word[][]} */
  variants(found) {
    const all = new Map([[key(found), found]]);
    for (const each of all.values()) {
      for (const next of this.expanded(each)) if (all.size < MOST_VARIANTS && !all.has(key(next))) all.set(key(next), next);
    }
    return [...all.values()];
  }

  *expanded(found) {
    for (let at = 0; at < found.length; at += 1) {
      for (const size of [2, 1]) {
        const part = found.slice(at, at + size);
        const names = this.short.get(`full ${joined(part, "full")}`) ?? this.short.get(`bare ${joined(part, "bare")}`);
        if (part.length === size) for (const name of names ?? []) yield replaced(found, at, size, words(name));
      }
    }
    for (const [name, shorts] of this.long) {
      const at = name.length > 1 ? indexOf(found, name) : -1;
      if (at >= 0) for (const short of shorts) yield replaced(found, at, name.length, short);
    }
  }
}

/** Spellings of codes: by their letters with accents, else without. */
class Spellings {
  constructor() {
    [this.exact, this.loose] = [new Map(), new Map()];
  }

  add(form, code) {
    add(this.exact, full(form), code);
    add(this.loose, bare(form), code);
  }

  get(word) {
    return [...(this.exact.get(word.full) ?? this.loose.get(word.bare) ?? [])];
  }
}

const add = (map, name, value) => map.set(name, (map.get(name) ?? new Set()).add(value));
const joined = (list, form) => list.map((word) => word[form]).join(" ");
const key = (list) => joined(list, "bare");
const range = (from, to) => Array.from({ length: to - from }, (_, index) => from + index);
const replaced = (found, at, size, name) => [...found.slice(0, at), ...name, ...found.slice(at + size)];

/** Where a run of words stands in another, -1 if it does not. @param {Word[]} found @param {Word[]} part */
export function indexOf(found, part) {
  for (let at = 0; at + part.length <= found.length; at += 1) {
    if (part.every((word, offset) => found[at + offset].bare === word.bare)) return at;
  }
  return -1;
}
