"""What the page calls things: every role, part and language has a name."""

from __future__ import annotations

from typing import get_args

import pytest

from jatspack.config.article import BackKind, RoleName
from jatspack.jats.models import PARTS
from jatspack.review import words


def test_every_role_has_a_label_and_a_colour() -> None:
    assert [role for role in get_args(RoleName) if words.role(role)[1] == words.OTHER] == []


def test_every_part_that_references_have_is_named() -> None:
    # What is left are parts that no recogniser writes, or that say what they are by their own name.
    bare = {tag for tag in PARTS["mixed-citation"] if words.part(tag)[1] == words.OTHER}
    assert bare <= {
        "comment", "conf-sponsor", "day", "email", "gov", "label", "month", "named-content", "person-group", "role",
        "season", "supplement", "version",
    }  # fmt: skip


def test_kinds_of_back_matter_have_names() -> None:
    assert [kind for kind in get_args(BackKind) if kind != "section" and words.kind(kind) == kind] == []


@pytest.mark.parametrize(
    ("tag", "name"),
    [("kk", "Kazakh"), ("zh-Hans", "Chinese"), ("sr-Cyrl", "Serbian"), ("mi", "Maori"), ("ain", "Ainu"), ("qqx", "qqx"),
     ("", "language unknown"), ("und", "language unknown")],
)  # fmt: skip
def test_languages_have_names(tag: str, name: str) -> None:
    assert words.language(tag) == name
