"""jatspack verify"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jatspack.cli import options, show
from jatspack.findings import Exit

_SAID = {"valid": "valid", "warning": "valid, with warnings", "invalid": "NOT valid"}


def verify(
    bag: Annotated[Path, typer.Argument(help="A BagIt bag: its folder, or a zip, tar or tar.gz of it.")],
    profile: Annotated[
        Path | None, typer.Option("--profile", help="A BagIt profile (JSON) that it is to follow.")
    ] = None,
    json: options.JsonOption = False,
    quiet: options.QuietOption = False,
) -> None:
    """Verify a bag from anywhere: is every file there, and unchanged?

    Example:  jatspack verify out/article.bag

    Example:  jatspack verify received.zip --profile profile.json

    BagIt 0.93 to 1.0 (RFC 8493). All problems are told in one pass. An error means that the bag is not valid; a
    warning, that it is, but that a person should look. Nothing in the bag is changed, nothing is unpacked, no link
    is followed, and nothing is fetched.
    """
    from jatspack.archive import verify as check
    from jatspack.output import settle
    from jatspack.report import in_order, reported

    settle(bag.parent)
    result = check(bag, profile)
    found = in_order(result.findings)
    if json:
        rows = [reported(f).model_dump() for f in found]
        show.as_json({"valid": result.valid, "verdict": result.verdict, "files": result.files, "findings": rows})
    elif not quiet:
        print(f"{show.printable(str(bag))}: {_SAID[result.verdict]}, {result.files} payload files")
        show.findings(found, str(bag), everything=True)
    raise typer.Exit(int(Exit.DONE if result.valid else Exit.FINDINGS))
