"""Does the time grow no faster than the text? One odd thing, very often, in every place of an article.

A regular expression that goes back and forth, or a loop in a loop, shows when the text is four times as long: it takes
sixteen times as long, or never ends.
"""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import strategies as st

from fuzz.bounds import TooSlow
from fuzz.cases import ODD, Case
from jatspack.findings import Stop

SIZES = (5_000, 20_000)  # characters
FASTER = 10.0  # times as long, for four times as much
WORTH = 1.5  # seconds; what takes less is nobody's trouble
PLACES = {
    "title": "# Bees {}\n\nAnn Berg\n\n**Abstract.** Words.\n\n## Introduction\n\nText.\n",
    "names": "# Bees of the north\n\nAnn Berg, {}\n\nOak College\n\n**Abstract.** Words.\n\nText.\n",
    "address": "# Bees of the north\n\nAnn Berg^1^\n\n^1^ Oak College, {}\n\n**Abstract.** Words.\n\nText.\n",
    "abstract": "# Bees of the north\n\nAnn Berg\n\n**Abstract.** Words {}\n\n## Introduction\n\nText.\n",
    "keywords": "# Bees of the north\n\nAnn Berg\n\n**Abstract.** Words.\n\n**Keywords:** b, {}\n\nText.\n",
    "heading": "# Bees of the north\n\n## Introduction {}\n\nText.\n",
    "text": "# Bees\n\nText (Berg, 2001) and [1] {} more.\n\n## References\n\n1. Berg, A. Bees. 2001.\n",
    "formula": "# Bees of the north\n\n## Introduction\n\nText ${}x$ more.\n",
    "table": "# Bees of the north\n\n## Introduction\n\nTable 1. Bees\n\n| a | b |\n|---|---|\n| {} | c |\n",
    "caption": "# Bees of the north\n\n## Introduction\n\n![]({}a.png)\n\nFigure 1. {} bees\n",
    "note": "# Bees of the north\n\n## Introduction\n\nText[^1].\n\n[^1]: {} bees\n",
    "reference": "# Bees\n\nText [1].\n\n## References\n\n1. Berg, A. {} // Bees. – 2001. – No. 3. – P. 5–9.\n",
    "references": "# Bees\n\n## Introduction\n\nText [1].\n\n## References\n\n{}\n",
    "head": "---\ntitle: Bees\nauthor: {}\n---\n\nText of some words.\n",
    "alone": "{}",
}  # fmt: skip
WORDS = ["a ", "A. ", "Berg, A. ", "bees ", "Berg ", "1 ", "1", "(2001) ", "word, ", "x", "пчела ", "蜂"]


@st.composite
def growing(draw: st.DrawFn) -> Case:
    """A place of an article, and what is repeated there."""
    pump = "".join(draw(st.lists(st.sampled_from(ODD["article"] + WORDS), min_size=1, max_size=3)))
    return Case({"article.md": b""}, "article.md", {"place": draw(st.sampled_from([*PLACES])), "pump": pump})


def growth(case: Case, folder: Path) -> str:
    """Convert the shorter text and the longer one."""
    import jatspack

    place, pump = str(case.options["place"]), str(case.options["pump"])
    took = []
    for size in SIZES:
        path = folder / "article.md"
        path.write_text(PLACES[place].replace("{}", pump * (size // len(pump))), "utf-8", "replace")
        before = time.process_time()
        try:
            jatspack.convert(path, only=["jats"])
        except Stop:
            return "refused"
        took.append(time.process_time() - before)
    if took[1] > WORTH and took[1] > FASTER * took[0]:
        raise TooSlow(f"{pump!r} in {place}: {took[0]:.2f} s, and {took[1]:.2f} s for four times as much")
    return f"in {place}"
