// What the frame of every page needs; a classic script, so that it also runs from file://.
// Light and dark, the header's title, the place in the table of contents, the way back to the top.
(() => {
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const root = document.documentElement;
  root.classList.replace("no-js", "js");

  // A page that has moved: go on, with the paragraph that was asked for.
  const moved = document.querySelector("a.kb-trang-moi");
  if (moved) {
    moved.hash = location.hash;
    location.replace(moved.href);
  }

  // Light or dark: as chosen here before, else as the system has it.
  const options = [...document.querySelectorAll("[name=__palette]")];
  const saved = (() => {
    try {
      return __md_get("__palette");
    } catch {
      return null;
    }
  })();

  function setPalette(index, keep) {
    const option = options[index];
    const color = { media: "", scheme: "", primary: "", accent: "" };
    for (const key of Object.keys(color)) color[key] = option.getAttribute(`data-md-color-${key}`);
    for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value);
    option.checked = true;
    options.forEach((other, number) => (other.nextElementSibling.hidden = number !== index));
    if (keep) __md_set("__palette", { index, color });
  }

  if (options.length) {
    const system = options.findIndex((option) => matchMedia(option.dataset.mdColorMedia).matches);
    setPalette(options[saved?.index] ? saved.index : Math.max(system, 0), false);
    options.forEach((option, index) => option.addEventListener("change", () => setPalette(index, true)));
  }

  // As the page is scrolled.
  const heading = document.querySelector("article h1");
  const title = document.querySelector(".md-header__title");
  const up = document.querySelector(".md-top");
  const entries = [...document.querySelectorAll(".md-nav--secondary .md-nav__link")]
    .map((link) => [link, document.getElementById(decodeURIComponent(link.hash.slice(1)))])
    .filter(([, target]) => target);
  let waiting = false;
  let active;

  function follow() {
    waiting = false;
    title?.classList.toggle("md-header__title--active", Boolean(heading) && heading.getBoundingClientRect().bottom < 48);
    if (up) up.hidden = scrollY < innerHeight;
    const reached = entries.filter(([, target]) => target.getBoundingClientRect().top < 120).at(-1)?.[0];
    if (reached === active) return;
    active?.classList.remove("md-nav__link--active");
    active = reached;
    active?.classList.add("md-nav__link--active");
  }

  addEventListener("scroll", () => waiting || ((waiting = true), requestAnimationFrame(follow)), { passive: true });
  up?.addEventListener("click", () => scrollTo({ top: 0 }));
  follow();

  // A table that has to be scrolled can be scrolled by keyboard.
  for (const table of document.querySelectorAll("article table:not([class])")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
  }

  // Parts that only some pages need.
  const load = (name) => document.head.append(Object.assign(document.createElement("script"), { src: folder + name }));
  if (document.querySelector("[data-kb-cite], [data-kb-source], .trich")) load("cite.js");
  if (document.querySelector("[data-so-sanh]")) load("compare.js");
  const nearLink = (event) => {
    if (!event.target.closest?.("article a[href], .kb-the a[href]")) return;
    removeEventListener("pointerover", nearLink);
    removeEventListener("focusin", nearLink);
    load("cards.js");
  };
  if (location.protocol !== "file:") {
    addEventListener("pointerover", nearLink);
    addEventListener("focusin", nearLink);
  }
})();
