#!/bin/sh
# What WeasyPrint needs from the system (Pango, HarfBuzz). Installed if missing; a clear message where that cannot be done.
set -eu

PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# WeasyPrint loads without the library for subsets, and then cuts fonts in another way: both must be there.
complete() {
    "$1" -c 'from weasyprint.text.ffi import harfbuzz_subset as found; raise SystemExit(found is None)' 2>/dev/null
}

if complete "$1"; then
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "jatspack needs Pango 1.44 or newer and HarfBuzz for its PDFs." >&2
    echo "Install them with this system's package manager (Fedora: pango; macOS: brew install pango), then run make again." >&2
    exit 4
fi
SUDO=""
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "These system libraries are missing: $PACKAGES" >&2
        echo "Ask somebody with root rights to run: apt-get install $PACKAGES" >&2
        exit 4
    fi
    SUDO="sudo"
fi
echo "Installing system libraries: $PACKAGES"
# shellcheck disable=SC2086
$SUDO apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $SUDO apt-get install -y -qq --no-install-recommends $PACKAGES >/dev/null
complete "$1" || { echo "Pango and HarfBuzz are installed, and WeasyPrint still cannot use them." >&2; exit 4; }
