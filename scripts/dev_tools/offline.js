// Begins the one script of the site of files (site_of_files.py): what the pages' own script cannot do without a server.
// Addresses name files, data come as scripts that hand themselves over, and the edition says how old it is.
globalThis.kbFiles = (() => {
  const { src, dataset } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("../../", src).href;
  /** Months after which an edition tells that there may be a newer one. */
  const MONTHS = 6;
  /** Data that have been asked for, by their place in the site. @type {Map<string, Promise<unknown>>} */
  const asked = new Map();
  /** Who waits for them. @type {Map<string, (data: unknown) => void>} */
  const waiting = new Map();

  /** The address of the folder of a page, without the file that stands for it here. @param {string} href */
  const bare = (href) => href.replace(/\/index\.html(?=$|[?#])/, "/");
  // Where the site is published, if this page says where it is itself.
  /** @type {HTMLLinkElement | null} */
  const link = document.querySelector("link[rel=canonical]");
  const canonical = link?.href ?? "";
  const page = bare(location.href.split(/[?#]/)[0]).slice(root.length);
  const published = canonical.endsWith(page) ? canonical.slice(0, canonical.length - page.length) : "";

  /** Data that the edition holds: a file of them that does not come is missing or damaged. @param {string} path @returns {Promise<unknown>} */
  function load(path) {
    if (!kbStored.includes(path)) return Promise.resolve(null);
    const data = new Promise((done, fail) => {
      waiting.set(path, done);
      // A damaged script is over without having handed over anything.
      const end = () => fail(new Error(`${path}.js`));
      const source = { src: `${root}${path}.js`, onerror: end, onload: end };
      document.head.append(Object.assign(document.createElement("script"), source));
    });
    data.catch(() => asked.delete(path));
    return data;
  }

  /** Say of which day the edition is, and when it has grown old. @param {string} day */
  function tellDay(day) {
    const [year, month, date] = day.split("-").map(Number);
    const told = day.split("-").reverse().join("-");
    const edition = { className: "kb-phu", textContent: `Bản ngoại tuyến, nội dung đến ngày ${told}.` };
    document.querySelector(".kb-chan-trang .md-grid")?.append(Object.assign(document.createElement("p"), edition));
    if (new Date() < new Date(year, month - 1 + MONTHS, date)) return;
    const where = published ? `: xem ${published}` : "; hãy hỏi nơi đã đưa bản này";
    const old = {
      className: "kb-mo-tu-tep",
      textContent: `Bản ngoại tuyến này có nội dung đến ngày ${told}, đã hơn sáu tháng. Có thể đã có bản mới hơn${where}.`,
    };
    document.querySelector(".md-container")?.prepend(Object.assign(document.createElement("p"), old));
  }
  if (dataset.kbBan) tellDay(dataset.kbBan);

  return {
    /** The file that holds the page at an address. @param {string} href */
    address: (href) => href.replace(/\/(?=$|[?#])/, "/index.html"),
    /** An address as others may be told it: the published one, else its path in the site. @param {string} href */
    shown: (href) => {
      if (href.startsWith(root)) return published + bare(href).slice(root.length);
      return published && href.startsWith(published) ? bare(href) : href;
    },
    /** Data of the site by their path without ".json", once for all who ask; null if the edition has none, an error if they
     * cannot be read. @param {string} path */
    read: (path) => {
      const data = asked.get(path) ?? load(path);
      asked.set(path, data);
      return data;
    },
    /** What a script of data calls. @param {string} path @param {unknown} data */
    give: (path, data) => waiting.get(path)?.(data),
  };
})();
