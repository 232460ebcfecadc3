"""Blocks of a list cut into its entries, in the layouts that extractors and journals leave."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from jatspack.read import read_source
from jatspack.recognize.references.split import Entry, split_entries

APA = [
    "Ardilla, J., & Müller, K. (2018). Lakes of the north and what lives in them all year. *Water*, *3*(1), 1–9.",
    "Beck, A. (2001). Rivers of the south. *Water*, *4*(2), 10–19. https://doi.org/10.5555/water.2001.0042",
    "de Vries, H. (2005). *Wells and springs of the low country*. Delft: Water Press.",
    "García-Márquez, L., Ruiz, P., & Soto, M. (2020). Snow and ice on the high lakes. *Water*, *7*, 4–6.",
    "Organization of the Lakes. (2019). *The lakes of the world, their depth and their colour*. Geneva.",
    "Van der Berg, T. (2016). Mist over small lakes in the morning of a cold day. *Water*, *9*, 5–6.",
]
GOST = [
    "Ахметов А. Б. Озёра севера и их обитатели в разные времена года // Вода. – 2018. – № 1. – С. 57–62.",
    "Борисов В. Г., Волков Д. Е. Реки юга. – М.: Вода, 2001. – 123 с.",
    "Государственный архив. Ф. 12. Оп. 3. Д. 45. Л. 6.",
    "Reed A. Lakes of the north // Water. – 2004. – Vol. 2. – P. 10–19.",
    "Сәтбаев Қ. Көлдер мен өзендердің тарихы. – Алматы: Су, 1998. – 200 б.",
]
CHINESE = [
    "张三, 李四. 北方湖泊的研究[J]. 水利学报, 2018, 3(2): 1-9.",
    "王五. 湖泊概论[M]. 北京: 水利出版社, 2001: 57-62.",
    "Reed A, Stone B. Lakes of the north[J]. Water, 2004, 2(1): 10-19.",
    "赵六. 冰与雪[D]. 兰州: 湖泊大学, 2012.",
]
ABNT = [
    "ARDILLA, J. Lagos do norte e tudo o que neles vive durante o ano. Água, v. 3, n. 1, p. 1-9, 2018.",
    "BRASIL. Lei nº 9.985, de 18 de julho de 2000. Dos lagos da República.",
    "LAGO, M.; RIO, P. Poços. In: FONTE, A. (org.). Águas. São Paulo: Nascente, 2005. p. 20-29.",
    "O GELO chegou ao lago. Folha da Água, 12 jul. 2016.",
    "VALE, T. Névoa sobre lagos pequenos na manhã de um dia frio. Água, v. 9, p. 5-6, 2016.",
]
STYLES = {"apa": APA, "gost": GOST, "chinese": CHINESE, "abnt": ABNT}


def split(tmp_path: Path, text: str) -> list[Entry]:
    path = tmp_path / "list.md"
    path.write_text(text, "utf-8")
    return split_entries(read_source(path).blocks)


def plain(entries: Sequence[str]) -> list[str]:
    return [entry.replace("*", "") for entry in entries]


def wrapped(entry: str, width: int) -> str:
    return "\n".join(textwrap.wrap(entry, width, break_long_words=False, break_on_hyphens=False))


NUMBERINGS = ["{n}. {e}", "{n}) {e}", "\\[{n}\\] {e}", "[{n}] {e}", "［{n}］{e}", "({n}) {e}", "{n}\\. {e}", "{n}{e}"]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("form", NUMBERINGS)
@pytest.mark.parametrize("gap", ["\n\n", "  \n"])
def test_numbered(tmp_path: Path, style: str, form: str, gap: str) -> None:
    entries = [e for e in STYLES[style] if not (form == "{n}{e}" and e[0].islower())]
    found = split(tmp_path, gap.join(form.format(n=n, e=e) for n, e in enumerate(entries, 1)))
    assert [e.text.plain for e in found] == plain(entries)
    assert [int("".join(c for c in e.label if c.isdigit())) for e in found] == list(range(1, len(entries) + 1))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("layout", ["paragraphs", "bullets", "hard breaks", "soft lines"])
def test_unnumbered(tmp_path: Path, style: str, layout: str) -> None:
    entries = STYLES[style]
    text = {
        "paragraphs": "\n\n".join(entries),
        "bullets": "\n".join(f"- {e}" for e in entries),
        "hard breaks": "  \n".join(entries),
        "soft lines": "\n".join(entries),
    }[layout]
    assert [e.text.plain for e in split(tmp_path, text)] == plain(entries)


@pytest.mark.parametrize("style", ["apa", "gost", "abnt"])
@pytest.mark.parametrize("width", [50, 72, 90])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_wrapped_lines(tmp_path: Path, style: str, width: int, gap: str) -> None:
    entries = [e for e in STYLES[style] if "архив" not in e]  # behind a full line nothing shows that it begins
    found = split(tmp_path, gap.join(wrapped(e, width) for e in entries))
    assert [e.text.plain for e in found] == plain(entries)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("form", ["{n}. {e}", "[{n}] {e}", "{n}) {e}"])
def test_all_in_one_paragraph(tmp_path: Path, style: str, form: str) -> None:
    entries = STYLES[style]
    found = split(tmp_path, " ".join(form.format(n=n, e=e) for n, e in enumerate(entries, 1)))
    assert [e.text.plain for e in found] == plain(entries)


def test_all_in_one_paragraph_without_numbers(tmp_path: Path) -> None:
    entries = [e for e in APA if not e.startswith("Organization")]
    assert [e.text.plain for e in split(tmp_path, " ".join(entries))] == plain(entries)


def test_an_entry_broken_by_a_page(tmp_path: Path) -> None:
    text = (
        "\n\n".join(APA)
        .replace("what lives in them", "what\n\nlives in them")
        .replace("Water Press", "\n\nWater Press")
    )
    assert [e.text.plain for e in split(tmp_path, text)] == plain(APA)


def test_numbers_that_restart_and_numbers_out_of_order(tmp_path: Path) -> None:
    labels = [1, 2, 3, 1, 2]
    text = "\n\n".join(f"\\[{n}\\] {e}" for n, e in zip(labels, GOST, strict=True))
    assert [e.label for e in split(tmp_path, text)] == [f"[{n}]" for n in labels]
    labels = [2, 1, 3, 5, 4]
    text = "\n\n".join(f"[{n}] {e}" for n, e in zip(labels, GOST, strict=True))
    assert [e.label for e in split(tmp_path, text)] == [f"[{n}]" for n in labels]


def test_a_number_on_a_line_by_itself(tmp_path: Path) -> None:
    found = split(tmp_path, "\n\n".join(f"{n}.\n{e}" for n, e in enumerate(GOST, 1)))
    assert [e.text.plain for e in found] == plain(GOST)


def test_the_same_author_shown_by_a_line(tmp_path: Path) -> None:
    entries = ["ARDILLA, J. Lagos. Água, 2018.", "\\_\\_\\_\\_\\_\\_. Rios. Água, 2019.", "———. Poços. Água, 2020."]
    for gap in ("\n\n", "  \n", "\n"):
        assert len(split(tmp_path, gap.join(entries))) == 3


def test_numbers_inside_entries_are_not_the_lists(tmp_path: Path) -> None:
    entries = [
        "Reed A. Lakes. Vol. 2. Springer, 2001.",
        "Stone B. Rivers, no. 3. Oslo, 2004.",
        "Brook C. 4. Aufl. Bonn, 2009.",
    ]
    text = "\n\n".join(f"{n}. {e}" for n, e in enumerate(entries, 1))
    assert [e.label for e in split(tmp_path, text)] == ["1.", "2.", "3."]


def test_no_word_is_lost(tmp_path: Path) -> None:
    for entries in STYLES.values():
        text = "\n".join(wrapped(e, 40) for e in entries)
        found = " ".join(f"{e.label} {e.text.plain}" for e in split(tmp_path, text))
        assert "".join(found.split()) == "".join("".join(plain(entries)).split())


def test_work_grows_with_the_length(tmp_path: Path, calls: Callable[[Callable[[], object]], int]) -> None:
    path = tmp_path / "list.md"
    path.write_text("\n\n".join(APA), "utf-8")
    blocks = read_source(path).blocks
    split_entries(blocks)
    short, long = calls(lambda: split_entries(blocks * 20)), calls(lambda: split_entries(blocks * 400))
    assert long < 24 * short
