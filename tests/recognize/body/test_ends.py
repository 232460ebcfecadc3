"""Statements at the end of the body become back matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from jatspack.article import Article, Section
from jatspack.config import Config
from jatspack.read import read_source
from jatspack.recognize import recognize

PROSE = "Rivers moved often over the years, and the old maps show it well, as the three archives have told us. " * 3


def _article(path: Path, *heads: str) -> Article:
    text = "# Water in old maps\n\nAnna Berg\n\n" + "".join(f"## {head}\n\n{PROSE}\n\n" for head in heads)
    path.write_text(text, encoding="utf-8")
    return recognize(read_source(path), Config())[0]


def _titles(article: Article) -> list[str]:
    return [block.title.plain for block in article.body if isinstance(block, Section)]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Acknowledgements", "ack"),
        ("5. Funding", "funding"),
        ("Agradecimentos", "ack"),
        ("Конфликт интересов", "coi"),
        ("Katkılar", ""),
    ],
)
def test_a_statement_at_the_end(head: str, kind: str, tmp_path: Path) -> None:
    article = _article(tmp_path / "a.md", "Introduction", "Methods", "Results", head)
    assert _titles(article)[:3] == ["Introduction", "Methods", "Results"]
    assert [section.kind for section in article.back] == ([kind] if kind else [])
    assert (head in [section.title.plain for section in article.back]) == bool(kind)


def test_a_statement_between_sections_stays_in_its_place(tmp_path: Path) -> None:
    article = _article(tmp_path / "a.md", "Introduction", "Methods", "Results", "Discussion", "Conclusions")
    assert len(_titles(article)) == 5
    assert not article.back
