// What every page can do: open the search, copy a text, show dead paragraph links, print its links.
// Parts that only some pages need are loaded when they are needed.

const DIALOG = `
  <form class="kb-tim-dau" role="search">
    <input type="search" autocomplete="off" spellcheck="false" maxlength="300" aria-label="Từ cần tìm"
      aria-controls="kb-tim-ket-qua" placeholder="Số hiệu, cơ quan, chủ đề, từ trong bài…">
    <button class="kb-nut" type="button">Đóng</button>
  </form>
  <div class="kb-tim-than">
    <p class="kb-tim-bao" role="status"></p>
    <ol class="kb-tim-ket-qua" id="kb-tim-ket-qua"></ol>
    <button class="kb-nut kb-tim-them" type="button" hidden>Xem thêm kết quả</button>
  </div>
  <p class="kb-tim-cach">↑ ↓ chọn · Enter mở · Esc đóng · gõ không dấu cũng được · đặt trong “ngoặc kép” để tìm đúng cụm từ</p>`;

let dialog;

/** Open the search dialog with what was typed before, ready to be typed over. */
function openSearch() {
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "kb-tim";
    dialog.setAttribute("aria-label", "Tìm trong kho");
    dialog.innerHTML = DIALOG;
    dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.matches("form button")) dialog.close();
    });
    // Esc closes at once (a search field would first only empty itself); Material's shortcuts hear nothing.
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      dialog.close();
    });
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("kb-search.css", import.meta.url).href });
    document.head.append(style);
    document.body.append(dialog);
    import("./search.js").then(
      (search) => search.attachSearch(dialog),
      () => (dialog.querySelector(".kb-tim-bao").textContent = "Không tải được phần tìm kiếm. Hãy tải lại trang."),
    );
  }
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
  dialog.querySelector("input").focus();
}

/** Say `message` for a few seconds, also to screen readers. */
export function notify(message) {
  let box = document.querySelector(".kb-bao");
  if (!box) {
    box = document.createElement("div");
    box.className = "kb-bao";
    box.setAttribute("role", "status");
    document.body.append(box);
  }
  box.textContent = message;
  box.classList.add("kb-bao--hien");
  clearTimeout(notify.timer);
  notify.timer = setTimeout(() => box.classList.remove("kb-bao--hien"), 4000);
}

/** Put `text` on the clipboard; also on plain http, where browsers offer no clipboard of their own. */
export async function copy(text, done) {
  try {
    if (navigator.clipboard && isSecureContext) await navigator.clipboard.writeText(text);
    else copyBySelection(text);
    notify(done);
  } catch {
    notify(`Không chép được. Hãy tự chép: ${text}`);
  }
}

function copyBySelection(text) {
  const field = document.createElement("textarea");
  const before = document.activeElement;
  field.value = text;
  field.className = "kb-an";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  before?.focus?.({ preventScroll: true });
  if (!copied) throw new Error("copy refused");
}

/** An address as it is told to others: from a site of files, where that is published. */
const shown = (href) => globalThis.kbFiles?.shown(href) ?? href;

const isTyping = (target) => target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

document.addEventListener("click", (event) => {
  const copied = event.target.closest("[data-kb-copy]");
  if (event.target.closest("[data-kb-search], [data-kb-mo-tim]")) openSearch();
  if (copied) copy(copied.dataset.kbCopy, "Đã chép.");
});

document.addEventListener("keydown", (event) => {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
  const controlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!slash && !controlK) return;
  event.preventDefault();
  openSearch();
});

// A text that is there to be copied gets a button beside it.
for (const text of document.querySelectorAll(".chep")) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "kb-nut", textContent: "Chép" });
  button.dataset.kbCopy = text.textContent.trim();
  text.after(" ", button);
}

if (location.hash.startsWith("#d-") || document.querySelector(".doan[id]")) import("./paragraphs.js");
if (document.querySelector(".kb-danh-muc")) import("./filter.js");
if (document.querySelector(".tra-cuu-o")) import("./search-page.js");

// On paper a link is only its words: number the links and list their addresses at the end.
addEventListener("beforeprint", () => {
  const article = document.querySelector("article.md-content__inner");
  if (!article || article.querySelector(".kb-lien-ket-in")) return;
  const address = document.querySelector("[data-kb-address]");
  if (address) address.textContent = shown(location.href);
  const numbers = new Map();
  for (const link of article.querySelectorAll("a[href]:not(.headerlink, .kb-neo)")) {
    if (link.closest("details:not([open])") || link.getAttribute("href").startsWith("#")) continue;
    const { href } = new URL(link.getAttribute("href"), location.href); // in a diagram link.href is no text
    if (!numbers.has(href)) numbers.set(href, numbers.size + 1);
    const mark = document.createElement("sup");
    mark.className = "kb-so-in";
    mark.textContent = `[${numbers.get(href)}]`;
    link.append(mark);
  }
  if (!numbers.size) return;
  const list = document.createElement("div");
  list.className = "kb-lien-ket-in";
  const title = document.createElement("p");
  title.textContent = "Liên kết trong trang";
  const items = document.createElement("ol");
  for (const href of numbers.keys()) {
    const item = document.createElement("li");
    item.textContent = decodeURI(shown(href));
    items.append(item);
  }
  list.append(title, items);
  article.append(list);
});

addEventListener("afterprint", () => {
  for (const node of document.querySelectorAll(".kb-so-in, .kb-lien-ket-in")) node.remove();
});
