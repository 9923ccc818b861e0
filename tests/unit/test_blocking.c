/* The blocks of the cache-blocked matrix product: the file has what the formulas give.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * T. M. Low et al., "Analytical modeling is enough for high-performance BLIS", ACM TOMS
 * 43(2), 2016, with caches of 8, 8 and 16 ways, vectors of 4 fp32, and two
 * FMA a cycle of latency 5. */
#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "unit/machines.h"

int register_blocking_tests(void);

enum { WORD = 4, VECTOR = 4, LATENCY = 5, FMAS = 2 };

/* Ways of a cache of BYTES that are left when one way
 * and those of OTHER words are taken. */
static double ways_left(double bytes, int ways, double other) {
  const double way = bytes / ways;
  return ways - 1 - ceil(other * WORD / way);
}

/* The level NAME of ENGINE. */
static double level_bytes(const struct reuse_engine *e, const char *name) {
  for (int i = 0; i < e->nlevels; i++)
    if (strcmp(e->level[i].name, name) == 0) return e->level[i].size_bytes.value;
  return 0;
}

/* The step of the rule with as many dims as NDIMS, first DIM, in temporal LEVEL. */
static int64_t step(const struct reuse_dataflow *d, int level, int ndims, int dim) {
  const struct reuse_temporal_rules *t = &d->temporal[level];
  for (int i = 0; i < t->n; i++)
    if (t->rule[i].ndims == ndims && t->rule[i].dim[0] == dim) return t->rule[i].step;
  return -1;
}

static void test_blocks(void) {
  struct machines m;
  CU_ASSERT_FATAL(machines_read(&m));
  const struct reuse_arch *a = machine_named(&m, "zen");
  CU_ASSERT_PTR_NOT_NULL_FATAL(a);
  const struct reuse_engine *e = &a->engine[0];
  const struct reuse_dataflow *d = &e->dataflow[0];
  const double l1 = level_bytes(e, "L1"), l2 = level_bytes(e, "L2"), l3 = level_bytes(e, "L3");
  const double busy = VECTOR * LATENCY * FMAS;
  const double mr = ceil(sqrt(busy) / VECTOR) * VECTOR, nr = ceil(busy / mr);
  const double kc = floor((8 - 1) / (1 + nr / mr)) * (l1 / 8) / (mr * WORD);
  const double mc = ways_left(l2, 8, nr * kc) * (l2 / 8) / (kc * WORD);
  const double nc = ways_left(l3, 16, mc * kc) * (l3 / 16) / (kc * WORD);
  CU_ASSERT_DOUBLE_EQUAL(mr, 8, 0);
  CU_ASSERT_DOUBLE_EQUAL(nr, 5, 0);
  CU_ASSERT_DOUBLE_EQUAL((double)step(d, 0, 3, REUSE_C), kc, 0);
  CU_ASSERT_DOUBLE_EQUAL((double)step(d, 0, 3, REUSE_N), nc, 0);
  CU_ASSERT_DOUBLE_EQUAL((double)step(d, 2, 3, REUSE_N), nr, 0);
  CU_ASSERT_DOUBLE_EQUAL((double)step(d, 3, 1, REUSE_K), mr, 0);
  CU_ASSERT_DOUBLE_EQUAL((double)d->variant[0].rule[0].loop.step, mc, 0);
  machines_free(&m);
}

/* Direct convolution: a register tile of whole vectors that hides the latency fits. */
static void test_register_tile(void) {
  struct machines m;
  CU_ASSERT_FATAL(machines_read(&m));
  const struct reuse_arch *a = machine_named(&m, "zen");
  CU_ASSERT_PTR_NOT_NULL_FATAL(a);
  const struct reuse_engine *e = &a->engine[1];
  const int64_t block = e->dataflow[0].variant[0].rule[0].loop.step;
  const double sums = level_bytes(e, "ACC") / WORD;
  CU_ASSERT_EQUAL(block % VECTOR, 0);
  CU_ASSERT(sums >= VECTOR * LATENCY * FMAS);
  CU_ASSERT(ceil(VECTOR * LATENCY * FMAS / (double)block) * (double)block <= sums);
  machines_free(&m);
}

int register_blocking_tests(void) {
  CU_pSuite s = CU_add_suite("blocking", NULL, NULL);
  return s && CU_add_test(s, "blocks of the matrix product", test_blocks) &&
                 CU_add_test(s, "register tile of direct convolution", test_register_tile)
             ? 0
             : -1;
}
