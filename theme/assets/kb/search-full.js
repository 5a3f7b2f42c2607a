// Full text, by Pagefind: which pages hold the words, and which paragraph of a page does.

import { bare, fullLine, hasAccents, line, nfc, words } from "./search-text.js";

/** @typedef {import("./search-query.js").Query} Query */
/** @typedef {{id: string, score: number, data: () => Promise<any>}} Found */
/** @typedef {{id: string, text: string, words: import("./search-text.js").Word[], kinds: number, near: number}} Paragraph */

const STROKE = "\u0335";
const MOST_SEARCHES = 3;
const FEW = 4;
const WINDOW = 30;
const LONE_Y = /^([hklmst]|qu)[yỳỷỹýỵ]$/u;
const I_FOR_Y = { y: "i", "ỳ": "ì", "ỷ": "ỉ", "ỹ": "ĩ", "ý": "í", "ỵ": "ị" };

// đ is a letter of its own to Pagefind: the index holds d + a combining stroke instead, so does the query.
const fold = (text) => nfc(text).replaceAll("đ", `d${STROKE}`).replaceAll("Đ", `D${STROKE}`);
export const unfold = (text) => text.replaceAll(`d${STROKE}`, "đ").replaceAll(`D${STROKE}`, "Đ");

export class FullText {
  /** @param {URL} folder of Pagefind's files */
  constructor(folder) {
    this.folder = folder;
  }

  /** Fetch Pagefind and the list of its pages once; after a failure the next call tries again. */
  load() {
    this.engine ??= this.start().catch((error) => {
      this.engine = undefined;
      throw error;
    });
    return this.engine;
  }

  async start() {
    const list = fetch(new URL("kb-trang.json", this.folder)).then((answer) => (answer.ok ? answer.json() : {}), () => ({}));
    const pagefind = await import(new URL("pagefind.js", this.folder).href);
    await pagefind.options({ basePath: this.folder.pathname, baseUrl: new URL("..", this.folder).pathname });
    await pagefind.init();
    this.pages = await list;
    return pagefind;
  }

  /** The pages that hold the words of a query, best first. @param {Query} query @returns {Promise<Found[]>} */
  async search(query) {
    if (globalThis.kbFiles) return [];
    const engine = await this.load();
    const asked = texts(query);
    const found = new Map();
    const run = async (text, loss) => {
      for (const result of (await engine.search(fold(text))).results) {
        const score = result.score * loss;
        if (score > (found.get(result.id)?.score ?? 0)) found.set(result.id, { id: result.id, score, data: () => result.data() });
      }
    };
    for (const [index, text] of asked.slice(0, MOST_SEARCHES).entries()) await run(text, index ? 0.7 : 1);
    if (found.size < FEW && query.words.some((word) => LONE_Y.test(word.full))) await run(withI(query), 0.9);
    const results = [...found.values()].sort((a, b) => b.score - a.score);
    return query.phrases.length ? this.exact(results, query) : results;
  }

  /** Only pages on which the quoted words stand one after another, with the accents typed. */
  async exact(results, query) {
    const looked = await Promise.all(results.slice(0, 60).map(async (result) => ({ result, page: await result.data() })));
    const fits = ({ page }) => {
      const content = unfold(page.content);
      return query.phrases.every((phrase) => phraseIn(content, phrase));
    };
    return [...looked.filter(fits).map(({ result }) => result), ...results.slice(60)];
  }
}

export function phraseIn(text, phrase) {
  const accents = phrase.some((word) => hasAccents(word.full));
  const wanted = ` ${phrase.map((word) => (accents ? word.full : word.bare)).join(" ")} `;
  return (accents ? fullLine(text) : line(text)).includes(wanted);
}

/** What to ask Pagefind: the query as typed, with one spelling of i and y, with abbreviations the other way. */
function texts(query) {
  const [, ...others] = query.variants;
  const spelt = query.text.replace(/\p{L}+/gu, (word) => (word.toUpperCase() === word && word.length > 1 ? word : words(word)[0]?.full ?? word));
  return [...new Set([spelt, ...others.map((variant) => variant.map((word) => word.full).join(" "))])].filter(Boolean);
}

const withI = (query) => query.words.map((word) => (LONE_Y.test(word.full) ? word.full.slice(0, -1) + I_FOR_Y[word.full.at(-1)] : word.full)).join(" ");

/** The paragraph of a page that answers a query best. @param {any} page Pagefind's data @param {Query} query @returns {Paragraph | null} */
export function bestParagraph(page, query) {
  const wanted = wantedWords(query);
  if (!wanted.size) return null;
  const content = unfold(page.content);
  const pieces = content.split(/\s+/);
  const anchors = (page.anchors ?? []).filter((anchor) => anchor.location < pieces.length).sort((a, b) => a.location - b.location);
  const starts = [{ id: "", location: 0 }, ...anchors];
  let best = null;
  let lasting = "";
  starts.forEach((start, index) => {
    if (/^d-[a-z2-7]+/.test(start.id)) lasting = start.id;
    else if (start.element !== "li" && start.element !== "p") lasting = "";
    const text = pieces.slice(start.location, starts[index + 1]?.location ?? pieces.length).join(" ");
    const found = words(text);
    const hits = found.map((word) => wanted.get(word.bare)).filter((value) => value !== undefined);
    if (!hits.length) return;
    const paragraph = { id: lasting, text, words: found, kinds: new Set(hits).size, near: nearness(found, query) };
    if (!best || paragraph.kinds + paragraph.near > best.kinds + best.near) best = paragraph;
  });
  return best;
}

/** How long a run of the query's words stands together, beyond the first: 0 … words − 1; more with the accents typed. */
function nearness(found, query) {
  let longest = 0;
  for (const variant of query.variants) {
    const line = ` ${found.map((word) => word.bare).join(" ")} `;
    const whole = ` ${variant.map((word) => word.bare).join(" ")} `;
    if (variant.length > 1 && line.includes(whole)) longest = Math.max(longest, variant.length - 1);
  }
  const accented = query.accents && found.map((word) => word.full).join(" ").includes(query.words.map((word) => word.full).join(" "));
  return longest + (accented ? 0.5 : 0);
}

/** The bare words to look for, each with the place of its meaning in the query. @param {Query} query */
export function wantedWords(query) {
  const wanted = new Map();
  for (const variant of query.variants) for (const word of variant) wanted.set(word.bare, word.bare);
  return wanted;
}

/** Cut a text around its densest hits: pieces of text, every second one to be marked. @param {string} text @param {Query} query @returns {string[]} */
export function excerpt(text, query) {
  const wanted = wantedWords(query);
  const found = words(text);
  const hit = found.map((word) => wanted.has(word.bare));
  let best = 0;
  let most = -1;
  for (let start = 0; start === 0 || start + WINDOW / 2 < found.length; start += 5) {
    const inside = found.slice(start, start + WINDOW).filter((_, offset) => hit[start + offset]);
    const value = new Set(inside.map((word) => word.bare)).size * 10 + inside.length;
    if (value > most) [best, most] = [start, value];
  }
  const end = Math.min(found.length, best + WINDOW);
  const from = best ? found[best].start : 0;
  const to = end < found.length ? found[end - 1].end : text.length;
  const pieces = [best ? "… " : ""];
  let past = from;
  for (let at = best; at < end; at += 1) {
    if (!hit[at] || !isTold(found[at], query)) continue;
    pieces[pieces.length - 1] += text.slice(past, found[at].start);
    pieces.push(text.slice(found[at].start, found[at].end), "");
    past = found[at].end;
  }
  pieces[pieces.length - 1] += text.slice(past, to) + (end < found.length ? " …" : "");
  return pieces;
}

/** With accents typed, "má" is not marked for "ma" unless nothing better is there. */
function isTold(word, query) {
  if (!query.accents) return true;
  const typed = query.variants.flat().filter((each) => each.bare === word.bare);
  return typed.some((each) => each.full === word.full || !hasAccents(each.full) || bare(each.full) === word.bare && !query.words.includes(each)) || !typed.some((each) => hasAccents(each.full));
}
