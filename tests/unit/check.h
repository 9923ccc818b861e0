/* Assertions with a text, and numbers drawn by a fixed sequence.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_UNIT_CHECK_H
#define TESTS_UNIT_CHECK_H

#include <CUnit/CUnit.h>
#include <stdbool.h>
#include <stdint.h>

/* A CUnit assertion with a text. */
static inline bool check(bool ok, const char *text) {
  CU_assertImplementation(ok, __LINE__, text, __FILE__, __func__, CU_FALSE);
  return ok;
}

/* A number from 0 to N - 1, the next after SEED. */
static inline int64_t draw_from(uint64_t *seed, int64_t n) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (int64_t)((*seed >> 33) % (uint64_t)n);
}

#endif
