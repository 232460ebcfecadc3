"""Letters of any script as plain Latin ones, to compare names across scripts."""

from __future__ import annotations

from functools import lru_cache

from anyascii import anyascii


@lru_cache(maxsize=4096)
def romanize(text: str) -> str:
    """Lower-case a-z only; ``Архыматаева`` -> ``arhymataeva``."""
    return "".join(c for c in anyascii(text).lower() if c.isalpha())
