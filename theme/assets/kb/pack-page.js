// A pack for a session (/tai-lieu/…): shown on the wall, printed a sheet at a time, with the code of its address.
// Loaded by kb.js on such pages.

import { isPublic, publicAddress } from "./addresses.js";
import { whyNoCode } from "./copy.js";
import { drawAddress, loadLibrary } from "./qr.js";
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
