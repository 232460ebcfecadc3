"""Single files, whole or not at all, and all of them or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from jatspack.findings import UsageError
from jatspack.output.moves import NEW, Moves
from jatspack.output.work import publishing, work_folder

_NAME = ".files"  # of the work folder: no article has a name that begins with a dot


def write_whole(files: Mapping[Path, bytes], *, force: bool = False) -> list[Path]:
    """Write files, all of them or none; folders are made as needed.

    Raises UsageError where one exists (without `force`), before any is written, or where the disk refuses.
    """
    if not files:
        return []
    _may_replace(files, force=force)
    target = Path(os.path.commonpath([path.absolute().parent for path in files]))
    names = {str(path.absolute().relative_to(target)): data for path, data in files.items()}
    try:
        target.mkdir(parents=True, exist_ok=True)
        with work_folder(target, _NAME) as work:
            for name, data in names.items():
                (work / NEW / name).parent.mkdir(parents=True, exist_ok=True)
                (work / NEW / name).write_bytes(data)
            with publishing(target):
                _may_replace(files, force=force)
                Moves(target, work, names).publish()
    except OSError as error:
        place = next(iter(files)) if len(files) == 1 else target
        raise UsageError(f"{place}: cannot be written ({error.strerror or error}); choose another with -o") from error
    return list(files)


def _may_replace(files: Mapping[Path, bytes], *, force: bool) -> None:
    for path in files:
        if os.path.lexists(path) and not (force and path.is_file()):
            what = "is no file; choose another place with -o" if force else "exists already; use --force to replace it"
            raise UsageError(f"{path} {what}")
