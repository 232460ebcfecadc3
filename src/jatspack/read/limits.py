"""How much an input may ask of the machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the read room; whatever exceeds one is refused with a message that names it."""

    bytes: int = 20_000_000  # of the source file
    depth: int = 100  # nested quotes, lists, brackets
    marks: int = 20_000  # * _ [ and their like in one paragraph
    pandoc_seconds: float = 60.0
    pandoc_megabytes: int = 512  # heap of the pandoc process; one bound for the whole process
    media_bytes: int = 50_000_000  # of one image
    all_media_bytes: int = 500_000_000


DEFAULT = Limits()
