/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* RUNS: the status of the ports, where no record gives it. */

#include "pack_runs.h"
#include "pack_records.h"
#include "format/bytes.h"

static bool
is_used(const struct text *chunks, int port)
{
	const unsigned char *bytes = (const unsigned char *)chunks->data;

	return iap_u64(bytes + port / 64 * IAP_CHUNK_BYTES) >> port % 64 & 1;
}

/* The status that a run must give a port; -1 if a record gives it. */
static void
run_of_port(const struct registry *r, const struct text *chunks, int port,
	    int status[4])
{
	bool reserved = is_used(chunks, port) && counterparts_reserved(r, port);

	for (unsigned i = 0; i < 4; i++)
		status[i] = r->registered[port][i] || (reserved && i < 2)
			? -1 : r->status[port][i];
}

static void
write_run(struct text *runs, int start, const int status[4])
{
	unsigned bits = 0;

	for (unsigned i = 0; i < 4; i++)
		bits |= status[i] < 0 ? 0 : (unsigned)status[i] << 2 * i;
	text_le(runs, (uint64_t)start, 2);
	text_le(runs, bits, 1);
}

/* A run continues until a port has another status. */
void
pack_runs(struct text *runs, const struct registry *registry,
	  const struct text *chunks)
{
	int run[4] = { -1, -1, -1, -1 }, now[4], start = 0;

	for (int port = 0; port < PORTS; port++) {
		bool fits = true;
		run_of_port(registry, chunks, port, now);
		for (int i = 0; i < 4; i++)
			fits &= now[i] < 0 || run[i] < 0 || now[i] == run[i];
		if (!fits) {
			write_run(runs, start, run);
			start = port;
		}
		for (int i = 0; i < 4; i++)
			if (!fits || now[i] >= 0)
				run[i] = now[i];
	}
	write_run(runs, start, run);
}
