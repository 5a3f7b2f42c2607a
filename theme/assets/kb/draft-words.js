// What is told of a place of a draft, in words for its writer. Knows nothing of the screen.
/** @import { DraftChecker, Finding, Known, Told } from "./draft-judge.js" */
/** @import { Near } from "./draft-meant.js" */

/**
 * One thing to look at: what is wrong, what to write instead ("" if only the writer can know), the documents it may be, the
 * newer one of a document that has changed with what it is to that, the page of the body that is meant.
 * @typedef {{told: Told, title: string, words: string, instead: string, documents: Known[], newer?: Newer,
 *   page?: string}} Advice
 */

/** @typedef {{document: Known, lead: string}} Newer */

/** @type {Record<Told, string>} */
const TITLES = {
  "da-doi": "Xem lại hiệu lực",
  "nhieu-van-ban": "Chưa rõ văn bản nào",
  "chua-co": "Kho chưa có",
  "go-sai": "Gõ chưa đúng",
  "ngat-dong": "Số bị ngắt dòng",
  "chu-roi": "Chữ gõ bằng dấu rời",
  "khac-ngay": "Khác ngày",
  "sai-loai": "Sai tên loại",
  "thieu-ky-hieu": "Thiếu ký hiệu",
  "khong-doc-duoc": "Không đọc được số",
  "co-quan-cu": "Cơ quan đã đổi",
  "dia-phuong-cu": "Tên tỉnh cũ",
};

/** Before documents that only bear the same number. @type {Record<Near, string>} */
const NEAR = {
  "": "",
  "noi-khac": "Cùng số, của nơi khác:",
  "nam-khac": "Cùng số, năm khác:",
  "khoa-khac": "Cùng số, nhiệm kỳ khác:",
};

/** 2023-09-29 → 29-09-2023. @param {string} iso */
const vietnameseDate = (iso) => iso.split("-").reverse().join("-");

/** What is to be told of a place. @param {Finding} finding @param {DraftChecker} checker @returns {Advice[]} */
export function adviceOn(finding, checker) {
  const documents = finding.documents.flatMap((id) => checker.ofId.get(id) ?? []);
  const advice = finding.told.map((told) => ({
    told,
    title: TITLES[told],
    ...WORDS[told](finding, documents, checker),
  }));
  // What is only badly typed is known all the same.
  const last = advice.at(-1);
  if (last && !advice.some((each) => each.documents.length)) last.documents = documents;
  return advice;
}

/** @typedef {{words: string, instead: string, documents: Known[], newer?: Newer, page?: string}} Words */
/** @type {Record<Told, (finding: Finding, documents: Known[], checker: DraftChecker) => Words>} */
const WORDS = {
  "da-doi": (_, [document], checker) => {
    const { state = "", as_of = "" } = document;
    const unit = ["năm", "tháng", "ngày"][as_of.split("-").length - 1];
    const day = as_of ? ` Kho xem lần cuối ${unit} ${vietnameseDate(as_of)}.` : "";
    const words = `Văn bản này ${state}.${day}`;
    return { words, instead: "", documents: [document], newer: newerOf(document, checker) };
  },
  "nhieu-van-ban": ({ likely }, documents) => {
    if (likely) {
      const [{ cite = "" }, ...others] = documents;
      const rest = others.length ? " Kho còn biết văn bản cùng số của nơi khác, ghi tiếp dưới đây:" : "";
      const words = `Dự thảo không ghi của nơi nào. Theo số và ngày thì có thể là ${cite}, hãy ghi rõ cơ quan.${rest}`;
      return { words, instead: "", documents };
    }
    const words =
      documents.length > 1
        ? `Số này là của ${documents.length} văn bản. Hãy ghi rõ ngày và cơ quan ban hành; có thể là:`
        : "Nơi nào cũng có thể có số này, mà dự thảo không ghi của nơi nào. Kho mới biết một:";
    return { words, instead: "", documents };
  },
  "chua-co": ({ near }, documents) => {
    const words = "Kho chưa có văn bản này; điều đó không có nghĩa là văn bản ấy không có. Hãy xem lại theo bản gốc.";
    return { words: near ? `${words} ${NEAR[near]}` : words, instead: "", documents };
  },
  "go-sai": (finding) => ({ words: howTyped(finding), instead: finding.number, documents: [] }),
  "ngat-dong": (finding) => ({
    words: "Số, ký hiệu nằm trên hai dòng: người đọc dễ nhầm, máy tìm không ra.",
    instead: finding.number,
    documents: [],
  }),
  "chu-roi": ({ number, word, right, told }) => ({
    words:
      "Chữ có dấu ở đây gõ bằng dấu rời (Unicode tổ hợp): trông như thường nhưng máy khác có thể không tìm ra. Hãy gõ lại, hoặc chuyển sang Unicode dựng sẵn.",
    instead: number && word && !told.includes("sai-loai") ? `${word} số ${number}` : number || right,
    documents: [],
  }),
  "khac-ngay": (finding, documents) => {
    const days = documents.map(({ date = "" }) => vietnameseDate(date)).join("; ");
    const other = "Nếu là văn bản khác cùng số thì kho chưa có văn bản ấy.";
    const words = `Dự thảo ghi ${vietnameseDate(finding.date ?? "")}, kho ghi ${days}. ${other}`;
    return { words, instead: "", documents };
  },
  "sai-loai": (finding, documents, checker) => {
    const names = documents.map(({ type }) => checker.grammar.types.find(({ id }) => id === type)?.name ?? "");
    const types = checker.grammar.ofCode.get(finding.typeCode ?? "") ?? [];
    const right = names.length === 1 ? names[0] : types.map(({ name }) => name).join(" hoặc ");
    const told = `Trước số ghi “${finding.word}”, mà`;
    const words =
      names.length === 1
        ? `${told} kho ghi văn bản này là ${right}.`
        : `${told} ký hiệu ${finding.typeCode} là của ${right}.`;
    return { words, instead: names.length === 1 ? `${right} số ${finding.number}` : "", documents };
  },
  "thieu-ky-hieu": (finding, documents) => {
    const none = "Kho chưa biết văn bản nào mang số ấy; hãy xem lại theo bản gốc.";
    const other =
      finding.near && `Kho chưa có văn bản mang số ấy của thời gian ghi trong dự thảo. ${NEAR[finding.near]}`;
    const rest = other || (documents.length ? "Có thể là:" : none);
    return { words: `Số này chưa đủ ký hiệu loại và cơ quan ban hành. ${rest}`, instead: finding.right, documents };
  },
  "khong-doc-duoc": () => ({
    words:
      "Trong số có chữ lẫn vào, thừa khoảng trắng hoặc sai năm, nên không biết là số nào. Hãy xem lại theo bản gốc.",
    instead: "",
    documents: [],
  }),
  "co-quan-cu": ({ right, page }) => ({ words: `Cơ quan này ${right}.`, instead: "", documents: [], page }),
  "dia-phuong-cu": (finding) => ({ words: `Tên này không còn: nay ${finding.right}.`, instead: "", documents: [] }),
};

/** The newer one of a document, if the base knows it. @param {Known} document @param {DraftChecker} checker @returns {Newer | undefined} */
function newerOf({ replaced_by, followed_by }, checker) {
  const document = checker.ofId.get(replaced_by ?? followed_by ?? "");
  return document && { document, lead: replaced_by ? "Văn bản thay thế: " : "Văn bản sau, về cùng việc: " };
}

/** What is wrong with how a number is typed. @param {Finding} finding */
function howTyped({ text, number }) {
  const faults = [];
  const tight = text.replace(/\s+/gu, "");
  const dashed = tight.replace(/[\u2010-\u2014\u2212]/gu, "-");
  if (tight.length !== text.length && !text.includes("\n")) faults.push("thừa khoảng trắng");
  if (dashed !== tight) faults.push("gạch ngang dài thay cho gạch nối");
  if (dashed !== number) {
    const letters = (/** @type {string} */ words) => words.replace(/[-/.–\s]/gu, "");
    faults.push(letters(dashed) === letters(number) ? "dấu “-” và “/” chưa đúng chỗ" : "chữ trong ký hiệu chưa đúng");
  }
  return `Sai cách gõ: ${faults.join("; ")}.`;
}

/** @param {Known} document */
const citeOf = ({ cite, number }) => cite || number;
/** A citation with the state of its document in brackets. @param {Known} document */
export const withState = (document) => (document.state ? `${citeOf(document)} (${document.state})` : citeOf(document));

/** One place in plain words, for comments and lists. @param {Finding} finding @param {Advice[]} advice */
export function noteOf(finding, advice) {
  const lines = advice.map(({ told, title, words, instead, documents, newer }) => {
    const named = documents.map((document) => `- ${told === "da-doi" ? citeOf(document) : withState(document)}`);
    if (newer) named.push(`- ${newer.lead}${withState(newer.document)}`);
    return [`${title}: ${words}`, instead && `Viết: ${instead}`, ...named].filter(Boolean).join("\n");
  });
  return [`“${finding.text.replace(/\s+/gu, " ")}”`, ...lines].join("\n");
}
