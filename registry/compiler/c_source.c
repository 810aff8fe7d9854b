/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The blob as C sources, for the library that is built with it. */

#include "c_source.h"

static void
print_notice(struct text *out, const struct registry *registry)
{
	text_printf(out, "/* Written by ianaport-compile from IANA's Service "
		    "Name and Transport Protocol\n * Port Number Registry of "
		    "%s (CC0). Do not edit. */\n", registry->updated);
}

void
print_array(struct text *out, const struct registry *registry,
	    const char *name, const struct text *array)
{
	const unsigned char *bytes = (const unsigned char *)array->data;

	print_notice(out, registry);
	text_printf(out, "#include \"builtin.h\"\n\n"
		    "const unsigned char %s[%zu] = {", name, array->size);
	for (size_t i = 0; i < array->size; i++)
		text_printf(out, "%s%u,", i % 20 ? "" : "\n", bytes[i]);
	text_printf(out, "\n};\n");
}

static void
declare_array(struct text *out, const char *name, const struct text *array)
{
	text_printf(out, "IAP_HIDDEN extern const unsigned char %s[%zu];\n\n",
		    name, array->size);
}

void
print_layout(struct text *out, const struct registry *registry,
	     const struct blob *blob)
{
	const struct iap_layout *l = &blob->layout;

	print_notice(out, registry);
	text_printf(out, "#ifndef IAP_BUILTIN_H\n#define IAP_BUILTIN_H\n\n"
		    "#include \"format/platform.h\"\n"
		    "#include \"format/layout.h\"\n\n");
	declare_array(out, "iap_builtin", &blob->bytes);
	if (blob->details.size)
		declare_array(out, "iap_builtin_details", &blob->details);
	text_printf(out, "#define IAP_BUILTIN_LAYOUT { \\\n"
		    "\t.key = 0x%llxu, \\\n", (unsigned long long)l->key);
	for (size_t i = 0; i < header_field_count; i++)
		text_printf(out, "\t.%s = %u, \\\n", header_fields[i].name,
			    header_value(&header_fields[i], l));
	text_printf(out, "}\n#define IAP_BUILTIN_DETAILS %s\n\n"
		    "/* What the largest entry of the libc shapes "
		    "needs */\n#define IAP_BUILTIN_ALIASES %zu\n"
		    "#define IAP_BUILTIN_STRINGS %zu\n\n#endif\n",
		    blob->details.size ? "iap_builtin_details" : "NULL",
		    blob->most_aliases, blob->most_string_bytes);
}
