// Files for the reader: saved, named, and their words as HTML and XML hold them.

/** @type {Record<string, string>} */
const TYPES = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  html: "text/html",
};
/** Milliseconds that the address of a download is kept. */
const KEPT = 60_000;

/** Give a file to the reader. @param {Uint8Array | string} content @param {string} name with its ending, which tells its kind */
export function save(content, name) {
  const type = TYPES[name.toLowerCase().split(".").at(-1) ?? ""] ?? "application/octet-stream";
  const href = URL.createObjectURL(new Blob([/** @type {Uint8Array<ArrayBuffer> | string} */ (content)], { type }));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT);
}

/** A name of a file from words: no marks, no signs. @param {string} words */
export function fileName(words) {
  const bare = words
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return bare.slice(0, 60).replace(/^-|-$/g, "") || "tai-lieu";
}

/** Words as HTML and XML hold them, in texts and in attributes. @param {string} words */
export const escaped = (words) =>
  words
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what XML must not hold
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
