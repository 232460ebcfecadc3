"""index.html against the ledger that it was made of: whole, valid, escaped, bounded."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import html5lib
import pytest
from lxml import etree
from lxml import html as lxml_html

import vnu
from jatspack.batch import Ledger, Source
from jatspack.batch.index import LISTING, NAME, figures, index_page, page, write_index
from jatspack.batch.listing import listing
from jatspack.batch.plan import _folders
from jatspack.batch.run import _tell
from jatspack.cli.watching import Quiet
from jatspack.findings import KINDS, UsageError

from .articles import jatspack
from .ledgers import HOSTILE, batch, made, refused, write

OWN = """html head meta title style body a header h1 h2 h3 p ul li nav main section div dl dt dd span bdi b i code
details summary button label input select option table thead tbody tr th td script svg rect circle path g text desc"""
OWN_TAGS = frozenset(OWN.split())


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("index") / "out", batch())


@pytest.fixture(scope="module")
def text(out: Path) -> str:
    return text_of(out)


@pytest.fixture(scope="module")
def shown(text: str) -> etree._Element:
    return lxml_html.document_fromstring(text)


def text_of(out: Path) -> str:
    with Ledger(out) as ledger:
        return index_page(ledger).decode()


def said(root: etree._Element, path: str) -> list[str]:
    """The texts of the elements, on one line each."""
    return [" ".join(element.text_content().split()) for element in root.xpath(path)]


def table(root: etree._Element, path: str) -> list[list[str]]:
    return [said(row, "./th | ./td") for row in root.xpath(f"{path}//tbody/tr")]


def data(root: etree._Element) -> dict[str, Any]:
    return dict(json.loads(root.get_element_by_id("data").text))


def test_is_html5_without_parse_errors(text: str) -> None:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    assert [(error[1], error[0]) for error in parser.errors] == []


def test_the_nu_checker_has_nothing_to_say(text: str, tmp_path: Path) -> None:
    if lacking := vnu.missing():
        if os.environ.get("CI"):
            pytest.fail(f"{lacking} must be here for the Nu HTML Checker")
        pytest.skip(f"no {lacking}: the Nu HTML Checker needs it")
    (tmp_path / NAME).write_text(text, "utf-8")
    empty = text_of(write(tmp_path / "empty", []))
    (tmp_path / "empty.html").write_text(empty, "utf-8")
    assert vnu.faults([tmp_path / NAME, tmp_path / "empty.html"]) == []


def test_counts_by_state_valid_and_not(shown: etree._Element) -> None:
    assert said(shown, "//header/h1") == ["Batch of 129 articles"]
    assert said(shown, "//p[contains(@class, 'verdict')]") == ["✗ 5 to look at"]
    chips = said(shown, "//ul[@class='sums']/li")
    assert chips == ["2 failed", "1 set-aside", "2 errors", "1 waiting", "123 done"]
    rows = dict(
        zip(said(shown, "//div[@class='promises']//dt"), said(shown, "//div[@class='promises']//dd"), strict=True)
    )
    assert rows["Made"] == "125"
    assert rows["XML valid"] == "124 99.2 %"
    assert rows["XML not valid"] == "1"
    assert rows["Valid, but with other errors"] == "1"
    assert rows["Not made"] == "3"
    assert rows["Not accounted for"] == "3"
    assert rows["Words of the sources"] == "375,000"
    assert rows["The slowest"] == "10 min 0 s"
    widths = [float(rect.get("width")) for rect in shown.xpath("//svg[contains(@class, 'states')]/rect")]
    assert sum(widths) == pytest.approx(100, abs=0.1)


def test_why_articles_were_not_made(shown: etree._Element) -> None:
    rows = table(shown, "//section[@id='not-made']")
    assert rows == [
        ["failed", "2", "…: is no text (it begins like a PDF); convert it to text first", "oaks/b 1.md, oaks/б2.md"],
        ["set-aside", "1", "took more than 600 s", "oaks/long.md"],
    ]


def test_a_reason_that_many_have_names_some_of_them(tmp_path: Path) -> None:
    root = lxml_html.document_fromstring(
        text_of(write(tmp_path, [refused(f"{n}.md", f"/inbox/{n}.md:7: is broken") for n in range(9)]))
    )
    assert table(root, "//section[@id='not-made']") == [
        ["failed", "9", "…:7: is broken", "0.md, 1.md, 2.md, 3.md, 4.md, 4 more"]
    ]
    more = root.xpath("//section[@id='not-made']//a")[0]
    assert (more.get("data-only"), more.get("data-value")) == ("q", "is broken")


def test_findings_by_frequency(shown: etree._Element, out: Path) -> None:
    rows = table(shown, "//section[@id='findings']")
    assert [row[:4] + row[5:6] for row in rows] == [
        ["error", "link-broken", "2", "1.6 %", "3"],
        ["warning", "image-missing", "2", "1.6 %", "2"],
        ["info", "space-lost", "121", "96.8 %", "123"],
    ]
    for row in rows:
        kind = KINDS[row[1]]
        assert kind.meaning in row[6]
        assert re.sub(r"\{(\w+)\}", lambda m: m[1].replace("_", " "), kind.message) in row[6]
    told = {"findings": 0}
    with Ledger(out) as ledger:
        for entry in ledger.entries():
            told["findings"] += sum(entry.summary.findings.values())
    assert sum(int(row[5]) for row in rows) == told["findings"]


def test_a_code_of_another_version_is_counted(tmp_path: Path) -> None:
    root = lxml_html.document_fromstring(text_of(write(tmp_path, [made("a.md", ("no-such-code", "warning"))])))
    assert table(root, "//section[@id='findings']")[0][1:3] == ["no-such-code", "1"]


def test_journals_and_what_stands_for_them(shown: etree._Element) -> None:
    rows = table(shown, "//section[@id='journals']/div[1]")
    # Articles, valid, with errors, not made. What failed in oaks/ counts for the journal of all others there.
    assert [row[:5] for row in rows] == [
        ["Journal of Oaks", "7", "2", "2", "3"],
        ["Ash Trees", "120", "120", "0", "0"],
        ["elms/", "2", "2", "0", "0"],
    ]
    assert rows[0][8] == "link-broken (2), image-missing (1)"
    assert rows[2][6] == "10.0 %"  # 3 of 30 fields are doubtful
    languages = [row[:2] for row in table(shown, "//section[@id='journals']/div[2]")]
    assert languages == [["language unknown", "4"], ["English (en)", "124"], ["Russian (ru)", "1"]]


def test_a_folder_of_one_article_is_no_journal(tmp_path: Path) -> None:
    names = ["x/a.md", "y/b.md", "c.md", "z/d.md", "z/e.md"]
    articles = [*map(made, names), made("w/f.md", journal="One"), made("w/g.md", journal="Two"), made("w/h.md")]
    root = lxml_html.document_fromstring(text_of(write(tmp_path, articles)))
    rows = {row[0]: row[1] for row in table(root, "//section[@id='journals']/div[1]")}
    assert rows == {"no journal named": "3", "z/": "2", "One": "1", "Two": "1", "w/": "1"}


def test_distributions(shown: etree._Element) -> None:
    rows = table(shown, "//section[@id='confidence']")
    assert [row[1] for row in rows] == ["0", "0", "1", "0", "0", "0", "2", "0", "0", "2,487"]
    assert [row[0].endswith("doubtful") for row in rows] == [True] * 7 + [False] * 3
    times = {row[0]: row[1] for row in table(shown, "//section[@id='time']")}
    assert times["500 s and more"] == "1"
    assert times["2 – 5 s"] == "120"
    assert sum(int(n) for n in times.values()) == 128
    made_dots = shown.xpath("//svg[contains(@class, 'cloud')]//circle[not(@class)]")
    assert 10 < len(made_dots) <= 125
    boxes = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in shown.xpath("//svg//circle")]
    assert all(44 <= x <= 430 and 8 <= y <= 214 for x, y in boxes)


def test_slowest_first(shown: etree._Element) -> None:
    rows = table(shown, "//section[@id='slowest']")
    assert [row[0] for row in rows[:3]] == ["oaks/right.md", "ash/n119.md", "ash/n118.md"]
    assert len(rows) == figures.SLOWEST


def test_the_list_has_every_article_as_the_ledger_has_it(shown: etree._Element, out: Path) -> None:
    columns = data(shown)
    with Ledger(out) as ledger:
        entries = list(ledger.entries())
    assert columns["name"] == [entry.name for entry in entries]
    assert [columns["states"][n][0] for n in columns["state"]] == [entry.state for entry in entries]
    assert columns["title"] == [entry.summary.title for entry in entries]
    assert columns["seconds"] == [round(entry.seconds, 2) for entry in entries]
    for found, entry in zip(columns["found"], entries, strict=True):
        pairs = zip(found[::2], found[1::2], strict=True)
        assert {tuple(columns["codes"][code]): n for code, n in pairs} == dict(entry.summary.findings)


def test_without_a_script_those_in_need_come_first(shown: etree._Element) -> None:
    rows = table(shown, "//section[@id='articles']")
    assert [row[0] for row in rows[:6]] == ["failed", "failed", "set-aside", "errors", "errors", "waiting"]
    assert rows[3][1] == "Wrong links oaks/wrong.md"
    assert rows[3][4:7] == ["2", "1", "0"]
    assert rows[3][10] == "XML HTML bag JSON"
    assert rows[5][4:8] == [""] * 4
    assert [a.get("href") for a in shown.xpath("//section[@id='articles']//tr[4]//a")] == [
        f"./oaks/wrong/wrong{ending}" for ending in (".report.html", ".xml", ".html", ".bag", ".report.json")
    ]
    assert shown.xpath(f"//section[@id='articles']//a[@href='./{LISTING}']")


def test_bounded(monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    monkeypatch.setattr(figures, "MOST", 10)
    monkeypatch.setattr(page, "PLAIN", 4)
    root = lxml_html.document_fromstring(text_of(out))
    assert len(table(root, "//section[@id='articles']")) == 4
    columns = data(root)
    assert len(columns["name"]) == 10
    assert {"oaks/long.md", "oaks/wrong.md", "oaks/later.md"} <= set(columns["name"])
    assert "119 articles are too many for this page" in said(root, "//section[@id='articles']")[0]
    assert said(root, "//ul[@class='sums']/li")[-1] == "123 done"


def test_a_long_title_or_message_is_cut(tmp_path: Path) -> None:
    text = text_of(write(tmp_path, [made("a.md", title="t" * 9000), refused("b.md", "m" * 9000)]))
    assert "t" * 250 not in text
    assert "m" * 550 not in text


def test_nothing_of_an_article_is_markup(shown: etree._Element, text: str) -> None:
    assert {e.tag for e in shown.iter() if isinstance(e.tag, str)} <= OWN_TAGS
    assert len(shown.xpath("//script")) == 2
    assert len(shown.xpath("//style")) == 1
    assert [name for e in shown.iter() for name in e.attrib if name.startswith("on") or name == "style"] == []
    links = {str(href) for href in shown.xpath("//@href | //@src | //@action")}
    assert {href for href in links if not href.startswith(("#", "./"))} == set()
    assert HOSTILE in said(shown, "//section[@id='articles']//tr")[4 + 1]
    assert HOSTILE in data(shown)["title"]
    assert "alert(1)</script>" not in text


def test_the_policy_allows_the_own_style_and_script_only(shown: etree._Element) -> None:
    style, script = shown.find(".//style").text, shown.xpath("//script[not(@type)]")[0].text
    hashes = [b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in (style, script)]
    assert shown.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    ]
    assert not re.search(r"url\(|@import|http", style)


def test_the_same_batch_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (write(tmp_path / name, order) for name, order in (("a", batch()), ("b", batch()[::-1])))
    ended = re.compile(r"<dd>[\d-]+ [\d:]+ UTC</dd>")
    assert ended.sub("", text_of(one)) == ended.sub("", text_of(other))


def test_the_listing_is_a_table_that_runs_nothing(tmp_path: Path) -> None:
    with Ledger(write(tmp_path, [made("a.md", title="=1+1"), made("b.md", title="Б\n2"), *batch()])) as ledger:
        text = listing(ledger.entries()).decode("utf-8-sig")
        entries = list(ledger.entries())
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["source"] for row in rows] == [entry.name for entry in entries]
    assert rows[0]["title"] == "Ash 0" or rows[0]["title"].startswith("'=")
    titles = {row["source"]: row["title"] for row in rows}
    assert (titles["a.md"], titles["b.md"]) == ("'=1+1", "Б\n2")


def test_status_writes_it_anew(tmp_path: Path) -> None:
    out = write(tmp_path / "out", batch())
    done = jatspack("status", out, "--page", "--csv")
    assert done.returncode == 1
    assert (out / NAME).read_text("utf-8") == text_of(out)
    assert (out / LISTING).read_text("utf-8-sig") == done.stdout


def test_a_disk_that_refuses_it_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = write(tmp_path, batch())
    (out / NAME).mkdir()
    with Ledger(out) as ledger:
        with pytest.raises(UsageError):
            write_index(ledger, out)
        _tell(ledger, out, Quiet())
    assert "--page" in capsys.readouterr().err
    assert not (out / LISTING).exists()


@pytest.mark.parametrize("name", ["index.html.md", "articles.csv/a.md", "Ledger.SQLite.txt"])
def test_no_article_takes_the_place_of_the_page(name: str) -> None:
    (folder,) = _folders([Source(Path(), name)], [])
    assert folder.split("/")[0].casefold() not in {NAME, LISTING, "ledger.sqlite"}
