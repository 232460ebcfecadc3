"""jatspack init"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from jatspack.findings import UsageError


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write journal.toml.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Replace a journal.toml that is there.")] = False,
) -> None:
    """Write a commented journal.toml to fill in.

    Example:  jatspack init articles/
    """
    target = folder / "journal.toml"
    if target.exists() and not force:
        raise UsageError(f"{target} exists already; use --force to replace it")
    try:
        target.write_bytes(files("jatspack").joinpath("journal.toml").read_bytes())
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror}); choose another folder") from error
    print(f"{target} written: fill in what your journal knows, leave the rest out")
