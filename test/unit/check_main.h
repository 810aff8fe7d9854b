/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef CHECK_MAIN_H
#define CHECK_MAIN_H

/* What the Check binaries share. */

#include <check.h>
#include <locale.h>
#include <stdlib.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* Runs the tests in their order, which counts under CK_FORK=no only: there
 * the tests of a unit share one process. */
static inline int
run_tests(const char *unit, const TTest *const *tests, size_t n)
{
	Suite *suite = suite_create(unit);
	TCase *tcase = tcase_create(unit);
	SRunner *runner = srunner_create(suite);
	int failed;

	/* No answer depends on the locale, be it a Turkish one. */
	setlocale(LC_ALL, "");
	tcase_set_timeout(tcase, 60);
	for (size_t i = 0; i < n; i++)
		tcase_add_test(tcase, tests[i]);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
