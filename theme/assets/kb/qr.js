// QR codes made and drawn in the browser (qr-shown.js: on the screen and as pictures). The library (theme/assets/vendor/) comes with the
// first code. Why there is none is told in words (whyNoCode of copy.js).

import { loadVendor } from "./vendor.js";

/** Dots of a code by rows, and how many there are with the empty edge.
 * @typedef {{isDark: (row: number, column: number) => boolean, count: number, size: number}} Code */

const LIBRARY = "qrcode-generator-2.0.4/qrcode.js";
/** Error correction M: 15 % of a code may be unreadable. */
const LEVEL = "M";
/** Dots of the empty edge (ISO/IEC 18004 asks for 4). */
const EDGE = 4;
/** An address holds more than a code can. */
class TooLong extends Error {
  name = "TooLong";
}

/** Fetch the library, so that codes can be drawn although the net is gone by then. */
export const loadLibrary = () => loadVendor(LIBRARY);

/**
 * The code of an address: its beginning, and an end of capitals, figures and " $%*+-./:" alone, which takes less room.
 * @param {string} start @param {string} end @returns {Promise<Code>}
 */
export async function makeCode(start, end = "") {
  await loadLibrary();
  const made = globalThis.qrcode(0, LEVEL);
  made.addData(start, "Byte");
  if (end) made.addData(end, "Alphanumeric");
  try {
    made.make();
  } catch {
    throw new TooLong(start + end); // the library throws a text
  }
  const count = made.getModuleCount();
  return { isDark: (row, column) => made.isDark(row, column), count, size: count + 2 * EDGE };
}

/** The places of the dark dots, the empty edge counted. @param {Code} code @returns {[number, number][]} column and row */
export function dotsOf({ isDark, count }) {
  const all = Array.from({ length: count * count }, (_, at) => [at % count, Math.floor(at / count)]);
  return all.filter(([column, row]) => isDark(row, column)).map(([column, row]) => [column + EDGE, row + EDGE]);
}

/** A dot on paper, in millimetres: 2 cm hold 66 of them, enough for twenty statements of as many articles. Such codes were
 * read from a picture of 200 dots an inch (tests/browser/test_tray.py). */
const DOT = 0.3;
/** Millimetres of a code on paper at least, its empty edge with it, and at most. */
const SMALLEST = 20;
const LARGEST = 60;

/** How wide a code must be on paper, in millimetres. @param {Code} code */
export const widthOf = ({ size }) => Math.min(LARGEST, Math.max(SMALLEST, Math.ceil(size * DOT)));

/** The code of an address as a drawing. @param {string} address */
export const drawAddress = async (address) => drawCode(await makeCode(address), `Mã QR mở ${address}`);

/** A code as a drawing, black on white in any scheme. @param {Code} code @param {string} words what it is for */
export function drawCode(code, words) {
  const path = dotsOf(code).map(([column, row]) => `M${column} ${row}h1v1h-1z`);
  const box = { viewBox: `0 0 ${code.size} ${code.size}`, role: "img", class: "kb-qr-hinh" };
  const svg = make("svg", { ...box, "aria-label": words });
  svg.append(
    make("path", { d: `M0 0h${code.size}v${code.size}H0z`, fill: "#fff" }),
    make("path", { d: path.join(""), fill: "#000", "shape-rendering": "crispEdges" }),
  );
  return svg;
}

/** @param {string} name @param {Record<string, string>} values */
function make(name, values) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
  return element;
}
