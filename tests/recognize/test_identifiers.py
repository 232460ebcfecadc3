import pytest

from jatspack.recognize.identifiers import find_codes, find_dois, find_emails, find_issns, find_orcids


@pytest.mark.parametrize(
    ("text", "value", "valid", "printed"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097", True, "0000-0002-1825-0097"),
        ("(ORCID: 0000-0002-1694-233X)", "0000-0002-1694-233X", True, "0000-0002-1694-233X"),
        (
            "https://orcid.org/0000-0002-1825-0097.",
            "0000-0002-1825-0097",
            True,
            "https://orcid.org/0000-0002-1825-0097",
        ),
        (
            "https: // orcid.org / 0000-0002-1825-0097",
            "0000-0002-1825-0097",
            True,
            "https: // orcid.org / 0000-0002-1825-0097",
        ),
        ("0000 – 0002 – 1825 – 0097", "0000-0002-1825-0097", True, "0000 – 0002 – 1825 – 0097"),
        ("0000-0002-1694-233Х", "0000-0002-1694-233X", True, "0000-0002-1694-233Х"),
        ("0000-0002-1825-0098", "0000-0002-1825-0098", False, "0000-0002-1825-0098"),
    ],
)
def test_orcid(text, value, valid, printed):
    (found,) = find_orcids(text)
    assert (found.value, found.valid, text[found.start : found.end]) == (value, valid, printed)


def test_several_orcids_and_none():
    assert len(list(find_orcids("0000-0002-1825-0097, 0000-0001-5109-3700"))) == 2
    assert list(find_orcids("10000-0002-1825-00971 and 2018-0002-1825-0097")) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("doi:10.1234/ab(c)12.", ["10.1234/ab(c)12"]),
        ("(https://doi.org/10.26577/JH.2021.v1)", ["10.26577/JH.2021.v1"]),
        ("DOI 10.1000/a\\_b", ["10.1000/a_b"]),
        ("https://dx.doi.org/10.1000/1; 10.1000/2", ["10.1000/1", "10.1000/2"]),
        ("10. 1000 / xyz", ["10.1000/xyz"]),
        ("version 10.5/3 and 1.10.1234/5", []),
        ("[10.1000/1](https://doi.org/10.1000/1)", ["10.1000/1", "10.1000/1"]),
    ],
)
def test_doi(text, values):
    assert [d.value for d in find_dois(text)] == values


def test_doi_span_takes_in_label_and_url():
    text = "see DOI: https://doi.org/10.1000/1 now"
    (found,) = find_dois(text)
    assert text[found.start : found.end] == "DOI: https://doi.org/10.1000/1"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a.b@x.edu.kz", ["a.b@x.edu.kz"]),
        ("E-mail: Anna_K@Mail.RU; b-c@y.org.", ["Anna_K@mail.ru", "b-c@y.org"]),
        ("{a, b.c}@x.edu", ["a@x.edu", "b.c@x.edu"]),
        ("\\{a;b\\}@x.edu", ["a@x.edu", "b@x.edu"]),
        ("foo @ mail . ru", ["foo@mail.ru"]),
        ("foo@mail. ru", ["foo@mail.ru"]),
        ("foo\\_bar@mail.ru", ["foo_bar@mail.ru"]),
        ("foo[at]mail.ru", ["foo@mail.ru"]),
        ("write to x@y.com. Next sentence", ["x@y.com"]),
        ("p@5 and @handle", []),
    ],
)
def test_email(text, values):
    assert [m.value for m in find_emails(text)] == values


def test_braced_emails_tile_the_group():
    text = "to {a, b}@x.edu, c@y.org"
    spans = [(m.start, m.end) for m in find_emails(text)]
    assert spans == [(3, 7), (7, 15), (17, 24)]


def test_issn():
    assert [(i.value, i.valid) for i in find_issns("ISSN 2049-3630; 1991-1995; 2434-561X")] == [
        ("2049-3630", True), ("1991-1995", False), ("2434-561X", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("УДК 94(574) МРНТИ 03.20.00", [("udc", "94(574)"), ("irsti", "03.20.00")]),
        ("ӘОЖ 821.512.122; ҒТАМР 17.82.31", [("udc", "821.512.122"), ("irsti", "17.82.31")]),
        ("UDC 004.8:57", [("udc", "004.8:57")]),
        ("JEL: O13, Q1", [("jel", "O13, Q1")]),
        ("中图分类号：Q948.5 文献标识码：A", [("clc", "Q948.5"), ("document-code", "A")]),
        ("ББК 63.3(5Каз)", [("bbk", "63.3(5Каз)")]),
        ("УДК", []),
    ],
)
def test_codes(text, codes):
    found = find_codes(text)
    assert [(c.kind, c.value) for c in found] == codes
    assert all(text[c.start : c.end] == c.value for c in found)
