#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: update.sh [--force] [FILE|URL]
# Replace the snapshot, and SOURCE, by what IANA publishes: at the URL in SOURCE
# unless another is named. Prints what that changes. A registry that is older,
# or has lost more than 2 % of its records, needs --force; any other fault is
# final. After a failure the old pair is there, and nothing else.
#
# IANAPORT_COMPILE in the environment names a compiler; without it one is built.
set -eu

fail() {
	printf 'update.sh: %s\n' "$*" >&2
	exit 1
}

usage() {
	echo 'usage: update.sh [--force] [FILE|URL]'
}

# What a file SOURCE says of a key.
said() {
	value=$(sed -n "s/^$2: //p" "$1")
	[ -n "$value" ] || fail "$1: says nothing of \"$2\""
	printf '%s\n' "$value"
}

force=
while [ $# -gt 0 ]; do
	case $1 in
	--force) force=yes ;;
	--help) usage; exit ;;
	-*) usage >&2; exit 2 ;;
	*) break ;;
	esac
	shift
done
[ $# -le 1 ] || { usage >&2; exit 2; }

here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
registry=$(dirname "$here")
xml=service-names-port-numbers.xml
from=${1-$(said "$registry/SOURCE" source)}

work='' beside=''
trap 'rm -rf "$work" "$beside"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
work=$(mktemp -d)
export TMPDIR="$work"   # an interrupted C compiler leaves files behind

refuse() {
	fail "$from: refused; the registry stays as it was"
}

# A fault that --force accepts.
doubt() {
	[ "$force" ] || fail "$from: $*; --force takes it all the same"
	printf 'update.sh: %s: %s; forced\n' "$from" "$*" >&2
}

# ---- Get it ------------------------------------------------------------------

published=$from
case $from in
https://* | http://* | file://*)
	published=$work/published.xml
	curl --fail --silent --show-error \
		--location --proto '=https,http,file' --proto-redir '=https' \
		--connect-timeout 30 --max-time 300 \
		--output "$published" --url "$from" ||
		fail "$from: could not be fetched"
	;;
esac
head -n 1 "$published" >"$work/line" || refuse
grep -q '^<?xml ' "$work/line" ||
	fail "$from:1: does not begin with <?xml; empty, compressed, a web page?"

if [ -z "${IANAPORT_COMPILE:-}" ]; then
	IANAPORT_COMPILE=$work/build/registry/compiler/ianaport-compile
	{
		meson setup "$work/build" "$registry/.." -Dtests=disabled &&
			meson compile -C "$work/build" ianaport-compile
	} >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		fail 'the compiler could not be built'
	}
fi

# ---- Check it ----------------------------------------------------------------

"$IANAPORT_COMPILE" --snapshot "$work/$xml" --dump "$work/new.dump" \
	"$published" || refuse
"$here/verify-snapshot.py" "$published" "$work/$xml" >"$work/SOURCE" ||
	refuse

# What the snapshot leaves out is no reason for an update: SOURCE keeps the
# digest of the file that it was made from. A SOURCE that does not fit is.
if cmp -s "$work/$xml" "$registry/$xml" && "$here/verify-snapshot.py" \
	--counts "$registry/$xml" "$registry/SOURCE" 2>"$work/log"; then
	echo "nothing changed: the registry is of $(said "$work/SOURCE" updated)"
	exit
fi
if cmp -s "$work/$xml" "$published"; then
	fail "$from: is a snapshot, not what IANA publishes"
fi

old_date=$(said "$registry/SOURCE" updated)
new_date=$(said "$work/SOURCE" updated)
if expr "$new_date" \< "$old_date" >"$work/log"; then
	doubt "is of $new_date, older than the snapshot of $old_date"
fi
old_count=$(said "$registry/SOURCE" records)
new_count=$(said "$work/SOURCE" records)
if [ $((new_count * 100)) -lt $((old_count * 98)) ]; then
	doubt "has $new_count records of $old_count, more than 2 % less"
fi

"$IANAPORT_COMPILE" --dump "$work/old.dump" "$registry/$xml"
"$here/summarize-update.py" "$work/old.dump" "$work/new.dump"
diff "$registry/$xml" "$work/$xml" >"$work/diff" || [ $? = 1 ]
echo "lines of the snapshot: $(grep -c '^<' "$work/diff") removed," \
	"$(grep -c '^>' "$work/diff") added"

# ---- Write it ----------------------------------------------------------------

# Copied from the old ones first, for their permissions.
beside=$(mktemp -d "$registry/.update.XXXXXX")
for file in "$xml" SOURCE; do
	cp -p "$registry/$file" "$beside/$file"
	cat "$work/$file" >"$beside/$file"
done
cp -p "$registry/$xml" "$beside/old"

# Whoever pulls the plug here runs this again: the snapshot then fits the file,
# but SOURCE does not fit the snapshot.
trap '' HUP INT TERM
mv -f "$beside/$xml" "$registry/$xml"
mv -f "$beside/SOURCE" "$registry/SOURCE" || {
	mv -f "$beside/old" "$registry/$xml"
	fail "$registry/SOURCE: could not be written; the snapshot is back"
}
echo "written: $registry/$xml and SOURCE"
