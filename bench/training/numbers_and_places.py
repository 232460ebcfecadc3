"""The second half of a printed reference: volume, issue, pages; place, publisher; address, date of access."""

from __future__ import annotations

from records import place
from styles import Style


def numbers(style: Style) -> None:
    """Volume, issue, year and pages of an article, as the style has them."""
    if style.gost:
        _gost(style)
    elif style.gb:
        style.add("year", f"{style.date(plain=True)},")
        _compact(style)
    elif style.abnt:
        _abnt(style)
    elif style.year_at == "numbers":
        style.pick([_vancouver, _year_between, _year_first])(style)
    else:
        work = style.work
        key = "both" if work.volume and work.issue else "volume" if work.volume else "issue" if work.issue else ""
        vol, iss = style.words.kind("volume"), style.words.kind("issue")
        text = style.form("volume", key, v=work.volume, i=work.issue, vol=vol, iss=iss) if key else ""
        if text and style.chance(0.06):
            text += style.form("volume", "more")
        if text:
            style.add("volume", text + style.pick([",", ":", ",", ":", "."]))
        if style.chance(0.93):
            style.add("pages", style.pages() + (style.pick([".", ",", ""]) if style.year_at == "end" else "."))


def _compact(style: Style) -> None:
    """12(3):45-67."""
    work = style.work
    if work.volume:
        style.add("volume", f"{work.volume}({work.issue}):" if work.issue else f"{work.volume}:")
    style.add("pages", style.pages(labelled=False) + ".")


def _gost(style: Style) -> None:
    work, dash = style.work, style.pick(["– ", "- ", "— "])
    style.add("year", f"{style.pick([dash, ''])}{style.date(plain=True)}.")
    number = f"{style.pick(['№', '№', style.words.kind('issue')])} {work.issue or work.volume}"
    both = bool(work.volume and work.issue) and style.chance(0.6)
    text = f"{style.words.kind('volume')} {work.volume}, {number}" if both else number
    if work.volume or work.issue:
        style.add("volume", f"{dash}{text[:1].upper()}{text[1:]}.")
    style.add("pages", f"{dash}{style.pages(labelled=True)}.")


def _abnt(style: Style) -> None:
    work = style.work
    if style.chance(0.4):
        style.add("place", style.words.name() + ",")
    text = ", ".join(
        p for p in (f"v. {work.volume}" if work.volume else "", f"n. {work.issue}" if work.issue else "") if p
    )
    if text:
        style.add("volume", text + ",")
    style.add("pages", f"p. {style.pages(labelled=False)},")
    style.add("year", f"{style.date(plain=True)}.")


def _vancouver(style: Style) -> None:
    style.add("year", style.date(plain=True) + style.pick([";", "; ", " ;"]))
    _compact(style)


def _year_between(style: Style) -> None:
    """12.3 (2010): 45-67."""
    work = style.work
    between = style.pick([".", ", ", ":", " no. "])
    if work.volume:
        style.add("volume", f"{work.volume}{between}{work.issue}" if work.issue else work.volume)
    style.add("year", f"({style.date(plain=True)})" + style.pick([":", ",", ""]))
    style.add("pages", style.pages() + ".")


def _year_first(style: Style) -> None:
    """2010, 12, 45."""
    style.add("year", style.date(plain=True) + ",")
    if style.work.volume:
        style.add("volume", style.work.volume + ",")
    style.add("pages", style.pages() + ".")


def genre(style: Style) -> None:
    """What a thesis, a report, a patent or a film calls itself."""
    if style.work.kind == "other":
        style.add("genre", style.form("genre", "other", names=style.name(style.someone(), first=False)))
    if style.work.kind in ("thesis", "report") and not style.gb:
        style.add("genre", style.form("genre", style.work.kind, "thesis"))


def imprint(style: Style) -> None:
    """Edition, place, publisher, year and pages of what is no article."""
    work = style.work
    if work.volume and not style.gost and not style.gb:
        style.add("volume", style.pick(["vol. {},", "(Vol. {}).", "volume {},"]).format(work.volume))
    if style.chance(0.1 if work.kind != "other" else 0.01):
        style.add("edition", style.form("edition", "forms", "edition"))
    if not work.source and work.people and style.chance(0.13):
        names = style.people(work.people[:2], "given")
        style.add("editor", style.form("editors", "translators", "translated-by", names=names))
    inside = work.kind in ("chapter", "paper")
    if inside and style.year_at == "names" and style.chance(0.4):
        style.add("pages", f"({style.pages(labelled=True)}).")
        inside = False
    if style.gost:
        return _gost_imprint(style, inside)
    if work.place and work.publisher and style.year_at == "end" and not style.gb and style.chance(0.15):
        return _noted(style)
    if work.kind == "paper" and not work.publisher and style.chance(0.45):
        style.add("place", place(style.words) + style.pick([",", ",", "."]))
    _places(style)
    if style.year_at in ("own", "numbers"):
        style.add("year", style.date(plain=True) + style.pick([".", ".", ":", ","]))
    if inside and style.chance(0.8):
        style.add("pages", style.pages() + style.pick([".", ",", ""]))
    elif not inside and style.chance(0.05):
        style.add("size", f"{style.random.randint(40, 900)} p.")
    return None


def _noted(style: Style) -> None:
    """(Boulder: Westview Press, 1998), p. 20; as in footnotes."""
    style.add("place", f"({style.work.place}{style.pick([': ', ': ', ', '])}")
    style.add("publisher", style.work.publisher + ",")
    style.add("year", style.date(plain=True) + style.pick([").", "),", ")"]))
    style.year_at = "printed"
    if style.chance(0.5):
        style.add("pages", style.pages() + style.pick([".", ";", ""]))


def _places(style: Style) -> None:
    town, house = style.work.place, style.work.publisher
    stop = style.pick([".", ",", "."]) if style.year_at != "names" else "."
    if town and house and (style.gb or style.chance(0.68)):
        left, right = ("(", ")") if style.chance(0.08) else ("", "")
        style.add("place", left + town + style.pick([":", ":", ":", ",", " :"]))
        style.add("publisher", house + right + stop)
    elif town and house:
        style.add("publisher", house + style.pick([",", ",", ":", "."]))
        style.add("place", town + stop)
    else:
        style.add("publisher", house + stop if house else "")
        style.add("place", town + stop if town else "")


def _gost_imprint(style: Style, inside: bool) -> None:
    town, house, dash = style.work.place, style.work.publisher, style.pick(["– ", "- ", "— ", ""])
    if town:
        style.add("place", dash + town + (style.pick([": ", " : ", ": "]) if house else ","))
    if house:
        style.add("publisher", house + ",")
    style.add("year", style.date(plain=True) + ".")
    if inside:
        style.add("pages", f"{dash}{style.pages(labelled=True)}.")
    elif style.chance(0.75):
        style.add("size", f"{dash}{style.random.randint(40, 900)} {style.words.kind('pages')}")


def _address(style: Style) -> str:
    """An address with a path of some length."""
    words = style.words
    host = words.acronym().lower() if words.chance(0.5) else words.name().lower()
    domain = style.pick(["org", "com", "edu", "net", "ru", "com.br", "gov", "ac.uk", "de"])
    parts = [style.pick([words.name().lower(), str(style.random.randint(1, 9999)), words.name(), "index", "pdf"])
             for _ in range(style.pick([0, 1, 1, 2, 3, 4]))]  # fmt: skip
    path = "/".join(parts) + style.pick(["", "", ".html", ".pdf", "/", ".php?id=12"])
    return f"{style.pick(['http://', 'http://', 'https://', ''])}www.{host}.{domain}/{path}{style.pick(['', '.'])}"


def tail(style: Style) -> None:
    """Address, date of access, DOI, notes."""
    if style.work.kind == "web" or style.chance(0.07):
        style.add("note", style.form("tail", "available", "available"))
        style.add("url", _address(style))
        if style.chance(0.5):
            style.add("note", style.form("tail", "accessed", "accessed"))
    elif style.chance(0.12):
        number = (
            f"10.{style.random.randint(1000, 9999)}/{style.words.acronym().lower()}.{style.random.randint(1, 99999)}"
        )
        style.add("doi", style.form("tail", "doi", doi=number))
    if style.chance(0.03):
        style.add("note", style.form("tail", "note"))
