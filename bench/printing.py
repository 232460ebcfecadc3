"""CPU seconds of the PDF beside bare WeasyPrint on the same HTML, CSS and fonts in the same run.

    python bench/printing.py [ARTICLE ...] [--theme NAME] [--runs N] [--most RATIO]

An article is the name of a sample or a Markdown file; without any: every sample. Bare WeasyPrint runs in a process of
its own, without our mends. It gets the page as we hand it over (notes moved, formulas drawn), the theme's style sheet
with the same font files, and the JATS to embed, and writes PDF/A-3a: of its variants the nearest to ours, which is
PDF/UA-1 as well. Both keep style sheet and fonts from page to page, and take turns; what is told is the least of N
runs, because a busy machine only ever adds to it. "made anew" is bare WeasyPrint that loads style sheet and fonts for
each page, as its manual shows. Exit status 1 where ours / bare is more than RATIO.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from time import process_time
from xml.etree import ElementTree as ET

import jatspack
from gallery import SAMPLES, names
from jatspack.render import PdfSettings, pdf
from jatspack.render.conformance import Source
from jatspack.render.theme import shipped

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
BARE = """
import os, sys
page, css, jats, os.environ["FONTCONFIG_FILE"] = sys.argv[1:]
import warnings; warnings.simplefilter("ignore")
from time import process_time
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration

def loaded():
    fonts = FontConfiguration()
    return fonts, CSS(filename=css, font_config=fonts)

kept = loaded()
for order in sys.stdin:
    begin = process_time()
    fonts, sheet = kept if order.strip() == "kept" else loaded()
    HTML(filename=page).write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/a-3a",
        attachments=[Attachment(filename=jats, name="article.xml", relationship="Source")],
    )
    print(process_time() - begin, flush=True)
"""


@dataclass(frozen=True, slots=True)
class Page:
    """An article's HTML and the JATS that it was made from."""

    html: str
    source: Source


@cache
def opened(article: str) -> Page:
    """The page of a sample or of a Markdown file."""
    path = Path(article) if article.endswith(".md") else SAMPLES / article / "article.md"
    made = jatspack.convert(path, only=["html", "jats"])
    if made.html is None:
        raise SystemExit(f"{article}: its XML is not valid, there is nothing to print")
    return Page(made.html.decode(), Source(f"{path.stem}.xml", made.jats))


def hand_over(page: Page, settings: PdfSettings, folder: Path) -> list[str]:
    """Write the page, the style sheet, the JATS and the font files that WeasyPrint gets; returns the bare command."""
    module = import_module("jatspack.render.pdf")
    from jatspack.render.fontrules import configuration, font_faces
    from jatspack.render.fonts import needed

    document, _engine, _findings = module._opened(page.html, {}, settings)
    families = needed(page.html)
    css = "\n".join([font_faces(families), module._theme(settings).css, f"@page {{ size: {settings.paper_size} }}"])
    for number, face in enumerate(face for family in families for face in family.faces):
        file = folder / f"{number}.font"
        file.write_bytes(face.read())
        css = css.replace(f'"{face.address}"', f'"{file.as_uri()}"')
    files = {
        "page.html": ET.tostring(document.etree_element, encoding="utf-8", method="html"),
        "page.css": css.encode(),
        "article.xml": page.source.data,
        "fonts.conf": configuration().encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [sys.executable, "-c", BARE, *(str(folder / name) for name in files)]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    begin = process_time()
    work()
    return process_time() - begin


def measure(page: Page, settings: PdfSettings, runs: int) -> tuple[float, float, float]:
    """The least CPU seconds: ours, bare with style sheet and fonts kept, bare with everything made anew."""
    with tempfile.TemporaryDirectory() as room:
        command = hand_over(page, settings, Path(room))
        rows: list[tuple[float, float, float]] = []
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as bare:

            def asked(order: str) -> float:
                assert bare.stdin
                assert bare.stdout
                bare.stdin.write(order + "\n")
                return float(bare.stdout.readline())

            for run in range(runs + 1):
                ours = seconds(lambda: pdf(page.html, settings=settings, source=page.source))
                rows.append((ours, asked("kept"), asked("anew") if run < 2 else rows[-1][2]))
            assert bare.stdin
            bare.stdin.close()
    ours, kept, anew = (min(column) for column in zip(*rows[1:], strict=True))
    return ours, kept, anew


def main() -> int:
    """Print the table; 1 where ours costs too much."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*", metavar="ARTICLE")
    parser.add_argument("--theme", action="append", choices=[*shipped()], dest="themes")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--most", type=float, default=1.15, help="of ours / bare")
    asked = parser.parse_args()
    print(f"{'CPU s, the least of ' + str(asked.runs):34}{'ours':>8}{'bare':>8}{'made anew':>11}{'ours/bare':>11}")
    ratios = []
    for article in asked.articles or names():
        for theme in asked.themes or shipped():
            ours, kept, anew = measure(opened(article), PdfSettings(theme, created=CREATED), asked.runs)
            ratios.append(ours / kept)
            row = f"{Path(article).parent.name or article} {theme}"
            print(f"{row:34}{ours:8.2f}{kept:8.2f}{anew:11.2f}{ratios[-1]:11.2f}", flush=True)
    return int(max(ratios) > asked.most)


if __name__ == "__main__":
    sys.exit(main())
