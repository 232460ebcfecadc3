"""A JATS file of any origin -> what the targets of jatspack.deposit take, made but not written."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from jatspack.archive import portable
from jatspack.config import Config, discover
from jatspack.deposit import Export, Job, chosen, completed
from jatspack.deposit import export as make
from jatspack.findings import Finding, UnreadableInput
from jatspack.jats.read import graphics, read_jats
from jatspack.jats.read_record import read_record
from jatspack.output import DEPOSIT, run_time, settle
from jatspack.read.media import place

LARGEST = 100_000_000  # bytes of the JATS, and of the PDF beside it


def export(path: Path | str, to: Sequence[str], config: Config | None = None) -> tuple[list[Export], list[Finding]]:
    """What each of the targets takes, in their order, and findings about the files that lie beside the JATS.

    `to` are names of jatspack.deposit.TARGETS, or "all". With `config` None journal.toml and article.toml are looked
    for beside the file. Raises UsageError or UnreadableInput.
    """
    path, names = Path(path), chosen(to)
    config = discover(path, None) if config is None else config
    settle(path.parent)
    job, findings = _job(path, _read(path), config)
    return [make(name, job) for name in names], findings


def deposit_files(
    data: bytes, files: Mapping[str, bytes], stem: str, config: Config
) -> tuple[dict[str, bytes], list[Finding]]:
    """The same for the targets that `[output] deposit` names, from the JATS of a run and the files made beside it.

    Files have names in deposit/. What a target must have and the article lacks is a warning here: the target gets
    nothing, the run is none the worse. Where journal.toml names no targets, those that are made anyway say nothing.
    """
    tree = read_jats(data)
    job = Job(completed(read_record(tree), config), tree, data, stem, config, run_time(config), files)
    made, findings = dict[str, bytes](), list[Finding]()
    for target in dict.fromkeys(config.journal.output.deposit):
        one = make(target, job)
        made |= {f"{DEPOSIT}/{name}": content for name, content in one.files.items()}
        findings += one.findings
    if "deposit" not in config.journal.output.model_fields_set:
        return made, [f for f in findings if f.code == "deposit-invalid"]
    return made, [replace(f, code="deposit-not-made") if f.code == "deposit-needs" else f for f in findings]


def _job(path: Path, data: bytes, config: Config) -> tuple[Job, list[Finding]]:
    tree = read_jats(data)
    media, findings = graphics(tree, path.parent)
    files = {place(src): item.data for src, item in media.items() if not src.startswith("data:")}
    stem, pdf = portable(path.stem), path.with_suffix(".pdf")
    if os.path.isfile(pdf):  # no error for a name too long
        if not pdf.resolve().is_relative_to(path.parent.resolve()):
            raise UnreadableInput(
                f"{pdf}: is a link that leads out of the article's folder; copy the file there instead"
            )
        files[f"{stem}.pdf"] = _read(pdf)
    record = completed(read_record(tree), config)
    return Job(record, tree, data, stem, config, run_time(config), files), findings


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read ({error.strerror}); check the path") from error
    if len(data) > LARGEST:
        raise UnreadableInput(f"{path}: larger than {LARGEST // 1_000_000} MB")
    return data
