"""jatspack convert --serialize: one file in place of the bag's folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from jatspack.cli import app
from jatspack.findings import Stop

ARTICLE = "# The Flight of Bees\n\nAnn Ford\n\nAbstract: Bees fly.\n\n## Introduction\n\nThey do.\n"


def run(tmp_path: Path, *options: str) -> int:
    article = tmp_path / "a.md"
    article.write_text(ARTICLE, "utf-8")
    made = CliRunner().invoke(app, ["convert", str(article), "-o", str(tmp_path / "out"), "--no-pdf", "-q", *options])
    return int(made.exception.exit) if isinstance(made.exception, Stop) else made.exit_code


def bags(tmp_path: Path) -> list[str]:
    return sorted(p.name for p in (tmp_path / "out").iterdir() if ".bag" in p.name or p.name.startswith("."))


def test_one_bag_of_the_kind_that_was_asked_for_last(tmp_path: Path) -> None:
    assert run(tmp_path) < 2
    assert bags(tmp_path) == ["a.bag"]
    for kind in ("zip", "tar.gz", "tar"):
        assert run(tmp_path, "--serialize", kind) == 2  # there is one already
        assert run(tmp_path, "--serialize", kind, "--force") < 2
        assert bags(tmp_path) == [f"a.bag.{kind}"]
    (tmp_path / "journal.toml").write_text('[output]\nserialize = "zip"\n', "utf-8")
    assert run(tmp_path, "--force") < 2
    assert bags(tmp_path) == ["a.bag.zip"]
    assert run(tmp_path, "--force", "--serialize", "none") < 2
    assert bags(tmp_path) == ["a.bag"]


@pytest.mark.parametrize("kind", ["rar", ""])
def test_other_kinds_are_refused(kind: str, tmp_path: Path) -> None:
    assert run(tmp_path, "--serialize", kind) == 2
