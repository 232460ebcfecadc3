"""A real run killed at fifty moments: its outputs are the old ones or the new ones, after the next all are."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jatspack.archive import verify
from jatspack.output import settle
from output.versions import outputs

TEXT = "# The Flight of {0}\n\nAnn Ford\n\nAbstract: {0} fly.\n\n![A {0}](plan.svg)\n\n## Introduction\n\n{0} do.\n"
VERSIONS = {"Owls": ["--only", "html,bag"], "Bees": ["--only", "bag", "--serialize", "zip"]}
POINTS = 50
Killer = Callable[..., Any]


@pytest.fixture
def killer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Killer]:
    """Has jatspack make one of the versions in out/, and kills it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in VERSIONS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "article.md").write_text(TEXT.format(name), "utf-8")
        (tmp_path / name / "plan.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    command = [sys.executable, Path(__file__).with_name("killer.py"), *arguments(tmp_path, "Owls", "out")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin
    assert process.stdout

    def kill(name: str, out: str, after: float = 600, since: str = "start") -> Any:
        order = {"arguments": arguments(tmp_path, name, out), "after": after, "from": since}
        print(json.dumps(order), file=process.stdin, flush=True)
        return json.loads(process.stdout.readline())  # type: ignore[union-attr]

    assert json.loads(process.stdout.readline()) == "ready"
    yield kill
    process.communicate("")


def arguments(folder: Path, name: str, out: str) -> list[str]:
    return ["convert", str(folder / name / "article.md"), "-o", str(folder / out), "--force", "-q", *VERSIONS[name]]


def test_killed_at_fifty_moments(killer: Killer, tmp_path: Path) -> None:
    whole, times = {}, {}
    for name in VERSIONS:
        times[name] = killer(name, f"{name} alone")
        assert times[name]["ended"] == 0
        whole[name] = dict(outputs(tmp_path / f"{name} alone"))
        times[name]["writing"] = killer(name, f"{name} alone", since="write")["writing"]
    assert whole["Owls"].keys() != whole["Bees"].keys()
    known = {file: {v.get(file) for v in whole.values()} for version in whole.values() for file in version}
    dice, out, now, wrong = random.Random(7), tmp_path / "out", "Owls", []
    interrupted, renamed = 0, 0
    for point in range(POINTS):
        name = "Bees" if now == "Owls" else "Owls"
        since = "start" if point % 3 == 0 else "write"
        longest = times[name]["seconds" if since == "start" else "writing"] * 1.1
        done = killer(name, "out", dice.uniform(0, longest), since)
        assert done["ended"] in (None, 0), done
        wrong += [(point, file) for file, digest in outputs(out) if digest not in known[file]]
        interrupted += done["ended"] is None
        renamed += (out / ".jatspack").exists()
        settle(out)
        found = dict(outputs(out))
        assert found in whole.values(), (point, done)
        assert {p.name for p in out.iterdir()} - found.keys() == {"media"}
        now = next(v for v in whole if whole[v] == found)
    assert wrong == []
    assert interrupted > POINTS / 2
    assert renamed > POINTS / 4
    subprocess.run([sys.executable, "-m", "jatspack", *arguments(tmp_path, "Owls", "out")], check=True)
    assert dict(outputs(out)) == whole["Owls"]
    assert verify(out / "article.bag").valid
    assert list(tmp_path.rglob(".jatspack*")) == []
