"""Pages in a real browser, and before the Nu HTML Checker and axe-core: no error, no violation, nothing asked for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from render_data import jats, media, tree_of

from browser import NARROW, WIDE, Browser
from jatspack.render import HtmlSettings, Rendered, html, render
from vnu import faults, missing

Opened = Callable[..., None]


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Opened:
    """Put a page into a file and open it."""

    def show(text: str, *, scripts: bool = True, **look: object) -> None:
        page = tmp_path / "page.html"
        page.write_text(text, "utf-8")
        browser.look(scripts=scripts, **{"size": WIDE, **look})  # type: ignore[arg-type]
        browser.open(page)

    return show


def visible(browser: Browser, selector: str) -> list[str]:
    return [element.text for element in browser.all(selector) if element.is_displayed() and element.text]


@pytest.mark.skipif(bool(missing()), reason="no java for the Nu HTML Checker")
def test_valid_html(trilingual: Rendered, chinese: Rendered, tmp_path: Path) -> None:
    scripts = render(tree_of("scripts.xml"), {})
    pages = []
    for name, made in {"trilingual": trilingual, "chinese": chinese, "scripts": scripts}.items():
        pages.append(tmp_path / f"{name}.html")
        pages[-1].write_text(made.html, "utf-8")
    assert faults(pages) == []


@pytest.mark.parametrize("name", ["trilingual", "chinese"])
def test_accessible(name: str, browser: Browser, shown: Opened, request: pytest.FixtureRequest) -> None:
    text = request.getfixturevalue(name).html
    for size, scheme in product((WIDE, NARROW), ("light", "dark")):
        shown(text, size=size, scheme=scheme)
        assert browser.axe() == []
        assert browser.run("return document.documentElement.scrollWidth") <= size[0]
    browser.run("for (const box of document.querySelectorAll('details')) box.open = true")
    browser.run("document.querySelector('.languages input.other').click()")
    assert browser.axe() == []
    assert browser.errors() == []
    assert browser.requests() == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_languages_switch_with_and_without_the_script(
    scripts: bool, browser: Browser, shown: Opened, trilingual: Rendered
) -> None:
    shown(trilingual.html, scripts=scripts)
    assert visible(browser, ".translation h2") == []
    buttons = browser.all(".languages input")
    buttons[2].click()  # English
    assert visible(browser, "h2.title") == ["How wells were dug on summer pastures: oral evidence and measurements"]
    assert visible(browser, ".abstract > h2, .abstract > h3") == ["Abstract"]
    assert "A. Yergazina" in " ".join(visible(browser, ".authors"))
    assert visible(browser, ".front > .authors") == []
    buttons[3].click()  # all
    assert len(visible(browser, ".translation > h2")) == 2
    assert visible(browser, "h1") != []


def test_the_keyboard_reaches_the_languages(browser: Browser, shown: Opened, trilingual: Rendered) -> None:
    from selenium.webdriver.common.keys import Keys

    shown(trilingual.html)
    browser.one(".languages input").send_keys(Keys.ARROW_RIGHT)
    assert [title[:7] for title in visible(browser, "h2.title")] == ["Порядок"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_name_opens_its_card(scripts: bool, browser: Browser, shown: Opened, trilingual: Rendered) -> None:
    from selenium.webdriver.common.keys import Keys

    shown(trilingual.html, scripts=scripts)
    button = browser.one("header .authors button")
    button.click()
    (card,) = visible(browser, ".card")
    assert "0000-0002-1825-0097" in card
    button.send_keys(Keys.ESCAPE)
    assert visible(browser, ".card") == []


def test_citations_are_previewed(browser: Browser, shown: Opened, trilingual: Rendered) -> None:
    from selenium.webdriver.common.keys import Keys

    shown(trilingual.html)
    mark = browser.one("a[data-rid='r1 r2']")
    mark.send_keys("")  # the focus
    (card,) = visible(browser, "#_preview")
    assert "Колодцы степи" in card
    assert "Wells and water" in card
    assert browser.run("return document.querySelectorAll('#_preview [id]').length") == 0
    mark.send_keys(Keys.ESCAPE)
    assert visible(browser, "#_preview") == []


def test_the_contents_know_the_section_that_is_read(browser: Browser, shown: Opened, trilingual: Rendered) -> None:
    shown(trilingual.html, size=(1440, 500))
    browser.run("document.getElementById('s3').scrollIntoView({behavior: 'instant'})")
    browser.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert browser.run("return document.querySelector('[aria-current]').hash") == "#s3"


def test_everything_is_printed(browser: Browser, shown: Opened, trilingual: Rendered) -> None:
    shown(trilingual.html, medium="print")
    assert len(visible(browser, ".translation > h2")) == 2
    assert visible(browser, ".screen, nav, .back") == []
    browser.look()


def test_images_beside_the_page_are_shown(browser: Browser, tmp_path: Path) -> None:
    made = render(tree_of("article.xml"), media(), HtmlSettings(images="beside"))
    (tmp_path / "media").mkdir()
    for address, item in made.images.items():
        (tmp_path / address).write_bytes(item.data)
    (tmp_path / "page.html").write_text(made.html, "utf-8")
    browser.look()
    browser.open(tmp_path / "page.html")
    assert browser.run("return document.querySelector('figure img').naturalWidth") > 0
    assert browser.errors() == []


def test_right_to_left(browser: Browser, shown: Opened) -> None:
    body = '<sec id="s1"><title>مقدمه</title><p>سلام</p></sec><sec id="s2"><title>پایان</title><p>پایان</p></sec>'
    front = '<trans-abstract xml:lang="en"><p>Hello</p></trans-abstract>'
    shown(html(jats(body, front=front, lang="fa"), {}))
    assert browser.axe() == []
    nav, main = browser.one("nav"), browser.one("main")
    assert nav.rect["x"] > main.rect["x"]
