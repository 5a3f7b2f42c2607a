// Before a page shows: that there is JavaScript, so that styles keep room for what scripts bring; light or dark, as
// chosen here before, else as the system has it. A script of its own, for pages allow none inside them.
(() => {
  document.documentElement.className = "js";
  const root = new URL("../..", /** @type {HTMLScriptElement} */ (document.currentScript).src).pathname;

  // Names as Material had them, so that earlier choices hold.
  globalThis.kbKept = {
    get(name) {
      try {
        return JSON.parse(localStorage.getItem(`${root}.${name}`) ?? "null");
      } catch {
        return null; // the browser keeps nothing, or what it keeps is not ours
      }
    },
    set(name, value) {
      try {
        localStorage.setItem(`${root}.${name}`, JSON.stringify(value));
      } catch {
        // the choice holds for this page only
      }
    },
  };
  const chosen = globalThis.kbKept.get("__palette")?.color?.scheme;
  const isDark = chosen === "slate" || (chosen !== "default" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.body.setAttribute("data-md-color-scheme", isDark ? "slate" : "default");
})();
