#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: oracle.sh ASK LOADED ORACLE-COMMAND...
# Puts the same questions to two programs: ASK, with the registry built in, and
# LOADED, with --registry. They end with their count, so that no failure of the
# command can pass.
set -eu

ask=$1 loaded=$2
shift 2
questions=$(mktemp)
trap 'rm -f "$questions"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

"$@" >"$questions"
$ask <"$questions"
$loaded <"$questions"
