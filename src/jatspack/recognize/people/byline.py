"""A byline taken apart into persons: their names, marks, and what else stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jatspack.article import Name
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.names import HAN_CHAR, INITIAL, parse_name
from jatspack.richtext import HARD_BREAK, Rich

SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
STAR = "*∗＊†‡§¶#"
LETTER = r"[^\W\d_¹²³⁴⁵⁶⁷⁸⁹⁰]"  # \w takes a superscript figure for a letter
TOKEN = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<orcid>(?:https?://orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX])"
    r"|(?P<mark>[*∗＊†‡§¶#]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\d+)"
    rf"|(?P<word>{LETTER}+(?:[-‐'’ʼ`.]{LETTER}+)*\.?(?:-{LETTER}\.)*)"
    r"|(?P<sep>[,;，；、·•|/\n\u2028&]|[–—]\s)"
    r"|(?P<other>\S)"
)


@dataclass(slots=True)
class Person:
    """One printed person. `marks` are as printed ("1", "*"); offsets are into the byline's text."""

    name: Name
    printed: str
    start: int
    end: int
    line: int
    marks: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    orcids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    words: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    start: int = -1
    end: int = -1


def parse_byline(text: Rich, lang: str, lexicon: Lexicon) -> list[Person]:
    """Persons of a byline in printed order; empty where there is no name in it."""
    groups = _join_inverted(_groups(text, lexicon))
    first = _surname_first(groups)
    out = []
    for group in groups:
        printed = " ".join(text.text[group.start : group.end].split())
        name_text = " ".join(group.words)
        name = parse_name(name_text, lang, lexicon, first)
        out.append(Person(name, printed, group.start, group.end, text.line_at(group.start), group.marks))
    return out


def _groups(text: Rich, lexicon: Lexicon) -> list[_Group]:  # noqa: PLR0912
    """Words that make one name, with the marks that stand at it."""
    conjunction = lexicon.words("conjunction")
    groups: list[_Group] = []
    current = _Group()
    waiting: list[str] = []  # marks printed before the name that they belong to
    separated = True
    after_mark = False
    for token in _tokens(text):
        value, kind = token[0], token.lastgroup
        style = text.run_at(token.start()).style
        if kind == "word" and "sup" in style and len(value) <= 2:
            kind = "mark"
        if kind == "word" and value.casefold() in conjunction and len(value) < 6 and not INITIAL.match(value):
            kind = "sep"
        was_mark = after_mark and bool(current.words)
        if kind != "sep":
            after_mark = kind == "mark"
        if kind == "mark":
            mark = value.translate(SUPERSCRIPT)
            if current.words:
                current.marks.extend(_marks(mark))
                separated = False
            elif groups and not separated:
                groups[-1].marks.extend(_marks(mark))
            else:
                waiting.extend(_marks(mark))
        elif kind == "sep":
            inside_marks = value in ",，;、" and was_mark and _mark_follows(text, token.end())
            if not inside_marks:
                current = _close(groups, current)
                separated = value in ",;，；、·•|/&\n" + HARD_BREAK
        elif kind == "word":
            if was_mark or _new_han_name(current, value, text.text, token.start()):
                current = _close(groups, current)
            if not current.words:
                current.start = token.start()
                current.marks.extend(waiting)
                waiting = []
            current.words.append(value)
            current.end = token.end()
            if _ends_sentence(value, text.text, token, lexicon):
                current.words[-1] = value[:-1]
                current.end -= 1
                break
        else:
            if kind in ("mail", "orcid"):
                current = _close(groups, current)
            separated = True
    _close(groups, current)
    return [g for g in groups if any(len(w.strip(".")) > 0 for w in g.words)]


def _tokens(text: Rich) -> Iterator[re.Match[str]]:
    """Tokens that never run from a name into the raised mark behind it."""
    spans: list[list[int]] = []
    at, raised = 0, None
    for run in text:
        end = at + len(run.text)
        if ("sup" in run.style) == raised:
            spans[-1][1] = end
        else:
            spans.append([at, end])
            raised = "sup" in run.style
        at = end
    for start, end in spans:
        yield from TOKEN.finditer(text.text, start, end)


def _ends_sentence(value: str, text: str, token: re.Match[str], lexicon: Lexicon) -> bool:
    """A full stop behind a whole word ends the list of names; behind an initial or a title it does not."""
    if not value.endswith(".") or len(value) < 5 or not text[token.end() :].strip():
        return False
    return not any(lexicon.pattern(kind).match(text, token.start()) for kind in ("prefix", "degree"))


def _close(groups: list[_Group], current: _Group) -> _Group:
    if current.words:
        groups.append(current)
    return _Group()


def _marks(value: str) -> list[str]:
    """``1*`` is two marks, ``12`` is one."""
    return re.findall(r"\d+|[^\W\d_]+|.", value)


def _mark_follows(text: Rich, at: int) -> bool:
    """Whether the comma just read stands between two marks: ``1,2`` or ``1,*``."""
    rest = text.text[at:]
    token = TOKEN.match(rest.lstrip(" "))
    if not token:
        return False
    offset = at + len(rest) - len(rest.lstrip(" "))
    if token.lastgroup == "mark":
        after = rest.lstrip(" ")[token.end() :]
        return not re.match(r"\s*[)．.、]", after)
    return token.lastgroup == "word" and len(token[0]) <= 2 and "sup" in text.run_at(offset).style


def _new_han_name(current: _Group, value: str, text: str, at: int) -> bool:
    """Chinese names parted by nothing but a space; ``吴 磊`` is one name whose letters are spread."""
    if not current.words or not HAN_CHAR.search(value) or not HAN_CHAR.search(current.words[-1]):
        return False
    return text[current.end : at].isspace() and len("".join(current.words)) >= 2 and len(value) >= 2


def _join_inverted(groups: list[_Group]) -> list[_Group]:
    """``Surname, A. B.``: a group of initials alone belongs to the surname before it."""
    out: list[_Group] = []
    for group in groups:
        if out and all(INITIAL.match(w) for w in group.words) and not out[-1].marks and len(out[-1].words) <= 3:
            last = out[-1]
            last.words += group.words
            last.marks += group.marks
            last.end = group.end
        else:
            out.append(group)
    return out


def _surname_first(groups: list[_Group]) -> bool | None:
    """Whether the list prints surnames first, as its capitals and initials show; None where nothing shows it."""
    votes = 0
    for group in groups:
        words = group.words
        if len(words) < 2:
            continue
        if INITIAL.match(words[-1]) and not INITIAL.match(words[0]):
            votes += 1
        elif INITIAL.match(words[0]) and not INITIAL.match(words[-1]):
            votes -= 1
        elif words[0].isupper() and len(words[0]) > 1 and not words[-1].isupper():
            votes += 1
        elif words[-1].isupper() and len(words[-1]) > 1 and not words[0].isupper():
            votes -= 1
    return None if votes == 0 else votes > 0
