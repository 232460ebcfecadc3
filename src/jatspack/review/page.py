"""The report page: one HTML file, nothing loaded from elsewhere; all that comes from the article is escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

from jatspack.article import Article
from jatspack.read.document import Lines
from jatspack.report import Report
from jatspack.review import prepared, words
from jatspack.review.body import outline
from jatspack.review.findings import findings
from jatspack.review.front import front
from jatspack.review.promises import accounts, least_sure, promises
from jatspack.review.references import references
from jatspack.review.source import source_view
from jatspack.review.things import FEW, Things, joined

if TYPE_CHECKING:
    from jinja2 import Template

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What HTML does not allow in text: controls become their pictures (U+2400 …), the rest U+FFFD.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


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
        style=_asset("report.css"),
        script=_asset("report.js"),
        policy=_policy(),
    )
    return _FORBIDDEN.sub(_visible, html).encode("utf-8")


def _visible(match: re.Match[str]) -> str:
    return chr(0x2400 + ord(match[0])) if match[0] < " " else "\ufffd"


def _places(shown: frozenset[int]) -> Callable[[Sequence[Lines]], list[tuple[int, int, bool]]]:
    """A function that gives (first, last, whether the page shows it) of the stretches of some lines."""

    def places(lines: Sequence[Lines]) -> list[tuple[int, int, bool]]:
        return [(first, last, first in shown) for first, last in joined(lines)[:FEW]]

    return places


def _policy() -> str:
    """Content-Security-Policy: the page's own style and script, nothing else."""
    hashes = {name: b64encode(sha256(_asset(name).encode()).digest()).decode() for name in ("report.css", "report.js")}
    return (
        f"default-src 'none'; style-src 'sha256-{hashes['report.css']}'; script-src 'sha256-{hashes['report.js']}'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _asset(name: str) -> str:
    """A file of templates/ without its comments."""
    text = (files("jatspack.review") / "templates" / name).read_text("utf-8")
    return "\n".join(line for line in _COMMENT.sub("", text).splitlines() if line.strip()) + "\n"


@cache
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files("jatspack.review") / "templates"
    environment = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "language": words.language,
        "dir": words.direction,
        "kind": words.kind,
        "href": lambda name: quote(f"./{name}"),
    }
    for part in folder.iterdir():
        if part.name.endswith(".html"):
            environment.get_template(part.name)
    return environment.get_template("report.html")


def load() -> None:
    """Jinja and the templates: a tenth of a second, once per process."""
    _template()
