"""The stages, in order: read, recognise, write JATS, check, render, report, pack."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from threading import Thread

from jatspack.archive import crate, portable_file, shown
from jatspack.archive.contents import SOURCE
from jatspack.check import Validation, check_jats, conservation, keep_unplaced
from jatspack.config import Config
from jatspack.findings import Finding, UnreadableInput
from jatspack.jats import build, serialize
from jatspack.jats.read import graphics, read_jats
from jatspack.output import MEDIA, settle
from jatspack.read import read_source
from jatspack.read.document import Document, Media
from jatspack.read.media import place
from jatspack.read.pandoc import mathml
from jatspack.recognize import recognize
from jatspack.report import Packed, Results
from jatspack.review import prepare
from jatspack.run import ALL, Clock, Output, Package, Progress, Received, Run
from jatspack.silence import silence

_OBJECTS_BETWEEN_COLLECTIONS = 100_000
UNPLACED_ROUNDS = 2
LARGEST_JATS = 100_000_000  # bytes


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for garbage less often: what a conversion makes lives until its end, and each look goes through all of it.

    A seventh of the time of a PDF. Without effect where the caller collects by himself.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _OBJECTS_BETWEEN_COLLECTIONS) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_seldom_collected()
def convert(
    path: Path | str,
    config: Config | None = None,
    *,
    output: Path | str | None = None,
    only: Collection[Output] = ALL,
    theme: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Package:
    """Raw article text to JATS, HTML, PDF and a bag.

    `config` None takes the configuration files beside the source. With `output` None nothing is written: the
    files are in Package.files (the bag needs an output folder). `theme` is used instead of journal.toml's. What does
    not validate is not rendered or packed.

    Raises UsageError, UnreadableInput or MissingDependency; each has the exit status of the command.
    """
    path, clock = Path(path), Clock(progress)
    run = Run(path, config, output, only, theme, force)
    document = read_source(path)
    clock.lap("read")
    article, doubts, roles = recognize(document, run.config)
    clock.lap("recognise")
    tree = build(article, run.config, mathml)
    data = serialize(tree)
    clock.lap("write JATS")
    words = conservation(document, article, tree, run.config)
    rounds = 0
    while words.missing and rounds < UNPLACED_ROUNDS:  # a word that stood in another's place may be missed then
        doubts.append(keep_unplaced(article, words))
        tree = build(article, run.config, mathml)
        data = serialize(tree)
        words = conservation(document, article, tree, run.config)
        rounds += 1
    validation = check_jats(data, rules=run.config.journal.output.rules)
    findings = [*run.findings, *document.findings, *doubts, *run.in_xml(validation.findings), *words.findings]
    clock.lap("check")
    files = {f"{run.stem}.xml": data, **_media_files(document.media)}
    if validation.sound:
        files |= _render(data, document.media, run, findings, clock)
        files |= _deposit(data, files, run, findings, clock)
    findings = silence(findings, run.config, document.source.text)
    results = Results(document, article, roles, validation, words, findings)
    package = run.package(files, findings, validation, results)
    package.article, package.document = article, document
    clock.lap("report")
    images = [path.parent / src for src in document.media if not src.startswith("data:")]
    run.write(package, images, _received(path, document))
    clock.lap("pack")
    return package


@_seldom_collected()
def pack(
    path: Path | str,
    config: Config | None = None,
    *,
    output: Path | str | None = None,
    only: Collection[Output] = ALL,
    theme: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Package:
    """JATS made elsewhere to HTML, PDF and a bag, with the images that lie beside it. The XML stays as it is."""
    path, clock = Path(path), Clock(progress)
    run = Run(path, config, output, only, theme, force)
    settle(path.parent)
    data = _read(path)
    clock.lap("read")
    validation = check_jats(data, profile=False, rules=run.config.journal.output.rules)
    findings = [*run.findings, *run.in_xml(validation.findings)]
    clock.lap("check")
    files, media = {f"{run.stem}.xml": data}, dict[str, Media]()
    if validation.sound:
        media, missing = graphics(read_jats(data), path.parent)
        findings += run.in_xml(missing)
        files |= {place(src): item.data for src, item in media.items() if not src.startswith("data:")}
        files |= _render(data, media, run, findings, clock)
        files |= _deposit(data, files, run, findings, clock)
    findings = silence(findings, run.config)
    package = run.package(files, findings, validation, Packed(path.name, data, validation, findings))
    clock.lap("report")
    run.write(package, [path.parent / src for src in media], Received())
    clock.lap("pack")
    return package


def validate(source: Path | str | bytes, *, profile: bool = False, rules: str = "default") -> Validation:
    """Check a JATS file of any origin, or its bytes: DTD, rules, links, and on request the project's own profile.

    `rules` names who is to accept it, one of jatspack.check.targets(); UsageError where it is none.

    Raises UnreadableInput where it cannot be read or is larger than LARGEST_JATS; else findings say what is wrong.
    """
    data = bounded(source) if isinstance(source, bytes) else _read(Path(source))
    return check_jats(data, profile=profile, rules=rules)


def bounded(data: bytes, name: str = "-") -> bytes:
    """The bytes of a JATS file, as long as they are not too many."""
    if len(data) > LARGEST_JATS:
        raise UnreadableInput(f"{name}: larger than {LARGEST_JATS // 1_000_000} MB; this is no article")
    return data


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return bounded(file.read(LARGEST_JATS + 1), str(path))
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read ({error.strerror}); check the path") from error


def _received(path: Path, document: Document) -> Received:
    """The raw text for the bag, and the names under which it and its images came."""
    source = f"{SOURCE}/{portable_file(path.name)}"
    images = {f"{MEDIA}/{m.name}": m.src for m in document.media.values() if not m.src.startswith("data:")}
    return Received({source: document.source.data}, {**images, source: shown(path.name)})


def _media_files(media: Mapping[str, Media]) -> dict[str, bytes]:
    return {f"{MEDIA}/{m.name}": m.data for m in sorted(media.values(), key=lambda m: m.name)}


def _render(
    data: bytes, media: Mapping[str, Media], run: Run, findings: list[Finding], clock: Clock
) -> dict[str, bytes]:
    """HTML and PDF, both from the JATS bytes as they will lie in the archive."""
    files: dict[str, bytes] = {}
    if not run.wanted & {"html", "pdf"}:
        return files
    from jatspack.render import HtmlSettings, PdfSettings, Source, render
    from jatspack.render.press import press

    wanted = run.config.journal.output
    styles = None if wanted.citation_styles is None else tuple(wanted.citation_styles)
    page = render(read_jats(data), media, HtmlSettings(wanted.html_images, styles))
    findings += page.findings
    clock.lap("HTML")
    if "html" in run.wanted:
        files[f"{run.stem}.html"] = page.html.encode("utf-8")
    if "pdf" in run.wanted:
        created = datetime.combine(run.date, time(), UTC)
        settings = PdfSettings(run.theme, wanted.paper_size, created)
        prepare()  # for the report page, while the other process prints
        if "bag" in run.wanted:
            Thread(target=crate.load, daemon=True).start()
        printed = press(page.html, page.images, settings, Source(f"{run.stem}.xml", data))
        findings += printed.findings
        if printed.pdf:
            files[f"{run.stem}.pdf"] = printed.pdf
        clock.lap("PDF")
    return files


def _deposit(
    data: bytes, files: Mapping[str, bytes], run: Run, findings: list[Finding], clock: Clock
) -> dict[str, bytes]:
    """What registries, indexes and repositories take, where journal.toml wants it in every run."""
    if "deposit" not in run.wanted or not run.config.journal.output.deposit:
        return {}
    from jatspack.exporting import deposit_files

    made, missing = deposit_files(data, files, run.stem, run.config)
    findings += run.in_xml(missing)
    clock.lap("deposit metadata")
    return made
