"""jatspack: raw article text in, validated JATS XML, HTML, PDF and a BagIt bag out."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from jatspack.exporting import export
    from jatspack.pipeline import convert
    from jatspack.run import Package

__all__ = ["Package", "__version__", "convert", "export"]


def __getattr__(name: str) -> object:
    """Import the pipeline when it is first asked for, so that `import jatspack` stays fast (PEP 562)."""
    if name in ("Package", "convert"):
        from jatspack import pipeline, run

        return pipeline.convert if name == "convert" else run.Package
    if name == "export":
        from jatspack.exporting import export

        return export
    raise AttributeError(name)
