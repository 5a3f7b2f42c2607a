// Which statements somebody has chosen: read from an address and written to it (#y=KEY~DIGEST,…&ten=TITLE), and kept
// between pages where the browser keeps things. Nothing here breaks when it does not, or keeps something odd.

/** What was chosen: statements by KEY~DIGEST, in order, and what the list is called. @typedef {{choices: string[], title: string}} Tray */

/** A statement as publish/statements.py names it; ":" stands for "~" in QR codes, which are smaller without it. */
const CHOICE = /([a-z2-7]{12}(?:-\d{1,4})?)[~:]([a-z2-7]{6})/g;
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

/** What follows # in an address. @param {string} hash @returns {Tray} */
export function readAddress(hash) {
  const [, list = ""] = /^#?y=([^&]*)/i.exec(hash) ?? [];
  const [, title = ""] = /&ten=([^&]*)/i.exec(hash) ?? [];
  return { choices: findChoices(decoded(list)), title: decoded(title).trim().slice(0, LONGEST_TITLE) };
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
