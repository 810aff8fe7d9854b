#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: oracle_other.sh SOURCE COMPILER PYTHON CC... -- REGISTRY [NAMES]
# The oracle against the library with another registry, and conventional names,
# built in, or for another machine: RUN in the environment runs its programs.
set -eu

source=$1 compiler=$2 python=$3
shift 3
cc=
while [ "$1" != -- ]; do
	cc="$cc $1"
	shift
done
registry=$2
names=${3:+--conventional $3}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT INT TERM

# shellcheck disable=SC2086
"$compiler" $names --c "$out/builtin.c" --header "$out/builtin.h" "$registry"
# shellcheck disable=SC2086
$cc -std=c11 -D_DEFAULT_SOURCE -DIAP_VERSION_STRING='"0"' -I"$out" \
	-I"$source/include" -I"$source/lib" -o "$out/ask" \
	"$out/builtin.c" "$source"/lib/*.c "$source/test/oracle_ask.c"
# shellcheck disable=SC2086
"$source/test/oracle.sh" "${RUN:+$RUN }$out/ask" \
	"$python" "$source/test/oracle.py" $names "$registry"
