"""The article's own citation for reference managers: BibTeX (bibtexparser) and RIS (rispy)."""

from __future__ import annotations

from typing import Any

from anyascii import anyascii

from jatspack.render.record import Name, Record, title

_SPECIAL = str.maketrans({
    "\\": r"{\textbackslash}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
})  # fmt: skip
_AS_THEY_ARE = frozenset({"doi", "url"})


def bibtex(record: Record, lang: str) -> str:
    """A BibTeX entry, in UTF-8, with title and names in one language; "" for an article without title."""
    if not record.titles:
        return ""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    people = [person.name(lang) for person in record.authors]
    values = {
        "author": " and ".join(map(_bibtex_name, people)),
        "title": f"{{{_escaped(title(record.titles, lang))}}}",
        "journal": title(record.journals, lang),
        "year": record.date[:4],
        "volume": record.volume,
        "number": record.issue,
        "pages": record.pages.replace("-", "--") or record.article_number,
        "publisher": record.publisher,
        "issn": ", ".join(record.issns),
        "doi": _bare(record.doi),
        "url": record.url or record.doi,
    }
    ready = frozenset({"author", "title"}) | _AS_THEY_ARE
    fields = [Field(key, text if key in ready else _escaped(text)) for key, text in values.items() if text]
    return write_string(Library([Entry("article", _key(people) + record.date[:4], fields)])).strip() + "\n"


def _key(people: list[Name]) -> str:
    """The first author's family name in plain small letters."""
    name = anyascii(people[0].family or people[0].full).lower() if people else ""
    return "".join(char for char in name if char.isalpha()) or "article"


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)


def _bibtex_name(name: Name) -> str:
    if not name.family:
        return f"{{{_escaped(name.full)}}}"
    return ", ".join(_escaped(part) for part in (name.family, name.suffix, name.given) if part)


def ris(record: Record, lang: str) -> str:
    """An entry in RIS with title and names in one language; "" for an article without title."""
    if not record.titles:
        return ""
    import rispy

    values: dict[str, Any] = {
        "type_of_reference": "JOUR",
        "authors": [_ris_name(person.name(lang)) for person in record.authors],
        "title": title(record.titles, lang),
        "secondary_title": title(record.journals, lang),
        "alternate_title1": record.abbreviated,
        "year": record.date[:4],
        "date": record.date.replace("-", "/") if len(record.date) > 4 else "",
        "volume": record.volume,
        "number": record.issue,
        "start_page": record.first_page or record.article_number,
        "end_page": record.last_page,
        "publisher": record.publisher,
        "issn": ", ".join(record.issns),
        "doi": _bare(record.doi),
        "urls": [record.url or record.doi] if record.url or record.doi else [],
        "keywords": [row.text for row in record.keywords if row.lang == lang],
        "language": lang,
        "abstract": next((row.text for row in record.abstracts if row.lang == lang), ""),
    }
    text: str = rispy.dumps([{key: value for key, value in values.items() if value}])
    return text.partition("\n")[2].strip() + "\n"  # its first line numbers the entries


def _ris_name(name: Name) -> str:
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part) if name.family else name.full


def _bare(doi: str) -> str:
    return doi.removeprefix("https://doi.org/")
