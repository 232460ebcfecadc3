#!/bin/sh
# scripts/install.sh PURPOSE PACKAGE ...: Debian packages, as root or with sudo; a clear message where that cannot be done.
set -eu

purpose="$1"
shift
if ! command -v apt-get >/dev/null 2>&1; then
    echo "$purpose: install what Debian calls $* with this system's package manager, then run make again." >&2
    exit 4
fi
SUDO=""
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "$purpose: ask somebody with root rights to run: apt-get install $*" >&2
        exit 4
    fi
    SUDO="sudo"
fi
echo "$purpose: installing $*"
$SUDO apt-get update -qq
DEBIAN_FRONTEND=noninteractive $SUDO apt-get install -y -qq --no-install-recommends "$@" >/dev/null
