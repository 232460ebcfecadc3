"""jatspack explain"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jatspack.cli import options, show
from jatspack.findings import Exit

if TYPE_CHECKING:
    from jatspack.recognize import BlockRole

DoubtfulOption = Annotated[bool, typer.Option("--doubtful", help="Only what the program is not sure of.")]
AllOption = Annotated[bool, typer.Option("-v", "--verbose", help="Print the evidence for every role.")]


def explain(
    article: Annotated[Path, typer.Argument(help="The article: Markdown, or text that an extractor made.")],
    config: options.ConfigOption = None,
    doubtful: DoubtfulOption = False,
    verbose: AllOption = False,
    json: options.JsonOption = False,
) -> None:
    """Say what each block was taken for, and why.

    Example:  jatspack explain article.md --doubtful

    A line for each block: its lines, its role, how far the runner-up is behind, its first words. Below it the evidence
    for the role (+) and the runner-up (-). The rest of the margin is the order of the blocks. Nothing is written.
    What is wrong is put right in article.toml: [[roles]] gives a role to lines.
    """
    from jatspack.config import discover
    from jatspack.read import read_source
    from jatspack.recognize import DOUBT, recognize

    settings = discover(article, config)
    _, _, roles = recognize(read_source(article), settings)
    chosen = [r for r in roles if r.text and (not doubtful or r.margin < DOUBT)]
    if json:
        show.as_json([_row(r) for r in chosen])
    else:
        for role in chosen:
            _print(role, verbose=verbose)
    raise typer.Exit(int(Exit.DONE))


def _row(role: BlockRole) -> dict[str, object]:
    evidence = [{"role": name, "weight": weight, "why": why} for name, weight, why in role.evidence]
    return {
        "lines": list(role.lines),
        "role": role.role,
        "runner_up": role.runner_up,
        "margin": role.margin,
        "text": role.text,
        "evidence": evidence,
    }


def _print(role: BlockRole, *, verbose: bool) -> None:
    first, last = role.lines
    lines = str(first) if first == last else f"{first}-{last}"
    rival = f"{role.margin:.1f} before {role.runner_up}" if role.runner_up else "alone"
    print(f"{lines:>9}  {role.role:<13}  {rival:<24}  {role.text}")
    for name, weight, why in role.evidence:
        if weight and (verbose or name in (role.role, role.runner_up)):
            mark = "+" if name == role.role else "-" if name == role.runner_up else " "
            print(f"{'':>9}    {mark} {name:<13} {weight:+5.1f}  {why}")
