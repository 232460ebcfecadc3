"""What goes to repositories beside the files, of all articles at hand: InvenioRDM's JSON, and SWORD's terms."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from deposit.articles import ELSEWHERE, built, job
from handover.invenio_server import InvenioServer
from jatspack.deposit.invenio import journal, metadata
from jatspack.deposit.job import Account
from jatspack.deposit.terms import ATOM, DCTERMS, document, entry, terms

ARTICLES = {"elsewhere": ELSEWHERE.read_bytes(), "built": built()}


@pytest.mark.parametrize("name", ARTICLES)
def test_invenio(name: str) -> None:
    record, account = job(ARTICLES[name]).record, Account("there")
    made = metadata(record, account, "publication-article", [("doi", record.doi)])
    assert not account.refused
    InvenioServer._valid({"access": {"record": "public"}, "files": {"enabled": True}, "metadata": made})
    assert made["title"] == record.title
    assert len(made["creators"]) == len(record.authors)
    languages = {t.lang for t in record.titles[1:]}
    assert len([t for t in made.get("additional_titles", []) if t["type"]["id"] == "translated-title"]) == len(
        languages
    )
    assert journal(record)["journal:journal"]["title"] == record.journal.titles[0].plain


@pytest.mark.parametrize("name", ARTICLES)
def test_terms(name: str) -> None:
    record = job(ARTICLES[name]).record
    root = etree.fromstring(entry(record, record.title, "10.5555/x", "2026-01-02T00:00:00Z"))
    said = [(etree.QName(e).localname, e.text) for e in root if e.tag.startswith(f"{{{DCTERMS}}}")]
    assert said[0] == ("identifier", "10.5555/x")
    assert [value for term, value in said if term == "title"] == [record.title]
    assert [e.text for e in root.iter(f"{{{ATOM}}}name")] == [p.names[0].listed for p in record.authors]
    data = document(record, record.title, "10.5555/x")
    assert all(isinstance(value, str) for value in data.values())
    for term, _, value in terms(record):
        assert value in data[f"dcterms:{term}"]
    json.dumps(data)


def test_nothing_is_made_up() -> None:
    root = etree.fromstring(entry(None, "", "10.5555/x", "2026-01-02T00:00:00Z"))
    texts = {text.strip() for text in root.itertext() if text.strip()}
    assert texts == {"10.5555/x", "info:jatspack/10.5555/x", "2026-01-02T00:00:00Z"}
