/* The steps of slots over long ranges.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>

#include "mapper/runs.h"
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

/* A complete search need not look at the steps of long temporal loops one by one. */
static void long_ranges_are_proven(void) {
  static const char *const names[] = {"systolic-ws", "volta-v100", "eyeriss-like"};
  struct reuse_layer wide = {
      .name = "wide",
      .type = REUSE_FC,
      .problem = {.extent = {1, 1, 500000, 1, 1, 1, 1, 1}, .stride = {1, 1}, .dilation = {1, 1},
                  .tensors = REUSE_ALL_TENSORS}};
  const struct reuse_search complete = {.complete = true, .max_evaluations = 100000};
  struct reuse_mapping m;
  struct reuse_evaluation cost;
  struct reuse_proof proof;
  for (int i = 0; i < 3; i++) {
    const struct reuse_arch *arch = machine_named(&shipped, names[i]);
    CU_ASSERT_PTR_NOT_NULL_FATAL(arch);
    CU_ASSERT(reuse_map(arch, &wide, &complete, &m, &cost, &proof) == REUSE_OK);
    CU_ASSERT(proof.optimal && proof.every_step && !proof.stopped);
  }
}

/* Ranges of up to 16 points have every step in a usual search, too; of 500 points not: 251 to 499
 * are two chunks as 250 are.  A complete search has them all, and so has a first look. */
static void proofs_say_which_steps(void) {
  struct reuse_layer narrow = {
      .name = "narrow",
      .type = REUSE_FC,
      .problem = {.extent = {1, 1, 16, 1, 1, 1, 1, 1}, .stride = {1, 1}, .dilation = {1, 1},
                  .tensors = REUSE_ALL_TENSORS}};
  const struct reuse_search usual = {.cold_start = true}, complete = {.complete = true};
  const struct reuse_search first = {0};
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
  CU_ASSERT(reuse_map(arch, &narrow, &first, &m, &cost, &proof) == REUSE_OK && proof.optimal);
  CU_ASSERT(proof.every_step);
}

/* Length of chunk NUMBER of RUNS, longest first; 0 beyond the last. */
static int64_t length_of(const struct reuse__runs *runs, int64_t number) {
  for (int i = 0; i < runs->n; i++) {
    if (number < runs->run[i].times) return runs->run[i].length;
    number -= runs->run[i].times;
  }
  return 0;
}

/* Whether each chunk of SHORTER is no longer than another one of LONGER. */
static bool is_no_longer(const struct reuse__runs *shorter, const struct reuse__runs *longer) {
  for (int64_t i = 0; length_of(shorter, i) > 0; i++)
    if (length_of(shorter, i) > length_of(longer, i)) return false;
  return true;
}

/* Whatever a step from LEAST to MOST points makes of one chunk of FIRST points and two of SECOND,
 * and then a step of INNER. */
static bool bounds_all_between(int64_t first, int64_t second, int64_t least, int64_t most,
                               int64_t inner) {
  struct reuse__runs from = {2, true, {{first, 1}, {second, 2}}}, bound, cut, bound_cut, cut_cut;
  bool all = true;
  if (first == second) from = (struct reuse__runs){1, true, {{first, 3}}};
  reuse__runs_cut_between(&from, least, most, &bound);
  reuse__runs_cut(&bound, inner, &bound_cut);
  for (int64_t step = least; step <= most; step++) {
    reuse__runs_cut(&from, step, &cut);
    reuse__runs_cut(&cut, inner, &cut_cut);
    all = all && is_no_longer(&bound, &cut) && is_no_longer(&bound_cut, &cut_cut);
  }
  return all;
}

/* Lemma 24.  Of 12 points in steps of 4 to 7 one whole chunk and four points are certain: 12 is
 * 7 and 5, 6 and 6, 5 and 5 and 2, or three times 4. */
static void steps_between_two_make_such_chunks(void) {
  const struct reuse__runs twelve = {1, true, {{12, 1}}};
  struct reuse__runs certain;
  reuse__runs_cut_between(&twelve, 4, 7, &certain);
  CU_ASSERT(certain.n == 1 && certain.run[0].length == 4 && certain.run[0].times == 2);
  bool all = true;
  for (int64_t first = 1; first <= 17; first++)
    for (int64_t second = 1; second <= first; second += 3)
      for (int64_t most = 1; most <= first; most++)
        for (int64_t least = 1; least <= most; least++)
          for (int64_t inner = 1; inner <= 7; inner++)
            all = all && bounds_all_between(first, second, least, most, inner);
  CU_ASSERT(all);
}

int register_steps_tests(void) {
  CU_pSuite s = CU_add_suite("steps", set_up, clean_up);
  return s && CU_ADD_TEST(s, groups_are_filled) && CU_ADD_TEST(s, some_fan_outs_are_filled) &&
                 CU_ADD_TEST(s, long_ranges_have_steps) &&
                 CU_ADD_TEST(s, long_ranges_are_proven) &&
                 CU_ADD_TEST(s, proofs_say_which_steps) &&
                 CU_ADD_TEST(s, steps_between_two_make_such_chunks)
             ? 0
             : -1;
}
