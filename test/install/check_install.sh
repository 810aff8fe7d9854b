#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: check_install.sh SOURCE BUILD CC
# Install into an empty root, then build pkgconfig/consumer out of tree: with
# make and pkg-config, shared and static, and with this source as a subproject,
# which installs the library alone.
# The headers must compile alone, as C and, where there is a compiler, as C++.
# shellcheck disable=SC2046	# pkg-config's lists are split on purpose
set -eu

source=$1 build=$2 cc=$3
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
	echo "check_install: $*" >&2
	exit 1
}

expect() {
	[ "$1" = "$2" ] || fail "expected '$2', got '$1'"
}

DESTDIR=$root/dest meson install -C "$build" --no-rebuild --quiet
pc=$(find "$root/dest" -name ianaport.pc)
[ -n "$pc" ] || fail 'no ianaport.pc'
export PKG_CONFIG_LIBDIR="${pc%/*}" PKG_CONFIG_SYSROOT_DIR="$root/dest"
libdir=${pc%/pkgconfig/*}
grep -qi 'xml' "$pc" && fail 'ianaport.pc mentions libxml2'

# ianaport-update finds what it needs where the build says, and nothing of it
# is switched on.
switched_on=$(find "$root/dest" -path '*.wants/*' -o -path '*/cron.d/*')
[ -z "$switched_on" ] || fail "switched on: $switched_on"
script=$(find "$root/dest" -path '*bin/ianaport-update')
[ -x "$script" ] || fail 'ianaport-update is no program'
tools=$root/dest$(sed -n "s/^tools='\(.*\)'$/\1/p" "$script")
[ -x "$tools/summarize-update.py" ] || fail "no summarize-update.py in $tools"
for file in functions.sh service-names-port-numbers.xml; do
	[ -s "$tools/$file" ] || fail "no $file in $tools"
done

cp -R "$source/pkgconfig/consumer" "$root/consumer"
cd "$root/consumer"
make --quiet CC="$cc" all
expect "$(LD_LIBRARY_PATH=$libdir ./log https 53/udp 50000)" \
	'443/tcp is https
53/udp is domain
50000/tcp is 50000'
expect "$(./log-static nfs)" '2049/tcp is nfs'
expect "$("$(find "$root/dest" -path '*/bin/ianaport-compile')" --help |
	head -n 1 | cut -d ' ' -f 2)" ianaport-compile

# A static program carries the details only if it asks for them.
echo '#include <ianaport.h>
#include <stdio.h>
int main(void) {
	struct iana_service s;
	return !iana_services_on(NULL, 9, 33, &s, 1)
		|| puts(iana_service_code(&s)) < 0;
}' | $cc -x c - -x none -static -o details-static \
	$(pkg-config --cflags --static --libs ianaport)
bytes() {
	size "$1" | awk 'NR == 2 { print $4 }'
}
if nm details-static | grep -q ' iap_builtin_details$'; then
	expect "$(./details-static)" 1145656131
	[ $(($(bytes details-static) - $(bytes log-static))) -gt 300000 ] ||
		fail 'a static program without details is as large as one with'
else
	expect "$(./details-static)" ''         # built with -Ddetails=false
fi
nm log-static | grep -q ' iap_builtin$' || fail 'nm finds no blob'
nm log-static | grep -q iap_builtin_details && fail 'details nobody asked for'

for lang in c c++; do
	command -v c++ >/dev/null || [ "$lang" = c ] || {
		echo 'no C++ compiler: headers not tried as C++'
		continue
	}
	compiler=$cc
	[ "$lang" = c ] || compiler=c++
	echo '#include <ianaport.h>
	int main(void) { return iana_port_of(NULL, "https", 6) == 443 ? 0 : 1; }' |
		$compiler -x "$lang" -Wall -Wextra -Wpedantic -Werror - -x none \
			-o header $(pkg-config --cflags --libs ianaport)
	LD_LIBRARY_PATH=$libdir ./header || fail "$lang program"
done

# A subproject is the library alone, of the kind that its parent says.
mkdir subprojects
ln -s "$source" subprojects/ianaport
set -- lib/libianaport.so lib/libianaport.so.0 "lib/libianaport.so.$(
	pkg-config --modversion ianaport)"
unset PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR  # they lead to what is installed
for kind in shared static; do
	[ "$kind" = shared ] || set -- lib/libianaport.a
	{
		CC=$cc meson setup $kind -Ddefault_library=$kind --prefix=/ \
			--libdir=lib
		meson compile -C $kind
		DESTDIR=$root/$kind meson install -C $kind
	} >$kind.log 2>&1 || { cat $kind.log; fail "$kind subproject"; }
	grep WARNING: $kind.log && fail "$kind subproject: a warning"
	expect "$($kind/log https)" '443/tcp is https'
	expect "$(cd "$root/$kind" && find . ! -type d | sort)" "$(printf './%s\n' \
		include/ianaport-netdb.h include/ianaport-version.h \
		include/ianaport.h "$@" lib/pkgconfig/ianaport.pc)"
done
