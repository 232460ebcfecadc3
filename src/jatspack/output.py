"""Files come whole or not at all: written into a folder beside their place, then renamed into it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType

from jatspack.config import Config
from jatspack.findings import UsageError

BAGS = (".bag", ".bag.zip", ".bag.tar", ".bag.tar.gz")  # one of them
SUFFIXES = (
    ".xml",
    ".html",
    ".pdf",
    ".report.json",
    ".report.html",
    *BAGS,
)  # what a run can make of one article, beside media/
MEDIA = "media"


def run_date(config: Config) -> date:
    """The one date of a run: configured, else SOURCE_DATE_EPOCH (UTC), else today (UTC).

    Raises UsageError for a SOURCE_DATE_EPOCH that is no number.
    """
    return run_time(config).date()


def run_time(config: Config) -> datetime:
    """The same with its time of the day (UTC), for what is counted in seconds; midnight for a configured date."""
    if config.journal.output.bagging_date:
        parts = [int(p) for p in config.journal.output.bagging_date.split("-")]
        year, month, day = [*parts, 1, 1][:3]
        return datetime(year, month, day, tzinfo=UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH={epoch!r} is no number of seconds; unset it or correct it") from error


def write_whole(files: Mapping[Path, bytes], *, force: bool = False) -> list[Path]:
    """Write files, each whole or not at all; folders are made as needed.

    Raises UsageError where one exists (without `force`), before any is written, or where the disk refuses.
    """
    for path in files:
        if os.path.lexists(path) and not (force and path.is_file()):
            what = "is no file; choose another place with -o" if force else "exists already; use --force to replace it"
            raise UsageError(f"{path} {what}")
    for path, data in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".jatspack-", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                Path(name).chmod(0o666 & ~_umask())
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise UsageError(
                f"{path}: cannot be written ({error.strerror or error}); choose another with -o"
            ) from error
    return list(files)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class Staging:
    """The outputs of one article on their way into `target`.

    `check` refuses before the work begins. As a context manager it opens `folder`, beside its goal, to write into;
    `publish` renames what is in it into `target`, and what was not published is removed. Whatever the disk refuses
    becomes a UsageError. Input files (`inputs`) are never overwritten, not even with `force`.
    """

    def __init__(self, target: Path, stem: str, inputs: Collection[Path], *, force: bool = False) -> None:
        self.target, self.stem, self.force = target, stem, force
        self.inputs = {path.resolve() for path in inputs}
        self._made: list[Path] = []

    def check(self) -> None:
        """UsageError where the target is no folder, cannot be written, or holds outputs of this article already.

        With `force` an earlier run's outputs may be replaced, but no folder that is not a bag.
        """
        there = next(p for p in (self.target.absolute(), *self.target.absolute().parents) if os.path.lexists(p))
        if not there.is_dir():
            raise UsageError(f"{there} is no folder; choose another one with -o")
        if not os.access(there, os.W_OK | os.X_OK):
            raise UsageError(f"{there}: no right to write there; choose another folder with -o")
        for suffix in SUFFIXES:
            self._may_replace(self.target / f"{self.stem}{suffix}")

    def _may_replace(self, goal: Path) -> None:
        if not os.path.lexists(goal) or goal.resolve() in self.inputs:
            return
        if not self.force:
            raise UsageError(f"{goal} exists already; use --force to replace it, or -o for another folder")
        if goal.is_dir() and not goal.is_symlink() and (goal.suffix != ".bag" or not (goal / "bagit.txt").is_file()):
            raise UsageError(f"{goal} is a folder that jatspack did not make; move it away, or use -o")

    def __enter__(self) -> Staging:
        try:
            self._made = [p for p in (self.target, *self.target.parents) if not p.exists()]
            self.target.mkdir(parents=True, exist_ok=True)
            self.folder = Path(tempfile.mkdtemp(prefix=".jatspack-", dir=self.target))
        except OSError as error:
            self._leave()
            raise self._refused(error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if value is not None:
            self._leave()
        if isinstance(value, OSError):
            raise self._refused(value) from value

    def _leave(self) -> None:
        """Folders that were made for nothing are taken away again."""
        for folder in self._made:
            try:
                folder.rmdir()
            except OSError:
                return

    def _refused(self, error: OSError) -> UsageError:
        return UsageError(
            f"{self.target}: cannot write there ({error.strerror or error}); make room or choose another folder with -o"
        )

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files by their relative names."""
        for name, data in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def publish(self) -> list[Path]:
        """Move all that was written into the target; what an earlier run made and this one did not is removed.

        Images join those of other articles in media/. UsageError, and nothing is moved, where one would take
        another file's place.
        """
        moves = [(entry, goal) for entry, goal in self._moves() if not self._there_already(entry, goal)]
        for _, goal in moves:
            self._may_replace(goal)
            if goal.resolve() in self.inputs:
                raise UsageError(f"{goal} is read in this run, and would be overwritten; choose another folder with -o")
        for entry, goal in moves:
            goal.parent.mkdir(parents=True, exist_ok=True)
            self._move(entry, goal)
        made = {entry.name for entry in self._goals}
        for suffix in SUFFIXES:
            stale = self.target / f"{self.stem}{suffix}"
            if stale.name not in made and stale.resolve() not in self.inputs and os.path.lexists(stale):
                self._move(stale, self.folder / f"{stale.name}.stale")
        return self._goals

    def _moves(self) -> Iterator[tuple[Path, Path]]:
        """(what was written, where it goes): top entries whole, images one by one."""
        self._goals: list[Path] = []
        for entry in sorted(self.folder.iterdir()):
            self._goals.append(self.target / entry.name)
            if entry.name == MEDIA:
                files = sorted(p for p in entry.rglob("*") if p.is_file())
                yield from ((file, self.target / file.relative_to(self.folder)) for file in files)
            else:
                yield entry, self.target / entry.name

    def _there_already(self, entry: Path, goal: Path) -> bool:
        """An image, or an input that is an output as well, with the same bytes."""
        shared = goal.parent != self.target or goal.resolve() in self.inputs
        return shared and goal.is_file() and entry.is_file() and goal.read_bytes() == entry.read_bytes()

    def _move(self, entry: Path, goal: Path) -> None:
        if goal.is_dir() and not goal.is_symlink():
            goal.rename(self.folder / f"{entry.name}.old")
        elif entry.is_dir() and os.path.lexists(goal):
            goal.unlink()
        entry.replace(goal)
