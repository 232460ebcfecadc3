"""jatspack verify"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jatspack.cli import options, show
from jatspack.findings import Exit


def verify(
    bag: Annotated[Path, typer.Argument(help="A BagIt bag: its folder.")],
    json: options.JsonOption = False,
    quiet: options.QuietOption = False,
) -> None:
    """Verify a bag: is every file there, and unchanged?

    Example:  jatspack verify out/article.bag

    Nothing in the bag is changed, no link is followed, and nothing is fetched.
    """
    from jatspack.archive import verify as check
    from jatspack.report import in_order, reported

    result = check(bag)
    found = in_order(result.findings)
    if json:
        rows = [reported(f).model_dump() for f in found]
        show.as_json({"valid": result.valid, "files": result.files, "findings": rows})
    elif not quiet:
        print(f"{bag}: {'valid' if result.valid else 'NOT valid'}, {result.files} payload files")
        show.findings(found, str(bag), everything=True)
    raise typer.Exit(int(Exit.DONE if result.valid else Exit.FINDINGS))
