// What every page can do: open the search, tell of dead paragraphs, tell on paper where it comes from.
// Parts that only some pages need are loaded when they are needed.

import { publicAddress } from "./addresses.js";

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
  document.body.append(box);
  bringToLife(box);
  return box;
}

/** Let a form answer as one types. @param {HTMLElement} box */
function bringToLife(box) {
  const style = { rel: "stylesheet", href: new URL("kb-search.css", import.meta.url).href };
  document.head.append(Object.assign(document.createElement("link"), style));
  import("./search-box.js").then(
    (search) => search.attachSearch(box),
    () => box.querySelector(".kb-tim-bao")?.append("Không tải được phần tìm kiếm. Hãy tải lại trang."),
  );
}

// The form of the home page leads to the search page; below its field it answers as one types, from its first use on.
/** @type {HTMLFormElement | null} */
const homeForm = document.querySelector("form.kb-tim-o");
homeForm?.addEventListener(
  "focusin",
  () => {
    const answers = `<p class="kb-tim-bao" role="status"></p><ol class="kb-tim-ket-qua" id="kb-tim-o-ket-qua"></ol>
      <button class="kb-nut kb-tim-them" type="button" hidden>Xem thêm kết quả</button>`;
    const panel = Object.assign(document.createElement("div"), { className: "kb-tim-o-than", innerHTML: answers });
    panel.hidden = true;
    homeForm.append(panel);
    homeForm.querySelector("input")?.setAttribute("aria-controls", "kb-tim-o-ket-qua");
    bringToLife(homeForm);
  },
  { once: true },
);

document.addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest("[data-kb-search]")) openSearch();
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

/** A page that is left at once stops what it loads: that is no fault. */
const left = () => {};
import("./copy.js").catch(left);
if (document.querySelector(".kb-danh-muc")) import("./filter.js").catch(left);
if (document.querySelector(".kb-liet-ke")) import("./list-table.js").catch(left);
if (document.querySelector("article [data-y]")) import("./tray.js").catch(left);
if (document.querySelector(".kb-y-trang")) import("./tray-page.js").catch(left);
if (document.querySelector(".kb-xuat")) import("./table-buttons.js").catch(left);
if (document.querySelector(".kb-bo")) import("./pack-page.js").catch(left);
if (document.querySelector(".kb-du-thao")) import("./draft-start.js").catch(left);

// The search page does its work where its address asks for something (page.js looks), else from the first focus on.
const searchForm = document.querySelector(".tra-cuu-o");
const loadSearchPage = () => import("./search-page.js").catch(left);
if (searchForm && !document.documentElement.classList.contains("kb-chua-tim")) loadSearchPage();
else searchForm?.addEventListener("focusin", loadSearchPage, { once: true });

/** Cards come with the first link that is pointed at. @param {Event} event */
function nearLink({ target }) {
  if (!(target instanceof Element && target.closest("article a[href]"))) return;
  for (const name of NEAR) removeEventListener(name, nearLink);
  import("./cards.js");
}
const NEAR = ["pointerover", "focusin"];
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

// On paper: the day and the address that is open. What is folded on the page stays folded, but for the card (kb.css).
addEventListener("beforeprint", () => {
  const address = document.querySelector("[data-kb-address]");
  if (address) address.textContent = publicAddress(location.href.split("#")[0]);
  const day = document.querySelector("[data-kb-print-day]");
  if (day) day.textContent = ` · In ngày ${new Date().toLocaleDateString("vi-VN")}`;
});
