"""The receipt: what was done at a target, step by step, in a small JSON file beside the article.

It is written whole after every step, so that a deposit that was interrupted goes on where it stopped; and locked, so
that no two runs make the same deposit. It holds no credential.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from jatspack import __version__
from jatspack.findings import UsageError
from jatspack.handover.patience import Clock
from jatspack.output import locked

LARGEST = 1_000_000  # bytes


class Receipt:
    """What is known of the deposit of one article at one target.

    `known` are the protocol's own facts: identifiers and addresses there. `place` says where the target is: facts of
    another place do not count.
    """

    def __init__(self, path: Path | None, target: str, place: str, clock: Clock, data: dict[str, Any]) -> None:
        self.path, self.clock = path, clock
        same = data.get("place") == place
        earlier = data.get("earlier", [])
        if data and not same:
            earlier = [*earlier, {k: data.get(k) for k in ("place", "digest", "state", "known")}]
        self.known: dict[str, str] = dict(data.get("known", {})) if same else {}
        self.state: str = data.get("state", "new") if same else "new"
        self.digest: str = data.get("digest", "") if same else ""
        self.steps: list[dict[str, str]] = list(data.get("steps", [])) if same else []
        self.target, self.place, self.earlier = target, place, earlier

    def begin(self, digest: str, article: dict[str, str]) -> None:
        """Note which state of the article is handed over."""
        if self.state == "done" and self.digest != digest:
            self.earlier.append({"digest": self.digest, "state": "done", "known": dict(self.known)})
        self.article, self.digest, self.state = article, digest, "begun"
        self._write()

    def note(self, step: str, **known: str) -> None:
        """A step is done; what was learned is kept."""
        self.known |= known
        self.steps.append({"at": self._now(), "step": step})
        self._write()

    def forget(self, *names: str) -> None:
        """Facts that hold no longer."""
        for name in names:
            self.known.pop(name, None)

    def finish(self) -> None:
        """The deposit is whole."""
        self.state = "done"
        self.note("done")

    def _now(self) -> str:
        return self.clock.today().isoformat(timespec="seconds")

    def _write(self) -> None:
        if self.path is None:
            return
        data = {
            "receipt": 1,
            "jatspack": __version__,
            "target": self.target,
            "place": self.place,
            "article": self.article,
            "digest": self.digest,
            "state": self.state,
            "known": self.known,
            "steps": self.steps[-200:],
            "earlier": self.earlier,
        }
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        # One file that is locked already, written after every step: output.write_whole would take ten times as long.
        part = self.path.with_name(f".{self.path.name}.part")
        try:
            with part.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
        except OSError as error:
            raise UsageError(f"{self.path}: cannot be written ({error.strerror or error}); make room") from error


def read(path: Path) -> dict[str, Any]:
    """What a receipt holds, nothing where there is none; UsageError for one that is damaged."""
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(LARGEST + 1))
        known = data["known"]
        if data["receipt"] != 1 or not all(isinstance(v, str) for pair in known.items() for v in pair):
            raise ValueError("not of this form")
        return dict(data)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{path}: this receipt cannot be read; move it away, or use --anew") from error


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else hands over the same article meanwhile; UsageError where somebody does, or nothing can be written."""
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(path.with_name(f".{path.name}.lock"), what=f"{path}: this deposit"))
        except OSError as error:
            why = error.strerror or error
            raise UsageError(
                f"{path}: the receipt cannot be written ({why}); choose a folder with --receipts"
            ) from error
        yield
