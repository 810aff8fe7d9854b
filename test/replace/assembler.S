/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Assembler of a program is compiled with its CFLAGS. With a header in front of
 * it, the assembler reads C. */

#define PORT 2013

	.data
	.globl port
port:
	.long PORT
	.section .note.GNU-stack,""
