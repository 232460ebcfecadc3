"""A case: the files that one run is given, and how they are damaged."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

ODD: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("odd.toml").read_text("utf-8"))
LARGEST = 400_000  # bytes of one file


@dataclass(frozen=True)
class Link:
    """A symbolic link, and where it leads."""

    to: str


@dataclass(frozen=True)
class Case:
    """Files by name; `main` is the one that is named on the command line, "." the folder; `options` are keywords."""

    files: dict[str, bytes | Link]
    main: str
    options: dict[str, object]

    def lay_out(self, folder: Path) -> Path:
        """Write the files; the path of the main one. A name that the disk refuses is left out."""
        for name, data in self.files.items():
            path = folder / name
            try:
                for parent in [*path.relative_to(folder).parents][-2::-1]:  # mkdir(parents=True) goes not so deep
                    (folder / parent).mkdir(exist_ok=True)
                if isinstance(data, Link):
                    path.symlink_to(data.to)
                else:
                    path.write_bytes(data)
            except (OSError, ValueError):
                continue
        return folder / self.main


PLACES = st.integers(0, (1 << 20) - 1)  # of a whole: the same edit fits texts of any length
LENGTHS = st.sampled_from([0, 1, 1, 2, 3, 7, 30, 200, 2000])
HOW_OFTEN = st.sampled_from([2, 3, 10, 100, 1000, 5000])
BYTES = (
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\x1b[2J",
    b"\r",
    b"\x85",
    b"\x1a",
)


@st.composite
def edited(draw: st.DrawFn, data: bytes, pieces: Sequence[bytes], most: int = 6) -> bytes:
    """The bytes with some places put in, taken out, doubled, repeated, exchanged or cut."""
    out = bytearray(data)
    for kind in draw(st.lists(st.sampled_from(["in", "in", "out", "byte", "again", "moved", "cut"]), max_size=most)):
        at = len(out) * draw(PLACES) >> 20
        if kind == "in":
            out[at:at] = draw(st.sampled_from(pieces)) * draw(st.sampled_from([1, 1, 1, 2, 50]))
        elif kind == "out":
            del out[at : at + draw(LENGTHS)]
        elif kind == "byte":
            out[at : at + 1] = draw(st.one_of(st.sampled_from(BYTES), st.binary(min_size=1, max_size=4)))
        elif kind == "again":
            stretch = bytes(out[at : at + draw(LENGTHS)])
            out[at:at] = stretch * min(draw(HOW_OFTEN), LARGEST // 4 // max(len(stretch), 1))
        elif kind == "moved":
            stretch = bytes(out[at : at + draw(LENGTHS)])
            del out[at : at + len(stretch)]
            to = len(out) * draw(PLACES) >> 20
            out[to:to] = stretch
        else:
            del out[at:]
    return bytes(out[:LARGEST])
