#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: coverage.sh SOURCE BUILD
# Which lines and branches of the library and the compiler do the quick tests
# reach? BUILD is a build directory of its own. It is a failure if they are less
# than below. A branch that nothing can take says why in its line, behind
# GCOVR_EXCL_BR_LINE.
set -eu

source=$(realpath "$1") build=$2

# Inline functions are compiled once in a file, not once in each caller, where
# the branches for another registry are no branches.
[ -f "$build/build.ninja" ] || meson setup "$build" "$source" \
	--buildtype=debug -Db_coverage=true \
	-Dc_args='-Dalways_inline= -fprofile-update=atomic'
find "$build" -name '*.gcda' -delete
meson test -C "$build" lookup services ports enumeration netdb buffer cursor \
	registry failures addrinfo addrinfo_memory addrinfo_order nameinfo \
	differential compiler overlay faults blob corrupt system

gcovr --root "$source" --json "$build/coverage.json" \
	"$build/lib" "$build/registry" "$build/test/blob"
# report FOLDER LINES BRANCHES: what is not reached, and the least percentages.
report() {
	for what in --txt-metric=line --txt-metric=branch; do
		gcovr --root "$source" --add-tracefile "$build/coverage.json" \
			--filter "$source/$1/" --sort-uncovered "$what"
	done | grep -v '100%'
	gcovr --root "$source" --add-tracefile "$build/coverage.json" \
		--filter "$source/$1/" --print-summary --txt "$build/report" \
		--fail-under-line "$2" --fail-under-branch "$3"
}
report lib 99 96
report registry/compiler 97 93
