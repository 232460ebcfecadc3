"""A client of dask: of a scheduler that runs somewhere, or of workers that are started here for the time of a batch."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from jatspack.findings import MissingDependency, UsageError

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 20.0  # seconds for a scheduler to answer
_SETTINGS = {
    # what dask does a hundred times a second otherwise, for a page that nobody looks at
    "distributed.scheduler.http.routes": [],
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
    # Ctrl-C on a terminal is for the batch, which lets workers finish
    "distributed.worker.preload": ["import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"],
}


@contextmanager
def connected(address: str | None, file: Path | None, workers: int) -> Iterator[Client]:
    """A client of the scheduler at `address` ("tcp://…", "tls://…"), or which `file` describes; with neither, of so
    many workers on this machine, which nobody else can reach.

    Certificates of TLS come from the configuration of dask. Raises MissingDependency where dask is not installed or
    the scheduler does not answer, UsageError for an address or a file that is none.
    """
    if find_spec("distributed") is None:
        raise MissingDependency(
            "dask.distributed is missing, which --engine dask needs; install it: pip install 'jatspack[distributed]'"
        )
    import distributed

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it, the batch says itself
    warnings.filterwarnings("ignore", "Sending large graph")  # an article with its images
    if address is None and file is None:
        yield from _local(workers)
        return
    if file and not file.is_file():
        raise UsageError(f"{file}: there is no such file; the scheduler writes it (dask scheduler --scheduler-file)")
    try:
        client = distributed.Client(address, scheduler_file=str(file) if file else None, timeout=_PATIENCE)
    except (OSError, TimeoutError) as error:
        raise MissingDependency(f"no scheduler answers at {address or file} ({_said(error)}); start one") from error
    except (ValueError, TypeError, KeyError, RuntimeError) as error:
        raise UsageError(f"{address or file}: no scheduler can be reached so ({_said(error)})") from error
    with client:
        yield client


def _local(workers: int) -> Iterator[Client]:
    import dask
    import distributed

    dask.config.set(_SETTINGS)
    cluster = distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        memory_limit=0,  # the limit of an article is its process's own
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # which has a port all the same
        security=True,  # certificates for this run: other users of the machine stay out
        silence_logs=logging.CRITICAL,
    )
    with cluster, distributed.Client(cluster) as client:
        yield client


def described(client: Client) -> str:
    """The scheduler and its workers, in a line."""
    known = client.scheduler_info(n_workers=0)
    workers, threads = known["n_workers"], known["total_threads"]
    there = f"{workers} workers with {threads} threads" if workers else "no worker yet; the batch waits for them"
    return f"dask at {known['address']}: {there}"


def _said(error: BaseException) -> str:
    return (str(error) or type(error).__name__).split("\n")[0][:300]
