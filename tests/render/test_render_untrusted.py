"""What a hostile source may try: nothing of it runs, and nothing outside is asked for."""

from __future__ import annotations

import json
import re
import socket
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html
from render_data import DATA, jats

from jatspack.findings import Exit
from jatspack.pipeline import pack
from jatspack.read.document import Media
from jatspack.render import Rendered, html, pdf, render
from jatspack.render.html import script
from jatspack.render.links import doi_url, orcid_url, safe_href

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


def test_doi() -> None:
    assert doi_url("10.5555/a.b(1)") == "https://doi.org/10.5555/a.b(1)"
    assert doi_url("https://doi.org/10.5555/x") == doi_url("doi: 10.5555/x") == "https://doi.org/10.5555/x"
    assert doi_url('10.5555/"><script>') == "https://doi.org/10.5555/%22%3E%3Cscript%3E"
    assert doi_url("javascript:10.5555/x") == doi_url("11.5555/x") == doi_url("10.5555/a b") == ""


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
    assert page.xpath("//iframe | //object | //embed | //base | //form | //link") == []
    assert [(s.get("type"), s.text) for s in page.iter("script")][1:] == [(None, script())]
    assert page.xpath("//script[1]/@type") == ["application/ld+json"]
    assert [name for e in page.iter() for name in e.attrib if name.startswith("on") or name == "style"] == []
    for href in page.xpath("//@href | //@src"):
        assert re.match(r"#|https?://|mailto:|ftp://|data:image/", href), href
    assert len(page.xpath("//style")) == 2
    assert "@import" not in "".join(page.xpath("//style/text()"))


def test_spans_of_cells_are_bounded(hostile: Rendered) -> None:
    page = lxml_html.document_fromstring(hostile.html)
    assert page.xpath("//td/@colspan | //td/@rowspan") == []


def test_the_policy_allows_the_own_style_sheets_and_script_only(hostile: Rendered) -> None:
    page = lxml_html.document_fromstring(hostile.html)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    own = [*page.iter("style"), *page.xpath("//script[not(@type)]")]
    digests = [b64encode(sha256((element.text or "").encode()).digest()).decode() for element in own]
    assert re.findall("sha256-([^']+)", policy) == digests
    assert re.search("script-src 'sha256-[^' ]+';", policy)


def test_front_matter_stays_text_in_every_form() -> None:
    tree = jats()
    root = tree.getroot()
    meta = root.find("front/article-meta")
    meta.clear()
    meta.extend(etree.parse(DATA / "hostile-front.xml").getroot())
    title = "<journal-title-group><journal-title>&lt;script&gt;j</journal-title></journal-title-group>"
    root.find("front").insert(0, etree.fromstring(f"<journal-meta>{title}</journal-meta>"))
    made = render(tree, {})
    page = lxml_html.document_fromstring(made.html)
    assert len(page.findall(".//script")) == 2
    assert page.xpath("//img | //body//style") == []
    assert [name for e in page.iter() for name in e.attrib if name.startswith("on")] == []
    for href in page.xpath("//@href | //@src"):
        assert re.match(r"#|https?://|mailto:", href), href
    data = json.loads(page.find(".//script").text)
    assert data["headline"] == "</script><script>alert(4)</script> <!--"
    assert "<!--" not in page.find(".//script").text
    assert pdf(made.html).startswith(b"%PDF")
    cited = [dd.text_content() for dd in page.iterfind(".//dd")]
    assert cited
    assert all("\ue000" not in text for text in cited)


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


def test_hostile_jats_as_input_of_pack(tmp_path: Path) -> None:
    secret, folder = tmp_path / "secret.png", tmp_path / "in"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n" + b"top-secret" * 9)
    folder.mkdir()
    (folder / "evil.svg").write_bytes(EVIL_SVG)
    (folder / "link.png").symlink_to(secret)
    text = (DATA / "hostile.xml").read_text()
    (folder / "a.xml").write_text(text)
    refused = pack(folder / "a.xml", only=["html"])
    assert (refused.html, refused.exit) == (None, Exit.FINDINGS)  # a link that runs a program is an error of the JATS
    (folder / "a.xml").write_text(text.replace("javascript:alert(1)", "https://example.org"))
    package = pack(folder / "a.xml", output=tmp_path / "out")
    made = b"".join(file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file())
    assert b"top-secret" not in made
    assert b"dG9wLXNlY3JldA" not in made
    page = lxml_html.document_fromstring((package.html or b"").decode())
    assert len(page.findall(".//script")) == 2
    assert page.xpath("//img") == []
    assert page.xpath("//body//@style") == []
    assert {"image-unreadable", "image-outside", "image-remote"} <= {f.code for f in package.findings}


def test_jats_with_entities_of_its_own_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("top-secret")
    text = (DATA / "hostile.xml").read_text()
    declared = f' [<!ENTITY secret SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>\n<article'
    (tmp_path / "a.xml").write_text(text.replace(">\n<article", declared, 1).replace(">T ", ">T &secret;", 1))
    package = pack(tmp_path / "a.xml", only=["html"])
    assert package.html is None
    assert "xml-unsafe" in {f.code for f in package.findings}
