"""The articles of a ledger as a table: what `jatspack status` prints, and the list beside index.html."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from jatspack.batch.ledger import Entry

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run as one


def facts(entry: Entry) -> dict[str, Any]:
    """An article as machines read it; times are seconds since 1970."""
    told, severities = entry.summary, entry.summary.severities
    return {
        "source": entry.name,
        "folder": entry.folder,
        "state": entry.state,
        "exit": entry.exit,
        "message": entry.message,
        "seconds": round(entry.seconds, 3),
        "attempts": entry.attempts,
        "bytes": entry.bytes,
        "sha256": entry.sha256,
        "title": told.title,
        "language": told.language,
        "journal": told.journal,
        "valid": told.valid,
        "errors": severities["error"],
        "warnings": severities["warning"],
        "infos": severities["info"],
        "words": told.words,
        "words_unaccounted": told.missing,
        "outputs": sorted(told.outputs),
        "findings": {code: n for (code, _), n in sorted(told.findings.items())},
        "started": entry.started,
        "ended": entry.ended,
    }


def as_csv(entries: Iterable[Entry]) -> str:
    """The same as CSV, a line for each; text that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for entry in entries:
        row = facts(entry)
        row["outputs"] = " ".join(row["outputs"])
        row["findings"] = " ".join(f"{code}:{n}" for code, n in row["findings"].items())
        if writer is None:
            writer = csv.DictWriter(out, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({key: _text(value) if isinstance(value, str) else value for key, value in row.items()})
    return out.getvalue() or "source\n"


def listing(entries: Iterable[Entry]) -> bytes:
    """The same as a file that spreadsheets open as UTF-8."""
    return as_csv(entries).encode("utf-8-sig", "replace")


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
