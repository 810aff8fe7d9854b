#!/bin/sh
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors

# usage: bare.sh PROGRAM [ARGUMENT]...
# Runs a program without a system, on a Cortex-M3. Through semihosting it gets
# its arguments, reads files, and writes to the terminal.
set -eu

program=$1 config=enable=on,target=native
shift
for argument; do
	config=$config,arg=$argument
done
exec qemu-system-arm -M mps2-an385 -display none -monitor none -serial none \
	-semihosting-config "$config" -kernel "$program"
