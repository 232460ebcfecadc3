"""The outputs of one article on their way into a folder that other articles may share."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import TracebackType

from jatspack.findings import UsageError
from jatspack.output.moves import NEW, Moves
from jatspack.output.work import publishing, settle, work_folder

BAGS = (".bag", ".bag.zip", ".bag.tar", ".bag.tar.gz")  # one of them
SUFFIXES = (
    ".xml",
    ".html",
    ".pdf",
    ".report.json",
    ".report.html",
    *BAGS,
)  # what a run can make of one article, beside the folders that articles share
MEDIA, DEPOSIT = "media", "deposit"
SHARED = (MEDIA, DEPOSIT)
_LARGEST_REPORT = 100_000_000  # bytes


class Staging:
    """The outputs of one article on their way into `target`.

    `check` refuses before the work begins. As a context manager it opens `folder`, in its goal, to write into, which no
    other run of the same article has meanwhile; `publish` renames what is in it into `target`, and what was not
    published is removed. Whatever the disk refuses becomes a UsageError. Input files (`inputs`) are never overwritten,
    not even with `force`.
    """

    def __init__(self, target: Path, stem: str, inputs: Collection[Path], *, force: bool = False) -> None:
        self.target, self.stem, self.force = target, stem, force
        self.inputs = {path.resolve() for path in inputs}
        self._made: list[Path] = []
        self._open = contextlib.ExitStack()

    def check(self) -> None:
        """UsageError where the target is no folder, cannot be written, or holds outputs of this article already.

        With `force` an earlier run's outputs may be replaced, but no folder that is not a bag.
        """
        there = next(p for p in (self.target.absolute(), *self.target.absolute().parents) if os.path.lexists(p))
        if not there.is_dir():
            raise UsageError(f"{there} is no folder; choose another one with -o")
        if not os.access(there, os.W_OK | os.X_OK):
            raise UsageError(f"{there}: no right to write there; choose another folder with -o")
        settle(self.target)
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
            self._work = self._open.enter_context(work_folder(self.target, self.stem))
        except OSError as error:
            self._leave()
            raise self._refused(error) from error
        except UsageError:
            self._leave()
            raise
        self.folder = self._work / NEW
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self._open.close()
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
        """Write files by their relative names; UsageError for a name that leads out of the folder."""
        home = self.folder.resolve()
        for name, data in files.items():
            path = self.folder / name
            if not path.resolve().is_relative_to(home):
                raise UsageError(f"{name!r} leads out of {self.target}: rename the file")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def publish(self) -> list[Path]:
        """Move all that was written into the target; what an earlier run made and this one did not is removed.

        Images and deposit metadata join those of other articles in their folders. UsageError, and nothing is moved,
        where one would take another file's place.
        """
        with publishing(self.target):
            moves = [goal for entry, goal in self._moves() if not self._there_already(entry, goal)]
            for goal in moves:
                self._may_replace(goal)
                if goal.resolve() in self.inputs:
                    raise UsageError(
                        f"{goal} is read in this run, and would be overwritten; choose another folder with -o"
                    )
            entries = [goal.relative_to(self.target).as_posix() for goal in moves]
            Moves(self.target, self._work, entries, self._stale()).publish()
        return self._goals

    def _stale(self) -> Iterator[str]:
        """What an earlier run made and this one did not."""
        made = {goal.name for goal in self._goals}
        for suffix in SUFFIXES:
            stale = self.target / f"{self.stem}{suffix}"
            if stale.name not in made and os.path.lexists(stale) and stale.resolve() not in self.inputs:
                yield stale.name
        yield from self._stale_deposit()

    def _stale_deposit(self) -> Iterator[str]:
        """Deposit metadata that the report of the earlier run names, and that are still what that run made."""
        report = self.target / f"{self.stem}.report.json"
        try:
            if report.stat().st_size > _LARGEST_REPORT:
                return
            rows = json.loads(report.read_bytes())["outputs"]
            earlier = {PurePosixPath(row["name"]): row["sha256"] for row in rows}
        except (OSError, ValueError, KeyError, TypeError):
            return
        for name, digest in earlier.items():
            there = self.target / name
            if len(name.parts) == 2 and name.parts[0] == DEPOSIT and not (self.folder / name).exists():
                with contextlib.suppress(OSError):
                    if hashlib.sha256(there.read_bytes()).hexdigest() == digest and there.resolve() not in self.inputs:
                        yield str(name)

    def _moves(self) -> Iterator[tuple[Path, Path]]:
        """(what was written, where it goes): top entries whole, those of shared folders one by one."""
        self._goals: list[Path] = []
        for entry in sorted(self.folder.iterdir()):
            self._goals.append(self.target / entry.name)
            if entry.name in SHARED:
                files = sorted(p for p in entry.rglob("*") if p.is_file())
                yield from ((file, self.target / file.relative_to(self.folder)) for file in files)
            else:
                yield entry, self.target / entry.name

    def _there_already(self, entry: Path, goal: Path) -> bool:
        """An image, or an input that is an output as well, with the same bytes."""
        shared = goal.parent != self.target or goal.resolve() in self.inputs
        return shared and goal.is_file() and entry.is_file() and goal.read_bytes() == entry.read_bytes()
