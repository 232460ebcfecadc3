"""The project's own schemas: in the wheel beside the package, in a checkout in schemas/."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def schema(name: str) -> Path:
    """The path of a schema; FileNotFoundError where the installation is broken."""
    for folder in (_PACKAGE / "schemas", _PACKAGE.parents[1] / "schemas"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"schemas/{name} is missing: reinstall jatspack")
