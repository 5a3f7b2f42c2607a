// Hover or focus on a link to a document, body, theme, place or article shows its card: what the page says
// of itself. The card can be pointed at, stays until one leaves, and goes away with Esc.
(() => {
  const KINDS = /\/(?:van-ban|co-quan|chu-de|dia-phuong|nguon|so-hieu)\/[^/]+\/$/;
  const known = new Map();
  const card = Object.assign(document.createElement("div"), { className: "kb-card", id: "kb-card", hidden: true });
  card.setAttribute("role", "tooltip");
  document.body.append(card);
  let link;
  let timer;

  async function read(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const data = page.querySelector("article")?.dataset ?? {};
    return {
      kind: data.kbKind,
      name: page.querySelector("h1")?.firstChild?.textContent ?? page.title,
      status: data.kbStatus,
      words: page.querySelector("meta[name=description]")?.content,
    };
  }

  function fill(found) {
    card.replaceChildren();
    const add = (name, text, css) => text && card.append(Object.assign(document.createElement(name), { textContent: text, className: css }));
    add("p", [found.kind, found.status].filter(Boolean).join(" · "), "kb-card-loai");
    add("p", found.name, "kb-card-ten");
    add("p", found.words, "kb-card-loi");
  }

  function place() {
    const box = link.getBoundingClientRect();
    card.hidden = false;
    const left = Math.min(Math.max(8, box.left), innerWidth - card.offsetWidth - 8);
    const below = box.bottom + card.offsetHeight + 8 < innerHeight || box.top < card.offsetHeight + 8;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(below ? box.bottom + 4 : box.top - card.offsetHeight - 4) + scrollY}px`;
    link.setAttribute("aria-describedby", card.id);
  }

  async function show(target) {
    const address = target.href.split(/[?#]/)[0];
    if (!known.has(address)) known.set(address, read(address).catch(() => null));
    const found = await known.get(address);
    if (!found || link !== target) return;
    fill(found);
    place();
  }

  function hide() {
    clearTimeout(timer);
    link?.removeAttribute("aria-describedby");
    link = undefined;
    card.hidden = true;
  }

  function enter(event) {
    const target = event.target.closest?.("article a[href]");
    if (card.contains(event.target)) return clearTimeout(timer);
    if (!target || target.origin !== location.origin || !KINDS.test(target.pathname)) return;
    if (target.pathname === location.pathname || target === link) return clearTimeout(timer);
    hide();
    link = target;
    timer = setTimeout(show, event.type === "focusin" ? 0 : 350, target);
  }

  function leave(event) {
    const to = event.relatedTarget;
    if (!link || (to instanceof Node && (card.contains(to) || link.contains(to)))) return;
    clearTimeout(timer);
    timer = setTimeout(hide, 250);
  }

  for (const name of ["pointerover", "focusin"]) addEventListener(name, enter);
  for (const name of ["pointerout", "focusout"]) addEventListener(name, leave);
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  // The link whose pointing at made this script be loaded.
  const first = document.querySelector("article a[href]:hover, article a[href]:focus");
  if (first) enter({ target: first, type: "pointerover" });
})();
