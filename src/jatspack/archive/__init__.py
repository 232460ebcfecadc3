"""Files into BagIt bags, and bags verified."""

from jatspack.archive.bag import bag_size, make_bag
from jatspack.archive.contents import Contents
from jatspack.archive.describe import described
from jatspack.archive.names import portable, portable_file, shown
from jatspack.archive.serialize import serialize
from jatspack.archive.unpack import add_tag_files, unpack
from jatspack.archive.verify import Verification, opened, verify

__all__ = [
    "Contents",
    "Verification",
    "add_tag_files",
    "bag_size",
    "described",
    "make_bag",
    "opened",
    "portable",
    "portable_file",
    "serialize",
    "shown",
    "unpack",
    "verify",
]
