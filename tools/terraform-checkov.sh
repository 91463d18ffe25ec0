#!/bin/sh
# checkov on infra/terraform, in an environment of its own below ~/.cache/cirrusgram/checkov. Its rules come with it:
# nothing is fetched while it runs.
# Exit codes: 0 nothing failed, 3 checkov cannot be installed here, otherwise checkov's.
set -eu
version=3.3.30
here=$(cd "$(dirname "$0")/.." && pwd)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/cirrusgram/checkov-$version
mkdir -p "$(dirname "$folder")"
# Two runs may start at once.
exec 9>"$folder.lock"
flock 9
if [ ! -e "$folder/.installed" ]; then
    rm -rf "$folder"
    sh "$here/tools/venv.sh" "${PYTHON:-python3}" "$folder" >&2
    "$folder/bin/python" -m pip --quiet --no-input install "checkov==$version" >&2 || {
        echo "checkov $version cannot be installed here" >&2
        exit 3
    }
    touch "$folder/.installed"
fi
exec "$folder/bin/checkov" -d "$here/infra/terraform" --framework terraform --skip-download --compact --quiet
