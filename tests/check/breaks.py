"""Sixty ways and more to break a JATS file, each with what must be said of it and where: breaks.toml, read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SOUND = HERE / "sound.xml"


@dataclass(frozen=True)
class Break:
    """An entry of breaks.toml; its first lines say what each field is."""

    kind: str
    name: str
    old: str
    new: str
    code: str
    rule: str = ""
    at: str = ""
    doubtful: bool = False

    def broken(self) -> str:
        """The file with this break."""
        text = SOUND.read_text("utf-8")
        assert self.old in text, self.old
        return text.replace(self.old, self.new, 1)

    def line(self) -> int:
        """The line that a finding must name."""
        text, broken = SOUND.read_text("utf-8"), self.broken()
        before, caret, behind = self.at.partition("‸")
        start = broken.index(before + behind) + len(before if caret else "") if self.at else text.index(self.old)
        return broken.count("\n", 0, start) + 1


BREAKS = [
    Break(kind, **entry)
    for kind, entries in tomllib.loads((HERE / "breaks.toml").read_text("utf-8")).items()
    for entry in entries
]


def table() -> str:
    """All breaks as a Markdown table."""
    rows = ["| break | kind | finding | line | |", "|---|---|---|---:|---|"]
    for one in BREAKS:
        code, fate = f"{one.code} [{one.rule}]".removesuffix(" []"), "reported" if one.doubtful else "refused"
        rows.append(f"| {one.name} | {one.kind} | {code} | {one.line()} | {fate} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(table(), end="")
