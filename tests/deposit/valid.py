"""What judges each file that a target gets: official schemas where a package carries one, else rules of the target."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string
from lxml import etree

from deposit import official
from jatspack.check.schemas import schema
from jatspack.jats.read import read_jats

KERNEL = "{http://datacite.org/schema/kernel-4}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"


@cache
def _grammar(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(schema(f"deposit/{name}.rng"))))


def _rng(name: str) -> Callable[[bytes], list[str]]:
    def judge(data: bytes) -> list[str]:
        grammar = _grammar(name)
        grammar.validate(etree.fromstring(data))
        return [entry.message for entry in grammar.error_log]

    return judge


def datacite_xml(data: bytes) -> list[str]:
    """Rules of the metadata schema 4.5: properties that are mandatory, lists that are not empty, known types."""
    root = etree.fromstring(data)
    wrong = [
        f"{tag} is missing"
        for tag in ("identifier", "creators", "titles", "publisher", "publicationYear")
        if root.find(KERNEL + tag) is None
    ]
    wrong += [
        f"{e.tag} is empty"
        for e in root.iter(etree.Element)
        if not len(e) and not (e.text or "").strip() and not e.attrib
    ]
    wrong += (
        [] if root.find(f"{KERNEL}resourceType").get("resourceTypeGeneral") == "JournalArticle" else ["resourceType"]
    )
    wrong += [] if re.fullmatch("[0-9]{4}", root.findtext(f"{KERNEL}publicationYear") or "") else ["publicationYear"]
    return wrong


def doaj_json(data: bytes) -> list[str]:
    """Rules of DOAJ's API for articles."""
    article = json.loads(data)["bibjson"]
    kinds = [row["type"] for row in article["identifier"]]
    wrong = [key for key in ("title", "author", "identifier", "journal", "year", "link") if not article.get(key)]
    wrong += [] if {"pissn", "eissn"} & set(kinds) and len(kinds) == len(set(kinds)) else ["identifier"]
    wrong += [] if len(article.get("keywords", [])) <= 6 else ["keywords"]
    wrong += [] if 1 <= int(article.get("month", 1)) <= 12 and re.fullmatch("[0-9]{4}", article["year"]) else ["date"]
    wrong += [] if all(link["url"].startswith(("https://", "http://")) for link in article["link"]) else ["link"]
    wrong += [] if all(row["name"].strip() for row in article["author"]) else ["author"]
    return wrong


def bibtex(data: bytes) -> list[str]:
    """One entry that a parser reads without complaint."""
    library = parse_string(data.decode("utf-8"))
    return [str(block) for block in library.failed_blocks] + ([] if len(library.entries) == 1 else ["entries"])


def ris(data: bytes) -> list[str]:
    """One entry that a parser reads, every line with its tag."""
    text = data.decode("utf-8")
    wrong = [line for line in text.splitlines() if not re.match("[A-Z][A-Z0-9]  -( |$)", line)]
    return wrong + ([] if len(rispy.loads(text)) == 1 else ["entries"])


def _archive(data: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    for name in archive.namelist():
        assert not name.startswith("/")
        assert ".." not in name.split("/")
    return archive


def dspace(data: bytes) -> list[str]:
    """Simple Archive Format: dublin_core.xml by its rules, and contents that lists every other file."""
    archive = _archive(data)
    inside = {name.removeprefix("item_000/") for name in archive.namelist()}
    listed = {line.split("\t")[0] for line in archive.read("item_000/contents").decode().splitlines()}
    wrong = _rng("dspace")(archive.read("item_000/dublin_core.xml"))
    return wrong + sorted(listed ^ (inside - {"dublin_core.xml", "contents"}))


def full_text(data: bytes) -> list[str]:
    """One XML, named as the package; every image that it shows beside it, or left out with a finding."""
    archive = _archive(data)
    (xml,) = [name for name in archive.namelist() if name.endswith(".xml")]
    stem = xml.removesuffix(".xml")
    wrong = [n for n in archive.namelist() if not re.fullmatch(r"[\w.-]+", n, re.ASCII) or not n.startswith(stem)]
    shown: Any = read_jats(archive.read(xml)).getroot().iter("graphic", "inline-graphic")
    named = {element.get(XLINK_HREF) for element in shown}
    return wrong + [n for n in archive.namelist() if n not in named and n not in (xml, f"{stem}.pdf")]


JUDGES: dict[str, Callable[[bytes], list[str]]] = {
    ".crossref.xml": official.crossref,
    ".datacite.json": official.datacite_json,
    ".datacite.xml": datacite_xml,
    ".oai_dc.xml": official.oai_dc,
    ".doaj.json": doaj_json,
    ".doaj.xml": _rng("doaj"),
    ".ojs.xml": _rng("ojs"),
    ".dspace.zip": dspace,
    ".mods.xml": official.mods,
    ".bib": bibtex,
    ".ris": ris,
    ".csl.json": official.csl_json,
    ".zip": full_text,
}


def complaints(name: str, data: bytes) -> list[str]:
    """What the judge of a file finds wrong; the name says which file it is."""
    judge = next(judge for ending, judge in JUDGES.items() if name.endswith(ending))
    return judge(data)
