"""What outputs depend on beside article and configuration: the same bytes come only from the same versions."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

_NOT_FOR_OUTPUTS = frozenset({"dev", "distributed", "keyring", "s3"})  # extras
_TOLD = 4


@cache
def surroundings() -> Mapping[str, str]:
    """Versions of Python, of this program and of all that it is built on, by name; DTDs that the user installed."""
    from packaging.requirements import Requirement

    from jatspack.catalog.shelf import installed

    found = {"Python": f"{sys.version_info.major}.{sys.version_info.minor}", "jatspack": version("jatspack")}
    for one in map(Requirement, requires("jatspack") or ()):
        extra = str(one.marker or "")
        if not any(f'"{name}"' in extra for name in _NOT_FOR_OUTPUTS) and one.name != "jatspack":
            found[one.name] = _version(one.name)
    found["installed DTDs"] = ", ".join(sorted(str(dtd.edition) for dtd in installed())) or "none"
    return found


def differences(theirs: Mapping[str, str]) -> str:
    """What is another here than there, in words; empty where nothing is."""
    ours = surroundings()
    names = [name for name in {**theirs, **ours} if theirs.get(name) != ours.get(name)]
    said = [f"{name} {ours.get(name) or 'missing'} instead of {theirs.get(name) or 'none'}" for name in names]
    return ", ".join([*said[:_TOLD], *(["…"] if len(said) > _TOLD else [])])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
