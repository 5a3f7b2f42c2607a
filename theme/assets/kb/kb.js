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
  return input;
}

function makeDialog() {
  const box = Object.assign(document.createElement("dialog"), { className: "kb-tim", innerHTML: DIALOG });
  box.setAttribute("aria-label", "Tìm trong kho");
  box.addEventListener("submit", (event) => event.preventDefault());
  const close = () => box.close();
  box.addEventListener("click", ({ target }) => {
    if (target === box || (target instanceof Element && target.matches("form button"))) close();
  });
  // Esc closes at once (a search field would first only empty itself); Material's shortcuts hear nothing.
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    close();
  });
  document.body.append(box);
  bringToLife(box);
  return box;
}

/** Let a form answer as one types. @param {HTMLElement} box */
function bringToLife(box) {
  const style = { rel: "stylesheet", href: new URL("kb-search.css", import.meta.url).href };
  document.head.append(Object.assign(document.createElement("link"), style));
  const told = box.querySelector(".kb-tim-bao");
  const load = () =>
    import("./search-box.js").then(
      (search) => {
        told?.replaceChildren();
        search.attachSearch(box);
      },
      () => {
        told?.replaceChildren("Không tải được phần tìm kiếm. Hãy kiểm tra đường mạng rồi bấm lại vào ô tìm.");
        box.addEventListener("focusin", load, { once: true });
      },
    );
  load();
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

/** Back from a result (search-box.js noted what was asked): the query is in its field again, its answers below. Once:
 * who comes back from elsewhere later, or reloads, asked for nothing. */
function askAgain() {
  const { text, isDialog } = history.state?.search ?? {};
  const field = text && (isDialog ? openSearch() : homeForm?.querySelector("input"));
  if (!field) return;
  history.replaceState({ ...history.state, search: null }, "");
  field.value = text;
  field.focus({ preventScroll: true });
  field.dispatchEvent(new Event("input"));
}
addEventListener("pageshow", askAgain);
addEventListener("popstate", askAgain);

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

/** Milliseconds until what did not load is asked for again; chosen by hand. */
const PAUSE = 1000;
let isLeft = false;
addEventListener("pagehide", () => {
  isLeft = true;
});
addEventListener("pageshow", () => {
  isLeft = false;
});

/** The places whose part did not load. @type {Set<string>} */
const missing = new Set();
const notice = Object.assign(document.createElement("p"), {
  className: "kb-mo-tu-tep",
  textContent:
    "Một phần của trang không tải được, nên có nút chưa dùng được. Hãy kiểm tra đường mạng rồi bấm lại vào đó.",
});
notice.setAttribute("role", "status");

/** Say as long as it is so that something did not load. */
function tellMissing() {
  if (!missing.size) notice.remove();
  else if (!notice.isConnected) document.querySelector(".md-container")?.prepend(notice);
}

/**
 * Load what a place of the page needs; what does not come is asked for once more after a moment. If that fails too, it is
 * told, and the next focus in the place tries again. A page that is left stops what it loads: that is no fault.
 * @param {string} place @param {() => Promise<unknown>} load
 */
async function bring(place, load) {
  const element = document.querySelector(place);
  if (!element) return;
  try {
    await load().catch(() => new Promise((done) => setTimeout(done, PAUSE)).then(load));
    missing.delete(place);
  } catch {
    element.addEventListener("focusin", () => bring(place, load), { once: true });
    if (!isLeft) missing.add(place);
  }
  tellMissing();
}

bring("body", () => import("./copy.js"));
bring(".kb-danh-muc", () => import("./filter.js"));
bring(".kb-liet-ke", () => import("./list-table.js"));
bring("article [data-y]", () => import("./tray.js"));
bring(".kb-y-trang", () => import("./tray-page.js"));
bring(".kb-xuat", () => import("./table-buttons.js"));
bring(".kb-bo", () => import("./pack-page.js"));
bring(".kb-du-thao", () => import("./draft-start.js"));

// The search page does its work where its address asks for something (page.js looks), else from the first focus on.
const bringSearchPage = () => bring(".tra-cuu-o", () => import("./search-page.js"));
if (!document.documentElement.classList.contains("kb-chua-tim")) bringSearchPage();
else document.querySelector(".tra-cuu-o")?.addEventListener("focusin", bringSearchPage, { once: true });

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

// On paper: the day and the address that is open. What is folded on the page stays folded, but for the card: a line says so (kb.css).
addEventListener("beforeprint", () => {
  const address = document.querySelector("[data-kb-address]");
  if (address) address.textContent = publicAddress(location.href.split("#")[0]);
  const day = document.querySelector("[data-kb-print-day]");
  if (!day) return;
  const now = new Date();
  const written = [now.getDate(), now.getMonth() + 1].map((part) => String(part).padStart(2, "0"));
  day.textContent = `In ngày ${written.join("-")}-${now.getFullYear()} · `;
});
