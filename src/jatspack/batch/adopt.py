"""Outputs that lie there and are right: what a batch that was killed had finished, or whose ledger was lost."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

from pydantic import ValidationError

from jatspack import __version__
from jatspack.archive import portable
from jatspack.batch.inputs import configuration, named_images
from jatspack.batch.task import Options, Outcome, Source, State
from jatspack.batch.worker import summarise
from jatspack.findings import Exit, Stop
from jatspack.output import settle
from jatspack.read import read_source
from jatspack.report import Report, configuration_digest

_KINDS = {"html": (".html",), "pdf": (".pdf",), "bag": (".bag", ".bag.zip", ".bag.tar", ".bag.tar.gz")}


def adopted(folder: Path, source: Source, options: Options, since: float = 0.0) -> Outcome | None:
    """What became of an article whose outputs in `folder` were made from the same source, configuration, options and
    version, not before `since` (seconds since 1970); None where they were not, or are not whole."""
    settle(folder)  # what a worker had begun to publish when it was killed
    stem = portable(source.path.stem)
    path = folder / f"{stem}.report.json"
    try:
        if path.stat().st_mtime < since:
            return None
        report = Report.model_validate_json(path.read_bytes())
        with source.path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        config = configuration(source, options)
    except (OSError, ValidationError, Stop):
        return None
    same = (report.source.sha256, report.version, report.configuration.sha256)
    if same != (digest, __version__, configuration_digest(config)):
        return None
    if not _wanted(report, stem, options) or not all(_whole(folder / m.name, m.sha256) for m in report.outputs):
        return None
    state, status = (State.DONE, Exit.DONE) if report.verdict == "valid" else (State.ERRORS, Exit.FINDINGS)
    return Outcome(state, int(status), summary=summarise(report), images=named_images(read_source(source.path)))


def _wanted(report: Report, stem: str, options: Options) -> bool:
    """Whether what was made is what is wanted; of an article that is not valid only the JATS is made."""
    names = {made.name for made in report.outputs}
    there = {kind for kind, endings in _KINDS.items() if any(f"{stem}{ending}" in names for ending in endings)}
    wanted = options.only & _KINDS.keys()
    return there == wanted or (not report.validation.valid and there < wanted)


def _whole(path: Path, digest: str | None) -> bool:
    if digest is None:
        return path.exists()
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False
