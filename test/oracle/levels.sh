#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: levels.sh SOURCE COMPILER [CC]...
# The oracle against the library as each C compiler makes it at each level of
# optimization and with LTO; and once
# under valgrind. The registry is small, and has local names.
set -eu

source=$(realpath "$1") compiler=$(realpath "$2")
shift 2
cd "$source/test/data"

oracle() {
	echo "== $*"
	"$source/test/oracle/oracle_other.sh" "$source" "$compiler" python3 \
		"$@" -- --conventional ranges.services \
		--overlay local.overlay ranges.xml
}

for cc in "${@:-cc}"; do
	for level in -O0 -O1 -O2 -O3 -Os; do
		oracle "$cc" $level
	done
	case $cc in
	*clang*) oracle "$cc" -O2 -flto -fuse-ld=lld ;;
	*) oracle "$cc" -O2 -flto ;;
	esac
done
RUN='valgrind -q --error-exitcode=1 --leak-check=full' oracle "${1:-cc}" -O1 -g
