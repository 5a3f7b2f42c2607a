// One search: the names and numbers first, then the full text; what is known of each hit, and how to
// sort and count hits. The header's box and the search page both stand on this.

import { FullText, bestParagraph, unfold } from "./search-full.js";
import { KINDS, Names } from "./search-names.js";
import { QueryReader } from "./search-query.js";
import { line } from "./search-text.js";

/** @typedef {import("./search-names.js").Entry} Entry */
/** @typedef {import("./search-query.js").Query} Query */
/** @typedef {{entry: Entry|null, url: string, score: number, reason: string, thing?: boolean, found: import("./search-full.js").Found|null, page?: any, paragraph?: any}} Result */

export const ROOT = new URL("../../", import.meta.url);
/** The address of a place in the site; a site of files (see scripts/dev_tools/preview.py) has no folders to point at. */
export const addressIn = (path) => {
  const { href } = new URL(path, ROOT);
  return globalThis.kbFiles?.address(href) ?? href;
};
/** What search cannot do here, to be told with its results. */
export const LIMITS = globalThis.kbFiles ? ` ${kbFiles.note}` : "";
const NO_GRAMMAR = { loai: [], coQuan: [], vietTat: [] };
const LOOKED_AT = 12;
const TOP = 8;
const LONGEST = 300;
const CLEAR = 2.9;

let names;
let full;

/** The names and numbers, or null on a site that has none. */
export function loadNames() {
  names ??= new Names(new URL("tra-cuu/chi-muc/", ROOT).href).load().catch(() => null);
  return names;
}

export function loadFull() {
  full ??= new FullText(new URL("pagefind/", ROOT));
  return full;
}

export const kindName = (kind) => KINDS.find(([id]) => id === kind)?.[1] ?? "";

/** What a text means. @param {string} text @returns {Promise<Query>} */
export async function understand(text) {
  const known = await loadNames();
  return (known?.reader ?? new QueryReader(NO_GRAMMAR)).read(text.slice(0, LONGEST));
}

/** Hits by name and number alone: at once. @param {Query} query @param {boolean} typing @returns {Promise<Result[]>} */
export async function byName(query, typing = false) {
  const known = await loadNames();
  if (!known) return [];
  const quoted = query.phrases.map((phrase) => ` ${phrase.map((word) => word.bare).join(" ")} `);
  return known
    .find(query, typing)
    .filter(({ entry }) => quoted.every((phrase) => [...entry.lines, entry.titleLine].some((name) => name.includes(phrase))))
    .map(({ entry, score, reason }) => ({ entry, url: entry.url, score, reason, found: null }));
}

/** Everything: names, then the text of all pages. @param {Query} query @returns {Promise<Result[]>} */
export async function search(query) {
  const known = await loadNames();
  if (known) await known.rest;
  const named = await byName(query);
  const engine = loadFull();
  const found = query.words.length ? await engine.search(query) : [];
  return merged(named, found.map((each) => ({ entry: entryOf(each.id, known, engine), each })), query);
}

/**
 * Search; where nothing holds the words, search again with slips of the pen mended. `better` is the mended
 * query to suggest; `replaced` tells that the results are those of `better`.
 * @param {string} text @returns {Promise<{query: Query, results: Result[], better: string, replaced: boolean}>}
 */
export async function searchForgiving(text) {
  const query = await understand(text);
  const results = await search(query);
  const holds = query.phrases.length > 0 || results.some((result) => result.thing || holdsAll(result, query));
  const better = await mend(query);
  if (holds) return { query, results, better: line(better) === line(text) ? better : "", replaced: false };
  const again = better ? await understand(better) : query;
  const mended = better ? await search(again) : [];
  const found = mended.some((result) => result.thing || holdsAll(result, again));
  return found ? { query: again, results: mended, better, replaced: true } : { query, results: [], better: "", replaced: false };
}

/** The query with its slips mended, '' if there are none. @param {Query} query */
async function mend(query) {
  const known = await loadNames();
  if (!known) return "";
  const { Speller } = await import("./search-spelling.js");
  known.speller ??= new Speller(known);
  return known.speller.correct(query).catch(() => "");
}

/** Whether a page that was looked into holds every word (Pagefind also gives pages with the beginning of one). */
function holdsAll({ page, entry }, query) {
  if (!page) return false;
  const text = line(`${unfold(page.content)} ${entry?.name ?? ""}`);
  return query.variants.some((variant) => variant.every((word, at) => text.includes(at < variant.length - 1 || /\d/.test(word.bare) ? ` ${word.bare} ` : ` ${word.bare}`)));
}

/** Which entry a page of the full text is, by its place in the list of its folder. */
function entryOf(id, known, engine) {
  if (!known) return null;
  known.byFragment ??= byFragment(known, engine.pages);
  return known.byFragment.get(id) ?? null;
}

function byFragment(known, pages) {
  const map = new Map();
  for (const [kind] of KINDS) {
    const entries = known.entries.filter((entry) => entry.kind === kind).sort((a, b) => (a.id < b.id ? -1 : 1));
    const ids = pages[kind]?.split(" ") ?? [];
    if (ids.length === entries.length) ids.forEach((id, index) => map.set(id, entries[index]));
  }
  return map;
}

/** The things meant first; then pages that speak of the words, best paragraph first. */
async function merged(named, found, query) {
  const byEntry = new Map(found.filter(({ entry }) => entry).map(({ entry, each }) => [entry, each]));
  for (const result of named) result.found = byEntry.get(result.entry) ?? null;
  const clear = named.filter((result) => result.score >= CLEAR);
  const listing = clear.some((result) => result.score >= 15) ? clear.filter((result) => result.score >= 15 || result.score < 3.5) : clear;
  const first = listing.slice(0, Math.max(TOP, listing.filter((result) => result.score >= 5.7).length));
  for (const result of first) result.thing = true;
  const used = new Set(first.map((result) => result.entry));
  const byScore = new Map(named.map((result) => [result.entry, result]));
  const rest = found
    .filter(({ entry }) => !entry || !used.has(entry))
    .map(({ entry, each }) => ({ entry, url: entry?.url ?? "", score: each.score, reason: byScore.get(entry)?.reason ?? "", found: each }));
  const seen = new Set(rest.map((result) => result.entry));
  const leftOver = named.filter((result) => !used.has(result.entry) && !seen.has(result.entry));
  return [...first, ...(await reranked(rest, query)), ...leftOver];
}

/** Look into the first pages: one that holds the words together in a paragraph goes before one that has them apart. */
async function reranked(results, query) {
  const looked = results.slice(0, LOOKED_AT);
  await Promise.all(looked.map((result) => look(result, query)));
  const value = ({ paragraph, entry }) => (paragraph ? paragraph.kinds + paragraph.near : 0) + (entry?.kind === "nguon" ? 0.3 : entry ? 0 : -0.5);
  const ordered = looked.map((result, index) => ({ result, value: value(result) - index * 0.08 })).sort((a, b) => b.value - a.value);
  return [...ordered.map(({ result }) => result), ...results.slice(LOOKED_AT)];
}

/** Fetch a result's text and find its best paragraph. @param {Result} result @param {Query} query */
export async function look(result, query) {
  if (result.page || !result.found) return;
  result.page = await result.found.data();
  result.paragraph = bestParagraph(result.page, query);
  result.url ||= result.page.url;
}

/** What is told of a result: title, and its facts. @param {Result} result */
export function describe(result) {
  const { entry, page } = result;
  if (!entry) {
    const { title, kind, place, year } = page.meta;
    return { title: unfold(title || page.url), facts: [kind, place, year].filter(Boolean), summary: "" };
  }
  const place = entry.kind === "dia-phuong" ? "" : entry.place?.name ?? (entry.kind === "chu-de" ? "" : "Trung ương");
  const issuer = entry.kind === "van-ban" && entry.issuer ? entry.issuer.name : "";
  const kind = entry.kind === "van-ban" ? entry.typeName : kindName(entry.kind);
  return { title: entry.name, facts: [kind, issuer, place, entry.year || "", entry.status].filter(Boolean), summary: entry.title };
}

// ---- Filters ----

/** What results can be narrowed by: name in the address, heading, values of an entry as [id, words]. */
export const FACETS = [
  ["loai", "Loại trang", (entry) => [[entry.kind, kindName(entry.kind)]]],
  ["van-ban", "Loại văn bản", (entry) => (entry.type ? [[entry.type, entry.typeName]] : [])],
  ["noi", "Địa phương (cũ và nay)", placesOf],
  ["co-quan", "Cơ quan ban hành", (entry) => (entry.issuer ? [[entry.issuer.id, entry.issuer.name]] : [])],
  ["chu-de", "Chủ đề", (entry) => entry.themes.map((theme) => [theme.id, theme.name])],
  ["nam", "Năm", (entry) => (entry.year ? [[String(entry.year), String(entry.year)]] : [])],
  ["tinh-trang", "Tình trạng", (entry) => (entry.status ? [[entry.status, entry.status]] : [])],
];

function placesOf(entry) {
  if (entry.kind === "chu-de") return [];
  if (!entry.place) return [["trung-uong", "Trung ương"]];
  const next = entry.place.next[0];
  return [[entry.place.id, entry.place.name], ...(next ? [[next[0], entry.placeNow?.name ?? next[0]]] : [])];
}

/** Whether a result passes all chosen values (but those of `except`). */
export function passes(result, chosen, except = "") {
  return FACETS.every(([name, , values]) => name === except || !chosen[name] || (result.entry && values(result.entry).some(([id]) => id === chosen[name])));
}

/** How many results each value of a facet has, the other facets kept. @returns {[string, string, number][]} */
export function counts(results, chosen, [name, , values]) {
  const found = new Map();
  for (const result of results) {
    if (!result.entry || !passes(result, chosen, name)) continue;
    for (const [id, words] of values(result.entry)) found.set(id, [id, words, (found.get(id)?.[2] ?? 0) + 1]);
  }
  if (chosen[name] && !found.has(chosen[name])) found.set(chosen[name], [chosen[name], chosen[name], 0]);
  return [...found.values()].sort((a, b) => (name === "nam" ? b[0] - a[0] : b[2] - a[2] || a[1].localeCompare(b[1], "vi")));
}

/** Newest first, undated last. @param {Result[]} results */
export const byDate = (results) => [...results].sort((a, b) => ((b.entry?.date ?? "") < (a.entry?.date ?? "") ? -1 : (b.entry?.date ?? "") > (a.entry?.date ?? "") ? 1 : 0));

/** What was understood, in words, for when nothing is found. @param {Query} query */
export function told(query) {
  const parts = query.numbers.map((asked) => `văn bản số ${asked.number}${asked.year ? ` năm ${asked.year}` : ""}`);
  if (query.list) parts.push(`mọi văn bản có ký hiệu ${[...query.list.typeCodes][0]}${query.list.codes.size ? `/${[...query.list.codes][0]}` : ""}`);
  for (const phrase of query.phrases) parts.push(`đúng cụm từ “${phrase.map((word) => word.full).join(" ")}”`);
  const others = query.rest.filter((word) => !query.phrases.flat().some((each) => each.bare === word.bare)).map((word) => word.full);
  if (others.length) parts.push(`có các chữ “${others.join(" ")}”`);
  return parts.join("; ");
}
