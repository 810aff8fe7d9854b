#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: check_netdb_header.sh SOURCE LIBRARY COMPILER REGISTRY CC...
# ianaport-netdb.h before a program that knows nothing of it: which functions
# the object refers to, in each language and with each macro, and what the
# program prints, also when it is one static file with musl. The header must
# compile alone, and behind <netdb.h>.
# shellcheck disable=SC2046,SC2048,SC2086	# lists are split on purpose
set -eu

source=$1 library=$2 compile=$3 registry=$4
shift 4
cc="$*"
out=$(mktemp -d)
"$source/include/version.sh" >"$out/ianaport-version.h"
trap 'rm -rf "$out"' EXIT INT TERM
program=$source/test/install/netdb_program.c
strict='-Wall -Wextra -pedantic-errors -Werror'
posix=-D_POSIX_C_SOURCE=200809L
header='-include ianaport-netdb.h'
serv=-DIANA_REPLACE_GETSERV
addr=-DIANA_REPLACE_GETADDRINFO

calls_serv='endservent getservbyname getservbyname_r getservbyport
	getservbyport_r getservent getservent_r setservent'
calls_addr='getaddrinfo getnameinfo'

fail() {
	echo "check_netdb_header: $*" >&2
	exit 1
}

expect() {
	[ "$2" = "$3" ] || fail "$1: expected '$3', got '$2'"
}

ours() {
	for call in $*; do
		echo "iana_$call"
	done
}

sorted() {
	printf '%s\n' $* | sort | tr '\n' ' '
}

# refers FUNCTIONS COMPILER OPTION...: to just these of libc's and ours.
refers() {
	functions=$1
	shift
	"$@" $strict -I"$source/include" -I"$out" -c -o "$out/program.o" "$program" ||
		fail "$*: does not compile"
	expect "$*" "$(sorted $(nm -u "$out/program.o" | awk '{ print $2 }' |
		grep -E '^(iana_|(get|set|end)(serv|(addr|name)info))'))" \
		"$(sorted $functions)"
}

both="$(ours $calls_serv $calls_addr)"
refers "$calls_serv $calls_addr" $cc -std=c11 -D_DEFAULT_SOURCE
refers "$calls_serv $calls_addr" $cc -std=gnu17 $header
refers "$both" $cc -std=c11 $posix $header $serv $addr
refers "$both" $cc -std=gnu17 $header $serv $addr
refers "$both" $cc -std=gnu17 $header $header $serv $addr
refers "$both" $cc -std=gnu17 -include netdb.h $header $serv $addr
refers "$(ours $calls_serv) $calls_addr" $cc -std=c11 $posix $header $serv
refers "$calls_serv $(ours $calls_addr)" $cc -std=gnu17 $header $addr

alone() {
	for macros in '' "$serv $addr"; do
		echo '#include <ianaport-netdb.h>' |
			"$@" $strict -I"$source/include" -I"$out" $macros \
				-fsyntax-only - || fail "$*: header alone"
	done
}

alone $cc -std=c11 -x c
alone $cc -std=gnu17 -x c

answers=' raid-am 2013/tcp raid-am 2013/tcp tcpmux 1/tcp'
answers="$answers raid-am 2007/udp raid-am 2007/udp tcpmux 1/tcp"
expect 'program' "$($cc -std=c11 $posix $header $serv $addr \
	-I"$source/include" -I"$out" "$program" -o "$out/program" "$library" &&
	LD_LIBRARY_PATH=${library%/*} "$out/program")" \
	"$answers 6 17 33 132 132 6 132 raid-am"

if command -v c++ >/dev/null; then
	refers "$both" c++ -std=c++17 -x c++ $header $serv $addr
	refers "$both" c++ -std=c++17 -x c++ -include netdb.h $header $serv \
		$addr
	alone c++ -std=c++11 -x c++
else
	echo 'no C++ compiler: header not tried as C++'
fi

# musl has room for two socket types and protocols.
if command -v musl-gcc >/dev/null; then
	alone musl-gcc -std=c11 -x c
	refers "$both" musl-gcc -std=c11 $posix $header $serv $addr
	"$compile" --conventional "$source/registry/conventional.services" \
		--no-details --c "$out/builtin.c" --header "$out/builtin.h" \
		"$registry"
	musl-gcc -static -std=c11 -D_DEFAULT_SOURCE \
		-I"$out" -I"$source/include" -I"$out" \
		-I"$source/lib" -o "$out/static" "$out/program.o" \
		"$out/builtin.c" "$source"/lib/lookup/*.c \
		"$source"/lib/load/*.c "$source"/lib/netdb/*.c
	expect 'musl, static' "$("$out/static")" \
		"$answers 6 17 6 132 raid-am"
else
	echo 'no musl-gcc: header not tried with musl'
fi

windows=x86_64-w64-mingw32-gcc
if command -v $windows >/dev/null; then
	alone $windows -std=c11 -x c
else
	echo "no $windows: header not tried for Windows"
fi
