// The QR code of a chosen list, drawn in the browser at error level M: how large it must stand on paper, and as a picture.

import { loadScript } from "./office.js";

/** Its dots by rows, how many there are with the empty edge, and how wide it must be on paper.
 * @typedef {{made: ReturnType<typeof qrcode>, size: number, millimetres: number}} Code */

const LIBRARY = "../vendor/qrcode-generator-2.0.4/qrcode.js";
/** A dot of a QR code on paper, in millimetres: chosen by hand: 2 cm hold 44 of them. */
const DOT = 0.45;
/** Millimetres of a QR code on paper at least, its empty edge with it, and at most. */
const SMALLEST = 20;
const LARGEST = 60;
/** Dots of its empty edge (ISO/IEC 18004 asks for 4). */
const EDGE = 4;

/** The code of an address: its beginning, and an end of capitals, figures and " $%*+-./:" alone, which takes less room.
 * @param {string} start @param {string} end @returns {Promise<Code>} */
export async function makeCode(start, end) {
  await loadScript(LIBRARY);
  const made = globalThis.qrcode(0, "M");
  made.addData(start, "Byte");
  made.addData(end, "Alphanumeric");
  made.make();
  const size = made.getModuleCount() + 2 * EDGE;
  return { made, size, millimetres: Math.min(LARGEST, Math.max(SMALLEST, Math.ceil(size * DOT))) };
}

/** Draw a code, so many points a dot. @param {Code} code @param {number} points */
export function drawCode({ made, size }, points) {
  const canvas = Object.assign(document.createElement("canvas"), { width: size * points, height: size * points });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  for (let row = 0; row < made.getModuleCount(); row += 1) {
    for (let column = 0; column < made.getModuleCount(); column += 1) {
      if (made.isDark(row, column)) pen.fillRect((column + EDGE) * points, (row + EDGE) * points, points, points);
    }
  }
  return canvas;
}
