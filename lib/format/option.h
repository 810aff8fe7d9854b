/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_OPTION_H
#define IAP_OPTION_H

/* What both commands say of an option that getopt_long() refuses. Its own
 * message would print all control characters. */

#include <getopt.h>
#include <string.h>

/*
 * The option as it was written: a word, or a hyphen and a letter, for which
 * there is room. A letter in the middle of a word leaves `optind` where it is,
 * so the word before it may be another option. The code of an option is its
 * letter, or no letter.
 */
static inline const char *
iap_refused_option(char **argv, const struct option *options, char letter[3])
{
	const char *word = argv[optind - 1];
	const struct option *o = options;

	if (!word)              /* musl counts a value that is missing */
		word = argv[optind - 2];
	while (o->name && o->val != optopt)
		o++;
	if (!optopt || optopt > 255 || (o->name && !strncmp(word, "--", 2)))
		return word;
	letter[0] = '-';
	letter[1] = (char)optopt;
	letter[2] = '\0';
	return letter;
}

/* Why, for what getopt_long() returned; NULL if it refuses nothing. */
static inline const char *
iap_why_refused(int code)
{
	return code == ':' ? "needs a value"
	     : code == '?' ? "no such option, or no such value" : NULL;
}

#endif
