"""The values of a batch: what is asked for, one article on its way, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Literal

from jatspack import __version__
from jatspack.run import ALL, Output

Serialize = Literal["none", "zip", "tar", "tar.gz"]
SECONDS = 600.0  # of one article
MEGABYTES = 1500  # of data that the process of one worker may hold


class State(StrEnum):
    """Where an article stands. The last five are the end of its way, as long as nothing changes."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"  # exit status 0
    ERRORS = "errors"  # made, with findings of severity error: exit status 1
    FAILED = "failed"  # refused with a message: exit status 2 to 4, or 70
    SET_ASIDE = "set-aside"  # it hung, took too much memory, or ended its worker
    GONE = "gone"  # its source is no longer there


MADE = (State.DONE, State.ERRORS)
ENDED = (*MADE, State.FAILED, State.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Options:
    """What is wanted of every article alike. `journal` is a journal.toml for all that name no other."""

    only: frozenset[Output] = ALL
    theme: str | None = None
    serialize: Serialize | None = None
    journal: Path | None = None
    seconds: float = SECONDS
    megabytes: int = MEGABYTES

    @property
    def digest(self) -> str:
        """Of all that changes the outputs, the version of the program among it."""
        said = (__version__, sorted(self.only), self.theme, self.serialize)
        return sha256(repr(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """An article to be done. `name` is its path below the folder that was given, with slashes, fit to be printed.

    `journal` and `article` are the journal.toml and article.toml that a list names for it; `facts` are keys of
    article.toml that stand in the list itself, and `place` the line where they stand ("list.csv:12").
    """

    path: Path
    name: str
    journal: Path | None = None
    article: Path | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One article on its way to a worker. `made` is the time that its outputs bear, in seconds since 1970; `force`
    replaces older ones."""

    source: Source
    folder: Path
    made: int
    force: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What the ledger keeps of an article's report. `findings` are counts by (code, severity), those silenced left out.

    `confidence` counts the recognised fields by tenths, from 0-0.1 to 0.9-1.
    """

    title: str = ""
    language: str = ""
    journal: str = ""
    valid: bool = False
    findings: Mapping[tuple[str, str], int] = field(default_factory=dict)
    confidence: tuple[int, ...] = (0,) * 10
    words: int = 0
    missing: int = 0
    outputs: Mapping[str, int | None] = field(default_factory=dict)  # bytes by name, None for a folder

    @property
    def severities(self) -> Counter[str]:
        """How many findings are of each severity."""
        counts = Counter[str]()
        for (_, severity), n in self.findings.items():
            counts[severity] += n
        return counts


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article. `message` says why it was not made; `images` are digests of those that it names, by
    relative path, empty where there is none; `resident` is the memory of the worker afterwards, in bytes."""

    state: State
    exit: int | None = None
    seconds: float = 0.0
    message: str = ""
    summary: Summary | None = None
    images: Mapping[str, str] = field(default_factory=dict)
    resident: int = 0
