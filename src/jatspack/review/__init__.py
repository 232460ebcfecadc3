"""The review room: the report page, on which an editor sees what a run made of an article, and why."""

from __future__ import annotations

from threading import Lock, Thread

_lock = Lock()
_loader: Thread | None = None


def prepare() -> None:
    """Load what a page needs while something else is waited for: the first page is then made as fast as the next."""
    global _loader  # noqa: PLW0603
    with _lock:
        if _loader is None:
            _loader = Thread(target=_load, daemon=True)
            _loader.start()


def prepared() -> None:
    """Wait until that is done, where it was begun."""
    if _loader is not None:
        _loader.join()


def _load() -> None:
    from jatspack.review import page

    page.load()
