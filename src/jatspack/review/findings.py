"""The findings of a report as the page shows them: where they lead, in which language, with what correction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from jatspack.report import Report, Reported
from jatspack.review.things import short

MOST = 1000  # findings shown; the report in JSON has all
QUOTED = 200  # characters of a line of the XML


@dataclass(slots=True)
class Shown:
    """A finding. `quote` is its line where that is none of the source, or long; `lang` is "" where it has none."""

    id: str
    told: Reported
    message: str
    here: bool  # whether its lines are lines of the source
    quote: str
    lang: str

    @property
    def silences(self) -> bool:
        """Whether what it offers changes nothing: the finding is not to be told any more."""
        return self.told.correction.startswith("[[silence]]")


def _around(line: str, column: int) -> str:
    """A line of the XML, from shortly before a column (1-based) where it is long."""
    begin = max(0, column - 1 - QUOTED // 4) if len(line) > QUOTED else 0
    return ("…" if begin else "") + line[begin : begin + QUOTED].strip() + ("…" if begin + QUOTED < len(line) else "")


@dataclass(slots=True)
class Findings:
    """`heard` and `silenced` ones; counts of the heard by severity; codes and languages to filter by."""

    heard: list[Shown]
    silenced: list[Shown]
    counts: list[tuple[str, int]]
    codes: list[tuple[str, int]]
    languages: list[str]
    left_out: int

    @property
    def corrects(self) -> bool:
        """Whether any of the heard ones offers a correction."""
        return any(f.told.correction and not f.silences for f in self.heard)


def findings(report: Report, own: frozenset[str], xml: list[str], xml_name: str, languages: dict[int, str]) -> Findings:
    """`own` are names of the source; `languages` are those of its lines; `xml` are the lines of the JATS `xml_name`."""
    shown = []
    for n, told in enumerate(report.findings[:MOST], 1):
        here, first = told.file in own, told.lines[0][0] if told.lines else 0
        line = xml[first - 1] if told.file == xml_name and 0 < first <= len(xml) else ""
        quote = "" if here and len(line) <= QUOTED else _around(line, told.column)
        lang = languages.get(first, report.language) if here and first else ""
        shown.append(Shown(f"f{n}", told, short(told.message), here, quote, lang))
    heard = [f for f in shown if not f.told.silenced]
    counts = Counter(f.severity for f in report.findings if not f.silenced)
    codes = Counter(f.told.code for f in heard)
    return Findings(
        heard,
        [f for f in shown if f.told.silenced],
        [(s, counts[s]) for s in ("error", "warning", "info")],
        sorted(codes.items()),
        sorted({f.lang for f in heard if f.lang}),
        len(report.findings) - len(shown),
    )
