#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: amalgamation.sh FILES ASK.c ORACLE RUN CC...
# Each file of the amalgamation compiles alone, by one command, without a flag
# and as C99, with no warning. The oracle, a command, puts its questions to ASK.c
# with the files in it, which RUN runs; if RUN is "no", nothing can run it here.
set -eu

files=$1 ask=$2 oracle=$3 run=$4
shift 4
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT INT TERM

compile() {
	if "$@" -c -o "$out/object" >"$out/log" 2>&1 && [ ! -s "$out/log" ]
	then
		return
	fi
	echo "$*" >&2
	cat "$out/log" >&2
	exit 1
}

for file in ianaport.c ianaport-details.c; do
	compile "$@" "$files/$file"
	for flag in -O2 -DIANA_DETAILS=0 -DIANA_NETDB=0; do
		compile "$@" $flag -std=c99 -Wall -Wextra -Wpedantic \
			-Wconversion "$files/$file"
	done
done
[ "$run" != no ] || exit 0

# Without the details, it answers as a registry without them.
if [ -z "$run" ]; then
	"$@" -O1 -DIANA_DETAILS=0 -I"$files" -o "$out/ask" "$ask" \
		"$files/ianaport.c"
	$oracle --no-details | "$out/ask"
fi
"$@" -O1 -I"$files" -o "$out/ask" "$ask" "$files/ianaport.c" \
	"$files/ianaport-details.c"
$oracle | $run "$out/ask"
