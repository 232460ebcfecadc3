"""CPU seconds of the PDF beside bare WeasyPrint on the same HTML and CSS in the same run; memory over many documents.

    python bench/printing.py [SAMPLE ...] [--theme NAME] [--runs N] [--documents N]

Bare WeasyPrint runs in a process of its own, without our mends; it gets the page as we hand it over (notes moved,
formulas drawn) and the theme's style sheet with the same font files, and writes PDF/UA as we do. "each" makes style
sheet and font configuration for each document, as its manual shows; "kept" makes them once. The two take turns.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from statistics import median
from time import process_time
from xml.etree import ElementTree as ET

from gallery import names, page
from jatspack.render import PdfSettings, pdf
from jatspack.render.theme import shipped

BARE = """
import os, sys
os.environ["FONTCONFIG_FILE"] = sys.argv[3]
import warnings; warnings.simplefilter("ignore")
from time import process_time
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
kept = None
for order in sys.stdin:
    begin = process_time()
    if kept is None or order.strip() == "each":
        fonts = FontConfiguration()
        made = fonts, CSS(filename=sys.argv[2], font_config=fonts)
        kept = kept or made
    fonts, sheet = made if order.strip() == "each" else kept
    HTML(filename=sys.argv[1]).write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")
    print(process_time() - begin, flush=True)
"""


def hand_over(html: str, settings: PdfSettings, folder: Path) -> list[str]:
    """Write the page, the style sheet and the font files that WeasyPrint gets from us; returns the bare command."""
    module = import_module("jatspack.render.pdf")
    from jatspack.render.fontrules import configuration, font_faces
    from jatspack.render.fonts import needed

    document, _engine, _findings = module._opened(html, {}, settings)
    families = needed(html)
    css = "\n".join([font_faces(families), module._theme(settings).css, f"@page {{ size: {settings.paper_size} }}"])
    for number, face in enumerate(face for family in families for face in family.faces):
        file = folder / f"{number}.font"
        file.write_bytes(face.read())
        css = css.replace(f'"{face.address}"', f'"{file.as_uri()}"')
    (folder / "page.html").write_text(ET.tostring(document.etree_element, encoding="unicode", method="html"), "utf-8")
    (folder / "page.css").write_text(css, "utf-8")
    (folder / "fonts.conf").write_text(configuration(), "utf-8")
    return [sys.executable, "-c", BARE, *(str(folder / name) for name in ("page.html", "page.css", "fonts.conf"))]


def measure(html: str, settings: PdfSettings, runs: int) -> tuple[float, float, float]:
    """Medians of CPU seconds: ours, bare with everything made anew, bare with style sheet and fonts kept."""
    with tempfile.TemporaryDirectory() as room:
        command = hand_over(html, settings, Path(room))
        rows: list[tuple[float, float, float]] = []
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as bare:

            def asked(order: str) -> float:
                assert bare.stdin
                assert bare.stdout
                bare.stdin.write(order + "\n")
                return float(bare.stdout.readline())

            for _run in range(runs + 1):
                begin = process_time()
                pdf(html, settings=settings)
                rows.append((process_time() - begin, asked("each"), asked("kept")))
            assert bare.stdin
            bare.stdin.close()
    ours, each, kept = (median(column) for column in zip(*rows[1:], strict=True))
    return ours, each, kept


def resident() -> float:
    """MiB of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", nargs="*", metavar="SAMPLE")
    parser.add_argument("--theme", action="append", choices=[*shipped()], dest="themes")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--documents", type=int, default=200)
    asked = parser.parse_args()
    print(f"{'':34}{'ours s':>8}{'each s':>8}{'kept s':>8}{'ours/each':>11}{'ours/kept':>11}")
    for sample in asked.samples or names():
        for theme in asked.themes or shipped():
            ours, each, kept = measure(page(sample), PdfSettings(theme=theme), asked.runs)
            print(f"{sample + ' ' + theme:34}{ours:8.2f}{each:8.2f}{kept:8.2f}{ours / each:11.2f}{ours / kept:11.2f}")
    print("\nmemory of one process, MiB, after so many documents")
    samples = asked.samples or names()
    for number in range(1, asked.documents + 1):
        pdf(page(samples[number % len(samples)]))
        if number in (1, 10, 50, 100, 150, asked.documents):
            print(f"{number:6}{resident():8.0f}")


if __name__ == "__main__":
    main()
