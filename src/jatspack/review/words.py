"""What the page calls roles, parts, kinds and languages (labels.toml), and which way a language runs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jatspack.render.words import direction

__all__ = ["direction", "kind", "language", "part", "role"]
OTHER = "other"  # the colour of what has none of its own


@cache
def _labels() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files("jatspack.review") / "labels.toml").read_text("utf-8"))


def role(name: str) -> tuple[str, str]:
    """(what a role of source lines is called, its colour)."""
    label, colour = _labels()["roles"].get(name, (name, OTHER))
    return label, colour


def part(tag: str) -> tuple[str, str]:
    """The same for a part of a reference or an address, by its JATS element."""
    label, colour = _labels()["parts"].get(tag, (tag, OTHER))
    return label, colour


def kind(name: str) -> str:
    """What an identifier, a date or a kind of back matter is called."""
    labels = _labels()
    return str(labels["kinds"].get(name) or labels["back"].get(name) or name)


@cache
def language(tag: str) -> str:
    """The English name of a BCP 47 tag's language, otherwise that of ISO 639-3; the tag itself where there is none."""
    subtag = tag.partition("-")[0].lower()
    if subtag in ("", "und"):
        return "language unknown"
    if name := _labels()["languages"].get(subtag):
        return str(name)
    import pycountry

    found = pycountry.languages.get(**{"alpha_2" if len(subtag) == 2 else "alpha_3": subtag})
    return found.name.partition(" (")[0] if found else tag
