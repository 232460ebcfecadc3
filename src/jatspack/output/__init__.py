"""Files come whole or not at all: written beside their place, then renamed into it, one run at a time.

`staging` holds the outputs of an article, `whole` single files. Both work in a hidden folder of their goal (`work`),
which a lock keeps for one run (`lock`); what is to be renamed is written down before (`moves`), so that what a killed
run began is finished by the next.
"""

from jatspack.output.dates import run_date, run_time
from jatspack.output.lock import Lock, locked
from jatspack.output.staging import DEPOSIT, MEDIA, SUFFIXES, Staging
from jatspack.output.whole import write_whole
from jatspack.output.work import settle

__all__ = [
    "DEPOSIT",
    "MEDIA",
    "SUFFIXES",
    "Lock",
    "Staging",
    "locked",
    "run_date",
    "run_time",
    "settle",
    "write_whole",
]
