// What every page can do: open the search, tell of dead paragraphs, print its links.
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

/** @type {HTMLDialogElement | undefined} */
let dialog;

/** Open the search dialog with what was typed before, ready to be typed over. */
function openSearch() {
  dialog ??= makeDialog();
  if (!dialog.open) dialog.showModal();
  const input = dialog.querySelector("input");
  input?.select();
  input?.focus();
}

function makeDialog() {
  const box = Object.assign(document.createElement("dialog"), { className: "kb-tim", innerHTML: DIALOG });
  box.setAttribute("aria-label", "Tìm trong kho");
  box.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("click", ({ target }) => {
    if (target === box || (target instanceof Element && target.matches("form button"))) box.close();
  });
  // Esc closes at once (a search field would first only empty itself); Material's shortcuts hear nothing.
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    box.close();
  });
  const style = { rel: "stylesheet", href: new URL("kb-search.css", import.meta.url).href };
  document.head.append(Object.assign(document.createElement("link"), style));
  document.body.append(box);
  import("./search-box.js").then(
    (search) => search.attachSearch(box),
    () => box.querySelector(".kb-tim-bao")?.append("Không tải được phần tìm kiếm. Hãy tải lại trang."),
  );
  return box;
}

document.addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest("[data-kb-search], [data-kb-mo-tim]")) openSearch();
});

document.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  const isTyping =
    event.target instanceof HTMLElement &&
    (event.target.isContentEditable || event.target.matches("input, textarea, select"));
  const slash = key === "/" && !event.ctrlKey && !event.metaKey && !isTyping;
  const controlK = key === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  if (event.altKey || !(slash || controlK)) return;
  event.preventDefault();
  openSearch();
});

if (document.querySelector(".kb-danh-muc")) import("./filter.js");
if (document.querySelector(".tra-cuu-o")) import("./search-page.js");

/** Cards come with the first link that is pointed at; files cannot be read for them. @param {Event} event */
function nearLink({ target }) {
  if (!(target instanceof Element && target.closest("article a[href]"))) return;
  for (const name of NEAR) removeEventListener(name, nearLink);
  import("./cards.js");
}
const NEAR = location.protocol === "file:" ? [] : ["pointerover", "focusin"];
for (const name of NEAR) addEventListener(name, nearLink);

/** Paragraphs have lasting addresses (#d-…): say so when the one asked for is gone. */
function tellDeadAddress() {
  document.querySelector(".kb-mat-doan")?.remove();
  const [, id] = /^#(d-[a-z2-7]+(?:-\d+)?)$/.exec(location.hash) ?? [];
  if (!id || document.getElementById(id)) return;
  const textContent =
    "Đoạn này không còn trong bài: bài đã được sửa sau khi liên kết được tạo. Mời đọc cả bài dưới đây.";
  const notice = Object.assign(document.createElement("div"), { className: "kb-mat-doan", tabIndex: -1, textContent });
  notice.setAttribute("role", "status");
  document.querySelector("article")?.prepend(notice);
  notice.focus({ preventScroll: true });
  scrollTo(0, 0);
}
addEventListener("hashchange", tellDeadAddress);
tellDeadAddress();

/** An address as it is told to others: from a site of files, where that is published. @param {string} href */
const shown = (href) => globalThis.kbFiles?.shown(href) ?? href;

/** @param {string} name */
const made = (name, className = "", textContent = "") =>
  Object.assign(document.createElement(name), { className, textContent });

// On paper a link is only its words: number the links and list their addresses at the end.
addEventListener("beforeprint", () => {
  const article = document.querySelector("article.md-content__inner");
  if (!article || article.querySelector(".kb-lien-ket-in")) return;
  const address = document.querySelector("[data-kb-address]");
  if (address) address.textContent = shown(location.href);
  const numbers = new Map();
  for (const link of article.querySelectorAll("a[href]:not([href^='#'], .headerlink, .kb-neo, .lk-lai)")) {
    if (link.closest("details:not([open])")) continue;
    const { href } = new URL(link.getAttribute("href") ?? "", location.href); // in a diagram link.href is no text
    if (!numbers.has(href)) numbers.set(href, numbers.size + 1);
    link.append(made("sup", "kb-so-in", `[${numbers.get(href)}]`));
  }
  if (!numbers.size) return;
  const list = made("div", "kb-lien-ket-in");
  const items = made("ol");
  items.append(...[...numbers.keys()].map((href) => made("li", "", decodeURI(shown(href)))));
  list.append(made("p", "", "Liên kết trong trang"), items);
  article.append(list);
});

addEventListener("afterprint", () => {
  for (const node of document.querySelectorAll(".kb-so-in, .kb-lien-ket-in")) node.remove();
});
