"""Works printed as references: a style is drawn part by part, so that mixtures of house styles come out as well.

A printed reference is a list of (label, text); the texts in a row, with single spaces between them, are the reference.
Punctuation belongs to the part that it follows, "In" to what it opens.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from records import Person, Record

Segments = list[tuple[str, str]]
FORMS: dict[str, dict[str, list[str]]] = tomllib.loads((Path(__file__).parent / "forms.toml").read_text("utf-8"))
QUOTES = [("“", "”"), ("“", "”"), ('"', '"'), ("«", "»"), ("‘", "’"), ("„", "“"), ("``", "''")]
GB = {
    "article": "J",
    "book": "M",
    "chapter": "M",
    "paper": "C",
    "thesis": "D",
    "report": "R",
    "web": "EB",
    "news": "N",
    "other": "P",
}
EMPHASIS = (
    [("journal", "book")] * 5 + [("journal", "book", "volume")] * 2 + [("title",), ("author",), ("title", "journal")]
)


class Style:
    """What one reference's style does, and the reference as far as it is printed."""

    def __init__(self, work: Record) -> None:
        self.work, self.words, self.random = work, work.words, work.words.random
        self.pick, self.chance = self.random.choice, self.words.chance
        self.gost = (self.words.script == "Cyrl" and self.chance(0.8)) or self.chance(0.03)
        self.gb = (self.words.han and self.chance(0.85)) or self.chance(0.03)
        self.abnt = self.words.lang == "pt" and self.chance(0.5)
        national = self.gost or self.gb or self.abnt
        self.given = self.pick(["A. B.", "A.B.", "A."] if self.gost else FORMS["names"]["given"])
        self.order = "surname" if national else self.pick(FORMS["names"]["order"])
        self.inner = ", " if self.given == "Full" else " " if self.given == "A" else self.pick([", ", ", ", " "])
        self.capitals = self.abnt or self.chance(0.05)
        self.semicolon = self.abnt or (self.inner == ", " and self.chance(0.18))
        self.joiner = self.form("names", "joiner", "conjunction")
        self.year_at = "own" if national else self.pick(["names", "names", "names", "end", "end", "numbers"])
        self.quotes = self.pick(QUOTES) if self.chance(0.2) else ("", "")
        self.stop = self.pick(
            [".", ".", ".", ",", ""] if self.year_at == "names" else [".", ".", ".", ".", ",", ",", ":"]
        )
        self.title_stop = self.pick([".", ",", ""] if self.quotes[0] else [".", ".", ".", ".", ","])
        whole = ("title",) if not work.source else self.pick(EMPHASIS)
        self.slanted = frozenset(whole) if self.chance(0.45) else frozenset()
        self.out: Segments = []

    def add(self, label: str, text: str) -> None:
        """Print a part."""
        if text.strip():
            self.out.append((label, text.strip()))

    def form(self, table: str, key: str, kind: str = "", **fields: str) -> str:
        """A form of forms.toml with its fields; {w} and {W} are a word of the lexicon's kind."""
        word = self.words.kind(kind) if kind else ""
        number = str(self.random.randint(1, self.pick([9, 30, 400])))
        known = {"w": word, "W": word[:1].upper() + word[1:], "n": number, "c": self.words.acronym(),
                 "t": self.words.phrase(2, "title"), "d": str(self.random.randint(1, 28)),
                 "m": self.pick(FORMS["tail"]["months"])}  # fmt: skip
        return self.pick(FORMS[table][key]).format_map(known | fields)

    def date(self, *, plain: bool = False) -> str:
        """The year, now and then with month and day, or "in press"."""
        if self.chance(0.03):
            return self.words.kind(self.pick(["in-press", "no-date"]))
        key = "plain" if plain or self.chance(0.6) or self.work.kind in ("book", "chapter", "thesis") else "dated"
        return self.form("year", key, y=self.work.year)

    def pages(self, labelled: bool | None = None) -> str:
        """First and last page, or the first; with a word before them or without."""
        first, last = self.work.pages
        if self.chance(0.2) and len(last) == len(first) > 2:
            last = last[-2:]
        text = first if self.chance(0.12) else first + self.pick(FORMS["pages"]["dash"]) + last
        text = f"e{first}0" if self.chance(0.03) else text
        return (
            self.form("pages", "label", "pages") if (self.chance(0.35) if labelled is None else labelled) else ""
        ) + text

    def name(self, who: Person, first: bool) -> str:
        """One person."""
        surname, given = who
        if self.words.han and self.words.script != "Kore":
            return surname + given[0]
        surname = surname.upper() if self.capitals else surname
        short = [g[0] for g in given]
        dotted = [f"{s}." for s in short]
        forms = {
            "A.": dotted[0],
            "A. B.": " ".join(dotted),
            "A.B.": "".join(dotted),
            "A": "".join(short),
            "A B": " ".join(short),
            "Full": " ".join(given),
            "Full A.": " ".join([given[0], *dotted[1:]]),
        }
        text = forms[self.given]
        if self.chance(0.012):
            surname += self.form("names", "suffix")
        if self.order == "given" or (self.order == "inverted" and not first):
            return f"{text} {surname}"
        return f"{surname}{self.inner}{text}"

    def someone(self) -> Person:
        """A person who is neither author nor editor."""
        return self.words.name(), [self.words.given(), self.words.given()]

    def people(self, who: list[Person], order: str = "") -> str:
        """Several persons, as one string."""
        before, self.order = self.order, order or self.order
        names = [self.name(p, n == 0) for n, p in enumerate(who)]
        self.order = before
        between = "; " if self.semicolon else ", "
        if len(names) > 2 and self.chance(0.18):
            names = names[: self.random.randint(1, 3)]
            return between.join(names) + self.pick([", ", " "]) + self.words.kind("et-al")
        if len(names) == 1 or self.gost or self.gb or self.abnt:
            return between.join(names)
        last = "; " if self.semicolon and self.chance(0.5) else self.joiner
        return between.join(names[:-1]) + last + names[-1]


def authors(style: Style) -> None:
    """The persons that the reference begins with."""
    work = style.work
    if not work.people:
        if style.chance(0.35):
            style.add("author", style.form("names", "bodies", "institution", town=style.words.name()) + style.stop)
        return
    if style.chance(0.03):
        style.add("author", style.form("names", "repeated") + style.stop)
        return
    text = style.people(work.people)
    if not work.source and style.chance(0.07):
        text += style.form("names", "editors", "editor")
    style.add("author", text if text.endswith(".") and style.stop == "." else text + style.stop)


def title(style: Style) -> None:
    """The title, and what stands in brackets behind it."""
    text, (left, right) = style.work.title, style.quotes
    if style.gb:
        style.add("title", text)
        online = "/OL" if style.chance(0.1) else ""
        style.add("marker", f"[{GB[style.work.kind]}{online}]{style.pick(['.', '．', ','])}")
    elif style.gost and style.work.source:
        style.add("title", text)
        if style.chance(0.3):
            style.add("marker", style.form("marker", "gost"))
        if style.chance(0.25) and style.work.people:
            style.add("author", "/ " + style.people(style.work.people, "given"))
    else:
        stop = "" if text.endswith("?") else style.title_stop
        inside = bool(left) and style.chance(0.6)
        style.add("title", f"{left}{text}{stop if inside else ''}{right}{'' if inside else stop}")
        if style.chance(0.04):
            style.add("marker", style.form("marker", "other"))
    if style.chance(0.015):
        style.add("note", style.form("title", "behind", names=style.name(style.someone(), first=False)))


def source(style: Style) -> None:
    """The journal, the proceedings or the book that holds the work, and its editors."""
    work = style.work
    label = "journal" if work.kind in ("article", "news") else "book"
    opened = style.form("source", "opening", "in") if label == "book" or style.chance(0.03) else ""
    stop = style.pick(["", ".", ",", ""] if style.year_at == "numbers" else [",", ",", ".", "", ";"])
    if style.gost:
        opened, stop = style.pick(["// ", "// ", "// ", "//"]), style.pick([".", ".", ". –", ",", ". -"])
    elif style.gb:
        opened = "//" if label == "book" and style.chance(0.5) else ""
    order = style.pick(["given", "given", style.order])
    if label == "book" and not style.gost and style.chance(0.06):
        opened = style.form("source", "volume-of") if work.kind == "paper" else opened
    if label == "book" and work.editors and not style.gb:
        names = style.people(work.editors, order)
        if style.chance(0.6):
            style.add("editor", opened + style.form("editors", "before", "editor", names=names))
            style.add(label, work.source + stop)
        else:
            style.add(label, opened + work.source + stop)
            style.add("editor", style.form("editors", "after", "editor", names=names))
    else:
        style.add(label, opened + work.source + stop)
    if label == "book" and style.chance(0.08):
        series(style)


def series(style: Style) -> None:
    """The series that a book belongs to."""
    text = style.form("source", "series")
    style.add("series", style.pick([f"{text},", f"{text}.", f"({text}).", f"{text},"]))


def year(style: Style, stop: str) -> None:
    """The year where the style has it in a place of its own."""
    text = style.date()
    brackets = style.chance(0.78 if style.year_at == "names" else 0.12)
    left, right = ("[", "]") if style.chance(0.05) else ("(", ")")
    style.add("year", (f"{left}{text}{right}" if brackets else text) + stop)
