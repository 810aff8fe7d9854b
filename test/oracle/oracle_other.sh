#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: oracle_other.sh SOURCE COMPILER PYTHON CC... -- [OPTION]... REGISTRY
# The oracle against the library with another registry, built in. The OPTIONs are
# those that oracle.py and the compiler have in common. ASK and RUN are as for
# oracle.sh.
set -eu

source=$1 compiler=$2 python=$3
shift 3
cc=
while [ "$1" != -- ]; do
	cc="$cc $1"
	shift
done
shift
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
details="--details $out/details.c"
case " $* " in *" --no-details "*) details= ;; esac

# shellcheck disable=SC2086
"$compiler" --c "$out/builtin.c" --header "$out/builtin.h" $details \
	--blob "$out/blob" "$@"
"$source/include/version.sh" >"$out/ianaport-version.h"
# shellcheck disable=SC2086
$cc -std=c11 -D_DEFAULT_SOURCE -I"$out" \
	-I"$source/include" -I"$source/lib" -o "$out/ask" \
	"$out"/*.c "$source"/lib/lookup/*.c "$source"/lib/load/*.c \
	"$source"/lib/netdb/*.c "$source/test/oracle/oracle_ask.c"
"$source/test/oracle/oracle.sh" "$out/ask" "$out/blob" \
	"$python" "$source/test/oracle/oracle.py" "$@"
