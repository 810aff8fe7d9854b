#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: check_debian.sh SOURCE
# Debian packages of the last commit, by the commands of packaging/README.md:
# built in two places by two users to the same bytes, without a word of lintian;
# installed, upgraded and removed in a clean Debian; and there their own tests,
# of packaging/debian/tests. It needs root and the network.
set -eu

source=$1
work=$(mktemp -d)
root=$work/root
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
	echo "check_debian: $*" >&2
	exit 1
}

skip() {
	echo "skipped: $*"
	exit 77
}

step() {
	echo "== $*, after $(($(date +%s) - began)) s"
}

[ "$(id -u)" = 0 ] || skip 'it needs root'
[ -e "$source/.git" ] || skip 'it needs the repository, to make a tarball'
for command in autopkgtest dh_installnss dh_python3 lintian mmdebstrap; do
	command -v "$command" >/dev/null || skip "no $command"
done
began=$(date +%s)
. /etc/os-release
export DEB_BUILD_OPTIONS='nocheck parallel=2'

# in_root COMMAND ARGUMENT...
in_root() {
	chroot "$root" env -i DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
		PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@" >"$work/log" 2>&1 || {
		cat "$work/log"
		fail "failed: $*"
	}
}

# install_debs PATTERN..., of the chroot.
install_debs() {
	in_root sh -c "apt-get install -y --no-install-recommends \
		--allow-downgrades $*"
}

# says TEXT COMMAND ARGUMENT...
says() {
	text=$1
	shift
	in_root "$@"
	grep -q "$text" "$work/log" || {
		cat "$work/log"
		fail "no '$text' from $*"
	}
}

# services LINE: what nsswitch.conf has.
services() {
	[ "$(grep '^services:' "$root/etc/nsswitch.conf")" = "$1" ] || {
		cat "$root/etc/nsswitch.conf"
		fail "nsswitch.conf does not have '$1'"
	}
}

# ---- Build -------------------------------------------------------------------

debian_command() {
	sed -n '/^## Debian/,/^## /s/^    //p' "$source/packaging/README.md"
}

# build FOLDER [AS...]
build() {
	folder=$1
	shift
	mkdir -p "$folder"
	cp "$work"/tarball/meson-dist/*.tar.xz "$folder"
	[ $# = 0 ] || chown -R nobody "$folder"
	(cd "$folder" && "$@" sh -euc "$(debian_command)") \
		>"$folder/log" 2>&1 || {
		cat "$folder/log"
		fail 'the packages do not build'
	}
}

debs_of() {
	(cd "$1" && sha256sum ./*.deb)
}

meson setup "$work/tarball" "$source" -Dtests=disabled >"$work/log"
meson dist -C "$work/tarball" --no-tests --allow-dirty >"$work/log" 2>&1 ||
	{ cat "$work/log"; fail 'no tarball'; }

# Meanwhile, where apt gets packages as it does here, and keeps its lists.
apt-config dump --format '%F "%v";%n' Acquire >"$work/apt.conf"
mmdebstrap --quiet --variant=apt --skip=cleanup/apt/lists \
	--aptopt="$work/apt.conf" "$VERSION_CODENAME" "$root" &
debian=$!

step 'build'
build "$work/one"
step 'build in another place, by another user'
chmod 755 "$work"
mkdir "$work/another"
(
	umask 077
	export LC_ALL=C TZ=Asia/Tokyo
	build "$work/another/place" \
		setpriv --reuid=nobody --regid=nogroup --clear-groups
)
debs_of "$work/one" >"$work/one.sum"
debs_of "$work/another/place" | diff "$work/one.sum" - ||
	fail 'packages differ from one build to the next'

step lintian
lintian --display-info --pedantic --allow-root "$work"/one/*.changes \
	>"$work/lintian" 2>&1 || :
[ ! -s "$work/lintian" ] || {
	cat "$work/lintian"
	fail 'lintian is not content'
}
rm "$work"/one/*-dbgsym_*.deb
(cd "$work/one" && wc -c ./*.deb)
wait "$debian" || fail 'no Debian to install them in'

# ---- Install, upgrade, remove ------------------------------------------------

cp -R "$work/one" "$root/new"
mkdir "$root/old"
for deb in "$work"/one/*.deb; do
	dpkg-deb -R "$deb" "$work/deb"
	sed -i 's/~upstream1/~upstream0/' "$work/deb/DEBIAN/control"
	dpkg-deb -b "$work/deb" "$root/old" >"$work/log"
	rm -r "$work/deb"
done
conf=$root/etc/nsswitch.conf
cp "$conf" "$work/nsswitch.conf"
off=$(grep '^services:' "$conf")
on="$off ianaport"

step 'from a clean Debian to the first answer'
install_debs '/new/libianaport0_*.deb /new/ianaport_*.deb'
says '^https  *443/tcp' ianaport https
step 'answered'
in_root dpkg --purge ianaport libianaport0

step 'install, and upgrade'
in_root sh -c 'dpkg --unpack /old/libnss-ianaport_*.deb'
services "$off"
in_root dpkg --configure libnss-ianaport
install_debs '/old/*.deb'
services "$on"
says '5683/tcp' getent services coap
install_debs '/new/*.deb'
services "$on"
says '5683/tcp' getent services coap
says upstream1 dpkg-query -W libnss-ianaport
[ "$(in_root dpkg-query -W '*ianaport*' && grep -c upstream0 "$work/log")" = 0 ] ||
	fail 'not all was upgraded'

step 'an administrator knows better'
sed -i 's/^services:.*/services: files/' "$conf"
install_debs '/old/*.deb'
install_debs '/new/*.deb'
services 'services: files'

# At no time a name without its module: postrm runs when the files are gone.
sed -i 's/^services:.*/services: ianaport [NOTFOUND=return] files/' "$conf"
sed -i '2i if grep -q ianaport /etc/nsswitch.conf; then exit 1; fi' \
	"$root"/var/lib/dpkg/info/libnss-ianaport:*.postrm
in_root dpkg --remove libnss-ianaport
services 'services: files'

step 'remove, and purge'
cp "$work/nsswitch.conf" "$conf"
install_debs '/new/libnss-ianaport_*.deb'
services "$on"
registry=/usr/share/ianaport/service-names-port-numbers.xml
mkdir "$root/etc/ianaport"
echo 'of-this-site 5683/sctp' >"$root/etc/ianaport/site.services"
in_root ianaport-update "$registry"
says '5683/sctp' getent services of-this-site

step 'an upgrade keeps the names of the site'
in_root sh -c "sed 's/^<updated>[0-9]*/<updated>2001/' $registry >/old.xml"
in_root ianaport-update --force /old.xml
says "older than" ianaport --version
install_debs '/old/ianaport_*.deb /old/ianaport-compile_*.deb'
says '5683/sctp' getent services of-this-site
rm -r "$root/etc/ianaport"
in_root sh -c "dpkg --remove \$(dpkg-query -f '\${Package} ' -W '*ianaport*')"
cmp "$work/nsswitch.conf" "$conf"
[ -e "$root/var/lib/ianaport/registry" ] || fail 'removal is not purge'
in_root sh -c "dpkg --purge \$(dpkg-query -f '\${Package} ' -W '*ianaport*')"
cmp "$work/nsswitch.conf" "$conf"
left=$(find "$root" -xdev -name '*ianaport*' -not -path "$root/new/*" \
	-not -path "$root/old/*")
[ -z "$left" ] || fail "left behind: $left"

step 'their own tests'
autopkgtest "$work"/one/*.deb "$work"/one/ianaport-*/ -- chroot "$root" \
	>"$work/log" 2>&1 || {
	cat "$work/log"
	fail 'autopkgtest'
}
step 'done'
