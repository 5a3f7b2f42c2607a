// A number of a draft, and which of its documents is meant, by place and time. See scripts/knowledge_base/meaning/draft_check/
// judge.py and terms.py.
/** @import { DraftData, Known, Mark, Parts, Told } from "./draft-judge.js" */
/** @import { DocumentType, Sign } from "./number-grammar.js" */

import { isTold } from "./draft-settle.js";
import { numberOf } from "./number-grammar.js";

/** Why a document of the same number is not the one that is meant. @typedef {"" | "noi-khac" | "nam-khac" | "khoa-khac"} Near */
/** What is to be told, the documents meant, the likely one of them; see `_Meant` in judge.py. @typedef {{told: Told[], documents: Known[], likely?: string, near?: Near}} Meant */
/** A term as a draft says it, by its ordinal or its first year; 0: not said. @typedef {{ordinal: number, first: number}} Term */

export const NO_TERM = { ordinal: 0, first: 0 };
/** How signs are read that are not a whole number. */
export const IN_PART = new Set(["unissued", "issued"]);
const FULL_DATE = "2023-10-27".length;
/** @type {Record<string, number>} */
const ROMAN = { i: 1, v: 5, x: 10, l: 50 };

/** The term that a pattern has found. @param {RegExpExecArray} match @returns {Term} */
export function readTerm(match) {
  const { ordinal, nth, first } = match.groups ?? {};
  const written = ordinal ?? nth;
  return written ? { ordinal: toNumber(written), first: 0 } : { ordinal: 0, first: Number(first ?? 0) };
}

/** The day, or month, or year, that a pattern has found. @param {RegExpExecArray} match */
export function isoDate(match) {
  const { d1, d2, m1, m2, m3, y1, y2, y3, y4 } = match.groups ?? {};
  const parts = [m1 ?? m2 ?? m3, d1 ?? d2].filter(Boolean).map((part) => part.padStart(2, "0"));
  return [y1 ?? y2 ?? y3 ?? y4, ...parts].join("-");
}

/**
 * A number of which only its own words are read yet: neither day nor term nor place.
 * @param {number} start @param {number} at @param {number} end @param {DocumentType | null} word
 * @param {Sign | null} [sign] @returns {Mark}
 */
export function newMark(start, at, end, word, sign = null) {
  const number = sign && !IN_PART.has(sign.form) ? numberOf(sign) : "";
  const { digits = "", year = "" } = sign ?? {};
  return { start, at, end, word, sign, digits, year, number, date: "", term: NO_TERM, place: "", tail: [end, end] };
}

/** @param {string} written in digits, or Roman and lower case */
function toNumber(written) {
  if (/^\d+$/.test(written)) return Number(written);
  const values = [...written].map((letter) => ROMAN[letter]);
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
}

/** Tells which documents are meant, by what is known of terms. */
export class Meanings {
  /** @param {DraftData} data @param {Map<Known, Parts>} parts */
  constructor({ grammar, terms }, parts) {
    this.rule = grammar.terms;
    this.parts = parts;
    /** @type {Map<string, Record<string, number>>} */
    this.began = new Map(terms.map(({ place, began }) => [place, began]));
  }

  /** Of a whole number. @param {Mark} mark @param {Known[]} known @returns {Meant} */
  narrowed(mark, known) {
    if (!known.length) return { told: ["chua-co"], documents: [] };
    const ofPlaces = mark.place && known.some((document) => document.place);
    const here = ofPlaces ? known.filter(({ place }) => !place || place === mark.place) : known;
    if (!here.length) return { told: ["chua-co"], documents: known, near: "noi-khac" };
    const ofTime = this.ofTime(mark, here);
    if (!ofTime.length) return { told: ["chua-co"], documents: here, near: this.timeOf(here[0]) };
    const sameDay = ofTime.filter((document) => mark.date && agree(document.date, mark.date));
    const exact = sameDay.filter((document) => document.date);
    if (mark.date && !sameDay.length) return { told: ["khac-ngay"], documents: ofTime };
    const [only] = exact;
    if (exact.length === 1 && mark.date.length === FULL_DATE && only.place && !mark.place) {
      const documents = [only, ...ofTime.filter((document) => document !== only)];
      return { told: ["nhieu-van-ban"], documents, likely: only.id };
    }
    const documents = exact.length ? exact : sameDay.length ? sameDay : ofTime;
    return { told: documents.length > 1 || (documents[0].place && !mark.place) ? ["nhieu-van-ban"] : [], documents };
  }

  /** Of one that lacks its symbol. @param {Mark} mark @param {Known[]} known @returns {Meant} */
  guessed(mark, known) {
    const here = known.filter(({ place }) => mark.place && place === mark.place);
    const ofPlace = here.length ? here : known;
    const ofTime = this.ofTime(mark, ofPlace);
    if (ofPlace.length && !ofTime.length) return { told: [], documents: ofPlace, near: this.timeOf(ofPlace[0]) };
    const dated = isTold(mark) ? ofTime.filter(({ date }) => date) : [];
    const meant = dated.length ? dated : ofTime;
    const sameDay = meant.filter((document) => mark.date && agree(document.date, mark.date));
    return { told: [], documents: sameDay.length ? sameDay : meant };
  }

  /** @param {Known} document @returns {Near} */
  timeOf(document) {
    return this.partsOf(document).party ? "khoa-khac" : "nam-khac";
  }

  /** @param {Known} document */
  partsOf = (document) => /** @type {Parts} */ (this.parts.get(document));

  /** @param {Mark} mark @param {Known[]} known */
  ofTime = ({ date, term }, known) => known.filter((document) => this.isSameRun(document, date, term));

  /** May a document be of the term, or of the year, that a draft says? @param {Known} document @param {string} date @param {Term} term */
  isSameRun(document, date, term) {
    const { year, party } = this.partsOf(document);
    if (year || !document.date) return true;
    if (!party) return !date || date.slice(0, 4) === document.date.slice(0, 4);
    const own = this.termsAt(document.date, !document.place);
    if (date) {
      const said = this.termsAt(date, !document.place);
      if (own.length && said.length) return own.some((first) => said.includes(first));
      return Math.abs(Number(date.slice(0, 4)) - Number(document.date.slice(0, 4))) <= this.rule.years;
    }
    const begins = term.first % this.rule.years === Number(!document.place) ? term.first : 0;
    const first = this.began.get(document.place ?? "")?.[term.ordinal] || begins;
    return !first || !own.length || own.includes(first);
  }

  /** The first years of the terms that a date may lie in; see `terms_at` in ids.py. @param {string} date @param {boolean} central */
  termsAt(date, central) {
    const { first: begin, years, central: atCentre, local } = this.rule;
    const [year, month = 0] = date.split("-").map(Number);
    if (year < begin) return [];
    const first = Math.floor((year - Number(central)) / years) * years + Number(central);
    const unsure = central ? atCentre : local;
    if (year !== first) return [first];
    if (!month || unsure.includes(month)) return [first - years, first];
    return [month > Math.max(...unsure) ? first : first - years];
  }
}

/** @param {string | undefined} one @param {string} other */
const agree = (one, other) => !one || one.startsWith(other) || other.startsWith(one);
