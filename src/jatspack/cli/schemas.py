"""jatspack schemas"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jatspack.cli import options, show

if TYPE_CHECKING:
    from jatspack.catalog import Choice, Dtd

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The official JATS DTDs that files are checked with: those of a package, and those that you install.",
)


@app.command("list")
def list_(json: options.JsonOption = False) -> None:
    """The DTDs that are here, from where, and which documents they can judge."""
    from jatspack.catalog import coverage, every_dtd, folder

    dtds, choices = every_dtd(), coverage()
    if json:
        show.as_json(
            {"folder": str(folder()), "dtds": [_row(d) for d in dtds], "documents": [_judged(c) for c in choices]}
        )
        return
    width = max((len(str(d.edition)) for d in dtds), default=0)
    print("DTDs:")
    for dtd in dtds:
        print(f"  {dtd.edition!s:{width}}  {dtd.origin}")
    print("Documents that follow:")
    width = max(len(str(c.declared)) for c in choices)
    for choice in choices:
        print(f"  {choice.declared!s:{width}}  {_told(choice)}")
    print(f"Others can be installed from their zip into {folder()}: jatspack schemas add FILE.zip")


@app.command()
def add(
    archive: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The zip that NLM publishes of a DTD.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the one that is installed.")] = False,
) -> None:
    """Install an official DTD from its zip: of another version, of Archiving or Authoring, or with MathML 3.

    Example:  jatspack schemas add JATS-Publishing-1-3-MathML3-DTD.zip

    It goes into your data folder, or into the folder that the environment variable JATSPACK_SCHEMAS names, and is
    used from then on for the documents that follow it.
    """
    from jatspack.catalog.install import add as install

    for dtd in install(archive, force=force):
        print(f"{dtd.edition}: installed in {dtd.path.parent}")


@app.command()
def remove(name: Annotated[str, typer.Argument(help="Its folder's name, such as publishing-1.3.")]) -> None:
    """Take away a DTD that was installed."""
    from jatspack.catalog.install import remove as uninstall

    print(f"{uninstall(name)} removed")


def _told(choice: Choice) -> str:
    from jatspack.catalog import AUTHORING

    if choice.exact is not None:
        return "judged by their own DTD"
    ways = []
    if choice.below is not None:
        narrower = choice.declared.tag_set == AUTHORING != choice.below.edition.tag_set
        how = "checked with {}, which allows more" if narrower else "proved by {}, as far as they use what it has"
        ways.append(how.format(choice.below.edition))
    if choice.above is not None:
        ways.append(f"refused by {choice.above.edition}")
    return "; else ".join(ways) or "no DTD here can judge them"


def _row(dtd: Dtd) -> dict[str, Any]:
    edition = dtd.edition
    return {
        "name": str(edition),
        "tag_set": edition.tag_set,
        "version": edition.version,
        "mathml3": edition.mathml3,
        "oasis": edition.oasis,
        "file": str(dtd.path),
        "origin": dtd.origin,
    }


def _judged(choice: Choice) -> dict[str, Any]:
    ways = {"exact": choice.exact, "below": choice.below, "above": choice.above}
    return {"declared": str(choice.declared)} | {way: str(dtd.edition) if dtd else None for way, dtd in ways.items()}
