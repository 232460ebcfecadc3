"""A file broken in any of sixty ways and more is refused with the right finding at the right line."""

from __future__ import annotations

import pytest

from check.breaks import BREAKS, SOUND, Break
from jatspack.check import check_jats
from jatspack.findings import Severity


def test_the_sound_file_is_sound() -> None:
    result = check_jats(SOUND.read_bytes())
    assert result.valid
    assert result.findings == []


def test_there_are_enough_ways() -> None:
    assert sum(not b.doubtful for b in BREAKS) >= 60
    assert {b.kind for b in BREAKS} == {"structure", "links", "languages", "words", "identifiers"}
    assert len({b.name for b in BREAKS}) == len(BREAKS)


@pytest.mark.parametrize("broken", BREAKS, ids=lambda b: f"{b.kind}: {b.name}")
def test_a_break_is_refused_at_its_line(broken: Break) -> None:
    result = check_jats(broken.broken().encode())
    found = [f for f in result.findings if f.code == broken.code and f.data.get("rule", "") == broken.rule]
    assert found, result.findings
    assert (broken.line(), broken.line()) in [lines for f in found for lines in f.lines], found
    assert all(f.message and f.remedy for f in found)
    assert result.valid is broken.doubtful
    assert all((f.severity is Severity.ERROR) is not broken.doubtful for f in found)
