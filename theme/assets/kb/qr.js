// QR codes drawn in the browser: of the page or paragraph that is open, where the build could not know the address.
// A classic script, so that it also runs from file://. The library (theme/assets/vendor/) comes with the first code.
(() => {
  const LIBRARY = "../vendor/qrcode-generator-2.0.4/qrcode.js";
  /** Error correction M: 15 % of a code may be unreadable. White modules around it, as ISO/IEC 18004 demands. */
  const LEVEL = "M";
  const QUIET = 4;

  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @type {Promise<void> | undefined} */
  let library;

  /** Fetch the library, once. */
  const load = () =>
    (library ??= new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: new URL(LIBRARY, src).href });
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(LIBRARY));
      document.head.append(script);
    }));

  /** A code as a drawing, black on white in any scheme. @param {string} address @param {string} title */
  async function draw(address, title) {
    await load();
    const code = qrcode(0, LEVEL);
    code.addData(address);
    code.make();
    const count = code.getModuleCount();
    const rows = Array.from({ length: count }, (_, row) =>
      Array.from({ length: count }, (_, column) =>
        code.isDark(row, column) ? `M${column + QUIET} ${row + QUIET}h1v1h-1z` : "",
      ).join(""),
    );
    const size = count + 2 * QUIET;
    const svg = make("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": title, class: "kb-qr-hinh" });
    svg.append(
      make("path", { d: `M0 0h${size}v${size}H0z`, fill: "#fff" }),
      make("path", { d: rows.join(""), fill: "#000", "shape-rendering": "crispEdges" }),
    );
    return svg;
  }

  /** @param {string} name @param {Record<string, string>} values */
  function make(name, values) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
    return element;
  }

  /**
   * The address under which others find a place of this page: the published one, else the one that is open; "" while
   * it is only a file on this machine. `href`: as seen from this page.
   * @param {string} href
   */
  function addressOf(href) {
    /** @type {HTMLLinkElement | null} */
    const canonical = document.querySelector("link[rel=canonical]");
    const open = new URL(href, canonical?.href || location.href.split(/[?#]/)[0]).href;
    const shown = globalThis.kbFiles?.shown(open) ?? open;
    return /^https?:/.test(shown) ? shown : "";
  }

  /** Show the code of an address large enough to be scanned from the screen. @param {string} address @param {string} what */
  async function show(address, what) {
    const box = Object.assign(document.createElement("dialog"), { className: "kb-qr-hop" });
    const close = Object.assign(document.createElement("button"), {
      type: "button",
      className: "kb-nut",
      textContent: "Đóng",
    });
    const told = Object.assign(document.createElement("p"), { textContent: what });
    const where = Object.assign(document.createElement("p"), { className: "kb-qr-dia-chi", textContent: address });
    box.setAttribute("aria-label", "Mã QR");
    box.append(told, await draw(address, `Mã QR mở ${address}`), where, close);
    box.addEventListener("click", ({ target }) => {
      if (target === box || target === close) box.close();
    });
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
  }

  globalThis.kbQr = { draw, show, addressOf };

  // Slides are shown where the net may be gone by then: what they need is fetched with the page.
  if (document.querySelector("[data-kb-chieu]")) addEventListener("load", () => load().catch(() => {}));

  // A place for the code of this page, where the build did not know its address.
  for (const place of document.querySelectorAll("[data-kb-qr]")) {
    const address = addressOf("");
    if (address) draw(address, `Mã QR mở ${address}`).then((svg) => place.prepend(svg));
    else place.remove();
  }
})();
