"""JATS to HTML (XSLT) and HTML to PDF (WeasyPrint). Works from the JATS tree alone, whoever made it."""

from jatspack.render.conformance import Source
from jatspack.render.fonts import missing_glyphs
from jatspack.render.html import HtmlSettings, Rendered, html, render
from jatspack.render.pdf import PdfSettings, pdf

__all__ = ["HtmlSettings", "PdfSettings", "Rendered", "Source", "html", "missing_glyphs", "pdf", "render"]
