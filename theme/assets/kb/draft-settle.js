// What the check of a draft needs beside its steps: numbers in parts, how they are typed, and what one place of a draft tells
// of others. See scripts/knowledge_base/meaning/draft_check/judge.py.
/** @import { Finding, Mark, Parts, Scan, Told } from "./draft-judge.js" */

/** Hyphens as Word makes them of the one on the keyboard: not wrong, and read as that. */
const HYPHENS = /[\u2010\u2011]/gu;
const NUMBER = /^(\d{1,5}[a-z]?)(?:(-)|\/((?:19|20)\d\d)(?=\/))?/;

/** @param {string} number @returns {Parts} */
export function partsOf(number) {
  const [, digits = "", party = "", year = ""] = NUMBER.exec(number) ?? [];
  const slash = number.lastIndexOf("/");
  const last = number.slice(slash + 1);
  if (party) return { digits, year, type: number.slice(digits.length + 1, Math.max(slash, 0)), issuer: last };
  const dash = last.indexOf("-");
  if (dash >= 0 && dash < last.length - 1)
    return { digits, year, type: last.slice(0, dash), issuer: last.slice(dash + 1) };
  return { digits, year, type: "", issuer: last.replace(/\d+$/, "") };
}

/** @param {string} number */
export function numberKey(number) {
  const { digits } = partsOf(number);
  return plainDigits(digits) + number.slice(digits.length).toLowerCase();
}

/** @param {string} digits */
export const plainDigits = (digits) => digits.replace(/^0+/, "") || digits;

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

/**
 * Let a number that is clear in one place, else likely by its day, be so in the others, and a bare one stand for it.
 * @param {Mark[]} marks @param {Finding[]} found @returns {Finding[]}
 */
export function settled(marks, found) {
  /** @type {Map<string, Finding>} */
  const clear = new Map();
  /** @type {Map<string, Finding[]>} */
  const short = new Map();
  const key = (/** @type {Mark} */ mark) => `${mark.word?.id ?? ""} ${plainDigits(mark.digits)}`;
  found.forEach((finding, at) => {
    const { number, documents, told } = finding;
    if (number && documents.length === 1 && !told.includes("nhieu-van-ban") && !clear.has(number))
      clear.set(number, finding);
    if (number && marks[at].word) short.set(key(marks[at]), [...(short.get(key(marks[at])) ?? []), finding]);
  });
  for (const finding of found) if (finding.likely && !clear.has(finding.number)) clear.set(finding.number, finding);
  return found.map((finding, at) => {
    const whole = short.get(key(marks[at])) ?? [];
    const isBare = finding.told.includes("thieu-ky-hieu") && !marks[at].sign;
    if (isBare && new Set(whole.map((other) => other.number)).size === 1) {
      const same = clear.get(whole[0].number) ?? whole[0];
      const told = same.told.filter((each) => ["da-doi", "chua-co", "nhieu-van-ban"].includes(each));
      const { number, documents, likely } = same;
      return { ...finding, told, number, documents, right: number, likely };
    }
    const same = clear.get(finding.number);
    if (!finding.told.includes("nhieu-van-ban") || !same || !finding.documents.includes(same.documents[0]))
      return finding;
    if (finding.likely && finding.likely !== same.documents[0]) return finding;
    const isOf = (/** @type {Told} */ each) => each === "nhieu-van-ban" || each === "da-doi";
    const told = [...finding.told.filter((each) => !isOf(each)), ...same.told.filter(isOf)];
    return { ...finding, told, documents: same.documents, likely: same.likely };
  });
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
