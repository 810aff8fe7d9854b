#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: proof.sh IANAPORT-COMPILE INCLUDE [PROOF...]
# Has Frama-C's Eva follow the look-ups over small registries of test/data, and
# fails if it cannot exclude any fault: an access outside of an object, an
# overflow, a shift too far, a read of what was not written. It also fails if a
# function that is to be proved was not reached. INCLUDE has the version header.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
root=$here/../..
compiler=$1 include=$2
shift 2
wanted=${*:-header by_name by_port entries}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# registry DIRECTORY OPTION... FILE
registry() {
	dir=$work/$1
	shift
	mkdir "$dir"
	(cd "$here/../data" && "$compiler" --no-details --c "$dir/builtin.c" \
		--header "$dir/builtin.h" "$@" 2>/dev/null)
}

# prove WHAT REGISTRY PRECISION COVERAGE FUNCTIONS OPTION...: COVERAGE is the
# least part of the statements of all functions that Eva has to reach.
prove() {
	what=$1 data=$work/$2 precision=$3 coverage=$4 functions=$5
	shift 5
	case " $wanted " in *" $what "*) ;; *) return 0 ;; esac
	frama-c -c11 -machdep gcc_x86_64 -eva -eva-no-show-progress \
		-eva-no-print -eva-slevel "$precision" -metrics \
		-metrics-eva-cover -absolute-valid-range 0x1000-0x105f \
		-cpp-extra-args="-I$data -I$include -I$root/include" \
		-cpp-extra-args="-I$root/lib -include $here/model.h" \
		"$@" "$here/$what.c" "$data/builtin.c" \
		"$root"/lib/lookup/lookup.c "$root"/lib/lookup/ports.c \
		"$root"/lib/lookup/search.c "$root"/lib/lookup/services.c \
		"$root"/lib/netdb/servent.c "$root"/lib/load/validate*.c \
		>"$work/$what.log" 2>&1 ||
		{ tail "$work/$what.log"; exit 1; }
	judge "$work/$what.log" || {
		echo "$what: not proved" >&2
		exit 1
	}
	echo "$what: proved; reached $reached % of the statements"
}

# judge LOG: no alarm, every property valid, and nothing left out.
judge() {
	sed -n '/ANALYSIS SUMMARY/,/have been proven/p' "$1" >"$work/summary"
	if grep -A2 'eva:alarm' "$1" ||
		! grep -q ' 0 alarms generated' "$work/summary" ||
		! grep -q '^  100% of the logical' "$work/summary"; then
		cat "$work/summary"
		return 1
	fi
	for function in $functions; do
		grep -q "^  $function: [1-9][0-9]* stmts out of" "$1" || {
			echo "$function() is not reached"
			return 1
		}
	done
	reached=$(sed -n 's/.*statements reached.*: \([0-9]*\)% cov.*/\1/p' \
		"$work/summary")
	[ "$reached" -ge "$coverage" ] || {
		echo "$reached % of the statements are reached"
		grep 'stmts out of' "$1" | grep -v '(100.0%)'
		return 1
	}
}

registry services services.xml
registry site --conventional site.services --overlay site.overlay site.xml

# Ports here and there, so that no walk to the next one is long.
for port in 2000 16000 22000 28000 34000 40000 46000 56000 61000 65535; do
	echo "at-$port $port/udp"
done >"$work/spread.overlay"
registry spread --conventional site.services --overlay site.overlay \
	--overlay "$work/spread.overlay" site.xml

prove by_name services 3000 91 \
	'iana_port_of iana_services_named iana_getservbyname_r
	iana_proto_number iana_name_is_valid' \
	-eva-split-limit 4096 -eva-interprocedural-splits \
	-cpp-extra-args=-DASKED
prove by_port site 1000 94 \
	'iana_name_of iana_services_on iana_service_alias_of iana_port_status
	iana_format_port iana_getservbyport_r iana_registry_getservbyport_r
	iana_proto_name iana_port_range iana_range_name iana_status_name'
prove entries spread 1000 92 \
	'iana_service_next iana_service_alias_of iana_registry_getservent_r
	iana_getservent_r iana_setservent iana_endservent'
prove header site 1000 100 \
	'iap_check_head iap_size_before_details iap_check_lookup_part' \
	-eva-alloc-builtin fresh -eva-no-alloc-returns-null
