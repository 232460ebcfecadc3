"""jatspack ref"""

from __future__ import annotations

from typing import Annotated

import typer

from jatspack.cli import options, show
from jatspack.findings import Exit


def ref(
    text: Annotated[str, typer.Argument(help="A reference, as printed; *…* for italics.")],
    lang: options.LangOption = "",
    json: options.JsonOption = False,
) -> None:
    """Take a reference apart and print its JATS.

    Example:  jatspack ref "Ferro A., Lund B. (2019). Salt and snow. *Journal of Soils*, 12(3), 45-60."
    """
    from jatspack.single import take_reference

    show.taken_apart(take_reference(text, lang), json=json)
    raise typer.Exit(int(Exit.DONE))
