"""One run of the fuzzer: cases one after another, failures kept as small as they become."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

import jatspack
from fuzz.bounds import bounded
from fuzz.cases import Case, Link
from fuzz.targets import TARGETS, Target

PROGRAM = Path(jatspack.__file__).parent
ROUND = 400  # cases that hypothesis makes from one seed
LOOKED_AT = 20  # one case in so many is looked at for the functions that it calls


@dataclass
class Session:
    """What was done so far. A failure is known by its exception and the place in the program where that came up."""

    name: str
    folder: Path  # for failures
    target: Target = field(init=False)
    cases: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    known: dict[str, int] = field(default_factory=dict)  # failures and the size of the smallest case
    called: set[CodeType] = field(default_factory=set)
    slowest: float = 0.0

    def __post_init__(self) -> None:
        self.target = TARGETS[self.name]

    def run(self, seconds: float, seed: int, most: int = sys.maxsize) -> None:
        """Fuzz for so long, or so many cases. A failure ends its round when hypothesis has made it small; it is not
        looked for again."""
        end, done = time.monotonic() + seconds, set[str]()
        while time.monotonic() < end and self.cases < most:

            @hypothesis.seed(seed)
            @settings(
                max_examples=min(ROUND, most - self.cases), deadline=None, database=None, derandomize=False,
                suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
                report_multiple_bugs=False,
            )  # fmt: skip
            @given(self.target.cases)
            def one(case: Case) -> None:
                if time.monotonic() > end:
                    return
                try:
                    self.case(case)
                except Exception as error:
                    if place(error) not in done:
                        raise

            try:
                one()
            except Exception as error:
                done.add(place(error))
                print(f"  failure: {place(error)}", file=sys.stderr, flush=True)
            seed += 1

    def case(self, case: Case) -> None:
        """Run one case; whatever goes wrong is recorded, and raised."""
        self.cases += 1
        before = time.process_time()
        folder = Path(tempfile.mkdtemp(prefix="jatspack-fuzz-"))
        looked_at = self.cases % LOOKED_AT == 0
        try:
            with bounded():
                if looked_at:
                    sys.setprofile(self._call)
                try:
                    self.ended[self.target.run(case, folder)] += 1
                finally:
                    if looked_at:
                        sys.setprofile(None)
        except Exception as error:
            self._record(case, error)
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self.slowest = max(self.slowest, time.process_time() - before)

    def _call(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            self.called.add(frame.f_code)

    def _record(self, case: Case, error: Exception) -> None:
        """Keep the smallest case of each failure, with what was said."""
        where = place(error)
        size = sum(len(d) if isinstance(d, bytes) else 1 for d in case.files.values())
        self.ended[f"FAILED: {where}"] += 1
        if size >= self.known.get(where, sys.maxsize):
            return
        self.known[where] = size
        folder = self.folder / f"{self.name}-{where.replace('/', '.').replace(' ', '-').replace(':', '-')}"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "files").mkdir(parents=True)
        save(case, folder)
        command = f"python tests/fuzz {self.name} --replay {folder}"
        (folder / "failure.txt").write_text(f"{command}\n\n{''.join(traceback.format_exception(error))}", "utf-8")

    def functions(self) -> dict[str, tuple[int, int]]:
        """How many functions of each room were called, and how many its loaded modules have."""
        called = {(c.co_filename, c.co_qualname, c.co_firstlineno) for c in self.called}
        out = {}
        for room in sorted({_room(code[0]) for code in called if code[0].startswith(str(PROGRAM))}):
            files = {
                Path(str(m.__file__))
                for m in list(sys.modules.values())
                if _room(str(getattr(m, "__file__", ""))) == room
            }
            every = {code for file in files for code in _codes(file)}
            out[room] = len(called & every), len(every)
        return out


def _room(path: str) -> str:
    """The folder of the program in which a module lies."""
    return path.removeprefix(f"{PROGRAM}/").partition("/")[0] if path.startswith(f"{PROGRAM}/") else ""


def _codes(path: Path) -> set[tuple[str, str, int]]:
    """The functions of a module."""
    if path.suffix != ".py":
        return set()
    found, rest = set(), [compile(path.read_text("utf-8"), str(path), "exec")]
    while rest:
        for one in rest.pop().co_consts:
            if isinstance(one, CodeType):
                rest.append(one)
                if one.co_flags & 0x2:  # CO_NEWLOCALS: a function, not a class
                    found.add((one.co_filename, one.co_qualname, one.co_firstlineno))
    return found


def place(error: BaseException) -> str:
    """The exception's name, and the innermost place in the program."""
    rows = [row for row in traceback.extract_tb(error.__traceback__) if row.filename.startswith(str(PROGRAM))]
    if not rows:
        rows = traceback.extract_tb(error.__traceback__)
    last = rows[-1]
    name = Path(last.filename)
    shown = name.relative_to(PROGRAM).as_posix() if name.is_relative_to(PROGRAM) else name.name
    return f"{type(error).__name__} at {shown}:{last.name}"


def save(case: Case, folder: Path) -> None:
    """A case as files, so that it can be looked at; names that a disk does not hold stand in case.json."""
    rows = {}
    for n, (name, data) in enumerate(case.files.items()):
        rows[name.encode("utf-8", "surrogateescape").hex()] = f">{data.to}" if isinstance(data, Link) else f"files/{n}"
        if isinstance(data, bytes):
            (folder / f"files/{n}").write_bytes(data)
    about = {"main": case.main, "options": case.options, "files": rows}
    (folder / "case.json").write_text(json.dumps(about, indent=1), "utf-8")


def saved(folder: Path) -> Case:
    """The case that lies in a folder."""
    about = json.loads((folder / "case.json").read_text("utf-8"))
    files: dict[str, bytes | Link] = {}
    for coded, place_ in about["files"].items():
        name = bytes.fromhex(coded).decode("utf-8", "surrogateescape")
        files[name] = Link(place_[1:]) if place_.startswith(">") else (folder / place_).read_bytes()
    return Case(files, about["main"], about["options"])
