"""What is to be done: the articles that were given beside what the ledger knows of them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

from jatspack.archive import portable
from jatspack.batch.adopt import adopted
from jatspack.batch.inputs import Fingerprint, Fingerprints, images
from jatspack.batch.ledger import NAME, Entry, Ledger
from jatspack.batch.task import MADE, Options, Source, State


@dataclass(slots=True)
class Plan:
    """The articles to be done, by their place in the ledger; what was found out on the way, a line each."""

    todo: list[tuple[Entry, Source]] = field(default_factory=list)
    forced: frozenset[int] = frozenset()
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Again:
    """Which articles are done once more although nothing of them has changed."""

    states: frozenset[State] = frozenset()
    all: bool = False


NOTHING = Again()
_TAKEN = frozenset({NAME, "index.html", "articles.csv"})  # files of the batch itself, beside the articles' folders


def plan(
    ledger: Ledger, output: Path, sources: Collection[Source], options: Options, today: date, again: Again = NOTHING
) -> Plan:
    """Bring the ledger up to date with what lies there, and say what is to be done.

    New, changed and unfinished articles are; those that moved are not, their outputs follow them.
    """
    made, notes = Plan(), list[str]()
    given = {source.path: source for source in sources}
    take = Fingerprints(options)
    prints = {path: take.of(source) for path, source in given.items()}
    _recover(ledger, output, given, options)
    _follow(ledger, output, given, prints, notes)
    known = {entry.source: entry for entry in ledger.entries()}
    new = [source for source in sources if source.path not in known]
    folders = _folders(new, [entry.folder for entry in known.values()])
    ledger.enrol(
        (source, folder, prints[source.path], _bytes(source.path), today.isoformat())
        for source, folder in zip(new, folders, strict=True)
    )
    if len(new) < len(known) or again.all:
        made.forced = _renew(ledger, known, given, prints, again, today)
    if not again.all:
        _adopt_new(ledger, output, {source.path for source in new}, given, options)
    made.todo = [(entry, given[entry.source]) for entry in ledger.entries(State.WAITING) if entry.source in given]
    made.notes = notes
    return made


def _recover(ledger: Ledger, output: Path, given: dict[Path, Source], options: Options) -> None:
    """A batch that was killed: what a worker had finished by then is taken over, the rest waits again."""
    ledger.release()
    for entry in [entry for entry in ledger.entries(State.WAITING) if entry.attempts]:
        source = given.get(entry.source)
        if source and (outcome := adopted(output / entry.folder, source, options, since=entry.started or 0.0)):
            ledger.end(entry.id, outcome)


def _adopt_new(
    ledger: Ledger, output: Path, new: Collection[Path], given: dict[Path, Source], options: Options
) -> None:
    """A ledger that was lost: what lies there and is right need not be made again."""
    for entry in [e for e in ledger.entries(State.WAITING) if e.source in new]:
        if outcome := adopted(output / entry.folder, given[entry.source], options):
            ledger.end(entry.id, outcome)


def _renew(
    ledger: Ledger,
    known: dict[Path, Entry],
    given: dict[Path, Source],
    prints: dict[Path, Fingerprint],
    again: Again,
    today: date,
) -> frozenset[int]:
    rows = []
    for path, entry in known.items():
        if path not in given:
            continue
        now = prints[path]
        waiting = entry.state is State.WAITING
        if waiting or again.all or entry.state in {*again.states, State.GONE} or _changed(entry, now):
            when = entry.made if waiting and not _changed(entry, now) else today.isoformat()
            rows.append((entry.id, now, _bytes(path), when))
    ledger.renew(rows)
    return frozenset(row[0] for row in rows)


def _changed(entry: Entry, now: Fingerprint) -> bool:
    if (entry.sha256, entry.configuration) != (now.source, now.configuration):
        return True
    return entry.state in MADE and images(entry.source, entry.images) != entry.images


def _follow(
    ledger: Ledger, output: Path, given: dict[Path, Source], prints: dict[Path, Fingerprint], notes: list[str]
) -> None:
    """Sources that are no longer where they were: moved, renamed, or gone."""
    known = {entry.source: entry for entry in ledger.entries()}
    lost = [e for path, e in known.items() if path not in given and e.state is not State.GONE and not path.exists()]
    new = {source.path: prints[source.path] for source in given.values() if source.path not in known}
    for entry in lost:
        twins = [p for p, now in new.items() if (now.source, now.configuration) == (entry.sha256, entry.configuration)]
        same = [path for path in twins if path.name == entry.source.name]
        if same:
            source = given[same[0]]
            del new[source.path]
            folder = _moved(output, entry.folder, source, [e.folder for e in known.values()])
            ledger.move(entry.id, source, folder)
            notes.append(f"{entry.name} was moved to {source.name}")
        elif twins:
            ledger.gone(entry.id, f"was renamed to {given[twins[0]].name}, which is made anew")
            notes.append(f"{entry.name} was renamed to {given[twins[0]].name}")
        else:
            ledger.gone(entry.id, f"{entry.source} is no longer there; its outputs were left")
            notes.append(f"{entry.name} is no longer there")


def _moved(output: Path, old: str, source: Source, taken: Collection[str]) -> str:
    """The folder of an article that was moved; its outputs go with it."""
    new = next(iter(_folders([source], [folder for folder in taken if folder != old])))
    if new != old and (output / old).is_dir():
        if (output / new).exists():
            return old
        (output / new).parent.mkdir(parents=True, exist_ok=True)
        (output / old).rename(output / new)
    return new


def _folders(sources: Collection[Source], taken: Collection[str]) -> Iterator[str]:
    """A folder for each article, like its name; where two would share one, or one lie in another, part of a digest
    of the name tells them apart."""
    used, above = set[str](), set[str]()
    wishes = [_wish(source.name) for source in sources]
    for folder in [*taken, *wishes]:
        above |= {parent.as_posix().casefold() for parent in PurePosixPath(folder).parents}
    used |= {folder.casefold() for folder in taken}
    for source, wish in zip(sources, wishes, strict=True):
        folder = wish
        if folder.casefold() in used or folder.casefold() in above:
            folder = f"{wish}-{sha256(source.name.encode()).hexdigest()[:8]}"
        used.add(folder.casefold())
        yield folder


def _wish(name: str) -> str:
    path = PurePosixPath(name)
    parts = [*map(portable, path.parts[:-1]), portable(path.stem)]
    if parts[0].casefold() in _TAKEN:
        parts[0] += "_"
    return "/".join(parts)


def _bytes(path: Path) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
