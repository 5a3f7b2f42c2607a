// What the check of a draft needs beside its steps: numbers in parts, how they are typed, and what one place of a draft tells
// of others. See scripts/knowledge_base/meaning/draft_check/judge.py.
/** @import { Finding, Former, Mark, Parts, Place, Scan, Told } from "./draft-judge.js" */

/** Hyphens as Word makes them of the one on the keyboard: not wrong, and read as that. */
const HYPHENS = /[\u2010\u2011]/gu;
const NUMBER = /^(\d{1,5}[a-z]?)(?:(-)|\/((?:19|20)\d\d)(?=\/))?/;

/** @param {string} number @returns {Parts} */
export function partsOf(number) {
  const [, digits = "", party = "", year = ""] = NUMBER.exec(number) ?? [];
  const slash = number.lastIndexOf("/");
  const last = number.slice(slash + 1);
  if (party)
    return { digits, year, party: true, type: number.slice(digits.length + 1, Math.max(slash, 0)), issuer: last };
  const dash = last.indexOf("-");
  if (dash >= 0 && dash < last.length - 1)
    return { digits, year, party: false, type: last.slice(0, dash), issuer: last.slice(dash + 1) };
  return { digits, year, party: false, type: "", issuer: last.replace(/\d+$/, "") };
}

/** @param {string} number */
export function numberKey(number) {
  const { digits } = partsOf(number);
  return plainDigits(digits) + number.slice(digits.length).toLowerCase();
}

/** @param {string} digits */
export const plainDigits = (digits) => digits.replace(/^0+/, "") || digits;

/** What a body became, in its province, and what that is today. @param {Former} body @param {Place | undefined} place */
export function became(body, place) {
  if (!place) return body.today ?? "";
  const { id, name, today, risen, city } = place;
  const told = (body.local?.[id] || (city ? body.in_city : body.in_province) || body.today || "").replaceAll(
    "{place}",
    name,
  );
  const now = today || (risen && `là thành phố ${name}, ${risen}`);
  return now && told.includes(name) ? `${told}; ${name} nay ${now}` : told;
}

/** @param {Scan} scan @param {number} start @param {number} end @param {Told} told @param {string} right @param {string} [page] @returns {Finding} */
export function newName(scan, start, end, told, right, page = "") {
  return { start, end, text: scan.text.slice(start, end), number: "", told: [told], documents: [], right, page };
}

/** What is wrong with how a number is typed. @param {string} text @param {string} number @returns {Told[]} */
export function typedWrongly(text, number) {
  const broken = text.includes("\n");
  const tight = text.replace(/\s+/gu, "");
  const spaced = !broken && tight.length !== text.length;
  return [
    ...(broken ? /** @type {Told[]} */ (["ngat-dong"]) : []),
    ...(spaced || tight.replace(HYPHENS, "-") !== number ? /** @type {Told[]} */ (["go-sai"]) : []),
  ];
}

/** By number what makes it clear; by number, else as written, what says that it is of another time or place than those known; see `_Known` in settle.py. @typedef {{clear: Map<string, Finding>, foreign: Map<string, {mark: Mark, finding: Finding}>, short: Map<string, Finding[]>}} Elsewhere */

/** Does a draft say of which time a number is? @param {Mark} mark */
export const isTold = (mark) => !!mark.date || mark.term.ordinal > 0 || mark.term.first > 0;
/** @param {Mark} mark */
const shortKey = (mark) => `${mark.word?.id ?? ""} ${plainDigits(mark.digits)}`;
/** By what a number is known again: itself, else its type and what stands of it. @param {Mark} mark @param {Finding} finding */
const written = (mark, finding) => finding.number || `${mark.word?.id ?? ""} ${finding.text}`;

/**
 * Let a number that is clear in one place, else likely by its day, be so in the others, and a bare one stand for it; one that
 * is said to be of another time or place than those known is that elsewhere too.
 * @param {Mark[]} marks @param {Finding[]} found @returns {Finding[]}
 */
export function settled(marks, found) {
  /** @type {Elsewhere} */
  const known = { clear: new Map(), foreign: new Map(), short: new Map() };
  const { clear, foreign, short } = known;
  found.forEach((finding, at) => {
    const mark = marks[at];
    const key = written(mark, finding);
    if (finding.near && !foreign.has(key)) foreign.set(key, { mark, finding });
    if (finding.number && mark.word) short.set(shortKey(mark), [...(short.get(shortKey(mark)) ?? []), finding]);
  });
  found.forEach((finding, at) => {
    const { number, documents, told } = finding;
    const isSure = !foreign.has(number) || isTold(marks[at]);
    const isOpen = told.includes("nhieu-van-ban") || told.includes("chua-co");
    if (isSure && number && documents.length === 1 && !isOpen && !clear.has(number)) clear.set(number, finding);
  });
  for (const finding of found) if (finding.likely && !clear.has(finding.number)) clear.set(finding.number, finding);
  return found.map((finding, at) => settle(marks[at], finding, known));
}

/** @param {Mark} mark @param {Finding} finding @param {Elsewhere} known @returns {Finding} */
function settle(mark, finding, { clear, foreign, short }) {
  const whole = short.get(shortKey(mark)) ?? [];
  const isBare = finding.told.includes("thieu-ky-hieu") && !mark.sign;
  if (isBare && new Set(whole.map((other) => other.number)).size === 1) {
    const number = whole[0].number;
    const same = clear.get(number) ?? foreign.get(number)?.finding ?? whole[0];
    const isShared = !finding.near && same.documents.some((id) => finding.documents.includes(id));
    if (isTold(mark) && !isShared) return finding;
    const told = same.told.filter((each) => ["da-doi", "chua-co", "nhieu-van-ban"].includes(each));
    const { documents, likely, near } = same;
    return { ...finding, told, number, documents, right: number, likely, near };
  }
  const same = clear.get(finding.number);
  if (!same) {
    const other = foreign.get(written(mark, finding));
    if (!other || finding.near || isTold(mark) || !["", other.mark.place].includes(mark.place)) return finding;
    return withToldOf(finding, other.finding, ["nhieu-van-ban", "da-doi", "chua-co"]);
  }
  if (!finding.told.includes("nhieu-van-ban") || !finding.documents.includes(same.documents[0])) return finding;
  if (finding.likely && finding.likely !== same.documents[0]) return finding;
  return withToldOf(finding, same, ["nhieu-van-ban", "da-doi"]);
}

/** What is told of another finding of the same number. @param {Finding} finding @param {Finding} other @param {Told[]} taken @returns {Finding} */
function withToldOf(finding, other, taken) {
  const told = [
    ...finding.told.filter((each) => !taken.includes(each)),
    ...other.told.filter((each) => taken.includes(each)),
  ];
  const { documents, right, likely, near } = other;
  return { ...finding, told, documents, right, likely, near };
}

/**
 * Tell once that letters are typed in pieces (NFD): at the first number that is, else at the first such word.
 * @param {string} draft @param {Scan} scan @param {Finding[]} found @returns {Finding[]}
 */
export function withDecomposed(draft, scan, found) {
  if (draft === scan.text) return found;
  const [typed, right] = [draft.match(/\S+/gu) ?? [], scan.text.match(/\S+/gu) ?? []];
  if (typed.length !== right.length) return found;
  /** @type {[number, number][]} */
  const spans = [];
  let at = 0;
  typed.forEach((word, index) => {
    at = scan.text.indexOf(right[index], at);
    if (word !== right[index]) spans.push([at, at + right[index].length]);
    at += right[index].length;
  });
  if (!spans.length) return found;
  for (const finding of found) {
    const begin = scan.text.lastIndexOf("\n", finding.start - 1) + 1;
    const from = Math.max(begin, finding.start - 60);
    if (!spans.some(([start]) => from <= start && start < finding.end)) continue;
    finding.told = [...finding.told, "chu-roi"];
    return found;
  }
  const [start, end] = spans[0];
  return [...found, newName(scan, start, end, "chu-roi", scan.text.slice(start, end))].sort(
    (a, b) => a.start - b.start,
  );
}
