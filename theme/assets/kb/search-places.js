// Provinces in a query: which are named, their names as one word each, and a theme that is asked for in one of them.
/** @import { Entry } from "./search-names.js" */
/** @import { Word } from "./search-text.js" */

import { EMPTY } from "./search-match.js";
import { fullLine, hasAccents, line } from "./search-text.js";

/** A name, or another word (no place), as its bare and accented syllables. @typedef {{place: Entry | null, bare: string[], full: string[]}} Name */
/** A province named in a query: it stands at `at`, in `size` words. @typedef {{place: Entry, at: number, size: number}} NamedPlace */
/** The same of a name or another word. @typedef {{place: Entry | null, at: number, size: number}} Piece */
/**
 * A way to read words: so many are taken up, so many of these in pieces whose words all begin with a capital.
 * @typedef {{pieces: Piece[], taken: number, capitals: number}} Reading
 */

/** Words beside the name of a province and of a theme that ask for nothing else. */
const BESIDE_THEME = new Set("tinh thanh pho tp cu moi co van ban nhung".split(" "));
/** So many words of a theme must be typed: "kỷ luật", not "kỷ". */
const THEME_WORDS = 2;

/**
 * Other words whose syllables make a province with the word beside them: "an ninh" Bình Dương, Quảng Nam "định hướng",
 * "trạng thái" "bình thường". By the last syllable, then by the first; chosen by hand from what directives are about.
 */
const WORDS = [
  "công an, an ninh, nâng cao, đề cao, báo cáo, tố cáo, quảng cáo, tối cao, cấp cao, chất lượng cao, trung bình",
  "phía bắc, miền bắc, tây bắc, đông bắc, phía tây, miền tây, việt nam, miền nam, phía nam, tây nam, đông nam",
  "hằng năm, hàng năm, trong năm, nhiều năm, mỗi năm, đánh giá, đánh giá lại, quốc gia, tham gia, chuyên gia",
  "nông lâm, việc làm, duyên hải, hàng hải, tác hại, thiệt hại, khí hậu, văn hóa, chuyển hóa, hiện đại hóa",
  "công nghiệp hóa, xã hội hóa, số hóa, cụ thể hóa, hàng hóa, đô thị hóa, chuẩn hóa, cộng hòa, hài hòa, quốc khánh",
  "chấn hưng, việt lào, thăng long, hạ long, cửu long, hài lòng, công nghệ, văn nghệ, trạng thái, sinh thái",
  "hình thái, hoàn thành, thanh tra, kiểm tra, điều tra, lưới điện, tự diễn biến, diễn biến hòa bình",
  "diễn biến phức tạp, diễn biến tư tưởng, an toàn, an sinh, bằng cấp, bằng chứng, bằng khen, bằng văn bản",
  "biên giới, biên phòng, biên chế, biến đổi, bình đẳng, bình quân, bình thường, bình ổn, bình chọn, bình yên",
  "cải cách, cải thiện, cải tạo, định hướng, định kỳ, định mức, định giá, định cư, định danh, định hình, định vị",
  "định lượng, định kiến, đình chỉ, đính chính, đồng bộ, đồng bào, đường bộ, đường thủy, đường lối, hóa đơn",
  "hòa giải, hòa nhập, là gì, là tỉnh, là ai, là những, là thành phố, năm học, năm nay, năm qua, nguyên tắc",
  "nguyên nhân, nguyên trạng, nội dung, nội bộ, nội vụ, phòng chống, phòng ngừa, phòng thủ, phòng cháy, phúc lợi",
  "vinh danh, thuận lợi, tri thức, trí tuệ, trị an",
].flatMap((each) => each.split(", "));

/** A word typed without accents may be any; with accents it is itself. @param {Word} typed @param {string} marked */
const isTypedAs = (typed, marked) => !hasAccents(typed.full) || typed.full === marked;

/** Finds provinces by any of their names, and themes beside them. */
export class Places {
  /** @param {Entry[]} places @param {Entry[]} themes */
  constructor(places, themes) {
    /** Themes with their names as the words that tell something. */
    this.themes = themes.map((theme) => ({ theme, lines: theme.lines.map((line) => telling(split(line), new Set())) }));
    /** Names of provinces and other words, by their first syllable. @type {Map<string, Name[]>} */
    this.names = new Map();
    const named = places.flatMap((place) =>
      place.lines.map((name, at) => ({ place, bare: split(name), full: split(place.marked[at]) })),
    );
    const others = WORDS.map((word) => ({ place: null, bare: split(line(word)), full: split(fullLine(word)) }));
    for (const name of [...named, ...others]) {
      const known = this.names.get(name.bare[0]);
      if (known) known.push(name);
      else this.names.set(name.bare[0], [name]);
    }
  }

  /**
   * The provinces that words name, in their order. Of the ways to read the words as names and as other words the one counts
   * that takes up most of them: "an ninh bình dương" is no Ninh Bình, "việt nam định hướng" no Nam Định.
   * @param {Word[]} list @returns {NamedPlace[]}
   */
  in(list) {
    /** From each place on. @type {Reading[]} */
    const best = [];
    best[list.length] = { pieces: [], taken: 0, capitals: 0 };
    for (let at = list.length - 1; at >= 0; at -= 1) {
      best[at] = best[at + 1];
      for (const piece of this.piecesAt(list, at)) {
        const { pieces, taken, capitals } = best[at + piece.size];
        const isName = list.slice(at, at + piece.size).every((word) => word.isName);
        const reading = {
          pieces: [piece, ...pieces],
          taken: taken + piece.size,
          capitals: capitals + (isName ? piece.size : 0),
        };
        if (isBetter(reading, best[at])) best[at] = reading;
      }
    }
    return best[0].pieces.flatMap(({ place, at, size }) => (place ? { place, at, size } : []));
  }

  /**
   * What may stand at a place: names and other words, and "năm" with the number beside it.
   * @param {Word[]} list @param {number} at @returns {Piece[]}
   */
  piecesAt(list, at) {
    const pieces = (this.names.get(list[at].bare) ?? [])
      .filter(({ bare, full }) =>
        bare.every((word, past) => list[at + past]?.bare === word && isTypedAs(list[at + past], full[past])),
      )
      .map(({ place, bare }) => ({ place, at, size: bare.length }));
    const [first, second] = [list[at], list[at + 1]];
    if (second && ((isYearWord(first) && isNumber(second)) || (isNumber(first) && isYearWord(second))))
      pieces.push({ place: null, at, size: 2 });
    return pieces;
  }

  /**
   * The words with the name of each province as one: "bình thuận" is no part of "Bình Dương".
   * @param {Word[]} list @returns {Word[]}
   */
  joined(list) {
    const found = this.in(list);
    if (!found.length) return list;
    const out = [];
    for (let at = 0; at < list.length; at += 1) {
      const named = found.find((each) => each.at === at);
      out.push(named ? join(list.slice(at, at + named.size)) : list[at]);
      at += (named?.size ?? 1) - 1;
    }
    return out;
  }

  /**
   * "Bình Thuận có văn bản nào về cải cách hành chính": the province and the theme, where words ask for nothing else.
   * @param {Word[]} list without the words of a question
   * @returns {{place: Entry, theme: Entry} | null}
   */
  themeIn(list) {
    const [named, ...others] = this.in(list);
    if (!named || others.length) return null;
    const left = [...list.slice(0, named.at), ...list.slice(named.at + named.size)];
    const asked = telling(
      left.map(({ bare }) => bare),
      BESIDE_THEME,
    );
    if (asked.trim().split(" ").length < THEME_WORDS) return null;
    const [place] = named.place.lines;
    // "Học tập … Hồ Chí Minh" names a person.
    const found = this.themes.find(
      ({ lines }) => (lines[0].includes(asked) || lines.includes(asked)) && !lines.some((line) => line.includes(place)),
    );
    return found ? { place: named.place, theme: found.theme } : null;
  }
}

/**
 * Whether a way to read words is better than another that begins later: it takes up more of them, or more in names typed
 * with capitals, or as many in fewer pieces. Else a province goes before another word, and of two provinces the later
 * one: it stands whole behind words that are not listed.
 * @param {Reading} one @param {Reading} other
 */
function isBetter(one, other) {
  const by = one.taken - other.taken || one.capitals - other.capitals || other.pieces.length - one.pieces.length;
  return by ? by > 0 : one.pieces[0].place !== null && other.pieces[0].place === null;
}

/** @param {Word} word */
const isYearWord = ({ bare, full }) => bare === "nam" && (full === "năm" || full === "nam");

/** @param {Word} word */
const isNumber = ({ bare }) => /^\d+$/.test(bare);

/** Words between blanks, without those that tell nothing. @param {string[]} list @param {Set<string>} others */
const telling = (list, others) => ` ${list.filter((word) => !EMPTY.has(word) && !others.has(word)).join(" ")} `;

/** @param {string} line */
const split = (line) => line.trim().split(" ");

/** @param {Word[]} list @returns {Word} */
const join = (list) => ({
  bare: list.map(({ bare }) => bare).join(" "),
  full: list.map(({ full }) => full).join(" "),
  start: list[0].start,
  end: list[list.length - 1].end,
  gap: list[0].gap,
  isCapital: list.every(({ isCapital }) => isCapital),
  isName: list.every(({ isName }) => isName),
});
