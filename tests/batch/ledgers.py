"""Ledgers written by hand: batches to look at that nobody had to make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jatspack.archive import portable
from jatspack.batch import Ledger, Outcome, Source, State, Summary
from jatspack.batch.inputs import Fingerprint

INBOX = Path("/inbox")
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }} & \"quoted\" 'so'"
ERROR, WARNING, INFO = ("link-broken", "error"), ("image-missing", "warning"), ("space-lost", "info")


@dataclass(frozen=True)
class Article:
    """A row to be: its name, what became of it (None: it waits), the bytes of its source."""

    name: str
    outcome: Outcome | None = None
    bytes: int = 20_000

    @property
    def folder(self) -> str:
        return self.name.removesuffix(".md")


def made(
    name: str, *found: tuple[str, str], title: str = "", journal: str = "", lang: str = "en", seconds: float = 1.0,
    sure: tuple[int, ...] = (0,) * 9 + (20,), valid: bool = True, missing: int = 0, size: int = 20_000,
) -> Article:  # fmt: skip
    """An article that was made; each finding as often as it is given."""
    bad = any(severity == "error" for _, severity in found)
    stem = portable(Path(name).stem)
    summary = Summary(
        title=title, language=lang, journal=journal, valid=valid, findings={kind: found.count(kind) for kind in found},
        confidence=sure, words=3000, missing=missing,
        outputs={f"{stem}.xml": 9, f"{stem}.html": 9, f"{stem}.report.html": 9, f"{stem}.bag": None},
    )  # fmt: skip
    return Article(name, Outcome(State.ERRORS if bad else State.DONE, int(bad), seconds, summary=summary), size)


def refused(name: str, message: str, state: State = State.FAILED, seconds: float = 0.1) -> Article:
    """An article that was not made."""
    return Article(name, Outcome(state, 3 if state is State.FAILED else None, seconds, message))


def write(folder: Path, articles: Iterable[Article]) -> Path:
    """A batch's folder with a ledger of these articles and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    articles = list(articles)
    with Ledger(folder, write=True) as ledger:
        ledger._base.execute("PRAGMA synchronous = OFF")
        ledger.enrol(
            (Source(INBOX / a.name, a.name), a.folder, Fingerprint(f"{n:064x}", "c"), a.bytes, "2026-11-01")
            for n, a in enumerate(articles)
        )
        outcomes = {a.name: a.outcome for a in articles}
        for entry in list(ledger.entries()):
            if outcome := outcomes[entry.name]:
                ledger.end(entry.id, outcome)
    return folder


def batch() -> list[Article]:
    """One of everything, and as many plain ones that the list has several pages."""
    return [
        refused("oaks/b 1.md", "/inbox/oaks/b 1.md: is no text (it begins like a PDF); convert it to text first"),
        refused("oaks/б2.md", "/inbox/oaks/б2.md: is no text (it begins like a PDF); convert it to text first"),
        refused("oaks/long.md", "took more than 600 s", State.SET_ASIDE, 600.0),
        Article("oaks/later.md"),
        made("oaks/wrong.md", ERROR, ERROR, WARNING, title="Wrong links", journal="Journal of Oaks", valid=False),
        made("oaks/odd.md", ERROR, title=HOSTILE, journal="Journal of Oaks", missing=3),
        made("oaks/right.md", title="Дубы и озёра", journal="Journal of Oaks", lang="ru", seconds=9.5),
        made("elms/a#1 (50%)?.md", INFO, INFO, INFO, title="Café elms", sure=(0, 0, 1, 0, 0, 0, 2, 0, 0, 7)),
        made("elms/<i>.md", WARNING, seconds=0.2),
        *(made(f"ash/n{n:03}.md", INFO, title=f"Ash {n}", journal="Ash Trees", seconds=2 + n / 100, size=9000 + 100 * n)
          for n in range(120)),
    ]  # fmt: skip
