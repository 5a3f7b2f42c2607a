// Results as the reader sees them; shared by the header's box and the search page.

import { addressIn, describe } from "./search-core.js";
import { excerpt } from "./search-full.js";

/** @typedef {import("./search-core.js").Result} Result */
/** @typedef {import("./search-query.js").Query} Query */

export function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

/** Text with the words asked for marked. @param {string} text @param {Query} query */
export function marked(text, query, tag = "p", className = "kb-tim-doan") {
  const box = make(tag, className);
  excerpt(text, query).forEach((part, index) => box.append(index % 2 ? make("mark", "", part) : part));
  return box;
}

/** The address of a result: of the paragraph that was hit, if it has a lasting one. @param {Result} result */
export function addressOf(result) {
  const page = result.entry ? new URL(addressIn(result.url)) : new URL(result.page.url.replace(/^\//, ""), location.origin);
  if (result.paragraph?.id && (result.entry?.kind ?? "nguon") === "nguon") page.hash = result.paragraph.id;
  return page.href;
}

/** One result: a list item with a link. @param {Result} result @param {Query} query */
export function item(result, query) {
  const { title, facts, summary } = describe(result);
  const row = make("li");
  const link = make("a");
  link.href = addressOf(result);
  link.append(marked(title, query, "span", "kb-tim-ten"));
  if (facts.length) link.append(make("span", "kb-tim-loai", facts.join(" · ")));
  if (summary) link.append(make("span", "kb-tim-ve", summary[0].toUpperCase() + summary.slice(1)));
  if (result.reason) link.append(make("span", "kb-tim-vi-sao", `Hiện vì: ${result.reason}.`));
  if (result.paragraph && !summary) link.append(marked(result.paragraph.text, query));
  row.append(link);
  return row;
}
