# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
# shellcheck shell=sh

# Functions that update.sh, for the sources, and ianaport-update(8), for a host,
# share. Both set $program, define compile(), and set:
#
#   $folder  the folder to update. All temporary files are made there, so the next
#            update finds what a killed one has left
#   $files   the names of the files in it that belong together
#   $from    a file, a pipe or a URL
#   $force, $accept  whether to go on in cases that need somebody's decision

# Says what is wrong. It names files and URLs, which may be anything, and is read
# on terminals.
say() {
	printf '%s: %s' "$program" "$*" | LC_ALL=C tr '\1-\37\177-\377' '?' >&2
	echo >&2
}

fail() {
	say "$*"
	exit 1
}

# A fault that --force accepts.
doubt() {
	[ "$force" ] || fail "$from: $*; use --force to accept it"
	say "$from: $*; forced"
}

# ---- One update at a time, whole or not at all -------------------------------

# The target of a file that may be a symbolic link, and a file beside it.
real() {
	readlink -f "$folder/$1"
}

beside() {
	printf '%s/.update.%s.%s\n' "$(dirname "$(real "$1")")" "$1" "$2"
}

clean() {
	for file in $files; do
		rm -f "$(beside "$file" new)" "$(beside "$file" old)"
	done
	rm -rf "$folder"/.update.*
}

# Without a trap of its own, a signal would end the shell before that of EXIT.
exit_on_signals() {
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 141' PIPE    # whoever read the messages has left
	trap 'exit 143' TERM
}

# The folder is locked. The lock ends with the last process that has it.
begin() {
	[ -d "$folder" ] || fail "$folder: is not a folder"
	[ -r "$folder" ] && [ -w "$folder" ] || fail "$folder: is read-only"
	for file in $files; do
		[ ! -e "$folder/$file" ] || [ -w "$folder/$file" ] ||
			fail "$folder/$file: is read-only"
	done
	command -v flock >/dev/null || fail 'flock(1) of util-linux is needed'
	exec 9<"$folder"
	flock -n 9 || fail "$folder: another update is running"
	repair
	trap clean EXIT
	exit_on_signals
	work=$(mktemp -d "$folder/.update.XXXXXX") ||
		fail "$folder: cannot be written to"
	export TMPDIR="$work"   # an interrupted C compiler leaves files behind
}

# A mark says whether what was made is to be put in its place, or what was
# there: one that was killed meanwhile is taken to its end.
repair() {
	if [ -e "$folder/.update.back" ]; then
		put_old || fail "$folder: an update was killed," \
			'and could not be undone'
	elif [ -e "$folder/.update.go" ]; then
		put_new || fail "$folder: an update was killed," \
			'and could not be finished'
		echo "$program: finished an update that had been killed" >&2
	fi
	clean
}

put_new() {
	for file in $files; do
		new=$(beside "$file" new)
		[ ! -e "$new" ] || mv -f "$new" "$(real "$file")" || return 1
	done
}

put_old() {
	for file in $files; do
		new=$(beside "$file" new) old=$(beside "$file" old)
		[ ! -e "$old" ] || cmp -s "$old" "$(real "$file")" || {
			cp -p "$old" "$new" && mv -f "$new" "$(real "$file")"
		} || return 1
	done
}

# Copied from the old one first, for its mode and owner.
prepare() {
	new=$(beside "$1" new)
	if [ -e "$folder/$1" ]; then
		cp -p "$folder/$1" "$(beside "$1" old)" &&
			cp -p "$folder/$1" "$new" || return 1
	fi
	cat "$work/$1" >"$new"
}

# Replace all files by those in $work. From then on, nothing ends the update: a
# message that nobody reads is no failure.
replace() {
	for file in $files; do
		prepare "$file" || fail "$folder/$file: could not be written"
	done
	sync
	trap '' HUP INT PIPE TERM
	echo >"$folder/.update.go" || fail "$folder: cannot be written to"
	put_new || {
		trap - EXIT     # what is here then is for the next update
		echo >"$folder/.update.back" && put_old ||
			fail "$folder: could be neither updated nor restored"
		clean
		fail "$folder: could not be written; the old files are back"
	}
	rm -f "$folder/.update.go"
}

# ---- What is published -------------------------------------------------------

# Sets $published to a file with it. What can be read once only is copied.
fetch() {
	published=$from
	case $from in
	https://* | http://* | file://*)
		published=$work/published.xml
		command -v curl >/dev/null || fail 'curl(1) is needed'
		# -q comes first: no ~/.curlrc.
		curl -q --fail --silent --show-error \
			--location --proto "=${from%%:*}" \
			--proto-redir '=https' --connect-timeout 30 --max-time 300 \
			--output "$published" --url "$from" ||
			fail "$from: could not be fetched"
		;;
	*)
		[ -f "$from" ] || published=$work/published.xml
		;;
	esac
	if [ "$published" != "$from" ] && [ ! -e "$published" ]; then
		cat "$from" >"$published" || fail "$from: could not be read"
	fi
	head -n 1 "$published" >"$work/line" || fail "$from: could not be read"
	grep -q '^<?xml ' "$work/line" || fail "$from:1: does not begin" \
		'with <?xml; empty, compressed, a web page?'
}

# The first date in a snapshot, and the number of its records.
date_of() {
	sed -n 's/^<updated>\([^<]*\)<.*/\1/p' "$1" | head -n 1
}

records_of() {
	grep -c '^<record[ >]' "$1" || :
}

# Of two snapshots.
check_newer() {
	old_date=$(date_of "$1") new_date=$(date_of "$2")
	old_count=$(records_of "$1") new_count=$(records_of "$2")
	if expr "$new_date" \< "$old_date" >/dev/null; then
		doubt "is of $new_date, older than the present one of $old_date"
	elif [ "$new_date" = "$old_date" ] &&
		[ "$new_count" -lt "$old_count" ]; then
		doubt "is of $new_date like the present one, and has" \
			"fewer records: $new_count, not $old_count"
	elif [ "$new_date" = "$old_date" ] && ! cmp -s "$1" "$2"; then
		echo "another registry of the same date, $new_date"
	fi
	if [ $((new_count * 100)) -lt $((old_count * 98)) ]; then
		doubt "has $new_count of $old_count records: more than 2 % are gone"
	fi
}

# ---- What it changes ---------------------------------------------------------

# Compiles the present registry with the caller's compile(). Its warnings are not
# new. They are not kept in a file, because the disk may be full.
# compile_quietly FILE OPTION...
compile_quietly() {
	messages=$(compile "$@" 2>&1) || {
		printf '%s\n' "$messages" >&2
		fail "$1: could not be compiled"
	}
}

# Prints the compiler's warnings, and then the records that it left out.
report_left_out() {
	left_out=$(grep -c 'record ".*left out' "$work/warnings") || :
	grep -v 'record ".*left out' "$work/warnings" >&2 || :
	[ "$left_out" = 0 ] || {
		echo "records left out: $left_out"
		sed -n '/record ".*left out/s/^/    /p' "$work/warnings"
	}
}

# summarize OLD.dump OLD.xml NEW.dump NEW.xml
summarize() {
	report_left_out
	if command -v python3 >/dev/null; then
		# shellcheck disable=SC2086
		"$tools/summarize-update.py" $quiet "$@" >"$work/summary" ||
			fail 'no summary could be made'
		cat "$work/summary"
		lost=$(sed -n 's/^names that no longer answer: //p' \
			"$work/summary")
	else
		diff "$1" "$3" >"$work/diff" || [ $? = 1 ]
		echo 'no python3 here, so only counts:' \
			'of services and statuses' \
			"$(grep -c '^<' "$work/diff") are gone or changed," \
			"$(grep -c '^>' "$work/diff") new or changed"
		lost=unknown
	fi
	[ "$left_out" = 0 ] || [ "$lost" = 0 ] || [ "$accept" ] || fail \
		"$from: records were left out, and names lost: $lost;" \
		'use --accept to accept it'
}
