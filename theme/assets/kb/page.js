// What the frame of every page needs; a classic script, so that it also runs from file://.
// Light and dark, the header's title, the place in the table of contents, the way back to the top.
(() => {
  document.documentElement.classList.replace("no-js", "js");

  // A search under way: its results come, so what is told without a query does not flash up before them.
  const asked = new URLSearchParams(location.search);
  if (document.querySelector(".tra-cuu-o") && [...asked.values()].some(Boolean))
    document.documentElement.classList.add("kb-dang-tim");

  // A page that has moved: go on, with the paragraph that was asked for.
  /** @type {HTMLAnchorElement | null} */
  const moved = document.querySelector("a.kb-trang-moi");
  if (moved) {
    moved.hash = location.hash;
    location.replace(moved.href);
  }

  // Light or dark: as chosen here before, else as the system has it.
  const options = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("[name=__palette]")]);
  const saved = (() => {
    try {
      return __md_get("__palette");
    } catch {
      return null;
    }
  })();

  /** @param {number} index @param {boolean} keep */
  function setPalette(index, keep) {
    const names = ["media", "scheme", "primary", "accent"];
    const color = Object.fromEntries(
      names.map((name) => [name, options[index].getAttribute(`data-md-color-${name}`) ?? ""]),
    );
    for (const name of names) document.body.setAttribute(`data-md-color-${name}`, color[name]);
    options[index].checked = true;
    for (const other of options) other.nextElementSibling?.toggleAttribute("hidden", other !== options[index]);
    if (keep) __md_set("__palette", { index, color });
  }

  if (options.length) {
    const system = options.findIndex((option) => matchMedia(option.dataset.mdColorMedia ?? "").matches);
    setPalette(saved && options[saved.index] ? saved.index : Math.max(system, 0), false);
    options.forEach((option, index) => option.addEventListener("change", () => setPalette(index, true)));
  }

  // As the page is scrolled.
  const heading = document.querySelector("article h1");
  const title = document.querySelector(".md-header__title");
  /** @type {HTMLElement | null} */
  const up = document.querySelector(".md-top");
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".md-nav--secondary .md-nav__link")]);
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
    active?.classList.remove("md-nav__link--active");
    active = reached;
    active?.classList.add("md-nav__link--active");
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

  // A table that has to be scrolled can be scrolled by keyboard.
  for (const table of document.querySelectorAll("article table:not([class])")) {
    if (table.scrollWidth > table.clientWidth) table.setAttribute("tabindex", "0");
  }

  // Parts that only some pages need; what needs no file:// is loaded by kb.js.
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @param {string} places @param {string} name */
  const load = (places, name) => {
    if (document.querySelector(places))
      document.head.append(Object.assign(document.createElement("script"), { src: src.replace(/[^/]*$/, name) }));
  };
  load(".chep, .doan[id], .trich, .kb-cach-dan, [data-kb-copy]", "copy.js");
  load("[data-so-sanh]", "compare.js");
  load("[data-tinh-den], [data-tu-ngay]", "age.js");
})();
