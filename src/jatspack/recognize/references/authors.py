"""The names that a reference begins with: where they end, and the parts of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from jatspack.article import Part
from jatspack.recognize.lexicon import lexicon

UP = r"[^\W\d_a-zà-ÿа-яё]"  # a capital, or a letter of a script without case
BARE_STOPPED = re.compile(r"[A-ZА-Я]{1,3}[.]")
EAST = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # scripts whose names have no initials
CAPITAL = rf"(?![{EAST}]){UP}"
WORD = rf"{UP}[^\W\d_]*(?:[-‐–'’ʼ`][^\W\d_]+)*"
GERESH = r"[\u05d0-\u05ea]['׳](?:\s?[\u05d0-\u05ea]['׳])*"  # an initial in Hebrew
INITIALS = rf"(?:{CAPITAL}[^\W\d_]?[.．](?:\s?[-‐–]?\s?{CAPITAL}[^\W\d_]?[.．])*|{GERESH})"
BARE = r"(?:[A-Z]{1,3}(?:-[A-Z])?(?![^\W\d_.]))"
GIVEN = rf"(?:{UP}[^\W\d_]+(?:[-‐'’][^\W\d_]+)?(?:\s+(?:{INITIALS}|{UP}[^\W\d_]+))?)"
HAN = rf"[{EAST}]{{2,4}}"
CAPITALS = r"[A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ'’-]+(?:\s+[A-ZÀ-ÞА-ЯЁ'’-]+)*"
XML_SPACE = " \t\r\n"
GAP = re.compile(r"\s*[,，]?\s*\[?")
CHUNK = re.compile(r"([^,;，；、،؛&]+)[,;，；、،؛&]?")
CAPITALISED = re.compile(r"[^\W\d_a-z]")
ELLIPSIS = re.compile(r"\s*(?:[,，]\s*)?(?:\.\s?\.\s?\.|…)\s*(?:&\s*)?")


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The orders in which a name is printed, most telling first; particles come from the lexicon."""
    particle = _alternatives("particle")
    surname = rf"(?:(?:{particle})['’\s]\s?)*{WORD}"
    joiner = _alternatives("conjunction")
    behind = rf"(?:\s+(?!(?:{joiner})\b)(?:{particle})\b)?"  # "Santos, A. de"; the y of "Ruiz, A. y Pérez" joins
    joined = rf"\s+(?:{_alternatives('conjunction')})\s"
    stop = rf"(?=\s*[.,،;&(（]|\s+(?:{joiner})\b)"
    return tuple(
        (kind, re.compile(pattern))
        for kind, pattern in (
            ("middle", rf"(?P<g>{WORD}\s+{INITIALS})\s+(?P<s>{surname})(?=\s*[(（]\s?\d{{4}}|\s*[,;]|{joined})"),
            (
                "surname-first",
                rf"(?P<s>{surname}(?:\s+{surname})?)\s*[,،]\s*(?P<g>{INITIALS}{behind}|{BARE})",
            ),
            ("surname-first", rf"(?P<s>{surname}(?:\s+{surname})?)\s+(?P<g>{INITIALS})"),
            ("surname-first", rf"(?P<s>{surname}(?:\s+{surname})?)\s+(?P<g>{BARE})"),
            ("glued", r"(?P<s>[A-ZÀ-Þ][a-zß-ÿ]{2,}(?:-[A-ZÀ-Þ][a-zß-ÿ]+)?)(?P<g>[A-Z]{1,3})(?=\s*[,.;])"),
            ("given-first", rf"(?P<g>{INITIALS})\s*(?P<s>{surname}(?:\s+{surname})?)"),
            ("han", rf"(?P<s>{HAN})(?=\s*[,，、.．;；(（\d]|\s*$)"),
            ("inverted", rf"(?P<s>{CAPITALS})\s*,\s*(?P<g>{GIVEN}{behind})"),
            ("inverted-one", rf"(?P<s>{surname})\s*[,،]\s*(?P<g>{GIVEN}{behind}){stop}"),
            ("plain", rf"(?P<g>{GIVEN})\s+(?P<s>{surname}){stop}"),
        )
    )


@cache
def _forms_first(form: str | None) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """All orders, this one first."""
    return tuple(sorted(_forms(), key=lambda f: f[0] != form)) if form else _forms()


@cache
def _separator() -> re.Pattern[str]:
    joiner = _alternatives("conjunction")
    return re.compile(rf"\s*(?:[,،，、;；؛]\s*(?:(?:{joiner})(?!\w)\s*)?|/(?!/)|\s(?:{joiner})\s|&)\s*")


def _alternatives(kind: str) -> str:
    words = sorted((w for w in lexicon().words(kind) if w), key=len, reverse=True)
    return "|".join(re.escape(w) for w in words) or "(?!)"


def read_names(text: str, start: int = 0, limit: int = 60) -> tuple[list[Part], int]:
    """Names from `start` on, as parts, and the offset where they end; no parts where there is no name."""
    parts: list[Part] = []
    form: str | None = None
    found = _name_at(text, start, form)
    while found and len(parts) < limit:
        kind, part = found
        form = form or kind
        parts.append(part)
        end = part.end
        ellipsis = ELLIPSIS.match(text, end)
        separator = _separator().match(text, end)
        following = ellipsis or separator
        if following is None or following.end() >= len(text):
            break
        found = _name_at(text, following.end(), form)
    end = parts[-1].end if parts else start
    if parts:
        parts[-1] = _without_stop(text, parts[-1], bare=len(parts) > 1 and text[parts[-2].end - 1].isupper())
    others = _et_al(text, end)
    if parts and others:
        parts.append(others)
        end = others.end
    return parts, end


def _without_stop(text: str, name: Part, *, bare: bool) -> Part:
    """Smith AB, Ho C. The full stop behind bare initials is the sentence's."""
    last = name.parts[-1] if name.parts else name
    stopped = BARE_STOPPED.fullmatch(text, last.start, last.end)
    if last.tag != "given-names" or not stopped or (not bare and len(stopped[0]) == 2):
        return name
    return replace(name, end=name.end - 1, parts=(*name.parts[:-1], replace(last, end=last.end - 1)))


def leading_names(text: str, start: int = 0) -> int:
    """Where the names "Ivanov I. I., Petrov, P." end that a text begins with; `start` where there is none."""
    forms = [pattern for kind, pattern in _forms() if kind == "surname-first"][:2]
    end = at = start
    while found := next((m for m in (p.match(text, at) for p in forms) if m), None):
        if _is_prose(found) or not found["g"].endswith((".", "．", "'", "׳")):
            break
        end = found.end()
        following = _separator().match(text, end)
        if following is None:
            break
        at = following.end()
    return end


def read_people(text: str, start: int, end: int, *, institution: bool = True) -> list[Part]:
    """The persons in a stretch that holds nothing else but roles ("eds."): each a string-name, taken apart where its
    form is known; where no person is to be read an institution, if one may stand there."""
    piece = text[:end].rstrip(" ,;:&(（") + ","
    parts: list[Part] = []
    at = _behind_roles(piece, start)
    while at < len(piece):
        names, stop = read_names(piece, at)
        if names:
            parts += names
            at = stop
        else:
            chunk = CHUNK.match(piece, at)
            if chunk is None:
                break
            if parts and CAPITALISED.match(chunk[1]) and not names_role(chunk[1]):
                parts.append(Part("string-name", chunk.start(1), chunk.end(1)))
            elif not parts:
                return _institution(text[:end], at) if institution else []
            at = chunk.end()
        at = _behind_roles(piece, at)
    return [p for p in parts if p.end <= end]


def _behind_roles(text: str, at: int) -> int:
    """Behind separators and the words for roles: "In", "ed. by", "/ под ред."."""
    while at < len(text):
        if text[at] in " \t\n\u2028,;:/()[]（）&.，；、–—-":
            at += 1
            continue
        for kind in ("editor", "in", "translated-by", "conjunction"):
            match = lexicon().pattern(kind).match(text, at)
            after = text[match.end() : match.end() + 1] if match else ""
            if match and after == "," and match[0][0].isupper() and all(e.phrase.endswith(".") for e in match.entries):
                continue  # "ford." is a word for translated, Ford, D. is a person
            if match and (after in ("", " ", ":", "\n", "\u2028") or (after in ".,)（" and match.end() - at > 1)):
                at = match.end()
                break
        else:
            return at
    return at


def names_role(text: str) -> bool:
    """Whether words for an editor's role stand in a text: (Eds.), отв. ред."""
    return lexicon().pattern("editor").search(text) is not None


def _institution(text: str, start: int) -> list[Part]:
    """All of the stretch as one collaboration."""
    end = len(text)
    role = re.compile(r"\s*[(（,][^()（）,]*[)）]?[\s.,:]*$").search(text, start)
    if role and names_role(role[0]):
        end = role.start()
    while end > start and text[end - 1] in " .,;:：，。\n\u2028":
        end -= 1
    return [Part("collab", start, end)] if sum(c.isalpha() for c in text[start:end]) > 1 else []


def _name_at(text: str, at: int, form: str | None) -> tuple[str, Part] | None:
    """The name at an offset, in the form of the names before it if it can be read so."""
    for kind, pattern in _forms_first(form):
        found = pattern.match(text, at)
        if found is None or _is_prose(found) or ((kind == "plain" or found[0].isupper()) and _is_body(found[0])):
            continue
        inner = sorted(
            (
                Part(tag, found.start(g), found.end(g))
                for tag, g in (("surname", "s"), ("given-names", "g"))
                if g in found.groupdict()
            ),
            key=lambda p: p.start,
        )
        parts = _han(found.start(), found.end()) if kind == "han" else tuple(inner)
        return kind, Part(_name_tag(text, parts), found.start(), found.end(), (), parts)
    return None


def _name_tag(text: str, parts: tuple[Part, ...]) -> str:
    """JATS name has the surname first and nothing but XML's white space between; what is printed otherwise (a comma, a
    no-break space) makes a string-name."""
    tags = [part.tag for part in parts]
    plain = tags == ["surname", "given-names"] and not text[parts[0].end : parts[1].start].strip(XML_SPACE)
    return "name" if plain else "string-name"


def _han(start: int, end: int) -> tuple[Part, ...]:
    cut = start + (2 if end - start == 4 else 1)
    return (Part("surname", start, cut), Part("given-names", cut, end))


def _is_prose(found: re.Match[str]) -> bool:
    """Function words are no names: ``The State``, ``On Method``; but S. An, Ho S. L., KRON KA are."""
    stop = lexicon().words("stopword")
    given = found.groupdict().get("g") or ""
    if "." in given and "," in found[0]:
        return False  # Gach, J.-L.
    short = 2 if "." in given else 1  # letters of a surname that initials make one
    surname = [w for w in found["s"].split() if w.casefold() not in lexicon().words("particle")]
    words = [w for w in surname[:1] if len(w) > short] + given.split()[:1]
    return any(w.casefold().strip(".") in stop and len(w.strip(".")) > 1 and not w.isupper() for w in words)


def _is_body(words: str) -> bool:
    """World Health Organization: whole words alone may be those of an institution."""
    return lexicon().pattern("institution").search(words) is not None


def _et_al(text: str, at: int) -> Part | None:
    gap = GAP.match(text, at)
    start = gap.end() if gap else at
    for found in _others(text, start):
        return Part("etal", start, found)
    return None


def _others(text: str, start: int) -> Iterator[int]:
    for kind in ("et-al", "and-others"):
        match = lexicon().pattern(kind).match(text, start)
        if match:
            yield match.end()
