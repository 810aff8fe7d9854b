#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: coverage.sh SOURCE BUILD
# Which lines and branches of the library and the compiler do the quick tests
# reach? BUILD is a build directory of its own. It is a failure if they are less
# than below. A branch that nothing can take says why in its line, behind
# GCOVR_EXCL_BR_LINE. Some of the tests need root, and musl-gcc.
set -eu

source=$(realpath "$1") build=$2

# Inline functions are compiled once in a file, not once in each caller, where
# the branches for another registry are no branches.
[ -f "$build/build.ninja" ] || meson setup "$build" "$source" \
	--buildtype=debug -Db_coverage=true \
	-Dc_args='-Dalways_inline= -fprofile-update=atomic'
tests='lookup services ports enumeration netdb buffer cursor format registry
	failures addrinfo addrinfo_memory addrinfo_order nameinfo nss preload
	compiler files overlay faults blob corrupt'
# What is built for them runs the compiler, too, which does not count.
# shellcheck disable=SC2086	# they are words
meson test -C "$build" --wrapper true --logbase built $tests
find "$build" -name '*.gcda' -delete
# shellcheck disable=SC2086
meson test -C "$build" --no-rebuild --timeout-multiplier 5 $tests

# option.h is in the two commands alone.
gcovr --root "$source" --json "$build/coverage.json" \
	--exclude "$source/lib/format/option.h" \
	"$build/lib" "$build/registry" "$build/test/blob" "$build/test/unit"

# report FOLDER LINES BRANCHES: what is not reached, and the least percentages.
report() {
	set -- "$2" "$3" --root "$source" --filter "$source/$1/" \
		--add-tracefile "$build/coverage.json"
	lines=$1 branches=$2
	shift 2
	gcovr "$@" | grep -v '100%$'
	gcovr "$@" --branches --print-summary --fail-under-line "$lines" \
		--fail-under-branch "$branches"
}
status=0
report lib 100 100 || status=1
report registry/compiler 99.4 96.8 || status=1
exit $status
