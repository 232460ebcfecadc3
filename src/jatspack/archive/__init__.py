"""Files into BagIt bags, and bags verified."""

from jatspack.archive.bag import bag_size, make_bag
from jatspack.archive.names import portable, portable_file
from jatspack.archive.verify import Verification, verify

__all__ = ["Verification", "bag_size", "make_bag", "portable", "portable_file", "verify"]
