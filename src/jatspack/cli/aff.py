"""jatspack aff"""

from __future__ import annotations

from typing import Annotated

import typer

from jatspack.cli import options, show
from jatspack.findings import Exit


def aff(
    text: Annotated[str, typer.Argument(help="An address or a list of addresses, as printed.")],
    lang: options.LangOption = "",
    json: options.JsonOption = False,
) -> None:
    """Take an affiliation apart and print its JATS.

    Example:  jatspack aff "(1. College of Letters, Northfield University, Northfield 12345, USA; 2. …)"
    """
    from jatspack.single import take_affiliations

    show.taken_apart(take_affiliations(text, lang), json=json)
    raise typer.Exit(int(Exit.DONE))
