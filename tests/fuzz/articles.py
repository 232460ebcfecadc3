"""Raw articles: stretches of the samples, laid out in many ways, between things that no article should hold."""

from __future__ import annotations

import base64
import sys
import tomllib
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from fuzz.cases import ODD, PLACES, Case, Link, edited

TESTS = Path(__file__).resolve().parents[1]
SAMPLES = TESTS.parent / "samples"
TEMPLATES = TESTS.parent / "src" / "jatspack"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>'
PIECES = [piece.encode() for piece in ODD["article"]]
TOML_PIECES = [piece.encode() for piece in ODD["toml"]] + [b'"\\ud800"']
OTHERS = ["utf-8-sig", "utf-16", "utf-32", "cp1251", "koi8-r", "latin-1", "gb18030", "shift_jis", "utf-7"]
CODINGS = ["utf-8"] * 12 + OTHERS
ENDS = ["\n"] * 8 + ["\r\n", "\r"]


@cache
def texts() -> list[list[str]]:
    """Lines of good articles: the samples, and the samples in other looks."""
    for place in (TESTS / "metamorphic", TESTS / "samples", TESTS.parent / "bench"):
        if str(place) not in sys.path:
            sys.path.append(str(place))
    from changes import BLOCKS, LABELS, LANGUAGES, MARKS, NOISE, NUMBERS, SECTIONS, TITLES, Look, lay_out
    from labels import varied
    from manuscript import load

    found = [(SAMPLES / name / "article.md").read_text("utf-8") for name in sorted(p.name for p in SAMPLES.iterdir())]
    kinds = {"languages": LANGUAGES, "blocks": BLOCKS, "titles": TITLES, "labels": LABELS, "sections": SECTIONS,
             "marks": MARKS, "numbers": NUMBERS, "noise": NOISE}  # fmt: skip
    looks = [Look(**{kind: value}) for kind, values in kinds.items() for value in values]
    for n, look in enumerate(looks):
        name = varied()[n % len(varied())]
        found.append(lay_out(load(SAMPLES / name), look).decode())
    short = tomllib.loads((TESTS / "recognize" / "short_texts.toml").read_text("utf-8"))
    found += _strings(short)
    return [text.split("\n") for text in found]


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return [value] if isinstance(value, str) and len(value) > 40 else []


@st.composite
def stretches(draw: st.DrawFn) -> str:
    """Some lines of a good article: a few from anywhere, its beginning, or its end."""
    lines = texts()[draw(st.integers(0, len(texts()) - 1))]
    length = draw(st.sampled_from([1, 1, 3, 3, 8, 8, 25, 60]))
    at = draw(st.sampled_from([0, 0, max(len(lines) - length, 0), len(lines) * draw(PLACES) >> 20]))
    return "\n".join(lines[at : at + length])


@st.composite
def repeated(draw: st.DrawFn) -> str:
    """One odd thing, once or very often."""
    piece = draw(st.sampled_from(ODD["article"]))
    return piece * min(draw(st.sampled_from([1, 1, 1, 2, 5, 60, 3000])), 60_000 // len(piece))


MANY = st.lists(repeated(), max_size=6).map("".join)
PARTS = st.one_of(stretches(), stretches(), stretches(), repeated(), MANY, st.text(max_size=60))


@st.composite
def sources(draw: st.DrawFn) -> bytes:
    """The bytes of an article."""
    parts = draw(st.lists(PARTS, min_size=1, max_size=5))
    text = "".join(part + draw(st.sampled_from(["\n\n", "\n\n", "\n", " ", ""])) for part in parts)
    coding, end = draw(st.sampled_from(CODINGS)), draw(st.sampled_from(ENDS))
    return draw(edited(text.replace("\n", end).encode(coding, "replace"), PIECES, draw(st.sampled_from([0, 2, 8]))))


@cache
def configurations() -> list[bytes]:
    """Good configurations: the templates, as they are and with every line taken in, and those of the samples."""
    found = [path.read_bytes() for path in sorted(SAMPLES.glob("*/*.toml"))]
    for name in ("article.toml", "journal.toml"):
        text = (TEMPLATES / name).read_text("utf-8")
        found += [text.encode(), "\n".join(line.removeprefix("# ") for line in text.split("\n")).encode()]
    return [b"", *found]


@st.composite
def configured(draw: st.DrawFn) -> bytes:
    """A configuration: some lines of a good one, damaged or not."""
    lines = draw(st.sampled_from(configurations())).split(b"\n")
    at = len(lines) * draw(PLACES) >> 20
    chosen = lines if draw(st.booleans()) else lines[at : at + draw(st.sampled_from([2, 5, 12]))]
    return draw(edited(b"\n".join(chosen), TOML_PIECES, 3))


BESIDE = [(), (), (), ("article.toml",), ("journal.toml",), ("journal.toml", "article.toml")]
IMAGES: dict[str, list[bytes | Link]] = {
    "a.png": [PNG, PNG[:30], b"", Link("/etc/passwd"), Link("a.png"), Link("../../../etc/passwd")],
    "b.svg": [SVG, SVG.replace(b"<rect", b"<script/><rect"), b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, b"<svg"],
    "c.jpg": [b"\xff\xd8\xff", b"\xff\xd8\xff\xe0" + bytes(100), PNG],
}


@st.composite
def articles(draw: st.DrawFn) -> Case:
    """An article with what lies beside it."""
    files: dict[str, bytes | Link] = {"article.md": draw(sources())}
    for name in draw(st.sampled_from(BESIDE)):
        files[name] = draw(configured())
    for name in draw(st.sampled_from([(), (), tuple(IMAGES)])):
        files[name] = draw(st.sampled_from(IMAGES[name]))
    return Case(files, "article.md", {})
