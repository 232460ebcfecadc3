"""What a screen reader is given: the structure tree of articles with everything in them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree import ElementTree

import pikepdf
import pytest
from lxml import etree
from pdf_checks import Element, elements, kids, marks, structure_faults
from PIL import Image
from render_data import jats, media, tree_of

from jatspack.read.document import Media
from jatspack.render import PdfSettings, Source, html
from jatspack.render.pdf import print_page
from jatspack.render.spoken import spoken

DATED = PdfSettings(created=datetime(2024, 5, 6, tzinfo=UTC))
ROWS = "".join(f"<tr><td>well {n}</td><td>{n / 3:.1f}</td></tr>" for n in range(120))
LONG = f"""<sec><title>Wells</title>
  <p>{"The level of the water fell in every winter. " * 250}<fn id="fn1"><p>Not in 1999.</p></fn></p>
  <table-wrap id="t1"><label>Table 1</label><caption><p>Depths</p></caption>
  <table><thead><tr><th>Well</th><th>Depth</th></tr></thead><tbody>{ROWS}</tbody></table></table-wrap></sec>"""
FORMULA = """<p>We know <inline-formula><mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>
  </inline-formula> and <xref ref-type="bibr" rid="r1">[1]</xref>.</p>"""
REFERENCE = """<ref-list><ref id="r1"><label>1</label><mixed-citation>Lark, A. Wells. 1999.</mixed-citation></ref>
  </ref-list>"""


def printed(tree: etree._ElementTree, images: dict[str, Media] | None = None) -> tuple[pikepdf.Pdf, list[str]]:
    result = print_page(html(tree, images or {}), images, settings=DATED, source=Source("a.xml", etree.tostring(tree)))
    return pikepdf.open(io.BytesIO(result.pdf)), [finding.code for finding in result.findings]


def texts(pdf: pikepdf.Pdf, role: str) -> list[Element]:
    return [element for element in elements(pdf) if element.role == role]


@pytest.mark.parametrize("name", ["article.xml", "chinese.xml", "scripts.xml"])
def test_articles_of_every_language_are_whole(name: str) -> None:
    pdf, codes = printed(tree_of(name), media())
    assert list(structure_faults(pdf)) == []
    assert codes == []
    assert {e.language for e in texts(pdf, "P")} >= {
        str(lang) for lang in tree_of(name).xpath("//body//sec/@xml:lang | //trans-abstract/@xml:lang")
    }


def test_what_runs_over_pages_is_one_element() -> None:
    pdf, _ = printed(jats(LONG))
    assert list(structure_faults(pdf)) == []
    assert len(pdf.pages) > 3
    (table,) = texts(pdf, "Table")
    rows = [e for e in elements(pdf) if e.role == "TR"]
    assert (len(rows), len(texts(pdf, "TH"))) == (121, 2)
    assert len({mark[0] for e in rows for cell in kids(e.node) for mark in marks(pdf, Element(cell, "", (), ""))}) > 1
    longest = max(texts(pdf, "P"), key=lambda e: len(kids(e.node)))
    assert len({page for page, _ in marks(pdf, longest)}) > 1
    (note,) = texts(pdf, "Note")
    assert note.path[-1] == "P"
    assert str(pdf.Root.StructTreeRoot.IDTree.Names[0]) == str(note.node.ID)
    assert len(texts(pdf, "Art")) == 1
    assert table.language == "en"


def test_formulas_and_links_tell_what_they_are() -> None:
    pdf, _ = printed(jats(FORMULA, back=REFERENCE))
    (formula,) = texts(pdf, "Formula")
    (file,) = formula.node.AF
    assert str(formula.node.Alt)
    assert str(file.EF.F.Subtype) == "/application/mathml+xml"
    assert etree.fromstring(file.EF.F.read_bytes()).tag == "{http://www.w3.org/1998/Math/MathML}math"
    (link,) = texts(pdf, "Link")
    assert "[1]" in [str(note.Contents) for page in pdf.pages for note in page.get("/Annots", [])]
    assert link.path[-1] == "P"


@pytest.mark.parametrize(
    ("mathml", "text"),
    [
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "a/(b + 1)"),
        ("<msubsup><mo>∫</mo><mn>0</mn><mi>T</mi></msubsup><mi>c</mi><mo>(</mo><mi>t</mi><mo>)</mo>", "∫_0^T c(t)"),
        ("<msup><mi>x</mi><mrow><mi>n</mi><mo>-</mo><mn>1</mn></mrow></msup><mo>=</mo><mn>2</mn>", "x^(n - 1) = 2"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot><mspace/><msqrt><mi>y</mi></msqrt>", "3√(x) √(y)"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1, 2;"),
        ("", ""),
    ],
)
def test_formulas_in_one_line(mathml: str, text: str) -> None:
    assert spoken(ElementTree.fromstring(f"<math>{mathml}</math>")) == text


def test_a_pdf_that_breaks_a_standard_does_not_claim_to_keep_it() -> None:
    drawing = io.BytesIO()
    Image.new("CMYK", (8, 8)).save(drawing, "JPEG")
    images = {"a.jpg": Media("a.jpg", "a.jpg", drawing.getvalue(), "image/jpeg")}
    shown = '<fig id="f"><label>Figure 1</label><graphic xlink:href="a.jpg"><alt-text>black</alt-text></graphic></fig>'
    for body, about in (("<p>\U00012000</p>", {}), (shown, images)):
        pdf, codes = printed(jats(body), about)
        assert "pdf-below-standard" in codes
        with pdf.open_metadata() as xmp:
            assert xmp.pdfa_status == ""
            assert "pdfuaid:part" not in xmp
        assert pdf.Root.AF[0].EF.F.read_bytes().startswith(b"<article")


def test_characters_of_cut_fonts_are_what_other_readers_look_for() -> None:
    """A CFF font's characters are told by its charset (ISO 32000-1, 9.7.4.2), not by the order of its glyphs."""
    from fontTools.ttLib import TTFont

    pdf, _ = printed(tree_of("chinese.xml"))
    found = 0
    for font in (font for page in pdf.pages for font in page.Resources.Font.values()):
        below = font.DescendantFonts[0]
        if below.Subtype == "/CIDFontType0":
            with TTFont(io.BytesIO(below.FontDescriptor.FontFile3.read_bytes())) as file:
                names = file["CFF "].cff.topDictIndex[0].charset
            assert names[1:] == [f"cid{n:05}" for n in range(1, len(names))]
            found += 1
    assert found


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda found: found["Formula"].__delitem__("/Alt"), "Formula without alternative text"),
        (lambda found: found["TH"].A.__delitem__("/Scope"), "TH without Scope"),
        (lambda found: found["H2"].__setitem__("/S", pikepdf.Name.H4), "H4 after a heading of level 1"),
        (lambda found: found["TR"].__setitem__("/K", pikepdf.Array()), "a table of"),
        (lambda found: found["P"].__setitem__("/K", pikepdf.Array()), "that no element holds"),
        (lambda found: found["LI"].__setitem__("/S", pikepdf.Name.P), "L holds"),
    ],
)
def test_the_check_sees_damage(damage: Callable[[dict[str, pikepdf.Object]], None], fault: str) -> None:
    pdf, _ = printed(tree_of("article.xml"), media())
    damage({element.role: element.node for element in reversed(elements(pdf))})
    assert any(fault in found for found in structure_faults(pdf))
