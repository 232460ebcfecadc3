"""A real browser for tests of pages: Chromium without a window, a network or a profile of its own.

Only what the page itself holds can be loaded; what it asks for elsewhere is remembered, and so is every error.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WIDE, NARROW = (1440, 900), (390, 844)  # CSS pixels
FLAGS = (
    "--headless=new", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


def missing() -> str:
    """What a browser test lacks on this machine; empty where all is there."""
    lacking = [] if any(map(shutil.which, CHROMIUM)) else ["chromium"]
    lacking += [] if shutil.which("chromedriver") else ["chromedriver"]
    return " and ".join(lacking)


@dataclass
class Browser:
    """One Chromium. Sizes are CSS pixels."""

    driver: Any

    @staticmethod
    def start(profile: Path) -> Browser:
        """A new browser with an empty profile in a folder."""
        from selenium.webdriver import Chrome, ChromeOptions, ChromeService

        options = ChromeOptions()
        options.binary_location = next(filter(None, map(shutil.which, CHROMIUM)))
        for flag in (*FLAGS, f"--user-data-dir={profile}", *(["--no-sandbox"] if os.geteuid() == 0 else [])):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        return Browser(Chrome(options=options, service=ChromeService(shutil.which("chromedriver"))))

    def close(self) -> None:
        self.driver.quit()

    def open(self, page: Path, fragment: str = "") -> None:
        """Load a file; what was said and asked for before is forgotten."""
        self.driver.get("about:blank")
        self.errors()
        self.requests()
        self.driver.get(page.resolve().as_uri() + fragment)

    def look(
        self,
        size: tuple[int, int] = WIDE,
        scheme: Literal["light", "dark"] = "light",
        medium: Literal["", "print"] = "",
        scripts: bool = True,
    ) -> None:
        """Size, colour scheme and medium from now on; `scripts` False for pages loaded after this."""
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.command("Emulation.setDeviceMetricsOverride", **metrics)
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.command("Emulation.setEmulatedMedia", media=medium, features=features)
        self.command("Emulation.setScriptExecutionDisabled", value=not scripts)

    def command(self, name: str, **parameters: Any) -> Any:
        """A command of the Chrome DevTools Protocol."""
        return self.driver.execute_cdp_cmd(name, parameters)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script `return`s."""
        return self.driver.execute_script(script, *arguments)

    def one(self, selector: str) -> Any:
        """The first element of a CSS selector."""
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        """All elements of a CSS selector."""
        return list(self.driver.find_elements("css selector", selector))

    def screenshot(self, file: Path, *, whole: bool = False) -> None:
        """The window, or the whole page, as PNG."""
        shot = self.command("Page.captureScreenshot", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))

    def pdf(self, file: Path) -> None:
        """The page as it is printed."""
        file.write_bytes(base64.b64decode(self.command("Page.printToPDF", printBackground=True)["data"]))

    def axe(self) -> list[str]:
        """What axe-core finds wrong with the page as it is shown now: WCAG 2.2 AA and its best practices."""
        script = (files("selenium_axe_python") / "axe-core" / "axe.min.js").read_text("utf-8")
        self.run(script)
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document).then(found => done(found.violations), error => done(String(error)))"
        )
        assert isinstance(found, list), found
        return [f"{v['id']}: {n['html'][:160]} {n.get('failureSummary', '')}" for v in found for n in v["nodes"][:5]]

    def errors(self) -> list[str]:
        """Errors and warnings that the browser told since it was asked last: scripts, policy, what was not loaded."""
        return [row["message"] for row in self.driver.get_log("browser") if row["level"] in ("SEVERE", "WARNING")]

    def requests(self) -> list[str]:
        """Addresses that pages asked for since it was asked last, other than their own files and data."""
        events = [json.loads(row["message"])["message"] for row in self.driver.get_log("performance")]
        asked = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
        return [url for url in asked if not url.startswith(("file:", "data:", "about:"))]
