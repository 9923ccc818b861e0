/* The steps of slots over long ranges.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>

#include "mapper/spaces.h"
#include "mapper/steps.h"
#include "unit/machines.h"

int register_steps_tests(void);

static struct machines shipped;

static int set_up(void) { return machines_read(&shipped) ? 0 : 1; }

static int clean_up(void) {
  machines_free(&shipped);
  return 0;
}

/* AlexNet's conv1 and conv2, the latter one of its two groups. */
static const struct reuse_layer conv1 = {
    .name = "conv1",
    .type = REUSE_CONV,
    .problem = {.extent = {1, 1, 96, 3, 55, 55, 11, 11}, .stride = {4, 4}, .dilation = {1, 1},
                .input = {227, 227}, .tensors = REUSE_ALL_TENSORS}};
static const struct reuse_layer conv2 = {
    .name = "conv2",
    .type = REUSE_CONV,
    .problem = {.extent = {1, 1, 128, 48, 27, 27, 5, 5}, .stride = {1, 1}, .dilation = {1, 1},
                .pad = {2, 2}, .input = {27, 27}, .tensors = REUSE_ALL_TENSORS}};

/* Whether a temporal slot over dim D alone, outermost of its chain, has STEP over all points in
 * some space of LAYER on ARCH. */
static bool has_step(const struct reuse_arch *arch, const struct reuse_layer *layer, int d,
                     int64_t wanted) {
  static int64_t step[REUSE__MAX_STEPS];
  struct reuse__spaces spaces;
  bool found = false;
  reuse__spaces_list(arch, layer, NULL, &spaces);
  for (int k = 0; k < spaces.n; k++) {
    struct reuse__space s;
    if (!reuse__spaces_make(&spaces, k, &s)) continue;
    for (int i = 0; i < s.nslots; i++) {
      if (s.slot[i].spatial || !s.slot[i].first || s.slot[i].dims != REUSE_BIT(d)) continue;
      const int n = reuse__steps(&s, i, layer->problem.extent[d], REUSE__USUAL_STEPS, step);
      for (int j = 0; j < n; j++) found = found || step[j] == wanted;
    }
  }
  return found;
}

/* The group [K,P] of DNA takes 128 points at once, and t channels of K have 27 t.  Ten chunks of K
 * have at least 13 channels, 351 points, which take three times; so do 14 channels with 378, and
 * leave less for the last chunk.  15 channels make nine chunks. */
static void groups_are_filled(void) {
  const struct reuse_arch *dna = machine_named(&shipped, "dna");
  CU_ASSERT_PTR_NOT_NULL_FATAL(dna);
  CU_ASSERT(has_step(dna, &conv2, REUSE_K, 13));
  CU_ASSERT(has_step(dna, &conv2, REUSE_K, 14));
  CU_ASSERT(has_step(dna, &conv2, REUSE_K, 15));
  CU_ASSERT_FALSE(has_step(dna, &conv2, REUSE_K, 127));
}

/* Eyeriss v2 lays rows side by side on 8 rows of clusters, 2 columns, and 4 columns of PEs.  Three
 * chunks of 55 rows have at least 19; 20 are a multiple of 4 and 24 one of 8. */
static void some_fan_outs_are_filled(void) {
  const struct reuse_arch *v2 = machine_named(&shipped, "eyeriss-v2");
  CU_ASSERT_PTR_NOT_NULL_FATAL(v2);
  CU_ASSERT(has_step(v2, &conv1, REUSE_P, 19));
  CU_ASSERT(has_step(v2, &conv1, REUSE_P, 20));
  CU_ASSERT(has_step(v2, &conv1, REUSE_P, 24));
  CU_ASSERT_FALSE(has_step(v2, &conv1, REUSE_P, 23));
}

/* Ranges with too many such steps have those of all fan-outs together. */
static void long_ranges_have_steps(void) {
  static int64_t step[REUSE__MAX_STEPS];
  const struct reuse_arch *v2 = machine_named(&shipped, "eyeriss-v2");
  struct reuse__spaces spaces;
  struct reuse__space s;
  CU_ASSERT_PTR_NOT_NULL_FATAL(v2);
  reuse__spaces_list(v2, &conv1, NULL, &spaces);
  CU_ASSERT_FATAL(reuse__spaces_make(&spaces, 0, &s));
  for (int i = 0; i < s.nslots; i++) {
    if (!s.slot[i].first || s.slot[i].spatial) continue;
    const int n = reuse__steps(&s, i, 1000000, REUSE__USUAL_STEPS, step);
    CU_ASSERT(n > 0);
    for (int j = 1; j < n; j++) CU_ASSERT(step[j] < step[j - 1]);
  }
}

/* A complete search that leaves steps out, for there are too many, has no proof, however long it
 * searches. */
static void too_many_steps_are_not_proven(void) {
  struct reuse_layer wide = {
      .name = "wide",
      .type = REUSE_FC,
      .problem = {.extent = {1, 1, 5000, 1, 1, 1, 1, 1}, .stride = {1, 1}, .dilation = {1, 1},
                  .tensors = REUSE_ALL_TENSORS}};
  const struct reuse_search complete = {.complete = true};
  const struct reuse_arch *arch = machine_named(&shipped, "systolic-ws");
  struct reuse_mapping m;
  struct reuse_evaluation cost;
  struct reuse_proof proof;
  CU_ASSERT_PTR_NOT_NULL_FATAL(arch);
  CU_ASSERT(reuse_map(arch, &wide, &complete, &m, &cost, &proof) == REUSE_OK && !proof.optimal);
  CU_ASSERT(proof.usual_optimal && proof.every_step && !proof.stopped);
  CU_ASSERT(proof.lower_bound > 0);
  wide.problem.extent[REUSE_K] = 500;
  CU_ASSERT(reuse_map(arch, &wide, &complete, &m, &cost, &proof) == REUSE_OK && proof.optimal);
}

/* Ranges of up to 16 points have every step in a usual search, too; of 500 points not: 251 to 499
 * are two chunks as 250 are.  A complete search has them all. */
static void proofs_say_which_steps(void) {
  struct reuse_layer narrow = {
      .name = "narrow",
      .type = REUSE_FC,
      .problem = {.extent = {1, 1, 16, 1, 1, 1, 1, 1}, .stride = {1, 1}, .dilation = {1, 1},
                  .tensors = REUSE_ALL_TENSORS}};
  const struct reuse_search usual = {0}, complete = {.complete = true};
  const struct reuse_arch *arch = machine_named(&shipped, "systolic-ws");
  struct reuse_mapping m;
  struct reuse_evaluation cost;
  struct reuse_proof proof;
  CU_ASSERT_PTR_NOT_NULL_FATAL(arch);
  CU_ASSERT(reuse_map(arch, &narrow, &usual, &m, &cost, &proof) == REUSE_OK && proof.optimal);
  CU_ASSERT(proof.every_step);
  narrow.problem.extent[REUSE_K] = 500;
  CU_ASSERT(reuse_map(arch, &narrow, &usual, &m, &cost, &proof) == REUSE_OK && proof.optimal);
  CU_ASSERT_FALSE(proof.every_step);
  CU_ASSERT(reuse_map(arch, &narrow, &complete, &m, &cost, &proof) == REUSE_OK && proof.optimal);
  CU_ASSERT(proof.every_step);
}

int register_steps_tests(void) {
  CU_pSuite s = CU_add_suite("steps", set_up, clean_up);
  return s && CU_ADD_TEST(s, groups_are_filled) && CU_ADD_TEST(s, some_fan_outs_are_filled) &&
                 CU_ADD_TEST(s, long_ranges_have_steps) &&
                 CU_ADD_TEST(s, too_many_steps_are_not_proven) &&
                 CU_ADD_TEST(s, proofs_say_which_steps)
             ? 0
             : -1;
}
