// QR codes shown large on the screen, and as pictures for pages and Word files. Loaded when one is asked for.

import { dotsOf, drawAddress, widthOf } from "./qr.js";

/** @typedef {import("./qr.js").Code} Code */

/** Points of a picture for each dot of a code, as in the Word files of packs (publish/packs/qr.py). */
const POINTS = 12;

/** A code as a picture for Word files. @param {Code} code @param {string} words what it is for
 * @returns {Promise<import("./office.js").Picture>} */
export async function drawPicture(code, words) {
  const blob = await new Promise((done) => drawCanvas(code, POINTS).toBlob(done));
  const png = new Uint8Array(await /** @type {Blob} */ (blob).arrayBuffer());
  return { kind: "picture", png, millimetres: widthOf(code), words };
}

/** A code as points, so many a dot. @param {Code} code @param {number} points */
function drawCanvas(code, points) {
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
export const showCode = async (address, what) => showDrawing(await drawAddress(address), what, address);

/** Show a drawn code, likewise. @param {SVGElement} drawing @param {string} what @param {string} address in words, too */
export function showDrawing(drawing, what, address = "") {
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
