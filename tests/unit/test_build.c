/* Tests of how the program was built.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>

#ifdef _OPENMP
#include <omp.h>
#endif

int register_build_tests(void);

/* If configure found OpenMP, its flags have reached the compiler. */
static void openmp_is_on(void) {
#ifdef HAVE_OPENMP
#ifdef _OPENMP
  CU_ASSERT(omp_get_max_threads() >= 1);
#else
  CU_FAIL("HAVE_OPENMP without _OPENMP");
#endif
#endif
}

int register_build_tests(void) {
  CU_pSuite suite = CU_add_suite("build", NULL, NULL);
  if (!suite || !CU_add_test(suite, "openmp is on", openmp_is_on))
    return -1;
  return 0;
}
