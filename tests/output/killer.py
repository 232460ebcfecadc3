"""Runs `jatspack` with the arguments of each line that it is given (JSON), and kills it after a while.

{"arguments": ["convert", …], "after": seconds, "from": "start" or "write"} is answered by {"ended": exit status or
null, "seconds": from start to end, "writing": seconds from the first file written to the end}. Each run is a process
forked from one that has everything loaded, so that fifty of them do not take a minute.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from pathlib import Path


def main(warm: list[str]) -> None:
    """Load everything by one run, then serve."""
    run(warm, None)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(kill(order["arguments"], order["after"], order["from"])), flush=True)


def run(arguments: list[str], told: int | None) -> int:
    """The command itself; tells when it begins to write."""
    from jatspack.cli import main as command
    from jatspack.output import Staging

    enter = Staging.__enter__

    def entered(self: Staging) -> Staging:
        if told is not None:
            os.write(told, b"w")
        return enter(self)

    Staging.__enter__ = entered  # type: ignore[method-assign]
    sys.argv = ["jatspack", *arguments]
    try:
        command()
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        Staging.__enter__ = enter  # type: ignore[method-assign]
    return 0


def kill(arguments: list[str], after: float, since: str) -> dict[str, float | None]:
    heard, told = os.pipe()
    start = time.monotonic()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(run(arguments, told))
    os.close(told)
    if since == "write":
        select.select([heard], [], [])
    written = time.monotonic()
    end = written + after
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        time.sleep(min(0.002, max(0.0, end - time.monotonic())))
    else:
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    os.close(heard)
    code = os.waitstatus_to_exitcode(status)
    now = time.monotonic()
    return {"ended": code if code >= 0 else None, "seconds": now - start, "writing": now - written}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
    main(sys.argv[1:])
