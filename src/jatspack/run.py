"""One run: what is asked for, what it makes, where that goes, and how long each stage took."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Literal

from jatspack import __version__
from jatspack.archive import Contents, described, make_bag, portable, serialize
from jatspack.archive.bag import PROFILE
from jatspack.archive.contents import CONFIGURATION
from jatspack.article import Article
from jatspack.check import Validation
from jatspack.config import Config, discover
from jatspack.findings import Exit, Finding, Severity, UsageError, finding
from jatspack.jats.read import Facts, decoded, facts, read_jats
from jatspack.output import Staging, run_date
from jatspack.read.document import Document
from jatspack.report import Packed, Report, Results, build_report, with_output
from jatspack.review import prepare

Output = Literal["jats", "html", "pdf", "deposit", "bag", "report"]
ALL: frozenset[Output] = frozenset({"jats", "html", "pdf", "deposit", "bag", "report"})
Progress = Callable[[str, float], None]  # a stage that is over, and its seconds


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


@dataclass(frozen=True, slots=True)
class Received:
    """What came in. `files` is the raw text by its payload name, nothing where JATS was packed; `names` are names as
    received of files that the payload has under others."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


class Clock:
    """Tells each stage's seconds to whoever wants to know."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress, self.at = progress, perf_counter()

    def lap(self, stage: str) -> None:
        now = perf_counter()
        if self.progress:
            self.progress(stage, now - self.at)
        self.at = now


class Run:
    """What is asked for, and where it goes."""

    def __init__(
        self,
        path: Path,
        config: Config | None,
        output: Path | str | None,
        only: Collection[Output],
        theme: str | None,
        force: bool,
    ) -> None:
        unknown = set(only) - ALL
        if unknown:
            raise UsageError(f"unknown output {min(unknown)!r}; choose from {', '.join(sorted(ALL))}")
        self.path, self.wanted, self.force = path, frozenset(only), force
        self.page = self.wanted != {"jats"}  # report.html: of all but the JATS alone
        self.config = config if config is not None else discover(path)
        self.date = run_date(self.config)
        self.stem = portable(path.stem)
        same = self.stem == unicodedata.normalize("NFC", path.stem)
        self.findings = [] if same else [finding("name-changed", name=self.stem)]
        self.target = Path(output) if output is not None else None
        if self.target is not None:
            Staging(self.target, self.stem, [path], force=force).check()
        if "pdf" in self.wanted:
            from jatspack.render import press
            from jatspack.render.theme import open_theme

            press.start()
            look = self.config.journal.theme
            look = look.model_copy(update={"name": theme}) if theme else look
            self.theme = open_theme(look, self.config.folder or path.parent)
        elif self.page:
            prepare()

    @property
    def bag(self) -> str:
        """The name of the bag's folder, or of the file that it is serialised into."""
        kind = self.config.journal.output.serialize
        return f"{self.stem}.bag" if kind == "none" else f"{self.stem}.bag.{kind}"

    def in_xml(self, findings: Collection[Finding]) -> list[Finding]:
        """Findings whose lines are lines of the JATS file."""
        return [f if f.file else replace(f, file=f"{self.stem}.xml") for f in findings]

    def package(
        self, files: dict[str, bytes], findings: list[Finding], validation: Validation, results: Results | Packed
    ) -> Package:
        """The files with their report, not yet written."""
        packed = validation.sound and "bag" in self.wanted and self.target is not None
        report = build_report(results, self.config, files, [self.bag] if packed else [])
        if self.page:
            name, page = f"{self.stem}.report.html", self._report_page(report, files, results)
            files[name], report = page, with_output(report, name, page)
        files[f"{self.stem}.report.json"] = report.to_json()
        errors = any(f.severity is Severity.ERROR for f in findings)
        return Package(self.stem, files, findings, Exit.FINDINGS if errors else Exit.DONE, report, self.target)

    def _report_page(self, report: Report, files: Mapping[str, bytes], results: Results | Packed) -> bytes:
        """What an editor looks at."""
        from jatspack.review.page import Subject, report_page

        name = f"{self.stem}.xml"
        if isinstance(results, Packed):
            return report_page(Subject(report, decoded(results.data), files[name], name))
        return report_page(Subject(report, results.document.source.text, files[name], name, results.article))

    def write(self, package: Package, inputs: Collection[Path], received: Received) -> None:
        """Everything into the target folder, or nothing."""
        if self.target is None:
            return
        with Staging(self.target, self.stem, [self.path, *inputs], force=self.force) as staging:
            staging.write(package.files)
            if any(made.name == self.bag for made in package.report.outputs):
                contents = self._contents(package, received)
                folder = staging.folder / f"{self.stem}.bag"
                make_bag(described(contents), self._bag_info(contents.facts), folder)
                if serialize(folder, self.config.journal.output.serialize, self.date) != folder:
                    shutil.rmtree(folder)
            package.written = staging.publish()

    def _contents(self, package: Package, received: Received) -> Contents:
        """What goes into the bag: what was made, what it was made of, and how."""
        settings = {f"{CONFIGURATION}/{name}": data for name, data in self.config.files.items()}
        return Contents(
            stem=self.stem,
            facts=facts(read_jats(package.jats)),
            files={**package.files, **received.files, **settings},
            source=next(iter(received.files), f"{self.stem}.xml"),
            made=self.date,
            tools=tools(package, received),
            dtd=package.report.validation.dtd,
            valid=package.report.validation.valid,
            configuration=package.report.configuration.sha256,
            originals=received.names,
        )

    def _bag_info(self, known: Facts) -> dict[str, str]:
        """bag-info.txt (RFC 8493, section 2.2.2) from the configuration and the article."""
        bag = self.config.journal.bag
        title = next(iter(known.titles.values()), "")
        return {
            "Source-Organization": bag.source_organization or known.publisher,
            "Organization-Address": bag.organization_address,
            "Contact-Name": bag.contact_name,
            "Contact-Email": bag.contact_email,
            "External-Description": bag.external_description or title,
            "External-Identifier": f"https://doi.org/{known.doi}" if known.doi else "",
            "BagIt-Profile-Identifier": PROFILE,
            "Bagging-Date": self.date.isoformat(),
        }


def tools(package: Package, received: Received) -> dict[str, str]:
    """The programs that made a package, with their versions."""
    out = {"jatspack": __version__}
    if received.files:  # raw text was read
        from jatspack.read import pandoc

        out["pandoc"] = pandoc.version()
    if package.pdf is not None:
        out["WeasyPrint"] = version("weasyprint")
    return out
