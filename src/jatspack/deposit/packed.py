"""The article's files together: under names that travel, in a zip with the same bytes for the same files.

Files are stored as they are: what a compressor makes of them differs with the version of its library.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from datetime import datetime

from jatspack.archive import portable_file
from jatspack.deposit.job import Job

_FIRST = datetime(1980, 1, 1)  # no zip knows an earlier time
_LAST = datetime(2107, 12, 31)


def bundle(job: Job) -> dict[str, bytes]:
    """JATS, PDF, and the images under the names that they have in the JATS, in one folder or below."""
    files = {f"{job.stem}.xml": job.jats}
    for name in sorted(job.files):
        clean = "/".join(
            portable_file(piece) for piece in posixpath.normpath(name).split("/") if piece not in ("", "..", ".")
        )
        files.setdefault(clean, job.files[name])
    return files


def zipped(files: Mapping[str, bytes], when: datetime) -> bytes:
    """A zip of the files in their order, each with the time of the run."""
    stamp = min(max(when.replace(tzinfo=None), _FIRST), _LAST)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, data)
    return out.getvalue()
