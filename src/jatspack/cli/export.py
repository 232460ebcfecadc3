"""jatspack export"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jatspack.cli import options, show
from jatspack.findings import Exit, Severity, UsageError

if TYPE_CHECKING:
    from jatspack.deposit import Export
    from jatspack.findings import Finding

PACKED = ".zip"


def export(
    article: Annotated[Path, typer.Argument(help="A JATS file of any origin; its images and PDF lie beside it.")],
    to: Annotated[list[str], typer.Option("--to", help="For whom; repeat it, or part by commas.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File or folder for it; else it is printed.")
    ] = None,
    config: options.ConfigOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what was made and the findings as JSON.")] = False,
    quiet: options.QuietOption = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Print every finding, with what to do.")] = False,
) -> None:
    """Make deposit metadata from JATS: what registries, indexes and repositories take in.

    Example:  jatspack export --to crossref out/article.xml -o article.crossref.xml

    Example:  jatspack export --to all out/article.xml -o deposit/

    Targets: crossref (deposit XML 5.5.0), datacite (4.5, JSON and XML), oai_dc (Dublin Core), doaj (JSON and XML), ojs
    (native XML 3.4), dspace (Simple Archive Format), mods (3.8), bibtex, ris, csl-json, pmc and portico (JATS, PDF
    and images, renamed, in a zip); or all.

    -o names a file for a target that makes one; where it makes two, the file's ending says which. Otherwise it is a
    folder. journal.toml beside the file, or --config, gives what the JATS lacks.

    Exit status: 0 all made; 1 for some target something that it must have is missing: it gets no file, the others do.
    """
    from jatspack.config import discover
    from jatspack.exporting import export as run
    from jatspack.output import write_whole

    made, about_files = run(article, to, discover(article, config))
    if output is None and not json:
        text = _to_print(made)
        _tell(made, about_files, article, quiet=quiet, verbose=verbose)
        sys.stdout.buffer.write(text)
        sys.stdout.flush()
    else:
        files = _places(made, output) if output is not None else {}
        written = write_whole({path: data for path, (_, data) in files.items()}, force=force)
        if json:
            show.as_json(_rows(made, {path: files[path][0] for path in written}, about_files, article))
        else:
            _tell(made, about_files, article, quiet=quiet, verbose=verbose)
            for path in [] if quiet else written:
                print(f"{files[path][0]}: {path}")
    raise typer.Exit(int(Exit.FINDINGS if any(one.refused for one in made) else Exit.DONE))


def _to_print(made: list[Export]) -> bytes:
    """The one text that was asked for; UsageError where there are several files, or a zip."""
    files = [file for one in made for file in one.files.items()]
    if len(made) > 1 or len(files) > 1 or any(name.endswith(PACKED) for name, _ in files):
        raise UsageError("this makes more than one text: say with -o into which folder or file")
    return files[0][1] if files else b""


def _places(made: list[Export], output: Path) -> dict[Path, tuple[str, bytes]]:
    """Where each file goes, and for which target it is."""
    files = [(one.target, name, data) for one in made for name, data in one.files.items()]
    is_file = len(made) == 1 and output.suffix and not output.is_dir()
    if not is_file:
        return {output / name: (target, data) for target, name, data in files}
    if len(files) > 1:
        files = [row for row in files if Path(row[1]).suffix == output.suffix]
        if len(files) != 1:
            raise UsageError(f"-o {output}: {made[0].target} makes several files, none of them {output.suffix}")
    target, _, data = files[0] if files else ("", "", b"")
    return {output: (target, data)} if files else {}


def _tell(made: list[Export], about_files: list[Finding], article: Path, *, quiet: bool, verbose: bool) -> None:
    """Findings on stderr: stdout may be the file."""
    for one in [*about_files, *_together([f for export in made for f in export.findings])]:
        if quiet and one.severity is not Severity.ERROR:
            continue
        where = show.place(one, str(article))
        print(show.printable(f"{where}: {one.severity.value}: {one.message} [{one.code}]"), file=sys.stderr)
        if verbose or one.severity is Severity.ERROR:
            print(f"    {show.printable(one.remedy)}", file=sys.stderr)
    if refused := [export.target for export in made if export.refused]:
        print(f"{article}: nothing was made for {', '.join(refused)}", file=sys.stderr)


def _together(found: list[Finding]) -> list[Finding]:
    """What several targets say of the same thing, said once: the worst first."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for one in found:
        groups.setdefault((one.code, *(v for k, v in one.data.items() if k != "target")), []).append(one)
    joined = [
        replace(same[0], data={**same[0].data, "target": ", ".join(dict.fromkeys(f.data["target"] for f in same))})
        for same in groups.values()
    ]
    return sorted(joined, key=lambda one: list(Severity).index(one.severity))


def _rows(made: list[Export], written: dict[Path, str], about_files: list[Finding], article: Path) -> dict[str, Any]:
    from jatspack.report import reported

    def rows(findings: list[Finding]) -> list[dict[str, Any]]:
        return [reported(f, str(article)).model_dump() for f in findings]

    targets = {
        one.target: {
            "made": not one.refused,
            "files": [str(path) for path, target in written.items() if target == one.target],
            "findings": rows(one.findings),
        }
        for one in made
    }
    return {"targets": targets, "findings": rows(about_files)}
