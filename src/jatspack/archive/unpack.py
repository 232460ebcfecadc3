"""A verified bag as a folder of one's own: a copy that can be given more tag files and packed again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from jatspack.archive.manifest import FILE
from jatspack.archive.store import Store, unsafe
from jatspack.findings import UnreadableInput

_BLOCK = 1 << 20


def unpack(store: Store, folder: Path, paths: Collection[str] | None = None) -> None:
    """Write the files of a bag (those of `paths`, or all) below `folder`, which must not hold any of them.

    For bags that verify: UnreadableInput for a path that leads elsewhere; OSError where the disk does not take a file.
    """
    for name, blocks in store.walk(list(store.sizes) if paths is None else paths):
        if why := unsafe(name):
            raise UnreadableInput(f"{name!r} {why}; do not unpack this bag")
        goal = folder / name
        goal.parent.mkdir(parents=True, exist_ok=True)
        with goal.open("xb") as file:
            for block in blocks:
                file.write(block)


def add_tag_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put tag files into a bag's folder, and write its tag manifests again, one for each manifest of its payload
    (RFC 8493, section 2.2.1)."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    for old in folder.glob("tagmanifest-*.txt"):
        old.unlink()
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    tags = [name for name in names if not name.startswith("data/")]
    for manifest in [name for name in tags if FILE.fullmatch(name)]:
        algorithm = manifest.removeprefix("manifest-").removesuffix(".txt")
        if algorithm not in hashlib.algorithms_available:
            continue
        rows = [f"{_digest(folder / name, algorithm)}  {name}\n" for name in tags]
        (folder / f"tagmanifest-{algorithm}.txt").write_text("".join(rows), "utf-8", newline="\n")


def _digest(path: Path, algorithm: str) -> str:
    made = hashlib.new(algorithm)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            made.update(block)
    return made.hexdigest()
