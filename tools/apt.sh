#!/bin/sh
# Install Debian packages; refresh the package lists only when they are missing or too old to serve.
set -eu
export DEBIAN_FRONTEND=noninteractive
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "missing: $*" >&2
    echo "install them, on Debian with: sudo apt-get install $*" >&2
    exit 1
fi
echo "installing from Debian: $*"
install() {
    apt-get install --yes --no-install-recommends -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! install "$@"; then
    if ! apt-get update >"$log" 2>&1 || ! install "$@"; then
        tail -n 30 "$log" >&2
        exit 1
    fi
fi
