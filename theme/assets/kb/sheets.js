// Sheets of paper, of the packs (pack-page.js) and of chosen statements (tray-page.js): printed one at a time, each
// statement with its whole address.

import { isPublic, publicAddress } from "./addresses.js";

/** Print one sheet: which one is told to the style sheet; without that it is the hand-out. @param {string} name */
export function printSheet(name) {
  document.documentElement.dataset.in = name;
  print();
}
addEventListener("afterprint", () => delete document.documentElement.dataset.in);

/** Tell the address that stands on paper for a link; the build knows it only where the site is published.
 * @param {HTMLAnchorElement} link */
export function tellAddress(link) {
  const address = publicAddress(link.getAttribute("href") ?? "");
  link.dataset.diaChi ??= isPublic(address) ? address : "";
}
