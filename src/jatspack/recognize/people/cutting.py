"""A line that holds names and an address, cut between them."""

from __future__ import annotations

import re

from jatspack.recognize.identifiers import find_emails
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.deal import SURE, name_in
from jatspack.recognize.people.likeness import looks_like_byline
from jatspack.recognize.people.marks import RAISED, STAR
from jatspack.recognize.people.names import WORDLESS
from jatspack.richtext import EMPTY, HARD_BREAK, Rich

BRACKET = re.compile(r"[(（]\s*(?=\S[^()（）]{3,})")
WORD = re.compile(rf"[^\W\d_{RAISED}]+(?:[-’'.][^\W\d_{RAISED}]+)*\.?")
SEPARATORS = f",;，；\n{HARD_BREAK}"
SENTENCE = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})[.。]\s+(?=\S)")
# The mark behind the last name: raised, or a star; an address's own number has no letter before it.
MARK_END = re.compile(rf"(?<=[^\s\d])(?:[{RAISED}]|\d{{1,2}}(?!\d))(?=\s)|[{re.escape(STAR)}](?=[\s,，]|[^\W\d_])")
SURNAME_OR_INITIAL = re.compile(r"[A-Z]{2,}(?:-[A-Z]+)?|[^\W\d_]\.")
TOKEN = re.compile(rf"[^\s\d,，;；{RAISED}{re.escape(STAR)}」』‘’'(（]+")
HAN = re.compile(r"[\u3400-\u9fff]+")
LONGEST_TOKEN = 7  # characters of two names that nothing parts
LEAST_NAMES = 2
NAME_MARK = re.compile(rf"[{RAISED}{STAR}\d」』‘’']")
NAME_LIKE = 0.5
LONGEST_NAME = 4  # words of a name before an address that nothing parts from it


def cut_address(text: Rich, whole: str, lexicon: Lexicon) -> tuple[Rich, Rich]:
    """(names, address): ``Names (1. Institute …; 2. …)``, ``Name, Institute, City``, ``Name Institute name@x.org``.

    `whole` is the text with the contacts that are blanked in `text`.
    """
    for bracket in BRACKET.finditer(text.text):
        if bracket.start() > 1 and _institution_at(text.text[bracket.start() :], lexicon) >= 0:
            return text[: bracket.start()].strip(), text[bracket.start() :].strip("()（） ")
    at = _institution_at(text.text, lexicon)
    if at < 0:
        return text, EMPTY
    cut = max(text.text.rfind(s, 0, at) for s in SEPARATORS)
    if cut > 0 and looks_like_byline(text[:cut], lexicon) > NAME_LIKE:
        return text[:cut].strip(), text[cut + 1 :].strip()
    end = named_by_email(whole, lexicon)
    return (text[:end].strip(), text[end:].strip(" ,;")) if end else (text, EMPTY)


def names_before_address(text: Rich, lexicon: Lexicon) -> int:
    """Where the names end that an address follows in one text; 0 if it does not begin with names.

    ``Names (Institute …)``, ``Names‡ Institute …``, ``Name, Name Institute …``, ``张三 李四浙江大学``.
    """
    plain = text.text
    at = _institution_at(plain, lexicon)
    if at <= 0:
        return 0
    brackets = (b.start() for b in BRACKET.finditer(plain, 2) if _institution_at(plain[b.start() :], lexicon) >= 0)
    if WORDLESS.match(plain, at):
        ends = [next(brackets, 0), _wordless_end(text, at, lexicon)]
    else:
        mark = max([*(m.end() for m in MARK_END.finditer(plain, 1, at)), *_raised_ends(text, at)], default=0)
        behind = plain[mark:at].strip(" ")
        last = not behind.strip(SEPARATORS) or not any(sign in behind for sign in SEPARATORS)
        words = WORD.findall(plain[:at])
        # Zhi WANG University …, J. Berg University …: capitals or an initial; State Key Laboratory has neither
        short = at if len(words) <= LONGEST_NAME and any(map(SURNAME_OR_INITIAL.fullmatch, words)) else 0
        ends = [next(brackets, 0), mark if last else 0, _counted_end(plain, at), short]
    return next((end for end in ends if end > 1 and looks_like_byline(text[:end], lexicon) > NAME_LIKE), 0)


def _raised_ends(text: Rich, at: int) -> list[int]:
    """The end of the last raised mark that a name has before `at`; the address's own stands right before it."""
    ends, offset = [], 0
    for run in text:
        if offset and offset < at and "sup" in run.style and run.text.strip():
            own = offset + len(run.text) >= len(text.text[:at].rstrip()) and text.text[offset - 1].isspace()
            ends.append(len(text.text[:offset].rstrip()) if own else offset + len(run.text))
        offset += len(run.text)
    return ends[-1:]


def _counted_end(plain: str, at: int) -> int:
    """The end of the last name, where it is as long as each of the names before it."""
    start = max(plain.rfind(sign, 0, at) for sign in SEPARATORS) + 1
    before = {len(WORD.findall(name)) for name in re.split(rf"[{SEPARATORS}]", plain[:start]) if WORD.search(name)}
    words = list(WORD.finditer(plain, start, at))
    if len(before) != 1 or len(words) < (size := before.pop()):
        return 0
    return words[size - 1].end()


def _wordless_end(text: Rich, at: int, lexicon: Lexicon) -> int:
    """The end of Chinese names that an institution's first character follows directly: its first word is a place's."""
    plain = text.text
    start = at
    while start and WORDLESS.match(plain, start - 1):
        start -= 1
    places = lexicon.pattern("place-name")
    if start and (places.match(plain, start) or NAME_MARK.match(plain, start - 1)):
        return start
    surnames = lexicon.words("surname")
    for size in (3, 2, 4):
        known = plain[start] in surnames or plain[start : start + 2] in lexicon.words("compound-surname")
        if known and start + size < at and places.match(plain, start + size):
            return start + size
    return 0


def names_behind_title(text: str, lexicon: Lexicon) -> int:
    """Where the names begin that a Chinese title runs into: ``…的影响张三 李四 王小五（…大学）``; 0 if it does not."""
    bracket = next((b.start() for b in BRACKET.finditer(text, 2)), len(text))
    tokens = list(TOKEN.finditer(text, 0, bracket))
    long = next((n for n in reversed(range(len(tokens))) if len(tokens[n][0]) > LONGEST_TOKEN), -1)
    names = tokens[long + 1 :]
    surnames = lexicon.words("surname")
    named = sum(name[0][0] in surnames for name in names if len(name[0]) > 1)
    whole = sum(len(name[0]) > 1 for name in names)
    if long < 0 or whole < LEAST_NAMES or named < 0.6 * whole or not all(map(HAN.fullmatch, (n[0] for n in names))):
        return 0
    last = tokens[long][0]
    size = next((size for size in (3, 2) if last[-size] in surnames and HAN.fullmatch(last[-size:])), 0)
    return tokens[long].end() - size if size else 0


def sentence_end(text: str, lexicon: Lexicon) -> re.Match[str] | None:
    """The first full stop behind a word that is no title: ``John Carter. University of …``."""
    for match in SENTENCE.finditer(text):
        if not any(
            lexicon.pattern(kind).match(text, match.start(1)) for kind in ("prefix", "degree", "position", "initial")
        ):
            return match
    return None


def _institution_at(text: str, lexicon: Lexicon) -> int:
    found = [m.start() for kind in ("institution", "department") if (m := lexicon.pattern(kind).search(text))]
    return min(found, default=-1)


def named_by_email(text: str, lexicon: Lexicon) -> int:
    """Where the name ends that a line begins with and that its own e-mail address repeats; 0 if there is none."""
    mails = find_emails(text) if "@" in text else []
    if len(mails) != 1:
        return 0
    local = "".join(c for c in mails[0].value.partition("@")[0].casefold() if c.isalpha())
    stop = _institution_at(text, lexicon)
    words = list(WORD.finditer(text, 0, stop if stop > 0 else mails[0].start))[:LONGEST_NAME]
    best, end = SURE, 0
    for n in range(2, len(words) + 1):
        if not all(w[0][:1].isupper() or len(w[0]) < 4 for w in words[:n]):
            break
        name = [w[0] for w in words[:n]]
        likeness = max(name_in(local, name[-1], " ".join(name[:-1])), name_in(local, name[0], " ".join(name[1:])))
        repeated = _letters_used(name[-1], local)
        if likeness > best and repeated:
            best, end = likeness, words[n - 1].end()
    return end


def _letters_used(word: str, local: str) -> bool:
    """Whether the last word is in the address too, so that the name ends with it."""
    return name_in(local, word, "") >= SURE or word.rstrip(".").casefold()[:1] == local[-1:]
