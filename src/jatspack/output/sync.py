"""What was written, onto the disk: so that a power cut leaves nothing that is there by name and empty inside."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

_ADVISED = hasattr(os, "posix_fadvise")


def sync_tree(folder: Path) -> None:
    """Files and folders below, and the folder itself.

    The system is first told of every file that it may write now, and only then waited for: many small files cost
    one commit of the disk's journal then, not one each.
    """
    folders, files = [], []
    for path, _, names in os.walk(folder, topdown=False):
        folders.append(path)
        files += [os.path.join(path, name) for name in names]
    for name in files if _ADVISED else []:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)
    sync([*files, *folders])


def sync(paths: Iterable[Path | str]) -> None:
    """Files or folders one by one. A file system that cannot sync a folder has nothing to sync there."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno != errno.EINVAL or not os.path.isdir(path):
                raise
        finally:
            os.close(descriptor)
