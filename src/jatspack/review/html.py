"""What every page is made with: one HTML file with its own style and script, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from jatspack.review import words

if TYPE_CHECKING:
    from jinja2 import Environment

BASE = ("jatspack.review", "base.css")  # the style that all pages share
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What HTML does not allow in text: controls become their pictures (U+2400 …), the rest U+FFFD.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


@cache
def asset(*named: tuple[str, str]) -> str:
    """Files of templates/, each (package, name), one after the other and without their comments."""
    texts = ((files(package) / "templates" / name).read_text("utf-8") for package, name in named)
    return "\n".join(line for text in texts for line in _COMMENT.sub("", text).splitlines() if line.strip()) + "\n"


def policy(style: str, script: str) -> str:
    """Content-Security-Policy: the page's own style and script, nothing else."""
    style, script = (b64encode(sha256(text.encode()).digest()).decode() for text in (style, script))
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def environment(package: str, **filters: Callable[..., str]) -> Environment:
    """Jinja with the templates of a package, all loaded, and their filters; what they are given is escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files(package) / "templates"
    environment = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "language": words.language,
        "dir": words.direction,
        **filters,
    }
    for part in folder.iterdir():
        if part.name.endswith(".html"):
            environment.get_template(part.name)
    return environment


def encoded(html: str) -> bytes:
    """The page as UTF-8, with nothing in it that HTML forbids."""
    return _FORBIDDEN.sub(_visible, html).encode("utf-8")


def _visible(match: re.Match[str]) -> str:
    return chr(0x2400 + ord(match[0])) if match[0] < " " else "\ufffd"
