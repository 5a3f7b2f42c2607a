"""The lists of words that the finders rest on (``phrases.yml``), each asked for by its id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from ...core.text import at_word_start, fold, nfc
from ..yaml import read_yaml
from .entries import Vocabulary
from .notation import expand
from .schemas import Phrases

_OWN = Path(__file__).resolve().parents[4] / "sources" / "vocabularies" / "phrases.yml"


class PhraseList(StrEnum):
    """The lists that the finders need; what each is for stands beside its words."""

    TASK_VERBS = "viec-phai-lam"
    ARRANGED = "to-chuc-viec-gi"
    URGING = "thuc-giuc"
    CONNECTIVES = "noi-cau"
    ASSIGNEES = "nguoi-nhan-viec"
    MANY = "nhieu-nguoi"
    ASSIGNING = "giao-viec"
    ASKING = "yeu-cau-de-nghi"
    ASKING_AS_NOUN = "yeu-cau-la-danh-tu"
    ORDERING = "ra-lenh"
    LISTING = "neu-danh-sach"
    LISTED_AS_TOLD = "neu-de-ke"
    STOPPING = "da-la-ngan-lai"
    COUNTED = "dem-duoc"
    SETTLED = "da-co-truoc"
    AFTER_ASSIGNER = "giua-nguoi-giao-va-loi-giao"
    OFFICES = "chuc-vu-nguoi-giao"
    OFFICE_RANKS = "chuc-vu-noi-them"
    ACTING = "co-quan-lam-gi"
    NOT_IN_DOERS = "khong-thuoc-ten-nguoi-nhan-viec"
    OPEN_ENDS = "con-thieu-chu-sau"
    UNITS = "don-vi-can-co-ten"
    OF_DOERS = "noi-ro-nguoi-nhan-viec"
    ORGANISATIONS = "to-chuc-la-danh-tu"
    BEFORE_NOUNS = "truoc-danh-tu"
    NOT_ACTING = "sau-co-quan-chua-phai-viec"
    BEFORE_TASKS = "truoc-viec-phai-lam"
    AUTHORITIES = "nguoi-co-quyen-giao"
    WITHOUT_AUTHORITY = "nguoi-khong-co-quyen-giao"
    GIVEN_THINGS = "dieu-duoc-giao"
    BEFORE_OBJECTS = "truoc-nguoi-bi-yeu-cau"
    BYGONE = "chuyen-da-qua"
    FOREIGN = "nuoc-ngoai"
    TASK_SECTIONS = "muc-giao-viec"
    WORK_SECTIONS = "muc-nhiem-vu"
    AFTER_TASKS = "het-phan-giao-viec"
    FILLERS = "dem-truoc-van-ban"
    LINKING = "giua-van-ban-va-quan-he"
    NEW_SUBJECTS = "bat-dau-viec-khac"
    PROPOSING = "moi-de-xuat"
    INSPECTING = "kiem-tra-viec"
    DRAFTING = "dang-du-thao"
    PARTS = "phan-cua-van-ban"
    POSTS = "chuc-vu"
    LOWER_LEVELS = "cap-duoi"
    NOT_TOWNS = "khong-mo-dau-ten-rieng"
    FAMILY_NAMES = "ho-sau-chuc-vu"
    DISTRICTS = "don-vi-duoi-tinh"
    OUTLET_NAMES = "ten-bao-dai"
    HOST_BEGINNINGS = "ten-mien-truoc-tinh"
    HOST_ENDS = "ten-mien-sau-tinh"
    OTHER_NUMBERS = "so-khong-phai-van-ban"
    NUMBERED = "dem-bang-so"
    AFTER_NAMES = "het-ten-co-quan"
    ISSUING = "viec-ban-hanh"
    SIGNERS = "nguoi-ky"
    OWNED = "khong-phai-van-ban-cua-co-quan"
    STATING = "noi-trong-van-ban"
    ABROAD = "co-quan-o-nuoc-ngoai"
    STRANGERS = "to-chuc-khac"
    PAST = "thuoc-qua-khu"
    OLDER = "nhac-van-ban-cu"
    OF_ALL_SUBJECTS = "chu-de-nao-cung-co"
    SERVING = "de-lam-gi"
    SIGNING_OFFICES = "co-quan-dung-ten-bai"
    LETTERHEAD_BODIES = "co-quan-dau-van-ban"
    TEXT_BEGINNINGS = "mo-dau-noi-dung"
    NOT_AUTHORS = "khong-phai-tac-gia"
    LAWS = "van-ban-goi-ten"
    NUMBER_COLUMN = "cot-so-ky-hieu"
    SYMBOL_COLUMN = "cot-ky-hieu"
    TYPE_COLUMN = "cot-loai-van-ban"
    DATE_COLUMN = "cot-ngay-ban-hanh"
    TITLE_COLUMN = "cot-trich-yeu"
    ISSUER_COLUMN = "cot-co-quan-ban-hanh"
    STATUS_COLUMN = "cot-tinh-trang"
    IN_FORCE_COLUMN = "cot-ngay-hieu-luc"
    REPLACES_COLUMN = "cot-thay-the"
    REPLACED_COLUMN = "cot-bi-thay-the"
    REPLACEMENT_COLUMN = "cot-van-ban-thay-the"
    NOTE_COLUMN = "cot-ghi-chu"
    TOTALS = "dong-tong-cong"
    QUESTIONS = "hoi-khi-tim"
    GENERAL = "yeu-cau-chung-chung"
    LEANING = "dua-vao-cho-khac"


def words_of(vocabulary: Vocabulary, wanted: PhraseList) -> tuple[str, ...]:
    """Return the words of a list, spelt out and folded, in the order of the file; none if the list is missing.

    A corpus without ``phrases.yml`` is read with the project's own: they are words of the language."""
    entry = (vocabulary.phrases or own_phrases()).get(wanted)
    return _spelt_out(entry.words) if entry else ()


def pattern_of(vocabulary: Vocabulary, wanted: PhraseList) -> str:
    """Return a pattern for one of the words of a list in folded text, but where ``exclude`` says otherwise; a
    pattern that matches nothing if the list is missing. It says nothing of what stands around the words."""
    return "|".join(patterns_of(vocabulary, wanted)) or r"(?!)"


def start_pattern_of(vocabulary: Vocabulary, *wanted: PhraseList) -> str:
    """Return a pattern for one of the words of some lists where a word begins (see ``at_word_start``)."""
    return at_word_start(pattern for one in wanted for pattern in patterns_of(vocabulary, one))


def patterns_of(vocabulary: Vocabulary, wanted: PhraseList) -> tuple[str, ...]:
    """Return the patterns of ``pattern_of`` one by one, each beginning with a letter as it is."""
    entry = (vocabulary.phrases or own_phrases()).get(wanted)
    return _patterns(entry.words, entry.exclude) if entry else ()


@lru_cache(maxsize=128)
def _spelt_out(listed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(nfc(word)) for words in listed for word in expand(words))


@lru_cache(maxsize=128)
def _patterns(listed: tuple[str, ...], exclude: tuple[str, ...]) -> tuple[str, ...]:
    """A word may neither begin an excluded phrase, nor end one that begins with no word."""
    words, excluded = _spelt_out(listed), [fold(nfc(phrase)) for phrase in exclude]
    strange = [phrase for phrase in excluded if not any(_begins(word, phrase) for word in words)]
    guarded = []
    for word in words:
        after = [re.escape(phrase.removeprefix(word)) for phrase in excluded if _begins(word, phrase)]
        first, rest = re.escape(word[:1]), re.escape(word[1:])
        before = [re.escape(phrase.removesuffix(word)) for phrase in strange if phrase.endswith(f" {word}")]
        guards = "".join(rf"(?<!{part}{first})" for part in before)
        guarded.append(first + guards + rest + (rf"(?!{'|'.join(after)})" if after else ""))
    return tuple(guarded)


def _begins(word: str, phrase: str) -> bool:
    return phrase.startswith(word) and not phrase[len(word) : len(word) + 1].isalnum()


@cache
def own_phrases() -> Mapping[str, Phrases]:
    """Return the lists of this repository; none where the library stands alone."""
    source = read_yaml(nfc(_OWN.read_text(encoding="utf-8")), _OWN.name)[0] if _OWN.is_file() else None
    entries = source.data if source and isinstance(source.data, list) else []
    return {entry.id: entry for entry in map(Phrases.model_validate, entries)}
