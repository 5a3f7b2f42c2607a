"""The form “Đề nghị chủ đề”: a new entry at the end of ``themes.yml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..core.escaping import code
from ..core.models import Scan
from ..core.paragraphs import split_paragraphs
from ..core.text import fold, nfc, slug, strip_marks, view
from ..mentions.themes import ThemeFinder, theme_weights
from ..sources.vocabulary import Vocabulary
from ..sources.vocabulary.notation import expand
from ..sources.vocabulary.schemas import Theme
from .answers import Answers
from .entries import appended, entry
from .events import Issue
from .menus import theme_options
from .proposal import Proposal, faulty, pull_request_body, pull_request_title, told
from .repository import Repository

PATH = "sources/vocabularies/themes.yml"
_LISTS = {"include": "cum-tu", "weak": "cum-tu-phu", "exclude": "loai-tru"}
_LONGEST_PHRASE, _LONGEST_NAME, _LONGEST_TEXT, _MOST_LINES = 160, 80, 800, 60


def propose_theme(issue: Issue, answers: Answers, repository: Repository) -> Proposal:
    """Return the proposal of a theme: the vocabulary with one more entry, or what is wrong with the form."""
    theme = None if answers.problems else _theme(answers, repository.vocabulary)
    if theme is not None and not answers.problems:
        _check_examples(theme, answers, repository.vocabulary)
    if theme is None or answers.problems:
        return faulty(issue, answers.form.name, answers.form.label, answers.problems)
    text = appended(repository.read(PATH), entry(_values(theme)))
    problems = repository.new_problems({PATH: text})
    if problems:
        return faulty(issue, answers.form.name, answers.form.label, map(told, problems))
    return _proposal(issue, answers, theme, text)


def _theme(answers: Answers, vocabulary: Vocabulary) -> Theme | None:
    """Return the theme of the answers, or None and the answers' problems."""
    name = answers["ten-chu-de"]
    identity = slug(name)
    _check_name(name, identity, answers, vocabulary)
    for question in _LISTS.values():
        _check_phrases(question, answers)
    definition = " ".join(answers["dinh-nghia"].split())
    if len(definition) > _LONGEST_TEXT:
        answers.tell("dinh-nghia", f"dài {len(definition)} chữ cái; viết gọn trong {_LONGEST_TEXT}.")
    if answers.problems:
        return None
    chosen = theme_options(vocabulary)
    return Theme(
        id=identity,
        name=name,
        definition=definition,
        related=tuple(chosen[option] for option in answers.choices.get("lien-quan", ())),
        examples=answers.lines("vi-du"),
        not_examples=answers.lines("khong-phai"),
        **{key: tuple(_phrases(answers.lines(question))) for key, question in _LISTS.items()},
    )


def _check_name(name: str, identity: str, answers: Answers, vocabulary: Vocabulary) -> None:
    if not identity or len(name) > _LONGEST_NAME:
        answers.tell("ten-chu-de", f"viết tên bằng chữ, không quá {_LONGEST_NAME} chữ cái.")
    for known in vocabulary.themes.values():
        if known.id == identity or strip_marks(known.name) == strip_marks(name):
            answers.tell("ten-chu-de", f"kho đã có chủ đề “{known.name}” (mã `{known.id}`).")


def _check_phrases(question: str, answers: Answers) -> None:
    lines = answers.lines(question)
    if len(lines) > _MOST_LINES:
        answers.tell(question, f"có {len(lines)} dòng; nhiều nhất {_MOST_LINES}.")
        return
    for line in lines:
        if len(line) > _LONGEST_PHRASE:
            answers.tell(question, f"{code(line, 40)} quá dài; mỗi dòng chỉ ghi một cụm từ.")
        elif not _expands(line):
            answers.tell(question, f"{code(line, 40)} có dấu ngoặc mở mà không đóng, hoặc gộp quá nhiều cách viết.")


def _phrases(lines: Iterable[str]) -> Iterable[str]:
    """Yield phrases without the marks that people end the lines of a list with."""
    return (line.rstrip(" ;.,") or line for line in lines)


def _expands(phrase: str) -> bool:
    try:
        return any(slug(spelling) for spelling in expand(phrase))
    except (ValueError, RecursionError):
        return False


def _check_examples(theme: Theme, answers: Answers, vocabulary: Vocabulary) -> None:
    """Tell of examples that the phrases do not find, and of those they should not."""
    finder = ThemeFinder(replace(vocabulary, themes={theme.id: theme}))
    for question, wanted in (("vi-du", True), ("khong-phai", False)):
        for example in answers.lines(question)[:_MOST_LINES]:
            if len(example) > _LONGEST_TEXT:
                answers.tell(question, f"{code(example, 40)} quá dài; chỉ ghi một câu.")
            elif _speaks(example, theme.id, finder) != wanted:
                fault = "không có cụm từ nào ở ô “Cụm từ nói về chủ đề”" if wanted else "vẫn bị nhận là chủ đề này"
                commas = any("," in phrase for phrase in theme.include)
                lines = " (mỗi dòng một cụm từ, đừng nối nhiều cụm từ bằng dấu phẩy)" if commas else ""
                remedy = f"Thêm cụm từ hoặc sửa câu{lines}" if wanted else "Thêm cụm từ phải loại trừ, hoặc sửa câu"
                answers.tell(question, f"{code(example, 80)} {fault}. {remedy}.")


def _speaks(example: str, theme: str, finder: ThemeFinder) -> bool:
    text = nfc(example)
    scan = Scan(text, view(text), fold(text), split_paragraphs(text))
    return theme in theme_weights(finder.find(scan, (), ()), scan)


def _values(theme: Theme) -> dict[str, str | tuple[str, ...]]:
    keys = ("id", "name", "definition", "include", "weak", "exclude", "related", "examples", "not_examples")
    return {key: getattr(theme, key) for key in keys}


def _proposal(issue: Issue, answers: Answers, theme: Theme, text: str) -> Proposal:
    what = f"Thêm chủ đề {code(theme.name)} (mã `{theme.id}`) vào `{PATH}`."
    questions = [
        "Chủ đề này không trùng nghĩa với chủ đề đã có.",
        "Cụm từ không quá rộng: xem bảng thay đổi của kiểm tra, những bài nào nay được nhận là nói về chủ đề.",
        "Câu ví dụ do người gửi tự viết, không chép của báo.",
    ]
    body = pull_request_body(issue, what, questions, _remarks(answers))
    title = pull_request_title("Chủ đề", theme.name)
    return Proposal(issue.number, answers.form.name, answers.form.label, what, title, body, {PATH: text})


def _remarks(answers: Answers) -> Iterable[str]:
    yield from (f"Đã gặp ở: {code(line, 200)}" for line in answers.lines("da-gap")[:20])
    yield from (f"Máy đã bỏ khỏi phiếu: {what}." for what in answers.removed)
