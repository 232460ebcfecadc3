"""OJS native XML (import of articles, OJS 3.4): one article with its issue, and JATS and PDF as galleys in it."""

from __future__ import annotations

import base64
from html import escape

from lxml import etree

from jatspack.config import Deposit
from jatspack.deposit import languages
from jatspack.deposit.checked import checked
from jatspack.deposit.job import Account, Job
from jatspack.deposit.xml import add, document, leaf, written
from jatspack.jats.record import Abstract, Person, Record, Text, first_of_each

PKP = "http://pkp.sfu.ca"
_GALLEYS = (("XML", "xml"), ("PDF", "pdf"))


def make(job: Job, account: Account) -> dict[str, bytes]:
    """The article as OJS imports it."""
    record = job.record
    locale = languages.locale(record.lang)
    account.needs(title=record.title, language=locale)
    account.wants(authors=record.authors, abstract=record.summaries, date=record.date)
    account.wants(volume=record.volume or record.issue, pdf=job.files.get(f"{job.stem}.pdf"))
    account.wants(emails=all(p.emails for p in record.authors))
    if account.refused:
        return {}
    root = document("articles", PKP, "native.xsd", {None: PKP})
    attributes = {
        "locale": locale,
        "status": "3" if record.date else "1",
        "submission__progress": "",
        "stage": "production",
    }
    if len(record.received) == len("YYYY-MM-DD"):
        attributes["date__submitted"] = record.received
    article = add(root, "article", current__publication__id="1", **attributes)
    add(article, "id", "1", type="internal", advice="ignore")
    files = [(label, data) for label, kind in _GALLEYS if (data := _file(job, kind))]
    for number, (label, data) in enumerate(files, 1):
        _submission_file(article, number, f"{job.stem}.{label.lower()}", data, locale, job)
    _publication(article, record, locale, [label for label, _ in files], job.config.journal.deposit)
    checked(root, "ojs", account)
    return {f"{job.stem}.ojs.xml": written(root)}


def _file(job: Job, kind: str) -> bytes:
    return job.jats if kind == "xml" else job.files.get(f"{job.stem}.{kind}", b"")


def _submission_file(article: etree._Element, number: int, name: str, data: bytes, locale: str, job: Job) -> None:
    ident, ending = str(number), name.rpartition(".")[2]
    given = {"file__id": ident, "stage": "proof", "viewable": "true", "genre": job.config.journal.deposit.ojs_genre}
    element = add(article, "submission_file", id=ident, **given)
    add(element, "name", name, locale=locale)
    file = add(element, "file", id=ident, filesize=str(len(data)), extension=ending)
    add(file, "embed", base64.b64encode(data).decode("ascii"), encoding="base64")


def _publication(article: etree._Element, record: Record, locale: str, galleys: list[str], given: Deposit) -> None:
    published = record.date if len(record.date) == len("YYYY-MM-DD") else ""
    attributes = {"version": "1", "status": "3" if record.date else "1", "seq": "1", "section__ref": given.ojs_section}
    home = add(article, "publication", date__published=published, access__status="0", **attributes)
    add(home, "id", "1", type="internal", advice="ignore")
    leaf(home, "id", record.doi, type="doi", advice="update")
    _localized(home, "title", record.titles, locale)
    _localized(home, "subtitle", tuple(record.subtitles.values()), locale)
    for abstract in first_of_each(record.summaries, lambda a: languages.locale(a.lang) or locale):
        add(home, "abstract", _html(abstract), locale=languages.locale(abstract.lang) or locale)
    leaf(home, "licenseUrl", record.licence.url)
    leaf(home, "copyrightHolder", record.licence.holder, locale=locale)
    leaf(home, "copyrightYear", record.licence.year if record.licence.year.isdecimal() else "")
    for lang in dict.fromkeys(languages.locale(k.lang) or locale for k in record.keywords):
        group = add(home, "keywords", locale=lang)
        for keyword in record.keywords:
            if (languages.locale(keyword.lang) or locale) == lang:
                add(group, "keyword", keyword.plain)
    if record.authors:
        authors = add(home, "authors")
        for number, person in enumerate(record.authors, 1):
            _author(authors, person, number, locale, given.ojs_author_group)
    for number, label in enumerate(galleys, 1):
        galley = add(home, "article_galley", locale=locale, approved="true")
        add(galley, "name", label, locale=locale)
        add(galley, "seq", str(number - 1))
        add(galley, "submission_file_ref", id=str(number))
    if record.cited:
        citations = add(home, "citations")
        for work in record.cited:
            add(citations, "citation", work.text)
    _issue(home, record)
    leaf(home, "pages", record.pages or record.article_number)


def _issue(home: etree._Element, record: Record) -> None:
    """OJS finds the issue by these, or makes it. Its volume is a number."""
    volume = record.volume if record.volume.isascii() and record.volume.isdecimal() else ""
    if volume or record.issue:
        element = add(home, "issue_identification")
        leaf(element, "volume", volume)
        leaf(element, "number", record.issue)
        leaf(element, "year", record.year)


def _author(home: etree._Element, person: Person, number: int, locale: str, group: str) -> None:
    """Names and affiliations by language; those whose language is not known count as the article's."""
    seen: dict[str, tuple[str, str]] = {}
    for name in person.names:
        given, family = (name.given, name.surname) if name.surname else (name.given or name.full, "")
        seen.setdefault(languages.locale(name.lang) or locale, (given or family, family if given else ""))
    contact = {"primary__contact": "true"} if person.corresponding else {}
    author = add(
        home, "author", include__in__browse="true", user__group__ref=group, seq=str(number), id=str(number), **contact
    )
    for lang, (given, _) in seen.items():
        add(author, "givenname", given, locale=lang)
    for lang, (_, family) in seen.items():
        leaf(author, "familyname", family, locale=lang)
    homes: dict[str, list[str]] = {}
    for rows in person.affiliations:
        for row in rows:
            homes.setdefault(languages.locale(row.lang) or locale, []).append(row.text)
    for lang, texts in homes.items():
        add(author, "affiliation", "; ".join(texts), locale=lang)
    leaf(
        author,
        "country",
        next((row.country_code for rows in person.affiliations for row in rows if row.country_code), ""),
    )
    add(author, "email", person.emails[0] if person.emails else "")
    leaf(author, "orcid", person.orcid)


def _localized(home: etree._Element, tag: str, texts: tuple[Text, ...], locale: str) -> None:
    seen: dict[str, str] = {}
    for text in texts:
        seen.setdefault(languages.locale(text.lang) or locale, text.plain)
    for lang, words in seen.items():
        leaf(home, tag, words, locale=lang)


def _html(abstract: Abstract) -> str:
    """Paragraphs as the HTML that OJS keeps."""
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in abstract.plain.split("\n"))
