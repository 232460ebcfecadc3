"""Pages of a PDF as pictures, and how far two of them differ. Used by bench/gallery.py and by the tests.

Pictures are compared after they are blurred: another version of a library that moves a letter by a hair changes
nothing, a line that is gone, a column that is wider or a rule that is missing does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

SMALL = 0.4  # pixels for each point of the stored pictures: an A4 page is 238 by 337
BLUR = 2.0  # pixels
CELL = 12  # pixels: the page is compared in squares of this side
GREY = 14  # of 255: a square that differs by more is another one
SHARE = 0.02  # of the squares may be others


@dataclass(frozen=True)
class Difference:
    """Share of the squares that are not the same, and the picture that shows them."""

    share: float
    shown: Image.Image

    @property
    def same(self) -> bool:
        return self.share <= SHARE


def pictures(pdf: bytes, scale: float = SMALL, grey: bool = True) -> list[Image.Image]:
    """The pages as images; `scale` is in pixels for each point."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        images = [page.render(scale=scale).to_pil() for page in document]
    finally:
        document.close()
    return [image.convert("L") if grey else image for image in images]


def compare(old: Image.Image, new: Image.Image) -> Difference:
    """How far two pictures differ; pages of different size or direction differ wholly."""
    if old.size != new.size:
        return Difference(1.0, new.point(lambda value: 255 - value))
    blurred = [image.convert("L").filter(ImageFilter.GaussianBlur(BLUR)) for image in (old, new)]
    apart = ImageChops.difference(*blurred)
    marked, others, count = new.convert("RGB"), 0, 0
    draw = ImageDraw.Draw(marked)
    for top in range(0, apart.height, CELL):
        for left in range(0, apart.width, CELL):
            box = (left, top, min(left + CELL, apart.width), min(top + CELL, apart.height))
            count += 1
            if ImageStat.Stat(apart.crop(box)).mean[0] > GREY:
                others += 1
                draw.rectangle(box, outline="#d00000", width=1)
    return Difference(others / count, marked)


def side_by_side(old: Image.Image, new: Image.Image, difference: Image.Image, target: Path) -> None:
    """Old, new and difference in one picture."""
    parts = [image.convert("RGB") for image in (old, new, difference)]
    sheet = Image.new("RGB", (sum(p.width + 8 for p in parts), max(p.height for p in parts) + 8), "#888888")
    at = 4
    for part in parts:
        sheet.paste(part, (at, 4))
        at += part.width + 8
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(target)


def store(image: Image.Image, target: Path) -> None:
    """A small greyscale PNG of sixteen greys."""
    target.parent.mkdir(parents=True, exist_ok=True)
    image.convert("L").quantize(16).save(target, optimize=True, bits=4)
