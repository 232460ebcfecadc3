"""The report of a run: what was recognised and from where, what is doubtful, what was proved. JSON, byte for byte
the same for the same run; its schema is schemas/report.schema.json."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from jatspack import __version__
from jatspack.article import Article, Origin
from jatspack.check import Conservation, Validation
from jatspack.findings import Finding, Severity
from jatspack.read.document import Document
from jatspack.recognize import BlockRole


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Model):
    name: str
    sha256: str
    encoding: str
    lines: int


class Field(Model):
    """A recognised field. `lines` are 1-based and inclusive."""

    field: str
    lang: str
    value: str
    lines: list[tuple[int, int]]
    rule: str
    confidence: float


class Reported(Model):
    """A finding."""

    code: str
    severity: Literal["error", "warning", "info"]
    message: str
    remedy: str
    lines: list[tuple[int, int]]
    file: str


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
    valid: bool
    dtd: str


class Report(Model):
    program: str
    version: str
    source: Source
    verdict: Literal["valid", "errors"]
    validation: Validated
    words: Words
    fields: list[Field]
    findings: list[Reported]
    roles: list[Role]
    outputs: list[str]

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


def build_report(results: Results, outputs: Sequence[str]) -> Report:
    """The report of a whole run; findings in order of severity, then of lines."""
    source = results.document.source
    errors = any(f.severity is Severity.ERROR for f in results.findings)
    return Report(
        program="jatspack",
        version=__version__,
        source=Source(
            name=source.path.name,
            sha256=source.sha256,
            encoding=source.encoding,
            lines=source.text.count("\n") + 1,
        ),
        verdict="errors" if errors else "valid",
        validation=Validated(valid=results.validation.valid, dtd=results.validation.dtd_name),
        words=_words(results.words),
        fields=list(_fields(results.article)),
        findings=[reported(f) for f in in_order(results.findings)],
        roles=[_role(r) for r in results.roles],
        outputs=sorted(outputs),
    )


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Errors first; within a severity by line, then by code."""
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    return sorted(findings, key=lambda f: (rank[f.severity], f.lines[:1], f.code, f.message))


def reported(found: Finding) -> Reported:
    """A finding as the report has it."""
    return Reported(
        code=found.code,
        severity=found.severity.value,
        message=found.message,
        remedy=found.remedy,
        lines=list(found.lines),
        file=found.file,
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


def _field(name: str, lang: str, value: str, origin: Origin) -> Field:
    return Field(
        field=name,
        lang=lang,
        value=value,
        lines=list(origin.lines),
        rule=origin.rule,
        confidence=origin.confidence,
    )


def _fields(article: Article) -> list[Field]:
    out = [_field("article-title", t.lang, t.text.plain, t.origin) for t in article.titles]
    for person in article.contributors:
        for name in person.names:
            value = " ".join(p for p in (name.prefix, name.given_names, name.surname, name.suffix) if p)
            out.append(_field("contrib", name.lang, value, person.origin))
        out += [_field("email", "", e, person.origin) for e in person.emails]
        if person.orcid:
            out.append(_field("contrib-id", "", person.orcid, person.origin))
        out += [_field("xref[aff]", "", a, person.origin) for a in person.affiliations]
    for affiliation in article.affiliations:
        out += [_field("aff", lang, text.text.plain, affiliation.origin) for lang, text in affiliation.texts]
    for abstract in article.abstracts:
        out.append(_field("abstract", abstract.lang, abstract.title.plain, abstract.origin))
    for group in article.keywords:
        out.append(_field("kwd-group", group.lang, "; ".join(k.plain for k in group.keywords), group.origin))
    out += [_field(f"article-id[{i.kind}]", "", i.value, i.origin) for i in article.identifiers]
    out += [_field(f"date[{d.date_type}]", "", d.iso, d.origin) for d in article.dates]
    for one in article.reference_lists:
        for reference in one.references:
            for citation in reference.citations:
                out.append(_field("ref", citation.lang, citation.text.text.plain, citation.origin))
    return out
