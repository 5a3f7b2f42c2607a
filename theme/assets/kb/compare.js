// On the pages of comparison: choose themes, places and years; the choice is kept in the address
// (?chu-de=…&noi=da-nang,nghe-an&nam=2023), so that it can be passed on. Without it the tables show all.
(() => {
  const tables = [...document.querySelectorAll("[data-so-sanh]")];
  const NAMES = { "chu-de": "Chủ đề", noi: "Nơi", nam: "Năm" };
  const address = new URL(location);
  const chosen = Object.fromEntries(
    Object.keys(NAMES).map((name) => [name, new Set((address.searchParams.get(name) ?? "").split(",").filter(Boolean))]),
  );

  /** The values of a property with their words: the heading cells of the tables say both. */
  function valuesOf(name) {
    const found = new Map();
    for (const table of tables) {
      for (const cell of table.querySelectorAll(`th[data-${name}], tr[data-${name}] > th, a[data-${name}]`)) {
        const value = cell.closest(`[data-${name}]`).getAttribute(`data-${name}`);
        if (!found.has(value)) found.set(value, cell.matches("a") ? cell.textContent.split(":")[0] : cell.textContent);
      }
    }
    return found;
  }

  function apply() {
    for (const table of tables) {
      for (const name of Object.keys(NAMES)) {
        for (const cell of table.querySelectorAll(`[data-${name}]`)) {
          cell.toggleAttribute(`data-an-${name}`, chosen[name].size > 0 && !chosen[name].has(cell.getAttribute(`data-${name}`)));
        }
      }
      for (const cell of table.querySelectorAll("td, th, tr, a[data-nam]")) {
        cell.hidden = Object.keys(NAMES).some((name) => cell.hasAttribute(`data-an-${name}`));
      }
    }
    for (const [name, values] of Object.entries(chosen)) {
      values.size ? address.searchParams.set(name, [...values].join(",")) : address.searchParams.delete(name);
    }
    address.search = address.search.replaceAll("%2C", ",");
    history.replaceState(history.state, "", address.href);
    // What was chosen goes along to the page of a theme.
    const kept = new URLSearchParams(address.search);
    kept.delete("chu-de");
    const query = kept.toString().replaceAll("%2C", ",");
    for (const link of document.querySelectorAll("tr[data-chu-de] a")) {
      const target = new URL(link.href);
      target.search = query;
      link.href = target.href;
    }
  }

  const form = Object.assign(document.createElement("form"), { className: "kb-loc kb-chon" });
  form.setAttribute("aria-label", "Chọn để so sánh");
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const name of Object.keys(NAMES)) {
    const values = valuesOf(name);
    if (values.size < 2) continue;
    const group = document.createElement("fieldset");
    group.append(Object.assign(document.createElement("legend"), { textContent: NAMES[name] }));
    for (const [value, words] of values) {
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value, checked: chosen[name].has(value) });
      box.addEventListener("change", () => {
        box.checked ? chosen[name].add(value) : chosen[name].delete(value);
        apply();
      });
      label.append(box, " ", words);
      group.append(label);
    }
    if (values.size > 8) {
      const more = document.createElement("details");
      more.open = chosen[name].size > 0;
      more.append(Object.assign(document.createElement("summary"), { textContent: `Chọn ${NAMES[name].toLowerCase()}` }), group);
      form.append(more);
    } else form.append(group);
  }
  const all = Object.assign(document.createElement("button"), { type: "button", className: "kb-nut", textContent: "Xem tất cả" });
  all.addEventListener("click", () => {
    for (const values of Object.values(chosen)) values.clear();
    for (const box of form.querySelectorAll("input")) box.checked = false;
    apply();
  });
  form.append(all);
  tables[0].closest("article").querySelector("h2").before(form);
  apply();
})();
