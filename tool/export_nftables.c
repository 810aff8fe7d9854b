/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* "define tcp_http_alt = { 591, 8008, 8080 }": a name of nft(8) has letters,
 * digits and "_", so names that differ in other characters are one. */

#include "every.h"
#include "export.h"
#include "tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct define {
	char *name;
	int first, last;
};

static char *
name_of(const struct iana_service *s)
{
	const char *proto = iana_proto_name(s->proto);
	char *name = checked(malloc(strlen(proto) + strlen(s->name) + 2));

	sprintf(name, "%s_%s", proto, s->name);
	for (char *p = name; *p; p++)
		if (!(*p >= 'a' && *p <= 'z') && !(*p >= 'A' && *p <= 'Z')
		    && !(*p >= '0' && *p <= '9'))
			*p = '_';
	return name;
}

static int
compare(const void *a, const void *b)
{
	const struct define *x = a, *y = b;
	int names = strcmp(x->name, y->name);

	return names ? names : x->first - y->first;
}

/* Joins what overlaps or touches; returns how many are left. */
static size_t
join(struct define *all, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		struct define *before = n ? &all[n - 1] : NULL;
		if (before && !strcmp(before->name, all[i].name)
		    && all[i].first <= before->last + 1) {
			if (all[i].last > before->last)
				before->last = all[i].last;
			free(all[i].name);
		} else {
			all[n++] = all[i];
		}
	}
	return n;
}

static void
put_ports(const struct define *d)
{
	printf("%d", d->first);
	if (d->first < d->last)
		printf("-%d", d->last);
}

/* Writes the define that starts here; returns how many it took. */
static size_t
put_define(const struct define *d, size_t count)
{
	size_t n = 1;

	while (n < count && !strcmp(d->name, d[n].name))
		n++;
	printf("define %s = %s", d->name, n > 1 ? "{ " : "");
	for (size_t i = 0; i < n; i++) {
		if (i)
			fputs(", ", stdout);
		put_ports(&d[i]);
	}
	puts(n > 1 ? " }" : "");
	return n;
}

void
export_nftables(void)
{
	size_t count, n = 0;
	struct iana_service *all = every_service(registry, &count);
	struct define *defines = checked(calloc(count + 1, sizeof *defines));

	for (size_t i = 0; i < count; i++)
		if (all[i].port >= 0 && all[i].proto != IANA_PROTO_NONE)
			defines[n++] = (struct define){
				name_of(&all[i]), all[i].port, all[i].last_port
			};
	qsort(defines, n, sizeof *defines, compare);
	n = join(defines, n);
	put_date();
	for (size_t i = 0; i < n;)
		i += put_define(&defines[i], n - i);
	for (size_t i = 0; i < n; i++)
		free(defines[i].name);
	free(defines);
	free(all);
}
