// What is to be told of a draft: the same steps as scripts/knowledge_base/meaning/draft_check/judge.py, with the data that
// publish/exports/draft_data.py writes. tests/cases/drafts.yml holds both to the same verdicts.
/** @import { Near, Term } from "./draft-meant.js" */
/** @import { DocumentType, GrammarData, Sign, TypeWord } from "./number-grammar.js" */

import { IN_PART, Meanings, NO_TERM, isoDate, newMark, readTerm } from "./draft-meant.js";
import {
  became,
  newName,
  numberKey,
  partsOf,
  plainDigits,
  settled,
  typedWrongly,
  withDecomposed,
} from "./draft-settle.js";
import { NumberGrammar, isParty, isUpper, namedGroup, numberOf } from "./number-grammar.js";

/**
 * A document of the base. `place` is its province, "" or absent for a central one; `date` as exact as known; `grave`: it is no
 * longer, or not yet, what it was; `state`: what must be known of it; `as_of`: the day, or the month, up to which that was looked
 * up, absent where `state` says it; `cite`: how it is cited; `replaced_by`, `followed_by`: the newer one, in its place or on the
 * same matter.
 * @typedef {{id: string, number: string, type: string, place?: string, date?: string, grave?: number, state?: string,
 *   as_of?: string, name?: string, title?: string, line?: string, cite?: string, replaced_by?: string, followed_by?: string}} Known
 */
/** A province; see `Place` in base.py. @typedef {DraftData["places"][number]} Place */
/**
 * A kind of body that has ended; see `FormerBody` in base.py.
 * @typedef {{pattern: [string, string], begin: string[], today?: string, in_province?: string, in_city?: string, name: string,
 *   local?: Record<string, string>, pages?: Record<string, string>}} Former
 */
/**
 * All that is known: the grammar, documents, provinces (`today`: what a former one belongs to), by place and ordinal in which
 * year terms began, bodies that have ended.
 * @typedef {{grammar: GrammarData, documents: Known[], places: {id: string, name: string, names: string[],
 *   today?: string, risen?: string, city?: number}[],
 *   terms: {place: string, began: Record<string, number>}[], bodies: Former[], placeNames: [string, string]}} DraftData
 */
/**
 * What may be told of a place; see `Told` in judge.py.
 * @typedef {"da-doi" | "nhieu-van-ban" | "chua-co" | "go-sai" | "ngat-dong" | "chu-roi" | "khac-ngay" | "sai-loai" |
 *   "thieu-ky-hieu" | "khong-doc-duoc" | "co-quan-cu" | "dia-phuong-cu"} Told
 */
/**
 * A place in the NFC text of a draft; see `Finding` in judge.py. `word` is the type named in front, `date` what the draft says.
 * @typedef {{start: number, end: number, text: string, number: string, told: Told[], documents: string[], right: string,
 *   likely?: string, near?: Near, page?: string, word?: string, date?: string, typeCode?: string}} Finding
 */
/**
 * A number in a draft; see `Mark` in judge.py.
 * @typedef {{start: number, at: number, end: number, word: DocumentType | null, sign: Sign | null, digits: string,
 *   year: string, number: string, date: string, term: Term, place: string, tail: [number, number]}} Mark
 */
/** The parts of a number; see `DocumentNumber` in core/ids.py. @typedef {{digits: string, year: string, party: boolean, type: string, issuer: string}} Parts */
/** @typedef {{text: string, seen: string, folded: string}} Scan */

const HEAD = 1500;
/** Characters before a number that may say of which term it is; see `BEFORE` in judge.py. */
const BEFORE = 120;
/** Characters before a name that may say that it is of the past, and numbers of a list that are followed back to what is said
 * before them; see `POST`, `MOST_JOINED` in judge.py. */
const POST = 60;
const MOST_JOINED = 9;
/** Letters of the beginning of a body's name; see `BEGIN` in draft_data.py. */
const BEGIN = 12;
const CAPITAL = /(?<![\p{L}\p{N}_])\p{Lu}/gu;

/** Judges drafts by the number grammar of the library and by what the base knows. */
export class DraftChecker {
  /** @param {DraftData} data */
  constructor(data) {
    /** @type {Record<string, [string, string]>} */
    const patterns = { ...data.grammar.patterns, place_names: data.placeNames };
    /** Which bodies may be named where these letters begin a word. @type {Map<string, number[]>} */
    this.bodiesBeginning = new Map();
    data.bodies.forEach((body, at) => {
      patterns[`body ${at}`] = body.pattern;
      for (const begin of body.begin) this.bodiesBeginning.set(begin, [...(this.bodiesBeginning.get(begin) ?? []), at]);
    });
    this.beginLengths = [...new Set([...this.bodiesBeginning.keys()].map((begin) => begin.length))];
    this.grammar = new NumberGrammar({ ...data.grammar, patterns });
    this.data = data;
    /** @type {Map<string, Known>} */
    this.ofId = new Map(data.documents.map((document) => [document.id, document]));
    /** @type {Map<string, Known[]>} */
    this.ofNumber = new Map();
    for (const document of data.documents) {
      const key = numberKey(document.number);
      this.ofNumber.set(key, [...(this.ofNumber.get(key) ?? []), document]);
    }
    this.parts = new Map(data.documents.map((document) => [document, partsOf(document.number)]));
    this.meanings = new Meanings(data, this.parts);
    this.places = new Map(data.places.flatMap((place) => place.names.map((name) => [name, place])));
  }

  /**
   * All numbers and names of the past, in the order of the text; `home`: the province whose body writes it.
   * @param {string} draft @param {string} [home] @returns {Finding[]}
   */
  check(draft, home = "") {
    const work = this.steps(draft, home);
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
    }
  }

  /**
   * The same in small steps, so that a page can go on answering between them: `pause` is waited for whenever `budget`
   * milliseconds are used up.
   * @param {string} draft @param {string} home @param {() => Promise<void>} pause @param {number} budget
   */
  async checkInSteps(draft, home, pause, budget) {
    const work = this.steps(draft, home);
    let begun = performance.now();
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      if (performance.now() - begun < budget) continue;
      await pause();
      begun = performance.now();
    }
  }

  /** @param {string} draft @param {string} home @returns {Generator<void, Finding[]>} */
  *steps(draft, home) {
    const text = draft.normalize("NFC");
    const seen = this.grammar.view(text);
    const scan = { text, seen, folded: this.grammar.fold(text) };
    yield;
    const alone = yield* this.marks(scan);
    /** @type {Mark[]} */
    const marks = [];
    /** @type {Finding[]} */
    const judged = [];
    for (const at of alone.keys()) {
      marks.push(this.withSurroundings(scan, alone, at, home));
      judged.push(this.judge(scan, marks[at]));
      yield;
    }
    const found = settled(marks, judged);
    const names = yield* this.names(scan, marks, found, home);
    const all = [...found, ...names].sort((a, b) => a.start - b.start);
    return withDecomposed(draft, scan, all);
  }

  // ---- Numbers ----

  /** @param {Scan} scan @returns {Generator<void, Mark[]>} */
  *marks(scan) {
    const behindWords = yield* this.behindWords(scan);
    const alone = yield* this.alone(scan, behindWords);
    const marks = [...behindWords, ...alone].sort((a, b) => a.at - b.at);
    return this.joined(scan, marks).filter((mark) => !this.isOwn(scan, mark));
  }

  /** @param {Scan} scan @returns {Generator<void, Mark[]>} */
  *behindWords(scan) {
    /** @type {Mark[]} */
    const found = [];
    let end = 0;
    const words = yield* this.grammar.typeWords(scan.seen, scan.folded);
    for (const word of words) {
      yield;
      const mark = word.number >= end ? this.behind(scan, word) : null;
      if (!mark) continue;
      end = mark.end;
      found.push(mark);
    }
    return found;
  }

  /** @param {Scan} scan @param {TypeWord} word @returns {Mark | null} */
  behind(scan, word) {
    const { grammar } = this;
    const damaged = grammar.damagedAt(scan.seen, word.number);
    if (damaged >= 0) return newMark(word.start, word.number, damaged, word.type);
    const sign = grammar.readAt(scan.seen, word.number, word.type);
    if (sign) return newMark(word.start, word.number, sign.end, word.type, sign);
    const match = grammar.at("bare", scan.seen, word.number);
    if (!match) return null;
    const end = word.number + match[0].length;
    if (grammar.at("counted", scan.folded, end) || grammar.at("years", scan.folded, end)) return null;
    const value = Number(namedGroup(match, "number"));
    const isYear = (value >= 1900 && value <= 2100) || value === 0;
    const named = isUpper(scan.seen[word.start]) && word.type.bare === "van-ban";
    if (!word.signed && (!named || isYear || grammar.at("unit", scan.folded, end))) return null;
    const digits = namedGroup(match, "number") + namedGroup(match, "letter").toLowerCase();
    return { ...newMark(word.start, word.number, end, word.type), digits, year: namedGroup(match, "year") };
  }

  /** @param {Scan} scan @param {Mark[]} taken @returns {Generator<void, Mark[]>} */
  *alone(scan, taken) {
    const { grammar } = this;
    /** @type {Mark[]} */
    const found = [];
    let at = 0;
    for (const match of grammar.all("anywhere", scan.seen)) {
      yield;
      const start = /** @type {any} */ (match).indices.groups.number[0];
      while (at < taken.length && taken[at].end <= start) at += 1;
      if (at < taken.length && taken[at].start <= start) continue;
      const sign = grammar.read(match, null);
      if (!sign || IN_PART.has(sign.form)) continue;
      const before = scan.folded.slice(Math.max(0, start - 50), start);
      const elsewhere = sign.form !== "assembly" && grammar.first("other_number", before);
      if (elsewhere || grammar.first("form", before)) continue;
      if (sign.form === "dispatch" && !grammar.first("sign_before", before)) continue;
      found.push(newMark(start, start, sign.end, null, sign));
    }
    return found;
  }

  /** Give the bare numbers of a list the symbol that stands at its end. @param {Scan} scan @param {Mark[]} marks */
  joined(scan, marks) {
    /** @type {Mark[]} */
    const found = [];
    for (const mark of [...marks].reverse()) {
      const following = found.at(-1);
      const model = following?.sign;
      let whole = mark;
      if (following && model?.form === "typed" && !mark.sign && mark.digits && !following.word) {
        const gap = this.grammar.at("join", scan.folded, mark.end);
        if (gap && mark.end + gap[0].length === following.at) {
          const sign = { ...model, digits: mark.digits, year: mark.year || model.year };
          whole = { ...mark, sign, number: numberOf(sign), year: sign.year };
        }
      }
      found.push(whole);
    }
    return found.reverse();
  }

  /** @param {Scan} scan @param {Mark} mark */
  isOwn(scan, mark) {
    const before = scan.folded.slice(Math.max(0, mark.at - 40), mark.at);
    if (mark.at >= HEAD || !this.grammar.first("own_number", before)) return false;
    return this.grammar.at("own_ends", scan.text.slice(mark.end, mark.end + 9).replaceAll("\t", "  ")) !== null;
  }

  /** @param {Scan} scan @param {Mark[]} marks @param {number} index @param {string} home @returns {Mark} */
  withSurroundings(scan, marks, index, home) {
    const { grammar } = this;
    const mark = marks[index];
    let next = index + 1;
    while (next < marks.length && marks[next].start < mark.end) next += 1;
    const following = next < marks.length ? marks[next].start : scan.folded.length;
    const rest = scan.folded.slice(mark.end, this.sentenceEnd(scan, mark.end, following));
    let said = grammar.at("term_behind", rest);
    const dated = grammar.at("date", rest, said?.[0].length ?? 0);
    let date = dated ? isoDate(dated) : "";
    let at = (said?.[0].length ?? 0) + (dated?.[0].length ?? 0);
    const issuer = grammar.at("issuer", rest, at) ?? grammar.at("in_brackets", rest, at);
    let place = "";
    /** @type {[number, number]} */
    let tail = [mark.end, mark.end];
    if (issuer) {
      const [first, last] = /** @type {any} */ (issuer).indices.groups.issuer;
      tail = [mark.end + first, mark.end + last];
      place = this.placeIn(namedGroup(issuer, "issuer"));
      at = last;
      const later = grammar.at("date", rest, last);
      if (!date && later && !later[0].trimStart().startsWith(",")) date = isoDate(later);
    }
    const begin = this.sentenceBegin(scan, mark, marks, index);
    said ??= grammar.at("term_behind", rest, at) ?? grammar.at("term_later", rest, at);
    said ??= grammar.first("term_before", scan.folded.slice(Math.max(begin, mark.start - BEFORE), mark.start));
    const same = mark.number ? (this.ofNumber.get(numberKey(mark.number)) ?? []) : [];
    const ofPlace = !same.length || same.some((document) => document.place);
    const before = () => this.placeBefore(scan, this.listBegin(scan, marks, index, begin), mark.start);
    place = ofPlace ? place || before() || home : "";
    return { ...mark, date, tail, place, term: said ? readTerm(said) : NO_TERM };
  }

  /** Where the sentence that goes on at `start` ends, at `end` at the latest. @param {Scan} scan @param {number} start @param {number} end */
  sentenceEnd(scan, start, end) {
    const pattern = this.grammar.pattern("sentence_end", "g");
    pattern.lastIndex = start;
    const match = pattern.exec(scan.folded);
    return match && match.index + match[0].length <= end ? match.index : end;
  }

  /** @param {string} words */
  placeIn(words) {
    const found = this.grammar.first("place_names", words);
    return found ? (this.placeOf(found[0])?.id ?? "") : "";
  }

  /** @param {string} words */
  placeOf(words) {
    return this.places.get(words.split(/\s+/).join(" "));
  }

  /**
   * Where the sentence of a number begins, behind the number before it at the earliest.
   * @param {Scan} scan @param {Mark} mark @param {Mark[]} marks @param {number} index
   */
  sentenceBegin(scan, mark, marks, index) {
    let last = index - 1;
    while (last >= 0 && marks[last].end > mark.start) last -= 1;
    const from = last >= 0 ? marks[last].end : 0;
    let start = from;
    for (const match of this.grammar.all("sentence_end", scan.folded.slice(from, mark.start)))
      start = from + match.index + match[0].length;
    return start;
  }

  /**
   * Where begins what is said before a number, or before the list of numbers that it goes on.
   * @param {Scan} scan @param {Mark[]} marks @param {number} index
   * @param {number} begin where the number before it ends, or its sentence begins
   */
  listBegin(scan, marks, index, begin) {
    let first = index;
    for (let at = index - 1; at >= Math.max(0, index - MOST_JOINED); at -= 1) {
      if (marks[at].end > marks[index].start) continue;
      const between = scan.folded.slice(marks[at].end, marks[first].start);
      if (!this.grammar.at("joined", between, this.grammar.at("date", between)?.[0].length ?? 0)) break;
      first = at;
    }
    return first === index ? begin : this.sentenceBegin(scan, marks[first], marks, first);
  }

  /** @param {Scan} scan @param {number} start @param {number} end */
  placeBefore(scan, start, end) {
    let found = "";
    for (const match of this.grammar.all("place_names", scan.folded.slice(start, end))) {
      const at = start + match.index;
      if (this.grammar.first("place_before", scan.folded.slice(Math.max(0, at - 24), at))) found = match[0];
    }
    return found ? (this.placeOf(found)?.id ?? "") : "";
  }

  // ---- What a number means ----

  /** @param {Scan} scan @param {Mark} mark @returns {Finding} */
  judge(scan, mark) {
    const text = scan.text.slice(mark.at, mark.end);
    const told = { word: mark.word?.name, date: mark.date, typeCode: mark.sign?.typeCode };
    if (!mark.digits)
      return {
        ...told,
        start: mark.start,
        end: mark.end,
        text,
        number: "",
        told: ["khong-doc-duoc"],
        documents: [],
        right: "",
      };
    const known = this.candidates(mark);
    const meant = mark.number ? this.meanings.narrowed(mark, known) : this.meanings.guessed(mark, known);
    const { documents, likely = "", near = "" } = meant;
    /** @type {Told[]} */
    const faults = mark.number ? typedWrongly(text, mark.number) : ["thieu-ky-hieu"];
    if (this.isWrongType(mark, near ? [] : known)) faults.push("sai-loai");
    faults.push(...meant.told);
    const isOne = new Set(documents.map((document) => document.number)).size === 1;
    const right = mark.number || (isOne && !near ? documents[0].number : "");
    const isMeant = (likely || documents.length === 1) && mark.number && !near;
    if (isMeant && documents[0].grave) faults.push("da-doi");
    const ids = documents.map((document) => document.id);
    const { at: start, end, number } = mark;
    return { ...told, start, end, text, number, told: faults, documents: ids, right, likely, near };
  }

  /** @param {Mark} mark @returns {Known[]} */
  candidates(mark) {
    if (mark.number) {
      const same = this.ofNumber.get(numberKey(mark.number)) ?? [];
      const told = same.filter((document) => mark.word && document.type === mark.word.id);
      return told.length ? told : same;
    }
    const { sign, word } = mark;
    return this.data.documents.filter((document) => {
      const parts = /** @type {Parts} */ (this.parts.get(document));
      if (plainDigits(parts.digits) !== plainDigits(mark.digits)) return false;
      if (sign?.form === "issued" && parts.issuer !== sign.rest) return false;
      if (sign?.typeCode && parts.type !== sign.typeCode) return false;
      if (mark.year && parts.year !== mark.year) return false;
      return !word || word.general || document.type === word.id;
    });
  }

  /** @param {Mark} mark @param {Known[]} known */
  isWrongType({ word, sign, number }, known) {
    if (!word || word.general || word.untyped || !sign?.typeCode || !number) return false;
    const side = isParty(sign) ? "dang" : "nha-nuoc";
    const kinds = this.grammar.ofCode.get(sign.typeCode) ?? [];
    const ofSide = kinds.filter((type) => type.sides.includes(side));
    const fitting = ofSide.length ? ofSide : kinds;
    if (fitting.length && !fitting.includes(word)) return true;
    const [only] = known.length === 1 ? known : [];
    return fitting.length > 1 && !!only && only.type !== word.id && fitting.some((type) => type.id === only.type);
  }

  // ---- Names of the past ----

  /** @param {Scan} scan @param {Mark[]} marks @param {Finding[]} found @param {string} home @returns {Generator<void, Finding[]>} */
  *names(scan, marks, found, home) {
    const { grammar } = this;
    const dated = marks.filter((mark, at) => mark.date || this.isDated(found[at])).map((mark) => mark.tail);
    const taken = [...marks.map((mark) => [mark.at, mark.end]), ...dated].sort((a, b) => a[0] - b[0]);
    let [past, reached] = [0, 0];
    /** @type {Finding[]} */
    const named = [];
    const bodies = yield* this.bodies(scan, home);
    const places = yield* this.formerPlaces(scan);
    const all = [...bodies, ...places];
    for (const name of all.sort((a, b) => a.start - b.start || b.end - a.end)) {
      while (past < taken.length && taken[past][1] <= name.start) past += 1;
      const inside = (past < taken.length && taken[past][0] < name.end) || name.start < reached;
      if (inside || grammar.at("told_as_past", scan.folded, name.end)) continue;
      reached = name.end; // what a name holds is told with it, or not at all
      const before = scan.folded.slice(Math.max(0, name.start - POST), name.start);
      if (!grammar.first("past_before", before) && !grammar.first("past_office", before)) named.push(name);
    }
    return named;
  }

  /** @param {Finding} finding */
  isDated(finding) {
    return finding.documents.length === 1 && !finding.near && !!this.ofId.get(finding.documents[0])?.date;
  }

  /** @param {Scan} scan @param {string} home @returns {Generator<void, Finding[]>} */
  *bodies(scan, home) {
    /** @type {Finding[]} */
    const found = [];
    for (const { index } of scan.seen.matchAll(CAPITAL)) {
      yield;
      for (const at of this.bodiesAt(scan.folded.slice(index, index + BEGIN + 9))) {
        const match = this.grammar.at(`body ${at}`, scan.folded, index);
        if (!match) continue;
        const end = index + match[0].length;
        const lead = this.grammar.at("office_place", scan.folded, end);
        const place = lead ? this.grammar.at("place_names", scan.folded, end + lead[0].length) : null;
        if (!place && this.isCentral(scan, end)) continue;
        const last = place ? place.index + place[0].length : end;
        const body = this.data.bodies[at];
        const where = place ? this.placeOf(place[0]) : this.data.places.find(({ id }) => id === home);
        const told = became(body, where);
        if (told) found.push(newName(scan, index, last, "co-quan-cu", told, body.pages?.[where?.id ?? ""]));
      }
    }
    return found;
  }

  /** Does a name go on to that of a body of the centre? @param {Scan} scan @param {number} end */
  isCentral(scan, end) {
    const behind = this.grammar.at("central_behind", scan.folded, end);
    return !!behind && (!!behind.groups?.at_once || isUpper(scan.seen.slice(end, end + 9).trimStart()[0]));
  }

  /** The bodies whose names may begin like a stretch of text. @param {string} folded */
  bodiesAt(folded) {
    const begin = folded.replace(/\s+/gu, " ");
    return this.beginLengths.flatMap((length) => this.bodiesBeginning.get(begin.slice(0, length)) ?? []);
  }

  /** @param {Scan} scan @returns {Generator<void, Finding[]>} */
  *formerPlaces(scan) {
    const { grammar } = this;
    /** @type {Finding[]} */
    const found = [];
    let last = -1;
    let rank = "";
    for (const match of grammar.all("place_names", scan.folded)) {
      yield;
      const [start, end] = [match.index, match.index + match[0].length];
      const capitals = scan.seen
        .slice(start, end)
        .split(/\s+/)
        .every((word) => !/^\p{L}/u.test(word) || isUpper(word[0]));
      const before = scan.folded.slice(Math.max(0, start - 30), start);
      if (!capitals || grammar.first("no_province", before)) continue;
      const between = last >= 0 ? scan.folded.slice(last, start) : null;
      const listed = between !== null && grammar.at("listed", between) !== null;
      const ranked = grammar.first("rank", before);
      if (!listed && !ranked && !grammar.first("place_before", before)) continue;
      last = end;
      const { today, risen, name } = this.placeOf(match[0]) ?? { name: "" };
      rank = ranked ? namedGroup(ranked, "rank").split(/\s+/).join(" ") : listed ? rank : "";
      const city = risen && this.data.grammar.ranks[rank];
      const begin = start - (ranked?.[0].length ?? 0);
      if (today) found.push(newName(scan, start, end, "dia-phuong-cu", today));
      else if (city) found.push(newName(scan, begin, end, "dia-phuong-cu", `là ${city} ${name}, ${risen}`));
    }
    return found;
  }
}
