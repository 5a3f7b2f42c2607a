// Other people's scripts (theme/assets/vendor/), loaded when they are needed.

/** @type {Map<string, Promise<unknown>>} */
const loaded = new Map();

/** Load a classic script of theme/assets/vendor/, once; also from file://. After a failure the next call tries again.
 * @param {string} path its folder and file */
export function loadVendor(path) {
  const src = new URL(`../vendor/${path}`, import.meta.url).href;
  const before = loaded.get(src);
  if (before) return before;
  const asked = new Promise((done, fail) => {
    const script = Object.assign(document.createElement("script"), { src, onload: done });
    script.onerror = () => fail(new Error(src));
    document.head.append(script);
  });
  loaded.set(src, asked);
  asked.catch(() => loaded.delete(src));
  return asked;
}

/** What packs and unpacks zip files: fflate. */
export const loadZip = () => loadVendor("fflate-0.8.3/index.js");
