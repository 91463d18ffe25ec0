#!/bin/sh
# Create .venv with pip in it, on any machine with Python 3.11 or later. Debian splits ensurepip, which `python3 -m venv`
# wants, into python3-venv; the system's own pip can put pip into the environment just as well.
set -eu
python=${1:-python3}
venv=${2:-.venv}

if "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$python is older than Python 3.11: install a newer one and run make PYTHON=/path/to/python3" >&2
    exit 1
fi
rm -rf "$venv"
if "$python" -m venv "$venv" >/dev/null 2>&1; then
    exit 0
fi
rm -rf "$venv"
if "$python" -m venv --without-pip "$venv" && "$python" -m pip --python "$venv/bin/python" install --quiet pip; then
    exit 0
fi
rm -rf "$venv"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    sh "$(dirname "$0")/apt.sh" python3-venv
    exec "$python" -m venv "$venv"
fi
echo "cannot create $venv: install your system's package for Python's venv module (Debian: python3-venv)" >&2
exit 1
