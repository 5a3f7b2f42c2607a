// A pack for a session (/tai-lieu/…): shown on the wall, printed a sheet at a time, with the code of its address.
// Loaded by kb.js on such pages.

import { isPublic, publicAddress } from "./addresses.js";
import { whyNoCode } from "./copy.js";
import { drawAddress, loadLibrary, makeCode } from "./qr.js";
import { whenRead } from "./reader.js";
import { printSheet, tellAddress } from "./sheets.js";
import { openShow } from "./slides.js";

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-kb-chieu]"))) {
  button.addEventListener("click", () => openShow(button));
}

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-kb-in]"))) {
  button.addEventListener("click", () => printSheet(button.dataset.kbIn ?? ""));
}
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".y-nguon a[href]"))) {
  tellAddress(link);
}

// The build made Word files without code and addresses where it did not know the address of the site: the browser does, or
// says that they have none.
const unaddressed = document.querySelector("figure.kb-qr[data-kb-qr]");
const files = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".kb-bo a[download]"));
if (unaddressed && !isPublic(publicAddress(""))) {
  const textContent =
    "Bản này chưa có địa chỉ công bố: tệp Word không có mã QR và địa chỉ, chỉ ghi cách tìm từng ý trong kho.";
  document
    .querySelector(".kb-bo")
    ?.append(Object.assign(document.createElement("p"), { className: "phu", textContent }));
} else if (unaddressed) for (const link of files) link.addEventListener("click", saveAddressed);

/** Save what a link names as the page shows it, with its code; without the net the file of the build is asked for.
 * @param {MouseEvent} event */
async function saveAddressed(event) {
  const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
  event.preventDefault();
  try {
    const { saveSheet } = await import("./sheet-word.js");
    const name = /tu-soi|chu-lon/.exec(link.href)?.[0] ?? "mot-trang";
    const [address, page] = [publicAddress(""), /** @type {Element} */ (document.querySelector("article"))];
    const title = (page.querySelector("h1")?.firstChild?.textContent ?? "").replace(/^[^:]*: /, "").trim();
    const kind = name === "tu-soi" ? "Bảng tự soi, tự sửa" : "Tài liệu sinh hoạt";
    await saveSheet(name, { kind, title, address, code: await makeCode(address), page });
  } catch {
    link.removeEventListener("click", saveAddressed);
    link.click();
  }
}

// Slides are shown where the net may be gone by then: what draws codes is fetched before. The page's own code is drawn
// here where the build did not know its address.
whenRead(() => {
  loadLibrary().catch(() => {});
  for (const place of document.querySelectorAll("[data-kb-qr]")) {
    const address = publicAddress("");
    if (!isPublic(address)) place.remove();
    else {
      drawAddress(address).then(
        (svg) => place.prepend(svg),
        (error) => place.replaceChildren(whyNoCode(error)),
      );
    }
  }
});
