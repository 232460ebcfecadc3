"""The command line: one module per command, nothing else in it than arguments and printing."""

from __future__ import annotations

import atexit
import gc
import io
import sys
import traceback
from typing import Annotated

import typer

from jatspack import __version__
from jatspack.cli import (
    aff,
    batch,
    convert,
    deposit,
    explain,
    export,
    init,
    name,
    pack,
    ref,
    schemas,
    show,
    status,
    validate,
    verify,
)
from jatspack.findings import BUG, Stop

app = typer.Typer(
    name="jatspack",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Raw article text in; validated JATS XML, HTML, a PDF and a BagIt bag out.",
    epilog="Exit status: 0 done and valid; 1 done, with errors in the report; 2 wrong use; 3 unreadable input; "
    "4 a dependency is missing; 5 a repository did not answer; 70 a bug in jatspack.",
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"jatspack {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Raw article text in; validated JATS XML, HTML, a PDF and a BagIt bag out.

    Start with:  jatspack convert article.md -o out/
    """


for module in (convert, batch, status, explain, validate, pack, export, verify, deposit, init, name, aff, ref):
    app.command()(getattr(module, module.__name__.rpartition(".")[2]))
app.add_typer(schemas.app, name="schemas")


def main() -> None:
    """Run the program; every foreseen error is one message and its exit status, never a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # what this terminal cannot show is spelt out, as on stderr
    gc.set_threshold(100_000)  # nearly all that one command makes lives until its end
    atexit.register(gc.freeze)  # and at its end the memory goes back as a whole: nothing to look through
    try:
        app()
    except Stop as stop:
        print("\n".join(map(show.printable, f"jatspack: {stop}".split("\n"))), file=sys.stderr)
        sys.exit(int(stop.exit))
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)
    except Exception as error:
        if "-v" in sys.argv or "--verbose" in sys.argv:
            traceback.print_exc()
        print(
            f"jatspack: unforeseen {type(error).__name__}: {error}\n"
            "This is a bug in jatspack. Please report it with the article; -v shows where it happened.",
            file=sys.stderr,
        )
        sys.exit(BUG)
