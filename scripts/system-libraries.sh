#!/bin/sh
# What WeasyPrint needs from the system (Pango 1.44 or newer, HarfBuzz). Installed if missing.
# Elsewhere than on Debian: Fedora: pango; macOS: brew install pango.
set -eu

# WeasyPrint loads without the library for subsets, and then cuts fonts in another way: both must be there.
complete() {
    "$1" -c 'from weasyprint.text.ffi import harfbuzz_subset as found; raise SystemExit(found is None)' 2>/dev/null
}

complete "$1" && exit 0
"$(dirname "$0")/install.sh" "Libraries for the PDFs" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
complete "$1" || { echo "Pango and HarfBuzz are installed, and WeasyPrint still cannot use them." >&2; exit 4; }
