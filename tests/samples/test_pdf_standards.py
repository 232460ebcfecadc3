"""The PDF of every sample keeps PDF/UA-1 and PDF/A-3a, says so, and holds the JATS that it was made from."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pytest
from labels import NAMES
from lxml import etree
from pdf_checks import elements, structure_faults

from gallery import printed

Converted = Callable[[str], Path]
# Of outloud's errors these are not ours: a long running head that is not on every page is taken for prose (TAG-002),
# and cells that a last column's row span covers are not counted (TBL-004; pdf_checks counts them).
NOT_OURS = ["TAG-002", "TBL-004"]


@pytest.mark.parametrize("name", NAMES)
def test_structure_is_whole(name: str, converted: Converted) -> None:
    with pikepdf.open(converted(name) / "article.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []
        assert list(structure_faults(pdf)) == []
        assert pdf.Root.Outlines.Count > 3
        languages = {e.language for e in elements(pdf) if e.role == "P"}
        tree = etree.parse(converted(name) / "article.xml")
        own = "{http://www.w3.org/XML/1998/namespace}lang"
        assert {abstract.get(own) for abstract in tree.iterfind(".//trans-abstract")} <= languages


@pytest.mark.parametrize("name", ["en-tables-figures", "fa-en-water"])
def test_structure_is_whole_where_lines_are_numbered(name: str) -> None:
    with pikepdf.open(BytesIO(printed(name, "manuscript"))) as pdf:
        assert list(structure_faults(pdf)) == []


@pytest.mark.parametrize("name", NAMES)
def test_other_checkers_find_nothing(name: str, converted: Converted) -> None:
    path = converted(name) / "article.pdf"
    result = outloud.check(str(path), layers=["conformance"], skip=NOT_OURS)
    assert [f.message for f in result.findings if f.severity == "error"] == []
    assert [f.message for f in pdfua.validate(str(path)).findings] == []


@pytest.mark.parametrize("name", NAMES)
def test_archive_and_metadata(name: str, converted: Converted) -> None:
    folder = converted(name)
    report = json.loads((folder / "article.report.json").read_text("utf-8"))
    with pikepdf.open(folder / "article.pdf") as pdf:
        (file,) = pdf.Root.AF
        assert (str(file.AFRelationship), str(file.UF)) == ("/Source", "article.xml")
        assert str(file.EF.F.Subtype) == "/application/xml"
        assert file.EF.F.read_bytes() == (folder / "article.xml").read_bytes()
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        with pdf.open_metadata() as xmp:
            assert xmp.pdfa_status == "3A"
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["dc:title"] == str(pdf.docinfo.Title)
            assert list(xmp["dc:creator"])
            assert set(xmp["dc:language"]) >= {str(pdf.Root.Lang)}
            assert xmp.get("prism:doi", "") in (folder / "article.xml").read_text("utf-8")
    assert "pdf-below-standard" not in {finding["code"] for finding in report["findings"]}
