"""JATS of every origin for the tests of the targets, and a journal.toml that leaves nothing open."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree

import jatspack
from jats.builders import HERE, full
from jatspack.article import HistoryDate
from jatspack.config import ArticleConfig, Config, Deposit, Journal, JournalConfig, Licence, Output, discover
from jatspack.deposit import Job, completed
from jatspack.jats import build, serialize
from jatspack.jats.read import read_jats
from jatspack.jats.read_record import read_record
from jatspack.output import run_time

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = Path(__file__).parent / "data" / "elsewhere.xml"
SAMPLES = sorted(path.parent.name for path in (ROOT / "samples").glob("*/article.md"))

JOURNAL = JournalConfig(
    journal=Journal(
        title={"en": "Journal of Examples", "kk": "Мысалдар журналы"},
        abbreviated_title="J. Ex.",
        id="jx",
        issn_print="1234-5679",
        issn_electronic="2345-6787",
        publisher="Example Press",
        publisher_place="Example City",
    ),
    licence=Licence(url="https://creativecommons.org/licenses/by/4.0/"),
    deposit=Deposit(
        depositor_name="Example Press",
        depositor_email="doi@example.org",
        article_url="https://journal.example.org/article/{doi}",
    ),
    output=Output(bagging_date="2026-01-31"),
)
FACTS = {
    "doi": "10.5555/example.1",
    "published": "2026-01-15",
    "volume": "4",
    "issue": "2",
    "first_page": "10",
    "last_page": "19",
}
COMPLETE = Config(journal=JOURNAL, article=ArticleConfig(**FACTS))


def job(data: bytes, config: Config = COMPLETE, files: dict[str, bytes] | None = None, stem: str = "article") -> Job:
    """JATS bytes on their way to the targets."""
    tree = read_jats(data)
    return Job(completed(read_record(tree), config), tree, data, stem, config, run_time(config), files or {})


@cache
def sample(name: str) -> bytes:
    """The JATS of a sample whose issue is known."""
    folder = ROOT / "samples" / name
    own = discover(folder / "article.md", None)
    article = own.article.model_copy(update=FACTS)
    made = jatspack.convert(folder / "article.md", Config(journal=own.journal, article=article), only=["jats"])
    return made.files["article.xml"]


@cache
def built() -> bytes:
    """An article that has something of everything."""
    article = full()
    article.dates.append(HistoryDate("pub", "2024-06-07", "", HERE))
    return serialize(build(article, COMPLETE, lambda sources: [None] * len(sources)))


def own_articles() -> Iterator[tuple[str, bytes]]:
    """(name, JATS) of all that the project has."""
    yield "elsewhere", ELSEWHERE.read_bytes()
    yield "built", built()
    for name in SAMPLES:
        yield name, sample(name)


def changed(data: bytes, *remove: str) -> bytes:
    """JATS without the elements that these XPaths find."""
    tree = etree.ElementTree(etree.fromstring(data))
    for path in remove:
        found = tree.getroot().xpath(path)
        assert isinstance(found, list)
        assert found, path
        for element in found:
            assert isinstance(element, etree._Element)
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
    return etree.tostring(tree)
