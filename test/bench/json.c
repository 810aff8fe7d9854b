/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The same as the table, for programs. No text in it needs escaping. */

#include "bench.h"

#include "ianaport.h"

#include <stdio.h>
#include <time.h>

static void
put_spread(FILE *f, const char *key, struct spread s)
{
	if (s.median > 0 || s.max > 0)
		fprintf(f, ", \"%s\": {\"median\": %.4g, \"min\": %.4g, "
			"\"q1\": %.4g, \"q3\": %.4g, \"max\": %.4g}", key,
			s.median, s.min, s.q1, s.q3, s.max);
}

static void
put_result(FILE *f, const struct result *r)
{
	static const char *const kinds[KINDS] = { "hit", "miss", "latency",
						   "read" };
	static const char *const ratios[KINDS] = {
		"ratio_hit", "ratio_miss", "ratio_latency", "ratio_read",
	};

	fprintf(f, "{\"peer\": \"%s\"", r->label);
	if (r->skipped)
		fprintf(f, ", \"skipped\": \"%s\"", r->skipped);
	if (r->keys)
		fprintf(f, ", \"keys\": %zu", r->keys);
	for (int kind = 0; kind < KINDS && !r->skipped; kind++) {
		put_spread(f, kinds[kind], r->ns[kind]);
		put_spread(f, ratios[kind], r->ratio[kind]);
	}
	if (r->cost.readonly || r->cost.heap)
		fprintf(f, ", \"readonly\": %zu, \"heap\": %zu, "
			"\"relocations\": %zu", r->cost.readonly,
			r->cost.heap, r->cost.relocations);
	fputc('}', f);
}

static void
put_results(FILE *f, const char *key, const struct result *list, size_t count)
{
	fprintf(f, "  \"%s\": [", key);
	for (size_t i = 0; i < count; i++) {
		fputs(i ? ",\n    " : "\n    ", f);
		put_result(f, &list[i]);
	}
	fputs("\n  ],\n", f);
}

static void
put_cold(FILE *f, const struct cold cold[COLDS])
{
	static const char *const calls[COLDS] = {
		"iana_port_of", "iana_name_of", "getservbyname_r",
		"getservbyport_r",
	};

	fputs("  \"cold\": [", f);
	for (int i = 0; i < COLDS; i++) {
		fprintf(f, "%s\n    {\"call\": \"%s\"", i ? "," : "",
			calls[i]);
		put_spread(f, "microseconds", cold[i].microseconds);
		put_spread(f, "faults", cold[i].faults);
		put_spread(f, "pages", cold[i].pages);
		fputc('}', f);
	}
	fputs("\n  ],\n", f);
}

static void
put_limits(FILE *f, const struct report *report)
{
	struct limit limits[LIMITS];

	limits_of(report, limits);
	fputs("  \"limits\": [", f);
	for (int i = 0; i < LIMITS; i++) {
		const struct limit *l = &limits[i];
		fprintf(f, "%s\n    {\"what\": \"%s\", \"%s\": %g, ",
			i ? "," : "", l->what,
			l->at_least ? "at_least" : "at_most", l->limit);
		if (l->value > 0)
			fprintf(f, "\"measured\": %.6g, \"holds\": %s}",
				l->value, limit_fails(l) ? "false" : "true");
		else
			fputs("\"measured\": null, \"holds\": null}", f);
	}
	fputs("\n  ]\n", f);
}

int
write_json(const struct report *r, const char *path)
{
	FILE *f = fopen(path, "w");
	time_t seconds = time(NULL);
	char today[16];

	if (!f)
		return 0;
	strftime(today, sizeof today, "%Y-%m-%d", gmtime(&seconds));
	fprintf(f, "{\n  \"machine\": \"%s\",\n  \"date\": \"%s\",\n"
		"  \"registry\": \"%s\",\n  \"version\": \"%s\",\n"
		"  \"queries\": %zu,\n  \"repetitions\": %zu,\n", machine(),
		today, iana_registry_updated(NULL), iana_version(),
		r->queries, r->repetitions);
	put_results(f, "names", r->names.of, r->names.count);
	put_results(f, "ports", r->ports.of, r->ports.count);
	put_results(f, "libc", r->libc.its, LIBC_PAIRS);
	put_results(f, "libc_ours", r->libc.ours, LIBC_PAIRS);
	put_cold(f, r->cold);
	put_limits(f, r);
	fputs("}\n", f);
	return !fclose(f);
}
