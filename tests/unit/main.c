/* Runs the CUnit suites and prints the result of each test as TAP.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <CUnit/TestRun.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* suites.h holds one SUITE(name) for every tests/unit/test_NAME.c. */
#define SUITE(name) int register_##name##_tests(void);
#include "suites.h"
#undef SUITE

struct suite {
  const char *name;
  int (*add)(void); /* 0 when its tests are in the registry */
};

#define SUITE(name) {#name, register_##name##_tests},
static const struct suite suites[] = {
#include "suites.h"
};
#undef SUITE

/* Prints one result and, as TAP comments, the assertions that failed. */
static void print_test(const CU_pTest test, const CU_pSuite suite,
                       const CU_pFailureRecord failures) {
  unsigned number = CU_get_number_of_tests_run();
  printf("%s %u - %s/%s\n", failures ? "not ok" : "ok", number, suite->pName,
         test->pName);
  for (CU_pFailureRecord f = failures; f; f = f->pNext)
    printf("# %s:%u: %s\n", f->strFileName ? f->strFileName : "?",
           f->uiLineNumber, f->strCondition ? f->strCondition : "?");
  fflush(stdout);
}

/* A suite whose set-up fails runs no test: the plan is then not met. */
static void print_init_failure(const CU_pSuite suite) {
  printf("Bail out! the set-up of suite %s failed\n", suite->pName);
}

static void print_cleanup_failure(const CU_pSuite suite) {
  printf("Bail out! the clean-up of suite %s failed\n", suite->pName);
}

/* Whether all suites are in the registry. */
static bool add_suites(void) {
  for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++)
    if (suites[i].add() != 0) {
      printf("Bail out! cannot register suite %s: %s\n", suites[i].name,
             CU_get_error_msg());
      return false;
    }
  return true;
}

/* Failures are reported by TAP; the exit status is that of the harness. */
int main(void) {
  if (CU_initialize_registry() != CUE_SUCCESS || !add_suites())
    return EXIT_FAILURE;
  printf("1..%u\n", CU_get_registry()->uiNumberOfTests);
  CU_set_test_complete_handler(print_test);
  CU_set_suite_init_failure_handler(print_init_failure);
  CU_set_suite_cleanup_failure_handler(print_cleanup_failure);
  CU_ErrorCode error = CU_run_all_tests();
  CU_cleanup_registry();
  return error == CUE_SUCCESS ? EXIT_SUCCESS : EXIT_FAILURE;
}
