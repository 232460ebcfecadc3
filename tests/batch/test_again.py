"""What a second run does: what is new or changed, and nothing else. The engine here makes nothing but says so."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest

from jatspack.batch import (
    Again,
    Entry,
    Ledger,
    Options,
    Outcome,
    State,
    Summary,
    Tally,
    collect,
    exit_status,
    run_batch,
)
from jatspack.batch.inputs import images
from jatspack.batch.plan import NOTHING
from jatspack.batch.task import Task
from jatspack.cli.watching import Quiet

from .articles import write

JATS = Options(only=frozenset({"jats"}))


@dataclass
class Engine:
    """Every article ends in the state that its text names, at once; it leaves a file in its folder."""

    done: list[str] = field(default_factory=list)
    stopped: bool = False

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Outcome] | None]:
        for task in tasks:
            self.done.append(task.source.path.name)
            text = task.source.path.read_text("utf-8")
            state = next((s for s in State if f"STATE:{s}" in text), State.DONE)
            task.folder.mkdir(parents=True, exist_ok=True)
            (task.folder / "made.txt").write_text(str(task.made), "utf-8")
            found = images(task.source.path, [word for word in text.split() if word.endswith(".png")])
            yield task, Outcome(state, 0, 0.1, f"it is {state}", Summary(findings={("x", "warning"): 2}), found)
            if self.stopped:
                return

    def stop(self) -> None:
        self.stopped = True

    kill = stop


class Batch:
    """An inbox and its output, run again and again; each run says which articles it did."""

    def __init__(self, folder: Path) -> None:
        self.inbox, self.out = folder / "inbox", folder / "out"
        self.tally: Tally | None = None
        self.notes: Sequence[str] = ()

    def __call__(self, options: Options = JATS, again: Again = NOTHING) -> list[str]:
        engine, watch = Engine(), Quiet()
        watch.planned = lambda _, notes: setattr(self, "notes", notes)  # type: ignore[method-assign]
        sources = collect([str(self.inbox)], self.out, StringIO())
        self.tally = run_batch(sources, self.out, options, engine, watch, again)
        return engine.done

    def rows(self) -> dict[str, Entry]:
        with Ledger(self.out) as ledger:
            return {entry.name: entry for entry in ledger.entries()}


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    made = Batch(tmp_path)
    write(made.inbox, a="One.", b="Two.", c="Three.")
    return made


def test_nothing_is_done_twice(batch: Batch) -> None:
    assert batch() == ["a.md", "b.md", "c.md"]
    assert batch() == []
    assert batch.tally
    assert exit_status(batch.tally) == 0


def test_what_is_new_or_changed_is_done(batch: Batch) -> None:
    batch()
    write(batch.inbox, b="Two and a half.", d="Four.")
    assert batch() == ["b.md", "d.md"]
    os.utime(batch.inbox / "c.md", (0, 0))
    assert batch() == [], "a new time of a file is no change"


@pytest.mark.parametrize(("name", "done"), [("b.toml", ["b.md"]), ("journal.toml", ["a.md", "b.md", "c.md"])])
def test_a_changed_configuration_counts(batch: Batch, name: str, done: list[str]) -> None:
    batch()
    (batch.inbox / name).write_text("# none\n", "utf-8")
    assert batch() == done


def test_other_options_count(batch: Batch) -> None:
    batch()
    assert len(batch(Options(only=frozenset({"jats", "html"})))) == 3
    assert len(batch(Options(only=frozenset({"jats", "html"}), seconds=9.0, megabytes=999))) == 0


def test_a_theme_counts_where_a_pdf_is_made(batch: Batch) -> None:
    (batch.inbox / "journal.toml").write_text("[theme]\nname = 'own'\n", "utf-8")
    theme = batch.inbox / "own"
    theme.mkdir()
    (theme / "theme.toml").write_text("base = 'journal'\n", "utf-8")
    (theme / "theme.css").write_text("p { color: black }\n", "utf-8")
    options = Options(only=frozenset({"jats", "pdf"}))
    batch(options)
    assert batch(options) == []
    (theme / "theme.css").write_text("p { color: navy }\n", "utf-8")
    os.utime(theme / "theme.css", (5, 5))
    assert len(batch(options)) == 3


def test_an_image_counts(batch: Batch) -> None:
    write(batch.inbox, a="A picture plan.png is here.")
    batch()
    pixel = (Path(__file__).parents[2] / "samples").rglob("*.png")
    (batch.inbox / "plan.png").write_bytes(next(pixel).read_bytes())
    assert batch() == ["a.md"]
    assert batch() == []
    (batch.inbox / "plan.png").unlink()
    assert batch() == ["a.md"]


def test_failed_ones_wait_for_a_request(batch: Batch) -> None:
    write(batch.inbox, a="STATE:failed", b="STATE:set-aside", c="STATE:errors")
    assert len(batch()) == 3
    assert batch() == []
    assert batch.tally
    assert exit_status(batch.tally) == 1
    assert batch(again=Again(frozenset({State.FAILED, State.SET_ASIDE}))) == ["a.md", "b.md"]
    assert batch(again=Again(frozenset({State.ERRORS}))) == ["c.md"]
    assert len(batch(again=Again(all=True))) == 3
    assert batch.rows()["a.md"].message == "it is failed"


def test_a_moved_article_is_not_made_again(batch: Batch) -> None:
    batch()
    (batch.inbox / "deep").mkdir()
    (batch.inbox / "a.md").rename(batch.inbox / "deep" / "a.md")
    assert batch() == []
    assert batch.notes == ["a.md was moved to deep/a.md"]
    assert batch.rows()["deep/a.md"].folder == "deep/a"
    assert (batch.out / "deep" / "a" / "made.txt").is_file()
    assert not (batch.out / "a").exists()


def test_a_renamed_article_is_noticed(batch: Batch) -> None:
    batch()
    (batch.inbox / "a.md").rename(batch.inbox / "z.md")
    assert batch() == ["z.md"]
    assert batch.notes == ["a.md was renamed to z.md"]
    assert batch.rows()["a.md"].state is State.GONE


def test_a_lost_article_is_told_and_its_outputs_stay(batch: Batch) -> None:
    batch()
    (batch.inbox / "a.md").unlink()
    assert batch() == []
    assert batch.notes == ["a.md is no longer there"]
    assert (batch.out / "a" / "made.txt").is_file()
    write(batch.inbox, a="One.")
    assert batch() == ["a.md"], "it came back"


def test_an_inbox_that_moved_as_a_whole(batch: Batch) -> None:
    batch()
    batch.inbox = batch.inbox.rename(batch.inbox.with_name("elsewhere"))
    assert batch() == []
    assert {entry.folder for entry in batch.rows().values()} == {"a", "b", "c"}


def test_another_inbox_into_the_same_folder(batch: Batch, tmp_path: Path) -> None:
    batch()
    batch.inbox = write(tmp_path / "second", a="Another one.", e="Five.")
    assert batch() == ["a.md", "e.md"]
    folders = [entry.folder for entry in batch.rows().values()]
    with Ledger(batch.out) as ledger:
        folders = [entry.folder for entry in ledger.entries()]
    assert len(set(folders)) == 5


def test_the_date_is_that_of_the_run_in_which_an_article_came(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    batch()
    write(batch.inbox, b="Two and a half.")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1100000000")
    batch()
    assert {name: entry.made for name, entry in batch.rows().items()} == {
        "a.md": "2001-09-09",
        "b.md": "2004-11-09",
        "c.md": "2001-09-09",
    }
