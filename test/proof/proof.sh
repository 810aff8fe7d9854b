#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: proof.sh IANAPORT-COMPILE INCLUDE
# Has Frama-C's Eva follow the look-ups over test/data/services.xml, and fails
# if it cannot exclude any fault: an access outside of an object, an overflow, a
# shift too far, a read of what was not written. INCLUDE has the version header.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
root=$here/../..
compiler=$1 include=$2
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

"$compiler" --no-details --c "$work/builtin.c" --header "$work/builtin.h" \
	"$here/../data/services.xml" 2>/dev/null

# prove WHAT PRECISION OPTION...
prove() {
	what=$1 precision=$2
	shift 2
	frama-c -c11 -machdep gcc_x86_64 -eva -eva-no-show-progress \
		-eva-slevel "$precision" \
		-absolute-valid-range 0x1000-0x105f \
		-cpp-extra-args="-I$work -I$include -I$root/include -I$root/lib" \
		"$@" "$here/$what.c" "$work/builtin.c" \
		"$root"/lib/lookup/lookup.c "$root"/lib/lookup/ports.c \
		"$root"/lib/lookup/search.c "$root"/lib/lookup/services.c \
		"$root"/lib/netdb/servent.c >"$work/$what.log" 2>&1 ||
		{ tail "$work/$what.log"; exit 1; }
	sed -n '/ANALYSIS SUMMARY/,$p' "$work/$what.log" >"$work/$what.summary"
	if ! grep -q ' 0 alarms generated' "$work/$what.summary" ||
		! grep -q '^  100% of the logical' "$work/$what.summary"; then
		grep -A2 'eva:alarm' "$work/$what.log" || cat "$work/$what.summary"
		echo "$what: not proved" >&2
		exit 1
	fi
	echo "$what: proved"
}

prove by_name 3000 -eva-split-limit 4096 -eva-interprocedural-splits \
	-cpp-extra-args="-include $here/model.h"
