"""Several renames as one: written down before the first, and done to the end or undone, whenever it was interrupted.

The record (`JOURNAL`) lies in a run's work folder. It is on the disk before anything is moved and is removed when
all is done; what is interrupted in between is done again from it, each step as far as it is missing. What is replaced
is kept in the work folder meanwhile, so that a disk that refuses a step gets back what was there.

Folders are exchanged by two renames. Linux could do it by one (renameat2), which Python does not offer; it would spare
a reader some microseconds without the folder, and the record is needed all the same.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from jatspack.findings import UsageError
from jatspack.output.sync import sync, sync_tree

JOURNAL = "journal.json"
NEW, OLD = "new", "old"  # folders of a work folder: what will go to its place, and what was there
_VERSION = 1


class Moves:
    """What goes from `work`/new to the same relative name in `target`, and what is taken away there.

    Nothing else may change these names meanwhile: whoever calls holds the lock of the target.
    """

    def __init__(self, target: Path, work: Path, entries: Iterable[str], removals: Iterable[str] = ()) -> None:
        self.target, self.work = target, work
        self.entries, self.removals = list(entries), list(removals)

    @classmethod
    def recorded(cls, target: Path, work: Path) -> Moves | None:
        """What an interrupted run had begun; None where it had not come so far.

        Raises UsageError for a record that is broken, leads out of the target, or was not written where it lies: it
        may have come with a folder from anywhere, and would move the files of whoever unpacked that.
        """
        path = work / JOURNAL
        try:
            data = json.loads(path.read_text("utf-8"))
            made = cls(target, work, data["entries"], data["removals"])
            names = [PurePosixPath(name) for name in (*made.entries, *made.removals)]
            sound = data["version"] == _VERSION and data["place"] == _place(work) and all(map(_is_plain, names))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            sound = False
        if not sound or any(_leads_out(target, name) for name in names):
            raise UsageError(f"{path}: cannot be followed; a run was interrupted, here or where this folder comes from")
        return made

    def publish(self) -> None:
        """Do all, or nothing and raise OSError."""
        sync_tree(self.work / NEW)
        if not self._is_one_rename():
            self._record()
        try:
            self.forward()
        except BaseException:
            self.back()
            raise

    def finish(self) -> None:
        """Do the rest of what was interrupted, or undo it where the disk refuses."""
        try:
            self.forward()
        except OSError:
            self.back()

    def _is_one_rename(self) -> bool:
        """A single file in the place of none or of one: it is whole as it is, and needs no record."""
        if self.removals or len(self.entries) != 1:
            return False
        return not any((folder / self.entries[0]).is_dir() for folder in (self.work / NEW, self.target))

    def _record(self) -> None:
        data = {"version": _VERSION, "place": _place(self.work), "entries": self.entries, "removals": self.removals}
        new = self.work / f"{JOURNAL}.new"
        new.write_text(json.dumps(data), "utf-8")
        sync([new])
        os.replace(new, self.work / JOURNAL)
        sync([self.work])

    def forward(self) -> None:
        """Each step as far as it is not done yet."""
        alone = self._is_one_rename()
        for entry, goal, kept in self._steps(self.entries):
            if not os.path.lexists(entry):
                continue
            goal.parent.mkdir(parents=True, exist_ok=True)
            kept.parent.mkdir(parents=True, exist_ok=True)
            if not alone:
                _keep(goal, kept, whole=entry.is_dir())
            os.replace(entry, goal)
        for _, goal, kept in self._steps(self.removals):
            if os.path.lexists(goal) and not os.path.lexists(kept):
                kept.parent.mkdir(parents=True, exist_ok=True)
                os.replace(goal, kept)
        self._close()

    def back(self) -> None:
        """What was there before, as far as something else is there now."""
        for _, goal, kept in self._steps(self.removals):
            if os.path.lexists(kept) and not os.path.lexists(goal):
                os.replace(kept, goal)
        for entry, goal, kept in self._steps(reversed(self.entries)):
            if not os.path.lexists(entry) and os.path.lexists(goal):
                os.replace(goal, entry)
            if os.path.lexists(kept):
                os.replace(kept, goal)
            else:
                self._leave(goal.parent)
        self._close()

    def _leave(self, folder: Path) -> None:
        """Folders that were made for nothing are taken away again."""
        with contextlib.suppress(OSError):
            while folder != self.target:
                folder.rmdir()
                folder = folder.parent

    def _steps(self, names: Iterable[str]) -> Iterator[tuple[Path, Path, Path]]:
        """(what was made, where it goes, where what is there now is kept)."""
        for name in names:
            yield self.work / NEW / name, self.target / name, self.work / OLD / name

    def _close(self) -> None:
        """All is in its place: it is made sure on the disk, then the record goes."""
        changed = {(self.target / name).parent for name in (*self.entries, *self.removals)}
        sync(sorted(folder for folder in changed if folder.is_dir()))
        (self.work / JOURNAL).unlink(missing_ok=True)


def _keep(goal: Path, kept: Path, *, whole: bool) -> None:
    """What stands at the goal is kept: a file under both names until it is replaced, a folder moved away."""
    if not os.path.lexists(goal):
        return
    is_folder = goal.is_dir() and not goal.is_symlink()
    if os.path.lexists(kept):
        if not is_folder and not whole and os.path.samestat(os.lstat(goal), os.lstat(kept)):
            return
        _remove(kept)  # somebody has put something new in the place since the run was killed
    if not is_folder and not whole:
        with contextlib.suppress(OSError):  # a file system without links
            os.link(goal, kept, follow_symlinks=False)
            return
    os.replace(goal, kept)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _place(work: Path) -> list[int]:
    """What tells a work folder from a copy of it: the numbers that its disk gave it."""
    return [path.stat().st_ino for path in (work, work / NEW)]


def _is_plain(name: PurePosixPath) -> bool:
    return bool(name.parts) and not name.is_absolute() and not {"..", "."} & set(name.parts) and "\0" not in str(name)


def _leads_out(target: Path, name: PurePosixPath) -> bool:
    """Through a symbolic link in the target."""
    home = target.resolve()
    folder = (target / name).parent.resolve()
    return folder != home and home not in folder.parents
