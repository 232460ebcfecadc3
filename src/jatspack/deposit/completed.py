"""A record with what journal.toml says and the JATS does not."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from jatspack.config import Config
from jatspack.jats.identifiers import issn, web_address
from jatspack.jats.inline import clean
from jatspack.jats.record import Licence, Record, Text


def completed(record: Record, config: Config) -> Record:
    """What the JATS says stays; journal.toml fills what it leaves open."""
    given, own = config.journal.journal, record.journal
    titles = own.titles or tuple(_text(lang, title) for lang, title in given.title.items() if title.strip())
    open_ = not own.issns
    journal = replace(
        own,
        titles=titles,
        abbreviated=own.abbreviated or _line(given.abbreviated_title),
        id=own.id or _line(given.id),
        issn_print=issn(given.issn_print or "") if open_ else own.issn_print,
        issn_electronic=issn(given.issn_electronic or "") if open_ else own.issn_electronic,
        publisher=own.publisher or _line(given.publisher),
        place=own.place or _line(given.publisher_place),
    )
    licence = record.licence
    if licence == Licence():
        said = config.journal.licence
        texts = tuple(_text(lang, text) for lang, text in said.text.items() if text.strip())
        licence = Licence(web_address(said.url), texts, "", said.copyright_year or "", _line(said.copyright_holder))
    elif not licence.url and not licence.texts:
        licence = replace(licence, url=web_address(config.journal.licence.url))
    return replace(record, journal=journal, licence=licence, url=record.url or _address(record, config))


def _address(record: Record, config: Config) -> str:
    """The article's address after the journal's pattern; "" where something that the pattern wants is not known."""
    pattern = config.journal.deposit.article_url
    facts = {
        "doi": record.doi,
        "id": record.publisher_id,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.first_page or record.article_number,
    }
    for name, value in facts.items():
        if f"{{{name}}}" in pattern and not value:
            return ""
        pattern = pattern.replace(f"{{{name}}}", quote(value, safe="/" if name == "doi" else ""))
    return web_address(pattern)


def _text(lang: str, text: str) -> Text:
    return Text(lang, ((_line(text), frozenset()),))


def _line(text: str) -> str:
    return " ".join(clean(text).split())
