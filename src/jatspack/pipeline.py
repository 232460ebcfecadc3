"""The stages, in order: read, recognise, write JATS, check, render, pack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from time import perf_counter
from typing import Literal

from jatspack.archive import bag_size, make_bag
from jatspack.article import Article
from jatspack.check import Validation, check_jats, conservation
from jatspack.config import Config, discover
from jatspack.findings import Exit, Finding, Severity, UnreadableInput, UsageError
from jatspack.jats import build, serialize
from jatspack.jats.read import facts, read_jats
from jatspack.output import Staging, portable, refuse_existing, run_date
from jatspack.read import read_source
from jatspack.read.document import Document, Media
from jatspack.recognize import recognize
from jatspack.report import Report, Results, build_report

Output = Literal["jats", "html", "pdf", "bag"]
ALL: frozenset[Output] = frozenset({"jats", "html", "pdf", "bag"})
Progress = Callable[[str, float], None]  # a stage's name and its seconds


@dataclass(slots=True)
class Package:
    """What a run made. `files` are the outputs by relative name; `folder` is None where nothing was written."""

    files: dict[str, bytes]
    findings: list[Finding]
    exit: Exit
    folder: Path | None = None
    article: Article | None = None
    document: Document | None = None
    report: Report | None = None
    written: list[Path] = field(default_factory=list)


class _Clock:
    """Tells each stage's seconds to whoever wants to know."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress, self.at = progress, perf_counter()

    def lap(self, stage: str) -> None:
        now = perf_counter()
        if self.progress:
            self.progress(stage, now - self.at)
        self.at = now


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
    wanted = _wanted(only)
    config = config if config is not None else discover(path)
    stem, target = portable(path.stem), Path(output) if output is not None else None
    if target is not None and not force:
        refuse_existing(target, [f"{stem}.xml", f"{stem}.report.json", f"{stem}.bag"])
    document = read_source(path)
    clock.lap("read")
    article, findings, roles = recognize(document, config)
    clock.lap("recognise")
    tree = build(article, config, _mathml())
    data = serialize(tree)
    clock.lap("write JATS")
    validation = check_jats(data)
    words = conservation(document, article, tree, config)
    findings = [*document.findings, *findings, *validation.findings, *words.findings]
    clock.lap("check")
    files = {f"{stem}.xml": data, **_media_files(document.media)}
    if validation.valid:
        files |= _render(data, document.media, stem, config, wanted, findings, clock)
    results = Results(document, article, roles, validation, words, findings)
    packed = validation.valid and "bag" in wanted and target is not None
    report = build_report(results, [*files, *([f"{stem}.bag"] if packed else [])])
    files[f"{stem}.report.json"] = report.to_json()
    package = Package(files, findings, _exit(findings), target, article, document, report)
    if target is not None:
        source = {f"source/{portable(path.name)}": document.source.data} if packed else None
        _write(package, target, stem, config, source)
        clock.lap("pack")
    return package


def pack(
    path: Path | str, config: Config | None = None, *, output: Path | str, only: Collection[Output] = ALL,
    force: bool = False, progress: Progress | None = None,
) -> Package:  # fmt: skip
    """JATS made elsewhere to HTML, PDF and a bag; the same checks, the XML itself stays as it is."""
    path, clock, target = Path(path), _Clock(progress), Path(output)
    wanted, config = _wanted(only), config if config is not None else discover(path)
    stem = portable(path.stem)
    if not force:
        refuse_existing(target, [f"{stem}.xml", f"{stem}.bag"])
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read ({error.strerror})") from error
    validation = check_jats(data, profile=False)
    clock.lap("check")
    findings = list(validation.findings)
    files: dict[str, bytes] = {f"{stem}.xml": data}
    if validation.valid:
        files |= _render(data, {}, stem, config, wanted, findings, clock)
    package = Package(files, findings, _exit(findings), target)
    _write(package, target, stem, config, {} if validation.valid and "bag" in wanted else None)
    return package


def validate(path: Path | str) -> Validation:
    """Check a JATS file of any origin against the DTD, the rules and its own links."""
    try:
        return check_jats(Path(path).read_bytes(), profile=False)
    except OSError as error:
        raise UnreadableInput(f"{path}: cannot be read ({error.strerror})") from error


def _wanted(only: Collection[Output]) -> frozenset[Output]:
    unknown = set(only) - ALL
    if unknown:
        raise UsageError(f"unknown output {sorted(unknown)[0]!r}; choose from {', '.join(sorted(ALL))}")
    return frozenset(only)


def _exit(findings: list[Finding]) -> Exit:
    return Exit.FINDINGS if any(f.severity is Severity.ERROR for f in findings) else Exit.DONE


def _mathml() -> Callable[[list[str]], list[str | None]] | None:
    from jatspack.read import pandoc

    return getattr(pandoc, "mathml", None)


def _media_files(media: Mapping[str, Media]) -> dict[str, bytes]:
    return {f"media/{m.name}": m.data for m in sorted(media.values(), key=lambda m: m.name)}


def _render(
    data: bytes, media: Mapping[str, Media], stem: str, config: Config, wanted: frozenset[Output],
    findings: list[Finding], clock: _Clock,
) -> dict[str, bytes]:  # fmt: skip
    """HTML and PDF, both from the JATS bytes as they will lie in the archive."""
    files: dict[str, bytes] = {}
    if not wanted & {"html", "pdf"}:
        return files
    from jatspack.render import PdfSettings, render
    from jatspack.render.pdf import print_page

    page = render(read_jats(data), media)
    findings += page.findings
    clock.lap("HTML")
    if "html" in wanted:
        files[f"{stem}.html"] = page.html.encode("utf-8")
    if "pdf" in wanted:
        created = datetime.combine(run_date(config), time(), UTC)
        settings = PdfSettings(paper_size=config.journal.output.paper_size, created=created)
        printed = print_page(page.html, media, settings=settings)
        findings += printed.findings
        files[f"{stem}.pdf"] = printed.pdf
        clock.lap("PDF")
    return files


def _write(package: Package, target: Path, stem: str, config: Config, source: dict[str, bytes] | None) -> None:
    """Everything into the target folder, or nothing; with `source` the bag as well."""
    with Staging(target) as staging:
        staging.write(package.files)
        if source is not None:
            payload = {**package.files, **source}
            info = _bag_info(package.files[f"{stem}.xml"], payload, config)
            make_bag(payload, info, staging.folder / f"{stem}.bag")
        package.written = staging.publish()


def _bag_info(jats: bytes, payload: Mapping[str, bytes], config: Config) -> dict[str, str]:
    """bag-info.txt (RFC 8493, section 2.2.2) from the configuration and the article."""
    known, bag = facts(read_jats(jats)), config.journal.bag
    title = next(iter(known.titles.values()), "")
    return {
        "Source-Organization": bag.source_organization or known.publisher,
        "Organization-Address": bag.organization_address,
        "Contact-Name": bag.contact_name,
        "Contact-Email": bag.contact_email,
        "External-Description": bag.external_description or title,
        "External-Identifier": f"https://doi.org/{known.doi}" if known.doi else "",
        "Bagging-Date": run_date(config).isoformat(),
        "Bag-Size": bag_size(payload),
    }
