// How old a check is, and what has begun since: the reader's day decides it, never the day of the build.
// A classic script, so that it also runs from file://.
(() => {
  /** A day as people write it in files. @param {Date} day */
  const iso = (day) =>
    [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

  /** Whether a check that tells up to a date (2026, 2026-11 or 2026-11-22) is more than 12 months old.
   * @param {string} date @param {Date} today */
  function isOld(date, today) {
    const [year, month = "12", day = "31"] = date.split("-");
    return `${Number(year) + 1}-${month}-${day}` < iso(today);
  }

  /** Whether a day of effect is there, at the latest that its date may mean. @param {string} date @param {Date} today */
  function hasBegun(date, today) {
    const [year, month = "12", day = "31"] = date.split("-");
    return `${year}-${month}-${day}` <= iso(today);
  }

  /** What is said of an old check: that its pages are old, where they were read less than 12 months ago.
   * @param {string} upTo @param {string | undefined} checked @param {Date} today */
  function oldWords(upTo, checked, today) {
    const day = upTo.split("-").reverse().join("-");
    if (checked && !isOld(checked, today)) return `trang đọc được là trang cũ, từ ${day}`;
    return `đã hơn 12 tháng chưa kiểm tra lại (điều đọc được có từ ${day})`;
  }

  /** Tell it where it is due; of each part of a page once. @param {ParentNode} part */
  function tell(part) {
    const today = new Date();
    for (const check of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-tinh-den]"))) {
      const upTo = check.dataset.tinhDen ?? "";
      if (!isOld(upTo, today)) continue;
      const textContent = (check.textContent ? "; " : " tình trạng: ") + oldWords(upTo, check.dataset.kiemTra, today);
      check.append(Object.assign(document.createElement("strong"), { className: "kb-cu", textContent }));
    }
    for (const label of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-tu-ngay]"))) {
      if (hasBegun(label.dataset.tuNgay ?? "", today)) label.textContent = label.dataset.khiAy ?? "";
    }
  }

  globalThis.kbAge = { isOld, hasBegun, oldWords, tell };
  if (globalThis.document) tell(document);
})();
