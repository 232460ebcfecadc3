"""Verification of a bag in a folder: every problem in one pass, each with its file and reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from jatspack.findings import Finding, Severity, UnreadableInput, finding


@dataclass(slots=True)
class Verification:
    """`valid` where no finding is an error; `files` is how many payload files were read."""

    valid: bool
    files: int = 0
    findings: list[Finding] = field(default_factory=list)


def verify(folder: Path) -> Verification:
    """Check completeness and fixity of a bag (RFC 8493, section 3); UnreadableInput if there is no bag."""
    import bagit

    if not folder.exists():
        raise UnreadableInput(f"{folder}: there is no such bag")
    if not folder.is_dir():
        raise UnreadableInput(f"{folder}: not a folder; unpack the bag first")
    links = [p for p in sorted(folder.rglob("*")) if p.is_symlink()]
    found = [finding("bag-symlink", file=str(p.relative_to(folder))) for p in links]
    if found:
        return Verification(False, 0, found)
    try:
        bag = bagit.Bag(str(folder))
    except bagit.BagError as error:
        raise UnreadableInput(f"{folder}: not a bag ({error})") from error
    files = sum(1 for _ in bag.payload_files())
    try:
        bag.validate()
    except bagit.BagValidationError as error:
        for detail in error.details or [error]:
            name = str(getattr(detail, "path", "") or "")
            found.append(finding("bag-invalid", file=name, reason=str(detail)))
    except bagit.BagError as error:
        found.append(finding("bag-invalid", reason=str(error)))
    return Verification(not any(f.severity is Severity.ERROR for f in found), files, found)
