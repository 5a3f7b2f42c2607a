// Begins the one script of the site of files that `dev.py preview` makes: what the pages' own script cannot do
// without a server. Addresses name files, the index of names comes as scripts, and search tells its limit.
globalThis.kbFiles = (() => {
  const root = new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  /**
   * Who waits for a part of the index, by the name of its file.
   * @type {Map<string | undefined, (data: unknown) => void>}
   */
  const waiting = new Map();
  /** @param {string} href */
  const bare = (href) => href.replace(/\/index\.html(?=$|[?#])/, "/");
  // Where the site is published, if this page says where it is itself.
  /** @type {HTMLLinkElement | null} */
  const link = document.querySelector("link[rel=canonical]");
  const canonical = link?.href ?? "";
  const page = bare(location.href.split(/[?#]/)[0]).slice(root.length);
  const published = canonical.endsWith(page) ? canonical.slice(0, canonical.length - page.length) : "";
  return {
    note: "Bản xem thử này chỉ tìm theo tên và số hiệu; tìm trong toàn văn cần trang đã công bố.",
    /** The file that holds the page at an address. @param {string} href */
    address: (href) => href.replace(/\/(?=$|[?#])/, "/index.html"),
    /** An address as others may be told it: the published one, else its path in the site. @param {string} href */
    shown: (href) => (href.startsWith(root) ? published + bare(href.slice(root.length)) : href),
    /** A part of the index of names: a script gives what a server would give as data. @param {string} href */
    read: (href) =>
      new Promise((done, fail) => {
        const source = href.replace(/\.json$/, ".js");
        waiting.set(source.split("/").at(-1), done);
        document.head.append(
          Object.assign(document.createElement("script"), { src: source, onerror: () => fail(new Error(source)) }),
        );
      }),
    /** @param {string} name @param {unknown} data */
    give: (name, data) => waiting.get(name)?.(data),
  };
})();
