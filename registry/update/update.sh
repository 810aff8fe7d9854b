#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: update.sh [-q] [--force] [--accept] [FILE|URL]
#        update.sh [-q] --between OLD.xml NEW.xml
# Replaces the snapshot and SOURCE by what IANA publishes at the URL in SOURCE,
# or at another URL. Prints what changes; with -q, only how much. A registry
# needs --force if it is older, if it has the same date and fewer records, or
# if it has lost more than 2 % of its records. It needs --accept if the
# compiler left out records and names are lost. Any other fault is final. After
# a failure, the old pair is there, and nothing else. If an update is killed,
# the next one repairs what it left. --between only prints what changes from
# any version to any other.
#
# IANAPORT_COMPILE in the environment names a compiler. Without it, one is
# built.
set -eu

program=update.sh
tools=$(CDPATH='' cd "$(dirname "$0")" && pwd)
folder=$(dirname "$tools")
xml=service-names-port-numbers.xml
files="$xml SOURCE"
# shellcheck source=functions.sh
. "$tools/functions.sh"

usage() {
	echo 'usage: update.sh [-q] [--force] [--accept] [FILE|URL]'
	echo '       update.sh [-q] --between OLD.xml NEW.xml'
}

force='' accept='' quiet='' between='' most=1
while [ $# -gt 0 ]; do
	case $1 in
	-q) quiet=-q ;;
	--force) force=yes ;;
	--accept) accept=yes ;;
	--between) between=yes accept=yes most=2 ;;
	--help) usage; exit ;;
	-*) usage >&2; exit 2 ;;
	*) break ;;
	esac
	shift
done
[ $# -le $most ] || { usage >&2; exit 2; }
[ ! "$between" ] || [ $# = 2 ] || { usage >&2; exit 2; }

# What SOURCE says of a key.
said() {
	value=$(sed -n "s/^$1: //p" "$folder/SOURCE")
	[ -n "$value" ] || fail "$folder/SOURCE: has no line \"$1\""
	printf '%s\n' "$value"
}

refuse() {
	fail "$from: refused; the registry stays as it was"
}

begin
from=${1-$(said source)}
[ "$between" ] || fetch

if [ -z "${IANAPORT_COMPILE:-}" ]; then
	IANAPORT_COMPILE=$work/build/registry/compiler/ianaport-compile
	{
		meson setup "$work/build" "$folder/.." -Dtests=disabled &&
			meson compile -C "$work/build" ianaport-compile
	} >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		fail 'the compiler could not be built'
	}
fi

# Checked as it will be built. A slip of IANA's is reported, and ends nothing.
compile() {
	"$IANAPORT_COMPILE" --lenient \
		--conventional "$folder/conventional.services" "$@"
}

if [ "$between" ]; then
	compile_quietly "$1" --dump "$work/old.dump"
	compile --dump "$work/new.dump" "$2" 2>"$work/warnings" || {
		cat "$work/warnings" >&2
		fail "$2: could not be compiled"
	}
	summarize "$work/old.dump" "$1" "$work/new.dump" "$2"
	exit
fi

compile --snapshot "$work/$xml" --dump "$work/new.dump" "$published" \
	2>"$work/warnings" || {
	cat "$work/warnings" >&2
	refuse
}
"$tools/verify-snapshot.py" "$published" "$work/$xml" >"$work/SOURCE" ||
	refuse

# What the snapshot leaves out is no reason for an update: SOURCE keeps the
# digest of the file that it was made from. A SOURCE that does not fit is.
if cmp -s "$work/$xml" "$folder/$xml" && "$tools/verify-snapshot.py" \
	--counts "$folder/$xml" "$folder/SOURCE" 2>"$work/log"; then
	echo "nothing changed: the registry is of $(date_of "$work/$xml")"
	exit
fi
if cmp -s "$work/$xml" "$published"; then
	fail "$from: is a snapshot, not what IANA publishes"
fi

check_newer "$folder/$xml" "$work/$xml"
compile_quietly "$folder/$xml" --dump "$work/old.dump"
summarize "$work/old.dump" "$folder/$xml" "$work/new.dump" "$work/$xml"
diff "$folder/$xml" "$work/$xml" >"$work/diff" || [ $? = 1 ]
echo "lines of the snapshot: $(grep -c '^<' "$work/diff") removed," \
	"$(grep -c '^>' "$work/diff") added"
rm -f "$folder/builtin.c"       # a release has it, and a build would take it
replace
echo "written: $folder/$xml and SOURCE" || :
