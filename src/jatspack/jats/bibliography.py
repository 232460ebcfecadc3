"""A record as the entry of a reference manager: BibTeX (bibtexparser), RIS (rispy) and CSL-JSON, in UTF-8.

Title and names stand in one language; BibTeX and RIS are "" for an article without a title.
"""

from __future__ import annotations

from typing import Any

from anyascii import anyascii

from jatspack.jats.identifiers import doi_address
from jatspack.jats.record import Abstract, Name, Record, in_language

_SPECIAL = str.maketrans({
    "\\": r"{\textbackslash}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
})  # fmt: skip


def bibtex(record: Record, lang: str, *, described: bool = True) -> str:
    """One @article, as biber and every newer BibTeX read it; `described` adds keywords and abstract."""
    if not record.titles:
        return ""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    names = [person.name(lang) for person in record.authors]
    values = {
        "author": " and ".join(map(_bibtex_name, names)),
        "title": f"{{{_escaped(in_language(record.titles, lang))}}}",
        "journal": _escaped(in_language(record.journal.titles, lang)),
        "year": record.year,
        "month": record.date[5:7].lstrip("0"),
        "volume": _escaped(record.volume),
        "number": _escaped(record.issue),
        "pages": _escaped(record.pages.replace("-", "--") or record.article_number),
        "publisher": _escaped(record.journal.publisher),
        "issn": ", ".join(record.journal.issns),
        "doi": _balanced(record.doi),
        "url": _balanced(record.url or doi_address(record.doi)),
        "language": lang if described else "",
        "keywords": _escaped(", ".join(_keywords(record, lang))) if described else "",
        "abstract": _escaped(_abstract(record, lang)) if described else "",
    }
    key = _key(names[0] if names else None) + record.year
    fields = [Field(name, value) for name, value in values.items() if value]
    return write_string(Library([Entry("article", key, fields)])).strip() + "\n"


def _key(name: Name | None) -> str:
    """The first author's surname in plain small letters."""
    letters = anyascii(name.surname or name.full).lower() if name is not None else ""
    return "".join(c for c in letters if c.isascii() and c.isalpha())[:60] or "article"


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)


def _balanced(text: str) -> str:
    """An address with no brace in it: in these fields nothing is escaped."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _bibtex_name(name: Name) -> str:
    if not name.surname:
        return f"{{{_escaped(name.full)}}}"
    parts = (name.surname, name.suffix, name.given)
    return ", ".join(f"{{{_escaped(p)}}}" if " and " in f" {p} " or "," in p else _escaped(p) for p in parts if p)


def ris(record: Record, lang: str) -> str:
    """One entry of the type JOUR."""
    if not record.titles:
        return ""
    import rispy

    titles = in_language(record.titles, lang)
    values: dict[str, Any] = {
        "type_of_reference": "JOUR",
        "authors": [person.name(lang).listed for person in record.authors],
        "title": titles,
        "translated_title": next((t.plain for t in record.titles if t.plain != titles), ""),
        "secondary_title": in_language(record.journal.titles, lang),
        "alternate_title1": record.journal.abbreviated,
        "year": record.year,
        "date": record.date.replace("-", "/") if len(record.date) > len("YYYY") else "",
        "volume": record.volume,
        "number": record.issue,
        "start_page": record.first_page or record.article_number,
        "end_page": record.last_page,
        "publisher": record.journal.publisher,
        "issn": ", ".join(record.journal.issns),
        "doi": record.doi,
        "urls": [address] if (address := record.url or doi_address(record.doi)) else [],
        "keywords": _keywords(record, lang),
        "language": lang,
        "abstract": _abstract(record, lang),
    }
    text: str = rispy.dumps([{key: value for key, value in values.items() if value}])
    return text.partition("\n")[2].strip() + "\n"  # its first line numbers the entries


def csl_item(record: Record, lang: str) -> dict[str, Any]:
    """The item of CSL-JSON (schema csl-data.json, version 1.0.2), without its `id`; what is not known is left out."""

    def names(role: str) -> list[dict[str, str]]:
        return [csl_name(person.name(lang)) for person in record.people if person.role == role]

    values: dict[str, Any] = {
        "title": in_language(record.titles, lang),
        "container-title": in_language(record.journal.titles, lang),
        "container-title-short": record.journal.abbreviated,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "number": record.article_number,
        "DOI": record.doi,
        "ISSN": ", ".join(record.journal.issns),
        "URL": record.url,
        "publisher": record.journal.publisher,
        "publisher-place": record.journal.place,
        "language": lang,
        "keyword": ", ".join(_keywords(record, lang)),
        "abstract": next((a.plain for a in record.summaries if a.lang == lang), ""),
        "author": [csl_name(person.name(lang)) for person in record.authors],
        "editor": names("editor"),
        "translator": names("translator"),
        "issued": {"date-parts": [[int(part) for part in record.date.split("-")]]} if record.date else {},
    }
    return {"type": "article-journal"} | {key: value for key, value in values.items() if value}


def csl_name(name: Name) -> dict[str, str]:
    """A name as CSL-JSON has it."""
    if not (name.surname and name.given):
        return {"literal": name.full}
    return {"family": name.surname, "given": name.given, **({"suffix": name.suffix} if name.suffix else {})}


def _keywords(record: Record, lang: str) -> list[str]:
    return [k.plain for k in record.keywords if k.lang == lang]


def _abstract(record: Record, lang: str) -> str:
    found: Abstract | None = next((a for a in record.summaries if a.lang == lang), None)
    return " ".join(found.plain.split()) if found is not None else ""
