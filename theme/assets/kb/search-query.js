// What a query means: numbers, years, quoted phrases, abbreviations. Free of any index: the grammar
// (types, codes and their spellings, abbreviations) comes from the library, which exports it.
/** @import { Word } from "./search-text.js" */

import { Spellings, add } from "./number-grammar.js";
import { bare, hasAccents, nfc, words } from "./search-text.js";

/**
 * How numbers are written, as publish/exports/search_names.py tells it: types as [id, name, codes, other names],
 * issuers' codes as [code, how people type it], abbreviations as [short forms, what they stand for], words of a question
 * that are no part of what is looked for (bare, the longest first).
 * @typedef {{loai: [string, string, string[], string[]][], coQuan: [string, string[]][],
 *   vietTat: [string[], string[]][], hoi: string[]}} Grammar
 */
/**
 * A number as typed: of a document (`sure`), or perhaps of one. `types` are ids, `typeCodes` and `codes` parts of a
 * symbol; `used` are the places of the query's words that it takes up.
 * @typedef {{number: number, year: number, types: Set<string>, typeCodes: Set<string>, codes: Set<string>,
 *   sure: boolean, used: Set<number>}} NumberAsked
 */
/**
 * A symbol without a number, which asks for all documents of its kind.
 * @typedef {{typeCodes: Set<string>, codes: Set<string>}} SymbolAsked
 */
/**
 * A query as understood: `clean` is its text as the words' places count, `rest` are the words beside sure numbers and dates, `variants` the words with abbreviations
 * the other way, the query's own first.
 * @typedef {{text: string, clean: string, words: Word[], accents: boolean, phrases: Word[][], numbers: NumberAsked[], years: number[],
 *   list: SymbolAsked | null, rest: Word[], variants: Word[][]}} Query
 */

/** Each variant is one more look through all names, so there is an end to them; chosen by hand. */
const MOST_VARIANTS = 6;
/** In a query of more words than this a lone number is rather a figure than a document's number; chosen by hand. */
const SHORT_QUERY = 6;
const NUMBER_SIGNS = new Set(["so", "hieu"]);
/** Behind these a number counts something else: khóa XII, quý 3, điều 5. */
const NOT_BEFORE = new Set([
  "khoa",
  "ky",
  "thu",
  "lan",
  "thang",
  "ngay",
  "nam",
  "dieu",
  "khoan",
  "muc",
  "quy",
  "tuan",
  "gio",
]);
/** Before these a number counts them: 10 biểu hiện, 5 nhóm. */
const COUNTED = [
  ..."nhom dieu viec nguoi trieu".split(" "),
  ...["bieu hien", "nhiem vu", "giai phap", "truong hop", "noi dung", "tieu chi", "chi tieu", "linh vuc", "nguyen tac"],
  ...["phan tram", "can bo", "dang vien", "cong chuc", "tinh thanh", "tinh thanh pho"],
];
/** A syllable: what can be spoken may be a word. */
const SPOKEN = /^(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ngh?|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:ch|c|m|ng|nh|n|p|t)?$/;
/** What may stand between the parts of one symbol. */
const JOINED = /^[\s\-–—‐‑−/_.]*$/u;

const DAY_WORD = "(?:ngày|ngay)\\s+";
const DAY_OR_MONTH = "\\d{1,2}";
const YEAR = "((?:19|20)\\d\\d)";
const DATE = new RegExp(
  [
    `(?:${DAY_WORD})?${DAY_OR_MONTH}\\s*[/.-]\\s*${DAY_OR_MONTH}\\s*[/.-]\\s*${YEAR}`, // (ngày) 27-10-2023
    // (ngày 25) tháng 10 năm 2021
    `(?:${DAY_WORD}${DAY_OR_MONTH}\\s+)?(?:tháng|thang)\\s+${DAY_OR_MONTH}\\s*(?:năm|nam|[/-])\\s*${YEAR}`,
    `${DAY_WORD}${DAY_OR_MONTH}(?:\\s*[/-]\\s*${DAY_OR_MONTH})?`, // ngày 29/9
  ].join("|"),
  "giu",
);

/** @param {number} value */
const isYear = (value) => value >= 1900 && value <= 2099;

/** Reads queries with the exported grammar. */
export class QueryReader {
  /** @param {Grammar} grammar @param {(list: Word[]) => boolean} [isPlace] whether words begin with the name of a place */
  constructor(grammar, isPlace = () => false) {
    this.isPlace = isPlace;
    /** Bare names and codes of types to their ids. @type {Map<string, Set<string>>} */
    this.typeNames = new Map();
    this.typeCodes = new Spellings();
    this.codes = new Spellings();
    /**
     * Short forms, with accents ("full …") and without ("bare …"), to what they stand for.
     * @type {Map<string, Set<string>>}
     */
    this.short = new Map();
    /** Long forms with their short ones. @type {[Word[], Word[][]][]} */
    this.long = [];
    for (const [id, name, codes, names] of grammar.loai) {
      for (const form of [name, ...names]) add(this.typeNames, joined(words(form), "bare"), id);
      for (const code of codes) {
        this.typeCodes.add(code, code);
        add(this.typeNames, bare(code), id);
      }
    }
    for (const [code, typed] of grammar.coQuan) {
      for (const form of [code, ...typed]) this.codes.add(form.replaceAll(".", ""), code);
    }
    for (const [shorts, names] of grammar.vietTat) {
      for (const short of shorts) for (const name of names) this.addShort(short, name);
      // What people merely say ("Sài Gòn") stands in no text instead of the name.
      const written = shorts.filter((short) => !/\p{Ll}{2}/u.test(short)).map(words);
      if (written.length) for (const name of names) this.long.push([words(name), written]);
    }
    for (const [, name, , names] of grammar.loai) {
      for (const short of names.filter((form) => form.toUpperCase() === form)) this.addShort(short, name);
    }
    this.asking = grammar.hoi.map(words);
    this.longestShort = Math.max(1, ...[...this.short.keys()].map((name) => name.split(" ").length - 1));
    this.longestName = Math.max(1, ...[...this.typeNames.keys()].map((name) => name.split(" ").length));
  }

  /** @param {string} short @param {string} name */
  addShort(short, name) {
    add(this.short, `full ${joined(words(short), "full")}`, name);
    add(this.short, `bare ${joined(words(short), "bare")}`, name);
  }

  /** @param {string} text @returns {Query} */
  read(text) {
    const clean = nfc(text).replace(/[“”„«»]/g, '"');
    const phrases = [...clean.matchAll(/"([^"]+)"/g)].map((match) => words(match[1])).filter((phrase) => phrase.length);
    const dates = [...clean.matchAll(DATE)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      year: Number(match[1] ?? match[2]) || 0,
    }));
    const found = words(clean);
    /** @param {Word} word */
    const inDate = (word) =>
      dates.some(
        (date) =>
          date.start <= word.start &&
          word.end <= date.end &&
          (word.start > date.start || /\d/.test(word.bare) || date.year > 0),
      );
    const years = dates.map((date) => date.year).filter(Boolean);
    const allQuoted = phrases.length > 0 && found.length === phrases.flat().length && !/^\W*\d/u.test(clean);
    const numbers = allQuoted ? [] : this.numbers(found, clean, inDate, years);
    const used = new Set(numbers.filter((number) => number.sure).flatMap((number) => [...number.used]));
    const rest = found.filter((word, index) => !used.has(index) && !inDate(word) && !NUMBER_SIGNS.has(word.bare));
    return {
      text: clean.trim(),
      clean,
      words: found,
      accents: hasAccents(clean),
      phrases,
      numbers,
      years,
      list: this.list(found),
      rest,
      variants: this.variants(found),
    };
  }

  /**
   * Every number that may be a document's: the sure ones, else (in a short query) the others. Years go to `years`.
   * @param {Word[]} found @param {string} clean their text @param {(word: Word) => boolean} inDate @param {number[]} years
   */
  numbers(found, clean, inDate, years) {
    /** @type {NumberAsked[]} */
    const sure = [];
    /** @type {NumberAsked[]} */
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
      } else if (!NOT_BEFORE.has(found[index - 1]?.bare) && !isCount(found, index, clean)) loose.push(asked);
    });
    return sure.length || found.length > SHORT_QUERY ? sure : loose;
  }

  /** @param {Word[]} found @param {number} index @returns {NumberAsked} */
  numberAt(found, index) {
    const { types, used, signed } = this.typeBefore(found, index);
    const asked = {
      number: Number(found[index].bare),
      year: 0,
      types,
      typeCodes: new Set(),
      codes: new Set(),
      sure: signed,
      used: new Set([index, ...used]),
    };
    let at = index + 1;
    if (
      isJoined(found, at) &&
      /[/-]/.test(found[at].gap) &&
      /^\d{4}$/.test(found[at].bare) &&
      isYear(Number(found[at].bare))
    ) {
      asked.year = Number(found[at].bare);
      asked.used.add(at++);
    }
    if (isJoined(found, at)) this.readSymbol(found, at, asked);
    asked.sure ||= types.size > 0 || asked.year > 0 || asked.typeCodes.size > 0 || asked.codes.size > 0;
    return asked;
  }

  /**
   * Read "CT/TU", "CTTU", "QH15" or "TU" behind a number into `asked`.
   * @param {Word[]} found @param {number} at @param {NumberAsked} asked
   */
  readSymbol(found, at, asked) {
    /** @param {string[]} typeCodes @param {string[]} codes @param {number[]} places */
    const take = (typeCodes, codes, ...places) => {
      for (const code of typeCodes) asked.typeCodes.add(code);
      for (const code of codes) asked.codes.add(code);
      for (const place of places) asked.used.add(place);
    };
    const marked = found[at].gap.trim() !== "" || found[at].gap === "";
    const typeCodes = this.typeCodes.get(found[at]);
    const codes = isJoined(found, at + 1) ? this.codes.get(found[at + 1]) : [];
    if (typeCodes.length && (codes.length || marked))
      return codes.length ? take(typeCodes, codes, at, at + 1) : take(typeCodes, [], at);
    const fused = this.fused(found[at]);
    if (fused) return take(fused[0], fused[1], at);
    const issuers = this.codes.get(found[at]);
    if (!marked || !issuers.length) return;
    const hasTerm = /^\d{1,2}$/.test(found[at + 1]?.bare ?? "") && found[at + 1].gap === "";
    take([], issuers, at, ...(hasTerm ? [at + 1] : []));
  }

  /**
   * Take apart "cttu", "ndcp": a type and an issuer written as one.
   * @param {Word} word @returns {[string[], string[]] | null}
   */
  fused(word) {
    /** @param {number} from @param {number} [to] */
    const part = (from, to) => ({ full: word.full.slice(from, to), bare: word.bare.slice(from, to) });
    for (let cut = word.bare.length - 1; cut > 0; cut -= 1) {
      const [typeCodes, codes] = [this.typeCodes.get(part(0, cut)), this.codes.get(part(cut))];
      if (typeCodes.length && codes.length) return [typeCodes, codes];
    }
    return null;
  }

  /**
   * The types named right before a number ("chỉ thị số", "CT"), the places of their words, and whether they end in
   * "số".
   * @param {Word[]} found @param {number} index
   */
  typeBefore(found, index) {
    const used = [];
    let at = index - 1;
    while (at >= 0 && NUMBER_SIGNS.has(found[at].bare) && used.length < 2) used.push(at--);
    const signed = used.length > 0;
    for (let size = Math.min(this.longestName, at + 1); size > 0; size -= 1) {
      const from = at + 1 - size;
      const types = this.typeNames.get(joined(found.slice(from, at + 1), "bare"));
      if (types)
        return {
          types: new Set(types),
          used: [...used, ...found.slice(from, at + 1).map((_, offset) => from + offset)],
          signed,
        };
    }
    return { types: new Set(), used, signed };
  }

  /** The types of documents whose names stand in a query. @param {Word[]} found */
  typesIn(found) {
    const text = ` ${joined(found, "bare")} `;
    const named = [...this.typeNames].filter(([name]) => name.includes(" ") && text.includes(` ${name} `));
    return new Set(named.flatMap(([, types]) => [...types]));
  }

  /**
   * "CT/TU", "cttu", "CT-TTg" without a number: all documents of that kind.
   * @param {Word[]} found @returns {SymbolAsked | null}
   */
  list(found) {
    const [first, second] = found;
    if (found.length === 1) {
      const typeCodes = this.typeCodes.get(first);
      if (typeCodes.length) return { typeCodes: new Set(typeCodes), codes: new Set() };
      const fused = first.bare.length > 3 ? this.fused(first) : null;
      return fused && { typeCodes: new Set(fused[0]), codes: new Set(fused[1]) };
    }
    if (!isJoined(found, 1)) return null;
    const [typeCodes, codes] = [this.typeCodes.get(first), this.codes.get(second)];
    if (!typeCodes.length || !codes.length || (found.length > 2 && !/[/-]/.test(second.gap))) return null;
    return { typeCodes: new Set(typeCodes), codes: new Set(codes) };
  }

  /**
   * The query's words, the same without those of a question, and with abbreviations written out or put in.
   * @param {Word[]} found @returns {Word[][]}
   */
  variants(found) {
    const all = new Map([[joined(found, "bare"), found]]);
    const named = this.withoutAsking(found);
    if (named.length) all.set(joined(named, "bare"), named);
    for (const each of all.values()) {
      if (each === found && named.length && named !== found) continue; // the words of a question are no abbreviations
      for (const next of this.expanded(each)) {
        const key = joined(next, "bare");
        if (all.size < MOST_VARIANTS && !all.has(key)) all.set(key, next);
      }
    }
    return [...all.values()];
  }

  /** "Đảng ủy khối nay là cơ quan nào" → "đảng ủy khối". @param {Word[]} found */
  withoutAsking(found) {
    let left = found;
    for (const asking of this.asking) {
      const at = indexOf(left, asking);
      if (at >= 0) left = [...left.slice(0, at), ...left.slice(at + asking.length)];
    }
    return left;
  }

  /**
   * "tu" is Tỉnh ủy in "btv tu", "tu nghe an", but a word like any other in "tu chuc", "dau tu": in small letters a short
   * form that can be spoken counts only behind one that cannot or a number, or before a place, or alone.
   * @param {Word[]} found @param {number} at @param {number} size
   */
  isSyllable(found, at, size) {
    const { bare, isCapital } = found[at];
    if (size > 1 || isCapital || !SPOKEN.test(bare)) return false;
    const isBehind = at > 0 && !SPOKEN.test(found[at - 1].bare);
    return found.length > 1 && !isBehind && !this.isPlace(found.slice(at + 1));
  }

  /** @param {Word[]} found @returns {Generator<Word[]>} */
  *expanded(found) {
    for (let at = 0; at < found.length; at += 1) {
      for (let size = this.longestShort; size > 0; size -= 1) {
        const part = found.slice(at, at + size);
        if (part.length < size || this.isSyllable(found, at, size)) continue;
        const typed = part.some((word) => hasAccents(word.full)) ? "" : `bare ${joined(part, "bare")}`;
        const names = this.short.get(`full ${joined(part, "full")}`) ?? this.short.get(typed);
        for (const name of names ?? []) yield replaced(found, at, size, words(name));
      }
    }
    for (const [name, shorts] of this.long) {
      const at = name.length > 1 ? indexOf(found, name) : -1;
      if (at >= 0) for (const short of shorts) yield replaced(found, at, name.length, short);
    }
  }
}

/** Whether a number tells how many, not which. @param {Word[]} found @param {number} index @param {string} clean */
function isCount(found, index, clean) {
  const after = `${joined(found.slice(index + 1), "bare")} `;
  return /^\s*%/.test(clean.slice(found[index].end)) || COUNTED.some((counted) => after.startsWith(`${counted} `));
}

/** @param {Word[]} list @param {"full" | "bare"} form */
const joined = (list, form) => list.map((word) => word[form]).join(" ");

/** @param {Word[]} found @param {number} at @param {number} size @param {Word[]} name */
const replaced = (found, at, size, name) => [...found.slice(0, at), ...name, ...found.slice(at + size)];

/**
 * Whether there is a word at a place that may be one symbol with the word before it.
 * @param {Word[]} found @param {number} at
 */
const isJoined = (found, at) => at < found.length && JOINED.test(found[at].gap);

/** Where a run of words stands in another, -1 if it does not. @param {Word[]} found @param {Word[]} part */
export function indexOf(found, part) {
  for (let at = 0; at + part.length <= found.length; at += 1) {
    if (part.every((word, offset) => found[at + offset].bare === word.bare)) return at;
  }
  return -1;
}
