"""jatspack init"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from jatspack.findings import UsageError


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write the file.")] = Path(),
    article: Annotated[
        bool, typer.Option("--article", help="Write article.toml: facts of one article, corrections of its text.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a commented journal.toml, or article.toml, to fill in.

    Example:  jatspack init articles/

    Example:  jatspack init --article articles/smith/
    """
    name = "article.toml" if article else "journal.toml"
    target = folder / name
    if target.exists() and not force:
        raise UsageError(f"{target} exists already; use --force to replace it")
    try:
        target.write_bytes(files("jatspack").joinpath(name).read_bytes())
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror}); choose another folder") from error
    knows = "is to be corrected" if article else "your journal knows"
    print(f"{target} written: fill in what {knows}, leave the rest out")
