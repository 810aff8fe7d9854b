#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: amalgamation.sh FILES ASK.c ORACLE RUN LIBRARIES CC...
# Each file of the amalgamation compiles alone, by one command, without a flag
# and as C99, with no warning. The oracle, a command, puts its questions to ASK.c
# with the files in it, which RUN runs; if RUN is "no", nothing can run it here.
set -eu

files=$1 ask=$2 oracle=$3 run=$4 libraries=$5
shift 5
out=$(mktemp -d)
export WINEPREFIX="$out/wine" WINEDEBUG=-all
finish() {
	[ "$run" != wine ] || wineserver -k || true
	rm -rf "$out"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

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
	"$@" -O1 -DIANA_DETAILS=0 -I"$files" -o "$out/ask.exe" "$ask" \
		"$files/ianaport.c"
	$oracle --no-details | "$out/ask.exe"
fi
"$@" -O1 -I"$files" -o "$out/ask.exe" "$ask" "$files/ianaport.c" \
	"$files/ianaport-details.c" ${libraries:+"$libraries"}
$oracle | $run "$out/ask.exe"
