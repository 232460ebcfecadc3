"""index.html in a real browser: sorted, filtered, by everybody, with and without scripts."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from browser import NARROW, WIDE, Browser
from jatspack.archive import portable
from jatspack.batch import Ledger
from jatspack.batch.index import page, write_index

from .ledgers import HOSTILE, batch, write

ROWS = "#articles tbody tr"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = write(tmp_path_factory.mktemp("index") / "out", batch())
    with Ledger(out) as ledger:
        return write_index(ledger, out)


@pytest.fixture
def opened(browser: Browser, index: Path) -> Browser:
    browser.look()
    browser.open(index)
    return browser


def rows(browser: Browser) -> list[list[str]]:
    """The cells of the list as it stands there."""
    script = (
        "return [...document.querySelectorAll(arguments[0])].map(row => [...row.cells].map("
        "cell => { const own = cell.cloneNode(true); own.querySelectorAll('details').forEach(d => d.remove());"
        " return own.textContent.trim().replace(/\\s+/g, ' '); }))"
    )
    return list(browser.run(script, ROWS))


def ask(browser: Browser, name: str, value: str) -> list[list[str]]:
    """The list after a filter was set."""
    browser.run(
        "const field = document.querySelector(`.filters [name=${arguments[0]}]`); field.value = arguments[1];"
        "field.dispatchEvent(new Event('input', {bubbles: true}));"
        "return new Promise(done => setTimeout(done, arguments[0] === 'q' ? 200 : 20))",
        name,
        value,
    )
    return rows(browser)


def said(browser: Browser) -> str:
    return str(browser.one("#articles .shown").text)


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_accessible_and_silent(size: tuple[int, int], scheme: str, browser: Browser, index: Path) -> None:
    browser.look(size, scheme)  # type: ignore[arg-type]
    browser.open(index, "#q=oaks")
    browser.run("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    assert browser.axe() == []
    assert browser.errors() == []
    assert browser.requests() == []
    assert browser.run("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_with_and_without_its_script_it_says_the_same(browser: Browser, index: Path) -> None:
    links = "return [...document.querySelectorAll('#articles tbody a')].map(link => link.getAttribute('href'))"
    browser.look(scripts=False)
    browser.open(index)
    try:
        assert not browser.one(".filters").is_displayed()
        assert not browser.one(".pager").is_displayed()
        assert [b for b in browser.all("button") if b.is_displayed()] == []
        assert browser.one("#articles .plain a").is_displayed()
        browser.look()  # scripts of tests are run again, the page's own was not
        before, addresses = rows(browser), [unquote(a) for a in browser.run(links)]
    finally:
        browser.look()
    browser.open(index)
    assert len(before) == min(page.PLAIN, 129)
    assert rows(browser) == before[:100]
    shown = [unquote(a) for a in browser.run(links)]
    assert shown == addresses[: len(shown)]
    assert f"./elms/a#1 (50%)?/{portable('a#1 (50%)?')}.report.html" in addresses
    assert any(row[1].startswith(HOSTILE) for row in before)


def test_sorting(opened: Browser) -> None:
    def press(name: str) -> list[list[str]]:
        opened.one(f"#articles th[data-sort={name}] button").click()
        return rows(opened)

    assert [row[0] for row in rows(opened)][:6] == ["failed", "failed", "set-aside", "errors", "errors", "waiting"]
    slowest = [float(row[9]) for row in press("seconds")]
    assert slowest[:2] == [600.0, 9.5]
    assert slowest == sorted(slowest, reverse=True)
    quickest = [float(row[9]) for row in press("seconds")]
    assert quickest == sorted(quickest)
    assert opened.one("#articles th[data-sort=seconds]").get_attribute("aria-sort") == "ascending"
    titles = [row[1] for row in press("title")]
    assert titles.index("Ash 9 ash/n009.md") < titles.index("Ash 10 ash/n010.md")
    assert len(opened.all("#articles th[aria-sort]")) == 1
    assert opened.run("return location.hash") == "#sort=title"


def test_filters(opened: Browser) -> None:
    assert said(opened) == "129 of 129 articles; shown: 1 to 100"
    assert {row[0] for row in ask(opened, "state", "failed")} == {"failed"}
    assert said(opened) == "2 of 129 articles"
    ask(opened, "state", "*")
    assert [row[1].split()[-1] for row in ask(opened, "code", "image-missing")] == ["oaks/wrong.md", "elms/<i>.md"]
    assert [row[1].split()[-1] for row in ask(opened, "with", "error")] == ["oaks/wrong.md"]
    opened.one(".filters [name=reset]").click()
    alone = {"invalid": "oaks/wrong.md", "lost": "oaks/odd.md", "doubt": "?.md", "nothing": "oaks/right.md"}
    for value, name in alone.items():
        (row,) = ask(opened, "with", value)
        assert row[1].endswith(name)
    opened.one(".filters [name=reset]").click()
    assert len(ask(opened, "journal", "Journal of Oaks")) == 7
    assert [row[3] for row in ask(opened, "language", "ru")] == ["ru"]
    opened.one(".filters [name=reset]").click()
    assert [row[1] for row in ask(opened, "q", "ОЗЕРА дубы")] == ["Дубы и озёра oaks/right.md"]
    assert [row[1] for row in ask(opened, "q", "cafe")] == ["Café elms elms/a#1 (50%)?.md"]
    assert [row[0] for row in ask(opened, "q", "like a pdf")] == ["failed", "failed"]
    assert ask(opened, "q", "nowhere") == [["No article is like this."]]


def test_pages(opened: Browser) -> None:
    first = rows(opened)
    opened.one(".pager [name=on]").click()
    assert said(opened) == "129 of 129 articles; shown: 101 to 129"
    assert len(rows(opened)) == 29
    assert not opened.one(".pager [name=on]").is_enabled()
    opened.one(".pager [name=back]").click()
    assert rows(opened) == first


def test_figures_lead_to_their_articles_and_addresses_can_be_kept(opened: Browser, index: Path) -> None:
    opened.one("#findings a[data-value=link-broken]").click()
    assert [row[0] for row in rows(opened)] == ["errors", "errors"]
    assert opened.run("return document.activeElement.parentElement.id") == "articles"
    assert 0 < opened.one("#articles").rect["y"] - opened.run("return scrollY") < 600
    opened.open(index, "#journal=Ash+Trees&sort=-seconds")
    assert rows(opened)[0][1] == "Ash 119 ash/n119.md"
    assert opened.one(".filters [name=journal]").get_attribute("value") == "Ash Trees"


def test_what_was_found_in_an_article(opened: Browser) -> None:
    ask(opened, "q", "wrong")
    opened.one(f"{ROWS} summary").click()
    opened.run("return new Promise(done => setTimeout(done, 50))")
    found = [item.text for item in opened.all(f"{ROWS} details li")]
    assert found == ["error link-broken 2", "warning image-missing 1"]


def test_small_tables_are_sorted_where_they_stand(opened: Browser) -> None:
    def column(n: int) -> list[str]:
        return [row.text for row in opened.all(f"#journals .wide:first-of-type tbody tr > :nth-child({n})")]

    opened.one("#journals .wide:first-of-type th:nth-child(2) button").click()
    assert column(2) == ["120", "7", "2"]
    opened.one("#journals .wide:first-of-type th:nth-child(1) button").click()
    assert column(1) == ["Ash Trees", "elms/", "Journal of Oaks"]


def test_printed(opened: Browser, tmp_path: Path) -> None:
    import pypdfium2

    opened.pdf(tmp_path / "index.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / "index.pdf")]
    assert "oaks/wrong.md" in "".join(pages)
    assert "Show all" not in "".join(pages)
    assert "Doubtful" in pages[-1], "the heads of the list stand on each page"
