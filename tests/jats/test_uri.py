"""Addresses in xlink:href."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jatspack.jats.uri import uri

ANY_URI = etree.RelaxNG(
    etree.XML(
        '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"'
        ' datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><data type="anyURI"/></element>'
    )
)


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("https://a.example/b?c=d&e=%20#f", "https://a.example/b?c=d&e=%20#f"),
        ("https://пчёлы.example/улей", "https://пчёлы.example/улей"),
        ("http://a.example/100%", "http://a.example/100%25"),
        ("http://a.example/[1]#x#y", "http://a.example/%5B1%5D#x%23y"),
        (" media/a b.png ", "media/a%20b.png"),
        ("a\\b", "a%5Cb"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("http://a.example:80/", "http://a.example:80/"),
        ("http://a.example:port/", ""),
        ("http:", ""),
        ("//", ""),
        ("1:2", ""),
        ("", ""),
    ],
)
def test_addresses(printed: str, written: str) -> None:
    assert uri(printed) == written


@given(st.text(st.sampled_from("ab:/?#[]@!%20 \\<>|é中.-"), max_size=14))
def test_any_address_is_one_or_none(printed: str) -> None:
    written = uri(printed)
    element = etree.Element("a")
    element.text = written
    assert ANY_URI.validate(element), written
    assert not written or unquote(written) in (unquote(printed.strip()), printed.strip())
    assert uri(written) == written
