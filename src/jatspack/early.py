"""Start the outside programs of a run before our own modules are loaded: they come up meanwhile, on another core."""

from __future__ import annotations

from collections.abc import Collection


def start(wanted: Collection[str], *, read: bool) -> None:
    """`wanted` as in `jatspack.pipeline.convert`; `read` where raw text will be read. Waits for nothing."""
    if "pdf" in wanted:
        from jatspack.render import press

        press.start()
    if read:
        from jatspack.read import pandoc

        pandoc.start()
