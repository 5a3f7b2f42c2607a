// Paragraphs have lasting addresses (#d-…): a link to copy on each, and a word when one is gone.
import { copy } from "./kb.js";

const ADDRESS = /^#(d-[a-z2-7]+(?:-\d+)?)$/;

for (const paragraph of document.querySelectorAll(".doan[id]")) {
  const link = document.createElement("a");
  link.className = "kb-neo";
  link.href = `#${paragraph.id}`;
  link.title = "Chép liên kết đến đoạn này";
  link.setAttribute("aria-label", link.title);
  link.addEventListener("click", () => copy(globalThis.kbFiles?.shown(link.href) ?? link.href, "Đã chép liên kết đến đoạn này."));
  paragraph.append(link);
}

function tellDeadAddress() {
  document.querySelector(".kb-mat-doan")?.remove();
  const match = ADDRESS.exec(location.hash);
  if (!match || document.getElementById(match[1])) return;
  const notice = document.createElement("div");
  notice.className = "kb-mat-doan";
  notice.setAttribute("role", "status");
  notice.tabIndex = -1;
  notice.textContent =
    "Đoạn này không còn trong bài: bài đã được sửa sau khi liên kết được tạo. Mời đọc cả bài dưới đây.";
  document.querySelector("article.md-content__inner")?.prepend(notice);
  notice.focus({ preventScroll: true });
  scrollTo(0, 0);
}

addEventListener("hashchange", tellDeadAddress);
tellDeadAddress();
