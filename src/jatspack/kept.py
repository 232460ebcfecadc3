"""A property that is worked out once: functools.cached_property without the lock that Python 3.11 takes each time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property as kept
else:

    class kept:  # noqa: N801
        """Worked out when it is first asked for, then an attribute of the instance."""

        def __init__(self, work_out) -> None:
            self.work_out, self.name, self.__doc__ = work_out, work_out.__name__, work_out.__doc__

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            value = instance.__dict__[self.name] = self.work_out(instance)
            return value


__all__ = ["kept"]
