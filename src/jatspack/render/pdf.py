"""The page's HTML as PDF. WeasyPrint is called here and nowhere else.

Fonts, style sheets and WeasyPrint's font configuration are loaded once per process, theme and set of font families.
The PDF keeps PDF/UA-1 and PDF/A-3a (conformance.py), and the same input gives the same bytes.
"""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha256
from tempfile import NamedTemporaryFile
from typing import Any, Literal
from xml.etree import ElementTree as ET

from jatspack.findings import Finding, MissingDependency, finding
from jatspack.read.document import Media
from jatspack.render.conformance import OPTIONS, Source, conform
from jatspack.render.fontrules import configuration, font_faces
from jatspack.render.fonts import Family, font_findings, needed
from jatspack.render.linenumbers import number_lines
from jatspack.render.mends import mend
from jatspack.render.paged import prepare
from jatspack.render.theme import Theme, own_theme

_LOCK = threading.Lock()
_BASE = "http://article.invalid/"  # what relative addresses start from; it is never asked (RFC 2606)
_THEME = "http://theme.invalid/"  # the same for the theme's CSS
_ENGINES = 12  # that a process keeps; one holds some MB


@dataclass(frozen=True, slots=True)
class PdfSettings:
    """How the PDF is made. `theme` is one of the program's own by name, or one that `jatspack.render.theme` opened;
    `created` is the date in the file (none without it, unless SOURCE_DATE_EPOCH gives one)."""

    theme: str | Theme = "journal"
    paper_size: Literal["A4", "letter"] = "A4"
    created: datetime | None = None
    tagged: bool = True


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and what was found wrong while making it."""

    pdf: bytes
    findings: tuple[Finding, ...] = ()


def pdf(
    html_text: str,
    media: Mapping[str, Media] | None = None,
    *,
    settings: PdfSettings | None = None,
    source: Source | None = None,
) -> bytes:
    """The PDF of a page that `jatspack.render.html` made.

    `media` are images that the page names instead of holding them, by their address in it; `source` is the JATS of the
    page, from which the metadata is taken and which is put into the PDF where its date is known. MissingDependency
    where WeasyPrint or a library that it needs is not there.
    """
    return print_page(html_text, media, settings=settings, source=source).pdf


def print_page(
    html_text: str,
    media: Mapping[str, Media] | None = None,
    *,
    settings: PdfSettings | None = None,
    source: Source | None = None,
) -> Printed:
    """As `pdf`, with findings: characters without a glyph, formulas that could not be drawn, standards not kept."""
    settings = settings or PdfSettings()
    document, engine, findings = _opened(html_text, media or {}, settings)
    reasons: list[str] = []

    def finish(rendered: Any, pdf_file: Any) -> None:
        faults = ["characters without a glyph"] if any(f.code == "glyphs-missing" for f in findings) else []
        faults += ["images without a description"] if rendered.undescribed_figures else []
        reasons.extend(conform(rendered, pdf_file, source, _date(settings), faults))

    options = OPTIONS if settings.tagged else {}
    rendered = _rendered(document, engine, settings, options)
    data = rendered.write_pdf(
        pdf_identifier=sha256(f"{settings}\n{html_text}".encode()).digest()[:16],
        finisher=finish if settings.tagged else None,
        **options,
    )
    if reasons:
        findings.append(finding("pdf-below-standard", reason=", ".join(reasons)))
    return Printed(data, tuple(findings))


def load() -> None:
    """Load WeasyPrint, fonts and the style sheet of the usual page before the first one is printed."""
    settings = PdfSettings()
    _engine(needed(""), _theme(settings), settings.paper_size)


def laid_out(html_text: str, settings: PdfSettings | None = None) -> list[Any]:
    """The pages as WeasyPrint's boxes, to look at: tests read from them what stands where."""
    settings = settings or PdfSettings()
    document, engine, _ = _opened(html_text, {}, settings)
    return [page._page_box for page in _rendered(document, engine, settings, {}).pages]


def _rendered(document: Any, engine: _Engine, settings: PdfSettings, options: Mapping[str, Any]) -> Any:
    rendered = document.render(font_config=engine.font_config, stylesheets=[*engine.sheets], **options)
    if _theme(settings).layout.line_numbers:
        number_lines([page._page_box for page in rendered.pages])
    return rendered


def _opened(html_text: str, media: Mapping[str, Media], settings: PdfSettings) -> tuple[Any, _Engine, list[Finding]]:
    weasyprint = _weasyprint()
    theme = _theme(settings)
    engine = _engine(needed(html_text), theme, settings.paper_size)
    document = weasyprint.HTML(string=html_text, base_url=_BASE, url_fetcher=_fetcher(media, theme))
    findings = [*font_findings(html_text), *prepare(document.etree_element, theme)]
    _set_date(document.etree_element, settings)
    return document, engine, findings


@dataclass(frozen=True, slots=True)
class _Engine:
    font_config: Any
    sheets: tuple[Any, ...]


@lru_cache(maxsize=_ENGINES)
def _engine(fonts: tuple[Family, ...], theme: Theme, paper_size: str) -> _Engine:
    """Font configuration and style sheets that share it: @font-face works in no other way."""
    weasyprint = _weasyprint()
    with _no_machine_fonts():
        from weasyprint.text.fonts import FontConfiguration

        font_config = FontConfiguration()
        faces = {face.address: face.read for family in fonts for face in family.faces}
        own = {f"{_THEME}{n}.font": face.data for n, face in enumerate(theme.faces)}
        rules = [
            f'@font-face {{ font-family: "{face.family}"; src: url("{_THEME}{n}.font"); font-weight: {face.weight};'
            f" font-style: {face.style} }}"
            for n, face in enumerate(theme.faces)
        ]
        size = f"@page {{ size: {paper_size} }} @page sideways {{ size: {paper_size} landscape }}"
        text = "\n".join([font_faces(fonts), *rules, theme.css, size])
        fetcher = _closed(faces | {address: (lambda data=data: data) for address, data in own.items()})
        sheet = weasyprint.CSS(string=text, font_config=font_config, url_fetcher=fetcher, base_url=_THEME)
    return _Engine(font_config, (sheet,))


def _theme(settings: PdfSettings) -> Theme:
    return own_theme(settings.theme) if isinstance(settings.theme, str) else settings.theme


@cache
def _weasyprint() -> Any:
    with _no_machine_fonts(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "No fonts configured": it gets ours in a moment
        try:
            import weasyprint
        except (ImportError, OSError) as error:
            raise MissingDependency(
                f"WeasyPrint cannot be used: {error}. It needs Pango: apt-get install "
                "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
            ) from error
    mend()
    return weasyprint


@contextmanager
def _no_machine_fonts() -> Iterator[None]:
    """Fontconfig reads this variable whenever a configuration is made; ours knows no font of the machine."""
    with _LOCK, NamedTemporaryFile("w", encoding="utf-8", suffix=".conf") as file:
        file.write(configuration())
        file.flush()
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = file.name
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def _closed(known: Mapping[str, Any]) -> Any:
    """A fetcher that knows the given addresses and embedded data; everything else is refused."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Closed(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if read := known.get(url):
                return URLFetcherResponse(url, read())
            raise ValueError(f"refused: {url}")

    return Closed()


def _fetcher(media: Mapping[str, Media], theme: Theme) -> Any:
    known = {f"{_BASE}{address}": item.data for address, item in media.items()}
    known |= {_THEME + name: data for name, data in theme.images}
    return _closed({address: (lambda data=data: data) for address, data in known.items()})


def _date(settings: PdfSettings) -> datetime | None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if settings.created is None and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return settings.created


def _set_date(root: ET.Element, settings: PdfSettings) -> None:
    created = _date(settings)
    head = root.find("head")
    if created is not None and head is not None:
        stamp = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for name in ("dcterms.created", "dcterms.modified"):
            ET.SubElement(head, "meta", {"name": name, "content": stamp})
