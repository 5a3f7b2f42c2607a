// One search: the names and numbers first, then the full text; slips of the pen mended where nothing is found.
// The header's box and the search page both stand on this.
/** @import { Found, PageText, Paragraph } from "./search-full.js" */
/** @import { Entry } from "./search-names.js" */
/** @import { Query } from "./search-query.js" */
/** @import { Speller } from "./search-spelling.js" */

import { SITE } from "./addresses.js";
import { readData } from "./data.js";
import { FullText, bestParagraph, unfold } from "./search-full.js";
import { CLEAR, EMPTY, LISTED, NAME_HOLDS_BEGUN } from "./search-match.js";
import { Names, openNames } from "./search-names.js";
import { missingFrom } from "./search-numbers.js";
import { QueryReader } from "./search-query.js";
import { hasAccents, line } from "./search-text.js";

/**
 * A hit: of an entry, or of a page of the full text that is none. `reason` says why it is shown where that is not
 * plain; `thing` marks what the query means, before pages that only speak of it; `look` fills `page` and `paragraph`.
 * @typedef {{entry: Entry | null, url: string, score: number, reason: string, thing?: boolean, found: Found | null,
 *   page?: PageText, paragraph?: Paragraph | null}} Result
 */
/**
 * `better` is the query with its slips mended, "" if it has none; `replaced` tells that the results are those of it.
 * `missing` are the documents asked for that are not here: the results are only near them.
 * @typedef {{query: Query, results: Result[], better: string, replaced: boolean, missing: string[]}} Answer
 */

const NO_GRAMMAR = { loai: [], coQuan: [], vietTat: [], hoi: [] };
/** Characters of a query; the box takes no more (kb.js), an address may hold more. */
const LONGEST = 300;

// ---- What goes first (scores as in search-match.js) ----

/**
 * So many things at most stand before the full text, but all that are surely meant: a name that begins with the query,
 * less its losses.
 */
const MOST_THINGS = 8;
const SURELY_MEANT = 5.7;
/** Where numbers answer, names that hold the words stand back; what merely lies together with them does not. */
const BESIDE_NUMBERS = 3.5;

/** Pages of the full text to fetch and put in order by their paragraphs: about what the reader sees first. */
const LOOKED_AT = 12;
/** What each place further down in Pagefind's order costs, beside 1 for each different word in one paragraph. */
const PLACE_LOSS = 0.08;
/** An article says the words itself, other pages quote it; pages that are no entry (the manual) come last. */
const OWN_WORDS = 0.3;
const NO_ENTRY = -0.5;

/** @type {Promise<Names | null> | undefined} */
let names;
/** @type {FullText | undefined} */
let fullText;
/** @type {Speller | undefined} */
let speller;
/** Entries by their pages' ids in the full text. @type {Map<string, Entry> | undefined} */
let entryOfPage;

/** The names and numbers, or null on a site that has none. */
export function loadNames() {
  names ??= openNames((name) => readData(`tra-cuu/chi-muc/${name}`)).catch(() => null);
  return names;
}

/**
 * That documents asked for are not here, '' if all are.
 * @param {Answer} answer
 */
export function tellMissing({ missing, results }) {
  if (!missing.length) return "";
  const near = results.length ? " Dưới đây là những trang gần giống." : "";
  return `Kho chưa có ${missing.join(", ")}; điều đó không có nghĩa là văn bản ấy không có.${near}`;
}

/** Fetch what the first answers need before anything is typed; what fails is asked for again then. */
export function prepare() {
  fullText ??= new FullText(new URL("pagefind/", SITE));
  const text = fullText;
  return loadNames().then(() => text.prepare());
}

/** What a text means. @param {string} text @returns {Promise<Query>} */
export async function understand(text) {
  const known = await loadNames();
  return (known?.reader ?? new QueryReader(NO_GRAMMAR)).read(text.slice(0, LONGEST));
}

/**
 * Hits by name and number alone: at once.
 * @param {Query} query @param {boolean} typing the last word may be unfinished @returns {Promise<Result[]>}
 */
export async function byName(query, typing = false) {
  const known = await loadNames();
  if (!known) return [];
  const { entries } = await known.gather(query, typing);
  const quoted = query.phrases.map((phrase) => ` ${phrase.map((word) => word.bare).join(" ")} `);
  return known
    .find(query, typing, entries)
    .filter(({ entry }) =>
      quoted.every((phrase) => [...entry.lines, entry.titleLine].some((name) => name.includes(phrase))),
    )
    .map(({ entry, score, reason }) => ({ entry, url: entry.url, score, reason, found: null }));
}

/** Hits by name and number; where nothing is surely meant, with the last word as one left unfinished. @param {Query} query */
async function named(query) {
  const whole = await byName(query);
  if (whole.some(({ score }) => score >= CLEAR)) return whole;
  const begun = await byName(query, true);
  return begun.some(({ score }) => score >= NAME_HOLDS_BEGUN) ? begun : whole;
}

/**
 * What a text means by name and number: complete, in the order in which `search` puts it before the full text, so that
 * it may be shown at once and need not move again. Empty where only the full text can tell.
 * @param {string} text @returns {Promise<Answer>}
 */
export async function byNameFirst(text) {
  const query = await understand(text);
  const results = thingsMeant(await named(query));
  for (const result of results) result.thing = true;
  const better = results.length ? sameLetters(await mend(query), text) : "";
  return { query, results, better, replaced: false, missing: await missing(query) };
}

/** The documents surely asked for that are not here. @param {Query} query */
async function missing(query) {
  const known = await loadNames();
  const gathered = await known?.gather(query, false);
  return known && gathered?.isWhole ? missingFrom(known, query, gathered.entries) : [];
}

/**
 * Whether names answer a text that is typed, so that the full text would only add pages that speak of the same: the best
 * name holds every word (the last as far as it is typed), and it is a document asked for by its number, or there are so
 * many names that they fill the room there is.
 * @param {Query} query @param {Result[]} named best first @param {number} room
 */
export function isNamedWhole(query, [best, ...others], room) {
  const entry = best?.entry;
  if (!entry || query.phrases.length) return false;
  const isNumbered = query.numbers.some(({ sure }) => sure) && best.score >= LISTED && !best.reason;
  if (!isNumbered && others.length + 1 < room) return false;
  /** @param {string} names @param {string} word @param {boolean} isLast */
  const holds = (names, word, isLast) => names.includes(isLast ? ` ${word}` : ` ${word} `);
  const wordings = isNumbered ? [query.rest] : query.variants;
  return wordings.some((list) => {
    const telling = list.filter(({ bare }) => !EMPTY.has(bare));
    return telling.every((word, at) => {
      const isLast = at === telling.length - 1;
      const isAsTyped = !hasAccents(word.full) || holds(entry.allMarked, word.full, isLast);
      return isAsTyped && holds(entry.everything, word.bare, isLast);
    });
  });
}

/** A mended query if it only has other accents, else "". @param {string} better @param {string} text */
const sameLetters = (better, text) => (line(better) === line(text) ? better : "");

/** Everything: names, then the text of all pages. @param {Query} query @returns {Promise<Result[]>} */
export async function search(query) {
  const known = await loadNames();
  const byNames = await named(query);
  fullText ??= new FullText(new URL("pagefind/", SITE));
  const asked = known && !known.parts && !entryOfPage ? fullText.pages() : null;
  const found = await fullText.search(query);
  if (known && asked && found.length) entryOfPage = entriesByPage(known, await asked);
  return merged(byNames, found, query);
}

/**
 * Search; where nothing holds the words, search again with slips of the pen mended.
 * @param {string} text @returns {Promise<Answer>}
 */
export async function searchForgiving(text) {
  const query = await understand(text);
  const results = await search(query);
  const better = await mend(query);
  const gone = await missing(query);
  if (query.phrases.length || answers(results, query)) {
    return { query, results, better: sameLetters(better, text), replaced: false, missing: gone };
  }
  const again = better ? await understand(better) : query;
  const mended = better ? await search(again) : [];
  if (answers(mended, again)) return { query: again, results: mended, better, replaced: true, missing: gone };
  return { query, results: [], better: "", replaced: false, missing: gone };
}

/** The query with its slips mended, "" if there are none. @param {Query} query */
async function mend(query) {
  const known = await loadNames();
  if (!known) return "";
  const spelling = await import("./search-spelling.js");
  speller ??= new spelling.Speller(known);
  return speller.correct(query).catch(() => "");
}

/**
 * Whether something is what a query means, or holds every word (Pagefind also gives pages with the beginning of one).
 * @param {Result[]} results @param {Query} query
 */
const answers = (results, query) => results.some((result) => result.thing || holdsAll(result, query));

/** @param {Result} result of which only those looked into are known @param {Query} query */
function holdsAll({ page, entry }, query) {
  if (!page) return false;
  const text = line(`${unfold(page.content)} ${entry?.name ?? ""}`);
  return query.variants.some((variant) =>
    variant.every((word, at) =>
      text.includes(at < variant.length - 1 || /\d/.test(word.bare) ? ` ${word.bare} ` : ` ${word.bare}`),
    ),
  );
}

/**
 * Which entry a page of the full text is, by its place in the list of its folder.
 * @param {Names} known @param {Record<string, string>} pages
 */
function entriesByPage(known, pages) {
  /** @type {Map<string, Entry>} */
  const found = new Map();
  for (const kind of known.kinds) {
    const entries = known.entries.filter((entry) => entry.kind === kind).sort((a, b) => (a.id < b.id ? -1 : 1));
    const ids = pages[kind.id]?.split(" ") ?? [];
    if (ids.length === entries.length) ids.forEach((id, index) => found.set(id, entries[index]));
  }
  return found;
}

/**
 * The things meant first; then pages that speak of the words, best paragraph first.
 * @param {Result[]} named @param {Found[]} found @param {Query} query
 */
async function merged(named, found, query) {
  const spoken = found.map((each) => ({ each, entry: entryOfPage?.get(each.id) ?? null }));
  const textOf = new Map(spoken.map(({ each, entry }) => [entry, each]));
  for (const result of named) result.found = textOf.get(result.entry) ?? null;
  const things = thingsMeant(named);
  for (const result of things) result.thing = true;
  const meant = new Set(things.map((result) => result.entry));
  const reasons = new Map(named.map((result) => [result.entry, result.reason]));
  const texts = spoken
    .filter(({ entry }) => !entry || !meant.has(entry))
    .map(({ entry, each }) => ({
      entry,
      url: entry?.url ?? "",
      score: each.score,
      reason: reasons.get(entry) ?? "",
      found: each,
    }));
  const seen = new Set(texts.map((result) => result.entry));
  // The site's own pages, and all of a large base, stand in the full text as pages of no entry: what is meant by name is
  // not told twice.
  const pages = new Set(things.map(({ url }) => url.split("#")[0]));
  const spokenOf = (await inOrderOfParagraphs(texts, query)).filter(
    ({ entry, page }) => entry || !page || !pages.has(siteAddress(page)),
  );
  const spokenPages = new Set(spokenOf.map(({ url }) => url));
  const leftOver = named.filter(
    ({ entry, url }) => !meant.has(entry) && !seen.has(entry) && !spokenPages.has(url.split("#")[0]),
  );
  return [...things, ...spokenOf, ...leftOver];
}

/** @param {Result[]} named best first */
function thingsMeant(named) {
  const clear = named.filter((result) => result.score >= CLEAR);
  const isNumbered = clear.some((result) => result.score >= LISTED);
  const listed = isNumbered ? clear.filter((result) => result.score >= LISTED || result.score < BESIDE_NUMBERS) : clear;
  return listed.slice(0, Math.max(MOST_THINGS, listed.filter((result) => result.score >= SURELY_MEANT).length));
}

/**
 * Look into the first pages: one that holds the words together in a paragraph goes before one that has them apart.
 * @param {Result[]} results @param {Query} query
 */
async function inOrderOfParagraphs(results, query) {
  const looked = results.slice(0, LOOKED_AT);
  await Promise.all(looked.map((result) => look(result, query)));
  /** @param {Result} result */
  const value = ({ paragraph, entry }) =>
    (paragraph ? paragraph.kinds + paragraph.near : 0) +
    (!entry ? NO_ENTRY : entry.kind.entity === "article" ? OWN_WORDS : 0);
  const ordered = looked
    .map((result, index) => ({ result, value: value(result) - index * PLACE_LOSS }))
    .sort((a, b) => b.value - a.value);
  return [...ordered.map(({ result }) => result), ...results.slice(LOOKED_AT)];
}

/** The address of a page in the site. @param {PageText} page */
const siteAddress = ({ url }) => url.replace(/^\/+/, "");

/** Fetch a result's text and find its best paragraph. @param {Result} result @param {Query} query */
export async function look(result, query) {
  if (result.page || !result.found) return;
  result.page = await result.found.data();
  result.paragraph = bestParagraph(result.page, query);
  result.url ||= siteAddress(result.page);
}
