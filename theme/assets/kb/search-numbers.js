// Documents by their numbers: which are asked for, how near the other words of a query are, and which are not here.
/** @import { Entry, Names, Put } from "./search-names.js" */
/** @import { NumberAsked, Query } from "./search-query.js" */
/** @import { Word } from "./search-text.js" */

import {
  EMPTY,
  LISTED,
  LOOSE_CLOSENESS,
  LOOSE_NUMBER,
  NEAR_ENOUGH,
  NUMBER,
  NUMBER_ELSEWHERE,
  NUMBER_STEP,
  PLACE_BEFORE,
  PLACE_NOW,
  SAME_NUMBER,
  SAME_PLACE,
  SAME_YEAR,
  WORDS_SHARE,
  YEAR_UNSAID,
  isOfOtherPlace,
  shareIn,
} from "./search-match.js";
import { words } from "./search-text.js";

/** No number, and no word that tells nothing. @param {Word} word */
export const isTelling = ({ bare }) => !/^\d+$/.test(bare) && !EMPTY.has(bare);

/**
 * Documents whose number, or kind of number, is asked for.
 * @param {Names} names @param {Query} query @param {Put} put
 */
export function findNumbers(names, query, put) {
  const documents = names.among.filter((entry) => entry.symbol);
  const closeness = closenessTo(names, query);
  const places = names.placesNamed(query);
  /** Whether words tell more than numbers and places. @param {Word[]} list */
  const tellsMore = (list) =>
    list.filter(isTelling).length > names.inQuery.in(list).reduce((sum, { size }) => sum + size, 0);
  const others = query.variants.every(tellsMore);
  for (const [place, asked] of query.numbers.entries()) {
    const sameNumber = documents.filter((entry) => entry.symbol && entry.symbol[0] === asked.number);
    const fitting = sameNumber.filter((entry) => fits(names, entry, asked));
    const reason = `cùng số ${asked.number}; kho không có văn bản đúng loại, năm hoặc nơi ban hành đã gõ`;
    const base = (asked.sure ? NUMBER : LOOSE_NUMBER) - place * NUMBER_STEP;
    for (const entry of fitting) {
      const near = closeness(entry);
      const [, yearOfSymbol] = entry.symbol || [0, 0];
      if (asked.sure) {
        put(entry, base + near, "", true);
      } else if (places.length && (isOfOtherPlace(entry, places) || near < NEAR_ENOUGH)) {
        if (!others) put(entry, NUMBER_ELSEWHERE, reason, true);
      } else if (!others || near >= NEAR_ENOUGH) {
        // Perhaps it is no document's number: then what else is typed says which.
        put(entry, base + near * LOOSE_CLOSENESS - (yearOfSymbol ? YEAR_UNSAID : 0), "", true);
      }
    }
    if (fitting.length) continue;
    for (const entry of sameNumber) put(entry, SAME_NUMBER + closeness(entry), reason, true);
  }
  if (!query.list || query.numbers.length) return;
  const asked = { ...query.list, types: new Set(), year: 0 };
  for (const entry of documents) if (fits(names, entry, asked)) put(entry, LISTED + closeness(entry));
}

/**
 * The documents surely asked for that are not here, as the query names them: "18-NQ/TW", "34-CT/TU (Hà Giang)".
 * @param {Names} names @param {Query} query @param {Entry[]} among all documents of its numbers are there
 * @returns {string[]}
 */
export function missingFrom(names, query, among = names.entries) {
  const documents = among.filter((entry) => entry.symbol);
  const places = names.placesNamed(query);
  const years = new Set(query.years);
  /** @param {Entry} entry */
  const isOfPlace = ({ place, placeNow }) =>
    !places.length || [place, placeNow].some((each) => each !== null && places.includes(each));
  return query.numbers.flatMap((asked) => {
    if (!asked.sure) return [];
    const fitting = documents.filter(
      (entry) => entry.symbol && entry.symbol[0] === asked.number && fits(names, entry, asked),
    );
    const ofYear = fitting.filter(({ year }) => !years.size || years.has(year));
    if (ofYear.some(isOfPlace)) return [];
    const used = [...asked.used].map((at) => query.words[at]);
    const typed = query.clean.slice(
      Math.min(...used.map((word) => word.start)),
      Math.max(...used.map((word) => word.end)),
    );
    const beside = [
      ...(fitting.length && !ofYear.length ? years : []),
      ...(ofYear.length ? places.map((place) => place.name) : []),
    ];
    return `${typed}${beside.length ? ` (${beside.join(", ")})` : ""}`;
  });
}

/**
 * Whether a document is of the year, type and issuer asked for.
 * @param {Names} names @param {Entry} entry @param {Pick<NumberAsked, "year" | "types" | "typeCodes" | "codes">} asked
 */
function fits({ core }, entry, asked) {
  const [, year, typeAt, codeAt] = entry.symbol || [0, 0, 0, 0];
  const typeCode = core.maLoai[typeAt - 1] ?? "";
  const code = core.coQuan[codeAt - 1]?.[0] ?? "";
  if (asked.year && asked.year !== (year || entry.year)) return false;
  if (asked.codes.size && !asked.codes.has(code)) return false;
  const sameType = core.loai.some(
    ([id, , codes]) => id === entry.type && codes.some((each) => asked.typeCodes.has(each)),
  );
  if (asked.typeCodes.size && !asked.typeCodes.has(typeCode) && !sameType) return false;
  return !asked.types.size || asked.types.has(entry.type) || asked.typeCodes.has(typeCode);
}

/**
 * How near a query's other words are to an entry: its place, its year, its issuer and title.
 * @param {Names} names @param {Query} query
 */
function closenessTo(names, query) {
  const spent = new Set(query.numbers.flatMap((asked) => [...asked.used].map((at) => query.words[at].bare)));
  const named = names.placesNamed(query);
  for (const place of named) for (const word of words(place.name)) spent.add(word.bare);
  const today = new Set(named.flatMap((place) => place.next.map(([id]) => id)));
  /** @param {Word[]} list */
  const left = (list) =>
    list.filter((word) => !spent.has(word.bare) && !/^\d+$/.test(word.bare) && !EMPTY.has(word.bare));
  const wordings = [query.rest, ...query.variants]
    .map((list) => left(names.reader.withoutAsking(list)))
    .filter((list) => list.length);
  /** @param {Entry | null} place */
  const isNamedHere = (place) => place !== null && named.includes(place);
  /** @param {Entry} entry */
  return ({ everything, place, placeNow, year }) => {
    const share = Math.max(0, ...wordings.map((list) => shareIn(list, everything)));
    const near = isNamedHere(place)
      ? SAME_PLACE
      : isNamedHere(placeNow)
        ? PLACE_NOW
        : place && today.has(place.id)
          ? PLACE_BEFORE
          : 0;
    return share * WORDS_SHARE + near + (query.years.includes(year) ? SAME_YEAR : 0);
  };
}
