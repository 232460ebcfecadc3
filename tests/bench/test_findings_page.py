"""The page of all findings is that of the program, and says of each what it means and what to do."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from findings import PAGE, page
from jatspack.findings import KINDS, STAGES


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python bench/findings.py"


@pytest.mark.parametrize("code", KINDS)
def test_every_finding_is_explained(code: str) -> None:
    kind = KINDS[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert kind.meaning.endswith(".")
    assert not kind.message.endswith(".")
    assert kind.remedy
    assert not kind.remedy.endswith(".")
    assert [name for _, name, _, _ in Formatter().parse(kind.meaning) if name] == []
    assert re.search(
        rf"^### {code}\n\n\*\*{kind.severity}\*\*: .+\n\n.+\n\n\*What to do:\* .+\.$", page(), re.MULTILINE
    )


def test_a_finding_is_of_one_stage() -> None:
    assert sum(map(len, STAGES.values())) == len(KINDS)
