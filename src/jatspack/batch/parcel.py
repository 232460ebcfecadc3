"""What travels between a batch and the workers of a cluster: several articles there, what became of them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jatspack.batch.task import Options, Outcome, Task

Mark = tuple[int, int, int] | None  # number, bytes, nanoseconds of a file; None where there is none
Blobs = dict[str, bytes]  # contents by their SHA-256: what several articles share travels once


@dataclass(frozen=True, slots=True)
class Luggage:
    """The files of an article. `files` are digests by relative path; the first part of a path is a number, which
    stands for one of `homes`, the folders where the files lie at home."""

    files: Mapping[str, str]
    homes: tuple[Path, ...]
    source: str
    journal: str | None
    article: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One article of a parcel, so many `bytes` long: with luggage, or else with marks of the files that the worker must
    find in place."""

    task: Task
    bytes: int
    luggage: Luggage | None = None
    marks: Mapping[Path, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder below the output folder. A worker that reads `token` in its file TOKEN shares the disk, and leaves there
    what it makes; else that travels."""

    folder: Path
    token: str


TOKEN = "token"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Parcel:
    """Articles for one worker, which sends back what it has after about `seconds`. `surroundings` are the versions of
    what makes the outputs."""

    items: tuple[Item, ...]
    blobs: Blobs
    options: Options
    desk: Desk
    surroundings: Mapping[str, str]
    seconds: float


@dataclass(frozen=True, slots=True)
class Made:
    """What became of an article; its outputs are in `place`, relative to the desk, or are `files`, digests by path."""

    outcome: Outcome
    place: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Delivery:
    """What a worker sends back. Articles that are in neither were not begun: their time was up, or the worker is not
    fit, for a reason that `unfit` gives. `unseen` could not be read in place."""

    worker: str
    made: dict[int, Made] = field(default_factory=dict)  # by the number in the parcel
    unseen: set[int] = field(default_factory=set)
    blobs: Blobs = field(default_factory=dict)
    unfit: str = ""
