// Added by `dev.py serve` to the pages it shows, never to the site itself: reloads the page when it has been
// built anew, and lays what is wrong over it.
(() => {
  // A sheet that a script makes: the pages allow no styles inside them.
  const STYLE = new CSSStyleSheet();
  STYLE.replaceSync(`
    section { position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; padding: .8rem 1rem;
    background: #5c0f0f; color: #fff; font: 15px/1.45 system-ui, sans-serif; box-shadow: 0 -2px 12px #0008; }
    header { display: flex; gap: 1rem; justify-content: space-between; align-items: center; }
    h2 { margin: 0; font-size: 1rem; } ol { margin: .6rem 0 0; padding-left: 1.6rem; } li { margin: .3rem 0; overflow-wrap: anywhere;
    white-space: pre-wrap; font-family: ui-monospace, Consolas, monospace; font-size: 13px; }
    button { font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 4px; padding: .1rem .6rem; cursor: pointer; }
    @media print { section { display: none; } }`);

  const { version = "", page = "" } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  /** @type {EventSource | undefined} */
  let source;
  /** What lies over the page. @type {HTMLElement | undefined} */
  let box;
  let folded = false;

  function listen() {
    source ??= new EventSource(`/__kb/live?version=${version}&page=${encodeURIComponent(page)}`);
    source.onmessage = (event) => {
      const { reload, problems } = JSON.parse(event.data);
      if (reload) location.reload();
      else show(problems);
    };
  }

  // Browsers open six connections to a host at most: pages in the background give theirs back.
  function follow() {
    if (document.hidden) {
      source?.close();
      source = undefined;
    } else listen();
  }

  /** @param {string[]} problems */
  function show(problems) {
    box?.remove();
    box = undefined;
    if (!problems.length) return;
    box = Object.assign(document.createElement("div"), { id: "kb-loi-nguon" });
    const shadow = box.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [STYLE];
    shadow.innerHTML = `<section role="alert"><header><h2></h2><button type="button"></button></header><ol></ol></section>`;
    const heading = /** @type {HTMLElement} */ (shadow.querySelector("h2"));
    const list = /** @type {HTMLElement} */ (shadow.querySelector("ol"));
    const button = /** @type {HTMLElement} */ (shadow.querySelector("button"));
    heading.textContent = `${problems.length} lỗi. Chỗ có lỗi có thể còn là bản cũ hoặc chưa đúng; sửa rồi lưu, trang tự tải lại.`;
    for (const problem of problems) list.append(Object.assign(document.createElement("li"), { textContent: problem }));
    const fold = () => {
      list.hidden = folded;
      button.textContent = folded ? "Mở ra" : "Thu gọn";
    };
    button.addEventListener("click", () => {
      folded = !folded;
      fold();
    });
    fold();
    document.body.append(box);
  }

  document.addEventListener("visibilitychange", follow);
  // A page taken from the browser's memory by Back may be old.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  addEventListener("pagehide", () => source?.close());
  follow();
})();
