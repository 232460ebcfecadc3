"""One article in a worker: made, or the reason why not, as a value; nothing that an article does gets further."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import traceback
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from time import perf_counter

from jatspack import early
from jatspack.batch.inputs import configuration, named_images
from jatspack.batch.task import Options, Outcome, State, Summary, Task
from jatspack.child import resident
from jatspack.config import Config
from jatspack.findings import BUG, Exit, Stop
from jatspack.report import Report

_TENTHS = 10
_OBJECTS = 200_000  # that an article makes before one looks for garbage; at its end `child` does


def answer(order: tuple[Task | None, Options]) -> Outcome | None:
    """Make one article; without one, load what all of them need, and bound the memory of this process."""
    task, options = order
    if task is None:
        _load(options)
        return None
    started = perf_counter()
    try:
        outcome = _make(task, options)
    except Stop as stop:
        outcome = Outcome(State.FAILED, int(stop.exit), message=str(stop))
    except MemoryError:
        outcome = Outcome(State.SET_ASIDE, message=f"takes more than {options.megabytes} MB of memory; {_ALONE}")
    except Exception as error:
        outcome = Outcome(State.FAILED, BUG, message=f"unforeseen {type(error).__name__}: {error} ({_place(error)})")
    return _measured(outcome, perf_counter() - started)


_FIRST = Path(str(files("jatspack.batch") / "first.md"))
_ALONE = "convert it by itself with jatspack convert, or raise --memory-limit"


def _make(task: Task, options: Options) -> Outcome:
    from jatspack.pipeline import convert

    os.environ["SOURCE_DATE_EPOCH"] = str(task.made)  # of the batch, not of the night in which its turn comes
    path, config = task.source.path, configuration(task.source, options)
    package = convert(path, config, output=task.folder, only=options.only, force=task.force)
    found = named_images(package.document) if package.document else {}
    state = State.DONE if package.exit == Exit.DONE else State.ERRORS
    return Outcome(state, int(package.exit), summary=summarise(package.report), images=found)


def summarise(report: Report) -> Summary:
    """What the ledger keeps of a report."""
    tenths = Counter(min(int(field.confidence * _TENTHS), _TENTHS - 1) for field in report.fields)
    values, words = report.configuration.values, report.words
    return Summary(
        title=next((f.value for f in report.fields if f.field == "article-title"), "")[:500],
        language=report.language,
        journal=next((value for key, value in values.items() if key.startswith("journal.journal.title")), ""),
        valid=report.validation.valid,
        findings=Counter((f.code, f.severity) for f in report.findings if not f.silenced),
        confidence=tuple(tenths[n] for n in range(_TENTHS)),
        words=words.total if words else 0,
        missing=len(words.missing) + len(words.invented) if words else 0,
        outputs={made.name: made.bytes for made in report.outputs},
    )


def _measured(outcome: Outcome, seconds: float) -> Outcome:
    return replace(outcome, seconds=seconds, resident=resident(os.getpid()))


def _place(error: Exception) -> str:
    """Where in the program something went wrong."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _load(options: Options) -> None:
    """Be ready for the first article; say on stderr where it is if the process crashes."""
    faulthandler.enable()
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (options.megabytes << 20, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    early.start(options.only, read=True)
    with contextlib.suppress(Stop):  # told with the first article
        from jatspack.pipeline import convert

        convert(_FIRST, Config(), only={"jats"})
    gc.collect()
    gc.freeze()  # what is loaded stays, and need not be looked through in each article
    gc.set_threshold(_OBJECTS)
