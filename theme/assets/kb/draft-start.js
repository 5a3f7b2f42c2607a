// The page that checks drafts, before it is used: what reads and judges a draft (draft-page.js) and the data of the base
// come with the first focus, file or drop, and are not waited for. Loaded by kb.js on that page.

const form = /** @type {HTMLFormElement} */ (document.querySelector(".kb-du-thao"));
const file = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"));
const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));

// Nobody is told to load the page anew: that can lose what was pasted.
const FAILED = "Không tải được phần kiểm tra. Hãy kiểm tra đường mạng rồi thử lại.";

/** @type {Promise<typeof import("./draft-page.js")> | undefined} */
let page;

/** What the page does, loaded once; after a failure the next use tries again. */
function use() {
  page ??= load();
  return page;
}

async function load() {
  try {
    const loaded = await import("./draft-page.js");
    if (status.textContent === FAILED) status.textContent = "";
    return loaded;
  } catch (error) {
    page = undefined;
    status.textContent = FAILED;
    throw error;
  }
}

/** @param {(page: typeof import("./draft-page.js")) => unknown} action */
const withPage = (action) => use().then(action, () => {});

/** @param {File | undefined} chosen */
const take = (chosen) => chosen && withPage((loaded) => loaded.take(chosen));

form.addEventListener("focusin", () => withPage((loaded) => loaded.prepare()));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  withPage((loaded) => loaded.checkField());
});
file.addEventListener("change", () => take(file.files?.[0]));
// The same file, mended meanwhile, can be chosen again.
file.addEventListener("click", () => {
  file.value = "";
});
form.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.classList.add("kb-du-thao--tha");
  withPage(() => {});
});
form.addEventListener("dragleave", () => form.classList.remove("kb-du-thao--tha"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("kb-du-thao--tha");
  take(event.dataTransfer?.files[0]);
});

// What was chosen before this script came.
take(file.files?.[0]);
for (const button of form.querySelectorAll("button")) button.disabled = false;
