"""The stages, in order: read, recognise, write JATS, check, render, pack."""

from __future__ import annotations

import gc
import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from pathlib import Path
from time import perf_counter
from typing import Literal
from urllib.parse import unquote

from jatspack.archive import bag_size, make_bag, portable, portable_file
from jatspack.article import Article
from jatspack.check import Validation, check_jats, conservation, keep_unplaced
from jatspack.config import Config, discover
from jatspack.findings import Exit, Finding, Severity, UnreadableInput, UsageError
from jatspack.jats import build, serialize
from jatspack.jats.read import facts, graphics, read_jats
from jatspack.output import MEDIA, Staging, run_date
from jatspack.read import read_source
from jatspack.read.document import Document, Media
from jatspack.read.pandoc import mathml
from jatspack.recognize import recognize
from jatspack.report import Packed, Report, Results, build_report
from jatspack.silence import silence

Output = Literal["jats", "html", "pdf", "bag"]
ALL: frozenset[Output] = frozenset({"jats", "html", "pdf", "bag"})
Progress = Callable[[str, float], None]  # a stage that is over, and its seconds
_OBJECTS_BETWEEN_COLLECTIONS = 100_000
LARGEST_JATS = 100_000_000  # bytes


@dataclass(slots=True)
class Package:
    """What a run made. `files` are the outputs by relative name; `folder` is None where nothing was written."""

    stem: str
    files: dict[str, bytes]
    findings: list[Finding]
    exit: Exit
    report: Report
    folder: Path | None = None
    article: Article | None = None
    document: Document | None = None
    written: list[Path] = field(default_factory=list)

    @property
    def jats(self) -> bytes:
        """The JATS, valid or not."""
        return self.files[f"{self.stem}.xml"]

    @property
    def html(self) -> bytes | None:
        """The page, where one was made."""
        return self.files.get(f"{self.stem}.html")

    @property
    def pdf(self) -> bytes | None:
        """The PDF, where one was made."""
        return self.files.get(f"{self.stem}.pdf")


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


class _Clock:
    """Tells each stage's seconds to whoever wants to know."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress, self.at = progress, perf_counter()

    def lap(self, stage: str) -> None:
        now = perf_counter()
        if self.progress:
            self.progress(stage, now - self.at)
        self.at = now


@_seldom_collected()
def convert(
    path: Path | str,
    config: Config | None = None,
    *,
    output: Path | str | None = None,
    only: Collection[Output] = ALL,
    force: bool = False,
    progress: Progress | None = None,
) -> Package:
    """Raw article text to JATS, HTML, PDF and a bag.

    `config` None takes the configuration files beside the source. With `output` None nothing is written: the
    files are in Package.files (the bag needs an output folder). What does not validate is not rendered or packed.

    Raises UsageError, UnreadableInput or MissingDependency; each has the exit status of the command.
    """
    path, clock = Path(path), _Clock(progress)
    run = _Run(path, config, output, only, force)
    document = read_source(path)
    clock.lap("read")
    article, doubts, roles = recognize(document, run.config)
    clock.lap("recognise")
    tree = build(article, run.config, mathml)
    data = serialize(tree)
    clock.lap("write JATS")
    words = conservation(document, article, tree, run.config)
    if words.missing:
        doubts.append(keep_unplaced(article, words))
        tree = build(article, run.config, mathml)
        data = serialize(tree)
        words = conservation(document, article, tree, run.config)
    validation = check_jats(data)
    findings = [*document.findings, *doubts, *run.in_xml(validation.findings), *words.findings]
    clock.lap("check")
    files = {f"{run.stem}.xml": data, **_media_files(document.media)}
    if validation.valid:
        files |= _render(data, document.media, run, findings, clock)
    findings = silence(findings, run.config, document.source.text)
    results = Results(document, article, roles, validation, words, findings)
    package = run.package(files, findings, validation, results)
    package.article, package.document = article, document
    images = [path.parent / src for src in document.media if not src.startswith("data:")]
    run.write(package, images, {f"source/{portable_file(path.name)}": document.source.data})
    clock.lap("pack")
    return package


@_seldom_collected()
def pack(
    path: Path | str,
    config: Config | None = None,
    *,
    output: Path | str | None = None,
    only: Collection[Output] = ALL,
    force: bool = False,
    progress: Progress | None = None,
) -> Package:
    """JATS made elsewhere to HTML, PDF and a bag, with the images that lie beside it. The XML stays as it is."""
    path, clock = Path(path), _Clock(progress)
    run = _Run(path, config, output, only, force)
    data = _read(path)
    clock.lap("read")
    validation = check_jats(data, profile=False)
    findings = run.in_xml(validation.findings)
    clock.lap("check")
    files, media = {f"{run.stem}.xml": data}, dict[str, Media]()
    if validation.valid:
        media, missing = graphics(read_jats(data), path.parent)
        findings += run.in_xml(missing)
        files |= {_place(src): item.data for src, item in media.items() if not src.startswith("data:")}
        files |= _render(data, media, run, findings, clock)
    findings = silence(findings, run.config)
    package = run.package(files, findings, validation, Packed(path.name, data, validation, findings))
    run.write(package, [path.parent / src for src in media], {})
    clock.lap("pack")
    return package


def validate(source: Path | str | bytes, *, profile: bool = False) -> Validation:
    """Check a JATS file of any origin, or its bytes: DTD, rules, links, and on request the project's own profile.

    Raises UnreadableInput where it cannot be read or is larger than LARGEST_JATS; else findings say what is wrong.
    """
    return check_jats(bounded(source) if isinstance(source, bytes) else _read(Path(source)), profile=profile)


class _Run:
    """What is asked for, and where it goes."""

    def __init__(
        self, path: Path, config: Config | None, output: Path | str | None, only: Collection[Output], force: bool
    ) -> None:
        unknown = set(only) - ALL
        if unknown:
            raise UsageError(f"unknown output {min(unknown)!r}; choose from {', '.join(sorted(ALL))}")
        self.path, self.wanted, self.force = path, frozenset(only), force
        self.config = config if config is not None else discover(path)
        self.date = run_date(self.config)
        self.stem = portable(path.stem)
        self.target = Path(output) if output is not None else None
        if self.target is not None:
            Staging(self.target, self.stem, [path], force=force).check()
        if "pdf" in self.wanted:
            from jatspack.render import press

            press.start()

    def in_xml(self, findings: Collection[Finding]) -> list[Finding]:
        """Findings whose lines are lines of the JATS file."""
        return [f if f.file else replace(f, file=f"{self.stem}.xml") for f in findings]

    def package(
        self, files: dict[str, bytes], findings: list[Finding], validation: Validation, results: Results | Packed
    ) -> Package:
        """The files with their report, not yet written."""
        packed = validation.valid and "bag" in self.wanted and self.target is not None
        report = build_report(results, self.config, files, [f"{self.stem}.bag"] if packed else [])
        files[f"{self.stem}.report.json"] = report.to_json()
        errors = any(f.severity is Severity.ERROR for f in findings)
        return Package(self.stem, files, findings, Exit.FINDINGS if errors else Exit.DONE, report, self.target)

    def write(self, package: Package, inputs: Collection[Path], source: Mapping[str, bytes]) -> None:
        """Everything into the target folder, or nothing."""
        if self.target is None:
            return
        with Staging(self.target, self.stem, [self.path, *inputs], force=self.force) as staging:
            staging.write(package.files)
            if any(made.name == f"{self.stem}.bag" for made in package.report.outputs):
                payload = {**package.files, **source}
                make_bag(payload, self._bag_info(package.jats, payload), staging.folder / f"{self.stem}.bag")
            package.written = staging.publish()

    def _bag_info(self, jats: bytes, payload: Mapping[str, bytes]) -> dict[str, str]:
        """bag-info.txt (RFC 8493, section 2.2.2) from the configuration and the article."""
        known, bag = facts(read_jats(jats)), self.config.journal.bag
        title = next(iter(known.titles.values()), "")
        return {
            "Source-Organization": bag.source_organization or known.publisher,
            "Organization-Address": bag.organization_address,
            "Contact-Name": bag.contact_name,
            "Contact-Email": bag.contact_email,
            "External-Description": bag.external_description or title,
            "External-Identifier": f"https://doi.org/{known.doi}" if known.doi else "",
            "Bagging-Date": self.date.isoformat(),
            "Bag-Size": bag_size(payload),
        }


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


def _place(href: str) -> str:
    """The relative path of a file that JATS names: an address, whose file may have a name with spaces."""
    return posixpath.normpath(unquote(href).replace("\\", "/"))


def _media_files(media: Mapping[str, Media]) -> dict[str, bytes]:
    return {f"{MEDIA}/{m.name}": m.data for m in sorted(media.values(), key=lambda m: m.name)}


def _render(
    data: bytes, media: Mapping[str, Media], run: _Run, findings: list[Finding], clock: _Clock
) -> dict[str, bytes]:
    """HTML and PDF, both from the JATS bytes as they will lie in the archive."""
    files: dict[str, bytes] = {}
    if not run.wanted & {"html", "pdf"}:
        return files
    from jatspack.render import PdfSettings, render
    from jatspack.render.press import press

    page = render(read_jats(data), media)
    findings += page.findings
    clock.lap("HTML")
    if "html" in run.wanted:
        files[f"{run.stem}.html"] = page.html.encode("utf-8")
    if "pdf" in run.wanted:
        created = datetime.combine(run.date, time(), UTC)
        settings = PdfSettings(paper_size=run.config.journal.output.paper_size, created=created)
        printed = press(page.html, media, settings)
        findings += printed.findings
        if printed.pdf:
            files[f"{run.stem}.pdf"] = printed.pdf
        clock.lap("PDF")
    return files
