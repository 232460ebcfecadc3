"""src/jatspack/check/newer.toml is what the official DTDs say."""

from __future__ import annotations

from pathlib import Path

from jatspack.catalog import Dtd, Edition, choose
from newer import TARGET, newer, toml


def test_the_table_is_of_the_official_dtds(shared: Path) -> None:
    later = shared / "schemas" / "jats-publishing-1.3" / "JATS-journalpublishing1-3.dtd"
    earlier = choose(Edition(version="1.1")).exact
    assert earlier is not None
    assert TARGET.read_text("utf-8") == toml(newer(earlier.loaded, Dtd(Edition(), later, "").loaded))
