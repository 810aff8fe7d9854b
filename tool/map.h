/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef MAP_H
#define MAP_H

/* The picture, for a file of its own or within a page. */
void
print_picture(void);

/* A page around it that can be searched, and needs nothing else. */
void
print_page(void);

/* Writes a text as XML and HTML have it. */
void
put_markup(const char *text);

#endif
