"""Files come whole or not at all: written into a folder beside their place, then renamed into it."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from jatspack.config import Config
from jatspack.findings import UsageError

# Names that Windows keeps for devices; a file of such a name cannot be unpacked there.
PORTS = range(1, 10)
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in PORTS), *(f"lpt{n}" for n in PORTS)})
UNPORTABLE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def portable(name: str) -> str:
    """A file name that every system takes: NFC, no reserved sign or name, no dot or space at its end."""
    name = UNPORTABLE.sub("_", unicodedata.normalize("NFC", name)).strip(" .") or "article"
    if name.split(".")[0].lower() in RESERVED:
        name = f"_{name}"
    while len(name.encode("utf-8")) > 120:
        name = name[:-1]
    return name


def run_date(config: Config) -> date:
    """The one date of a run: configured, else SOURCE_DATE_EPOCH (UTC), else today (UTC).

    Raises UsageError for a SOURCE_DATE_EPOCH that is no number.
    """
    if config.journal.output.bagging_date:
        parts = [int(p) for p in config.journal.output.bagging_date.split("-")]
        return date(*[*parts, 1, 1][:3])
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH={epoch!r} is no number of seconds; unset it or correct it") from error


class Staging:
    """A folder beside `target` to write into; `publish` renames what is in it into `target`.

    Use as a context manager: what was not published is removed. UsageError where `target` cannot be written.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        try:
            target.mkdir(parents=True, exist_ok=True)
            self.folder = Path(tempfile.mkdtemp(prefix=".jatspack-", dir=target))
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(f"{target}: cannot write there ({reason}); choose another folder with -o") from error

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files by their relative names."""
        for name, data in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def publish(self) -> list[Path]:
        """Move every top entry into the target folder, replacing what has its name; the paths moved."""
        moved = []
        for entry in sorted(self.folder.iterdir()):
            goal = self.target / entry.name
            if goal.is_dir() and not goal.is_symlink():
                old = self.folder / f"{entry.name}.old"
                goal.rename(old)
                entry.rename(goal)
                shutil.rmtree(old, ignore_errors=True)
            else:
                entry.replace(goal)
            moved.append(goal)
        return moved


def refuse_existing(target: Path, names: Sequence[str]) -> None:
    """UsageError if one of the names exists in the target folder already."""
    there = [name for name in names if (target / name).exists()]
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file, not a folder; choose another folder with -o")
    if there:
        raise UsageError(f"{target / there[0]} exists already; use --force to replace it, or -o for another folder")
