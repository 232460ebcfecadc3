"""jatspack name"""

from __future__ import annotations

from typing import Annotated

import typer

from jatspack.cli import options, show
from jatspack.findings import Exit


def name(
    text: Annotated[str, typer.Argument(help="A name or a whole byline, as printed.")],
    lang: options.LangOption = "",
    json: options.JsonOption = False,
) -> None:
    """Take a name or a byline apart and print its JATS.

    Example:  jatspack name "Assoc. Prof. Elif YILMAZ^1,*^, Мария Петровна Иванова^2^"
    """
    from jatspack.single import take_names

    show.taken_apart(take_names(text, lang), json=json)
    raise typer.Exit(int(Exit.DONE))
