import assert from "node:assert/strict";
import { test } from "node:test";

import "../../theme/assets/kb/age.js";

const { isOld, hasBegun, oldWords } = globalThis.kbAge;
const on = (/** @type {number} */ year, /** @type {number} */ month, /** @type {number} */ day) =>
  new Date(year, month - 1, day, 15, 30);

test("a check is old on the day after its anniversary, not on it", () => {
  assert.equal(isOld("2025-11-22", on(2026, 11, 22)), false);
  assert.equal(isOld("2025-11-22", on(2026, 11, 23)), true);
  assert.equal(isOld("2024-02-29", on(2025, 2, 28)), false);
  assert.equal(isOld("2024-02-29", on(2025, 3, 1)), true);
});

test("a date that is not exact is taken as late as it may be", () => {
  assert.equal(isOld("2025-11", on(2026, 11, 30)), false);
  assert.equal(isOld("2025-11", on(2026, 12, 1)), true);
  assert.equal(isOld("2025", on(2026, 12, 31)), false);
  assert.equal(isOld("2025", on(2027, 1, 1)), true);
});

test("a day of effect begins on that day", () => {
  assert.equal(hasBegun("2027-01-01", on(2026, 12, 31)), false);
  assert.equal(hasBegun("2027-01-01", on(2027, 1, 1)), true);
  assert.equal(hasBegun("2027-01", on(2027, 1, 30)), false);
  assert.equal(hasBegun("2027-01", on(2027, 1, 31)), true);
});

test("pages that were old when they were read are called so, until the reading is old too", () => {
  const words = (/** @type {string | undefined} */ checked) => oldWords("2022-05-24", checked, on(2026, 12, 1));
  assert.equal(words("2026-11-30"), "trang đọc được là trang cũ, từ 24-05-2022");
  const old = "đã hơn 12 tháng chưa kiểm tra lại (điều đọc được có từ 24-05-2022)";
  assert.equal(words("2025-11-30"), old);
  assert.equal(words(undefined), old);
});
