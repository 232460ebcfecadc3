"""Files into BagIt bags, and bags verified."""

from jatspack.archive.bag import bag_size, make_bag
from jatspack.archive.contents import Contents
from jatspack.archive.describe import described
from jatspack.archive.names import portable, portable_file, shown
from jatspack.archive.serialize import serialize
from jatspack.archive.verify import Verification, verify

__all__ = [
    "Contents",
    "Verification",
    "bag_size",
    "described",
    "make_bag",
    "portable",
    "portable_file",
    "serialize",
    "shown",
    "verify",
]
