// How wide the columns of a table in a Word file are: none is narrower than its longest word, the rest of the room is
// shared so that the table is short. Words are measured as they stand in tables, in Times New Roman 12, in twentieths of
// a point.

/** @typedef {import("./office.js").Table} Table */
/** @typedef {import("./office.js").Cell} Cell */
const SIZE = 240;
/** Left and right margin of a cell, as the style of tables in word.js has them, and its edges. */
const MARGINS = 200;
/** So much of a word's width is added, as letters of other machines may be wider. Chosen by hand. */
const WIDER = 1.1;
/** A word longer than this, as a long address of a site, is broken: 35 mm, chosen by hand; numbers of documents are shorter. */
const LONGEST = 1985;

/** @type {CanvasRenderingContext2D | null} */
let pen = null;

/** The width of words. @param {string} words @param {boolean} bold */
function measure(words, bold = false) {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return words.length * SIZE * 0.5;
  pen.font = `${bold ? "bold " : ""}${SIZE}px "Times New Roman", "Liberation Serif", serif`;
  return pen.measureText(words).width * WIDER;
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);

/** The width of each paragraph of a cell. @param {Cell} cell */
const paragraphsOf = (cell) => cell.map((runs) => sum(runs.map(({ text, bold }) => measure(text, bold))));

/** The widest word of a cell: runs may part a word. @param {Cell} cell */
const longestOf = (cell) =>
  Math.max(
    0,
    ...cell.flatMap((runs) => {
      const isBold = runs.some(({ bold }) => bold);
      const words = runs.map(({ text }) => text).join("");
      return words.split(/[ \n\t]+/).map((word) => measure(word, isBold));
    }),
  );

/** The least widths of the columns of a table. @param {Table} table */
export const leastWidths = ({ heads, rows }) =>
  heads.map((head, at) => {
    const words = Math.max(longestOf([[{ text: head, bold: true }]]), ...rows.map((row) => longestOf(row[at] ?? [])));
    return Math.min(words, LONGEST) + MARGINS;
  });

/** How many lines a cell takes, parts of lines too. @param {number[]} paragraphs @param {number} width */
const linesIn = (paragraphs, width) => sum(paragraphs.map((each) => Math.max(1, each / (width - MARGINS))));

/** How long a table is: the lines of its rows, and less weighty those of its cells, so that no step is without effect.
 * @param {number[][][]} rows @param {number[]} widths */
const lengthOf = (rows, widths) =>
  sum(
    rows.map((row) => {
      const lines = row.map((paragraphs, at) => linesIn(paragraphs, widths[at]));
      return Math.max(...lines) + sum(lines) / lines.length / 4;
    }),
  );

/** Widths of the columns of a table of a width, and which of its rows are of more lines than `most`.
 * @param {Table} table @param {number} width @param {number} most */
export function columnWidths(table, width, most) {
  const least = leastWidths(table);
  const rows = table.rows.map((row) => table.heads.map((_, at) => paragraphsOf(row[at] ?? [])));
  const room = width - sum(least);
  let widths = least.map((number) => (room > 0 ? number + room / least.length : (number * width) / sum(least)));
  // A step of room from one column to another, as long as one makes the table shorter.
  for (let step = room / 8; step > width / 200; step /= 2) {
    for (let best = lengthOf(rows, widths), isBetter = true; isBetter; ) {
      isBetter = false;
      for (const from of least.keys()) {
        for (const to of least.keys()) {
          if (from === to || widths[from] - step < least[from]) continue;
          const moved = widths.map((number, at) => number + (at === to ? step : at === from ? -step : 0));
          const length = lengthOf(rows, moved);
          if (length >= best) continue;
          [widths, best, isBetter] = [moved, length, true];
        }
      }
    }
  }
  const isLong = rows.map((row) => row.some((paragraphs, at) => linesIn(paragraphs, widths[at]) > most));
  return { widths: widths.map(Math.floor), isLong };
}
