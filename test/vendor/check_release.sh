#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: check_release.sh SOURCE
# A commit has one tarball, whoever makes it, when and where. It builds without
# libxml2 and Python, but for the Python that runs meson; with muon there is no
# Python at all. It does so without <netdb.h>, and as a subproject, too. The commit is SOURCE's HEAD with the changes since then.
set -eu

source=$1
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
chmod 755 "$root"
# With an index of our own, for git locks that which it writes.
cp "$(git -C "$source" rev-parse --absolute-git-dir)/index" "$root/index"
commit=$(GIT_INDEX_FILE=$root/index git -C "$source" stash create)
: "${commit:=$(git -C "$source" rev-parse HEAD)}"

fail() {
	echo "check_release: $*" >&2
	exit 1
}

# dist FOLDER [AS...]: the tarball of a clone of its own.
dist() {
	folder=$1
	shift
	git clone -q -s "$source" "$folder"
	git -C "$folder" checkout -q "$commit"
	git -C "$folder" repack -adq
	rm "$folder/.git/objects/info/alternates"
	[ $# = 0 ] || chown -R nobody "$folder"
	# shellcheck disable=SC2016	# it expands there
	"$@" sh -ec 'cd "$0"
		meson setup -Dtests=disabled build
		git update-index -q --refresh
		meson dist -C build --no-tests' "$folder" >"$root/log" 2>&1 || {
		cat "$root/log"
		fail 'no tarball'
	}
}

dist "$root/one"
as=
if [ "$(id -u)" = 0 ] && command -v fakeroot >/dev/null; then
	as='setpriv --reuid=nobody --regid=nogroup --clear-groups fakeroot'
fi
mkdir -m 755 "$root/another"
(
	export LC_ALL=C.UTF-8 TZ=Asia/Tokyo HOME="$root/another"
	umask 027
	# shellcheck disable=SC2086
	dist "$root/another/clone" $as
)
tarball=$(echo "$root"/one/build/meson-dist/*.tar.xz)
cmp "$tarball" "$root"/another/clone/build/meson-dist/*.tar.xz ||
	fail 'the tarballs of a commit differ'

mkdir "$root/bin"
ln -s /usr/bin/* "$root/bin"
rm -f "$root"/bin/*python* "$root"/bin/*pkg-config* "$root"/bin/*pkgconf* \
	"$root/bin/xml2-config" "$root/bin/cmake"
meson=$(command -v meson)
tar xf "$tarball" -C "$root"
cd "$root"/ianaport-*/
muon=$(command -v muon-meson) || echo 'no muon'
PATH=$root/bin
for program in python3 pkg-config xml2-config; do
	! command -v $program || fail "$program is still there"
done

# build COMMAND: it builds, without a warning.
build() {
	sh -ec "$1" >log 2>&1 || { cat log; fail 'the release does not build'; }
	if grep WARNING: log; then fail 'a warning'; fi
}

# check PROGRAM COMMAND: COMMAND builds what answers.
check() {
	build "$2"
	[ "$("$1" --port https/tcp)" = 443 ] || fail "no answer from $1"
}

# pages FOLDER: the manual's pages of functions.
pages() {
	(cd "$1/share/man/man3" && ls)
}

export LD_LIBRARY_PATH="$root/dest/lib"
check "$root/dest/bin/ianaport" "
	$meson setup build --prefix=/ --libdir=lib
	ninja -C build
	DESTDIR=$root/dest $meson install -C build --no-rebuild"
[ -s "$root/dest/share/man/man3/iana_port_of.3" ] || fail 'no manual'
[ -z "$muon" ] || check ./muon/tool/ianaport "
	$muon setup -Dcompiler=disabled -Dpython=disabled -Dtests=disabled muon
	ninja -C muon"

# Without <netdb.h>, the pages are those of the functions that are there.
build "
	$meson setup plain --prefix=/ --libdir=lib -Dnetdb=disabled
	ninja -C plain
	DESTDIR=$root/plain $meson install -C plain --no-rebuild"
functions=$(nm -D --defined-only "$root/plain/lib/libianaport.so" |
	sed -n 's/.* T \(iana_[a-z_]*\).*/\1.3/p')
[ "$(pages "$root/plain")" = "$(printf '%s\n' ianaport.3 "$functions" | sort)" ] ||
	fail "pages: $(pages "$root/plain")"
[ -s "$root/plain/lib/cmake/ianaport/ianaportConfig.cmake" ] ||
	fail 'nothing for find_package()'
[ -z "$muon" ] || build "
	$muon setup -Dcompiler=disabled -Dpython=disabled -Dtests=disabled \\
		-Dnetdb=disabled plain-muon
	ninja -C plain-muon"

# Since its version 16, lld refuses a version script with names that are not
# there. The library has its versions all the same.
if command -v ld.lld >/dev/null; then
	mkdir "$root/lld"
	printf '#!/bin/sh\nexec ld.lld --no-undefined-version "$@"\n' \
		>"$root/lld/ld.lld"
	chmod +x "$root/lld/ld.lld"
	build "
		export LDFLAGS='-fuse-ld=lld -B$root/lld'
		$meson setup lld -Dcompiler=disabled -Dtests=disabled
		ninja -C lld"
	readelf -W --dyn-syms lld/lib/libianaport.so >log
	grep -q @@IANAPORT_0.1 log || fail 'no versions with lld'
fi

# A parent may enable all features.
release=$PWD
cp -R pkgconfig/consumer "$root/parent"
mkdir "$root/parent/subprojects"
ln -s "$release" "$root/parent/subprojects/ianaport"
cd "$root/parent"
build "$meson setup build -Dauto_features=enabled
	ninja -C build"
[ "$(./build/log https)" = '443/tcp is https' ] || fail 'no answer from parent'
