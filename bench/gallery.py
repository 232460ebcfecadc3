"""Every sample in every theme as pictures: pages as PNG, the page for screens as Chromium shows it, and an index.

    python bench/gallery.py [SAMPLE ...] [--theme NAME ...] [--to out/gallery] [--no-screens]
    python bench/gallery.py --accept        the small pictures that the tests compare with become those of today

Screens need chromium or google-chrome; without one they are left out, and it is said.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

import jatspack
from jatspack.config import discover
from jatspack.render import PdfSettings, pdf
from jatspack.render.theme import open_theme, shipped
from pages import pictures, store

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
STORED = ROOT / "tests" / "samples" / "pictures"
SCALE = 1.1  # pixels for each point
SCREENS = {"wide": (1280, 1600), "narrow": (420, 1400)}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# The pages whose pictures are stored, from 1: what each shows is seen nowhere else.
KEPT = {
    ("en-tables-figures", "journal"): (1, 2),
    ("en-tables-figures", "two-column"): (1,),
    ("en-tables-figures", "manuscript"): (1,),
    ("kk-ru-en-history", "journal"): (1, 2),
    ("kk-ru-en-history", "two-column"): (1, 2),
    ("zh-en-ocr", "journal"): (1,),
    ("en-wide-tables", "journal"): (1, 2),
    ("en-wide-tables", "two-column"): (1, 3),
    ("en-long-report", "two-column"): (4, 6),
    ("es-en-education", "journal"): (1,),
}


def names() -> list[str]:
    """All samples."""
    return sorted(path.parent.name for path in SAMPLES.glob("*/article.md"))


@cache
def page(sample: str) -> str:
    """The HTML of a sample."""
    made = jatspack.convert(SAMPLES / sample / "article.md", only=["html"]).html
    if made is None:
        raise SystemExit(f"{sample}: its XML is not valid, there is nothing to show")
    return made.decode()


def printed(sample: str, theme: str) -> bytes:
    """The PDF of a sample in one of the program's themes, with what its journal.toml chose besides."""
    config = discover(SAMPLES / sample / "article.md")
    look = open_theme(config.journal.theme.model_copy(update={"name": theme}), config.folder)
    return pdf(page(sample), settings=PdfSettings(look, config.journal.output.paper_size))


def stored(sample: str, theme: str, number: int) -> Path:
    """Where the picture of a page is kept."""
    return STORED / f"{sample}.{theme}.{number}.png"


def accept() -> None:
    """Write the pictures that the tests compare with."""
    shutil.rmtree(STORED, ignore_errors=True)
    for (sample, theme), numbers in KEPT.items():
        images = pictures(printed(sample, theme))
        for number in numbers:
            store(images[number - 1], stored(sample, theme, number))
            print(stored(sample, theme, number).relative_to(ROOT))


def screens(sample: str, folder: Path) -> Iterator[str]:
    """Screenshots of the HTML, where a browser is at hand."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return
    file = folder / f"{sample}.html"
    file.write_text(page(sample), "utf-8")
    for kind, (width, height) in SCREENS.items():
        target = folder / f"{sample}.{kind}.png"
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={width},{height}",
        ]
        subprocess.run([browser, *options, f"--screenshot={target}", file.as_uri()], check=True, capture_output=True)
        yield target.name


def main() -> None:
    """Write pictures and index, or accept what there is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", nargs="*", metavar="SAMPLE")
    parser.add_argument("--theme", action="append", choices=[*shipped()], dest="themes")
    parser.add_argument("--to", type=Path, default=ROOT / "out" / "gallery")
    parser.add_argument("--no-screens", action="store_true")
    parser.add_argument("--accept", action="store_true")
    asked = parser.parse_args()
    if asked.accept:
        accept()
        return
    asked.to.mkdir(parents=True, exist_ok=True)
    rows = []
    for sample in asked.samples or names():
        shown = [] if asked.no_screens else [*screens(sample, asked.to)]
        rows.append((sample, "screen", shown))
        for theme in asked.themes or shipped():
            made = printed(sample, theme)
            (asked.to / f"{sample}.{theme}.pdf").write_bytes(made)
            files = []
            for number, image in enumerate(pictures(made, SCALE, grey=False), 1):
                files.append(f"{sample}.{theme}.{number}.png")
                image.save(asked.to / files[-1])
            rows.append((sample, theme, files))
            print(f"{sample} {theme}: {len(files)} pages", file=sys.stderr)
    (asked.to / "index.html").write_text(index(rows), "utf-8")
    print(asked.to / "index.html")


def index(rows: list[tuple[str, str, list[str]]]) -> str:
    """All pictures on one page."""
    parts = []
    for sample, theme, files in rows:
        images = "".join(f'<a href="{f}"><img src="{f}" alt="{escape(f)}" loading="lazy"></a>' for f in files)
        parts.append(f"<h2>{escape(sample)} · {escape(theme)}</h2><p>{images or 'no browser found'}</p>")
    style = "body{font:15px sans-serif;background:#777;color:#fff}img{width:300px;margin:6px;vertical-align:top}"
    return f'<!DOCTYPE html><meta charset="utf-8"><title>Gallery</title><style>{style}</style>{"".join(parts)}\n'


if __name__ == "__main__":
    main()
