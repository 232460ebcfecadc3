"""Official DTDs from their zip into the user's folder, and out of it again.

A zip is other people's: names are checked, only modules of a DTD are taken, sizes are counted while it is unpacked,
and what was unpacked is loaded with its own folder as its only source before it counts as installed.
"""

from __future__ import annotations

import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path, PurePosixPath

from lxml import etree

from jatspack.catalog.dtd import Dtd, look
from jatspack.catalog.shelf import LABEL, folder, forget
from jatspack.findings import UnreadableInput, UsageError
from jatspack.output.moves import NEW, Moves
from jatspack.output.work import work_folder

MODULES = frozenset({".dtd", ".ent", ".mod"})
MOST_FILES = 5_000
LARGEST_FILE = 5_000_000  # bytes; the largest official module has a tenth of it
LARGEST = 50_000_000  # bytes of all modules
_WORK = ".dtds"  # work folder of what is installed or removed: one at a time
_PLAIN = re.compile(r"[\w .+@()-]+", re.ASCII)


def add(archive: Path, *, force: bool = False) -> list[Dtd]:
    """Install the DTDs of JATS articles in a zip; with `force` in place of what is there under the same name.

    Raises UnreadableInput for a zip that cannot be used, and UsageError where it is there already or the folder
    cannot be written.
    """
    home = folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with work_folder(home, _WORK) as work:
            new = work / NEW / "dtds"
            new.mkdir()
            _unpack(archive, new)
            found = _found(archive, new)
            (new / LABEL).write_text(json.dumps(_label(archive, new, found), indent=1) + "\n", "utf-8")
            goal = home / "+".join(sorted({d.edition.slug for d in found}))
            if goal.exists() and not force:
                raise UsageError(f"{goal.name} is installed already; use --force to replace it")
            new.replace(new.with_name(goal.name))
            Moves(home, work, [goal.name]).publish()
    except OSError as error:
        raise UsageError(
            f"{home}: cannot be written ({error.strerror}); choose a folder with JATSPACK_SCHEMAS"
        ) from error
    forget()
    return [Dtd(d.edition, goal / d.path.relative_to(new), str(goal)) for d in found]


def remove(name: str) -> Path:
    """Take an installed DTD away by the name of its folder; UsageError where there is none."""
    home = folder()
    names = sorted(p.parent.name for p in home.glob(f"*/{LABEL}"))
    if name not in names:
        there = f"installed are: {', '.join(names)}" if names else "none is installed"
        raise UsageError(f"{name} is not installed in {home}; {there}")
    try:
        with work_folder(home, _WORK) as work:
            Moves(home, work, [], [name]).publish()
    except OSError as error:
        raise UsageError(f"{home / name}: cannot be removed ({error.strerror})") from error
    forget()
    return home / name


def _unpack(archive: Path, target: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as file:
            total, seen = 0, set[str]()
            for info, path in _modules(archive, file):
                if (key := str(path).casefold()) in seen:
                    raise UnreadableInput(f"{archive}: it holds {path} twice")
                seen.add(key)
                with file.open(info) as member:
                    data = member.read(LARGEST_FILE + 1)
                total += len(data)
                if len(data) > LARGEST_FILE or total > LARGEST:
                    raise UnreadableInput(f"{archive}: {path} is too large for a DTD; nothing was installed")
                goal = target.joinpath(*path.parts)
                goal.parent.mkdir(parents=True, exist_ok=True)
                goal.write_bytes(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise UnreadableInput(f"{archive}: no zip that can be read ({error})") from error
    except OSError as error:
        if error.filename is not None and Path(error.filename) == archive:
            raise UnreadableInput(f"{archive}: cannot be read ({error.strerror}); check the path") from error
        raise


def _modules(archive: Path, file: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The members that belong to a DTD. One name that leads elsewhere condemns the whole zip."""
    members = file.infolist()
    if len(members) > MOST_FILES:
        raise UnreadableInput(f"{archive}: it holds {len(members)} files; this is no DTD")
    for info in members:
        path = PurePosixPath(info.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in info.filename or ":" in info.filename:
            raise UnreadableInput(f"{archive}: {info.filename!r} leads out of the zip; nothing was installed")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise UnreadableInput(f"{archive}: {info.filename!r} is a symbolic link; nothing was installed")
        hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
        if info.is_dir() or hidden or path.suffix.lower() not in MODULES:
            continue
        if not all(map(_PLAIN.fullmatch, path.parts)):
            raise UnreadableInput(f"{archive}: {info.filename!r} is no name of a module of JATS")
        yield info, path


def _found(archive: Path, new: Path) -> list[Dtd]:
    """The DTDs of articles among the modules; UnreadableInput where there is none that loads."""
    found, broken = [], ""
    for path in sorted(new.rglob("*.dtd")):
        try:
            dtd = look(path, "")
        except (etree.XMLSyntaxError, OSError) as error:
            broken = f": {path.name} cannot be loaded ({error})"
            continue
        if dtd is not None:
            found.append(dtd)
    if not found:
        raise UnreadableInput(f"{archive}: it holds no DTD of JATS articles{broken}; nothing was installed")
    return found


def _label(archive: Path, new: Path, found: list[Dtd]) -> dict[str, object]:
    dtds = [{"file": d.path.relative_to(new).as_posix(), **asdict(d.edition)} for d in found]
    return {"zip": archive.name, "dtds": dtds}
