// Results as the reader sees them, and a query as it was understood; shared by the header's box and the search page.
/** @import { Result } from "./search-core.js" */
/** @import { Query } from "./search-query.js" */

import { addressIn } from "./addresses.js";
import { excerpt, unfold } from "./search-full.js";
import { placeName } from "./search-names.js";

/**
 * A new element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} className @param {string} text @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

/** Text with the words asked for marked. @param {HTMLElement} box @param {string} text @param {Query} query */
function marked(box, text, query) {
  excerpt(text, query).forEach((part, index) => box.append(index % 2 ? make("mark", "", part) : part));
  return box;
}

/**
 * The address of a result: of the paragraph that was hit, if that is an article's and so has a lasting one.
 * @param {Result} result
 */
function addressOf({ entry, url, paragraph }) {
  const address = new URL(addressIn(url));
  if (paragraph?.id && (!entry || entry.kind.entity === "article")) address.hash = paragraph.id;
  return address.href;
}

/** What is told of a result: title, and its facts. @param {Result} result */
export function describe({ entry, page, url }) {
  if (!entry) {
    const { title, kind, place, year } = page?.meta ?? {};
    return {
      title: unfold(title || url),
      facts: [kind, place, year].filter(Boolean),
      summary: "",
      state: "",
      grave: false,
    };
  }
  const isDocument = entry.kind.entity === "document";
  const place = entry.place === entry ? "" : placeName(entry);
  const kind = isDocument ? entry.typeName : entry.kind.name;
  const facts = [kind, (isDocument && entry.issuer?.name) || "", place, String(entry.year || "")];
  if (!entry.state) facts.push(entry.status);
  return {
    title: entry.name,
    facts: facts.filter(Boolean),
    summary: entry.lines[0].includes(entry.titleLine.trim()) ? "" : entry.title,
    state: entry.state,
    grave: entry.grave,
  };
}

/** One result: a list item with a link. @param {Result} result @param {Query} query */
export function item(result, query) {
  const { title, facts, summary, state, grave } = describe(result);
  const row = make("li");
  const link = make("a");
  link.href = addressOf(result);
  link.append(marked(make("span", "kb-tim-ten"), title, query));
  if (facts.length) link.append(make("span", "kb-tim-loai", facts.join(" · ")));
  if (state) link.append(" ", make("span", grave ? "can-biet can-biet--doi" : "can-biet", state));
  if (summary) link.append(make("span", "kb-tim-ve", summary[0].toUpperCase() + summary.slice(1)));
  if (result.reason) link.append(make("span", "kb-tim-vi-sao", `Hiện vì: ${result.reason}.`));
  if (result.paragraph && !summary) link.append(marked(make("p", "kb-tim-doan"), result.paragraph.text, query));
  row.append(link);
  return row;
}

/** What was understood, in words, for when nothing is found. @param {Query} query */
export function told(query) {
  const parts = query.numbers.map((asked) => `văn bản số ${asked.number}${asked.year ? ` năm ${asked.year}` : ""}`);
  if (query.list)
    parts.push(
      `mọi văn bản có ký hiệu ${[...query.list.typeCodes][0]}${query.list.codes.size ? `/${[...query.list.codes][0]}` : ""}`,
    );
  for (const phrase of query.phrases) parts.push(`đúng cụm từ “${phrase.map((word) => word.full).join(" ")}”`);
  const others = query.rest
    .filter((word) => !query.phrases.flat().some((each) => each.bare === word.bare))
    .map((word) => word.full);
  if (others.length) parts.push(`có các chữ “${others.join(" ")}”`);
  return parts.join("; ");
}
