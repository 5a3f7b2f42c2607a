// How well an entry answers a query by its names: the scale of scores, and how words are found in names, titles and
// what surrounds them. search-names.js puts entries in order by it.
/** @import { Entry, PageKind } from "./search-names.js" */
/** @import { Word } from "./search-text.js" */

import { bare, hasAccents } from "./search-text.js";

// ---- The scale of scores ----

// A name answers with one of NAME_…; what is taken off or added to it mostly stays below the step to the next.
// All were chosen by hand so that the queries of tests/cases/search/queries.yml lead to their pages. "Holds …" says
// between which values none of the 182 queries loses its page, this one changed and the others kept, by names alone on
// the 197 pages of November 2026, when TOGETHER was 3. Where nothing is said they hold from 0 to three times the value or
// more.

/** A document whose number is surely asked for: above all that a name can reach. Holds from 2.9. */
export const NUMBER = 20;
/** A bare number with other words: of half of them, or of the place, a document must be. Chosen by hand. */
export const NEAR_ENOUGH = 0.2;
/** A bare number with a province, of another one: behind the province, which stands within the query. Holds from CLEAR. */
export const NUMBER_ELSEWHERE = 2.9;
/** A number whose symbol has a year is mostly typed with it: 34 is 34-CT/TU before 34/2024/QĐ-UBND. */
export const YEAR_UNSAID = 0.005;
/** The number is right, but not the type, year or place asked for. */
export const SAME_NUMBER = 19;
/** All documents of a symbol without a number (CT/TU): above names as well. Holds from 5.1. */
export const LISTED = 15;
/** A bare number, perhaps a document's: between a name that begins with it and one that holds it. */
export const LOOSE_NUMBER = 5.8;
/** Of several numbers in one query the first goes before. */
export const NUMBER_STEP = 0.02;
/** How far a bare number lets what surrounds it count: not up to the next step. */
export const LOOSE_CLOSENESS = 0.2;

/** Holds from 6.1. */
const NAME_IS = 7;
/** Holds from 5 to 6.9. */
const NAME_BEGINS = 6;
/** Holds to 6. */
const NAME_HOLDS = 5;
/** The last word is still being typed, so it holds less surely. */
export const NAME_HOLDS_BEGUN = 4.8;
/** All words, but not in this order side by side. Holds to 5.5. */
const NAME_HAS_WORDS = 4;
/**
 * Words partly of the name, partly of what surrounds it (place, year, issuer): "tỉnh ủy 2023 nghệ an". Before a place or
 * theme that only stands within the query, whatever the rank of its kind.
 */
const TOGETHER = 3.5;
/** Nearly all words of a longer query, as questions are typed; up to MOSTLY_GAIN more, so that it stays behind TOGETHER. */
const MOSTLY_TOLD = 2.8;
const MOSTLY_GAIN = 0.6;
/** Of two that tell as many words, the one whose whole name was typed. */
const NAMED_TOO = 0.3;
/** From so many words on, and this share of them. */
const MOSTLY_FROM = 5;
const MOSTLY_SHARE = 0.7;
/** A name of several words within a longer query; a longer name up to LONG_NAME_GAIN more. Holds to 3.8. */
const NAME_WITHIN = 2.2;
const LONG_NAME_GAIN = 0.5;
const LONG_NAME = 60;
/**
 * A page of the site whose name of LONG_SITE_NAME words or more stands within the query: nobody types so many words of it
 * by chance. Before a body or place that shares words with it. Holds from 3.3.
 */
const SITE_NAME_WITHIN = 3.5;
const LONG_SITE_NAME = 5;
/**
 * A province and a theme, perhaps a year, and nothing else: so many entries of all three, the province, above what titles
 * reach; so many entries of both, the theme, the other entries, each a little below the one before. Chosen by hand: what
 * is asked for stands on the first screen.
 */
export const ENTRY_OF_YEAR = 5.7;
export const PLACE_OF_THEME = 5.6;
export const ENTRY_IN_PLACE = 5.2;
export const FIRST_IN_PLACE = 4;
export const THEME_OF_PLACE = 5.1;
export const OTHER_IN_PLACE = 4.2;
export const STEP_IN_PLACE = 0.001;
/** Of the year asked for, where nothing else is asked. */
export const OF_YEAR = 2;
/** All words in what surrounds the name. */
const AROUND = 1.5;

/** Below this a hit is too weak for its kind's whole rank; it gets this share. */
export const FULL_RANK_FROM = 2;
export const WEAK_RANK = 0.3;
/** A name beside the one on the page (other spelling, older name). Holds above 0. */
export const OTHER_NAME_LOSS = 0.15;
/** The longer the name beside what was typed, the less: LENGTH_OF_STEP letters more would cost 1, but at most this. */
export const LENGTH_LOSS = 0.3;
/** Holds from 3. */
export const LENGTH_OF_STEP = 300;
/** A title tells what a document is about: it counts less than a name, at most this less the loss (holds to 2.3). */
export const TITLE_BEST = 5;
export const TITLE_LOSS = 0.6;
/**
 * The headline of an article holds words by chance: behind a body that has them all, found by an abbreviation, and behind
 * the title of a document. Chosen by hand.
 */
export const HEADLINE_LOSS = 1.3;
/**
 * A title that says nothing else, but for words as "phê duyệt Đề án": before a theme one of whose longer names holds the
 * words, behind one that begins with them. Chosen by hand.
 */
export const TITLE_IS = 5.3;
/** Words of a title that only tell what kind of text it is. */
const FORMAL = new Set("phe duyet ban hanh de an chuong trinh ke hoach quy dinh quy che ve viec".split(" "));
/** Where a name answers as well as this, the title is not looked at. */
export const TITLE_BELOW = 4.5;
/** No accent as typed: three steps and a little, so that "má" comes behind whatever fits "ma" otherwise. */
const ACCENTS_LOSS = 3.2;
/** Found by an abbreviation written out. Holds above 0. */
export const VARIANT_LOSS = 0.4;
/** What has a successor comes right before it, but behind what is as it was. Holds above 0. */
export const FORMER_LOSS = 0.05;
/** The place is meant by its name of today only. */
const ELSEWHERE_LOSS = 0.2;

/** A name within a longer query with the rank of its kind, most words of it, or more: the query means the thing itself. */
export const CLEAR = 2.85;
/** From here on a name is surely meant, so that its successors are shown with it; a place also from PLACE_MEANT on. */
export const MEANT = 5.5;
export const PLACE_MEANT = 2;
/** Of a former body or place with more successors than this none is shown: it was broken up. */
export const MOST_SUCCESSORS = 3;
export const MOST_CARRIED_OVER = 3;
/** What comes with another hit stands this much beside it. */
export const BESIDE = 0.01;

// How near what surrounds a document is to the other words of the query: 0 … 1.4, all below one step.
export const WORDS_SHARE = 0.5;
/** A word alone, none of its neighbours in the query beside it. */
const LONE_WORD = 0.4;
/** More than all the words, which stand in documents of any place. */
export const SAME_PLACE = 0.6;
export const PLACE_NOW = 0.35;
export const PLACE_BEFORE = 0.2;
/** Holds above 0. */
export const SAME_YEAR = 0.3;

/** A document told by most words, of the type that the query names. Chosen by hand, less than a step. */
export const TYPE_NAMED = 0.25;

/** Words that tell nothing apart. */
export const EMPTY = new Set(["nam", "cua", "ve", "tai", "o", "cac", "va", "theo", "trong", "cho", "do"]);

/**
 * Whether entries of a kind bear a name that may stand within a longer query; numbers and headlines do not.
 * @param {PageKind} kind
 */
export const isNamed = ({ entity }) => entity !== "document" && entity !== "article";
/** Of the site's own pages only names of so many words: "văn bản", "nhiệm vụ" stand in any query. */
const SITE_NAME_WORDS = 3;

/** What a title is about: without the formal words it begins with. @param {string} title bare words between blanks */
export function subjectOf(title) {
  const list = title.trim().split(" ");
  return ` ${list.slice(list.findIndex((word) => !FORMAL.has(word))).join(" ")} `;
}

/**
 * Which part of some words stands in a text, 0 … 1; a word without a neighbour of it counts less.
 * @param {Word[]} list @param {string} text
 */
export function shareIn(list, text) {
  let sum = 0;
  list.forEach(({ bare }, at) => {
    if (!text.includes(` ${bare} `)) return;
    const [before, after] = [list[at - 1], list[at + 1]];
    const isPaired =
      (before && text.includes(` ${before.bare} ${bare} `)) || (after && text.includes(` ${bare} ${after.bare} `));
    sum += isPaired || list.length < 2 || /\d/.test(bare) ? 1 : LONE_WORD;
  });
  return sum / list.length;
}

/**
 * How well a name answers, one of the NAME_… above, 0 not.
 * @param {string} name @param {string} asked @param {string[]} tokens @param {boolean} typing
 */
export function tierOf(name, asked, tokens, typing) {
  if (name === asked) return NAME_IS;
  if (name.startsWith(asked)) return NAME_BEGINS;
  if (name.includes(asked)) return NAME_HOLDS;
  const unfinished = typing ? asked.trimEnd() : "";
  if (unfinished && name.startsWith(unfinished)) return NAME_BEGINS;
  if (unfinished && name.includes(unfinished)) return NAME_HOLDS_BEGUN;
  return tokens.every((token) => name.includes(token)) ? NAME_HAS_WORDS : 0;
}

/** What is lost when the accents typed are not those of the name. @param {string} marked @param {string[]} marks */
export function unlike(marked, marks) {
  return marks.length ? (ACCENTS_LOSS * marks.filter((mark) => !marked.includes(mark)).length) / marks.length : 0;
}

/**
 * Whether an entry is of another province than those that a query names, and names none of them either: "quảng nam" is
 * no word of "Tuyên Quang năm 2025".
 * @param {Entry} entry @param {Entry[]} places
 */
export const isOfOtherPlace = ({ place, placeNow, allMarked }, places) =>
  place !== null &&
  places.length > 0 &&
  !places.some(
    (named) => place === named || placeNow === named || place === named.placeNow || allMarked.includes(named.marked[0]),
  );

/**
 * An entry told by name and surroundings together, or named whole within the query, or by surroundings alone.
 * Words must stand there in pairs as in the query: "thị xã" is not "chỉ thị … liên xã".
 * @param {Entry} entry @param {string[]} tokens @param {string[]} marks @param {string} asked
 * @param {Entry[]} places named in the query
 */
export function coverage(entry, tokens, marks, asked, places) {
  const needed = tokens.filter((token) => !EMPTY.has(token.trim()));
  if (!needed.length) return 0;
  const within = nameWithin(entry, asked, marks, places);
  /** @param {string} words */
  const holds = (words) => entry.named.includes(words) || entry.context.includes(words);
  /** @param {string | undefined} first @param {string | undefined} second */
  const holdsPair = (first, second) =>
    first !== undefined && second !== undefined && holds(` ${first.trim()} ${second.trimStart()}`);
  /** Beside the word typed there, or the next that tells something. @param {string[]} list @param {string} token */
  const isPairedIn = (list, token) => {
    const at = list.indexOf(token);
    return holdsPair(list[at - 1], token) || holdsPair(token, list[at + 1]);
  };
  const isTold = needed.every((token) => {
    const isPaired = /\d/.test(token) || needed.length < 2 || isPairedIn(needed, token) || isPairedIn(tokens, token);
    return isPaired && holds(token);
  });
  if (!isTold) return within;
  const base = needed.some((token) => entry.named.includes(token)) ? TOGETHER : AROUND;
  const { place, placeNow } = entry;
  const isElsewhere = place && placeNow && !asked.includes(place.lines[0]) && asked.includes(placeNow.lines[0]);
  return Math.max(base - unlike(entry.allMarked, marks) - (isElsewhere ? ELSEWHERE_LOSS : 0), within);
}

/**
 * An entry that tells most words of a longer query, 0 if it does not.
 * @param {Entry} entry @param {Word[]} list @param {string[]} marks @param {string} asked
 * @param {Entry[]} places named in the query: it tells one of them
 */
export function mostlyTold(entry, list, marks, asked, places) {
  if (list.length < MOSTLY_FROM || entry.kind.entity === "site") return 0;
  if (places.length && !places.some(({ lines: [name] }) => entry.everything.includes(name))) return 0;
  const share = shareIn(list, entry.everything);
  if (share < MOSTLY_SHARE) return 0;
  const told = marks.filter((mark) => entry.everything.includes(` ${bare(mark.trim())} `));
  const whole = nameWithin(entry, asked, marks, places) > 0 ? NAMED_TOO : 0;
  return MOSTLY_TOLD + MOSTLY_GAIN * share + whole - unlike(entry.allMarked, told);
}

/**
 * How well a name within the query answers, 0 or less if none stands there. Accents that were typed say which words are
 * meant: in "diễn biến hòa bình" stands neither Điện Biên nor, for it was read as one word, Hòa Bình.
 * @param {Entry} entry @param {string} asked @param {string[]} marks @param {Entry[]} places named in the query
 */
function nameWithin(entry, asked, marks, places) {
  const least = entry.kind.entity === "site" ? SITE_NAME_WORDS : 2;
  const at = entry.lines.findIndex((name) => name.trim().split(" ").length >= least && asked.includes(name));
  if (at < 0 || !isNamed(entry.kind)) return 0;
  const whole = entry.lines[at];
  if (least > 2 && whole.trim().split(" ").length >= LONG_SITE_NAME) return SITE_NAME_WITHIN;
  const loss = unlike(
    entry.marked[at],
    marks.filter((mark) => hasAccents(mark) && whole.includes(` ${bare(mark.trim())} `)),
  );
  if (marks.length && !loss && entry.place === entry && !places.includes(entry)) return 0;
  return NAME_WITHIN + (least > 2 ? LONG_NAME_GAIN : Math.min(LONG_NAME_GAIN, whole.length / LONG_NAME)) - loss;
}
