"""The rules of schemas/jatspack.sch as a list, and how bad each is for whom (schemas/rules.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml import etree

from jatspack.check.schemas import schema
from jatspack.findings import Severity, UsageError

SCH = "{http://purl.oclc.org/dsdl/schematron}"
OFF = "off"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `severities` by target; a target for which the rule is off is not among them.

    `message` has … where the finding names a value. `sources` by target: the address of what asks for the rule;
    empty where it is the project's own.
    """

    id: str
    theme: str
    message: str
    remedy: str
    severities: dict[str, Severity] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)


@cache
def targets() -> dict[str, str]:
    """Who is to accept the file: the name of each target and what stands behind it, `default` first."""
    return {name: entry["title"] for name, entry in _settings()["targets"].items()}


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the schema."""
    tree = schematron()
    remedies = {e.get("id"): _text(e) for e in tree.iter(SCH + "diagnostic")}
    return tuple(
        _rule(test, str(pattern.get("id")), remedies)
        for pattern in tree.iter(SCH + "pattern")
        for test in pattern.iter(SCH + "assert")
    )


def severity(rule: str, target: str = "default") -> Severity | None:
    """How bad it is for a target that a rule is broken; None where the rule is off."""
    return next(r for r in rules() if r.id == rule).severities.get(target)


def known_target(name: str) -> str:
    """The name itself; UsageError where there is no such target."""
    if name not in targets():
        raise UsageError(f"there are no rules for {name!r}; choose from {', '.join(targets())}")
    return name


def schematron() -> etree._ElementTree:
    """schemas/jatspack.sch with its themes in it; a tree of the caller's own."""
    from lxml import isoschematron  # type: ignore[attr-defined]

    tree: etree._ElementTree = isoschematron.iso_dsdl_include(etree.parse(str(schema("jatspack.sch"))))
    return tree


@cache
def _settings() -> dict[str, dict[str, Any]]:
    return tomllib.loads(schema("rules.toml").read_text("utf-8"))


def _rule(test: etree._Element, theme: str, remedies: dict[str | None, str]) -> Rule:
    rule = Rule(str(test.get("id")), theme, _text(test), remedies[test.get("diagnostics")])
    for target, severity, source in _severities(rule, test):
        if severity != OFF:
            rule.severities[target] = Severity(severity)
            rule.sources[target] = source
    return rule


def _severities(rule: Rule, test: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Target, severity or off, source."""
    entry = _settings().get(rule.theme, {}).get(rule.id, {})
    for target in targets():
        severity, _, page = entry.get(target, entry.get("default", test.get("role", ""))).partition(" ")
        see = _settings()["targets"][target].get("see", "")
        yield target, severity, see.format(page) if page else test.get("see", "")


def _text(element: etree._Element) -> str:
    """The text on one line, … for each value that is filled in."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append("…")
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())
