// How numbers of documents are written: the library's own grammar (scripts/knowledge_base/mentions/citations/symbols.py),
// with its patterns and tables as publish/exports/draft_data.py writes them. What queries are read by stands on the same
// spellings (search-query.js). Offsets count UTF-16 units of the text.

import { LATE, LATE_TONE, Y_FOR_I, bare, full, plain } from "./search-text.js";

/**
 * A type of document, by its row in document-types.yml.
 * @typedef {{id: string, name: string, codes: string[], names: string[], sides: string[], symbol: string, bare: string,
 *   asTyped: boolean, untyped: boolean, general: boolean, joint: boolean}} DocumentType
 */
/**
 * An issuer's code; `of`: some kind of body uses it, `either`: types that both sides sign with it, `term`: the number of a
 * legislature follows it.
 * @typedef {{code: string, typed: string[], side: string, level: string, of: boolean, either: string[],
 *   term: boolean}} IssuerCode
 */
/**
 * Patterns by name, each with its flags; letters that look alike, and what they are read as; ranks of a city by those of a tỉnh;
 * by which rule terms begin (`terms_at` in ids.py): years of one, the first year it holds for, months in which congresses meet.
 * @typedef {{patterns: Record<string, [string, string]>, types: DocumentType[], codes: IssuerCode[],
 *   seen: [string, string], ranks: Record<string, string>,
 *   terms: {years: number, first: number, central: number[], local: number[]}}} GrammarData
 */
/**
 * A symbol as read; see `Symbol` in symbols.py.
 * @typedef {{start: number, end: number, form: "typed" | "assembly" | "dispatch" | "issued" | "unissued", digits: string,
 *   year: string, typeCode: string, rest: string, code: IssuerCode | null, partyMarks: boolean | null,
 *   asTyped: boolean}} Sign
 */
/**
 * A type word in front of a number; see `TypeWord` in symbols.py.
 * @typedef {{start: number, number: number, type: DocumentType, signed: boolean, short: boolean}} TypeWord
 */

/** @param {Map<string, Set<string>>} map @param {string} name @param {string} value */
export const add = (map, name, value) => map.set(name, (map.get(name) ?? new Set()).add(value));

/** Spellings of codes: by their letters with accents, else without. */
export class Spellings {
  constructor() {
    /** @type {Map<string, Set<string>>} */
    this.exact = new Map();
    /** @type {Map<string, Set<string>>} */
    this.loose = new Map();
    /** In the letters typed, letter case aside. @type {Map<string, string>} */
    this.cased = new Map();
    /** @type {Map<string, Set<string>>} */
    this.plain = new Map();
  }

  /** @param {string} form @param {string} code */
  add(form, code) {
    add(this.exact, full(form), code);
    add(this.loose, bare(form), code);
    const tight = form.replace(/[. ]/g, "");
    if (!this.cased.has(tight.toLowerCase())) this.cased.set(tight.toLowerCase(), code);
    add(this.plain, plain(tight), code);
  }

  /** The codes that a word may spell. @param {{full: string, bare: string}} word @returns {string[]} */
  get(word) {
    return [...(this.exact.get(word.full) ?? this.loose.get(word.bare) ?? [])];
  }

  /** The one code that is written so, without accents if that leaves one only; "" if none is. @param {string} written */
  one(written) {
    const key = written.toLowerCase();
    const same = this.cased.get(key);
    if (same) return same;
    const codes = isAscii(key) ? this.plain.get(key) : undefined;
    return codes?.size === 1 ? [...codes][0] : "";
  }
}

/** @param {string} text */
const isAscii = (text) => [...text].every((letter) => letter < "\u0080");

/** @param {string} text */
export const isUpper = (text) => text === text.toUpperCase() && text !== text.toLowerCase();

/** @param {string} text */
const isLower = (text) => text === text.toLowerCase() && text !== text.toUpperCase();

/** Letters of Sở and Bộ, which their symbols may leave out. */
const OFFICE_LETTERS = ["S", "B"];
const LONE_I = /(?<=(?<![\p{L}\p{N}_])(?:[hklmst]|qu))[iìỉĩíị](?![\p{L}\p{N}_])/gu;

/** Reads numbers with the exported grammar. */
export class NumberGrammar {
  /** @param {GrammarData} data */
  constructor(data) {
    this.patterns = data.patterns;
    /** @type {Map<string, RegExp>} */
    this.made = new Map();
    this.seenAs = new Map([...data.seen[0]].map((strange, at) => [strange, [...data.seen[1]][at]]));
    this.types = data.types;
    this.typeCodes = new Spellings();
    this.codes = new Spellings();
    /** @type {Map<string, DocumentType[]>} */
    this.ofCode = new Map();
    /** @type {Map<string, DocumentType>} */
    this.fullNames = new Map();
    /** @type {Map<string, DocumentType>} */
    this.shortNames = new Map();
    for (const type of data.types) {
      for (const code of type.codes) {
        this.typeCodes.add(code, code);
        this.ofCode.set(code, [...(this.ofCode.get(code) ?? []), type]);
      }
      for (const name of [type.name, ...type.names]) {
        const [names, form] = name.toUpperCase() === name ? [this.shortNames, name] : [this.fullNames, this.fold(name)];
        if (!names.has(form)) names.set(form, type);
      }
    }
    /** @type {Map<string, IssuerCode>} */
    this.issuers = new Map();
    /** @type {Map<string, IssuerCode>} */
    this.byTerm = new Map();
    for (const code of data.codes) {
      this.issuers.set(code.code, code);
      for (const form of [code.code, ...code.typed]) {
        this.codes.add(form, code.code);
        if (code.term) this.byTerm.set(form, code);
      }
    }
    const all = [...new Set(data.types.flatMap((type) => type.codes))];
    this.longestFirst = all.sort((a, b) => b.length - a.length);
    this.joint = data.types.filter((type) => type.joint).flatMap((type) => type.codes);
    this.typedAsIs = new Set(data.types.filter((type) => type.asTyped).flatMap((type) => type.codes));
    this.eitherSide = new Set();
    for (const code of data.codes) {
      for (const type of data.types.filter(({ id }) => code.either.includes(id))) {
        for (const typeCode of type.codes) this.eitherSide.add(`${code.code} ${typeCode}`);
      }
    }
  }

  // ---- Text and patterns ----

  /** A text with look-alike letters, dashes, spaces and quotes made one; same length. @param {string} text */
  view(text) {
    return text.replace(/[^\p{ASCII}]/gu, (letter) => this.seenAs.get(letter) ?? letter).replaceAll("\t", " ");
  }

  /** The matching key of a text; same length. @param {string} text */
  fold(text) {
    const seen = this.view(text);
    let lower = seen.toLowerCase();
    if (lower.length !== seen.length)
      lower = [...seen].map((c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c)).join("");
    return lower.replace(LATE_TONE, (late) => LATE[late]).replace(LONE_I, (i) => Y_FOR_I[i]);
  }

  /** @param {string} name @param {string} flags */
  pattern(name, flags) {
    const key = `${name} ${flags}`;
    const known = this.made.get(key);
    if (known) return known;
    const [source, own] = this.patterns[name];
    const made = new RegExp(source, own + flags);
    this.made.set(key, made);
    return made;
  }

  /** What a pattern finds right at a place. @param {string} name @param {string} text @param {number} [at] */
  at(name, text, at = 0) {
    const pattern = this.pattern(name, "dy");
    pattern.lastIndex = at;
    return pattern.exec(text);
  }

  /** What it finds first. @param {string} name @param {string} text */
  first(name, text) {
    return this.pattern(name, "d").exec(text);
  }

  /** All that it finds. @param {string} name @param {string} text */
  all(name, text) {
    return text.matchAll(this.pattern(name, "dg"));
  }

  // ---- Type words ----

  /** The type words right before a number. @param {string} seen @param {string} folded @returns {Generator<void, TypeWord[]>} */
  *typeWords(seen, folded) {
    /** @type {TypeWord[]} */
    const found = [];
    for (const match of this.all("in_full", folded)) {
      yield;
      const end = match.index + match[0].length;
      const type = this.fullNames.get(namedGroup(match, "word").split(/\s+/).join(" "));
      const before = folded.slice(Math.max(0, match.index - 9), match.index);
      if (!type || (this.at("office", folded, end) && this.first("office_before", before))) continue;
      const gap = this.at("to_number", folded, end);
      if (gap) found.push(typeWord(match.index, gap, type, false));
    }
    for (const match of this.all("short", seen)) {
      const gap = this.at("to_number", folded, match.index + match[0].length);
      const type = this.shortNames.get(namedGroup(match, "word"));
      if (type && gap) found.push(typeWord(match.index, gap, type, true));
    }
    return found.sort((a, b) => a.start - b.start || Number(a.short) - Number(b.short));
  }

  // ---- Symbols ----

  /** The issuer's code in any of its spellings. @param {string} name */
  codeOf(name) {
    return this.issuers.get(this.codes.one(name.replace(/[. ]/g, ""))) ?? null;
  }

  /** @param {string} text viewed @param {number} position @param {DocumentType | null} word */
  readAt(text, position, word) {
    const match = this.at("here", text, position);
    return match ? this.read(match, word) : null;
  }

  /** @param {RegExpExecArray | RegExpMatchArray} found @param {DocumentType | null} word @returns {Sign | null} */
  read(found, word) {
    const match = new Candidate(found);
    const loose = match.gap !== undefined && !match.gap.trim();
    const readings = [this.assembly, this.typed, this.fused, this.issued, this.ownType, this.mistyped];
    for (const reading of loose ? readings.slice(0, 2) : readings) {
      const sign = reading.call(this, match, match.head, word);
      if (sign) return loose && !sign.code ? null : sign;
    }
    return null;
  }

  /** Where a number ends that cannot be read; -1 if there is none. @param {string} text @param {number} position */
  damagedAt(text, position) {
    const damaged = this.at("damaged", text, position);
    const half = this.at("half_read", text, position);
    if (damaged?.groups?.foreign) return position + damaged[0].length;
    for (const match of [damaged, half]) {
      if (!match) continue;
      const head = namedGroup(match, "head");
      if (!this.codeOf(head) && !(match === damaged && this.typeCodes.one(head))) continue;
      return match === damaged || !this.readAt(text, position, null) ? position + match[0].length : -1;
    }
    return -1;
  }

  /** @param {Candidate} match @param {string} head @param {DocumentType | null} _ @returns {Sign | null} */
  assembly(match, head, _) {
    let end = match.headEnd;
    let written = head;
    const apart = this.byTerm.has(head.toUpperCase()) ? this.at("apart", match.input, end) : null;
    if (apart) {
      written = head + apart[1];
      end += apart[0].length;
    }
    const found = this.at("assembly", written.toUpperCase());
    if (!found || !match.year) return null;
    const code = this.byTerm.get(found[1]) ?? null;
    return { ...begin(match, "assembly", end), rest: `${code?.code ?? found[1]}${found[2]}`, code };
  }

  /** @param {Candidate} match @param {string} head @param {DocumentType | null} word @returns {Sign | null} */
  typed(match, head, word) {
    const typeCode = this.typeCodes.one(head);
    const joined = match.first.trim() || (match.second ?? "").includes("/");
    if (!typeCode || !(joined || word)) return null;
    const sign = this.withIssuer(match, word);
    if (sign) {
      const ofState = sign.partyMarks === false && this.eitherSide.has(`${sign.rest} ${typeCode}`);
      const whole = { ...sign, typeCode, asTyped: ofState || this.typedAsIs.has(typeCode) };
      const side = isParty(whole) ? "dang" : "nha-nuoc";
      return whole.asTyped || this.ofCode.get(typeCode)?.some((type) => type.sides.includes(side)) ? whole : null;
    }
    if (!match.first.trim() || (!word && !match.year)) return null;
    return { ...begin(match, "unissued", match.headEnd), typeCode };
  }

  /** @param {Candidate} match @param {string} head @param {DocumentType | null} word @returns {Sign | null} */
  fused(match, head, word) {
    if (!match.first.trim() || isLower(head) || this.codeOf(head)) return null;
    for (const typeCode of this.longestFirst) {
      if (!(word ? word.codes.includes(typeCode) : match.year)) continue;
      const code = head.toUpperCase().startsWith(typeCode.toUpperCase())
        ? this.codeOf(head.slice(typeCode.length))
        : null;
      if (!code) continue;
      const sign = begin(match, "typed", match.headEnd);
      return { ...sign, typeCode, rest: code.code, code, asTyped: this.typedAsIs.has(typeCode) };
    }
    return null;
  }

  /** @param {Candidate} match @param {string} head @param {DocumentType | null} word @returns {Sign | null} */
  issued(match, head, word) {
    const code = this.codeOf(head);
    const [spelt] = this.spell(head);
    if (this.byTerm.has(spelt)) return null;
    const turned = word && match.tail ? word.codes.includes(this.typeCodes.one(match.tail)) : false;
    const short = word && OFFICE_LETTERS.some((letter) => this.codeOf(letter + head));
    const sure = code || turned || short || (word && (word.untyped || !word.codes.length));
    if (!match.first.trim() || !sure || !this.at("code_like", spelt)) return null;
    const sign = { ...begin(match, "issued", match.headEnd), code, rest: spelt };
    const unit = this.unit(match);
    if (unit) return { ...sign, form: "dispatch", rest: `${spelt}-${unit}`, end: match.tailStart + unit.length };
    if (this.at("half_read", match.whole)) return null;
    return word && code && (word.symbol !== "none" || word.untyped || !word.codes.length) ? sign : null;
  }

  /** @param {Candidate} match @param {string} head @param {DocumentType | null} word @returns {Sign | null} */
  ownType(match, head, word) {
    if (!word || !match.first.trim() || this.at("not_types", head) || !this.at("unit_like", head)) return null;
    const known = this.longestFirst.some((code) => code.length > 1 && head.startsWith(code));
    if (this.typeCodes.one(head) || !known) return null;
    const sign = this.withIssuer(match, word);
    return sign && { ...sign, typeCode: head };
  }

  /** @param {Candidate} match @param {string} head @param {DocumentType | null} word @returns {Sign | null} */
  mistyped(match, head, word) {
    const near = (word?.codes ?? []).filter((code) => code.length > 1 && isOneSlip(head, code));
    const sign = near.length === 1 && match.first.trim() ? this.withIssuer(match, word) : null;
    return sign?.code ? { ...sign, typeCode: near[0] } : null;
  }

  // ---- Parts ----

  /** @param {Candidate} match @param {DocumentType | null} word @returns {Sign | null} */
  withIssuer(match, word) {
    if (!match.tail) return null;
    const pieces = match.tail.split(/(\s{0,2}[-./]\s{0,2})/);
    let end = match.tailStart + match.tail.length;
    let rest = "";
    /** @type {IssuerCode | null} */
    let code = null;
    const apart = this.at("parent", match.input, end);
    const [ofParent, ofTail] = [apart ? this.codeOf(match.tail + apart[1]) : null, this.codeOf(match.tail)];
    const dotted = pieces[1] === "." ? this.codeOf(pieces.slice(0, 3).join("")) : null;
    if (apart && ofParent) {
      [rest, code, end] = [ofParent.code, ofParent, end + apart[0].length];
    } else if (ofTail) {
      [rest, code] = [ofTail.code, ofTail];
    } else if (dotted) {
      [rest, code, end] = [dotted.code, dotted, match.tailStart + pieces.slice(0, 3).join("").length];
    } else [rest, code, end] = this.speltOut(match, pieces, word);
    const loose = !(match.second ?? "").trim() || !match.first.trim();
    return !rest || (loose && !code) ? null : { ...begin(match, "typed", end), rest, code };
  }

  /**
   * @param {Candidate} match @param {string[]} pieces @param {DocumentType | null} word
   * @returns {[string, IssuerCode | null, number]}
   */
  speltOut(match, pieces, word) {
    let [rest, code] = this.spell(pieces[0]);
    if (!code) {
      if (isLower(pieces[0]) && !/\s/.test(match.whole) && word) rest = rest.toUpperCase();
      const capitals = [...rest].filter(isUpper).length;
      const named = this.at("code_like", rest) && capitals >= 2 && 2 * capitals > rest.length;
      if (!named && !this.at("police", rest)) return ["", null, match.tailStart];
    }
    let end = match.tailStart + pieces[0].length;
    const joint = this.joint.some((typeCode) => match.head.toUpperCase().startsWith(typeCode));
    for (let at = 1; at < pieces.length; at += 2) {
      const [gap, piece] = [pieces[at], pieces[at + 1]];
      const [[spelt], mark] = [this.spell(piece), gap.trim()];
      const spaced = gap.startsWith(" ") && gap.endsWith(" ");
      const apart = mark !== gap && !(this.codeOf(piece) && (joint || !spaced));
      const sentence = mark === "." && (piece.length > 5 || /\s$/.test(gap));
      if (!this.at("unit_like", spelt) || sentence || apart) break;
      rest = `${rest}${mark === "/" ? "-" : mark}${spelt}`;
      end += gap.length + piece.length;
    }
    return [rest, code, end];
  }

  /** @param {string} piece @returns {[string, IssuerCode | null]} */
  spell(piece) {
    const code = this.codeOf(piece);
    if (code) return [code.code, code];
    const numbered = this.at("digits_last", piece);
    const known = numbered ? this.codeOf(numbered[1]) : null;
    return known && numbered ? [`${known.code}${numbered[2]}`, known] : [piece, null];
  }

  /** @param {Candidate} match */
  unit(match) {
    const mark = match.second ?? "";
    let words = "";
    if (!match.tail || !/^[-/]/.test(mark.trim())) return "";
    const apart = /^\s/.test(mark) && /\s$/.test(mark);
    for (const piece of match.tail.split(/\s/)[0].split(/(?<=[-./])|(?=[-./])/)) {
      const isMark = "-./".includes(piece);
      const small = !apart && this.at("small_unit", piece) !== null;
      if (!(isMark || small || this.at("unit_like", piece)) || (apart && this.codeOf(piece))) break;
      words += small ? piece.toUpperCase() : piece;
    }
    return words.replace(/[-./]+$/, "");
  }
}

/** A place where a symbol may stand: the parts that the pattern took, and where they are. */
class Candidate {
  /** @param {RegExpExecArray | RegExpMatchArray} match */
  constructor(match) {
    const groups = match.groups ?? {};
    const places = /** @type {any} */ (match).indices.groups;
    this.input = match.input ?? "";
    this.whole = match[0];
    this.number = groups.number ?? "";
    this.start = /** @type {number} */ (places.number[0]);
    this.first = groups.first ?? "";
    this.year = groups.year ?? "";
    /** @type {string | undefined} */
    this.gap = groups.gap;
    this.head = groups.head ?? "";
    this.headEnd = /** @type {number} */ (places.head[1]);
    /** @type {string | undefined} */
    this.second = groups.second;
    this.tail = groups.tail ?? "";
    this.tailStart = /** @type {number} */ (places.tail?.[0] ?? -1);
  }
}

/** @param {RegExpExecArray | RegExpMatchArray} match @param {string} name */
export const namedGroup = (match, name) => match.groups?.[name] ?? "";

/** @param {number} start @param {RegExpExecArray} match @param {DocumentType} type @param {boolean} short @returns {TypeWord} */
function typeWord(start, match, type, short) {
  const gap = namedGroup(match, "gap").toLowerCase();
  const apart = Math.max(gap.indexOf(":"), gap.indexOf("("));
  const sign = gap.indexOf("số");
  const beyond = apart >= 0 && apart < sign;
  return {
    start: beyond ? match.index + sign : start,
    number: match.index + match[0].length,
    type,
    signed: sign >= 0,
    short,
  };
}

/** @param {Candidate} match @param {Sign["form"]} form @param {number} end @returns {Sign} */
function begin(match, form, end) {
  const marks = `${match.first.trim().slice(0, 1)} ${(match.second ?? "").trim().slice(0, 1)}`;
  return {
    start: match.start,
    end,
    form,
    digits: match.number.replaceAll(".", "").toLowerCase(),
    year: match.year,
    typeCode: "",
    rest: "",
    code: null,
    partyMarks: marks === "- /" || marks === "- " ? true : marks === "/ -" ? false : null,
    asTyped: false,
  };
}

/** Whether the Party's separators are right: the code says so, else those typed. @param {Sign} sign */
export function isParty(sign) {
  const code = sign.asTyped ? null : sign.code;
  if (!code || code.side === "mat-tran" || (code.level === "khac" && !code.of)) return sign.partyMarks === true;
  return code.side === "dang";
}

/** The number with its symbol in its right form. @param {Sign} sign */
export function numberOf(sign) {
  const head = sign.year ? `${sign.digits}/${sign.year}` : sign.digits;
  if (sign.form !== "typed") return `${head}${sign.form === "issued" && sign.partyMarks ? "-" : "/"}${sign.rest}`;
  if (isParty(sign) && !sign.year) return `${head}-${sign.typeCode}/${sign.rest}`;
  return `${head}/${sign.typeCode}-${sign.rest}`;
}

/**
 * Whether one slip of the hand makes `written` of `right`; see `is_one_slip` in symbols.py.
 * @param {string} written @param {string} right
 */
function isOneSlip(written, right) {
  const [one, other] = [written.toLowerCase(), right.toLowerCase()];
  let at = 0;
  while (at < Math.min(one.length, other.length) && one[at] === other[at]) at += 1;
  if (one.length !== other.length) {
    const twice = at > 0 && one.slice(at + 1) === other.slice(at) && one[at] === one[at - 1];
    return one.slice(at) === other.slice(at + 1) || twice;
  }
  const swapped = one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
  return one !== other && (one.slice(at + 1) === other.slice(at + 1) || swapped);
}
