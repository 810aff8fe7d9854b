#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: levels.sh SOURCE COMPILER [CC]...
# The oracle and the unit tests against the library as each C compiler makes it
# at each level of optimization and with LTO, and the oracle under valgrind.
# The oracle's registry is small, and has local names.
set -eu

source=$(realpath "$1") compiler=$(realpath "$2")
shift 2
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cd "$source/test/data"

oracle() {
	echo "== $*"
	"$source/test/oracle/oracle_other.sh" "$source" "$compiler" python3 \
		"$@" -- --conventional ranges.services \
		--overlay local.overlay ranges.xml
}

# units CC OPTION...
units() {
	echo "== unit tests: $*"
	rm -rf "$out/build"
	cc=$1
	shift
	{
		CC=$cc meson setup "$out/build" "$source" -Ddebug=false "$@"
		meson test -C "$out/build" --suite unit --print-errorlogs
	} >"$out/log" 2>&1 || { cat "$out/log"; exit 1; }
	sed -n 's/^Ok: */passed: /p' "$out/log"
}

for cc in "${@:-cc}"; do
	for level in 0 1 2 3 s; do
		oracle "$cc" -O$level
		units "$cc" -Doptimization=$level
	done
	lld=
	case $cc in
	*clang*) lld=-fuse-ld=lld ;;
	esac
	# shellcheck disable=SC2086
	oracle "$cc" -O2 -flto $lld
	LDFLAGS=$lld units "$cc" -Doptimization=2 -Db_lto=true
done
RUN='valgrind -q --error-exitcode=1 --leak-check=full' oracle "${1:-cc}" -O1 -g
