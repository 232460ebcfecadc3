"""A byline taken apart into persons: their names, marks, and what else stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jatspack.article import Name
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.grouping import Group, join_inverted, unparted, unseparated, without_apposition
from jatspack.recognize.people.marks import RAISED, STAR, marks_in
from jatspack.recognize.people.names import WORDLESS, is_initial, parse_name, wordless_names
from jatspack.recognize.people.order import surname_first
from jatspack.richtext import HARD_BREAK, Rich

LETTER = rf"[^\W\d_{RAISED}]"  # \w takes a superscript figure for a letter
TOKEN = re.compile(
    rf"(?P<mark>[{STAR}]+|[{RAISED}]+|\d+)"
    rf"|(?P<word>[\u3040-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff々\uac00-\ud7af]+|{LETTER}(?:{LETTER}|[\u0300-\u036f\u0900-\u0dff\u064b-\u065f])*"
    rf"(?:[-‐'’ʼ`.ʻ]{LETTER}+)*\.?(?:-{LETTER}\.)*)"
    r"|(?P<sep>[,;，；、،؛·・•|/\n\u2028&]|[–—]\s)"
    r"|(?P<other>\S)"
)
COMMA = ",，、،"
BREAKS = f",;，；、،؛·・•|/&\n{HARD_BREAK}"
LETTER_MARK = re.compile(rf"[a-z](?:\s*[,，{STAR}]|\s*\Z)")  # ``1, b*``
FILLER = "\x1f"  # stands for an e-mail address or ORCID that was taken out; parts names as a mark does
LAST_WORD = re.compile(rf"\s+{LETTER}+\s*(?:[,;*†\d{RAISED}(\n{HARD_BREAK}]|\Z|(?<=\s)({LETTER}+)\s)")
OCR_ONE = re.compile(r"^(.{3,})[lI]$")  # a raised 1 that was read as a letter


@dataclass(slots=True)
class Person:
    """One printed person. `marks` are as printed ("1", "*"); offsets are into the byline's text."""

    name: Name
    printed: str
    start: int
    end: int
    line: int
    marks: list[str] = field(default_factory=list)
    degrees: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    stop: int = 0  # behind the degrees and positions that stand after the name
    misread: str = ""  # ``Yihua l``: the word and the letter that is a mark misread


def parse_byline(text: Rich, lang: str, lexicon: Lexicon) -> list[Person]:
    """Persons of a byline in printed order; empty where there is no name in it."""
    groups = without_apposition(_Reader(text, lang, lexicon).groups(), text, lexicon)
    groups = [part for group in join_inverted(groups, lexicon) for part in unseparated(group, text, lexicon)]
    if lang.startswith("zh"):
        groups = [part for group in groups for part in unparted(group, lexicon)]
    first = surname_first((g.words for g in groups), lexicon)
    out = []
    for group in groups:
        printed = " ".join(text.text[group.start : group.end].split())
        name = parse_name(" ".join(group.words), lang, lexicon, first)
        line = text.line_at(group.start)
        stop = max(group.end, group.stop)
        out.append(
            Person(
                name,
                printed,
                group.start,
                group.end,
                line,
                group.marks,
                group.degrees,
                group.roles,
                stop,
                group.misread,
            )
        )
    return out


class _Reader:
    """Goes through the tokens of a byline once and gathers its groups."""

    def __init__(self, text: Rich, lang: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.spaced = "ja" if lang.startswith("ja") else ""
        self.conjunction = lexicon.words("conjunction")
        self.written_by = lexicon.words("written-by").keys()
        self.surname_joiner = self.conjunction.keys() & lexicon.words("surname-joiner").keys()
        self.done: list[Group] = []
        self.current = Group()
        self.waiting: list[str] = []  # marks printed before the name that they belong to
        self.separated = True
        self.after_mark = False

    def groups(self) -> list[Group]:
        for token in _tokens(self.text):
            kind = self._kind(token)
            was_mark = self.after_mark and bool(self.current.words)
            if kind != "sep":
                self.after_mark = kind == "mark" or token[0] == FILLER
            if kind == "mark":
                self._mark(token)
            elif kind == "sep":
                self._separator(token, was_mark)
            elif kind == "word":
                if self._word(token, was_mark):
                    break
            elif not (token[0] in ".．" and was_mark):  # 1.2 between names are the marks 1 and 2
                self.separated = True
        self._close()
        if self.waiting and self.done and not self.done[-1].marks:
            self.done[-1].marks = self.waiting
        return [g for g in self.done if any(w.strip(".") for w in g.words)]

    def _kind(self, token: re.Match[str]) -> str:
        value, kind = token[0], token.lastgroup or "other"
        if kind != "word":
            return kind
        if len(value) <= 2 and "sup" in self.text.run_at(token.start()).style:
            return "mark"
        if len(value) == 1 and value.islower() and self.current.words:  # ``Miller a, Carter b``
            last = self.current.words[-1]
            if WORDLESS.match(last) or not self._word_follows(token.end()):
                return "mark"
        low = value.casefold()
        if value.islower() and self._written_by(low, token):
            return "sep"
        if self._joins_surnames(low, token.end()):
            return kind
        if low in self.conjunction and len(value) < 6 and not (value[:1].isupper() and is_initial(value, self.lexicon)):
            return "sep"
        return kind

    def _written_by(self, low: str, token: re.Match[str]) -> bool:
        """``di *Mario Rossi*``: a word before the first name that is no particle of it, as its style shows."""
        if self.done or self.current.words or low not in self.written_by:
            return False
        styles = [self.text.run_at(at).style for at in (token.start(), token.end() + 1)]
        return styles[0] != styles[1] or low not in self.lexicon.words("particle")

    def _joins_surnames(self, low: str, at: int) -> bool:
        """Oliveira e Silva, Ortega y Gasset: behind a given name and a surname one word more."""
        if low not in self.surname_joiner or len([w for w in self.current.words if w[0].isupper()]) < 2:
            return False
        word = LAST_WORD.match(self.text.text, at)
        return word is not None and (not word[1] or word[1].casefold() in self.conjunction)

    def _word_follows(self, at: int) -> bool:
        after = self.text.text[at:].lstrip(" ")[:1]
        return after.isalpha()

    def _mark(self, token: re.Match[str]) -> None:
        marks = marks_in(token[0])
        if self.current.words:
            self.current.marks += marks
            self.separated = False
        elif self.done and not self.separated:
            self.done[-1].marks += marks
        elif self._read_as_letter(token):
            last = self.done[-1]
            match = OCR_ONE.match(last.words[-1])
            if match:
                last.misread = f"{match[1]} {last.words[-1][-1]}"
                last.words[-1] = match[1]
            last.marks += ["1", *marks]
        else:
            self.waiting += marks

    def _read_as_letter(self, token: re.Match[str]) -> bool:
        """``Xing'erl,2``: a comma right before a mark that nothing follows, and the word ends in what 1 looks like."""
        before, after = self.text.text[: token.start()], self.text.text[token.end() :].lstrip(" ")
        if not self.done or self.done[-1].marks or before[-1:] not in (",", "，") or after[:1].isalpha():
            return False
        return OCR_ONE.match(self.done[-1].words[-1]) is not None and self.done[-1].end == token.start() - 1

    def _separator(self, token: re.Match[str], was_mark: bool) -> None:
        if "sup" in self.text.run_at(token.start()).style:
            return
        inside_marks = token[0] in COMMA and was_mark and _mark_follows(self.text, token.end())
        wrapped = token[0] == "\n" and self._wrapped(token.start())
        if not inside_marks and not wrapped:
            self._close()
            self.separated = token[0] in BREAKS or token[0].isalpha()

    def _wrapped(self, at: int) -> bool:
        """A line end inside a name: the list has commas, and none stands here."""
        line = self.text.text[:at].rpartition("\n")[2].rstrip()
        if not line or not self.current.words or self.current.marks:
            return False
        rest = self.text.text[at + 1 :].partition("\n")[0]
        return (
            any(c in COMMA + ";；" for c in line) and any(c in COMMA + ";；0123456789" for c in rest) and len(line) > 50
        )

    def _word(self, token: re.Match[str], was_mark: bool) -> bool:
        """Take a word; true where it ends the list of names."""
        value = token[0]
        if was_mark or self._new_wordless(value, token.start()):
            self._close()
        current = self.current
        if not current.words:
            current.start = token.start()
            current.marks += self.waiting
            self.waiting = []
        current.words.append(value)
        current.end = token.end()
        if _ends_sentence(value, self.text.text, token, current.start, self.lexicon):
            current.words[-1] = value[:-1]
            current.end -= 1
            return True
        return False

    def _new_wordless(self, value: str, at: int) -> bool:
        """Chinese names parted by nothing but a space; ``吴 磊`` is one name whose letters are spread."""
        words = self.current.words
        if not words or not WORDLESS.search(value) or not WORDLESS.search(words[-1]):
            return False
        gap = self.text.text[self.current.end : at]
        if not gap.isspace():
            return bool(gap.strip())  # 」 between two names: a raised figure misread
        compound = self.lexicon.words("compound-surname")
        return len(wordless_names([*words, value], compound, spaced=self.spaced)) > 1

    def _close(self) -> None:
        if self.current.words:
            self.done.append(self.current)
        self.current = Group()


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


def _ends_sentence(value: str, text: str, token: re.Match[str], start: int, lexicon: Lexicon) -> bool:
    """A full stop behind a whole word ends the list of names; behind an initial, a title or inside a degree it does
    not. `start` is where the words that may be a degree begin."""
    if not value.endswith(".") or len(value) < 4 or not text[token.end() :].strip() or is_initial(value, lexicon):
        return False
    if "." in value[:-1] or value.casefold() in lexicon.words("name-suffix"):
        return False
    if any(lexicon.pattern(kind).match(text, token.start()) for kind in ("prefix", "degree", "position")):
        return False
    degree = lexicon.pattern("degree").match(text, start)
    return degree is None or degree.end() < token.end()


def _mark_follows(text: Rich, at: int) -> bool:
    """Whether the comma just read stands between two marks: ``1,2`` or ``1,*``."""
    rest = text.text[at:]
    token = TOKEN.match(rest.lstrip(" "))
    if not token:
        return False
    offset = at + len(rest) - len(rest.lstrip(" "))
    if LETTER_MARK.match(text.text, offset):
        return True
    if token.lastgroup == "mark":
        after = rest.lstrip(" ")[token.end() :]
        if token[0][0] in STAR and rest[:1].isspace() and after[:1].isalpha():
            return False  # Reed1, *Brook2: the star is the next name's
        return not re.match(r"\s*[)．.、](?!\d)", after)
    return token.lastgroup == "word" and len(token[0]) <= 2 and "sup" in text.run_at(offset).style
