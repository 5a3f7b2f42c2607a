// The page for addresses that do not exist (404.html), in its head: where the site begins, and which page an address
// that was cut badly may mean. Called from every folder above; the first that has it is the root of the site.
(() => {
  /** What cannot stand at the end of an address of ours: the marks of a sentence, quotes, brackets, blanks. */
  const BEHIND = /[^a-z0-9/]+$/;

  /**
   * The address, as seen from the root, that a dead one may mean; with its paragraph where # came as %23.
   * @param {string} path
   */
  function mendedPath(path) {
    let words = path;
    try {
      words = decodeURIComponent(path);
    } catch {
      words = path.split("%")[0];
    }
    const [page, ...place] = words.toLowerCase().split("#");
    const bare = page.replace(BEHIND, "");
    const folder = bare && !bare.endsWith("/") && !/\.[a-z]+$/.test(bare) ? `${bare}/` : bare;
    return place.length ? `${folder}#${place[0]}` : folder;
  }

  globalThis.kbLost ??= { mendedPath };
  if (!globalThis.document || globalThis.kbLost.root) return;
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("../../", src);
  globalThis.kbLost.root = root.href;
  // The first <base> counts: what follows, written as seen from the root, is found.
  document.head.prepend(Object.assign(document.createElement("base"), { href: root.href }));

  addEventListener("DOMContentLoaded", () => {
    // The way to the content is in this page, wherever <base> leads.
    /** @type {HTMLAnchorElement | null} */
    const skip = document.querySelector("a.md-skip");
    if (skip) skip.href = `${location.pathname}#noi-dung`;
  });
  const asked = location.pathname.slice(root.pathname.length);
  const meant = mendedPath(asked);
  if (meant === asked) return;
  const target = new URL(meant, root);
  target.search = location.search;
  target.hash ||= location.hash;
  fetch(target, { method: "HEAD" }).then(
    ({ ok }) => ok && location.replace(target),
    () => {},
  );
})();
