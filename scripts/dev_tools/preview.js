// Begins the one script of the site of files that `dev.py preview` makes: what the pages' own script cannot do
// without a server. Addresses name files, the index of names comes as scripts, and search tells its limit.
globalThis.kbFiles = (() => {
  const root = new URL("../../", document.currentScript.src).href;
  const waiting = new Map();
  const bare = (href) => href.replace(/\/index\.html(?=$|[?#])/, "/");
  // Where the site is published, if this page says where it is itself.
  const canonical = document.querySelector("link[rel=canonical]")?.href ?? "";
  const page = bare(location.href.split(/[?#]/)[0]).slice(root.length);
  const published = canonical.endsWith(page) ? canonical.slice(0, canonical.length - page.length) : "";
  return {
    note: "Bản xem thử này chỉ tìm theo tên và số hiệu; tìm trong toàn văn cần trang đã công bố.",
    /** The file that holds the page at an address. */
    address: (href) => href.replace(/\/(?=$|[?#])/, "/index.html"),
    /** An address as others may be told it: the published one, else its path in the site. */
    shown: (href) => (href.startsWith(root) ? published + bare(href.slice(root.length)) : href),
    /** A part of the index of names: a script gives what a server would give as data. */
    read: (href) =>
      new Promise((done, fail) => {
        const source = href.replace(/\.json$/, ".js");
        waiting.set(source.split("/").at(-1), done);
        document.head.append(Object.assign(document.createElement("script"), { src: source, onerror: () => fail(new Error(source)) }));
      }),
    give: (name, data) => waiting.get(name)?.(data),
  };
})();
