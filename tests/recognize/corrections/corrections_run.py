"""One small article, and what a run of the whole pipeline over it made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from jatspack.findings import Finding
from jatspack.run import Package

TEXT = """# The Flight of Bees over Cold Water

Anna Berg^1^, Jon Falk^2^

^1^ Institute of Insects, University of Elm, Elmtown, Norway

^2^ Department of Lakes, Oak College, Oakville, Canada

anna.berg@elm.example

**Abstract.** Bees avoid cold water. We watched forty hives beside three lakes during two long summers.

**Keywords:** bees; cold water; flight

**Резюме.** Пчёлы избегают холодной воды. Мы наблюдали сорок ульев у трёх озёр в течение двух лет подряд.

# Introduction

Bees fly far from home [1]. Their paths were drawn long ago by patient people [2]. Lakes are cold in spring.

## Methods

We sampled forty hives every morning. Each hive was wei- ghed before noon [3], and again at night.

**Table 1.** Hives and lakes

| Lake | Hives |
|------|-------|
| North | 12 |
| South | 28 |

# Results

Bees turned back at the shore, as Table 1 shows. They did not like the wind either.

# Funding

This work was funded by the Lake Fund.

# References

1. Berg A. Bees at home // Journal of Hives. 2001. V. 3. No. 2. P. 11-19.
2. Falk J. Paths in the air // Annals of Flight. 2004. V. 8. No. 1. P. 5-9.
3. Holm K. Scales for hives. Oslo: Birch Press, 1999. 200 p.
"""


@dataclass(frozen=True)
class Run:
    """What a run made."""

    package: Package
    root: etree._Element

    def texts(self, path: str) -> list[str]:
        return [" ".join("".join(e.itertext()).split()) for e in self.root.iterfind(path)]

    def text(self, path: str) -> str:
        (found,) = self.texts(path)
        return found

    def told(self, code: str) -> list[Finding]:
        return [f for f in self.package.findings if f.code == code]

    def conserved(self) -> bool:
        """Exact: no word lost, added or moved, and the sums are right."""
        words = self.package.report.words
        assert words is not None
        codes = {f.code for f in self.package.findings}
        exact = words.total == words.kept + words.accounted + len(words.missing)
        return exact and not codes & {"words-lost", "words-added", "words-moved"}


Corrected = Callable[..., Run]
