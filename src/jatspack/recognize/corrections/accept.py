"""Corrections that findings offer, taken over as article.toml says."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace

from jatspack.config import ArticleConfig, Config
from jatspack.findings import Finding, finding
from jatspack.silence import meant


def accept(
    config: Config, told: Sequence[Finding], source: str
) -> tuple[Config, dict[tuple[str, str], str], list[Finding]]:
    """The configuration with the corrections that are accepted; findings accepted as they are, with the reason; what
    names no finding."""
    own, places, rows = config.article, config.places, source.split("\n")
    added: dict[str, list[object]] = {}
    lines = dict(places.lines)
    quiet: dict[tuple[str, str], str] = {}
    unused: list[Finding] = []
    taken: set[str] = set()
    for n, entry in enumerate(own.accept):
        found = [told[k] for k in meant(entry, told, rows) if told[k].correction]
        line = places.line("accept", n)
        if not found:
            where = [(line, line)] if line else []
            unused.append(finding("accept-unused", *where, file=places.name, accepted=entry.finding))
        for one in found:
            ((table, (values,)),) = tomllib.loads(one.correction).items()
            if table == "silence":
                quiet[one.code, one.message] = f"{values['reason']} ({places.rule('accept', n)})"
            elif one.correction not in taken:
                taken.add(one.correction)
                new = added.setdefault(table, [])
                if line:
                    lines[table, len(getattr(own, table)) + len(new)] = line
                new += getattr(ArticleConfig.model_validate({table: [values]}), table)
    update = {table: [*getattr(own, table), *new] for table, new in added.items()}
    merged = own.model_copy(update=update)
    return config.model_copy(update={"article": merged, "places": replace(places, lines=lines)}), quiet, unused
