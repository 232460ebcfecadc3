"""Articles as the page lists them, and the same as the compact JSON that its script reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from jatspack.archive import portable
from jatspack.batch.ledger import Entry
from jatspack.batch.task import MADE, State
from jatspack.findings import Severity
from jatspack.review.things import DOUBTFUL

TITLE, MESSAGE = 200, 500  # characters shown; the report, and the listing, have all
ORDER = (
    State.FAILED, State.SET_ASIDE, State.ERRORS, State.RUNNING, State.WAITING, State.DONE, State.GONE,
)  # fmt: skip  # what should be looked at first
# What an article can lead to beside its report: what it is called, how its name ends.
ENDINGS = (
    ("XML", ".xml"), ("HTML", ".html"), ("PDF", ".pdf"), ("bag", ".bag"), ("bag", ".bag.zip"), ("bag", ".bag.tar"),
    ("bag", ".bag.tar.gz"), ("JSON", ".report.json"),
)  # fmt: skip
REPORT = ".report.html"
DOUBTS = round(DOUBTFUL * 10)  # tenths of confidence that are doubtful: those below this one


@dataclass(frozen=True, slots=True)
class Row:
    """An article. `doubtful` of its `fields` are; `stem` begins the names of its outputs, `made` are their endings."""

    name: str
    title: str
    folder: str
    stem: str
    state: State
    journal: str
    language: str
    valid: bool
    errors: int
    warnings: int
    infos: int
    doubtful: int
    fields: int
    missing: int
    seconds: float
    bytes: int
    message: str
    made: tuple[str, ...]
    found: tuple[tuple[str, int], ...]  # (code, how often), the worst first

    @property
    def current(self) -> bool:
        """Whether its counts are known: it was made as it is now."""
        return self.state in MADE

    @property
    def need(self) -> tuple[object, ...]:
        """Sorts what should be looked at first to the front."""
        counts = (-self.errors, -self.missing, -self.warnings, -self.doubtful)
        return (ORDER.index(self.state), self.valid, *counts, self.name)

    @property
    def report(self) -> str:
        """The address of its report, from the page; "" where there is none."""
        if not self.made:
            return ""
        return self._address(REPORT if REPORT in self.made else ".report.json")

    @property
    def links(self) -> list[tuple[str, str]]:
        """(what it is called, address) of its outputs."""
        return [(label, self._address(ending)) for label, ending in ENDINGS if ending in self.made]

    def _address(self, ending: str) -> str:
        return quote(f"./{self.folder}/{self.stem}{ending}")


def row(entry: Entry, journal: str) -> Row:
    """An article of the ledger. What is known of an earlier run of one that waits again is not told."""
    told, current = entry.summary, entry.state in MADE
    found = dict(told.findings) if current else {}
    severity = told.severities if current else Counter[str]()
    worst = sorted(found.items(), key=lambda item: (list(Severity).index(Severity(item[0][1])), -item[1], item[0][0]))
    stem = portable(entry.source.stem)
    endings = {name.removeprefix(stem) for name in told.outputs} | {".report.json"} if told.outputs else set()
    return Row(
        name=entry.name,
        title=_cut(told.title, TITLE),
        folder=entry.folder,
        stem=stem,
        state=entry.state,
        journal=journal,
        language=told.language,
        valid=told.valid and current,
        errors=severity["error"],
        warnings=severity["warning"],
        infos=severity["info"],
        doubtful=sum(told.confidence[:DOUBTS]) if current else 0,
        fields=sum(told.confidence) if current else 0,
        missing=told.missing if current else 0,
        seconds=round(entry.seconds, 2),
        bytes=entry.bytes,
        message=_cut(entry.message, MESSAGE),
        made=tuple(ending for ending in (REPORT, *(e for _, e in ENDINGS)) if ending in endings),
        found=tuple((code, count) for (code, _), count in worst),
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def compact(rows: Sequence[Row], codes: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The rows column by column, in order of their names; what repeats stands in lists of its own and is numbered.

    `codes` are (code, severity). `folder` is 0 where it is the name without its ending, `stem` 0 where it is the
    folder's last part; `made` are bits, the report's page the first, then as ENDINGS has them.
    """
    rows = sorted(rows, key=lambda r: r.name)
    codes = list(codes)
    lists = {key: sorted({getattr(r, key) for r in rows}) for key in ("journal", "language")}
    place = {key: {value: n for n, value in enumerate(values)} for key, values in lists.items()}
    code = {name: n for n, (name, _) in enumerate(codes)}
    bits = {ending: 1 << n for n, ending in enumerate((REPORT, *(ending for _, ending in ENDINGS)))}
    plain = ("name", "title", "errors", "warnings", "infos", "doubtful", "fields", "missing", "seconds", "bytes")
    return {
        "states": [[state, int(state in MADE)] for state in ORDER],  # (state, whether counts are known)
        "journals": lists["journal"],
        "languages": lists["language"],
        "codes": codes,
        "endings": [["", REPORT], *map(list, ENDINGS)],
        **{key: [getattr(r, key) for r in rows] for key in (*plain, "message")},
        "state": [ORDER.index(r.state) for r in rows],
        "valid": [int(r.valid) for r in rows],
        "journal": [place["journal"][r.journal] for r in rows],
        "language": [place["language"][r.language] for r in rows],
        "folder": [0 if r.folder == _without_ending(r.name) else r.folder for r in rows],
        "stem": [0 if r.stem == PurePosixPath(r.folder).name else r.stem for r in rows],
        "made": [sum(bits[ending] for ending in r.made) for r in rows],
        "found": [[n for name, count in r.found for n in (code[name], count)] for r in rows],
    }


def _without_ending(name: str) -> str:
    """As the script does it: up to the last full stop of the last part."""
    head, dot, ending = name.rpartition(".")
    return head if dot and "/" not in ending else name
