#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: oracle.sh PROGRAM BLOB ORACLE-COMMAND...
# Puts the same questions to a registry twice: built in PROGRAM, and loaded from
# BLOB. They end with their count, so that no failure of the command can pass.
# From the environment: ASK, another program, loads the registry; RUN, a command,
# runs the programs.
set -eu

program=$1 blob=$2
shift 2
questions=$(mktemp)
trap 'rm -f "$questions"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

"$@" >"$questions"
${RUN:-} "$program" <"$questions"
${RUN:-} "${ASK:-$program}" --registry "$blob" <"$questions"
