#!/bin/sh
# The browser that the tests of pages look with: Chromium and its driver. Installed if missing; a clear message where
# that cannot be done.
set -eu

PACKAGES="chromium chromium-driver"

complete() {
    command -v chromedriver >/dev/null 2>&1 || return 1
    command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
        command -v google-chrome >/dev/null 2>&1
}

if complete; then
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests of pages need Chromium and chromedriver." >&2
    echo "Install them with this system's package manager (Fedora: chromium chromedriver), then run make again." >&2
    exit 4
fi
SUDO=""
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "The tests of pages need a browser: $PACKAGES" >&2
        echo "Ask somebody with root rights to run: apt-get install $PACKAGES" >&2
        exit 4
    fi
    SUDO="sudo"
fi
echo "Installing the browser for the tests: $PACKAGES"
$SUDO apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $SUDO apt-get install -y -qq --no-install-recommends $PACKAGES >/dev/null
complete || { echo "Chromium is installed, and still cannot be found (chromium, chromedriver)." >&2; exit 4; }
