"""Files from anywhere: versions, characters, encodings, places; and bytes that mean harm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from check.breaks import SOUND
from jatspack.catalog import shelf
from jatspack.check import Validation, check_jats
from jatspack.check.dtd import LARGE
from jatspack.jats.read import facts, read_jats

TEXT = SOUND.read_text("utf-8")
NLM = "-//NLM//DTD JATS (Z39.96)"


def declared(public_id: str, version: str) -> str:
    """The sound file, of another DTD and version."""
    start, end = TEXT.index("<!DOCTYPE"), TEXT.index("<article ")
    doctype = f'<!DOCTYPE article PUBLIC "{NLM} {public_id}//EN" "it.dtd">\n' if public_id else ""
    return (TEXT[:start] + doctype + TEXT[end:]).replace(
        'dtd-version="1.3"', f'dtd-version="{version}"' * bool(version)
    )


def codes(result: Validation, *severities: str) -> set[str]:
    return {f.code for f in result.findings if f.severity in (severities or ("error", "warning", "info"))}


@pytest.mark.parametrize(
    ("public_id", "version", "dtd"),
    [
        ("Journal Publishing DTD v1.1 20151215", "1.1", "JATS Journal Publishing DTD 1.1"),
        ("Journal Publishing DTD v1.2 20190208", "1.2", "JATS Journal Publishing DTD 1.1"),
        ("Journal Publishing DTD with MathML3 v1.3 20210610", "1.3", "JATS Journal Publishing DTD 1.1"),
        ("Journal Archiving and Interchange DTD v1.1 20151215", "1.1", "JATS Journal Publishing DTD 1.1"),
        ("Journal Publishing DTD v1.2d1 20170631", "1.2d1", "JATS Journal Publishing DTD 1.1"),
        ("", "1.3", "JATS Journal Publishing DTD 1.1"),
        ("", "", "JATS Journal Publishing DTD 1.1"),
    ],
)
def test_every_version_is_checked(public_id: str, version: str, dtd: str) -> None:
    result = check_jats(declared(public_id, version).encode(), profile=False)
    assert result.valid, result.findings
    assert result.dtd_name == dtd


def test_authoring_is_narrower_than_what_it_is_checked_with() -> None:
    result = check_jats(declared("Article Authoring DTD v1.3 20210610", "1.3").encode(), profile=False)
    assert result.valid
    assert codes(result) == {"dtd-wider"}


def test_a_draft_is_checked_with_what_it_became() -> None:
    text = declared("Journal Archiving and Interchange DTD v1.1d3 20150301", "1.1d3")
    result = check_jats(text.replace("<volume>", "<volume>1</volume><volume>").encode(), profile=False)
    assert (result.valid, result.dtd_name) == (True, "JATS Journal Publishing DTD 1.1")
    assert codes(result) == {"dtd-wider"}


def test_what_is_older_than_jats_is_not_judged() -> None:
    text = declared("Journal Publishing DTD v1.3 20210610", "2.3").replace(
        f"{NLM} Journal Publishing DTD v1.3", "-//NLM//DTD Journal Publishing DTD v2.3"
    )
    result = check_jats(text.encode(), profile=False)
    assert not result.valid
    assert result.unproved
    assert codes(result, "error") == {"dtd-none"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "<volume>7</volume>",
            "<volume>7</volume><issue-title-group><issue-title>I</issue-title></issue-title-group>",
            "dtd-unproved",
        ),
        ('<kwd-group kwd-group-type="author"', '<kwd-group vocab="mesh" kwd-group-type="author"', "dtd-unproved"),
        ("<label>Fig. 1.</label>", "<label>Fig. 1.</label><label>1-сурет</label>", "dtd-unproved"),
        ("<p>at dawn</p>", "<para>at dawn</para>", "dtd-invalid"),
        ("<label>Fig. 1.</label>", "<label>Fig. 1.</label><p>1-сурет</p>", "dtd-invalid"),
        ('<kwd-group kwd-group-type="author"', '<kwd-group colour="mesh" kwd-group-type="author"', "dtd-invalid"),
    ],
)
def test_what_only_a_newer_dtd_can_judge_is_not_called_wrong(old: str, new: str, code: str) -> None:
    assert old in TEXT
    data = TEXT.replace(old, new, 1).encode()
    result = check_jats(data, profile=False)
    assert codes(result, "error") == {code}, result.findings
    assert result.unproved is (code == "dtd-unproved")
    older = check_jats(
        data.replace(b"v1.3", b"v1.1").replace(b'dtd-version="1.3"', b'dtd-version="1.1"'), profile=False
    )
    assert codes(older, "error") == {"dtd-invalid"}, "in a file of 1.1 it is wrong"


def test_the_version_of_the_doctype_and_of_the_root_agree() -> None:
    result = check_jats(declared("Journal Publishing DTD v1.2 20190208", "1.0").encode(), profile=False)
    assert codes(result, "error") == {"dtd-version"}


def test_named_characters_are_those_of_the_official_dtd() -> None:
    data = TEXT.replace("at noon", "at &alpha;&ndash;noon").replace('xml:lang="en"', 'xml:lang="en"', 1).encode()
    result = check_jats(data)
    assert result.valid, result.findings
    tree = read_jats(TEXT.replace("How bees", "How bees &mdash;").encode())
    assert "—" in next(iter(facts(tree).titles.values()))
    after = data.replace(b"</body>", b"<p>\n&nosuch;</p></body>")
    [found] = check_jats(after).findings
    line = after[: after.index(b"&nosuch;")].count(b"\n") + 1
    assert (found.code, found.lines, found.column) == ("xml-unsafe", ((line, line),), 1)


@pytest.mark.parametrize("system_id", ["http://127.0.0.1:9/a.dtd", "file:///etc/hostname", "a.dtd"])
def test_characters_of_a_foreign_dtd_are_not_looked_up(system_id: str) -> None:
    data = f'<!DOCTYPE article SYSTEM "{system_id}"><article a="&ndash;"/>'.encode()
    assert codes(check_jats(data)) == {"xml-unsafe"}
    assert "doctype-foreign" in codes(check_jats(data.replace(b"&ndash;", b"")))


def test_prefixes_that_the_dtd_declares_need_no_declaration() -> None:
    data = TEXT.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").encode()
    assert check_jats(data, profile=False).valid
    assert codes(check_jats(data.replace(b"<!DOCTYPE", b"<!--").replace(b'.dtd">', b".dtd-->"))) == {"xml-malformed"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "koi8-r", "cp1251"])
def test_places_and_verdict_are_the_same_in_any_encoding(encoding: str) -> None:
    text = TEXT.replace("at noon", "в полдень <xref rid='none'/>")
    text = (
        "".join(c if ord(c) < 0x400 or c in "вполдень" else "x" for c in text)
        .encode("ascii", "xmlcharrefreplace")
        .decode()
        if encoding in ("koi8-r", "cp1251")
        else text
    )
    plain = check_jats(text.encode())
    text = text.replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    other = check_jats(text.encode(encoding))
    assert [(f.code, f.lines, f.column, f.message) for f in other.findings] == [
        (f.code, f.lines, f.column, f.message) for f in plain.findings
    ]
    assert not other.valid


def test_a_place_is_where_the_tag_begins() -> None:
    text = TEXT.replace("at noon", 'ж𝄞 <italic>a</italic><xref\n   ref-type="fig"\n rid="none">x</xref>')
    before = text[: text.index("<xref\n")]
    result = check_jats(text.encode())
    places = {(f.lines[0][0], f.column) for f in result.findings if f.code in ("link-broken", "dtd-invalid")}
    assert places == {(before.count("\n") + 1, len(before) - before.rindex("\n"))}


def test_lines_are_right_in_long_files() -> None:
    """libxml2 counts lines in 16 bits."""
    text = TEXT.replace("</body>", "<p>\n" + "\n" * 70_000 + "  <bold>a\nb</bold><xref\nrid='none'/></p></body>")
    result = check_jats(text.encode(), profile=False)
    before = text[: text.index("<xref\n")]
    [found] = [f for f in result.findings if f.code == "link-broken"]
    assert (found.lines[0][0], found.column) == (before.count("\n") + 1, len(before) - before.rindex("\n"))


def test_findings_are_bounded_and_the_rest_is_counted() -> None:
    """In large files the DTD's complaints come from a parser that goes along, with the same names and places."""
    text = TEXT.replace("</body>", "<sec><title>T</title>\n" + "<p><para/></p>\n" * (LARGE // 10) + "</sec>\n</body>")
    result = check_jats(text.encode(), profile=False)
    found = [f for f in result.findings if f.code == "dtd-invalid"]
    assert 90 < len(found) <= 100
    first = text[: text.index("<p><para/>")].count("\n") + 1
    assert {f.lines[0][0] for f in found} == set(range(first, first + len(found) // 2))
    assert "findings-cut" in codes(result)
    many = TEXT.replace("</body>", "<p>\n" + "<xref ref-type='fig' rid='n'/>\n" * 1_500 + "</p></body>")
    result = check_jats(many.encode(), profile=False)
    assert sum(f.code == "link-broken" for f in result.findings) == 1_000
    assert [f.message for f in result.findings if f.code == "findings-cut"][
        -1
    ] == "links: 500 more like these are not listed"


def test_long_values_are_quoted_in_part() -> None:
    result = check_jats(TEXT.replace('rid="fig-1"', f'rid="{"n" * 1_000_000}"').encode())
    assert not result.valid
    assert all(len(f.message) < 1_000 for f in result.findings)


def test_a_large_file_has_the_same_findings_as_a_small_one() -> None:
    broken = TEXT.replace("at noon", '<xref rid="none"/><para/>').replace('id="sec-2"', 'id="sec-1"')
    large = broken.replace("</body>", f"</body><!--{' ' * LARGE}-->")
    one, other = (check_jats(t.encode()) for t in (broken, large))
    assert one.findings
    assert {(f.code, f.lines, f.column, f.message) for f in one.findings} == {
        (f.code, f.lines, f.column, f.message) for f in other.findings
    }


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "data",
    [
        f'<!DOCTYPE article [<!ENTITY a0 "a">{BOMB}]><article>&a11;</article>'.encode(),
        b'<!DOCTYPE article [<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]><article/>',
        b'<!DOCTYPE article SYSTEM "JATS-journalpublishing1.dtd" [<!ENTITY ndash "x">]><article>&ndash;</article>',
        b'<!DOCTYPE article [<!ATTLIST p a CDATA "'
        + b"x" * 1_000_000
        + b'">]><article>'
        + b"<p/>" * 100_000
        + b"</article>",
        b'<!DOCTYPE article [<!ENTITY a SYSTEM "a.tif" NDATA tiff>]><article/>',
    ],
    ids=["bomb", "parameter entity", "another meaning", "default attributes", "unparsed"],
)
def test_what_a_file_declares_for_itself_is_refused(data: bytes) -> None:
    [found] = check_jats(data).findings
    assert found.code == "xml-unsafe"
    assert "declares" in found.message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<article>" * 5000, "xml-limits"),
        (b"<article><p>" + b"x" * 11_000_000 + b"</p></article>", "xml-limits"),
        (b"<article>" + b"<p/>" * 4_000_001 + b"</article>", "xml-limits"),
        (b"<" + b"a" * 60_000 + b"/>", "xml-malformed"),
        (b"\xff\xfe<\x00", "xml-malformed"),
        (b'<?xml version="1.0" encoding="utf-16"?><article/>', "xml-malformed"),
        (b"<article>\xff</article>", "xml-malformed"),
        (b"<article>\x00</article>", "xml-malformed"),
    ],
    ids=["deep", "long text", "many tags", "long name", "half a letter", "not utf-16", "not utf-8", "null"],
)
def test_hostile_bytes_are_refused(data: bytes, code: str) -> None:
    [found] = check_jats(data).findings
    assert found.code == code
    assert found.lines[0][0] >= 1
    assert found.message.isprintable()


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The sound file with a few bytes put in, taken out or changed, or cut short."""
    data = bytearray(SOUND.read_bytes())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 40))
        piece = draw(
            st.one_of(
                st.binary(max_size=6),
                st.sampled_from([b"<", b">", b"&", b"&#x0;", b"]]>", b"<!--", b"<?x", b"<![CDATA[", b'"', b"&ndash;"]),
            )
        )
        data[at : at + length] = piece
    return bytes(data)


@settings(deadline=None)
@given(mutated())
def test_no_bytes_end_in_a_traceback(data: bytes) -> None:
    result = check_jats(data)
    assert result.valid is not any(f.severity == "error" for f in result.findings)
    for found in result.findings:
        assert found.message
        assert 0 <= found.lines[0][0] <= data.count(b"\n") + data.count(b"\r") + 1


def test_without_any_dtd_the_other_checks_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "bundled", list)
    shelf.forget()
    try:
        result = check_jats(TEXT.encode())
        assert (result.valid, result.dtd_name, codes(result)) == (True, "", {"dtd-missing"})
        assert codes(check_jats(TEXT.replace("at noon", "&ndash;").encode())) == {"xml-unsafe"}
        assert "link-broken" in codes(check_jats(TEXT.replace('rid="fig-1"', 'rid="fig-9"').encode()))
    finally:
        monkeypatch.undo()
        shelf.forget()
