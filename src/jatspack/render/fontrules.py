"""The fonts as WeasyPrint and fontconfig want them told: ``@font-face`` rules, and which family continues which.

A theme's CSS names a family or two and leaves the rest to rules: for each language its own families come first, and
behind the families of the CSS follow all others of the same kind, then those of the other. Pango asks fontconfig for
every stretch of one script, so that in one paragraph Persian letters take a naskh and Latin ones the theme's serif.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from xml.sax.saxutils import escape

from jatspack.render.fonts import Family, families

_GENERIC = {"serif": "serif", "sans": "sans-serif"}  # CSS's generic families, which a theme may name as well
_HEAD = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'


def font_faces(chosen: Iterable[Family]) -> str:
    """The ``@font-face`` rules of some families."""
    return "\n".join(
        f'@font-face {{ font-family: "{family.name}"; src: url("{face.address}");'
        f" font-weight: {face.weight}; font-style: {face.style} }}"
        for family in chosen
        for face in family.faces
    )


@cache
def configuration() -> str:
    """A fontconfig configuration (fonts-conf(5)) without any font of the machine, with the rules of fonts.toml."""
    return f"{_HEAD}<fontconfig>\n{chr(10).join(_rules())}\n</fontconfig>\n"


def _rules() -> Iterator[str]:
    known = families()
    for family in known:
        generic = _GENERIC[family.kind or "sans"]
        yield _rule([_test("family", family.name, qual="first")], "append_last", [generic])
    for family in known:
        for tag in family.languages:
            for generic in [_GENERIC[family.kind]] if family.kind else _GENERIC.values():
                for comparison, value in (("eq", tag), ("contains", f"{tag}-")):
                    tests = [_test("lang", value, compare=comparison), _test("family", generic)]
                    yield _rule(tests, "prepend_first", [family.name])
    for kind, generic in _GENERIC.items():
        same = [family.name for family in known if family.kind in (kind, None)]
        other = [family.name for family in known if family.kind not in (kind, None)]
        yield _rule([_test("family", generic)], "append_last", [*same, *other])


def _test(name: str, value: str, **how: str) -> str:
    attributes = "".join(f' {key}="{word}"' for key, word in how.items())
    return f'<test name="{name}"{attributes}><string>{escape(value)}</string></test>'


def _rule(tests: Iterable[str], mode: str, names: Iterable[str]) -> str:
    values = "".join(f"<string>{escape(name)}</string>" for name in names)
    edit = f'<edit name="family" mode="{mode}" binding="strong">{values}</edit>'
    return f'<match target="pattern">{"".join(tests)}{edit}</match>'
