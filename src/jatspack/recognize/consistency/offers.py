"""The correction that a finding offers where nobody but the editor can know the right one."""

from __future__ import annotations

from dataclasses import replace

from jatspack.config import entry
from jatspack.findings import Finding, Severity

LONGEST = 200  # characters of a message that an entry quotes
REASON = "checked: it is so in the original"


def offered(found: Finding) -> Finding:
    """The finding with a line for article.toml that accepts what is printed, unless it has a better one."""
    if found.correction or found.severity is Severity.ERROR:
        return found
    message = found.message
    quoted = message if len(message) <= LONGEST else message[:LONGEST].rpartition(" ")[0]
    line = next((str(first) for first, _ in found.lines if first and not found.file), "")
    where = {"lines": line} if line else {}
    return replace(found, correction=entry("silence", finding=found.code, find=quoted, **where, reason=REASON))
