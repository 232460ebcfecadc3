"""Write docs/findings.md, the page of all findings, from jatspack.findings.

python bench/findings.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from jatspack.findings import KINDS, STAGES, Exit, Kind, Severity

PAGE = Path(__file__).resolve().parents[1] / "docs" / "findings.md"
HEAD = f"""# Findings

<!-- Written by bench/findings.py from src/jatspack/findings.py: change it there. -->

All that jatspack can report, by the stage that reports it: the code, how bad it is, what is told (words in italics are
filled in), what it means, and what to do.

| severity | means |
|---|---|
| error | the output must not be used as it is; the exit status is {Exit.FINDINGS:d} |
| warning | a person should look |
| info | for the record |

A finding names its lines of the source, or of the file that it is about. Where it has a correction to offer, that is
TOML that can be put at the end of article.toml as it is. `[[silence]]` in article.toml takes a warning or info away,
with a reason; errors cannot be silenced.
"""


def page() -> str:
    """The page as Markdown: a list of codes for each stage, then a paragraph for each code."""
    return "\n".join([HEAD, *_contents(), *_stages()]) + "\n"


def _contents() -> Iterator[str]:
    yield "| stage | findings |"
    yield "|---|---|"
    for stage, kinds in STAGES.items():
        yield f"| [{stage}](#{_anchor(stage)}) | {', '.join(f'[{code}](#{code})' for code in kinds)} |"


def _stages() -> Iterator[str]:
    for stage, kinds in STAGES.items():
        yield f"\n## {stage}"
        for code, kind in kinds.items():
            yield f"\n### {code}\n"
            yield from _told(kind)


def _told(kind: Kind) -> Iterator[str]:
    yield f"**{kind.severity}**: {_filled(kind.message)}\n"
    yield f"{kind.meaning}\n"
    yield f"*What to do:* {_filled(kind.remedy)}."


def _filled(text: str) -> str:
    """The text with its fields in italics; what Markdown would read as markup is kept from it."""
    literal = re.sub(r"([\\*_\[\]<>|])", r"\\\1", text)
    return re.sub(r"\{([^{}]+)\}", lambda match: f"*{match[1].replace(chr(92), '').replace('_', ' ')}*", literal)


def _anchor(heading: str) -> str:
    return heading.casefold().replace(" ", "-")


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), "utf-8")
    counts = [f"{sum(k.severity is s for k in KINDS.values())} {s}" for s in Severity]
    print(f"{PAGE}: {len(KINDS)} findings ({', '.join(counts)})")
