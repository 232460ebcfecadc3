"""Works that do not exist: authors, titles, containers, numbers, from which references are printed (styles.py)."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from vocabulary import LANGUAGES, Words, known

KINDS = ["article"] * 50 + ["book"] * 16 + ["chapter"] * 11 + ["paper"] * 13 + ["thesis"] * 4 + ["report"] * 4
KINDS += ["web"] * 4 + ["news"] * 4 + ["other"] * 4


Person = tuple[str, list[str]]  # surname (particles and second surnames included), given names


@dataclass
class Record:
    """One work."""

    words: Words
    kind: str
    title: str
    source: str = ""
    people: list[Person] = field(default_factory=list)
    editors: list[Person] = field(default_factory=list)
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: tuple[str, str] = ("", "")
    publisher: str = ""
    place: str = ""


def person(words: Words) -> Person:
    """Surname (particles and second surnames included) and given names."""
    random = words.random
    if words.han:
        return words.word()[:1], [words.word()[:2]]
    surname = words.name()
    if words.chance(0.06):
        surname = words.kind("particle", default="de") + " " + surname
    if words.lang in ("es", "pt") and words.chance(0.4):
        surname += " " + words.name()
    return surname, [words.given() for _ in range(random.choice([1, 1, 1, 2, 2, 3]))]


def title(words: Words, capitals: float = 0.3) -> str:
    """A title with what titles have: colons, questions, brackets, years. `capitals`: share in Title Case."""
    random = words.random
    capitals = capitals if words.lang == "en" else capitals / 3
    case = random.choices(["sentence", "title", "upper"], [0.97 - capitals, capitals, 0.03])[0]
    if words.lang == "de":
        case = "nouns"
    text = words.phrase(random.choice([1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 10, 11, 12, 14, 17]), case)
    if words.chance(0.22):
        tail = words.phrase(random.randint(2, 8), case)
        tail = tail if case == "title" or words.chance(0.5) else tail.lower()
        text += random.choice([": ", ": ", ": ", " – ", ". ", " : "]) + tail
    if words.chance(0.1):
        tail = words.phrase(random.randint(1, 4), case)
        text += random.choice([", ", ", ", f", {words.phrase(1, case)}, {words.kind('conjunction', default='and')} "])
        text += tail if case == "title" else tail.lower()
    if words.chance(0.04) and not words.han:
        text += "".join(f", {place}" for place in random.choices(known("places"), k=random.choice([1, 1, 2])))
    if words.chance(0.03):
        items = [words.topic().capitalize() for _ in range(random.choice([1, 2, 2]))]
        text = f"{', '.join(items)}, {words.kind('conjunction', default='and')} {words.topic().capitalize()}"
    if words.chance(0.02):
        text += random.choice([". 1. ", ". II. ", ": I. ", ". Part 2. ", ", I. "]) + words.phrase(3, case)
    if words.chance(0.05):
        text += f" ({words.phrase(random.randint(1, 3))})"
    if words.chance(0.03):
        text = f"«{words.phrase(2)}» " + text
    if words.chance(0.03):
        text += f" ({random.randint(1800, 1950)}-{random.randint(1951, 2010)})"
    return text + ("?" if words.chance(0.04) else "")


def journal(words: Words) -> str:
    """A journal's name, whole or shortened."""
    random = words.random
    if words.han:
        return words.word() + words.word() + random.choice(["学报", "研究", "", "杂志", "科学"])
    if words.chance(0.1):
        return random.choice(known("journals"))
    if words.chance(0.28) and words.script == "Latn":
        short = [random.choice(["J", "J", "Am", "Int", "Ann", "Proc", "Eur", abbreviation(words)])]
        short += [abbreviation(words) for _ in range(random.choice([0, 1, 1, 1, 2, 2, 3, 4]))]
        dot = random.choice([".", ".", ""])
        return " ".join(w + dot for w in short)
    if words.chance(0.07):
        return words.name()
    head = words.kind("journal", default="Journal")
    head = head[:1].upper() + head[1:]
    body = words.phrase(random.randint(1, 4), "title" if words.lang == "en" else random.choice(["title", "sentence"]))
    text = random.choice([f"{head} {body}", f"{body} {head}", body, f"{body} {body.split()[0]}"])
    if words.chance(0.1):
        text += random.choice([": ", ". ", " - "]) + words.phrase(2, "title")
    return text


def abbreviation(words: Words) -> str:
    """A shortened word of a journal's name: most are usual ones."""
    usual = [word for word in known("abbreviations") if word[0] < "Ѐ"]
    return words.random.choice(usual) if words.chance(0.7) else words.word(2, 6).capitalize()


def conference(words: Words) -> str:
    """The name of proceedings."""
    random = words.random
    if words.han:
        return words.word() + words.word() + "会议论文集"
    head = words.kind("conference", default="conference").capitalize()
    body = words.phrase(random.randint(2, 6), "title")
    number = random.choice(
        ["", "", f"{random.randint(2, 40)}th ", f"the {random.randint(2, 40)}th ", f"{words.phrase(1)} "]
    )
    forms = [f"{head} {number}{body}", f"Proceedings of {number}{body} {head}", f"Proc. {number}{words.acronym()}",
             f"Proceedings of the {number}{head} on {body}", f"{body}", f"{words.acronym()}'{random.randint(70, 99)}",
             f"{number}{words.acronym()} {head} on {body}", f"Advances in {body}",
             f"Proceedings of the {random.randint(1980, 2022)} {words.acronym()} {head} on {body}",
             f"Proceedings of {words.acronym()} {random.randint(1980, 2022)}", words.acronym(),
             f"Proc. {words.acronym()} {random.choice(['Int. Conf.', 'Conf.', 'Symp.', 'Workshop'])} {body}",
             f"Proceedings of the {words.phrase(1, 'title')} {number}{head} on {body}"]  # fmt: skip
    text = random.choice(forms)
    return text + (f" ({words.acronym()})" if words.chance(0.12) else "")


def publisher(words: Words) -> str:
    """A publishing house, a university, an institute."""
    random = words.random
    if words.chance(0.45):
        return random.choice(known("publishers"))
    if words.han:
        return words.word() + words.word() + "出版社"
    word = words.kind("publisher", default="Press")
    return random.choice(
        [f"{words.name()} {word.capitalize()}", f"University of {words.name()}", f"{words.name()} University Press",
         words.name(), f"{words.name()} & {words.name()}", f"{word.capitalize()} {words.name()}",
         f"Department of {words.phrase(2, 'title')}, {words.name()} University"]
    )  # fmt: skip


def place(words: Words) -> str:
    """Where it was published."""
    random = words.random
    town = random.choice(known("places")) if words.chance(0.75) else words.name()
    return town + (", " + random.choice([*known("states"), words.name()]) if words.chance(0.18) else "")


def record(random: Random) -> Record:
    """A work of some kind, in some language."""
    words = Words(random, random.choice(LANGUAGES))
    kind = random.choice(KINDS)
    made = Record(words, kind, title(words, 0.6 if kind in ("book", "chapter") else 0.3))
    count = random.choice([0, 0] + [1] * 9 + [2] * 7 + [3] * 5 + [4, 4, 5, 6, 7, 9, random.randint(10, 20)])
    made.people = [person(words) for _ in range(count)]
    made.year = str(random.choice([random.randint(1975, 2024), random.randint(1990, 2022), random.randint(1850, 2022)]))
    if words.chance(0.06):
        made.year += random.choice("abc")
    first = random.choice([random.randint(1, 400), random.randint(1, 3000), random.randint(100, 99999)])
    made.pages = (str(first), str(first + random.randint(1, 40)))
    if kind == "article":
        made.source = journal(words)
    elif kind == "paper":
        made.source = conference(words)
    elif kind in ("chapter", "news"):
        made.source = title(words, 0.6) if kind == "chapter" else journal(words)
    if kind in ("article",) or (kind in ("paper", "chapter", "book") and words.chance(0.12)):
        made.volume = str(random.choice([random.randint(1, 60), random.randint(1, 400)])) if words.chance(0.9) else ""
        made.issue = str(random.choice([random.randint(1, 12), random.randint(1, 60)])) if words.chance(0.62) else ""
        if words.chance(0.06):
            made.issue = f"{random.randint(1, 5)}-{random.randint(6, 12)}"
    if (
        kind in ("book", "chapter", "thesis", "report")
        or (kind == "other" and words.chance(0.5))
        or (kind == "paper" and words.chance(0.4))
    ):
        made.publisher = publisher(words) if words.chance(0.88) else ""
        made.place = place(words) if words.chance(0.72) else ""
    if kind in ("chapter", "paper") and words.chance(0.5):
        made.editors = [person(words) for _ in range(random.choice([1, 1, 2, 2, 3]))]
    return made
