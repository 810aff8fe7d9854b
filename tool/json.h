/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef JSON_H
#define JSON_H

/* Writes a text as a JSON string, which is UTF-8 whatever the text is. */
void
put_json(const char *text);

#endif
