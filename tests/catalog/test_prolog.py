"""What is read before the root element, and which DTD it names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jatspack.catalog import ARCHIVING, AUTHORING, PUBLISHING, Edition, choose, edition, foreign, read_prolog, utf8

NLM = "-//NLM//DTD JATS (Z39.96)"


@pytest.mark.parametrize(
    ("doctype", "version", "means"),
    [
        ("", "", Edition()),
        ("", "1.2", Edition(PUBLISHING, "1.2")),
        ("", "nonsense", Edition()),
        (f'PUBLIC "{NLM} Journal Publishing DTD v1.1 20151215//EN" "x.dtd"', "1.1", Edition(PUBLISHING, "1.1")),
        (f'PUBLIC "{NLM} Journal Publishing DTD v1.2d1 20170631//EN" "x"', "1.2d1", Edition(PUBLISHING, "1.2d1")),
        (
            f'PUBLIC "{NLM} Journal Archiving and Interchange DTD with MathML3 v1.3 20210610//EN" "a.dtd"',
            "1.3",
            Edition(ARCHIVING, "1.3", mathml3=True),
        ),
        (
            f'PUBLIC "{NLM}\n Journal Archiving DTD with OASIS Tables with MathML3 v1.2 20190208//EN" "a.dtd"',
            "1.2",
            Edition(ARCHIVING, "1.2", mathml3=True, oasis=True),
        ),
        (f'PUBLIC "{NLM} Article Authoring DTD v1.1 20151215//EN" "a"', "1.1", Edition(AUTHORING, "1.1")),
        ('PUBLIC "-//NLM//DTD Journal Publishing DTD v3.0 20080202//EN" "a"', "3.0", Edition(PUBLISHING, "3.0")),
        ('SYSTEM "JATS-journalpublishing1.dtd"', "1.0", Edition(PUBLISHING, "1.0")),
        (
            'SYSTEM "https://jats.nlm.nih.gov/publishing/1.3/JATS-journalpublishing1-3-mathml3.dtd"',
            "",
            Edition(PUBLISHING, "1.3", mathml3=True),
        ),
        ('SYSTEM "C:\\dtd\\JATS-archivearticle1-3.dtd"', "1.3", Edition(ARCHIVING, "1.3")),
        ('SYSTEM "JATS-journalpublishing-oasis-article1.dtd"', "1.0", Edition(PUBLISHING, "1.0", oasis=True)),
        ('SYSTEM "JATS-articleauthoring1-2d1.dtd"', "", Edition(AUTHORING, "1.2d1")),
    ],
)
def test_the_doctype_says_which_dtd(doctype: str, version: str, means: Edition) -> None:
    declared = f"<!DOCTYPE article {doctype}>" if doctype else ""
    prolog = read_prolog(f'<?xml version="1.0"?>\n{declared}<article dtd-version="{version}"/>'.encode())
    assert edition(prolog) == means
    assert not foreign(prolog)
    assert prolog.fault == ""


def test_other_doctypes_are_foreign() -> None:
    prolog = read_prolog(b'<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "d.dtd"><article/>')
    assert foreign(prolog)


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "b">',
        '<!ENTITY % a "b">',
        '<!ENTITY a SYSTEM "file:///etc/hostname">',
        '<!NOTATION tiff SYSTEM "tiff">',
        '<!ATTLIST article a CDATA "b">',
        "<!ELEMENT article ANY>",
    ],
)
def test_what_the_file_declares_for_itself_is_seen_before_it_takes_effect(subset: str) -> None:
    prolog = read_prolog(f"<!DOCTYPE article [\n  {subset}]><article/>".encode())
    assert prolog.declares
    assert prolog.declared_at[0] == 2


def test_drafts_come_before_what_they_are_drafts_of() -> None:
    versions = ["1.0", "1.1d1", "1.1d3", "1.1", "1.2d1", "1.2", "1.3d1", "1.3d2", "1.3", "1.10"]
    assert sorted(versions, key=lambda v: Edition(version=v).order) == versions


@pytest.mark.parametrize(
    ("declared", "exact", "below"),
    [
        (Edition(), "1.1", None),
        (Edition(version="1.0"), "1.0", None),
        (Edition(version="1.1"), "1.1", None),
        (Edition(version="1.1d3"), None, "1.1"),
        (Edition(version="1.2d1"), None, "1.1"),
        (Edition(version="1.3"), None, "1.1"),
        (Edition(version="1.1", mathml3=True), None, "1.1"),
        (Edition(ARCHIVING, "1.0"), None, "1.0"),
        (Edition(AUTHORING, "1.3"), None, "1.1"),
        (Edition(version="3.0"), "3.0", None),
        (Edition(ARCHIVING, "2.3"), None, None),
    ],
)
def test_the_nearest_dtd_is_asked(declared: Edition, exact: str | None, below: str | None) -> None:
    choice = choose(declared)
    assert (choice.exact and choice.exact.edition.version) == exact
    assert (choice.below and choice.below.edition.version) == below


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-5", "windows-1251", "koi8-r", "gb18030"]
)
def test_files_in_any_character_set_become_utf_8(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n<article>Ё</article>'
    assert utf8(text.encode(encoding)).decode("utf-8") == text


@pytest.mark.parametrize("encoding", ["zlib", "rot13", "unicode_escape", "punycode", "utf-7", "idna", "none-such"])
def test_what_is_no_character_set_is_refused(encoding: str) -> None:
    with pytest.raises(ValueError, match="is not known"):
        utf8(f'<?xml version="1.0" encoding="{encoding}"?><article/>'.encode())


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_are_too_much(data: bytes) -> None:
    try:
        read_prolog(utf8(data))
    except ValueError as error:
        assert str(error)  # noqa: PT017
