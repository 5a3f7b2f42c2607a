"""Turn the bytes of a text that people have into text, whatever encoding it came in; refuse what is doubtful."""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from ..core.errors import Problem, Severity
from ..core.text import verbose
from ..sources.text_files import decode_source

_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_SHARP_TONES = "\u0301\u0323"
_ONSETS = ["", *"b c ch d đ g gh gi h k kh kr l m n ng ngh nh p ph q qu r s t th tr v x".split()]
_RHYMES = frozenset(
    """
    a ai ao au ay am an ang anh ac ach ap at ak ăm ăn ăng ăc ăp ăt ăk âm ân âng âu ây âc âp ât âk
    e eo em en eng ec ep et ê êu êm ên ênh êng êch êp êt êk i ia iu im in inh ich ip it iêu iêm iên iêng iêc iêp iêt
    o oa oai oay oam oan oang oanh oao oac oach oap oat oăm oăn oăng oăc oăt oe oeo oen oet oi om on ong oong oc ooc op
    ot ô ôi ôm ôn ông ôc ôp ôt ôk ơ ơi ơm ơn ơng ơp ơt
    u ua ui um un ung uc up ut uk uân uâng uât uây uê uêu uên uênh uêch uơ uôi uôm uôn uông uôc uôt
    uy uya uyu uyn uynh uych uyt uyp uyên uyêt uyêm ư ưa ưi ưu ưm ưn ưng ưc ưt ươi ươu ươm ươn ương ươc ươp ươt
    y ynh ych yt yêu yêm yên yêng yêt
    """.split()
)
_FOLLOWING = {"qu": "aăâeêiyoơô", "q": "u"}
"""The letters with which a rhyme begins after these onsets; after the others, with any."""
_LONGEST = 12  # nghiêng with every mark apart
_EDGES = "“”‘’„‚«»–—…•·.,\u00a0\u200b\ufeff"
_WORD = re.compile(r"(?:[A-Za-z]|[^\x00-\x7f])(?:[A-Za-z\x01-\x06\x11-\x17]|[^\x00-\x7f\s])*")
_SHORT_FORM = re.compile(r"[A-ZĐÐ]+\Z")
_SURE = 0.9
"""The share from which a text is Vietnamese: some of its words are foreign names. Chosen by hand."""
ENOUGH = 5
"""So many words with accents are evidence; fewer are not."""


@dataclass(frozen=True, slots=True)
class SyllableCount:
    """How many words of a text have accents or other letters beyond ASCII, and how many of these are possible."""

    words: int
    possible: int

    @property
    def share(self) -> float:
        """The share of possible words; 0 without any."""
        return self.possible / self.words if self.words else 0.0

    @property
    def is_vietnamese(self) -> bool:
        """Whether the words leave no doubt."""
        return self.words >= ENOUGH and self.share >= _SURE


def weigh(text: str) -> SyllableCount:
    """Return what the words of ``text`` say for its being Vietnamese read rightly."""
    found = (match[0].strip(_EDGES) for match in _WORD.finditer(text))
    words = [word for word in found if not word.isascii() and not _SHORT_FORM.match(word)]
    return SyllableCount(len(words), sum(map(is_syllable, words)))


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Tell whether ``word`` can be one Vietnamese syllable (any case, any tone placement)."""
    if len(word) > _LONGEST:
        return False
    parts = unicodedata.normalize("NFD", word.lower().replace("ð", "đ"))
    tones = [char for char in parts if char in _TONE_MARKS]
    bare = unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONE_MARKS))
    stopped = bare.endswith(("c", "p", "t", "k", "ch"))
    if len(tones) > 1 or (tones and stopped and tones[0] not in _SHARP_TONES):
        return False
    cuts = ((bare[:length], bare[length:]) for length in range(4))
    return any(o in _ONSETS and rhyme in _RHYMES and rhyme[0] in _FOLLOWING.get(o, rhyme) for o, rhyme in cuts)


_LOW = dict(zip(b"\x01\x02\x04\x05\x06\x11\x12\x13\x14\x15\x16\x17", "ÚỤỪỬỮỨỰỲỶỸÝỴ", strict=True))
_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
TABLE: dict[int, str] = {**_LOW, **dict(enumerate(_HIGH, 0x80))}
"""The letter of each byte that is not ASCII."""
_CAPITAL_PLACES = {code for code in TABLE if code < 0xA0}
_HIGH_CAPITALS = {code for code, letter in TABLE.items() if code > 0xA7 and letter.isupper()}
_ACCENTS = range(0xB0, 0xB5)


def _windows(code: int) -> str:
    """Return the character that Windows' western set has for a byte; Latin-1's where it has none."""
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(code)


_BYTES = {show(code): code for show in (chr, _windows) for code in range(0x100)}
"""The byte that Windows-1252, else Latin-1, shows as a character."""
_CODES = {shown: code for shown, code in _BYTES.items() if code in TABLE}
_RUN = re.compile(f"[A-Za-z{re.escape(''.join(_CODES.keys() - {chr(0xA0)}))}]+")
_SPACE = str.maketrans("\u00a0", " ")


_QUOTES = "".join(
    {shown for shown, code in _CODES.items() if code in b"\x82\x84\x85\x8b\x91\x92\x93\x94\x95\x96\x97\x9b"}
)
"""The marks people type that share a place with a capital letter, both as Latin-1 and as Windows shows them."""
_SENTENCE_BEGINS = re.compile(r"[.!?…][\"”)]?\s+[\"“(]?\Z")
_TOGETHER = re.compile(r"[\s,\"“”'-]{1,4}\Z")


@dataclass(frozen=True, slots=True)
class _CodedWord:
    """A decoded word: ``capital`` and ``small`` count the letters whose case the encoding itself tells."""

    start: int
    end: int
    text: str
    first_told: bool
    capital: int
    small: int


def mend_tcvn3(text: str) -> str:
    """Return the text of TCVN3 bytes that were read as Latin-1 or Windows-1252 (NFC); other letters stay.

    Never fails: every byte has a meaning."""
    pieces, opens = [], True
    for line in text.translate(_SPACE).split("\n"):
        pieces.append(_mend_line(line, opens))
        opens = not line.strip() or line.rstrip().endswith((".", "!", "?", ":"))
    return unicodedata.normalize("NFC", "\n".join(pieces))


def is_coded(text: str) -> bool:
    """Tell whether ``text`` can be one-byte text read as Latin-1: no letter beyond that set stands in it."""
    return all(char.isascii() or char in _CODES or unicodedata.category(char)[0] in "PSZ" for char in text)


def _mend_line(line: str, opens: bool) -> str:
    """Decode one line; ``opens`` tells that it does not go on with the sentence of the line before.

    A word is written in capitals by two letters of its own, or by the words beside it.
    """
    words = [_decode_word(match) for match in _RUN.finditer(line)]
    pieces, last = [], 0
    for number, word in enumerate(words):
        shown = word.text
        if not word.small and not shown.isascii():
            beside = [other for step in (-1, 1) if (other := _beside(line, words, number, step))]
            if word.capital > 1 or (beside and all(other.capital > 1 and not other.small for other in beside)):
                shown = shown.upper()
        begins = bool(_SENTENCE_BEGINS.search(line[last : word.start])) if number else opens
        if begins and not word.first_told:
            shown = shown[:1].upper() + shown[1:]
        pieces += [line[last : word.start], shown]
        last = word.end
    return "".join([*pieces, line[last:]])


def _decode_word(match: re.Match[str]) -> _CodedWord:
    """Decode one word; marks at its edges are marks if a word remains between them."""
    chars = match[0]
    inner = chars.strip(_QUOTES)
    left = chars.index(inner) if inner else len(chars)
    letters = _letters(chars, range(left, left + len(inner)) if _is_word(inner) else range(len(chars)))
    if not _is_word(inner) and not is_syllable("".join(letters)):
        if not _has_capital_place(chars):  # a program has made capitals of letters as if they were western ones
            chars = "".join(char.lower() if _CODES.get(char) in _HIGH_CAPITALS else char for char in chars)
        letters = _letters(chars, range(0))
    told = [new for old, new in zip(match[0], letters, strict=True) if old.isascii() or new.isupper()]
    text = "".join(letters)
    sure = chars[0].isascii() or not text[:1].islower()
    return _CodedWord(match.start(), match.end(), text, sure, sum(map(str.isupper, told)), sum(map(str.islower, told)))


def _has_capital_place(chars: str) -> bool:
    return any(_CODES.get(char) in _CAPITAL_PLACES for char in chars)


def _is_word(inner: str) -> bool:
    """Tell whether what stands between marks is a word by itself, or nothing."""
    return not inner or (not _has_capital_place(inner) and is_syllable("".join(_letters(inner, range(len(inner))))))


def _letters(chars: str, capitals: range) -> list[str]:
    """Return the letters of one word; outside ``capitals``, the capitals' places are read as Windows' marks."""
    letters: list[str] = []
    for place, char in enumerate(chars):
        code = _CODES.get(char)
        if code is None:
            letters.append(char)
        elif code in _CAPITAL_PLACES and place not in capitals:
            letters.append(_windows(code) if code > 0x1F else "")
        elif code in _ACCENTS and not (letters and len(unicodedata.normalize("NFC", letters[-1] + TABLE[code])) == 1):
            letters.append(chr(code))
        else:
            letters.append(TABLE[code])
    return letters


def _beside(line: str, words: list[_CodedWord], number: int, step: int) -> _CodedWord | None:
    """Return the next word whose case is told by two letters, if no mark or number stands between."""
    for place in range(number + step, number + 4 * step, step):
        if not 0 <= place < len(words):
            return None
        left, right = sorted((words[place - step], words[place]), key=lambda word: word.start)
        if not _TOGETHER.match(line[left.end : right.start]):
            return None
        if words[place].capital + words[place].small > 1:
            return words[place]
    return None


_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_VNI_ROWS = {"\u0302": "âàåãáä", "\u0306": "êèúüéë"}
"""The letters with which VNI writes a circumflex and a breve, each with the tones in their order."""
_VNI_MARKS = dict(zip("øûõùï", _TONES[1:], strict=True)) | {
    shown: accent + tone for accent, row in _VNI_ROWS.items() for shown, tone in zip(row, _TONES, strict=True)
}
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])", re.IGNORECASE)
_VIQR_WORD = verbose(r"""
        (?<![\w@/.])[A-Za-z]{0,4}                              # the beginning of a syllable, not of an address
    (?:[aeoAEO]\^|[aA]\(|[uoUO]\+|dd|DD|Dd)                   # â ê ô, ă, ư ơ, đ
    [A-Za-z^(+'`?~.]{0,8}                                     # its end with the tone
    """)
VNI_ADVICE = (
    "Chuyển sang Unicode trước: bôi đen và chép toàn bộ chữ, mở UniKey, nhấn Ctrl+Shift+F6, chọn bảng mã nguồn"
    " VNI Windows, bảng mã đích Unicode, nhấn “Chuyển mã”, rồi dán vào tệp mới và lưu với bảng mã UTF-8"
)
VIQR_ADVICE = VNI_ADVICE.replace("VNI Windows", "VIQR")
_VIQR_SHARE, _MANY = 0.1, 20
"""Of at least ``_MANY`` words, the share written the VIQR way: in Vietnamese about every second word has such a letter,
in texts that only hold formulas hardly any. Chosen by hand."""
_DOUBLE = re.compile(r"[ÃÄÅÆ][\x80-\xbf\u2013-\u203a\u0152-\u0192\u02c6\u02dc\u20ac\u2122]|á[º»]")
_MISREAD_SHARE = 0.5
"""Possible syllables among the words with accents: near 1 in a text read rightly, near 0 otherwise. Chosen by hand."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""What only one font shows as a sign, such as the bullets of Wingdings that Word gives away when text is copied."""
_SUSPICIOUS = re.compile("[\ue000-\uf8ff\ufffd\x80-\x9f¡¢£¤¥¦¨©ª¬®¯±´µ¶¸º¼½¾¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñöøûüþÿŒœŠšŸŽžƒˆ˜€]")
"""Characters that Vietnamese text hardly holds, and text in a wrong encoding nearly always."""
_FEWEST, _SHORT_SHARE = 2, 0.5
"""Words of a title, and how many of them may be possible by chance ("vô"), that are all possible in another encoding.
Chosen by hand."""
_SHOWN = 80
_SAMPLE = 50_000
"""Characters: some ten pages show their encoding as well as a whole book."""


def mend_misread(text: str) -> tuple[str, str] | None:
    """Return ``text`` with its letters set right and a Vietnamese word on what was wrong; None if nothing is.

    Only what leads back without doubt is mended: text whose words are no Vietnamese as they stand, and are
    Vietnamese once read as TCVN3, UTF-8 or Windows-1258.
    """
    if _DOUBLE.search(text):  # a line is touched only if it is the bytes of a longer UTF-8 text, as no other line is
        mended = "".join(_reread(line, "utf-8") for line in text.splitlines(keepends=True))
        if mended != text and weigh(mended).share > weigh(text).share:
            return mended, "chữ UTF-8 đã bị lưu lại một lần nữa như chữ Latinh (kiểu “Äáº£ng”)"
    sample = _sample(text)
    if weigh(sample).share > _MISREAD_SHARE or weigh(sample).words < ENOUGH:
        return None
    if weigh(mend_tcvn3(sample)).is_vietnamese:
        return mend_tcvn3(text), "chữ ở bảng mã TCVN3 (phông .VnTime)"
    if weigh(_reread(sample, "cp1258")).is_vietnamese:
        return _reread(text, "cp1258"), "chữ ở bảng mã Windows-1258"
    return None


def tell_damage(line: str) -> tuple[str, str] | None:
    """Return what is wrong with the letters of one line of an article, and how to mend it; None if nothing is."""
    if not _SUSPICIOUS.search(line):
        return None
    if lost := _tell_lost(line):
        return lost
    found = mend_misread(line)
    count = weigh(line)
    if found is None and count.words >= _FEWEST and count.share <= _SHORT_SHARE and is_coded(line):
        mended = mend_tcvn3(line)
        found = (mended, "chữ ở bảng mã TCVN3 (phông .VnTime)") if weigh(mended).share == 1 else None
    if found is not None:
        return (
            f"{found[1]}, không phải Unicode",
            f"Có lẽ là “{found[0].strip()[:_SHOWN]}”: gõ lại, hoặc chép lại từ nguồn",
        )
    if len(_DOUBLE.findall(line)) >= _FEWEST and count.share < _MISREAD_SHARE:
        return "chữ UTF-8 đã bị lưu sai (kiểu “Äáº£ng”) và mất ký tự", "Chép lại từ nguồn, hoặc tìm bản chưa hỏng"
    if is_vni(line):
        return "chữ ở bảng mã VNI (kiểu “Uûy ban”)", VNI_ADVICE
    return None


def _tell_lost(line: str) -> tuple[str, str] | None:
    if "\ufffd" in line:
        return "có ký tự hỏng � thay cho chữ đã mất", "Xem bài gốc và gõ lại chữ ấy"
    if private := _PRIVATE.search(line):
        remedy = "Nếu là dấu đầu dòng thì gõ “- ” thay nó; nếu không, xem bài gốc và gõ lại, hoặc xóa đi"
        return f"có ký tự U+{ord(private[0]):04X} chỉ hiện đúng ở một phông chữ (như Wingdings của Word)", remedy
    return None


def _sample(text: str) -> str:
    """Return as much of a text, in whole lines, as is needed to tell its encoding."""
    end = text.find("\n", _SAMPLE)
    return text if end < 0 or end > 2 * _SAMPLE else text[:end]


def is_double(text: str) -> bool:
    """Tell UTF-8 read as Windows-1252 that has lost characters since, so that it cannot be mended."""
    sample = _sample(text)
    return len(_DOUBLE.findall(sample)) >= ENOUGH and weigh(sample).share < _MISREAD_SHARE


def _reread(text: str, encoding: str) -> str:
    """Return text whose bytes were read as Windows-1252 and are in ``encoding`` (NFC); as it is if they cannot be."""
    try:
        return unicodedata.normalize("NFC", bytes(_BYTES[char] for char in text).decode(encoding))
    except (KeyError, UnicodeDecodeError):
        return text


def is_vni(text: str) -> bool:
    """Tell text in the VNI fonts' encoding: "Uûy ban nhaân daân tænh"."""
    sample = _sample(text)
    if not is_coded(sample) or weigh(sample).share > _MISREAD_SHARE:
        return False

    def letter(match: re.Match[str]) -> str:
        vowel, mark, alone = (part.lower() for part in match.groups(""))
        return _VNI_LETTERS[alone] if alone else _VNI_LETTERS.get(vowel, vowel) + _VNI_MARKS[mark]

    return weigh(unicodedata.normalize("NFC", _VNI_PAIR.sub(letter, sample))).is_vietnamese


def is_viqr(text: str) -> bool:
    """Tell text written without accents in the VIQR way: "U?y ban nha^n da^n"."""
    sample = _sample(text)
    words = len(sample.split())
    return words >= _MANY and len(_VIQR_WORD.findall(sample)) >= _VIQR_SHARE * words


_MARKS = {
    "utf-8-sig": (codecs.BOM_UTF8,),
    "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),  # before UTF-16, whose mark one of them begins with
    "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}
_SAMPLE_BYTES = 40_000
"""Bytes: zeros on one side of the pairs show in the first pages as in all."""
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a") - set(TABLE))
_BINARY = ("tệp không chứa chữ mà chứa dữ liệu nhị phân", "Chép phần chữ của bài vào một tệp .txt")
_UNKNOWN_ADVICE = (
    "Mở tệp bằng Notepad hay Word, xem chữ có dấu hiện đúng không, rồi chọn “Save as”, Encoding: UTF-8;"
    " nếu chữ hiện sai, hãy chép lại bài từ nguồn"
)


def decode_text(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Return the text of ``data`` in NFC with LF line ends; None and a problem if its encoding is in doubt.

    Reads UTF-8, UTF-16, Windows-1258 and TCVN3, and text that was already read wrongly and saved as UTF-8;
    a warning tells of what was not plain Unicode.
    """
    shown = marked_encoding(data) or _unmarked_utf16(data)
    if shown not in {None, "utf-8-sig"}:
        with suppress(UnicodeDecodeError):
            return mend_text(data.decode(shown), path)
    text, problems = decode_source(data, path)
    if text is None:
        return _decode_bytes(data, path, problems)
    return (None, [Problem(path, 1, *_BINARY)]) if text.count("\0") > len(text) // 100 else mend_text(text, path)


def mend_text(text: str, path: str) -> tuple[str | None, list[Problem]]:
    """Return decoded ``text`` in normal form, with a warning if it had been read wrongly before it was saved.

    None and a problem for VNI and VIQR.
    """
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if mended := mend_misread(text):
        return unicodedata.normalize("NFC", mended[0]), [_converted(path, mended[1])]
    if is_vni(text):
        return None, [Problem(path, 1, "chữ ở bảng mã VNI (kiểu “Uûy ban”), máy không tự chuyển", VNI_ADVICE)]
    if is_viqr(text):
        return None, [Problem(path, 1, "chữ gõ kiểu VIQR (như “U?y ban nha^n da^n”)", VIQR_ADVICE)]
    if is_double(text):
        message = "chữ UTF-8 đã bị lưu sai (kiểu “Äáº£ng”) và mất ký tự, không chuyển lại được"
        return None, [Problem(path, 1, message, "Chép lại bài từ nguồn, hoặc tìm bản chưa hỏng")]
    return text, []


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark names; decoding by it takes the mark away."""
    return next((name for name, marks in _MARKS.items() if data.startswith(marks)), None)


def _unmarked_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: nearly half of its bytes are zero, all on one side of the pairs."""
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(even, odd) < max(2, len(sample) // 8) or min(even, odd) > len(sample) // 100:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_bytes(data: bytes, path: str, problems: list[Problem]) -> tuple[str | None, list[Problem]]:
    """Decode bytes that are no UTF-8 in the one way that gives Vietnamese words."""
    if len(data.translate(None, _CONTROLS)) < 0.98 * len(data):
        return None, [Problem(path, 1, *_BINARY)]
    whole = data.decode("utf-8", "ignore")
    if weigh(whole).share > 0.8 and len(data) - len(whole.encode("utf-8")) < 0.01 * len(data):
        return None, problems
    latin = data.decode("cp1252", "replace")
    if is_vni(latin):
        return mend_text(latin, path)
    readings = {"TCVN3 (phông .VnTime)": mend_tcvn3(data.decode("latin-1"))}
    with suppress(UnicodeDecodeError):
        readings["Windows-1258"] = unicodedata.normalize("NFC", data.decode("cp1258"))
    counts = {name: weigh(text) for name, text in readings.items()}
    best, *others = sorted(counts, key=lambda name: counts[name].share, reverse=True)
    if not counts[best].is_vietnamese or any(counts[name].is_vietnamese for name in others):
        message = "không nhận ra bảng mã của tệp (không phải UTF-8, UTF-16, Windows-1258 hay TCVN3)"
        return None, [Problem(path, problems[0].line if problems else 1, message, _UNKNOWN_ADVICE)]
    text = readings[best].replace("\r\n", "\n").replace("\r", "\n")
    return text, [_converted(path, f"tệp ở bảng mã {best}")]


def _converted(path: str, what: str) -> Problem:
    remedy = "Đọc lại bài một lượt bằng mắt, nhất là tên riêng và chữ hoa"
    return Problem(path, 1, f"{what}, đã chuyển sang Unicode", remedy, Severity.WARNING)
