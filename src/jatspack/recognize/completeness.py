"""What an article should have and this one has not."""

from __future__ import annotations

from jatspack.article import Article
from jatspack.config import Config
from jatspack.findings import Finding, finding


def completeness(article: Article, config: Config) -> list[Finding]:
    """Findings for missing fields; nothing is filled in."""
    out: list[Finding] = []
    if article.language in ("", "und"):
        out.append(finding("language-unknown"))
    if not article.titles:
        out.append(finding("no-title"))
    if not article.contributors:
        out.append(finding("no-authors"))
    if not article.abstracts:
        out.append(finding("no-abstract"))
    if not article.reference_lists:
        out.append(finding("no-references"))
    for number, person in enumerate(article.contributors, 1):
        if not person.orcid and person.contrib_type == "author":
            name = f"{person.names[0].given_names} {person.names[0].surname}".strip()
            out.append(finding("author-without-orcid", *person.origin.lines[:1], number=str(number), name=name))
    missing = _absent(article, config)
    if missing:
        out.append(finding("metadata-absent", fields=", ".join(missing)))
    return out


def _absent(article: Article, config: Config) -> list[str]:
    journal, own, licence = config.journal.journal, config.article, config.journal.licence
    kinds = {i.kind for i in article.identifiers}
    given = {
        "journal title": bool(journal.title),
        "ISSN": bool(journal.issn_print or journal.issn_electronic),
        "publisher": bool(journal.publisher),
        "DOI": "doi" in kinds,
        "volume and issue": bool(own.volume or own.issue or {"volume", "issue"} & {f.kind for f in article.issue}),
        "publication date": any(d.date_type == "pub" for d in article.dates),
        "dates received and accepted": bool(article.dates),
        "licence": bool(licence.url or licence.text or article.licence),
    }
    return [name for name, there in given.items() if not there]
