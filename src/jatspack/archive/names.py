"""File names that every system can hold, now and in twenty years.

Names that Windows keeps or forbids: Microsoft, "Naming Files, Paths, and Namespaces". What a bag's manifest must
write in another way (``%``, CR, LF: RFC 8493, section 2.1.3) is forbidden too, as readers differ in reading it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator

_PORTS = range(1, 10)
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in _PORTS), *(f"lpt{n}" for n in _PORTS)})
UNPORTABLE = re.compile(
    '[%<>:"/\\\\|?*\x00-\x1f\x7f-\x9f'  # signs that some system forbids, controls
    "\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"  # what is not seen, and lone surrogates
)
LONGEST = 120  # bytes of a stem: what is added to it still fits into 255
_LONGEST_PART = 255
_DIGITS = 10  # of the digest in a name that was cut


def portable(name: str, longest: int = LONGEST) -> str:
    """A file name that every system takes: NFC, no reserved sign or name, no dot or space at its end.

    What is longer than `longest` bytes is cut and ends in a digest of the whole, so that names that differ stay
    different.
    """
    whole = unicodedata.normalize("NFC", name)
    name = UNPORTABLE.sub("_", whole).strip(" .")
    if _device(name):
        name = f"_{name}"
    if len(name.encode("utf-8")) > longest:
        mark = f"-{hashlib.sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}"
        name = name.encode("utf-8")[: longest - len(mark)].decode("utf-8", "ignore").rstrip(" .") + mark
    return name or "article"


def shown(name: str) -> str:
    """A name that can be printed and written: bytes of it that are no UTF-8 are spelt out (``caf\\xe9.md``)."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def portable_file(name: str) -> str:
    """As `portable`; where a name is too long, its ending is kept."""
    stem, dot, ending = name.rpartition(".")
    ending = UNPORTABLE.sub("_", ending).strip(" .")
    if not dot or not stem or not 0 < len(ending) <= 10:
        return portable(name)
    return f"{portable(stem, LONGEST - len(ending.encode()) - 1)}.{ending}"


def _device(name: str) -> bool:
    return name.partition(".")[0].strip().lower() in RESERVED


def problem(path: str) -> str:
    """Why a relative path ("media/plan.svg") is not portable; empty where it is."""
    if unicodedata.normalize("NFC", path) != path:
        return "is not in Unicode normal form C"
    for part in path.split("/"):
        if part in ("", ".", ".."):
            return "is not a plain relative path"
        if found := UNPORTABLE.search(part):
            return f"holds {found[0]!r}"
        if part[-1] in " .":
            return "has a part that ends in a dot or a space"
        if _device(part):
            return f"has the part {part!r}, which is a device on Windows"
        if len(part.encode("utf-8")) > _LONGEST_PART:
            return "has a part of more than 255 bytes"
    return ""


def clashes(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of paths that are one file where capitals or Unicode forms do not count, or where a file is a folder."""
    seen: dict[str, str] = {}
    for path in sorted(paths):
        parts = path.split("/")
        for n in range(1, len(parts) + 1):
            part = "/".join(parts[:n])
            folded = unicodedata.normalize("NFC", part).casefold() + ("" if n == len(parts) else "/")
            other = seen.setdefault(folded, part)
            if other != part:
                yield other, path
            twin = seen.get(folded[:-1] if folded.endswith("/") else f"{folded}/")
            if twin is not None:
                yield twin, path
