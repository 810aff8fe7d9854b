#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: check_reproducible.sh SOURCE CC
# Two builds install the same bytes with the same modes: in other folders, at
# other times, by other users, with another umask, time zone and locale. They
# build SOURCE's HEAD with the changes since then. Debug information is in them.
set -eu

source=$1 cc=$2
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
chmod 755 "$root"
# With an index of our own, for git locks that which it writes.
cp "$(git -C "$source" rev-parse --absolute-git-dir)/index" "$root/index"
commit=$(GIT_INDEX_FILE=$root/index git -C "$source" stash create)
: "${commit:=$(git -C "$source" rev-parse HEAD)}"
meson=$(command -v meson)
PATH=/usr/sbin:/usr/bin:/sbin:/bin      # one Python for all users

# install FOLDER DATE AS...: build in FOLDER what has that date.
install() {
	folder=$1 date=$2
	shift 2
	mkdir -p "$folder/source"
	git -C "$source" archive "$commit" | tar x -C "$folder/source"
	find "$folder/source" -exec touch -d "$date" {} +
	[ "$1" = env ] || chown -R nobody "$folder"
	# shellcheck disable=SC2016	# it expands there
	CC=$cc "$@" sh -ec 'cd "$0/source"
		"$1" setup --prefix=/usr -Dtests=disabled build
		"$1" compile -C build
		"$1" install -C build --no-rebuild --destdir "$0/root"
		' "$folder" "$meson" >"$folder/log" 2>&1 || {
		cat "$folder/log"
		exit 1
	}
}

# list FOLDER: what is installed there.
list() (
	cd "$1/root"
	find . -printf '%M %p %l\n' | sort
	find . -type f -exec sha256sum {} + | sort -k 2
)

umask 022
mkdir -p "$root/another/place" "$root/locale"
install "$root/one" 2020-02-02 env LC_ALL=C TZ=UTC

as=
[ "$(id -u)" != 0 ] ||
	as='setpriv --reuid=nobody --regid=nogroup --clear-groups'
locale=tr_TR.UTF-8
localedef -i tr_TR -f UTF-8 "$root/locale/$locale" || locale=C.UTF-8
umask 077
# shellcheck disable=SC2086
install "$root/another/place" 2021-03-03 $as env HOME=/ TZ=Asia/Tokyo \
	LC_ALL=$locale LOCPATH="$root/locale"

list "$root/one" >"$root/one.list"
list "$root/another/place" >"$root/another.list"
diff "$root/one.list" "$root/another.list"
echo "$(grep -c '^-' "$root/one.list") files, also with $locale${as:+, by nobody}"
