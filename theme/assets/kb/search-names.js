// The small index of names and numbers: what it holds, and which entries a query means.
// Made by scripts/knowledge_base/publish/exports/search.py; read in parts, the most needed first.

import { QueryReader, indexOf } from "./search-query.js";
import { fullLine, line, plain, words } from "./search-text.js";

/** @typedef {import("./search-query.js").Query} Query */
/**
 * One page of the knowledge base.
 * @typedef {{kind: string, id: string, name: string, url: string, also: string[], title: string, type: string, typeName: string,
 *   place: Entry|null, issuer: string, themes: string[], year: number, date: string, status: string, number: string,
 *   symbol: number[]|0, next: [string, string][], lines: string[], marked: string[], context: string}} Entry
 */
/** @typedef {{entry: Entry, score: number, reason: string}} Hit */

export const KINDS = [["van-ban", "Văn bản"], ["co-quan", "Cơ quan"], ["chu-de", "Chủ đề"], ["dia-phuong", "Địa phương"], ["nguon", "Bài nguồn"]];
const CENTRAL = "Trung ương";
const RANK = { "dia-phuong": 0.9, "chu-de": 0.8, "co-quan": 0.6, "van-ban": 0.5, nguon: 0.3 };
const SURE = 20;
const LISTED = 15;
const THING = 6;
const LOOSE = 5.8;
const EMPTY = new Set(["nam", "cua", "ve", "tai", "o", "cac", "va", "theo", "trong", "cho", "do"]);

export class Names {
  /** @param {string} folder address of the parts, with a slash at its end */
  constructor(folder) {
    this.folder = folder;
    /** @type {Entry[]} */
    this.entries = [];
    this.byKey = new Map();
  }

  /** Read the grammar, provinces, themes and bodies; then `rest` brings documents and articles. */
  async load() {
    this.core = await this.fetch("co-so");
    this.reader = new QueryReader(this.core);
    this.take(this.core.trang);
    this.rest = Promise.all(this.core.phan.map(async (name) => this.take((await this.fetch(name)).trang)));
    this.rest.then(() => (this.whole = true), () => {});
    return this;
  }

  async fetch(name) {
    const address = new URL(`${name}.json`, this.folder).href;
    if (globalThis.kbFiles) return kbFiles.read(address);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  }

  /** Turn the columns of a part into entries. */
  take(columns) {
    const places = this.places ?? [];
    const cell = (name, row, none) => columns[name]?.[row] || none;
    const from = this.entries.length;
    columns.k.forEach((k, row) => {
      const [type, typeName] = this.core.loaiVanBan[cell("l", row, 0) - 1] ?? ["", ""];
      const number = cell("so", row, "");
      const entry = {
        kind: KINDS[k][0], type, typeName, number, name: cell("ten", row, "") || `${typeName} ${number}`, id: cell("id", row, ""),
        also: cell("khac", row, "").split("|").filter(Boolean), title: cell("ve", row, ""), placeAt: cell("n", row, 0),
        issuerAt: cell("c", row, 0), themeAt: cell("cd", row, []), year: cell("nam", row, 0), date: cell("ngay", row, ""),
        status: this.core.tinhTrang[cell("t", row, 0) - 1] ?? "", symbol: cell("kh", row, 0), next: cell("sau", row, []),
      };
      this.entries.push(entry);
      if (entry.kind === "dia-phuong") places.push(entry);
    });
    this.places = places;
    this.themes ??= this.entries.filter((entry) => entry.kind === "chu-de");
    this.bodies ??= this.entries.filter((entry) => entry.kind === "co-quan");
    const { compare } = new Intl.Collator("vi");
    if (!from) [...places].sort((a, b) => compare(a.name, b.name)).forEach((place, rank) => (place.rank = rank));
    this.entries.slice(from).forEach((entry, row) => this.finish(entry, from + row));
    for (const entry of this.entries.slice(from)) this.byKey.set(`${entry.kind}/${entry.id}`, entry);
  }

  finish(entry, at) {
    entry.at = at;
    entry.place = this.places[entry.placeAt - 1] ?? null;
    entry.issuer = this.bodies[entry.issuerAt - 1] ?? null;
    entry.themes = entry.themeAt.map((at) => this.themes[at - 1]);
    entry.date = entry.date ? `${entry.year}${entry.date}` : entry.year ? String(entry.year) : "";
    entry.id ||= plainId(entry);
    entry.url = `${entry.kind}/${entry.id}/`;
    const names = [entry.name, ...entry.also];
    entry.lines = names.map(line);
    entry.marked = names.map(fullLine);
    entry.titleLine = entry.title ? line(entry.title) : "";
    entry.titleMarked = entry.title ? fullLine(entry.title) : "";
    entry.placeNow = this.placeNow(entry);
    const context = [this.placeName(entry), entry.placeNow?.name ?? "", entry.year || "", entry.typeName, entry.issuer?.name ?? ""];
    entry.context = entry.kind === "dia-phuong" || entry.kind === "chu-de" ? " " : line(context.join(" "));
    entry.contextMarked = entry.context === " " ? " " : fullLine(context.join(" "));
    entry.shortest = Math.min(...entry.lines.map((name) => name.length));
    entry.named = entry.lines.join("") + entry.titleLine;
    entry.everything = entry.named + entry.context;
    entry.allMarked = entry.marked.join("") + entry.titleMarked + entry.contextMarked;
  }

  placeName(entry) {
    return entry.place?.name ?? (entry.kind === "chu-de" ? "" : CENTRAL);
  }

  /** Today's province of an entry's place, if that has another name. */
  placeNow(entry) {
    const next = entry.place?.next?.[0];
    return next ? this.places.find((place) => (place.id || plainId(place)) === next[0]) ?? null : null;
  }

  /** The entries that a query means, best first. @param {Query} query @param {boolean} typing the last word may be unfinished @returns {Hit[]} */
  find(query, typing = false) {
    const scores = new Map();
    const put = (entry, score, reason = "") => {
      const before = scores.get(entry);
      if (score > 0 && (!before || before.score < score)) scores.set(entry, { entry, score, reason });
    };
    const asked = query.numbers.length || query.list ? query : null;
    if (asked) this.findNumbers(query, put);
    for (const variant of query.variants) {
      if (variant.length) this.findNames(variant, query, typing, put, variant === query.variants[0] ? 0 : 0.4);
    }
    if (query.years.length && !query.rest.some((word) => !/^\d+$/.test(word.bare)) && !asked) {
      for (const entry of this.entries) if (query.years.includes(entry.year)) put(entry, 2 + RANK[entry.kind]);
    }
    const order = [...scores.values()].sort((a, b) => b.score - a.score || inOrder(a.entry, b.entry));
    return this.withSuccessors(order, query, typing);
  }

  /** Documents whose number, or kind of number, is asked for. */
  findNumbers(query, put) {
    const documents = this.entries.filter((entry) => entry.symbol);
    for (const [place, asked] of query.numbers.entries()) {
      const sameNumber = documents.filter((entry) => entry.symbol[0] === asked.number);
      const fitting = sameNumber.filter((entry) => this.fits(entry, asked));
      const base = (asked.sure ? SURE : LOOSE) - place / 50;
      for (const entry of fitting) put(entry, base + this.closeness(entry, query) * (asked.sure ? 1 : 0.2));
      if (fitting.length) continue;
      for (const entry of sameNumber) put(entry, SURE - 1 + this.closeness(entry, query), `cùng số ${asked.number}; kho không có văn bản đúng loại, năm hoặc nơi ban hành đã gõ`);
    }
    if (!query.list || query.numbers.length) return;
    for (const entry of documents) {
      if (this.fits(entry, { ...query.list, types: new Set(), year: 0 })) put(entry, LISTED + this.closeness(entry, query));
    }
  }

  /** Whether a document is of the year, type and issuer asked for. */
  fits(entry, asked) {
    const [, year, typeAt, codeAt] = entry.symbol;
    const typeCode = this.core.maLoai[typeAt - 1] ?? "";
    const code = this.core.coQuan[codeAt - 1]?.[0] ?? "";
    if (asked.year && asked.year !== (year || entry.year)) return false;
    const sameKind = new Set([...asked.typeCodes].flatMap((each) => this.core.loai.filter((type) => type[2].includes(each)).map((type) => type[0])));
    if (asked.typeCodes.size && !asked.typeCodes.has(typeCode) && !sameKind.has(entry.type)) return false;
    if (asked.codes.size && !asked.codes.has(code)) return false;
    return !asked.types.size || asked.types.has(entry.type) || asked.typeCodes.has(typeCode);
  }

  /** How near the query's other words are to an entry, from 0 to 1: its place, its year, its issuer and title. */
  closeness(entry, query) {
    query.others ??= this.othersOf(query);
    const { everything } = entry;
    const share = Math.max(0, ...query.others.map((others) => others.reduce((sum, word, at) => {
      if (!everything.includes(` ${word.bare} `)) return sum;
      const paired = [others[at - 1], others[at + 1]].some((other, side) => other && everything.includes(side ? ` ${word.bare} ${other.bare} ` : ` ${other.bare} ${word.bare} `));
      return sum + (paired || others.length < 2 ? 1 : 0.4);
    }, 0) / others.length));
    const named = (place) => place && query.text && indexOf(query.words, words(place.name)) >= 0;
    const place = named(entry.place) ? 0.5 : named(entry.placeNow) ? 0.35 : query.successors.has(entry.place?.id) ? 0.2 : 0;
    return share * 0.5 + place + (query.years.includes(entry.year) ? 0.3 : 0);
  }

  /** The words of a query beside its numbers and places, in each of its variants. */
  othersOf(query) {
    const spent = new Set([...query.numbers].flatMap((asked) => [...asked.used].map((at) => query.words[at].bare)));
    query.successors = new Set();
    for (const place of this.places) {
      const name = words(place.name);
      if (indexOf(query.words, name) < 0) continue;
      name.forEach((word) => spent.add(word.bare));
      place.next.forEach(([id]) => query.successors.add(id));
    }
    const left = (list) => list.filter((word) => !spent.has(word.bare) && !/^\d+$/.test(word.bare) && !EMPTY.has(word.bare));
    return [query.rest, ...query.variants].map(left).filter((list) => list.length);
  }

  findNames(variant, query, typing, put, loss) {
    const asked = ` ${variant.map((word) => word.bare).join(" ")} `;
    const tokens = variant.map((word) => ` ${word.bare} `);
    const open = typing ? tokens.length - 1 : -1;
    if (open >= 0) tokens[open] = tokens[open].trimEnd();
    const marks = query.accents ? variant.filter((word) => word.full.length > 1 && !EMPTY.has(word.bare)).map((word) => ` ${word.full}`) : [];
    const needed = tokens.filter((token) => !EMPTY.has(token.trim()));
    for (const entry of this.entries) {
      const possible = needed.every((token) => entry.everything.includes(token));
      if (!possible && (entry.kind === "nguon" || entry.kind === "van-ban" || entry.shortest > asked.length)) continue;
      let best = 0;
      entry.lines.forEach((name, at) => {
        const tier = tierOf(name, asked, tokens, typing);
        if (tier && tier > best) best = Math.max(best, tier - (at ? 0.15 : 0) - Math.min(0.3, (name.length - asked.length) / 300) - unlike(entry.marked[at], marks));
      });
      if (best < 4.5 && entry.titleLine) {
        const tier = tierOf(entry.titleLine, asked, tokens, typing);
        if (tier) best = Math.max(best, Math.min(tier, 5) - 0.6 - unlike(entry.titleMarked, marks));
      }
      if (!best) best = coverage(entry, tokens, marks, asked);
      if (best > 0) put(entry, best + RANK[entry.kind] * (best > 2 ? 1 : 0.3) - loss - (entry.next.length ? 0.05 : 0));
    }
  }

  /** Put what a former province or body became right behind it, saying why. */
  withSuccessors(hits, query, typing) {
    const out = [];
    const seen = new Set();
    const add = (hit) => !seen.has(hit.entry) && seen.add(hit.entry) && out.push(hit);
    for (const hit of hits) {
      add(hit);
      const named = hit.score >= THING - 0.5 || (hit.entry.kind === "dia-phuong" && hit.score > 2);
      if (!named || typing || hit.entry.kind === "van-ban") continue;
      for (const [id, reason] of hit.entry.next.length < 4 ? hit.entry.next : []) {
        const entry = this.byKey.get(`${hit.entry.kind}/${id}`);
        if (entry) add({ entry, score: hit.score - 0.01, reason });
        if (hit.entry.kind === "dia-phuong" && entry) this.carriedOver(hit, entry, reason, query).forEach(add);
      }
    }
    return out;
  }

  /** "Tỉnh ủy Bình Thuận": the body of the same name in the province of today. */
  carriedOver(hit, entry, reason, query) {
    const old = words(hit.entry.name);
    const at = indexOf(query.words, old);
    if (at < 0 || query.words.length === old.length) return [];
    const turned = [...query.words.slice(0, at), ...words(entry.name), ...query.words.slice(at + old.length)];
    const found = [];
    const put = (other, score) => score >= 5.5 && found.push({ entry: other, score: hit.score - 0.02, reason });
    this.findNames(turned, { ...query, words: turned }, false, put, 0);
    return found.slice(0, 3);
  }
}

/** How well a name answers: 7 the name itself … 4 all words in it, 0 not. */
function tierOf(name, asked, tokens, typing) {
  if (name === asked) return 7;
  if (name.startsWith(asked)) return 6;
  if (name.includes(asked)) return 5;
  const unfinished = typing ? asked.trimEnd() : "";
  if (unfinished && name.startsWith(unfinished)) return 6;
  if (unfinished && name.includes(unfinished)) return 4.8;
  return tokens.every((token) => name.includes(token)) ? 4 : 0;
}

/** What is lost when the accents typed are not those of the name. */
function unlike(marked, marks) {
  return marks.length ? (3.2 * marks.filter((mark) => !marked.includes(mark)).length) / marks.length : 0;
}

/**
 * An entry told by name and surroundings together (3), or named whole within the query (2.5), or by
 * surroundings alone (1.5). Words must stand there in pairs as in the query: "thị xã" is not "chỉ thị … liên xã".
 */
function coverage(entry, tokens, marks, asked) {
  const names = entry.named;
  const needed = tokens.filter((token) => !EMPTY.has(token.trim()));
  const holds = (place) => names.includes(place) || entry.context.includes(place);
  let inName = 0;
  for (const [at, token] of needed.entries()) {
    const paired = /\d/.test(token) || needed.length < 2 || holds(pair(needed[at - 1], token)) || holds(pair(token, needed[at + 1]));
    if (!paired || !holds(token)) return namedWithin(entry, asked);
    if (names.includes(token)) inName += 1;
  }
  if (!needed.length) return 0;
  const loss = unlike(entry.allMarked, marks);
  const elsewhere = entry.placeNow && !asked.includes(entry.place.lines[0]) && asked.includes(entry.placeNow.lines[0]) ? 0.2 : 0;
  return Math.max((inName ? 3 : 1.5) - loss - elsewhere, namedWithin(entry, asked));
}

/** Two words side by side, "\0" if one is missing. */
const pair = (first, second) => (first && second ? ` ${first.trim()} ${second.trimStart()}` : "\0");

function namedWithin(entry, asked) {
  if (entry.kind === "nguon" || entry.kind === "van-ban") return 0;
  const whole = entry.lines.find((name) => name.trim().includes(" ") && asked.includes(name));
  return whole ? 2.2 + Math.min(0.5, whole.length / 60) : 0;
}

/** By place in Vietnamese order, newest first, then as listed. */
const inOrder = (a, b) => (a.place?.rank ?? -1) - (b.place?.rank ?? -1) || b.year - a.year || a.at - b.at;

/** The address part that the library gives unless it says otherwise; see plain_id in exports/search.py. @param {Entry} entry */
export function plainId(entry) {
  let parts = [entry.name];
  if (entry.kind === "van-ban") parts = [entry.typeName, entry.number || entry.name, entry.place?.id ?? "", entry.symbol && entry.symbol[1] ? "" : entry.year || ""];
  if (entry.kind === "nguon") parts = [entry.date || "khong ro ngay", entry.name];
  return plain(parts.join(" ")).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
