/* First mappings of spaces.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>

#include "mapper/clock.h"
#include "mapper/starts.h"
#include "unit/check.h"
#include "unit/machines.h"

int register_starts_tests(void);

static struct machines shipped;

static int set_up(void) { return machines_read(&shipped) ? 0 : -1; }

static int clean_up(void) {
  machines_free(&shipped);
  return 0;
}

static const struct reuse_layer rows = {
    .name = "rows", .type = REUSE_CONV, .macs = 64 * 32 * 14 * 14 * 9,
    .problem = {.extent = {1, 1, 64, 32, 14, 14, 3, 3}, .stride = {1, 1}, .dilation = {1, 1},
                .tensors = REUSE_ALL_TENSORS, .input = {16, 16}}};

static struct reuse__branching b;
static struct reuse__starts starts;
static struct reuse__spaces spaces;
static struct reuse__space space;

/* No starts yet, in the spaces of the layer on the machine NAME. */
static void begin(const char *name) {
  static const struct reuse_search edp = {.objective = REUSE_EDP};
  const struct reuse_arch *arch = machine_named(&shipped, name);
  CU_ASSERT_PTR_NOT_NULL_FATAL(arch);
  b = (struct reuse__branching){.wanted = &edp};
  starts = (struct reuse__starts){.branching = &b, .walk = reuse__walk_new(&b)};
  CU_ASSERT_PTR_NOT_NULL_FATAL(starts.walk);
  reuse__spaces_list(arch, &rows, NULL, &spaces);
}

/* What a deadline, which may be an early one, cuts off in a space is not its last start. */
static void late_starts_are_made_again(void) {
  begin("systolic-ws");
  b.deadline_s = reuse__seconds();
  CU_ASSERT_FATAL(reuse__spaces_make(&spaces, 0, &space));
  CU_ASSERT(reuse__start_in(&starts, 0, &space) == REUSE_OK);
  CU_ASSERT_FALSE(starts.made[0]);
  CU_ASSERT_FALSE(reuse__can_go_on(&starts));
  const double cut_off = b.found ? b.best.score.value[0] : 1e300;
  b.deadline_s = 0;
  CU_ASSERT(reuse__start_in(&starts, 0, &space) == REUSE_OK);
  CU_ASSERT(starts.made[0] && starts.n == 1 && b.found && reuse__can_go_on(&starts));
  CU_ASSERT(b.best.score.value[0] < cut_off);
  reuse__walk_free(starts.walk);
}

/* A space whose first start leads to nothing better is left at that until the rest is asked for. */
static void rest_of_starts_is_made_later(void) {
  int one = 0, made_later = 0;
  begin("dna");
  for (int i = 0; i < spaces.n; i++) {
    CU_ASSERT_FATAL(reuse__spaces_make(&spaces, i, &space));
    CU_ASSERT(reuse__start_in(&starts, i, &space) == REUSE_OK && starts.made[i] > 0);
    if (i == 0) CU_ASSERT_EQUAL(starts.made[0], 2);
    one += starts.made[i] == 1;
  }
  const double first = b.best.score.value[0];
  for (int i = 0; i < spaces.n; i++) {
    const int before = starts.made[i];
    CU_ASSERT_FATAL(reuse__spaces_make(&spaces, i, &space));
    reuse__start_rest(&starts, i, &space);
    made_later += starts.made[i] > before;
  }
  CU_ASSERT(one > 0 && made_later > 0 && b.best.score.value[0] <= first);
  reuse__walk_free(starts.walk);
}

int register_starts_tests(void) {
  CU_pSuite s = CU_add_suite("starts", set_up, clean_up);
  return s && CU_ADD_TEST(s, late_starts_are_made_again) &&
                 CU_ADD_TEST(s, rest_of_starts_is_made_later)
             ? 0
             : -1;
}
