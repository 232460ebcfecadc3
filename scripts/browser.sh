#!/bin/sh
# What the tests look at pages with: Chromium, its driver, and Java for the Nu HTML Checker. Installed if missing.
# Elsewhere than on Debian: Fedora: chromium, chromedriver, java-latest-openjdk-headless.
set -eu

here() {
    command -v "$1" >/dev/null 2>&1
}
browser() {
    here chromedriver && { here chromium || here chromium-browser || here google-chrome; }
}

browser || "$(dirname "$0")/install.sh" "The browser for the tests" chromium chromium-driver
here java || "$(dirname "$0")/install.sh" "Java for the tests" default-jre-headless
browser || { echo "Chromium is installed, and still cannot be found (chromium, chromedriver)." >&2; exit 4; }
