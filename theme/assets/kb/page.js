// What the frame of every page needs; a classic script, so that it also runs from file://.
// The address mended, light and dark, the header's title, the place in the table of contents, the way back to the top.
(() => {
  // ---- Addresses as Word, Zalo and mail make links of them: with what stood behind, in capitals ----

  const PARAGRAPH = /d-[a-z2-7]{8}(?:-\d{1,4})?/;
  const PLACE = /[a-z0-9]+(?:-+[a-z0-9]+)*/;
  const BEHIND = /[\s.,;:!?…*]/u;
  /** What belongs to a value when it opens in the value too. @type {Record<string, string>} */
  const OPENING = { ")": "(", "]": "[", "}": "{", ">": "<", "”": "“", "’": "‘", "»": "«", '"': '"', "'": "'" };

  /** The name of a place in a page (all are a-z, 0-9 and hyphens) in what follows #; "" if none. @param {string} hash */
  function mendedId(hash) {
    let words = hash.slice(1);
    try {
      words = decodeURIComponent(words);
    } catch {
      words = words.split("%")[0]; // cut in the middle of a letter
    }
    words = words.toLowerCase().replace(/[‐-―−]/g, "-");
    return (PARAGRAPH.exec(words) ?? PLACE.exec(words) ?? [""])[0];
  }

  /** A query (?q=…&noi=…) whose values do not end in marks of the sentence around it. @param {string} search */
  function mendedQuery(search) {
    const query = new URLSearchParams(search);
    let isMended = false;
    for (const [name, value] of [...query]) {
      const bare = withoutEnd(value);
      if (!bare || bare === value) continue;
      query.set(name, bare);
      isMended = true;
    }
    return isMended ? `?${query.toString().replaceAll("%2C", ",")}` : search;
  }

  /** @param {string} value */
  function withoutEnd(value) {
    let bare = value.trim();
    for (;;) {
      const last = bare.slice(-1);
      const opening = OPENING[last];
      const count = (/** @type {string} */ mark) => bare.split(mark).length - 1;
      const isOpen = opening === last ? count(last) % 2 === 1 : opening && count(opening) < count(last);
      if (!isOpen && !(last && BEHIND.test(last))) return bare;
      bare = bare.slice(0, -1);
    }
  }

  globalThis.kbMend = { mendedId, mendedQuery };
  if (!globalThis.document) return;

  /** Go to the paragraph that is meant; one that is gone is told by kb.js, under its right name. */
  function mendAddress() {
    const id = mendedId(location.hash);
    const exists = (/** @type {string} */ name) => document.getElementById(name) !== null;
    if (!id || location.hash === `#${id}` || exists(location.hash.slice(1))) return;
    if (PARAGRAPH.test(id) || exists(id)) location.replace(`#${id}`);
  }

  const query = mendedQuery(location.search);
  if (query !== location.search) history.replaceState(history.state, "", location.pathname + query + location.hash);
  mendAddress();
  addEventListener("hashchange", mendAddress);

  document.documentElement.classList.replace("no-js", "js");

  // The search page: what is told as long as nothing is asked must not flash up before results.
  const isAsking = [...new URLSearchParams(location.search).values()].some(Boolean);
  if (!isAsking && document.querySelector(".tra-cuu-o")) document.documentElement.classList.add("kb-chua-tim");

  // A page that has moved: go on, with the paragraph that was asked for.
  /** @type {HTMLAnchorElement | null} */
  const moved = document.querySelector("a.kb-trang-moi");
  if (moved) {
    moved.hash = location.hash;
    location.replace(moved.href);
  }

  // Light or dark: as chosen here before, else as the system has it.
  const options = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("[name=__palette]")]);
  const saved = globalThis.kbKept?.get("__palette");

  /** @param {number} index @param {boolean} keep */
  function setPalette(index, keep) {
    const scheme = options[index].dataset.mdColorScheme ?? "default";
    document.body.dataset.mdColorScheme = scheme;
    options[index].checked = true;
    for (const other of options) other.nextElementSibling?.toggleAttribute("hidden", other !== options[index]);
    if (keep) globalThis.kbKept?.set("__palette", { index, color: { scheme } });
  }

  if (options.length) {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? 1 : 0;
    const before = saved && Number.isInteger(saved.index) && options[saved.index] ? saved.index : -1;
    setPalette(before >= 0 ? before : system, false);
    options.forEach((option, index) => option.addEventListener("change", () => setPalette(index, true)));
  }

  // As the page is scrolled.
  const heading = document.querySelector("article h1");
  const title = document.querySelector(".md-header__title");
  /** @type {HTMLElement | null} */
  const up = document.querySelector(".md-top");
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".kb-muc-luc-ben a")]);
  const entries = links.map((link) => ({
    link,
    target: document.getElementById(decodeURIComponent(link.hash.slice(1))),
  }));
  let waiting = false;
  /** @type {Element | undefined} */
  let active;

  function follow() {
    waiting = false;
    title?.classList.toggle(
      "md-header__title--active",
      heading !== null && heading.getBoundingClientRect().bottom < 48,
    );
    if (up) up.hidden = scrollY < innerHeight;
    const reached = entries.filter(({ target }) => target && target.getBoundingClientRect().top < 120).at(-1)?.link;
    if (reached === active) return;
    active?.classList.remove("kb-dang-doc");
    active = reached;
    active?.classList.add("kb-dang-doc");
  }

  addEventListener(
    "scroll",
    () => {
      if (!waiting) requestAnimationFrame(follow);
      waiting = true;
    },
    { passive: true },
  );
  up?.addEventListener("click", () => scrollTo({ top: 0 }));
  follow();

  // A table that has to be scrolled can be scrolled by keyboard: also after a phone is turned or a page made larger.
  function reachTables() {
    for (const table of document.querySelectorAll("article table:not([class])")) {
      if (table.scrollWidth > table.clientWidth) table.setAttribute("tabindex", "0");
      else table.removeAttribute("tabindex");
    }
  }

  reachTables();
  addEventListener("resize", reachTables);

  // A browser that does not know how the style sheet opens the card beside the page.
  /** @type {HTMLDetailsElement | null} */
  const card = document.querySelector(".kb-the-ben");
  if (card && !CSS.supports("selector(::details-content)")) {
    card.open = matchMedia("(min-width: 60em)").matches;
    addEventListener("beforeprint", () => (card.open = true));
  }

  // A built site opened as files: its links lead to folders, and modules do not load. The site made for that
  // (scripts/dev_tools/site_of_files.py) says of itself that it is there, as soon as its script has run.
  addEventListener("DOMContentLoaded", () => {
    if (location.protocol !== "file:" || globalThis.kbFiles) return;
    document.documentElement.classList.replace("js", "no-js"); // so that nothing is offered that modules do
    const textContent =
      "Trang này đang được mở thẳng từ thư mục, nên tìm kiếm và liên kết giữa các trang không chạy. Để xem không cần " +
      "máy chủ, hãy xin người giữ kho bản kho-ngoai-tuyen.zip, giải nén rồi mở index.html.";
    document
      .querySelector(".md-container")
      ?.prepend(Object.assign(document.createElement("p"), { className: "kb-mo-tu-tep", textContent }));
  });

  // Parts that only some pages need; what needs no file:// is loaded by kb.js.
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  // In the order in which they are named: a later one may use what an earlier one gives.
  /** @param {string} places @param {string} name */
  const load = (places, name) => {
    if (!document.querySelector(places)) return;
    const script = { src: src.replace(/[^/]*$/, name), async: false };
    document.head.append(Object.assign(document.createElement("script"), script));
  };
  load("[data-so-sanh]", "compare.js");
  load("[data-tinh-den], [data-tu-ngay], [data-con-lai]", "age.js"); // rows that come later may hold dates
})();
