// QR codes shown large on the screen, and as pictures for pages and Word files. Loaded when one is asked for.

import { dotsOf, drawAddress } from "./qr.js";

/** @typedef {import("./qr.js").Code} Code */

/** A dot on paper, in millimetres: 2 cm hold 66 of them, enough for twenty statements of as many articles. Smaller ones were
 * still read from a picture of 200 dots an inch (tests/browser/test_tray.py). */
const DOT = 0.3;
/** Millimetres of a code on paper at least, its empty edge with it, and at most. */
const SMALLEST = 20;
const LARGEST = 60;

/** How wide a code must be on paper, in millimetres. @param {Code} code */
export const widthOf = ({ size }) => Math.min(LARGEST, Math.max(SMALLEST, Math.ceil(size * DOT)));

/** A code as points, so many a dot. @param {Code} code @param {number} points */
export function drawCanvas(code, points) {
  const side = code.size * points;
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, side, side);
  pen.fillStyle = "#000";
  for (const [column, row] of dotsOf(code)) pen.fillRect(column * points, row * points, points, points);
  return canvas;
}

/** Show the code of an address large enough to be scanned from the screen. @param {string} address @param {string} what */
export async function showCode(address, what) {
  const drawing = await drawAddress(address);
  const box = Object.assign(document.createElement("dialog"), { className: "kb-qr-hop" });
  const close = Object.assign(document.createElement("button"), {
    type: "button",
    className: "kb-nut",
    textContent: "Đóng",
  });
  const told = Object.assign(document.createElement("p"), { textContent: what });
  const where = Object.assign(document.createElement("p"), { className: "kb-qr-dia-chi", textContent: address });
  box.setAttribute("aria-label", "Mã QR");
  box.append(told, drawing, where, close);
  box.addEventListener("click", ({ target }) => {
    if (target === box || target === close) box.close();
  });
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}
