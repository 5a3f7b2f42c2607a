"""The form “Đề nghị chủ đề”: a new entry at the end of ``themes.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..core.escaping import code
from ..core.text import slug, strip_marks
from ..mentions.finders import scan_of
from ..mentions.themes import ThemeFinder, theme_weights
from ..sources.diagnosis import propose as find_similar
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.notation import expand
from ..sources.vocabulary.schemas import Theme
from .answers import Answers
from .proposal import Proposal, Submission, append_entry, render_entry, suggest

PATH = "sources/vocabularies/themes.yml"
_LISTS = {"include": "cum-tu", "weak": "cum-tu-phu", "exclude": "loai-tru"}
_WRITTEN = ("id", "name", "definition", *_LISTS, "related", "examples", "not_examples")
"""The keys of an entry in the order in which they are written."""
_LONGEST_PHRASE, _LONGEST_NAME, _LONGEST_TEXT, _MOST_LINES = 160, 80, 800, 60
"""Letters of a phrase, a name, a text, and lines of an answer. Chosen by hand, far above what the vocabulary holds:
they only keep a pasted page from becoming an entry."""


def propose_theme(submission: Submission) -> Proposal:
    """Return the proposal of a theme: the vocabulary with one more entry, or what is wrong with the form."""
    answers, repository = submission.answers, submission.repository
    related = dict(_related(answers, repository.reading.vocabulary))
    theme = _theme(answers, repository.reading.vocabulary, related.values())
    if theme is None or not _fits_examples(theme, answers, repository.reading.vocabulary):
        return submission.refuse()
    added = render_entry({key: getattr(theme, key) for key in _WRITTEN})
    files = {PATH: append_entry(repository.read(PATH), added)}
    what = f"Thêm chủ đề {code(theme.name)} (mã `{theme.id}`) vào `{PATH}`."
    names = {identity: repository.reading.vocabulary.themes[identity].name for identity in related.values()}
    questions = [
        "Chủ đề này không trùng nghĩa với chủ đề đã có.",
        "Cụm từ không quá rộng: xem bảng thay đổi của kiểm tra, những bài nào nay được nhận là nói về chủ đề.",
        "Câu ví dụ do người gửi tự viết, không chép của báo.",
        *(
            f"Người gửi ghi chủ đề gần là {code(words, 80)}; máy hiểu là “{names[identity]}”: có đúng không?"
            for words, identity in related.items()
            if slug(words) not in (slug(names[identity]), identity)
        ),
    ]
    remarks = (f"Đã gặp ở: {code(line, 200)}" for line in answers.lines("da-gap")[:20])
    return submission.propose(what, ("Chủ đề", theme.name), files, questions, remarks)


def _related(answers: Answers, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield the words for each related theme with the id they stand for; words for none or several are a problem.

    A line is a theme's id or its name, however spelt, or several names with commas between: names hold commas too,
    so the longest that is one wins."""
    names = {theme.id: (theme.name,) for theme in vocabulary.themes.values()}
    exact = {slug(name): [identity] for identity, own in names.items() for name in (identity, *own)}
    for line in answers.lines("lien-quan"):
        parts = re.findall(r"[^,;.]*\w[^,;.]*", line)
        while parts:
            ways = [(",".join(parts[:count]).strip(), count) for count in range(len(parts), 0, -1)]
            words, count = next((way for way in ways if slug(way[0]) in exact), ways[0])
            found = exact.get(slug(words)) or find_similar(words, names)
            if len(found) == 1:
                yield words, found[0]
            else:
                near = suggest(vocabulary.themes[identity].name for identity in found)
                remedy = "Ghi tên hay mã của chủ đề đã có, mỗi dòng một chủ đề, hoặc bỏ dòng ấy"
                answers.add_problem("lien-quan", f"kho chưa có chủ đề {code(words, 80)}. {near}{remedy}.")
            del parts[:count]


def _theme(answers: Answers, vocabulary: Vocabulary, related: Iterable[str]) -> Theme | None:
    """Return the theme of the answers, or None and the answers' problems."""
    name = answers["ten-chu-de"]
    identity = slug(name)
    if not identity or len(name) > _LONGEST_NAME:
        answers.add_problem("ten-chu-de", f"viết tên bằng chữ, không quá {_LONGEST_NAME} chữ cái.")
    for known in vocabulary.themes.values():
        if known.id == identity or strip_marks(known.name) == strip_marks(name):
            answers.add_problem("ten-chu-de", f"kho đã có chủ đề “{known.name}” (mã `{known.id}`).")
    phrases = {key: tuple(_phrases(question, answers)) for key, question in _LISTS.items()}
    definition = " ".join(answers["dinh-nghia"].split())
    if len(definition) > _LONGEST_TEXT:
        answers.add_problem("dinh-nghia", f"dài {len(definition)} chữ cái; viết gọn trong {_LONGEST_TEXT}.")
    if answers.problems:
        return None
    return Theme(
        id=identity, name=name, definition=definition, related=tuple(dict.fromkeys(related)),
        order=None, readings=(), examples=answers.lines("vi-du"), not_examples=answers.lines("khong-phai"), **phrases,
    )  # fmt: skip


def _phrases(question: str, answers: Answers) -> Iterator[str]:
    """Yield the phrases of an answer, without the marks that people end the lines of a list with; add what is wrong
    with them."""
    lines = answers.lines(question)
    if len(lines) > _MOST_LINES:
        answers.add_problem(question, f"có {len(lines)} dòng; nhiều nhất {_MOST_LINES}.")
        return
    for line in lines:
        try:
            spelt = any(map(slug, expand(line))) if len(line) <= _LONGEST_PHRASE else True
        except (ValueError, RecursionError):
            spelt = False
        if len(line) > _LONGEST_PHRASE:
            answers.add_problem(question, f"{code(line, 40)} quá dài; mỗi dòng chỉ ghi một cụm từ.")
        elif not spelt:
            fault = "có dấu ngoặc mở mà không đóng, hoặc gộp quá nhiều cách viết"
            answers.add_problem(question, f"{code(line, 40)} {fault}.")
        yield line.rstrip(" ;.,") or line


def _fits_examples(theme: Theme, answers: Answers, vocabulary: Vocabulary) -> bool:
    """Add the examples that the phrases do not find, and those that they should not, as problems of their fields; tell
    whether there are none.

    ``--check`` tells of them too, but of lines of a file that the person has never seen."""
    finder = ThemeFinder(replace(vocabulary, themes={theme.id: theme}))
    commas = any("," in phrase for phrase in theme.include)
    lines = " (mỗi dòng một cụm từ, đừng nối nhiều cụm từ bằng dấu phẩy)" if commas else ""
    for question, wanted, fault in (
        ("vi-du", True, f"không có cụm từ nào ở ô “Cụm từ nói về chủ đề”. Thêm cụm từ hoặc sửa câu{lines}"),
        ("khong-phai", False, "vẫn bị nhận là chủ đề này. Thêm cụm từ phải loại trừ, hoặc sửa câu"),
    ):
        for example in answers.lines(question)[:_MOST_LINES]:
            if len(example) > _LONGEST_TEXT:
                answers.add_problem(question, f"{code(example, 40)} quá dài; chỉ ghi một câu.")
                continue
            scan = scan_of(example)
            if (theme.id in theme_weights(finder.find(scan), scan)) != wanted:
                answers.add_problem(question, f"{code(example, 80)} {fault}.")
    return not answers.problems
