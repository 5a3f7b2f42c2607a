// On the pages of comparison: choose themes, places and years; the choice is kept in the address
// (?chu-de=…&noi=da-nang,nghe-an&nam=2023), so that it can be passed on. Without it the tables show all.
// A classic script, so that it also runs from file://; loaded by page.js.
(() => {
  /** What can be chosen: name in the address and in data-…, words. @type {[string, string][]} */
  const PROPERTIES = [
    ["chu-de", "Chủ đề"],
    ["noi", "Nơi"],
    ["nam", "Năm"],
  ];
  /** The property that a page of its own is about: left out of links to such pages. */
  const THEME = "chu-de";
  const YEAR = "nam";
  /** More values than these are folded away. */
  const FOLDED_FROM = 9;

  /** The lists and tables in which it is chosen. */
  const tables = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-so-sanh]")]);
  const address = new URL(location.href);
  /** The values chosen of each property; none: all are shown. @type {Map<string, Set<string>>} */
  const chosen = new Map(
    PROPERTIES.map(([name]) => [name, new Set((address.searchParams.get(name) ?? "").split(",").filter(Boolean))]),
  );
  /** What stands in the place of a list of which nothing is shown. */
  const notes = new Map(
    tables.map((table) => {
      const note = document.createElement("p");
      table.before(Object.assign(note, { textContent: "Không có ý nào khớp với lựa chọn ở trên.", hidden: true }));
      return [table, note];
    }),
  );
  const form = Object.assign(document.createElement("form"), { className: "kb-loc kb-chon" });

  /** The values of a property with their words (data-…-ten), in the order of the page. @param {string} name */
  function valuesOf(name) {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const table of tables) {
      for (const part of table.querySelectorAll(`[data-${name}-ten]`))
        found.set(part.getAttribute(`data-${name}`) ?? "", part.getAttribute(`data-${name}-ten`) ?? "");
    }
    if (name !== YEAR) return found;
    const age = (/** @type {[string, string]} */ [year]) => -Number(year) || 0; // newest first, unknown last
    return new Map([...found].sort((one, other) => age(one) - age(other)));
  }

  /** The query of an address with values apart by plain commas. @param {URLSearchParams} parameters */
  const written = (parameters) => parameters.toString().replaceAll("%2C", ",");

  /** What says something of a property. @param {string} name */
  const partsOf = (name) => tables.flatMap((table) => [...table.querySelectorAll(`[data-${name}]`)]);

  function apply() {
    const out = new Set();
    for (const [name, values] of chosen) {
      for (const part of partsOf(name)) {
        if (values.size && !values.has(part.getAttribute(`data-${name}`) ?? "")) out.add(part);
      }
      if (values.size) address.searchParams.set(name, [...values].join(","));
      else address.searchParams.delete(name);
    }
    // From the inside out: a place whose years are all hidden has nothing to show, nor has a theme without places.
    for (const [name, inner] of [[YEAR], ["noi", "[data-nam]"], [THEME, "[data-noi]"]]) {
      for (const part of partsOf(name)) {
        const held = inner ? [...part.querySelectorAll(inner)] : [];
        const isBare = held.length > 0 && held.every((each) => each.hasAttribute("hidden"));
        part.toggleAttribute("hidden", out.has(part) || isBare);
      }
    }
    for (const [table, note] of notes) {
      const isBare = !table.querySelector("[data-noi]:not([hidden])");
      table.hidden = isBare;
      note.hidden = !isBare;
    }
    address.search = written(address.searchParams);
    history.replaceState(history.state, "", address.href);
    // What was chosen goes along to the page of a theme.
    const kept = new URLSearchParams(address.search);
    kept.delete(THEME);
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(`[data-${THEME}] a`)))
      link.search = written(kept);
  }

  /** The boxes of one property. @param {string} name @param {string} title @param {Set<string>} values those chosen */
  function choice(name, title, values) {
    const known = valuesOf(name);
    if (known.size < 2) return null;
    const group = document.createElement("fieldset");
    group.append(Object.assign(document.createElement("legend"), { textContent: title }));
    for (const [value, words] of known) {
      const box = Object.assign(document.createElement("input"), {
        type: "checkbox",
        name,
        value,
        checked: values.has(value),
      });
      box.addEventListener("change", () => {
        if (box.checked) values.add(value);
        else values.delete(value);
        apply();
      });
      const label = document.createElement("label");
      label.append(box, " ", words);
      group.append(label);
    }
    if (known.size < FOLDED_FROM) return group;
    const more = document.createElement("details");
    more.open = values.size > 0;
    more.append(
      Object.assign(document.createElement("summary"), { textContent: `Chọn ${title.toLowerCase()}` }),
      group,
    );
    return more;
  }

  form.setAttribute("aria-label", "Chọn để so sánh");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.append(...PROPERTIES.flatMap(([name, title]) => choice(name, title, chosen.get(name) ?? new Set()) ?? []));
  const all = Object.assign(document.createElement("button"), {
    type: "button",
    className: "kb-nut",
    textContent: "Xem tất cả",
  });
  all.addEventListener("click", () => {
    for (const values of chosen.values()) values.clear();
    for (const box of form.querySelectorAll("input")) box.checked = false;
    apply();
  });
  form.append(all);
  document.querySelector(".kb-cho-so-sanh")?.replaceWith(form);
  apply();
})();
