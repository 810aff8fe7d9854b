/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* For Frama-C's Eva: the look-ups by name, with every name of up to 17 bytes
 * and every protocol. proof.sh beside this runs it; model.h says what Eva is
 * told. */

#include "ianaport.h"
#include "ianaport-netdb.h"

#include "__fc_builtin.h"
#include <limits.h>

enum { LONGEST = 17 };

char asked[LONGEST + 1];
size_t asked_length;

static void
ask(int proto)
{
	struct iana_service out[2];

	iana_port_of(NULL, asked, proto);
	iana_services_named(NULL, asked, proto, out, 2);
}

/* A buffer that is too small for anything, for some entries, for none. proof.sh
 * makes its bytes valid, and no others, so that its address is a number. */
static void
ask_entry(const char *proto)
{
	enum { START = 0x1000, BYTES = 96 };
	static const uintptr_t sizes[] = { 0, 20, 45, BYTES };
	struct servent entry, *result;

	//@ loop unroll 4;
	for (int i = 0; i < 4; i++)
		iana_getservbyname_r(asked, proto, &entry,
				     (char *)(START + BYTES - sizes[i]),
				     sizes[i], &result);
}

int
main(void)
{
	//@ loop unroll 18;
	for (size_t n = 0; n <= LONGEST; n++) {
		Frama_C_make_unknown(asked, n);
		asked[n] = '\0';
		asked_length = n;
		ask(IANA_PROTO_ANY);
		ask(IANA_PROTO_NONE);
		ask(6);
		ask(17);
		ask(33);
		ask(132);
		ask(Frama_C_interval(INT_MIN, INT_MAX));
		ask_entry(NULL);
		ask_entry("tcp");
		ask_entry("none");
		iana_name_is_valid(asked);
		iana_proto_number(asked);
	}
	return 0;
}
