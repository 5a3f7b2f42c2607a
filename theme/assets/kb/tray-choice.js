// Which statements somebody has chosen: read from an address and written to it (#y=KEY~DIGEST,…&ten=TITLE, in QR codes
// #k=, shorter), and kept between pages where the browser keeps things. Nothing here breaks when it does not, or keeps
// something odd.

/** What was chosen: statements by KEY~DIGEST, in order, and what the list is called. @typedef {{choices: string[], title: string}} Tray */

/** A statement as publish/statements.py names it; ":" stands for "~" in QR codes, which are smaller without it. */
const CHOICE = /([a-z2-7]{12}(?:-\d{1,4})?)[~:]([a-z2-7]{6})/g;
/** In QR codes: an article and the statements of it that follow one another, each by the first letters of its paragraph
 * (20 bits, among those of one article) and of its words (10 bits, among those of one paragraph). */
const SHORT = /^([a-z2-7]{4})((?:[a-z2-7]{6})+)/;
/** So many letters of a key and of a digest are a short name. */
const [KEY, DIGEST] = [8, 2];
/** So many letters of a title are kept: about two lines. Chosen by hand. */
const LONGEST_TITLE = 160;
const NAME = "kb-y";

/** @returns {Tray} */
export const empty = () => ({ choices: [], title: "" });

/** Words with the signs of addresses undone, also where an address was cut in the middle of a letter. @param {string} words */
function decoded(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return words.split("%")[0];
  }
}

/** The statements named in words, each once. @param {string} words */
export function findChoices(words) {
  const found = [...words.toLowerCase().matchAll(CHOICE)].map(([, key, digest]) => `${key}~${digest}`);
  return [...new Set(found)];
}

/** What follows # in an address; the choices of a QR code are short names (fullName finds whose). @param {string} hash
 * @returns {Tray} */
export function readAddress(hash) {
  const [, sign, list = ""] = /^#?([yk])=([^&]*)/i.exec(hash) ?? [];
  const [, title = ""] = /&ten=([^&]*)/i.exec(hash) ?? [];
  const choices = (/k/i.test(sign) ? readCode : findChoices)(decoded(list));
  return { choices, title: decoded(title).trim().slice(0, LONGEST_TITLE) };
}

/** @param {string} words */
function readCode(words) {
  const found = words
    .toLowerCase()
    .split(/[.,]/)
    .flatMap((part) => {
      const [, article, rest] = SHORT.exec(part) ?? [];
      if (!article || part.includes(":")) return findChoices(part);
      return (rest.match(/.{6}/g) ?? []).map((one) => `${article}${one.slice(0, 4)}~${one.slice(4)}`);
    });
  return [...new Set(found)];
}

/** What follows "#k=" in a QR code: statements by their short names, some perhaps by their own. Small letters and "~" would
 * take more dots. @param {string[]} names */
export function writeCode(names) {
  /** @type {string[]} */
  const parts = [];
  let article = "";
  for (const name of names) {
    const [key, digest] = name.split("~");
    const isNext = isShort(name) && key.slice(0, 4) === article;
    if (isNext) parts.push(parts.pop() + key.slice(4) + digest);
    else parts.push(isShort(name) ? key + digest : `${key}:${digest}`);
    article = isShort(name) ? key.slice(0, 4) : "";
  }
  return parts.join(".").toUpperCase();
}

/** @param {string} name */
const isShort = (name) => name.length === KEY + 1 + DIGEST;

/** The short name of a statement; a paragraph that only its number tells from another has none.
 * @param {string} choice */
export function shortName(choice) {
  const [key, digest] = choice.split("~");
  return key.includes("-") ? choice : `${key.slice(0, KEY)}~${digest.slice(0, DIGEST)}`;
}

/**
 * The statement that a short name stands for; where there is none any more, a name that tells at least its paragraph or its
 * article. @param {string} name @param {string[]} known the statements there are
 */
export function fullName(name, known) {
  if (!isShort(name)) return name;
  const [key, digest] = name.split("~");
  const here = known.filter((choice) => choice.startsWith(key) && !keyOf(choice).includes("-"));
  const said = here.find((choice) => shortName(choice) === name);
  return said ?? `${here.length ? keyOf(here[0]) : key.padEnd(12, "2")}~${digest.padEnd(6, "2")}`;
}

/** What follows # in the address of a tray. @param {Tray} tray */
export function writeAddress({ choices, title }) {
  return choices.length ? `#y=${choices.join(",")}${title ? `&ten=${encodeURIComponent(title)}` : ""}` : "";
}

/** The key of a statement, which tells its paragraph. @param {string} choice */
export const keyOf = (choice) => choice.split("~")[0];

/** Where a tray is kept: apart for each site of one host. @param {string} root the path of the site */
export function openStore(root) {
  const name = `${root}${NAME}`;
  /** What stands in for the browser's memory where there is none. */
  let remembered = empty();

  return {
    name,
    /** @returns {Tray} */
    read() {
      try {
        const kept = JSON.parse(localStorage.getItem(name) ?? "null");
        if (kept === null) return remembered;
        const title = typeof kept.title === "string" ? kept.title.slice(0, LONGEST_TITLE) : "";
        return { choices: Array.isArray(kept.choices) ? findChoices(kept.choices.join(",")) : [], title };
      } catch {
        return remembered;
      }
    },
    /** @param {Tray} tray */
    write(tray) {
      remembered = tray;
      try {
        if (tray.choices.length || tray.title) localStorage.setItem(name, JSON.stringify(tray));
        else localStorage.removeItem(name);
      } catch {
        // No memory, or a full one: the tray lives on in this page and in the address of its list.
      }
    },
  };
}
