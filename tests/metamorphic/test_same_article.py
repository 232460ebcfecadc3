"""However an article is laid out, it is the same Article."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from changes import (
    BLOCKS,
    CODINGS,
    LABELS,
    LANGUAGES,
    MAILS,
    MARKS,
    NOISE,
    NUMBERS,
    ORCIDS,
    SECTIONS,
    TITLES,
    TYPES,
    Look,
    lay_out,
)
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from labels import SAMPLES, configuration, varied
from manuscript import Manuscript, load

from facts import Facts, key, read
from jatspack.config import Config
from jatspack.jats import build, serialize
from jatspack.read import read_source
from jatspack.recognize import recognize

LOOKS = [
    *(Look(languages=v) for v in LANGUAGES),
    *(Look(blocks=v) for v in BLOCKS),
    *(Look(titles=v) for v in TITLES),
    *(Look(labels=v) for v in LABELS),
    *(Look(sections=v) for v in SECTIONS),
    *(Look(marks=v) for v in MARKS),
    *(Look(mails=v) for v in MAILS),
    *(Look(orcids=v) for v in ORCIDS),
    *(Look(types=v) for v in TYPES),
    *(Look(numbers=v) for v in NUMBERS),
    *(Look(width=v) for v in (60, 100)),
    *(Look(noise=v) for v in NOISE),
    *(Look(noise=v, cut=True) for v in ("rules", "spans", "numbers")),
    *(Look(coding=v) for v in CODINGS),
    # Whole house styles.
    Look(blocks="title first", titles="h1", labels="heading", sections="hash", marks="caret", types="plain", width=80),
    Look(blocks="byline first", titles="capitals", labels="italic", sections="run-in", marks="unicode", types="italic"),
    Look(languages="by kind", titles="bold", labels="colon", sections="bold", mails="angle", orcids="address"),
    Look(languages="reversed", titles="h4 italic", labels="spaced", sections="numbered", numbers="[1]", noise="rules"),
    Look(languages="rotated", titles="plain", labels="bold", sections="capitals", types="bold", coding="nfd"),
    Look(titles="h1", labels="bold heading", sections="numbered bold", marks="math", noise="spans", cut=True),
]
NAMES = varied()
Read = Callable[[bytes, Path], Facts]


@pytest.fixture(scope="session")
def reread(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Write a file beside the images of an article's folder, convert it, and read the JATS back."""

    @cache
    def room(folder: Path) -> Path:
        place = tmp_path_factory.mktemp("looks") / folder.name
        shutil.copytree(folder, place, copy_function=shutil.copyfile)
        place.chmod(0o755)
        for file in place.rglob("*"):
            file.chmod(0o755 if file.is_dir() else 0o644)
        return place

    def convert(data: bytes, folder: Path) -> Facts:
        path = room(folder) / "article.md"
        path.write_bytes(data)
        config = configuration(folder)
        return read(jats_of(path, config))

    return convert


def jats_of(path: Path, config: Config) -> bytes:
    """The JATS of an article, and nothing else made."""
    article, _, _ = recognize(read_source(path), config)
    return serialize(build(article, config))


def differences(one: Facts, other: Facts) -> dict[str, tuple[Any, Any]]:
    """The fields in which two articles are not the same. Labels of abstracts and lists may be written otherwise."""
    out = {}
    for field in fields(Facts):
        a, b = _folded(getattr(one, field.name)), _folded(getattr(other, field.name))
        if field.name != "words" and a != b:
            if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
                a, b = ([x for x, y in zip(*pair, strict=True) if x != y] for pair in ((a, b), (b, a)))
            out[field.name] = (a, b)
    return out


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return key("".join(str(unicodedata.digit(char, char)) for char in value))  # ۱ may be written 1
    if isinstance(value, dict):
        return {k: _folded(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_folded(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _folded(getattr(value, f.name)) for f in fields(value)}
    return value


@cache
def manuscript(folder: Path) -> Manuscript:
    """An article taken apart."""
    return load(folder)


@pytest.fixture(scope="session")
def printed(reread: Read) -> Callable[[Path], Facts]:
    """The facts of an article as it is printed."""
    return cache(lambda folder: reread((folder / "article.md").read_bytes(), folder))


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_sample_in_another_look(name: str, look: Look, reread: Read, printed: Callable[[Path], Facts]) -> None:
    folder = SAMPLES / name
    assert differences(printed(folder), reread(lay_out(manuscript(folder), look), folder)) == {}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_seed_in_another_look(look: Look, shared: Path, reread: Read, printed: Callable[[Path], Facts]) -> None:
    folder = shared / "seed"
    assert differences(printed(folder), reread(lay_out(manuscript(folder), look), folder)) == {}


def _one_of(values: Any) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(sorted(values))


ANY = st.builds(
    Look,
    languages=_one_of(LANGUAGES),
    blocks=_one_of(BLOCKS),
    titles=_one_of(TITLES),
    labels=_one_of(LABELS),
    sections=_one_of(SECTIONS),
    marks=_one_of(MARKS),
    mails=_one_of(MAILS),
    orcids=_one_of(ORCIDS),
    types=_one_of(TYPES),
    numbers=_one_of(NUMBERS),
    width=_one_of([60, 80, 100]),
    noise=_one_of(NOISE),
    cut=st.booleans(),
    coding=_one_of(CODINGS),
)


@given(name=st.sampled_from(NAMES), look=ANY)
@example(name=NAMES[0], look=Look())
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_combination(name: str, look: Look, reread: Read, printed: Callable[[Path], Facts]) -> None:
    folder = SAMPLES / name
    assert differences(printed(folder), reread(lay_out(manuscript(folder), look), folder)) == {}
