"""What a hostile source may try: nothing of it runs, and nothing outside is asked for."""

from __future__ import annotations

import re
import socket

import pytest
from lxml import etree
from lxml import html as lxml_html
from render_data import jats

from jatspack.read.document import Media
from jatspack.render import Rendered, html, pdf, render
from jatspack.render.links import orcid_url, safe_href

SAFE = ["https://example.org/a?b=1&c=2#d", "http://пример.рф/путь", "ftp://example.org/x", "mailto:a.b@example.edu"]
UNSAFE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//example.org/x",
    "/etc/passwd",
    "../../x",
    "#page-1",
    "https://",
    "http://[::1",
    "mailto:a@b?bcc=c@d",
    "mailto:a@b\n",
    "",
]


@pytest.mark.parametrize("address", SAFE)
def test_addresses_that_are_linked(address: str) -> None:
    assert safe_href(address)


@pytest.mark.parametrize("address", UNSAFE)
def test_addresses_that_are_not(address: str) -> None:
    assert safe_href(address) == "" or not address.strip().startswith(("java", "Java", "file", "data"))
    assert not re.match(r"(?i)\s*(javascript|data|vbscript|file):", safe_href(address))


def test_quotes_and_spaces_are_encoded() -> None:
    assert safe_href('https://example.org/a b"c<d>[1]') == "https://example.org/a%20b%22c%3Cd%3E%5B1%5D"


def test_orcid() -> None:
    assert orcid_url("0000-0002-1825-0097") == "https://orcid.org/0000-0002-1825-0097"
    assert orcid_url("https://orcid.org/0000-0002-1825-0097") == "https://orcid.org/0000-0002-1825-0097"
    assert orcid_url("javascript:0000-0002-1825-0097") == ""


HOSTILE = """
<p>&lt;script&gt;alert(1)&lt;/script&gt; <ext-link xlink:href="javascript:alert(1)">a</ext-link>
  <ext-link xlink:href="data:text/html,x">b</ext-link> <uri xlink:href="file:///etc/passwd">c</uri>
  <email>x@y" onmouseover="alert(1)</email> <styled-content style="background:url(http://a.invalid)">d</styled-content></p>
<fig id="f&quot; onload=&quot;x"><graphic xlink:href="http://a.invalid/x.png"/><graphic xlink:href="file:///etc/passwd"/></fig>
<fig><graphic xlink:href="media/evil.svg"/></fig>
<sec sec-type="&quot;&gt;&lt;script&gt;"><title onclick="x">t</title><p style="x" onclick="y">z</p></sec>
<disp-formula><mml:math><mml:mtext href="javascript:x" xlink:href="javascript:x" style="x">m</mml:mtext>
  <mml:annotation-xml encoding="text/html"><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></mml:annotation-xml>
  <mml:maction actiontype="statusline"><mml:mi>q</mml:mi></mml:maction></mml:math></disp-formula>
<table-wrap><table onclick="x"><tbody><tr style="x">
  <td colspan="99999999" rowspan="1e9" style="x">cell</td></tr></tbody></table></table-wrap>
<p><script xmlns="">alert(2)</script><iframe src="http://a.invalid"/><style>@import "http://a.invalid"</style></p>
"""
EVIL_SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"
 onload="alert(1)"><script>alert(1)</script><image xlink:href="file:///etc/passwd" width="9" height="9"/>
 <image href="http://a.invalid/x.png" width="9" height="9"/><use href="http://a.invalid/x.svg#a"/></svg>"""


@pytest.fixture(scope="module")
def hostile() -> Rendered:
    item = Media("evil.svg", "evil.svg", EVIL_SVG, "image/svg+xml")
    return render(jats(HOSTILE), {"evil.svg": item})


def test_nothing_runs(hostile: Rendered) -> None:
    page = lxml_html.document_fromstring(hostile.html)
    assert page.xpath("//script | //iframe | //object | //embed | //base | //form | //link") == []
    assert [name for e in page.iter() for name in e.attrib if name.startswith("on") or name == "style"] == []
    for href in page.xpath("//@href | //@src"):
        assert re.match(r"#|https?://|mailto:|ftp://|data:image/", href), href
    assert len(page.xpath("//style")) == 2
    assert "@import" not in "".join(page.xpath("//style/text()"))


def test_spans_of_cells_are_bounded(hostile: Rendered) -> None:
    page = lxml_html.document_fromstring(hostile.html)
    assert page.xpath("//td/@colspan | //td/@rowspan") == []


def test_the_policy_allows_the_own_style_sheets_only(hostile: Rendered) -> None:
    policy = lxml_html.document_fromstring(hostile.html).xpath(
        "//meta[@http-equiv='Content-Security-Policy']/@content"
    )[0]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy.count("'sha256-") == 2


def test_nothing_is_fetched(hostile: Rendered, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse(*address: object, **_: object) -> None:
        asked.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = '<!DOCTYPE html><html lang="en"><head><title>x</title>'
    page += '<link rel="stylesheet" href="http://a.invalid/x.css"></head>'
    page += '<body><p>text<img src="http://a.invalid/y.png" alt="y">'
    page += '<img src="file:///etc/passwd" alt="z"></p></body></html>'
    assert pdf(hostile.html).startswith(b"%PDF")
    data = pdf(page)
    assert b"root:" not in data
    assert asked == []


def test_text_that_looks_like_markup_stays_text() -> None:
    page = html(jats("<p>&lt;img src=x onerror=alert(1)&gt; &amp;amp;</p>"), {})
    assert "&lt;img src=x" in page
    assert etree.HTML(page).xpath("//img") == []
