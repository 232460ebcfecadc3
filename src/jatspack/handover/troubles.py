"""What may go wrong on the way to a target, as exceptions. Orchestration turns them into findings."""

from __future__ import annotations

from jatspack.findings import Exit, Finding, finding


class Trouble(Exception):
    """What ends a deposit; `reason` never holds a credential, `how` is what to do."""

    code = "handover-unreachable"
    exit = Exit.UNREACHABLE

    def __init__(self, reason: str, how: str = "") -> None:
        super().__init__(reason)
        self.reason, self.how = reason, how

    def finding(self, target: str) -> Finding:
        """The same as a finding."""
        return finding(self.code, target=target, reason=self.reason, how=self.how or "see what it says")


class Refused(Trouble):
    """The target said no; `status` is its HTTP status, 0 where there is none."""

    code = "handover-refused"
    exit = Exit.FINDINGS

    def __init__(self, reason: str, how: str = "", status: int = 0) -> None:
        super().__init__(reason, how)
        self.status = status


class Changed(Trouble):
    """The target holds another state, and must keep it."""

    code = "handover-changed"
    exit = Exit.FINDINGS


class Unreachable(Trouble):
    """No answer, or none before patience ended."""


class Strange(Unreachable):
    """An answer that no honest server gives: too large, malformed, pointing elsewhere."""


class Unknown(Trouble):
    """A request that must not be repeated may have been carried out, or not."""

    code = "handover-unknown"
