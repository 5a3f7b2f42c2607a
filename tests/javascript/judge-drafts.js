// Judges the drafts of a folder (cases.json) with its data (kho.json) and prints what is found; called by
// tests/test_draft_check.py, which compares that with the library's verdicts.

import { readFileSync } from "node:fs";

import { DraftChecker } from "../../theme/assets/kb/draft-judge.js";

const [folder] = process.argv.slice(2);
/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
const checker = new DraftChecker(read("kho.json"));
/** @type {{text: string, home: string}[]} */
const cases = read("cases.json");
const judged = cases.map(({ text, home }) =>
  checker.check(text, home).map(({ text: words, number, told, documents, right, likely = "", near = "" }) => ({
    words,
    number,
    told,
    is: documents,
    right,
    likely,
    near,
  })),
);
console.log(JSON.stringify(judged));
