"""How long to wait and how often to try: exponential backoff with full jitter, and the server's own Retry-After."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


class Clock:
    """Time as the program sees it; tests bring their own."""

    def now(self) -> float:
        """Seconds that only go forward."""
        return time.monotonic()

    def today(self) -> datetime:
        """The time of the day (UTC), for receipts and Retry-After."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def between(self, low: float, high: float) -> float:
        """A number by chance."""
        return random.uniform(low, high)  # noqa: S311 (no secret depends on it)


@dataclass(slots=True)
class Patience:
    """The waits of one request: `tries` at most, `total` seconds of waiting in all."""

    clock: Clock
    tries: int = 6
    total: float = 300.0
    first: float = 1.0
    longest: float = 60.0
    _tried: int = field(default=0, init=False)
    _waited: float = field(default=0.0, init=False)

    def wait(self, asked: float | None) -> bool:
        """Wait before the next try, as long as the server asked for; False where patience is at its end."""
        self._tried += 1
        pause = self.clock.between(0, min(self.longest, self.first * 2 ** (self._tried - 1)))
        if asked is not None:
            pause = asked + self.clock.between(0, self.first)
        if self._tried >= self.tries or self._waited + pause > self.total:
            return False
        self._waited += pause
        self.clock.sleep(pause)
        return True


def retry_after(value: str, clock: Clock) -> float | None:
    """Seconds of a Retry-After header (RFC 9110, section 10.2.3): a number, or a date; None where it says nothing."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - clock.today()).total_seconds()) if text else None
    except (ValueError, TypeError, OverflowError):
        return None
