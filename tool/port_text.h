/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef PORT_TEXT_H
#define PORT_TEXT_H

/* Ports in a line of text. A port is a number from 1 to 65535 without a sign or
 * zeros before it, and not followed by a letter, a digit, "_", or by "." or "-"
 * and a digit. It stands behind
 *
 *   10.0.0.1: 10.0.0.1. 10.0.0.1%eth0:   an address of IPv4,
 *   ]: *: ]%eth0: *%eth0:                 any address as ss(8) has it,
 *   :::                                   that of netstat(8),
 *   fe80::1.                              one of IPv6 as tcpdump(8) has it,
 *   port= dport= sport= dpt= spt=         or one of these words in any case,
 *   port dport sport dpt spt              with "=" or a space.
 *
 * The first protocol that is named in the line as a word, tcp, udp, sctp, dccp,
 * tcp6 or udp6, or as a number behind "proto=" or "proto ", in any case, is
 * that of its ports. */

/* A line. Its end must be a newline, the start of this many bytes that can be
 * read, and so must be the byte before it. */
enum { PORT_TEXT_BEHIND = 17 };

struct port_text {
	const char *line, *end;
	const char *at;                 /* read so far; starts at line */
	int proto;                      /* IANA_PROTO_ANY until one was found */
	int is_searched;                /* for its protocol */
	const char *seen;               /* as far as marks; starts at line */
	unsigned marks;
};

/* Finds the next port; returns where its number starts, or NULL. Its end is
 * where at is. */
const char *
next_port(struct port_text *text, int *port);

/* Looks for the protocol in what was not read yet, if none was found. */
void
find_protocol(struct port_text *text);

#endif
