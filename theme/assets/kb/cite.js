// "Chép trích dẫn": put an excerpt or a document, with its source and address, on the clipboard, both as
// rich text (for Word) and as plain text. Works on https, on plain http and from file://.
(() => {
  const article = document.querySelector("article.md-content__inner");
  if (!article) return;
  const page = article.dataset;
  const NOTE = "tóm lược của kho, không phải nguyên văn";
  const escapeHtml = (text) =>
    text.replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark]);
  const squeeze = (text) => text.replace(/\s+/g, " ").trim();

  /** The lasting address of a place: the published one if the page knows it, else the one that is open. */
  function addressOf(hash, path) {
    const published = document.querySelector("link[rel=canonical]")?.href;
    const base = published || location.href.split(/[?#]/)[0];
    const target = path ? new URL(path, base) : new URL(base);
    if (!path) target.hash = hash ?? "";
    return globalThis.kbFiles?.shown(target.href) ?? target.href;
  }

  /** The words of a paragraph or excerpt without what we have added to it. */
  function wordsOf(element) {
    const copy = element.cloneNode(true);
    for (const extra of copy.querySelectorAll("button, .kb-neo, .headerlink, .nguon-doan, .luu-y, .kb-so-in")) extra.remove();
    return squeeze(copy.textContent);
  }

  function compose(parts, address) {
    const lines = parts.filter(Boolean);
    const html = lines.map((line) => `<p>${escapeHtml(line)}</p>`).join("");
    const link = address.includes("://") ? `<a href="${escapeHtml(address)}">${escapeHtml(address)}</a>` : escapeHtml(address);
    return { html: `${html}<p>${link}</p>`, plain: [...lines, address].join("\n") };
  }

  function ofExcerpt(quote) {
    const link = quote.querySelector("a.nguon-doan");
    const verbatim = !quote.querySelector(".luu-y")?.textContent.includes("Tóm lược");
    const text = wordsOf(quote);
    const about = quote.dataset.baiVe ? ` (bài về ${quote.dataset.baiVe})` : "";
    return compose(
      [
        verbatim ? text : `${text} (${NOTE})`,
        page.kbCite && `Văn bản: ${page.kbCite}.`,
        `Nguồn: ${quote.dataset.nguon}${about}.`,
      ],
      addressOf("", link?.getAttribute("href")),
    );
  }

  function ofParagraph(paragraph) {
    const digest = document.querySelector(".luu-y--dau")?.textContent.includes("Tóm lược");
    const text = wordsOf(paragraph);
    return compose(
      [
        digest ? `${text} (${NOTE})` : text,
        page.kbCite && `Văn bản bài đưa tin: ${page.kbCite}.`,
        page.kbSource && `Nguồn: ${page.kbSource}.`,
      ],
      addressOf(paragraph.id),
    );
  }

  function ofDocument() {
    const title = document.querySelector(".trich-yeu")?.cloneNode(true);
    title?.querySelector(".nguon")?.remove();
    return compose(
      [page.kbCite, title && `Trích yếu: ${squeeze(title.textContent)}.`, page.kbSource && `Nguồn: ${page.kbSource}.`],
      addressOf(),
    );
  }

  /** Hand both forms to the clipboard through a copy event, which browsers allow without a secure context. */
  function copyByEvent({ html, plain }) {
    const field = Object.assign(document.createElement("textarea"), { value: plain, className: "kb-an" });
    const before = document.activeElement;
    let taken = false;
    const fill = (event) => {
      event.clipboardData.setData("text/html", html);
      event.clipboardData.setData("text/plain", plain);
      event.preventDefault();
      event.stopImmediatePropagation();
      taken = true;
    };
    document.body.append(field);
    field.select();
    document.addEventListener("copy", fill, { capture: true, once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", fill, { capture: true });
    field.remove();
    before?.focus?.({ preventScroll: true });
    return done && taken;
  }

  async function copyByClipboard({ html, plain }) {
    const forms = { "text/html": html, "text/plain": plain };
    const blobs = Object.entries(forms).map(([type, text]) => [type, new Blob([text], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  }

  async function copyCitation(citation, button) {
    let copied = copyByEvent(citation);
    if (!copied && navigator.clipboard && isSecureContext) {
      copied = await copyByClipboard(citation).then(() => true, () => false);
    }
    tell(copied ? "Đã chép trích dẫn. Dán vào Word bằng Ctrl+V." : `Không chép được. Hãy tự chép: ${citation.plain}`);
    if (!copied) return;
    button.textContent = "Đã chép";
    setTimeout(() => (button.textContent = "Chép trích dẫn"), 2500);
  }

  function tell(message) {
    let box = document.querySelector(".kb-bao");
    if (!box) {
      box = Object.assign(document.createElement("div"), { className: "kb-bao" });
      box.setAttribute("role", "status");
      document.body.append(box);
    }
    box.textContent = message;
    box.classList.add("kb-bao--hien");
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => box.classList.remove("kb-bao--hien"), 4000);
  }

  function addButton(place, make, css = "") {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: `kb-nut kb-chep-trich ${css}`,
      textContent: "Chép trích dẫn",
    });
    button.addEventListener("click", () => copyCitation(make(), button));
    place.append(" ", button);
  }

  for (const place of document.querySelectorAll(".kb-cach-dan")) addButton(place, ofDocument);
  for (const quote of document.querySelectorAll(".trich[data-nguon]")) {
    addButton(quote.querySelector("p:last-of-type") ?? quote, () => ofExcerpt(quote));
  }
  for (const paragraph of document.querySelectorAll(".doan[id]:not(h1, h2, h3, h4)")) {
    addButton(paragraph, () => ofParagraph(paragraph), "kb-chep-doan");
  }
})();
