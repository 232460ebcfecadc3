"""The read room: a source file becomes a Document."""

from jatspack.read.limits import Limits
from jatspack.read.reader import read_source

__all__ = ["Limits", "read_source"]
