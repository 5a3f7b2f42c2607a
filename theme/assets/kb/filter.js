// A box over long lists to filter them, and a choice for each property the list names in
// data-bo-loc="noi:Địa phương;nam:Năm" (rows: data-noi="Đà Nẵng" data-nam="2023"; values apart by |).
// The choice is kept in the address, so that a filtered list can be passed on.

const WORTH_IT = 12;

const bare = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐð]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();

function rowsOf(list) {
  const marked = [...list.querySelectorAll("[data-loc]")];
  return marked.length ? marked : [...list.querySelectorAll(":scope > li, :scope > ul > li, tbody > tr")];
}

function label(text, control) {
  const box = document.createElement("label");
  box.append(Object.assign(document.createElement("span"), { textContent: text }), control);
  return box;
}

function choice(name, title, rows) {
  const values = new Set(rows.flatMap((row) => (row.getAttribute(`data-${name}`) ?? "").split("|")).filter(Boolean));
  if (values.size < 2) return null;
  const select = Object.assign(document.createElement("select"), { name });
  select.append(new Option("Tất cả", ""));
  const years = [...values].every((value) => /^\d{4}$/.test(value));
  const sorted = [...values].sort((a, b) => (years ? b - a : a.localeCompare(b, "vi")));
  select.append(...sorted.map((value) => new Option(value, value)));
  return label(title, select);
}

/** A heading without a row that is shown goes away with its rows. */
function hideEmptyGroups(list) {
  for (const heading of list.querySelectorAll(":scope > :is(h2, h3)")) {
    let empty = true;
    for (let next = heading.nextElementSibling; next && !next.matches("h2, h3"); next = next.nextElementSibling) {
      if (!next.matches("ul")) continue;
      next.hidden = !next.querySelector(":scope > li:not([hidden])");
      empty &&= next.hidden;
    }
    heading.hidden = empty;
  }
}

function install(list) {
  const rows = rowsOf(list);
  if (rows.length < WORTH_IT && !list.dataset.boLoc) return;
  const form = Object.assign(document.createElement("form"), { className: "kb-loc" });
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Lọc danh mục");
  const search = Object.assign(document.createElement("input"), { type: "search", name: "loc", autocomplete: "off" });
  const count = Object.assign(document.createElement("p"), { className: "kb-loc-dem" });
  count.setAttribute("role", "status");
  const choices = (list.dataset.boLoc ?? "").split(";").filter(Boolean).map((pair) => pair.split(":"));
  form.append(label("Lọc theo từ", search), ...choices.map(([name, title]) => choice(name, title, rows)).filter(Boolean), count);
  list.before(form);
  const texts = rows.map((row) => bare(`${row.dataset.loc ?? ""} ${row.textContent}`));
  const apply = () => {
    const wanted = new FormData(form);
    const words = bare(wanted.get("loc")).split(" ").filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      const fits = choices.every(([name]) => !wanted.get(name) || (row.getAttribute(`data-${name}`) ?? "").split("|").includes(wanted.get(name)));
      row.hidden = !(fits && words.every((word) => texts[index].includes(word)));
      shown += row.hidden ? 0 : 1;
    });
    hideEmptyGroups(list);
    count.textContent = shown === rows.length ? `${rows.length} mục` : shown ? `${shown} trong ${rows.length} mục` : "Không có mục nào khớp";
    const address = new URL(location);
    for (const [name, value] of wanted) value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  };
  for (const [name, value] of new URL(location).searchParams) if (form.elements[name]) form.elements[name].value = value;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

for (const list of document.querySelectorAll(".kb-danh-muc")) install(list);
