"""Bags for `jatspack verify`: hostile archives, and whole bags whose tag files, names and bytes were damaged."""

from __future__ import annotations

import hashlib
import json
import sys
from random import Random

from hypothesis import strategies as st

from fuzz.articles import TESTS
from fuzz.cases import ODD, Case, Link, edited

if str(TESTS / "archive") not in sys.path:
    sys.path.append(str(TESTS / "archive"))

import hostile

from jatspack.archive.profile import OWN
from jatspack.check.schemas import schema

NAMES = [*ODD["bag_names"], f"data/{'d/' * 1200}e", f"data/{'n' * 250}", "data/\udcff"]
PIECES = [piece.encode() for piece in ODD["bag"]] + [b"\xff", b"x" * 3000, b"9" * 400]
PROFILE_PIECES = [piece.encode() for piece in ODD["profile"]] + [b"\xff"]
TAG_FILES = ["bagit.txt", "manifest-sha256.txt", "bag-info.txt", "fetch.txt", "tagmanifest-sha256.txt"]
INFO = b"Source-Organization: A\nBagging-Date: 2020-01-01\nPayload-Oxum: 1.1\n"


def _listed(files: dict[str, bytes | Link]) -> None:
    """Manifests that list what there is."""
    payload = {n: d for n, d in files.items() if isinstance(d, bytes) and n.startswith("data/")}
    rows = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in payload.items())
    files["manifest-sha256.txt"] = rows.encode("utf-8", "surrogateescape")
    tags = {n: d for n, d in files.items() if isinstance(d, bytes) and not n.startswith(("data/", "tagmanifest"))}
    rows = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in tags.items())
    files["tagmanifest-sha256.txt"] = rows.encode("utf-8", "surrogateescape")


@st.composite
def contents(draw: st.DrawFn) -> dict[str, bytes | Link]:
    """The files of a bag: whole, then damaged."""
    files: dict[str, bytes | Link] = dict(hostile.bag(Random(draw(st.integers(0, 50)))))
    files["bag-info.txt"] = INFO
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=4)):
        files[name] = draw(st.sampled_from([b"", b"x", Link("/etc/passwd"), Link(".."), Link("a")]))
    if draw(st.booleans()):
        _listed(files)
    for name in draw(st.lists(st.sampled_from(TAG_FILES), max_size=3)):
        before = files.get(name, b"")
        files[name] = draw(edited(before if isinstance(before, bytes) else b"", PIECES, 4))
    for name in draw(st.sampled_from([(), (), ("bagit.txt",), ("manifest-sha256.txt",)])):
        files.pop(name, None)
    return files


PROFILE = schema(OWN).read_bytes()
RULE = {"values": [1, None, {}], "required": 1, "repeatable": False}
RULES = [None, True, "x", [], ["sha256"], [None], {"a": {}}, {"a": RULE}]
KEYS = sorted({*json.loads(PROFILE)} - {"BagIt-Profile-Info"})


@st.composite
def profiles(draw: st.DrawFn) -> bytes:
    """jatspack's own profile, damaged or not, or one whose rules are of any kind."""
    if draw(st.booleans()):
        return draw(edited(PROFILE, PROFILE_PIECES, 3))
    rules = {key: draw(st.sampled_from(RULES)) for key in draw(st.lists(st.sampled_from(KEYS), max_size=4))}
    return json.dumps({"BagIt-Profile-Info": {}, **rules}).encode()


@st.composite
def bags(draw: st.DrawFn) -> Case:
    """A bag as a folder or an archive, with a profile now and then."""
    kind = draw(st.sampled_from(["hostile", "folder", "folder", "zip", "tar", "tar.gz", "noise"]))
    if kind == "hostile":
        number = draw(st.integers(0, 5000).filter(lambda n: n % 40 != 7))  # the costly ones have a test of their own
        data = draw(edited(hostile.case(number).data, PIECES, 3))
        files: dict[str, bytes | Link] = {"bag": data}
    elif kind == "noise":
        start = draw(st.sampled_from([b"PK\3\4", b"PK\5\6", b"\x1f\x8b\x08", b"", b"ustar"]))
        files = {"bag": start + draw(st.binary(max_size=600))}
    else:
        files = draw(contents())
        if kind == "folder":
            files = {f"bag/{name}": data for name, data in files.items()}
        else:
            inside = {n: d for n, d in files.items() if isinstance(d, bytes)}
            packed = hostile.zipped(_in_zip(inside)) if kind == "zip" else hostile.tarred(inside)
            packed = hostile.gzip.compress(packed, 1) if kind == "tar.gz" else packed
            files = {"bag": draw(edited(packed, PIECES, draw(st.sampled_from([0, 3]))))}
    if draw(st.sampled_from([False, False, True])):
        files["profile.json"] = draw(profiles())
    return Case(files, "bag", {"profile": "profile.json"} if "profile.json" in files else {})


def _in_zip(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name.encode("utf-8", "replace").decode(): data for name, data in files.items()}
