"""Every rule of jatspack.sch: what it says of a file that breaks it, and of one that does not."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import pytest
from lxml import etree

from jatspack.check import Rule, check_jats, rules, targets
from jatspack.check.fault import Fault
from jatspack.check.rules import OFF, SCH, schematron
from jatspack.check.schemas import schema
from jatspack.check.schematron import check_rules
from jatspack.config import Output
from jatspack.findings import KINDS, Exit, Severity, UsageError
from jatspack.pipeline import convert

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

    def found(self, *, good: bool) -> list[Fault]:
        """What the rules say of the good file, or of the bad one."""
        tree = etree.ElementTree(etree.fromstring(self._text(good=good).encode()))
        for path in [*self.without, *([] if good else self.bad_without)]:
            taken = tree.xpath(f"//{path}", namespaces={"ali": "http://www.niso.org/schemas/ali/1.0/"})
            assert taken, path
            for element in taken:
                element.getparent().remove(element)
        return list(check_rules(tree, self.target))

    def line(self) -> int:
        """The line of the bad file that must be named."""
        text = self._text(good=False)
        return text.count("\n", 0, text.index(self.at) if self.at else SOUND.index(self.old)) + 1

    def _text(self, *, good: bool) -> str:
        assert self.old in SOUND, self.old
        new = (self.old if self.good is None else self.good) if good else self.bad
        return SOUND.replace(self.old, new, 1)


FIXTURES = [Fixture(rule, **entry) for rule, entry in tomllib.loads((HERE / "rules.toml").read_text("utf-8")).items()]


def test_every_rule_has_a_fixture() -> None:
    assert [f.rule for f in FIXTURES] == [f.rule for f in FIXTURES if f.target in _rule(f.rule).severities]
    assert {f.rule for f in FIXTURES} == {r.id for r in rules()}


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda f: f.rule)
def test_a_rule_finds_what_breaks_it(fixture: Fixture) -> None:
    bad, good = fixture.found(good=False), fixture.found(good=True)
    assert {f.data["rule"] for f in bad} - {f.data["rule"] for f in good} == {fixture.rule}
    found = [f for f in bad if f.data["rule"] == fixture.rule]
    assert fixture.line() in [f.element.sourceline for f in found if f.element is not None]
    assert {KINDS[f.code].severity for f in found} == {_rule(fixture.rule).severities[fixture.target]}
    assert all(f.data["message"] and f.data["remedy"] == _rule(fixture.rule).remedy for f in found)


def test_every_rule_has_a_name_a_severity_and_a_remedy() -> None:
    assert len({rule.id for rule in rules()}) == len(rules()) > 150
    for rule in rules():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
        assert rule.message
        assert rule.remedy
        assert rule.severities


def test_every_remedy_is_somebodys() -> None:
    tree = schematron()
    used = {test.get("diagnostics") for test in tree.iter(SCH + "assert")}
    assert {d.get("id") for d in tree.iter(SCH + "diagnostic")} == used


def test_the_settings_name_rules_and_targets_only() -> None:
    settings = tomllib.loads(schema("rules.toml").read_text("utf-8"))
    known = {(rule.theme, rule.id) for rule in rules()}
    chosen = {theme: entry for theme, entry in settings.items() if theme != "targets"}
    assert {(theme, rule) for theme, entry in chosen.items() for rule in entry} <= known
    values = [(target, value) for entry in chosen.values() for by in entry.values() for target, value in by.items()]
    assert {target for target, _ in values} <= set(targets())
    assert {value.split(" ")[0] for _, value in values} <= {OFF, *Severity}


def test_a_target_that_asks_for_more_says_where() -> None:
    rank = [None, Severity.INFO, Severity.WARNING, Severity.ERROR]
    for rule in rules():
        for target in set(targets()) - {"default"}:
            if rank.index(rule.severities.get(target)) > rank.index(rule.severities.get("default")):
                assert rule.sources[target].startswith("https://"), (rule.id, target)


def test_the_configuration_knows_every_target() -> None:
    assert set(get_args(Output.model_fields["rules"].annotation)) == set(targets())


def test_no_rule_searches_the_document() -> None:
    """What is compared with the rest of the document is found by a key, or once for all by a let of the schema."""
    assert not [r.get("context") for r in schematron().iter(SCH + "rule") if "[" in r.get("context", "")]
    for element in schematron().iter(SCH + "assert", SCH + "let"):
        if element.getparent().tag != SCH + "schema":  # type: ignore[union-attr]
            asked = element.get("test") or element.get("value") or ""
            assert not re.search(r"(^|[\s(|=,])//|(preceding|following)(-sibling)?::(?!fpage)", asked), element.get(
                "id"
            )


def test_thousands_of_broken_rules_are_told_each_at_its_element() -> None:
    refs = "".join(
        f"<ref>\n<label>{n}</label>\n<mixed-citation>A work {n}.</mixed-citation></ref>\n" for n in range(3000)
    )
    tree = etree.ElementTree(etree.fromstring(SOUND.replace("</ref-list>", refs + "</ref-list>").encode()))
    found = [f for f in check_rules(tree) if f.data["rule"] == "reference-identified"]
    assert [f.element for f in found] == [e for e in tree.iter("ref") if e.get("id") is None]


def test_a_value_of_any_length_gives_a_message_of_some_length() -> None:
    text = SOUND.replace("<kwd>bees</kwd>", f"<kwd>bees; {'hum ' * 100_000}</kwd>")
    (found,) = check_rules(etree.ElementTree(etree.fromstring(text.encode())))
    assert len(found.data["message"]) <= 300


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(UsageError, match="choose from default, jats4r, scielo, pmc"):
        check_jats(SOUND.encode(), rules="nature")


@pytest.mark.parametrize("target", targets())
def test_the_rules_of_every_target_run_on_bare_files(target: str) -> None:
    for text in (
        "<article/>",
        "<article><front><article-meta><aff/><kwd-group><kwd/></kwd-group></article-meta></front></article>",
    ):
        list(check_rules(etree.ElementTree(etree.fromstring(text)), target))


def test_what_only_a_target_calls_an_error_keeps_nobody_from_reading() -> None:
    default, scielo = check_jats(SOUND.encode()), check_jats(SOUND.encode(), rules="scielo")
    assert (default.valid, default.sound) == (True, True)
    assert (scielo.valid, scielo.sound) == (False, True)
    broken = check_jats(SOUND.replace(">10.5555/hive.2024.7<", ">7<").encode(), rules="scielo")
    assert not broken.sound


def test_the_journal_chooses_its_rules(tmp_path: Path) -> None:
    article = tmp_path / "article.md"
    article.write_text("# Bees\n\nAda Linden\n\nBees share a meadow by the hour.\n", "utf-8")
    (tmp_path / "journal.toml").write_text('[output]\nrules = "scielo"\n', "utf-8")
    package = convert(article, only=["jats", "html"])
    assert "sps-declared" in {f.data.get("rule") for f in package.findings}
    assert package.exit == Exit.FINDINGS
    assert package.html


def _rule(name: str) -> Rule:
    return next(r for r in rules() if r.id == name)
