"""JATS -> what registries, indexes and repositories take: one module per target, each handed the same Job.

A target returns its files, or says in its Account what it must have and the article lacks; then there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module

from jatspack.deposit.completed import completed
from jatspack.deposit.job import Account, Job
from jatspack.findings import Finding, UsageError

__all__ = ["ALL", "TARGETS", "Export", "Job", "Target", "chosen", "completed", "export"]

ALL = "all"


@dataclass(frozen=True, slots=True)
class Target:
    """A receiver: what it is called, what is made for it, and the function that makes it (module:function)."""

    title: str
    about: str
    maker: str


TARGETS: dict[str, Target] = {
    "crossref": Target("Crossref", "deposit XML 5.5.0", "crossref:make"),
    "datacite": Target("DataCite", "metadata 4.5, JSON and XML", "datacite:make"),
    "oai_dc": Target("Dublin Core", "oai_dc XML, for OAI-PMH", "dublin_core:make"),
    "doaj": Target("DOAJ", "article JSON (API) and XML (upload)", "doaj:make"),
    "ojs": Target("OJS", "native XML 3.4, with JATS and PDF in it", "ojs:make"),
    "dspace": Target("DSpace", "Simple Archive Format, a zip", "dspace:make"),
    "mods": Target("MODS", "XML 3.8", "mods:make"),
    "bibtex": Target("BibTeX", ".bib", "citations:bibtex"),
    "ris": Target("RIS", ".ris", "citations:ris"),
    "csl-json": Target("CSL-JSON", ".csl.json", "citations:csl_json"),
    "pmc": Target("PMC", "JATS, PDF and images, renamed, a zip", "fulltext:pmc"),
    "portico": Target("Portico", "the same for Portico", "fulltext:portico"),
}


@dataclass(frozen=True, slots=True)
class Export:
    """What was made for one target: files by name (none where it was refused), and findings."""

    target: str
    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        return not self.files


def chosen(names: Sequence[str]) -> list[str]:
    """Names of targets, each once, `all` for every one; UsageError for one that there is not."""
    wanted = [name.strip() for given in names for name in given.split(",") if name.strip()]
    for name in wanted:
        if name != ALL and name not in TARGETS:
            raise UsageError(f"--to {name}: there is no such target; choose from {', '.join(TARGETS)}, or all")
    if not wanted:
        raise UsageError(f"--to says for whom: {', '.join(TARGETS)}, or all")
    return list(TARGETS) if ALL in wanted else list(dict.fromkeys(wanted))


def export(name: str, job: Job) -> Export:
    """The files of one target."""
    target = TARGETS[name]
    module, _, function = target.maker.partition(":")
    make: Callable[[Job, Account], dict[str, bytes]] = getattr(import_module(f"jatspack.deposit.{module}"), function)
    account = Account(target.title)
    files = make(job, account)
    return Export(name, {} if account.refused else files, account.findings)
