"""What goes into a bag, and what is known of it: the value that the other modules of this room are handed."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jatspack.jats.read import Facts

Files = Mapping[str, bytes | Path]  # payload name ("media/plan.svg") -> bytes, or the file that holds them

SOURCE, CONFIGURATION, MEDIA, DEPOSIT = "source", "configuration", "media", "deposit"
PROVENANCE, CRATE = "metadata/premis.xml", "ro-crate-metadata.json"
_BLOCK = 1 << 20
_TYPES = {".md": "text/markdown", ".toml": "application/toml", ".xml": "application/xml", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of an article, who made them, and with what.

    `source` is the payload name of the file that all others were made from; `originals` are the names under which
    files were received; `tools` are names and versions; `dtd` is what the JATS was checked against, and `valid` whether
    nothing at all was found; `configuration` is the digest (SHA-256) of all that was configured.
    """

    stem: str
    facts: Facts
    files: Files
    source: str
    made: date
    tools: Mapping[str, str]
    dtd: str = ""
    valid: bool = True
    configuration: str = ""
    originals: Mapping[str, str] = field(default_factory=dict)

    def name(self, suffix: str) -> str | None:
        """The payload name of an output (".xml", ".pdf"), where there is one."""
        name = f"{self.stem}{suffix}"
        return name if name in self.files else None


def media_type(name: str) -> str:
    """The Internet media type that a name's ending says; the same on every machine."""
    ending = Path(name).suffix.lower()
    return _TYPES.get(ending) or _KNOWN.guess_type(f"x{ending}")[0] or "application/octet-stream"


_KNOWN = mimetypes.MimeTypes()  # of Python itself: what the machine knows besides differs from place to place


def size(content: bytes | Path) -> int:
    """Bytes."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def blocks(content: bytes | Path) -> Iterator[bytes]:
    """The bytes, piece by piece, so that no file has to fit into memory."""
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
