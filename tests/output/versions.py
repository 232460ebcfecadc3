"""Two versions of an article's outputs, and what is in a folder of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from jatspack.output import Staging

STEM = "owl"
FILES = {
    "old": ("owl.xml", "owl.html", "owl.report.json", "owl.bag/bagit.txt", "owl.bag/data/owl.xml", "media/a.png"),
    "new": ("owl.xml", "owl.pdf", "owl.report.json", "owl.bag/bagit.txt", "owl.bag/data/x/y.xml", "media/b/c.png"),
    "zip": ("owl.xml", "owl.bag.zip", "owl.report.json"),
}
SHARED = ("media/a.png", "media/b/c.png")  # images stay for other articles


def publish(target: Path, version: str) -> None:
    """What a run does when all is made."""
    with Staging(target, STEM, [], force=True) as staging:
        staging.write({name: f"{version} {name}".encode() for name in FILES[version]})
        staging.publish()


def content(target: Path) -> dict[str, str]:
    """Every file by its path; hidden ones too."""
    return {str(p.relative_to(target)): p.read_text("utf-8") for p in sorted(target.rglob("*")) if p.is_file()}


def expected(version: str, *before: str) -> dict[str, str]:
    """What is there after a version, with the images of those before it."""
    images = {n: f"{v} {n}" for v in before for n in FILES[v] if n in SHARED}
    return {**images, **{n: f"{version} {n}" for n in FILES[version]}}


def outputs(target: Path) -> Iterator[tuple[str, str]]:
    """(name, digest of all in it) of each output but images, and nothing of what is hidden."""
    for path in sorted(target.iterdir()):
        if path.name.startswith(".") or path.name in ("media", "deposit"):
            continue
        digest = hashlib.sha256()
        for file in sorted([path, *path.rglob("*")]):
            if file.is_file():
                digest.update(str(file.relative_to(target)).encode() + b"\0" + file.read_bytes() + b"\0")
        yield path.name, digest.hexdigest()
