"""The PDF made in a process of its own: bounded in time and memory, and ready while the article is still being read.

Loading WeasyPrint takes longer than reading an article. `start` has it done beside the reading, on another core;
the process then prints page after page until its parent ends.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import threading
import warnings
from collections.abc import Mapping

from jatspack.child import Child, Died, Late, resident
from jatspack.findings import MissingDependency, finding
from jatspack.read.document import Media
from jatspack.render.conformance import Source
from jatspack.render.pdf import PdfSettings, Printed, load, print_page

SECONDS = 300.0  # for one PDF
MEGABYTES = 2000  # of address space for all that the process holds
KEPT = 300_000_000  # bytes of memory with which it may wait for another page: a large article leaves more behind
_Page = tuple[str, Mapping[str, Media], PdfSettings, Source | None]  # arguments of `print_page`


def _environment() -> dict[str, str]:
    """Ours without the user's languages: Pango chooses glyphs by them where a text has no language of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("LANGUAGE", "PANGO_LANGUAGE")}
    return {**kept, "LC_ALL": "C.UTF-8"}


_lock = threading.Lock()
_press: Child | None = None


def start() -> None:
    """Start the process, if none runs or one holds too much; does not wait for it."""
    global _press  # noqa: PLW0603
    with _lock:
        if _press is None or _press.process.poll() is not None or resident(_press.process.pid) > KEPT:
            close()
            here = "jatspack.render.press"
            try:
                _press = Child(f"{here}:answer", f"{here}:get_ready", environment=_environment())
            except OSError as error:
                raise MissingDependency(f"Python cannot be started for the PDF: {error}") from error


def press(
    html: str,
    media: Mapping[str, Media],
    settings: PdfSettings,
    source: Source | None = None,
    seconds: float = SECONDS,
) -> Printed:
    """As `jatspack.render.pdf.print_page`; a page that needs more than its time or memory gives a finding, no PDF."""
    start()
    with _lock:
        assert _press
        try:
            printed = _press.ask((html, dict(media), settings, source), seconds)
        except (Late, Died):
            close()
            return _failed(f"it takes more than {seconds:g} s or {MEGABYTES} MB")
    if isinstance(printed, MissingDependency):
        raise printed
    assert isinstance(printed, Printed)
    return printed


def _failed(reason: str) -> Printed:
    return Printed(b"", (finding("pdf-not-made", reason=reason),))


def close() -> None:
    """End the process, if one runs."""
    global _press
    running, _press = _press, None
    if running:
        running.close()


def get_ready() -> None:
    """In the process: bound it, and load what printing needs."""
    _bound()
    warnings.simplefilter("ignore")  # a library's, about an article; what matters to people is a finding
    gc.disable()  # between two pages there is time for it
    with contextlib.suppress(MissingDependency):  # told with the first page
        load()
    gc.collect()
    gc.freeze()  # what is loaded stays, and need not be looked through after each page


def answer(page: _Page) -> Printed | MissingDependency:
    """In the process: print a page; what goes wrong is a finding, what is missing an answer."""
    html, media, settings, source = page
    try:
        return print_page(html, media, settings=settings, source=source)
    except MissingDependency as error:
        return error
    except Exception as error:
        return _failed(f"{type(error).__name__} {error}".strip())


def _bound() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))


def _forget() -> None:
    """In a forked child the parent's process is not ours to speak to."""
    global _press, _lock
    _press, _lock = None, threading.Lock()


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
