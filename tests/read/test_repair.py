"""Noise goes, with a record; lines stay where they were."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jatspack.read.document import Document, Paragraph
from jatspack.read.repair import repair

Read = Callable[[str], Document]


def shown(document: Document) -> list[str]:
    return [b.text.plain for b in document.blocks if isinstance(b, Paragraph)]


@pytest.mark.parametrize(
    ("noise", "reason"),
    [
        ("<!-- two\nlines -->", "comment"),
        ('<span id="page-0-0"></span>', "anchor"),
        ("{3}------------------------------------------------", "page-break"),
        ("\\newpage", "page-break"),
        ("GLYPH<28>", "glyph"),
        ("/C87/C12", "glyph"),
        ("/.notdef", "glyph"),
        ("(cid:42)", "glyph"),
        ("\ue9d9", "icon"),
        ("\x07", "control-character"),
        ("&nbsp;", "entity-for-space"),
    ],
)
def test_noise(read: Read, noise: str, reason: str) -> None:
    document = read(f"One.\n\n{noise}\n\nTwo.")
    assert shown(document) == ["One.", "Two."]
    assert {r.reason for r in document.removed} <= {reason}
    assert reason == "control-character" or document.removed[0].line == 3
    assert document.blocks[-1].lines[0] == 5 + noise.count("\n")


def test_parted_accents(read: Read) -> None:
    document = read("Informa¸c˜ao de Jos´e Jim ´ enez, dos anos ´70.")
    assert shown(document) == ["Informação de José Jiménez, dos anos ´70."]
    assert next((r.text, r.put) for r in document.removed) == ("Informa¸c˜ao", "Informação")
    assert shown(read("l´eau et d´abord")) == ["l´eau et d´abord"]


def test_soft_hyphens(read: Read) -> None:
    document = read("a hyphen\u00adated inter\u00ad\nnational word")
    assert shown(document) == ["a hyphenated international word"]
    assert {r.put for r in document.removed} == {"hyphenated", "international", ""}
    (block,) = read("inter\u00ad\nnational\nword").blocks
    assert block.lines == (1, 3)


def test_page_numbers_and_running_heads(read: Read) -> None:
    pages = [f"Text of page {n} runs on.\n\n{n}\n\nPetrova and others, On towns" for n in range(3, 8)]
    document = read("\n\n".join(pages))
    assert shown(document) == [f"Text of page {n} runs on." for n in range(3, 8)]
    assert {r.reason for r in document.removed} == {"page-number", "running-head"}


def test_a_lone_number_and_repeated_labels_stay(read: Read) -> None:
    text = "Table 1\n\n42\n\nE-mail:\n\nTable 2\n\nE-mail:\n\nTable 3\n\nE-mail:"
    assert shown(read(text)) == text.split("\n\n")


def test_running_feet_with_a_number(read: Read) -> None:
    feet = "\n\n".join(f"Words {'x' * n}.\n\n{n} Annals of Towns 12 (3), 2021" for n in range(4, 8))
    assert shown(read(feet)) == [f"Words {'x' * n}." for n in range(4, 8)]


def test_running_feet_on_two_lines(read: Read) -> None:
    foot = "Reed et al. (2021). The towns of the north. *Annals* {}\n*of Towns*, 12 (3), 198. https://example.org/198"
    text = "\n\n".join(f"Words {'x' * n}.\n\n{foot.format(n)}" for n in range(4, 8))
    assert shown(read(text)) == [f"Words {'x' * n}." for n in range(4, 8)]
    other = text.replace("198", "199", 1)
    assert len(shown(read(other))) > 4


def test_front_matter(read: Read) -> None:
    document = read("---\ntitle: A\ndate: 2024-10\nauthor:\n  - name: B\n    orcid: 0000\n---\n\nText")
    assert document.metadata == {"title": "A", "date": "2024-10", "author": [{"name": "B", "orcid": "0000"}]}
    assert document.blocks[0].lines == (9, 9)
    assert read("% Title\n% A. B.; C. D.\n% 2024\n\nText").metadata == {
        "title": "Title",
        "author": "A. B.; C. D.",
        "date": "2024",
    }


@pytest.mark.parametrize("yaml", ["a: &x [1]\nb: *x", "a: [1", "a: " + "[" * 60 + "]" * 60])
def test_front_matter_that_cannot_be_read_stays_as_text(read: Read, yaml: str) -> None:
    document = read(f"---\n{yaml}\n---\n\nText")
    assert [f.code for f in document.findings] == ["front-matter-unreadable"]
    assert document.metadata == {}
    assert shown(document)[0].startswith("a: ")


def test_a_rule_is_no_front_matter(read: Read) -> None:
    assert read("---\n\nText\n\n---\n\nMore").metadata == {}


def test_a_number_within_a_sentence_is_of_the_page() -> None:
    text = "The rivers of the northern plain were drawn on the maps with\n\n17\n\ngreat care, as the archive shows.\n"
    draft = repair(text)
    assert [(row.text, row.reason) for row in draft.removed] == [("17", "page-number")]


def test_numbers_of_other_kinds_stay() -> None:
    assert not repair("The sum of all of them, counted twice over the years, is\n\n17\n\nIn all years.\n").removed
    numbers = "\n\n".join(str(n * 7919 % 1000) for n in range(20_000))
    assert len(repair(numbers).removed) < 100


def test_an_address_on_every_page() -> None:
    pages = [f"Text of {page} that says something of rivers.\n\nhttp://www.journal.example\n\n" for page in "abc"]
    assert [row.reason for row in repair("".join(pages)).removed] == ["running-head"] * 3
    assert not repair("".join(pages[:2])).removed
