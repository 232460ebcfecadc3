"""What `jatspack validate` prints: a line for each finding, JSON, or SARIF 2.1.0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jatspack import __version__
from jatspack.cli.show import printable
from jatspack.findings import KINDS, Finding, Severity

if TYPE_CHECKING:
    from jatspack.check import Validation

SHOWN = 100  # findings of a file that are printed without -v
STDIN = "-"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was checked; or, where `result` is None, why it could not be read."""

    name: str
    result: Validation | None
    error: str = ""

    @property
    def verdict(self) -> str:
        if self.result is None:
            return "not read"
        return "valid" if self.result.valid else "not proved" if self.result.unproved else "NOT valid"

    @property
    def findings(self) -> list[Finding]:
        """The worst first."""
        from jatspack.report import in_order

        return in_order(self.result.findings) if self.result else []


def lines(file: Checked, *, quiet: bool, verbose: bool) -> Iterator[str]:
    """file:line:column: severity: message [code]; then the verdict. Quiet: errors; verbose: all, with remedies."""
    found = [f for f in file.findings if not quiet or f.severity is Severity.ERROR]
    shown = found if verbose else found[:SHOWN]
    for one in shown:
        yield printable(f"{_place(file.name, one)}: {one.severity.value}: {one.message} [{one.code}]")
        if verbose and one.remedy:
            yield f"    {printable(one.remedy)}"
    if len(found) > len(shown):
        yield printable(f"{file.name}: … and {len(found) - len(shown)} more (-v prints them)")
    if not quiet and file.result is not None:
        counts = Counter(f.severity for f in found)
        told = ", ".join(f"{counts[s]} {s.value}{'s' * (counts[s] > 1 and s.value != 'info')}" for s in counts)
        with_what = file.result.dtd_name or "no DTD"
        yield printable(f"{file.name}: {file.verdict} ({with_what}){': ' + told if told else ''}")


def total(verdicts: Counter[str]) -> str:
    """How many files there are of each verdict."""
    return f"{verdicts.total()} files: " + ", ".join(f"{n} {verdict}" for verdict, n in verdicts.most_common())


def as_rows(files: Sequence[Checked]) -> dict[str, Any]:
    """File name -> verdict and findings, for --json."""
    from jatspack.report import reported

    rows: dict[str, Any] = {}
    for file in files:
        row: dict[str, Any] = {
            "valid": False,
            "unproved": False,
            "dtd": "",
            "error": printable(file.error),
            "findings": [],
        }
        if file.result is not None:
            row |= {"valid": file.result.valid, "unproved": file.result.unproved, "dtd": file.result.dtd_name}
            row["findings"] = [reported(f, printable(file.name)).model_dump() for f in file.findings]
        rows[printable(file.name)] = row
    return rows


def as_sarif(files: Sequence[Checked]) -> dict[str, Any]:
    """A SARIF log (OASIS, version 2.1.0) with one run; its rules are the codes found, the Schematron rules by name."""
    rules: dict[str, dict[str, Any]] = {}
    results = [_result(file.name, one, rules) for file in files for one in file.findings]
    unread = [
        {"level": "error", "message": {"text": printable(f.error)}, "locations": [_location(f.name, None)]}
        for f in files
        if f.result is None
    ]
    invocation: dict[str, Any] = {"executionSuccessful": not unread}
    if unread:
        invocation["toolExecutionNotifications"] = unread
    driver = {"name": "jatspack", "version": __version__, "semanticVersion": __version__, "rules": list(rules.values())}
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "artifacts": [{"location": _artifact(f.name)} for f in files],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(name: str, one: Finding, rules: dict[str, dict[str, Any]]) -> dict[str, Any]:
    rule, level = one.data.get("rule") or one.code, _LEVELS[one.severity]
    if rule not in rules:
        rules[rule] = {
            "id": rule,
            "shortDescription": {"text": rule.replace("-", " ")},
            "fullDescription": {"text": KINDS[one.code].meaning},
            "help": {"text": printable(one.remedy) or KINDS[one.code].meaning},
            "defaultConfiguration": {"level": level},
        }
    return {
        "ruleId": rule,
        "ruleIndex": list(rules).index(rule),
        "level": level,
        "message": {"text": printable(one.message)},
        "locations": [_location(name, one)],
    }


def _location(name: str, one: Finding | None) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": _artifact(name)}
    if one is not None and one.lines and one.lines[0][0]:
        where["region"] = {"startLine": one.lines[0][0]} | ({"startColumn": one.column} if one.column else {})
    return {"physicalLocation": where}


def _artifact(name: str) -> dict[str, str]:
    if name == STDIN:
        return {"uri": "stdin"}
    path = Path(name)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}


def _place(name: str, one: Finding) -> str:
    line = one.lines[0][0] if one.lines else 0
    return f"{name}:{line}:{one.column}" if line and one.column else f"{name}:{line}" if line else name
