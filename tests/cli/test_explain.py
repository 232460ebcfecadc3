"""`jatspack explain`: what each block was taken for, and why."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest

ARTICLE = """# Sediment in Mountain Rivers

Ana Ruiz^1^, Jon Berg^2^

^1^ University of the North, Oslo, Norway

^2^ Institute of Rivers, Leeds, UK

**Abstract.** We compare the records of nine stations and ask how far the change can be told from the spread.

**Keywords:** rivers, sediment, snow

# Introduction

Rivers that rise in the mountains carry more sediment in spring, when the snow melts, than in any other season.
"""


def run(*arguments: str, status: int = 0) -> str:
    command = [sys.executable, "-m", "jatspack", "explain", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_every_block_has_role_runner_up_and_margin(article: Path) -> None:
    rows = json.loads(run(str(article), "--json"))
    assert [(r["lines"][0], r["role"]) for r in rows] == [
        (1, "title"),
        (3, "byline"),
        (5, "affiliation"),
        (7, "affiliation"),
        (9, "abstract"),
        (11, "keywords"),
        (13, "heading"),
        (15, "text"),
    ]
    assert all(r["margin"] >= 0 and r["runner_up"] != r["role"] for r in rows)
    label = next(e for e in rows[4]["evidence"] if e["role"] == "abstract" and "label" in e["why"])
    assert label["weight"] > 0


def test_text_shows_the_evidence_of_both(article: Path) -> None:
    lines = run(str(article)).splitlines()
    at = next(i for i, line in enumerate(lines) if line.split()[:2] == ["11", "keywords"])
    rival = lines[at].split(" before ")[1].split()[0]
    below = list(takewhile(lambda line: not line.split()[0].isdigit(), lines[at + 1 :]))
    assert any(line.split()[:2] == ["+", "keywords"] for line in below)
    assert {line.split()[1] for line in below} <= {"keywords", rival}


def test_only_the_doubtful(article: Path) -> None:
    everything = json.loads(run(str(article), "--json"))
    doubtful = json.loads(run(str(article), "--json", "--doubtful"))
    assert doubtful == [r for r in everything if r["margin"] < 1.0]


def test_nothing_is_written(article: Path) -> None:
    run(str(article))
    assert [p.name for p in article.parent.iterdir()] == ["article.md"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    run(str(tmp_path / "none.md"), status=3)
