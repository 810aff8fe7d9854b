#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: analyze.sh SOURCE BUILD
# cppcheck, gcc's analyzer, and clang-tidy with clang's: they say nothing of the
# library and the compiler but what is accepted below, each with the reason.
set -eu

build=$(realpath "$2") found=$(mktemp)
cd "$1"
trap 'rm -f "$found"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
flags="-std=c11 -Iinclude -Ilib -Iregistry/compiler -I$build/include
	-I$build/registry -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L
	$(xml2-config --cflags)"

# What clang-tidy looks for.
checks() {
	printf '%s,' '-*' 'bugprone-*' 'cert-*' 'clang-analyzer-*'
	# Ports, protocols and sizes stand side by side, as libc has them.
	printf '%s,' -bugprone-easily-swappable-parameters
	# An argument of a macro may be a type, or a name.
	printf '%s,' -bugprone-macro-parentheses
	# It is what -Wconversion says, and all our multipliers are small.
	printf '%s,' -bugprone-narrowing-conversions
	printf '%s,' -bugprone-implicit-widening-of-multiplication-result
	# A comparison is true if there is a difference.
	printf '%s,' -bugprone-suspicious-string-compare
	# glibc, and not we, chose the names of the module's functions.
	printf '%s,' -bugprone-reserved-identifier -cert-dcl37-c -cert-dcl51-cpp
	# Whether all was printed is asked once, when a file is closed.
	printf '%s,' -cert-err33-c
	# memcpy_s() and its like are in no libc that we use.
	echo '-clang-analyzer-security.insecureAPI.*'
}

# A file and what is said of it.
accepted() {
	# As many records lead back to the head as validation has counted.
	echo 'blob\.h:.*dereference of NULL .record.'
	# An output without a file is passed over.
	echo 'output\.c:.*use of NULL .file.'
	# leave_out() returns false, so nobody reads the number.
	echo 'rules\.c:.*operand of .>>. is a garbage value'
	# drop_behind() is called where there is an element behind.
	echo 'addrinfo\.c:.*ai_next.* dereference of a null pointer'
	# What has no header has been refused.
	echo 'file\.c:.*malloc.* has an allocation size of 0 bytes'
}

# run ANALYZER ARGUMENT...: if it fails, that is found, too.
run() {
	"$@" || echo "$1: error: exit status $?"
}

# shellcheck disable=SC2086
{
	run cppcheck -q --enable=warning,performance,portability \
		'-Dnoreturn=__attribute__((noreturn))' \
		--std=c11 -Iinclude -Ilib -Iregistry/compiler \
		-I"$build/include" -I"$build/registry" lib registry/compiler
	for file in lib/*/*.c registry/compiler/*.c; do
		run gcc $flags -O1 -fanalyzer -c -o /dev/null "$file"
		run clang-tidy --quiet --checks="$(checks)" \
			--header-filter='.*' "$file" -- $flags
	done
} >"$found" 2>&1
accepted >"$found.accepted"
new=$(grep -E '(warning|error|performance|portability): ' "$found" |
	grep -vf "$found.accepted") || true
rm "$found.accepted"
[ -z "$new" ] || {
	echo "$new"
	exit 1
}
