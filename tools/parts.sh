#!/bin/sh
# Install what the tests start or call beside Python packages, if it is missing. The servers that Debian may start on
# installation are not used: tests and `make stack` run their own on other ports.
set -eu
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
missing=
need() {
    command -v "$1" >/dev/null || missing="$missing $2"
}
need mariadbd mariadb-server
need redis-server redis-server
need ffmpeg ffmpeg
need setpriv util-linux
# shellcheck disable=SC2086 # a list of package names
[ -z "$missing" ] || sh "$(dirname "$0")/apt.sh" $missing
# Large, and only for looking at the admin page: without it that test is skipped.
command -v chromium >/dev/null || sh "$(dirname "$0")/apt.sh" chromium || echo "the admin page is not tested in a browser"
