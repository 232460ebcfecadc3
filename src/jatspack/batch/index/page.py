"""index.html: one file, nothing loaded from elsewhere; names, titles and messages are escaped, whatever they hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jatspack import __version__
from jatspack.batch.index.figures import Code, Figures, Group, figures, homes
from jatspack.batch.index.plots import BAR, HEIGHT, WIDTH, Bar, bars, cloud, durations
from jatspack.batch.index.rows import DOUBTS, ORDER, compact
from jatspack.batch.ledger import Ledger
from jatspack.batch.listing import listing
from jatspack.batch.task import State
from jatspack.findings import KINDS
from jatspack.output import write_whole
from jatspack.review.html import BASE, asset, encoded, environment, policy

if TYPE_CHECKING:
    from jinja2 import Template

NAME, LISTING = "index.html", "articles.csv"
PLAIN = 300  # articles that the page shows without its script
GROUPS = 300  # journals and reasons shown
_HERE = "jatspack.batch.index"
_SEVERITIES = ("error", "warning", "info")
_MEANS = {
    State.DONE: "made, nothing wrong",
    State.ERRORS: "made, with errors in the report",
    State.FAILED: "refused, with a message",
    State.SET_ASIDE: "hung, took too much memory, or crashed",
    State.WAITING: "not done yet",
    State.RUNNING: "being done",
    State.GONE: "the source is no longer there",
}


def write_index(ledger: Ledger, output: Path) -> Path:
    """Write index.html, and the list of all articles beside it, anew, each whole or not at all; where the page is.

    Raises UsageError where the disk refuses.
    """
    files = {output / LISTING: listing(ledger.entries()), output / NAME: index_page(ledger)}
    write_whole(files, force=True)
    return output / NAME


def index_page(ledger: Ledger) -> bytes:
    """The page as UTF-8. The same ledger gives the same bytes."""
    found = figures(ledger.entries(), homes(ledger.journals()))
    style, script = asset(BASE, (_HERE, "index.css")), asset((_HERE, "index.js"))
    codes = _codes(found.codes.values())
    html = _template().render(
        figures=found,
        version=__version__,
        states=[(state, found.all.states[state], _MEANS[state]) for state in ORDER if found.all.states[state]],
        state_bars=_by_state(found.all),
        codes=[(code, _say(code.code), bar) for code, bar in zip(codes, _spread(codes, found), strict=True)],
        severities=Counter(code.severity for code in codes),
        journals=_largest(found.journals),
        languages=_largest(found.languages),
        reasons=sorted(found.reasons.values(), key=lambda r: (ORDER.index(r.state), -r.articles, r.message)),
        confidence=bars([f"{n / 10:.1f} – {(n + 1) / 10:.1f}" for n in range(10)], found.confidence, DOUBTS),
        doubtful=sum(found.confidence[:DOUBTS]),
        fields=sum(found.confidence),
        durations=durations(found.times),
        cloud=cloud(found.cloud),
        size=(WIDTH, HEIGHT),
        plain=found.rows[:PLAIN],
        left_out=found.all.articles - len(found.rows),
        most_groups=GROUPS,
        listing=LISTING,
        last=f"{datetime.fromtimestamp(found.last, UTC):%Y-%m-%d %H:%M} UTC" if found.last else "",
        data=_embedded(found, codes),
        style=style,
        script=script,
        policy=policy(style, script),
    )
    return encoded(html)


def _codes(codes: Iterable[Code]) -> list[Code]:
    """The worst first, then those that most articles have."""
    return sorted(codes, key=lambda c: (_SEVERITIES.index(c.severity), -c.articles, -c.times, c.code))


def _spread(codes: Sequence[Code], found: Figures) -> list[Bar]:
    """What part of the articles that were made has each."""
    made = found.all.made or 1
    return [Bar("", c.articles, c.articles / made, round(max(BAR * c.articles / made, 1), 1)) for c in codes]


def _by_state(group: Group) -> list[tuple[State, float, float]]:
    """(state, where its part of the bar begins, how wide it is) in units of BAR."""
    out, at = [], 0.0
    for state in ORDER:
        width = BAR * group.states[state] / (group.articles or 1)
        if width:
            out.append((state, round(at, 2), round(width, 2)))
        at += width
    return out


def _say(code: str) -> tuple[list[str], str]:
    """(message, meaning) of a code; every second part of the message names what a finding fills in. Both are empty for
    a code of another version."""
    kind = KINDS.get(code)
    if kind is None:
        return [], ""
    parts = re.split(r"\{(\w+)\}", kind.message)
    return [part.replace("_", " ") if n % 2 else part for n, part in enumerate(parts)], kind.meaning


def _largest(groups: dict[str, Group]) -> list[Group]:
    """Those with most articles that are not right, or not made, first."""

    def wrong(group: Group) -> int:
        return group.unmade + group.states[State.ERRORS]

    return sorted(groups.values(), key=lambda group: (-wrong(group), -group.articles, group.name))


def _embedded(found: Figures, codes: Iterable[Code]) -> str:
    """The rows as JSON that can stand in a script element: nothing in it can end the element or begin a comment."""
    data = compact(found.rows, [(code.code, code.severity) for code in codes])
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


@cache
def _template() -> Template:
    filters = {
        "count": "{:,}".format,
        "percent": lambda share: f"{100 * share:.{0 if share in (0, 1) else 1}f} %",
        "size": lambda n: f"{n / 1e6:.1f} MB" if n >= 1e6 else f"{n / 1e3:.1f} kB",
        "duration": _duration,
    }
    return environment(_HERE, **filters).get_template("index.html")


def _duration(seconds: float) -> str:
    """``3.2 s``, ``4 min 5 s``, ``2 h 10 min``."""
    if seconds < 60:
        return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
