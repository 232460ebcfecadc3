"""Every rule of jatspack.sch: what it says of a file that breaks it, and of one that does not."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import etree

from jatspack.check.lines import line_of
from jatspack.check.rules import Rule, rules, targets
from jatspack.check.schematron import check_rules
from jatspack.findings import Finding, Severity, UsageError

HERE = Path(__file__).parent
SOUND = (HERE / "sound.xml").read_text("utf-8")


@dataclass(frozen=True)
class Fixture:
    """An entry of rules.toml; its first lines say what each field is."""

    rule: str
    old: str
    bad: str
    good: str | None = None
    target: str = "default"
    at: str = ""
    without: list[str] = field(default_factory=list)
    bad_without: list[str] = field(default_factory=list)

    def found(self, *, good: bool) -> list[Finding]:
        """What the rules say of the good file, or of the bad one."""
        tree = etree.ElementTree(etree.fromstring(self._text(good=good).encode()))
        for path in [*self.without, *([] if good else self.bad_without)]:
            taken = tree.xpath(f"//{path}", namespaces={"ali": "http://www.niso.org/schemas/ali/1.0/"})
            assert taken, path
            for element in taken:
                element.getparent().remove(element)
        return check_rules(tree, self.target)

    def line(self) -> int:
        """The line of the bad file that must be named."""
        text = self._text(good=False)
        return text.count("\n", 0, text.index(self.at) if self.at else SOUND.index(self.old)) + 1

    def _text(self, *, good: bool) -> str:
        assert self.old in SOUND, self.old
        new = (self.old if self.good is None else self.good) if good else self.bad
        return SOUND.replace(self.old, new, 1)


FIXTURES = [
    Fixture(rule, **entry) for rule, entry in tomllib.loads((HERE / "rules.toml").read_text("utf-8")).items()
]


def test_every_rule_has_a_fixture() -> None:
    assert [f.rule for f in FIXTURES] == [f.rule for f in FIXTURES if f.target in _rule(f.rule).severities]
    assert {f.rule for f in FIXTURES} == {r.id for r in rules()}


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda f: f.rule)
def test_a_rule_finds_what_breaks_it(fixture: Fixture) -> None:
    bad, good = fixture.found(good=False), fixture.found(good=True)
    assert {f.data["rule"] for f in bad} - {f.data["rule"] for f in good} == {fixture.rule}
    found = [f for f in bad if f.data["rule"] == fixture.rule]
    assert (fixture.line(), fixture.line()) in [lines for f in found for lines in f.lines]
    assert all(f.severity is _rule(fixture.rule).severities[fixture.target] for f in found)
    assert all(f.message and f.remedy == _rule(fixture.rule).remedy for f in found)


def _rule(name: str) -> Rule:
    return next(r for r in rules() if r.id == name)
