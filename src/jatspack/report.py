"""The report of a run: what was recognised and from where, what is doubtful, what was proved. JSON, byte for byte
the same for the same run; its schema is schemas/report.schema.json."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from jatspack import __version__
from jatspack.archive import shown
from jatspack.article import Article
from jatspack.check import Conservation, Validation
from jatspack.config import Config, Model
from jatspack.fields import Field, fields_of
from jatspack.findings import Finding, Severity
from jatspack.read.document import Document
from jatspack.read.document import Source as ReadSource
from jatspack.recognize import BlockRole


class Source(Model):
    """The file that was read; `lines` are its lines of text."""

    name: str
    sha256: str
    encoding: str
    lines: int


class Corrected(Model):
    """An entry of article.toml; `lines` are source lines of what it found. Why one is not applied is a finding."""

    rule: str
    field: str
    value: str
    lines: list[tuple[int, int]]
    applied: bool


class Configured(Model):
    """What the configuration says, key by dotted key, and a digest of the whole."""

    sha256: str
    values: dict[str, str]


class Made(Model):
    """An output. A bag has no digest of its own: its manifests hold those of its files, this report's among them."""

    name: str
    bytes: int | None
    sha256: str | None


class Reported(Model):
    """A finding. `lines` are of `file`: the source, or the JATS made from it; `column` is 0 where it is not known.

    `correction` can be put at the end of article.toml as it is; `silenced` is the reason that article.toml gives.
    """

    code: str
    severity: Literal["error", "warning", "info"]
    message: str
    remedy: str
    lines: list[tuple[int, int]]
    column: int
    file: str
    correction: str
    silenced: str


class Evidence(Model):
    role: str
    weight: float
    why: str


class Role(Model):
    """What a stretch of the source was taken for."""

    lines: tuple[int, int]
    role: str
    margin: float
    runner_up: str
    text: str
    evidence: list[Evidence]


class Account(Model):
    line: int
    text: str
    reason: str


class Words(Model):
    """Conservation: total = kept + accounted + missing."""

    total: int
    kept: int
    accounted: int
    missing: list[str]
    invented: list[str]
    accounts: list[Account]


class Validated(Model):
    """What the JATS was checked against; empty where that was not there, or not asked for."""

    valid: bool
    dtd: str
    profile: str
    rules: str


class Report(Model):
    """report.json. `words` is null, `fields` and `roles` are empty for JATS that was made elsewhere."""

    program: str
    version: str
    source: Source
    language: str
    verdict: Literal["valid", "errors"]
    validation: Validated
    words: Words | None
    fields: list[Field]
    findings: list[Reported]
    roles: list[Role]
    corrections: list[Corrected]
    configuration: Configured
    outputs: list[Made]

    def to_json(self) -> bytes:
        """UTF-8, indented, ending in a line end."""
        return self.model_dump_json(indent=1).encode("utf-8") + b"\n"


@dataclass(frozen=True, slots=True)
class Results:
    """What the stages handed on, for the report."""

    document: Document
    article: Article
    roles: Sequence[BlockRole]
    validation: Validation
    words: Conservation
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Packed:
    """The same for JATS that was made elsewhere."""

    name: str
    data: bytes
    validation: Validation
    findings: Sequence[Finding]


def build_report(
    results: Results | Packed, config: Config, files: Mapping[str, bytes], folders: Sequence[str] = ()
) -> Report:
    """The report of a whole run on the files made so far; findings in order of severity, then of lines."""
    recognised = isinstance(results, Results)
    source = _source(results.document.source) if isinstance(results, Results) else _packed_source(results)
    errors = any(f.severity is Severity.ERROR for f in results.findings)
    return Report(
        program="jatspack",
        version=__version__,
        source=source,
        language=results.article.language if isinstance(results, Results) else "",
        verdict="errors" if errors else "valid",
        validation=Validated(
            valid=results.validation.valid,
            dtd=results.validation.dtd_name,
            profile="jatspack.rng" if recognised else "",
            rules="jatspack.sch",
        ),
        words=_words(results.words) if isinstance(results, Results) else None,
        fields=fields_of(results.article) if isinstance(results, Results) else [],
        findings=[reported(f, source.name) for f in in_order(results.findings)],
        roles=[_role(r) for r in results.roles] if isinstance(results, Results) else [],
        corrections=_corrections(results.article) if isinstance(results, Results) else [],
        configuration=_configured(config),
        outputs=[*(_made(name, files[name]) for name in sorted(files)), *map(_made, folders)],
    )


def with_output(report: Report, name: str, data: bytes) -> Report:
    """The report with one more file among its outputs."""
    outputs = sorted([*report.outputs, _made(name, data)], key=lambda made: (made.bytes is None, made.name))
    return report.model_copy(update={"outputs": outputs})


def _source(source: ReadSource) -> Source:
    lines = source.text.count("\n") + 1
    return Source(name=shown(source.path.name), sha256=source.sha256, encoding=source.encoding, lines=lines)


def _packed_source(packed: Packed) -> Source:
    lines = packed.data.count(b"\n") + 1
    return Source(name=shown(packed.name), sha256=sha256(packed.data).hexdigest(), encoding="", lines=lines)


def _made(name: str, data: bytes | None = None) -> Made:
    if data is None:
        return Made(name=name, bytes=None, sha256=None)
    return Made(name=name, bytes=len(data), sha256=sha256(data).hexdigest())


def _configured(config: Config) -> Configured:
    values = dict(_leaves(config.model_dump(mode="json", exclude_defaults=True), ""))
    digest = configuration_digest(config)
    return Configured(sha256=digest, values=values)


def configuration_digest(config: Config) -> str:
    """SHA-256 of all that is configured."""
    return sha256(config.model_dump_json().encode("utf-8")).hexdigest()


def _leaves(value: object, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{key}.{name}".lstrip("."))
    elif isinstance(value, list):
        yield key, ", ".join(map(str, value))
    else:
        yield key, str(value)


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Errors first; within a severity by file (the source before others), line and code."""
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    return sorted(findings, key=lambda f: (rank[f.severity], f.file, f.lines[:1], f.column, f.code, f.message))


def reported(found: Finding, source: str = "") -> Reported:
    """A finding as the report has it; `source` is the file that its lines are of unless it names another."""
    return Reported(
        code=found.code,
        severity=found.severity.value,
        message=found.message,
        remedy=found.remedy,
        lines=list(found.lines),
        column=found.column,
        file=found.file or source,
        correction=found.correction,
        silenced=found.silenced,
    )


def _words(found: Conservation) -> Words:
    return Words(
        total=found.total,
        kept=found.kept,
        accounted=found.accounted_words,
        missing=[f"{w.line}: {w.text}" for w in found.missing],
        invented=[w.text for w in found.invented],
        accounts=[Account(line=a.line, text=a.text, reason=a.reason) for a in found.accounted],
    )


def _corrections(article: Article) -> list[Corrected]:
    return [
        Corrected(rule=c.rule, field=c.field, value=c.value, lines=list(c.lines), applied=c.applied)
        for c in article.corrections
    ]


def _role(role: BlockRole) -> Role:
    evidence = [Evidence(role=r, weight=w, why=why) for r, w, why in role.evidence]
    return Role(
        lines=role.lines,
        role=role.role,
        margin=role.margin,
        runner_up=role.runner_up,
        text=role.text,
        evidence=evidence,
    )
