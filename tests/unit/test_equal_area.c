/* The machines of the equal-area comparison: PEs, storage area and costs.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With N PEs, storage has the area of N register files of 512 B and of a buffer of 512 N
 * bytes (Chen et al., ISCA 2016).  A byte of register file has the area of 1.6 bytes of
 * buffer, since without register files the buffer is 2.6 times as large. */
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>

#include "unit/machines.h"

int register_equal_area_tests(void);

static const char *const dataflow[] = {"ws", "osa", "osb", "osc", "nlr", "rs"};
static const int pes[] = {256, 512, 1024};
enum { DATAFLOWS = 6, SIZES = 3 };

static const struct reuse_arch *machine(const struct machines *m, int d, int pe) {
  char name[REUSE_NAME];
  snprintf(name, sizeof name, pe == 256 ? "%s" : "%s-%d", dataflow[d], pe);
  return machine_named(m, name);
}

static bool near(double a, double b) { return fabs(a - b) <= 1e-12 * fabs(b); }

/* A word of 16 bits costs COST MACs in LEVEL. */
static void check_cost(const struct reuse_level *level, double cost) {
  CU_ASSERT(near(16 * level->read_pj_per_bit.value, cost));
}

static void check_machine(const struct reuse_arch *a, int pe) {
  const struct reuse_engine *e = &a->engine[0];
  double buffer = 0, files = 0;
  CU_ASSERT_EQUAL(a->nengines, 1);
  CU_ASSERT_EQUAL(e->macs, pe);
  CU_ASSERT(near(e->mac_pj.value, 1));
  for (int i = 0; i < e->nlevels; i++) {
    const struct reuse_level *l = &e->level[i];
    if (l->kind == REUSE_DRAM) check_cost(l, 200);
    if (l->kind == REUSE_SRAM) {
      check_cost(l, 6);
      buffer += l->size_bytes.value;
    }
    if (l->kind == REUSE_REGISTER && l->size_bytes.given) {
      check_cost(l, 1);
      files += pe * l->size_bytes.value;
    }
  }
  CU_ASSERT_DOUBLE_EQUAL(buffer + 1.6 * files, 2.6 * 512 * pe, 1);
}

static void test_area(void) {
  struct machines m;
  CU_ASSERT_FATAL(machines_read(&m));
  for (int d = 0; d < DATAFLOWS; d++)
    for (int p = 0; p < SIZES; p++) {
      const struct reuse_arch *a = machine(&m, d, pes[p]);
      CU_ASSERT_PTR_NOT_NULL(a);
      if (a) check_machine(a, pes[p]);
    }
  machines_free(&m);
}

int register_equal_area_tests(void) {
  CU_pSuite s = CU_add_suite("equal area", NULL, NULL);
  return s && CU_add_test(s, "storage area and costs", test_area) ? 0 : -1;
}
