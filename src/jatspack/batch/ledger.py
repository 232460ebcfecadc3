"""The ledger of a batch: one SQLite file in the output folder that knows every article and what became of it.

One process writes it; others may read meanwhile (WAL). Each change is a transaction of its own, so that a batch that
is killed knows afterwards what was done.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jatspack.batch.inputs import Fingerprint
from jatspack.batch.task import Outcome, Source, State, Summary
from jatspack.findings import UsageError

NAME = "ledger.sqlite"
VERSION = 1  # of the tables, PRAGMA user_version
_WAIT = 30.0  # seconds for a reader's or the writer's lock

_TABLES = """
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    source BLOB NOT NULL UNIQUE,        -- its absolute path, as the system has it
    name TEXT NOT NULL,                 -- as it is shown: below the folder that was given
    folder TEXT NOT NULL UNIQUE,        -- of its outputs, below the ledger's
    sha256 TEXT NOT NULL,               -- of the source
    configuration TEXT NOT NULL,        -- digest of configuration, options and version
    bytes INTEGER NOT NULL,
    made TEXT NOT NULL,                 -- the date that its outputs bear
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    started REAL,                       -- seconds since 1970
    ended REAL,
    exit INTEGER,
    seconds REAL NOT NULL DEFAULT 0,
    message TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    journal TEXT NOT NULL DEFAULT '',
    valid INTEGER NOT NULL DEFAULT 0,
    words INTEGER NOT NULL DEFAULT 0,
    missing INTEGER NOT NULL DEFAULT 0,
    confidence TEXT NOT NULL DEFAULT '[]',  -- fields by tenths of confidence
    images TEXT NOT NULL DEFAULT '{}',      -- SHA-256 by name
    outputs TEXT NOT NULL DEFAULT '{}'      -- bytes by name, null for a folder
);
CREATE INDEX article_state ON article (state);
CREATE INDEX article_sha256 ON article (sha256);
CREATE TABLE finding (
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (article, code)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger: an article, where its outputs are, and what became of it."""

    id: int
    source: Path
    name: str
    folder: str
    sha256: str
    configuration: str
    bytes: int
    made: str
    state: State
    attempts: int = 0
    started: float | None = None
    ended: float | None = None
    exit: int | None = None
    seconds: float = 0.0
    message: str = ""
    summary: Summary = field(default_factory=Summary)
    images: Mapping[str, str] = field(default_factory=dict)


class Ledger:
    """An open ledger."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        """Open the ledger of an output folder, or begin one (`write`).

        Raises UsageError where there is none, where it is no ledger, or one of a newer version.
        """
        self.path, self._write = folder / NAME, write
        if not write and not self.path.is_file():
            raise UsageError(f"{folder}: holds no batch ({NAME}); give the folder of `jatspack batch -o`")
        address = f"{self.path.absolute().as_uri()}?mode={'rwc' if write else 'ro'}"
        try:
            self._base = sqlite3.connect(address, timeout=_WAIT, uri=True, isolation_level=None)
            self._base.row_factory = sqlite3.Row
            self._prepare(write)
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{self.path}: cannot be used ({error}); move it away, or use another folder") from error

    def _prepare(self, write: bool) -> None:
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise UsageError(f"{self.path}: was written by a newer jatspack; use that one")
        if not write:
            return
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute("PRAGMA foreign_keys = ON")
        if version == 0:
            self._base.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        if self._write:  # a ledger at rest is one file, which can be read from a disk that cannot be written
            with suppress(sqlite3.OperationalError):  # somebody reads it just now
                self._base.execute("PRAGMA journal_mode = DELETE")
        self._base.close()

    def entries(self, *states: State) -> Iterator[Entry]:
        """The articles in these states (of all, where none is given), in order of their names."""
        marks = ", ".join("?" * len(states))
        where = f"WHERE state IN ({marks})" if states else ""
        counts: dict[int, dict[tuple[str, str], int]] = {}
        ours = f"WHERE article IN (SELECT id FROM article {where})" if states else ""  # noqa: S608
        for row in self._base.execute(f"SELECT article, code, severity, count FROM finding {ours}", states):  # noqa: S608
            counts.setdefault(row[0], {})[row[1], row[2]] = row[3]
        with closing(self._base.execute(f"SELECT * FROM article {where} ORDER BY name, id", states)) as rows:  # noqa: S608
            for row in rows:
                yield _entry(row, counts.get(row["id"], {}))

    def journals(self) -> Iterator[tuple[str, str]]:
        """The name of each article, and the title of its journal, "" where that is not known."""
        with closing(self._base.execute("SELECT name, journal FROM article")) as rows:
            yield from rows

    def counts(self) -> dict[State, int]:
        """How many articles are in each state."""
        rows = dict(self._base.execute("SELECT state, count(*) FROM article GROUP BY state").fetchall())
        return {state: rows.get(state, 0) for state in State}

    def enrol(self, new: Iterable[tuple[Source, str, Fingerprint, int, str]]) -> None:
        """Write articles down as waiting: source, folder, digests, bytes, date. One transaction for all."""
        with self._transaction():
            self._base.executemany(
                "INSERT INTO article (source, name, folder, sha256, configuration, bytes, made, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (_blob(s.path), s.name, folder, f.source, f.configuration, n, made, State.WAITING)
                    for s, folder, f, n, made in new
                ),
            )

    def renew(self, changed: Iterable[tuple[int, Fingerprint, int, str]]) -> None:
        """Have articles done again: id, digests, bytes, date. What was known of their outputs stays until then."""
        with self._transaction():
            self._base.executemany(
                "UPDATE article SET sha256 = ?, configuration = ?, bytes = ?, made = ?, state = ? WHERE id = ?",
                ((f.source, f.configuration, n, made, State.WAITING, id_) for id_, f, n, made in changed),
            )

    def move(self, id_: int, source: Source, folder: str) -> None:
        """The same article from another place."""
        self._base.execute(
            "UPDATE article SET source = ?, name = ?, folder = ? WHERE id = ?",
            (_blob(source.path), source.name, folder, id_),
        )

    def gone(self, id_: int, message: str) -> None:
        """The source of an article is no longer there."""
        self._base.execute("UPDATE article SET state = ?, message = ? WHERE id = ?", (State.GONE, message, id_))

    def begin(self, id_: int) -> None:
        """A worker has been handed the article."""
        self._base.execute(
            "UPDATE article SET state = ?, attempts = attempts + 1, started = ? WHERE id = ?",
            (State.RUNNING, _now(), id_),
        )

    def release(self) -> None:
        """What was handed out and did not come back waits again."""
        self._base.execute("UPDATE article SET state = ? WHERE state = ?", (State.WAITING, State.RUNNING))

    def end(self, id_: int, outcome: Outcome) -> None:
        """What became of an article. One that was not made keeps nothing of an earlier report."""
        told = outcome.summary or Summary()
        row = {
            "state": outcome.state,
            "ended": _now(),
            "exit": outcome.exit,
            "seconds": outcome.seconds,
            "message": outcome.message,
            "title": told.title,
            "language": told.language,
            "journal": told.journal,
            "valid": told.valid,
            "words": told.words,
            "missing": told.missing,
            "confidence": json.dumps(told.confidence),
            "images": json.dumps(dict(outcome.images), ensure_ascii=False),
            "outputs": json.dumps(dict(told.outputs), ensure_ascii=False),
        }
        sets = ", ".join(f"{name} = :{name}" for name in row)
        with self._transaction():
            self._base.execute(f"UPDATE article SET {sets} WHERE id = :id", {**row, "id": id_})  # noqa: S608
            self._base.execute("DELETE FROM finding WHERE article = ?", (id_,))
            self._base.executemany(
                "INSERT INTO finding (article, code, severity, count) VALUES (?, ?, ?, ?)",
                ((id_, code, severity, n) for (code, severity), n in told.findings.items()),
            )

    def _transaction(self) -> _Transaction:
        return _Transaction(self._base)


class _Transaction:
    """All or nothing."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def __enter__(self) -> None:
        self._base.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._base.execute("ROLLBACK" if kind else "COMMIT")


def _blob(path: Path) -> bytes:
    return os.fsencode(path)


def _now() -> float:
    return datetime.now(UTC).timestamp()


def _entry(row: sqlite3.Row, findings: dict[tuple[str, str], int]) -> Entry:
    data: dict[str, Any] = dict(row)
    summary = Summary(
        title=data.pop("title"),
        language=data.pop("language"),
        journal=data.pop("journal"),
        valid=bool(data.pop("valid")),
        findings=findings,
        confidence=tuple(json.loads(data.pop("confidence"))),
        words=data.pop("words"),
        missing=data.pop("missing"),
        outputs=json.loads(data.pop("outputs")),
    )
    data["source"] = Path(os.fsdecode(data["source"]))
    data["state"] = State(data["state"])
    data["images"] = json.loads(data["images"])
    return Entry(**data, summary=summary)
