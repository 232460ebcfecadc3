"""Write docs/rules.md, the page of all rules, from schemas/jatspack.sch and schemas/rules.toml.

python bench/rules.py
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from jatspack.check import Rule, rules, targets

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
HEAD = """# Rules

<!-- Written by bench/rules.py from schemas/jatspack.sch and schemas/rules.toml: change it there. -->

What no grammar can say of JATS: the recommendations of JATS4R, what archives ask, and what jatspack itself wants. They
are ISO Schematron (XSLT 1.0), which other programs can run as well. jatspack runs them on all that it writes and on
every file that `validate` and `pack` are given; a broken rule is a finding, `[rule]` at the end of its message.

How bad it is depends on who is to accept the file. Choose with `rules` in `[output]` of journal.toml, or with
`jatspack validate --rules NAME`:
"""
BEFORE_TABLES = """
What a target asks beyond JATS makes the exit status 1, but HTML, PDF and bag are made all the same. A severity leads to
the page that asks for it; without one the rule is the project's own. A dash: the rule is off.
"""


def page() -> str:
    """The page as Markdown: the targets, then a table for each theme."""
    return "\n".join([HEAD, *_targets(), BEFORE_TABLES.rstrip("\n"), *_themes()]) + "\n"


def _targets() -> Iterator[str]:
    yield "| name | rules | stands for |"
    yield "|---|---:|---|"
    for name, title in targets().items():
        yield f"| {name} | {sum(name in rule.severities for rule in rules())} | {title} |"


def _themes() -> Iterator[str]:
    for theme, group in groupby(rules(), key=lambda rule: rule.theme):
        yield f"\n## {theme}\n"
        yield f"| rule | {' | '.join(targets())} | what is told | what to do |"
        yield f"|---|{'---|' * len(targets())}---|---|"
        for rule in group:
            cells = [rule.id, *(_severity(rule, target) for target in targets()), rule.message, rule.remedy]
            yield f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _severity(rule: Rule, target: str) -> str:
    severity, source = rule.severities.get(target), rule.sources.get(target)
    if severity is None:
        return "–"
    return f"[{severity}]({source})" if source else str(severity)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
