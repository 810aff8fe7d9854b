#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: oracle.sh ASK ORACLE-COMMAND...
# Questions and answers end with their count, so that no failure of the first
# program can pass.
ask=$1
shift
# shellcheck disable=SC2086
"$@" | $ask
