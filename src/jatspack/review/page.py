"""The report page: one HTML file, nothing loaded from elsewhere; all that comes from the article is escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from jatspack.article import Article
from jatspack.read.document import Lines
from jatspack.report import Report
from jatspack.review import prepared, words
from jatspack.review.body import outline
from jatspack.review.findings import findings
from jatspack.review.front import front
from jatspack.review.html import BASE, asset, encoded, environment, policy
from jatspack.review.promises import accounts, least_sure, promises
from jatspack.review.references import references
from jatspack.review.source import source_view
from jatspack.review.things import FEW, Things, joined

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True, slots=True)
class Subject:
    """What the page is about: the report, the text that its lines are of, the JATS and its name, the Article.

    `article` is None for JATS that was made elsewhere: then the JATS itself is the text.
    """

    report: Report
    text: str
    jats: bytes
    jats_name: str
    article: Article | None = None


def report_page(subject: Subject) -> bytes:
    """The page as UTF-8. The same subject gives the same bytes."""
    prepared()
    report, article = subject.report, subject.article
    things = Things()
    recognised = article is not None
    parts = {
        "front": front(article, subject.text, things) if article else None,
        "outline": outline(article, things) if article else None,
        "references": references(article, things) if article else None,
    }
    own = frozenset({report.source.name} if recognised else {report.source.name, subject.jats_name})
    xml = (subject.jats.decode("utf-8", "replace") if recognised else subject.text).split("\n")
    found = findings(report, own, xml, subject.jats_name, things.languages)
    places = [(f.id, f.told.severity, f.told.lines) for f in (*found.heard, *found.silenced) if f.here]
    source = source_view(subject.text, report, things, places)
    style, script = asset(BASE, ("jatspack.review", "report.css")), asset(("jatspack.review", "report.js"))
    html = _template().render(
        **parts,
        report=report,
        recognised=recognised,
        findings=found,
        source=source,
        promises=promises(report, things.all),
        least_sure=least_sure(things.all),
        accounts=accounts(report),
        corrections=report.corrections,
        at_places=_places(source.shown),
        few=FEW,
        style=style,
        script=script,
        policy=policy(style, script),
    )
    return encoded(html)


def _places(shown: frozenset[int]) -> Callable[[Sequence[Lines]], list[tuple[int, int, bool]]]:
    """A function that gives (first, last, whether the page shows it) of the stretches of some lines."""

    def places(lines: Sequence[Lines]) -> list[tuple[int, int, bool]]:
        return [(first, last, first in shown) for first, last in joined(lines)[:FEW]]

    return places


@cache
def _template() -> Template:
    filters = {"kind": words.kind, "href": lambda name: quote(f"./{name}")}
    return environment("jatspack.review", **filters).get_template("report.html")


def load() -> None:
    """Jinja and the templates: a tenth of a second, once per process."""
    _template()
