// Full text: which pages hold the words (Pagefind says, or search-stored.js in the site of files), which paragraph of a
// page does, and the piece of it to show.
/** @import { Query } from "./search-query.js" */
/** @import { Word } from "./search-text.js" */

import { fullLine, hasAccents, line, nfc, words } from "./search-text.js";

/**
 * What Pagefind tells of a page (its own names; `url` in the site, `content` and `meta` folded, see unfold).
 * @typedef {{url: string, content: string, meta: Record<string, string>,
 *   anchors?: {id: string, element: string, location: number}[]}} PageText
 */
/** A page that holds the words. @typedef {{id: string, score: number, data: () => Promise<PageText>}} Found */
/**
 * A paragraph of a page: `id` is its lasting address or "", `kinds` how many different words of the query it holds,
 * `near` how long a run of them.
 * @typedef {{id: string, text: string, kinds: number, near: number}} Paragraph
 */
/**
 * What looks up words: `pages` are its ids of the pages of each folder, in order of their addresses; under "/" stand the
 * folders of the other indexes, where the site was built in parts.
 * @typedef {{pages: Record<string, string>, search: (text: string) => Promise<{results: Found[]}>}} Engine
 */

const STROKE = "\u0335";
/** Each spelling of a query is one more search, so there is an end to them; chosen by hand. */
const MOST_SEARCHES = 3;
const OTHER_SPELLING = 0.7;
/** Where fewer pages are found, the same is tried with i for y. */
const FEW = 4;
const WITH_I = 0.9;
/** A page has to be fetched to see whether quoted words stand together in it. */
const MOST_QUOTED = 60;
/** The words of an excerpt, about three lines; the window moves on by STEP words. */
const WINDOW = 30;
const STEP = 5;
/** In choosing an excerpt a word not yet seen counts as much as ten words of room. */
const NEW_WORD = 10;
/** The words with the accents typed go before the same words with others, behind one word more in a run. */
const AS_TYPED = 0.5;

const LONE_Y = /^([hklmst]|qu)[yỳỷỹýỵ]$/u;
/** @type {Record<string, string>} */
const I_FOR_Y = { y: "i", ỳ: "ì", ỷ: "ỉ", ỹ: "ĩ", ý: "í", ỵ: "ị" };

/**
 * đ is a letter of its own to Pagefind: the index holds d + a combining stroke instead, so does the query.
 * @param {string} text
 */
const fold = (text) => nfc(text).replaceAll("đ", `d${STROKE}`).replaceAll("Đ", `D${STROKE}`);
/** @param {string} text */
export const unfold = (text) => text.replaceAll(`d${STROKE}`, "đ").replaceAll(`D${STROKE}`, "Đ");

export class FullText {
  /** @param {URL} folder of Pagefind's files */
  constructor(folder) {
    this.folder = folder;
    /** @type {Promise<Engine> | undefined} */
    this.engine = undefined;
  }

  /** Fetch what looks up words, once; after a failure the next call tries again. */
  load() {
    this.engine ??= this.start().catch((error) => {
      this.engine = undefined;
      throw error;
    });
    return this.engine;
  }

  /** @returns {Promise<Engine>} */
  async start() {
    if (globalThis.kbFiles) return (await import("./search-stored.js")).openStored();
    const list = fetch(new URL("kb-trang.json", this.folder)).then(
      (answer) => (answer.ok ? answer.json() : {}),
      () => ({}),
    );
    const pagefind = await import(new URL("pagefind.js", this.folder).href);
    await pagefind.options({ basePath: this.folder.pathname, baseUrl: "/" });
    await pagefind.init();
    /** @type {Record<string, string>} */
    const pages = await list;
    const parts = (pages["/"] ?? "").split(" ").filter(Boolean);
    await Promise.all(
      parts.map((part) => pagefind.mergeIndex(new URL(`${part}/`, this.folder).pathname, { baseUrl: "/" })),
    );
    return { pages, search: (text) => pagefind.search(fold(text)) };
  }

  /** The pages that hold the words of a query, best first. @param {Query} query @returns {Promise<Found[]>} */
  async search(query) {
    if (!query.words.length) return [];
    const engine = await this.load();
    /** @type {Map<string, Found>} */
    const found = new Map();
    /** @param {string} text @param {number} loss */
    const run = async (text, loss) => {
      for (const result of (await engine.search(text)).results) {
        const score = result.score * loss;
        if (score > (found.get(result.id)?.score ?? 0))
          found.set(result.id, { id: result.id, score, data: () => result.data() });
      }
    };
    for (const [index, text] of spellings(query).slice(0, MOST_SEARCHES).entries())
      await run(text, index ? OTHER_SPELLING : 1);
    if (found.size < FEW && query.words.some((word) => LONE_Y.test(word.full))) await run(withI(query), WITH_I);
    const results = [...found.values()].sort((a, b) => b.score - a.score);
    return query.phrases.length ? withPhrases(results, query) : results;
  }
}

/**
 * Only pages on which the quoted words stand one after another, with the accents typed.
 * @param {Found[]} results @param {Query} query
 */
async function withPhrases(results, query) {
  const looked = results.slice(0, MOST_QUOTED);
  const pages = await Promise.all(looked.map((result) => result.data()));
  const fits = looked.filter((_, at) => query.phrases.every((phrase) => hasPhrase(unfold(pages[at].content), phrase)));
  return [...fits, ...results.slice(MOST_QUOTED)];
}

/** @param {string} text @param {Word[]} phrase */
function hasPhrase(text, phrase) {
  const accents = phrase.some((word) => hasAccents(word.full));
  const wanted = ` ${phrase.map((word) => (accents ? word.full : word.bare)).join(" ")} `;
  return (accents ? fullLine(text) : line(text)).includes(wanted);
}

/**
 * What to ask Pagefind: the query as typed, with one spelling of i and y, with abbreviations the other way.
 * @param {Query} query
 */
function spellings(query) {
  const spelt = query.text.replace(/\p{L}+/gu, (word) =>
    word.toUpperCase() === word && word.length > 1 ? word : (words(word)[0]?.full ?? word),
  );
  const others = query.variants.slice(1).map((variant) => variant.map((word) => word.full).join(" "));
  return [...new Set([spelt, ...others])].filter(Boolean);
}

/** @param {Query} query */
const withI = (query) =>
  query.words.map(({ full }) => (LONE_Y.test(full) ? full.slice(0, -1) + I_FOR_Y[full.slice(-1)] : full)).join(" ");

/**
 * The paragraph of a page that answers a query best.
 * @param {PageText} page @param {Query} query @returns {Paragraph | null}
 */
export function bestParagraph(page, query) {
  const wanted = wantedWords(query);
  const pieces = unfold(page.content).split(/\s+/);
  const anchors = (page.anchors ?? [])
    .filter((anchor) => anchor.element !== "span" && anchor.location < pieces.length) // spans: earlier addresses
    .sort((a, b) => a.location - b.location);
  const starts = [{ id: "", element: "", location: 0 }, ...anchors];
  /** @type {Paragraph | null} */
  let best = null;
  let lasting = "";
  for (const [index, start] of starts.entries()) {
    if (/^d-[a-z2-7]+/.test(start.id)) lasting = start.id;
    else if (start.element !== "li" && start.element !== "p") lasting = "";
    const own = pieces.slice(start.location, starts[index + 1]?.location ?? pieces.length);
    const text = own.filter((piece) => !/^[.,:;]+$/.test(piece)).join(" "); // what a link that was left out ended with
    const found = words(text);
    const kinds = new Set(found.map((word) => word.bare).filter((word) => wanted.has(word))).size;
    if (!kinds) continue;
    const paragraph = { id: lasting, text, kinds, near: nearness(found, query) };
    if (!best || paragraph.kinds + paragraph.near > best.kinds + best.near) best = paragraph;
  }
  return best;
}

/**
 * How long a run of the query's words stands together, beyond the first: 0 … words − 1; more with the accents typed.
 * @param {Word[]} found @param {Query} query
 */
function nearness(found, query) {
  const text = ` ${found.map((word) => word.bare).join(" ")} `;
  const runs = query.variants.filter(
    (variant) => variant.length > 1 && text.includes(` ${variant.map((word) => word.bare).join(" ")} `),
  );
  const longest = Math.max(0, ...runs.map((variant) => variant.length - 1));
  const asTyped =
    query.accents &&
    found
      .map((word) => word.full)
      .join(" ")
      .includes(query.words.map((word) => word.full).join(" "));
  return longest + (asTyped ? AS_TYPED : 0);
}

/** The bare words to look for. @param {Query} query */
const wantedWords = (query) => new Set(query.variants.flat().map((word) => word.bare));

/**
 * Cut a text around its densest hits: pieces of text, every second one to be marked.
 * @param {string} text @param {Query} query @returns {string[]}
 */
export function excerpt(text, query) {
  const wanted = wantedWords(query);
  const found = words(text);
  const hit = found.map((word) => wanted.has(word.bare));
  let best = 0;
  let most = -1;
  for (let start = 0; start === 0 || start + WINDOW / 2 < found.length; start += STEP) {
    const inside = found.slice(start, start + WINDOW).filter((_, offset) => hit[start + offset]);
    const value = new Set(inside.map((word) => word.bare)).size * NEW_WORD + inside.length;
    if (value > most) [best, most] = [start, value];
  }
  const end = Math.min(found.length, best + WINDOW);
  const from = best ? found[best].start : 0;
  const to = end < found.length ? found[end - 1].end : text.length;
  const pieces = [best ? "… " : ""];
  let past = from;
  for (let at = best; at < end; at += 1) {
    if (!hit[at] || !isMarked(found[at], query)) continue;
    pieces[pieces.length - 1] += text.slice(past, found[at].start);
    pieces.push(text.slice(found[at].start, found[at].end), "");
    past = found[at].end;
  }
  pieces[pieces.length - 1] += text.slice(past, to) + (end < found.length ? " …" : "");
  return pieces;
}

/**
 * With accents typed, "má" is not marked for "ma" unless nothing better is there.
 * @param {Word} word @param {Query} query
 */
function isMarked(word, query) {
  if (!query.accents) return true;
  const typed = query.variants.flat().filter((each) => each.bare === word.bare);
  return (
    !typed.some((each) => hasAccents(each.full)) ||
    typed.some((each) => each.full === word.full || !hasAccents(each.full) || !query.words.includes(each))
  );
}
