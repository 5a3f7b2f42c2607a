// Addresses: those of places in the site, and how they are told to others. The one place for all scripts of a page.

/** The site: this script lies in assets/kb/. */
export const SITE = new URL("../../", import.meta.url);

/**
 * The address of a place in the site; a site of files (see scripts/dev_tools/site_of_files.py) has no folders to point at.
 * @param {string} path seen from the home page
 */
export function addressIn(path) {
  const { href } = new URL(path, SITE);
  return globalThis.kbFiles?.address(href) ?? href;
}

/**
 * An address as others are told it: the published one where this page knows it (or the edition for USB sticks), else the
 * one that is open.
 * @param {string} href seen from this page
 */
export function publicAddress(href) {
  const here = location.href.split(/[?#]/)[0];
  const open = new URL(href, here).href;
  const shown = globalThis.kbFiles?.shown(open) ?? open.replace(/\/index\.html(?=$|[?#])/, "/");
  /** @type {HTMLLinkElement | null} */
  const link = document.querySelector("link[rel=canonical]");
  const page = here.startsWith(SITE.href) ? here.slice(SITE.href.length).replace(/index\.html$/, "") : "";
  if (!link?.href.endsWith(page) || !shown.startsWith(SITE.href)) return shown;
  return link.href.slice(0, link.href.length - page.length) + shown.slice(SITE.href.length);
}

/** Whether an address leads there from any machine: an edition of files may not know where it is published.
 * @param {string | undefined} href */
export const isPublic = (href) => /^https?:/.test(href ?? "");
