// Documents as Word files. The page and the letters follow Nghị định 30/2020/NĐ-CP, Phụ lục I: A4, Times New Roman 14,
// margins of 20, 20, 30 and 20 mm, page numbers at the top from the second page on.

import { isPublic } from "./addresses.js";
import { columnWidths, leastWidths } from "./column-widths.js";
import { escaped } from "./files.js";
import { contentTypes, coreProperties, HEAD, OFFICE, pack, relation, relations, rootRelations } from "./office.js";

/** @typedef {import("./office.js").Run} Run */
/** @typedef {import("./office.js").Block} Block */
/** @typedef {import("./office.js").Table} Table */
/** @typedef {import("./office.js").Picture} Picture */
/** @typedef {import("./office.js").Head} Head */
/** Points of the letters and of the white below a paragraph, millimetres of the right edge.
 * @typedef {{words: number, source: number, gap: number, right: number}} Look */

/** @type {Look} */
const USUAL = { words: 14, source: 12, gap: 4, right: 20 };

const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006";

/** Millimetres in twentieths of a point, and in the units of drawings. @param {number} mm */
const twips = (mm) => Math.round((mm * 1440) / 25.4);
/** @param {number} mm */
const units = (mm) => mm * 36_000;
/** A table whose longest words fill more of an upright page than this needs the page on its side. Chosen by hand: what is
 * left for the rest of the words is too little. */
const MOST_UPRIGHT = 0.5;
/** Rows of more lines than these may go on on the next page: half a page on its side. */
const MOST_LINES = 17;

/** What the body of a document needs beside its text. */
class Needs {
  /** The addresses of its links. @type {string[]} */
  links = [];
  /** @type {Picture[]} */
  pictures = [];

  /** The number of a link among the relations; 1 to 9 are the parts of every document. @param {string} href */
  link(href) {
    if (!this.links.includes(href)) this.links.push(href);
    return 10 + this.links.indexOf(href);
  }
}

/** @param {number} points */
const size = (points) => `<w:sz w:val="${2 * points}"/><w:szCs w:val="${2 * points}"/>`;
/** @type {Record<string, string>} */
const BREAKS = { "\n": "<w:br/>", "\t": "<w:tab/>" };

/** @param {Run} run @param {Needs} needs */
function wordRun({ text, href, bold, italic, small, raised, points = small ? 12 : 0 }, needs) {
  const marks = [
    isPublic(href) && '<w:rStyle w:val="LienKet"/>',
    bold && "<w:b/>",
    italic && "<w:i/>",
    points && size(points),
    raised && '<w:vertAlign w:val="superscript"/>',
  ].filter(Boolean);
  const parts = text
    .split(/([\n\t])/)
    .map((part) => BREAKS[part] ?? `<w:t xml:space="preserve">${escaped(part)}</w:t>`);
  const run = `<w:r>${marks.length ? `<w:rPr>${marks.join("")}</w:rPr>` : ""}${parts.join("")}</w:r>`;
  return href && isPublic(href) ? `<w:hyperlink r:id="rId${needs.link(href)}">${run}</w:hyperlink>` : run;
}

/** @param {string} style @param {Run[]} runs @param {Needs} needs */
const wordParagraph = (style, runs, needs) =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${runs.map((run) => wordRun(run, needs)).join("")}</w:p>`;

const STYLES = {
  title: "TenTaiLieu",
  heading: "Muc",
  text: "Normal",
  numbered: "Y",
  source: "Nguon",
  note: "GhiChu",
  statement: "YTrenTo",
  from: "NguonTrenTo",
  rule: "DuoiDauTo",
};

/** @param {Table} table @param {number} width in twips @param {Needs} needs */
function wordTable(table, width, needs) {
  const { heads, rows, widths: given } = table;
  const { widths, isLong } = given
    ? { widths: given.map(twips), isLong: /** @type {boolean[]} */ ([]) }
    : columnWidths(table, width, MOST_LINES);
  const cell = (/** @type {string} */ inside, /** @type {number} */ column) =>
    `<w:tc><w:tcPr><w:tcW w:w="${widths[column]}" w:type="dxa"/></w:tcPr>${inside}</w:tc>`;
  const head = heads.map((words, column) => cell(wordParagraph("OBangDau", [{ text: words }], needs), column));
  const body = rows.map((cells, at) => {
    const filled = heads.map((_, column) => {
      const paragraphs = (cells[column] ?? []).map((runs) => wordParagraph("OBang", runs, needs));
      return cell(paragraphs.join("") || wordParagraph("OBang", [], needs), column);
    });
    return `<w:tr>${isLong[at] ? "" : "<w:trPr><w:cantSplit/></w:trPr>"}${filled.join("")}</w:tr>`;
  });
  const grid = widths.map((w) => `<w:gridCol w:w="${w}"/>`).join("");
  return `<w:tbl><w:tblPr><w:tblStyle w:val="Bang"/><w:tblW w:w="${width}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>
<w:tblGrid>${grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${head.join("")}</w:tr>${body.join("")}</w:tbl>
${wordParagraph("SauBang", [], needs)}`;
}

/** Whether a block needs the page on its side. @param {Block} block */
const isWider = (block) =>
  block.kind === "table" &&
  !block.widths &&
  leastWidths(block).reduce((all, width) => all + width, 0) > MOST_UPRIGHT * twips(210 - 50);

/** Widths of the lines at the head of a sheet and of the picture beside them, in millimetres. */
const HEAD_COLUMNS = [140, 25];

/** @param {Head} head @param {Needs} needs */
function wordHead({ lines, picture }, needs) {
  const words = lines.map((runs) => wordParagraph("DauTo", runs, needs)).join("");
  if (!picture) return words;
  const [left, right] = [words, wordPicture(picture, needs, "HinhDauTo")].map(
    (inside, at) => `<w:tc><w:tcPr><w:tcW w:w="${twips(HEAD_COLUMNS[at])}" w:type="dxa"/></w:tcPr>${inside}</w:tc>`,
  );
  return `<w:tbl><w:tblPr><w:tblW w:w="${twips(165)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>
<w:tblGrid>${HEAD_COLUMNS.map((mm) => `<w:gridCol w:w="${twips(mm)}"/>`).join("")}</w:tblGrid><w:tr>${left}${right}</w:tr></w:tbl>`;
}

/** @param {Picture} picture @param {Needs} needs @param {string} style */
function wordPicture(picture, needs, style = "Hinh") {
  needs.pictures.push(picture);
  const number = needs.pictures.length;
  const extent = `cx="${units(picture.millimetres)}" cy="${units(picture.millimetres)}"`;
  const name = `id="${number}" name="Hình ${number}" descr="${escaped(picture.words)}"`;
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">
<wp:extent ${extent}/><wp:docPr ${name}/><a:graphic><a:graphicData uri="${DRAWING}/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr ${name}/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="rIdHinh${number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
}

/** A style of paragraphs. @param {string} id @param {string} name @param {string} paragraph @param {string} run */
const wordStyle = (id, name, paragraph, run = "") =>
  `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/>
<w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`;
const CLOSE = 'w:line="240" w:lineRule="auto"';
const EDGES = ["top", "left", "bottom", "right", "insideH", "insideV"];
/** @param {Look} look */
const wordStyles = ({ words, source, gap }) => `${HEAD}<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>
${size(words)}<w:lang w:val="vi-VN" w:eastAsia="vi-VN"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:widowControl/><w:jc w:val="both"/></w:pPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="ChuMacDinh"><w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="LienKet"><w:name w:val="Liên kết"/><w:rPr><w:color w:val="0D4A85"/><w:u w:val="single"/></w:rPr></w:style>
${wordStyle("TenTaiLieu", "Tên tài liệu", '<w:keepNext/><w:spacing w:after="240"/><w:jc w:val="center"/>', "<w:b/>")}
${wordStyle("Muc", "Mục", '<w:keepNext/><w:spacing w:before="240"/><w:jc w:val="left"/>', "<w:b/>")}
${wordStyle("Y", "Ý", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')}
${wordStyle("Nguon", "Nguồn", '<w:spacing w:after="80"/><w:jc w:val="left"/>', size(source))}
${wordStyle("GhiChu", "Ghi chú", '<w:spacing w:before="120"/><w:jc w:val="left"/>', `<w:i/>${size(source)}`)}
${wordStyle("Hinh", "Hình", '<w:keepNext/><w:spacing w:before="240" w:after="60"/><w:jc w:val="center"/>')}
${wordStyle("OBang", "Ô bảng", '<w:spacing w:after="40" w:line="240" w:lineRule="auto"/><w:jc w:val="left"/>', size(12))}
${wordStyle("OBangDau", "Ô đầu bảng", '<w:keepNext/><w:spacing w:after="40" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>', `<w:b/>${size(12)}`)}
${wordStyle("SauBang", "Sau bảng", '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', '<w:sz w:val="2"/><w:szCs w:val="2"/>')}
${wordStyle("DauTo", "Đầu tờ", `<w:keepNext/><w:spacing w:after="0" ${CLOSE}/><w:jc w:val="left"/>`)}
${wordStyle("HinhDauTo", "Hình đầu tờ", `<w:spacing w:after="0" ${CLOSE}/><w:jc w:val="right"/>`)}
${wordStyle("DuoiDauTo", "Dưới đầu tờ", `<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="3" w:color="auto"/></w:pBdr><w:spacing w:after="${20 * gap}" ${CLOSE}/><w:jc w:val="left"/>`, size(Math.min(source, 12)))}
${wordStyle("YTrenTo", "Ý trên tờ", `<w:keepNext/><w:keepLines/><w:spacing w:after="0" ${CLOSE}/>`)}
${wordStyle("NguonTrenTo", "Nguồn trên tờ", `<w:keepLines/><w:spacing w:after="${20 * gap}" ${CLOSE}/><w:jc w:val="left"/>`, size(source))}
${wordStyle("SoTrang", "Số trang", '<w:spacing w:after="0"/><w:jc w:val="center"/>')}
<w:style w:type="table" w:customStyle="1" w:styleId="Bang"><w:name w:val="Bảng"/><w:tblPr><w:tblBorders>
${EDGES.map((edge) => `<w:${edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`).join("")}</w:tblBorders>
<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`;
/** Numbers stand where the first line begins, 10 mm from the edge; lines below it begin at the edge. */
const NUMBERING = `${HEAD}<w:numbering xmlns:w="${WORD}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="0" w:firstLine="${twips(10)}"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
const PAGE_NUMBER = `${HEAD}<w:hdr xmlns:w="${WORD}"><w:p><w:pPr><w:pStyle w:val="SoTrang"/></w:pPr>
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`;
const NO_NUMBER = `${HEAD}<w:hdr xmlns:w="${WORD}"><w:p><w:pPr><w:pStyle w:val="SoTrang"/></w:pPr></w:p></w:hdr>`;
const WORD_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const WORD_TYPES = [
  ["/word/document.xml", `${WORD_PART}.document.main+xml`],
  ["/word/styles.xml", `${WORD_PART}.styles+xml`],
  ["/word/numbering.xml", `${WORD_PART}.numbering+xml`],
  ["/word/header1.xml", `${WORD_PART}.header+xml`],
  ["/word/header2.xml", `${WORD_PART}.header+xml`],
];
/** A document as a Word file. @param {string} title @param {Block[]} blocks @param {Look} look */
export function toDocx(title, blocks, look = USUAL) {
  const isWide = blocks.some(isWider);
  const [across, down] = isWide ? [297, 210] : [210, 297];
  const needs = new Needs();
  const body = blocks.map((block) => {
    if (block.kind === "table") return wordTable(block, twips(across - 50), needs);
    if (block.kind === "picture") return wordPicture(block, needs);
    if (block.kind === "head") return wordHead(block, needs);
    return wordParagraph(STYLES[block.kind], block.runs, needs);
  });
  const page = `<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="first" r:id="rId4"/>
<w:pgSz w:w="${twips(across)}" w:h="${twips(down)}"${isWide ? ' w:orient="landscape"' : ""}/>
<w:pgMar w:top="${twips(20)}" w:right="${twips(look.right)}" w:bottom="${twips(20)}" w:left="${twips(30)}" w:header="${twips(10)}" w:footer="${twips(10)}" w:gutter="0"/><w:titlePg/></w:sectPr>`;
  const document = `${HEAD}<w:document xmlns:w="${WORD}" xmlns:r="${OFFICE}" xmlns:wp="${DRAWING}/wordprocessingDrawing" xmlns:a="${DRAWING}/main" xmlns:pic="${DRAWING}/picture">
<w:body>${body.join("\n")}${page}</w:body></w:document>`;
  const parts = [
    ["styles", "styles.xml"],
    ["numbering", "numbering.xml"],
    ["header", "header1.xml"],
    ["header", "header2.xml"],
  ];
  const links = [
    ...parts.map(([type, target], at) => relation(type, target, at + 1)),
    ...needs.links.map((href, at) => relation("hyperlink", href, at + 10, true)),
    ...needs.pictures.map((_, at) =>
      relation("image", `media/hinh${at + 1}.png`, 0).replace('"rId0"', `"rIdHinh${at + 1}"`),
    ),
  ];
  return pack({
    "[Content_Types].xml": contentTypes(WORD_TYPES),
    "_rels/.rels": rootRelations("word/document.xml"),
    "docProps/core.xml": coreProperties(title),
    "word/document.xml": document,
    "word/_rels/document.xml.rels": relations(links),
    "word/styles.xml": wordStyles(look),
    "word/numbering.xml": NUMBERING,
    "word/header1.xml": PAGE_NUMBER,
    "word/header2.xml": NO_NUMBER,
    ...Object.fromEntries(needs.pictures.map(({ png }, at) => [`word/media/hinh${at + 1}.png`, png])),
  });
}
