"""What is fuzzed: each takes a case laid out in a folder, and says in a word how it ended. Stop is the one exception
that may come out; it is told as it is to a person, whose standard output is UTF-8."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import typer
from hypothesis import strategies as st

from fuzz.articles import articles
from fuzz.bags import bags
from fuzz.cases import Case
from fuzz.growth import growing, growth
from fuzz.jats_files import jats_files, received
from jatspack.findings import Stop

OWN_FAULTS = {"dtd-invalid", "profile-invalid", "xml-malformed", "xml-unsafe", "link-broken"}
Run = Callable[[Case, Path], str]


def _printed(command: Callable[..., None], *names: str, **options: object) -> str:
    """Run a command as its user does: what it prints must be text on his terminal, and steer it nowhere."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    status = 0
    with redirect_stdout(out), redirect_stderr(out):
        try:
            command(*names, **options)
        except typer.Exit as end:
            status = end.exit_code
        except Stop as stop:
            status = stop.exit if str(stop).strip() else -1
        out.flush()
    assert status >= 0, "refused without a word"
    printed = out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    steering = {c for c in printed if not (c.isprintable() or c == "\n")}
    assert options.get("json") or not steering, f"printed: {steering!r}"
    return f"exit status {int(status)}"


def read(case: Case, folder: Path) -> str:
    """Raw text to JATS, as jatspack.convert does it."""
    import jatspack

    try:
        package = jatspack.convert(case.lay_out(folder), only=case.options.get("only", ["jats"]))
    except Stop as stop:
        return f"refused: {type(stop).__name__}"
    assert package.jats.startswith(b"<?xml")
    own = [f for f in package.findings if f.code in OWN_FAULTS]
    assert not own, f"what jatspack wrote is not what it promises: {own[:3]}"
    words = package.report.words
    lost = "" if words is None or not (words.missing or words.invented) else ", words missing or added"
    return f"{package.report.verdict}{lost}"


def validate(case: Case, folder: Path) -> str:
    """`jatspack validate`."""
    from jatspack.cli.validate import validate as command

    name = str(case.lay_out(folder))
    kinds = {"json": len(case.files["article.xml"]) % 3 == 1, "sarif": len(case.files["article.xml"]) % 3 == 2}
    return _printed(command, [name], **case.options, **kinds, quiet=False, verbose=True)


def verify(case: Case, folder: Path) -> str:
    """`jatspack verify`; nothing may change in the folder."""
    from jatspack.cli.verify import verify as command

    bag = case.lay_out(folder)
    before = _listing(folder)
    profile = folder / "profile.json" if "profile" in case.options else None
    ended = _printed(command, bag, profile=profile, json=False, quiet=False)
    _printed(command, bag, profile=profile, json=True, quiet=False)
    assert _listing(folder) == before
    return ended


def _listing(folder: Path) -> list[str]:
    found, waiting = [], [str(folder)]
    while waiting:  # os.walk goes not so deep
        for entry in os.scandir(waiting.pop()):
            found.append(entry.path)
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
    return sorted(found)


def pack(case: Case, folder: Path) -> str:
    """JATS of any origin to a page and a report."""
    from jatspack.pipeline import pack as make

    try:
        package = make(case.lay_out(folder), only=["html", "report"])
    except Stop as stop:
        return f"refused: {type(stop).__name__}"
    return f"{package.report.verdict}, {'no page' if package.html is None else 'a page'}"


def export(case: Case, folder: Path) -> str:
    """JATS of any origin to the metadata of all targets."""
    from jatspack.exporting import export as make

    try:
        made, _ = make(case.lay_out(folder), ["all"])
    except Stop as stop:
        return f"refused: {type(stop).__name__}"
    return f"{sum(bool(one.files) for one in made)} of {len(made)} made"


@dataclass(frozen=True)
class Target:
    """How cases are made, and what is done with them."""

    cases: st.SearchStrategy[Case]
    run: Run


TARGETS = {
    "read": Target(articles(), read),
    "validate": Target(jats_files(), validate),
    "verify": Target(bags(), verify),
    "pack": Target(received(), pack),
    "export": Target(received(), export),
    "growth": Target(growing(), growth),
}
