"""The page of all rules is that of the schema."""

from __future__ import annotations

from jatspack.check import rules
from rules import PAGE, page


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python bench/rules.py"


def test_every_rule_is_told() -> None:
    rows = [line.split(" | ")[0].removeprefix("| ") for line in page().splitlines() if line.startswith("| ")]
    assert [row for row in rows if row in {rule.id for rule in rules()}] == [rule.id for rule in rules()]
