"""The report page in a real browser: usable by everybody, in both schemes and sizes, with and without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser import NARROW, WIDE, Browser

Pages = dict[str, Path]


def test_the_browser_sees_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    """Guards the other tests: faults are found, errors and requests are heard."""
    page = tmp_path / "faulty.html"
    page.write_text(
        "<!doctype html><html><title>x</title><main><h1>x</h1><p style='color:#aaa;background:#fff'>pale</p>"
        "<img src='https://elsewhere.example/x.png'></main><script>throw new Error('oops')</script>"
    )
    browser.look()
    browser.open(page)
    faults = {fault.partition(":")[0] for fault in browser.axe()}
    assert {"color-contrast", "image-alt", "html-has-lang"} <= faults
    assert any("oops" in error for error in browser.errors())
    assert "https://elsewhere.example/x.png" in browser.requests()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_accessible_and_silent(scheme: str, size: tuple[int, int], browser: Browser, pages: Pages) -> None:
    browser.look(size, scheme)  # type: ignore[arg-type]
    browser.open(pages["bees"])
    browser.run("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    assert browser.axe() == []
    assert browser.errors() == []
    assert browser.requests() == []
    assert browser.run("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_two_panes_scroll_alone_and_jumps_work_both_ways(browser: Browser, pages: Pages) -> None:
    browser.look((1440, 500))
    browser.open(pages["bees"])
    browser.one('ol.people li:nth-child(2) .at a[href="#L18"]').click()
    assert browser.run("return document.querySelector('#L18').classList.contains('hit')")
    inside = (
        "const r = document.querySelector(arguments[0]).getBoundingClientRect(); return r.top > 40 && r.bottom < 500"
    )
    assert browser.run(inside, "#L18")
    assert browser.run("return scrollY") == 0
    browser.run("document.querySelectorAll('.pane').forEach(pane => { pane.scrollTop = 0; })")
    browser.one("#L5 .x").click()
    goal = browser.run("return document.querySelector('#L5 .x').dataset.to")
    assert browser.run(inside, f"#{goal} h4")
    assert browser.run("return document.getElementById(arguments[0]).classList.contains('hit')", goal)


def test_filters(browser: Browser, pages: Pages) -> None:
    browser.look()
    browser.open(pages["bees"])
    shown = "#findings > .findings > .finding:not([hidden])"
    every = len(browser.all(shown))
    browser.one('.filters input[value="info"]').click()
    left = browser.all(shown)
    assert 0 < len(left) < every
    assert {item.get_attribute("data-severity") for item in left} == {"warning"}
    assert browser.one(".filters .shown").text == f"{len(left)} of {every} shown"
    browser.run(
        "const s = document.querySelector('select[name=code]'); s.value = 'citation-without-reference';"
        "s.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    assert [item.get_attribute("data-code") for item in browser.all(shown)] == ["citation-without-reference"]
    hidden = browser.run("return document.querySelector('.finding[hidden]').id")
    browser.run("location.hash = arguments[0]", hidden)
    browser.run("return new Promise(done => setTimeout(done, 50))")
    assert len(browser.all(shown)) == every
    browser.run(
        "const s = document.querySelector('select[name=lang]'); s.value = '';"
        "s.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    assert {item.get_attribute("data-lang") for item in browser.all(shown)} == {""}


def test_copying_a_correction(browser: Browser, pages: Pages) -> None:
    browser.look()
    browser.open(pages["bees"])
    browser.run(
        "window.copied = [];"
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async text => { copied.push(text); }}})"
    )
    item = browser.one('.finding[data-code="role-doubtful"]')
    item.find_element("css selector", "button.copy").click()
    browser.one("button.copy-all").click()
    browser.run("return new Promise(done => setTimeout(done, 20))")
    one, all_of_them = browser.run("return copied")
    assert one == browser.run("return arguments[0].querySelector('pre').textContent", item) + "\n"
    assert one.strip() in all_of_them
    assert "[[silence]]" not in all_of_them


def test_without_scripts_all_is_there(browser: Browser, pages: Pages) -> None:
    browser.look(scripts=False)
    browser.open(pages["bees"], "#L18")
    try:
        assert not browser.one(".filters").is_displayed()
        assert [b for b in browser.all("button") if b.is_displayed()] == []
        assert len(browser.all("#findings > .findings > .finding")) > 5
        assert browser.one("#L18").rect["y"] < 900
    finally:
        browser.look()


def test_by_keyboard_alone(browser: Browser, pages: Pages) -> None:
    from selenium.webdriver import Keys

    browser.look()
    browser.open(pages["bees"])
    stops = []
    for _ in range(20):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        stops.append(
            browser.run(
                "const e = document.activeElement, s = getComputedStyle(e);"
                "return [e.getAttribute('href') || e.className, s.outlineStyle !== 'none' && s.outlineWidth !== '0px']"
            )
        )
    assert stops[0] == ["#findings", True]
    assert all(visible for _, visible in stops)
    assert "pane result" in [name for name, _ in stops]


def test_a_hostile_article_runs_nothing(browser: Browser, pages: Pages) -> None:
    browser.look()
    browser.open(pages["hostile"])
    browser.run("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    assert browser.driver.title == "hostile.md: report"
    assert browser.errors() == []
    assert browser.requests() == []
    assert browser.axe() == []


def test_printed_everything_is_open(browser: Browser, pages: Pages, tmp_path: Path) -> None:
    import pypdfium2

    browser.look()
    browser.open(pages["bees"])
    browser.pdf(tmp_path / "report.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    assert "[[silence]]" in text
    assert "Acknowledgements" in text
    assert "Copy the corrections" not in text
