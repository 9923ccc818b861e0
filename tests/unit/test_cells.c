/* Cells and what loops share of an array: bounds against mappings worked out by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "count/shape.h"
#include "mapper/bound.h"
#include "mapper/cells.h"
#include "mapper/fans.h"
#include "mapper/holds.h"
#include "mapper/innermost.h"
#include "mapper/parts.h"
#include "mapper/tiles.h"
#include "oracle/execute.h"
#include "unit/machines.h"

int register_cells_tests(void);

static struct machines shipped;
static const struct reuse_arch *machine; /* any loop anywhere on an array of 12 x 14 */

enum { BUFFER = 1 };              /* the level that the MACs read */

static int set_up(void) {
  if (!machines_read(&shipped)) return -1;
  machine = machine_named(&shipped, "eyeriss-like");
  return machine ? 0 : -1;
}

static int clean_up(void) {
  machines_free(&shipped);
  return 0;
}

/* 32 input channels, 8 x 8 outputs, 64 output channels: 131072 MACs. */
static const struct reuse_layer pointwise = {
    .name = "pointwise", .type = REUSE_PWCONV, .macs = 131072,
    .problem = {.extent = {1, 1, 64, 32, 8, 8, 1, 1}, .stride = {1, 1}, .dilation = {1, 1},
                .tensors = REUSE_ALL_TENSORS, .input = {8, 8}}};

/* One channel, 9 x 9 outputs, 3 x 3 taps, without padding: 729 MACs. */
static const struct reuse_layer window = {
    .name = "window", .type = REUSE_CONV, .macs = 729,
    .problem = {.extent = {1, 1, 1, 1, 9, 9, 3, 3}, .stride = {1, 1}, .dilation = {1, 1},
                .tensors = REUSE_ALL_TENSORS, .input = {11, 11}}};

/* The space of LAYER in which only the buffer holds anything, and the MACs read it. */
static void make_space(const struct reuse_layer *layer, struct reuse__space *space) {
  static const unsigned keeps[] = {REUSE_ALL_TENSORS, REUSE_ALL_TENSORS, 0};
  CU_ASSERT_TRUE_FATAL(reuse__space_make(machine, 0, 0, 0, keeps, layer, space));
}

/* The share of SPACE over dim D. */
static struct reuse__range *share_of(struct reuse__space *space, int d) {
  for (int i = 0; i < space->nshares; i++)
    if (space->share[i].dims & REUSE_BIT(d)) return &space->share[i].fans;
  return NULL;
}

/* The bound of the counts when nothing is decided; false if there is no mapping. */
static bool bound(const struct reuse__space *space, struct reuse_counts *counts) {
  static struct reuse__partial partial;
  reuse__partial_start(space, &partial);
  return reuse__bound_counts(&partial, counts);
}

/* What the MACs read of TENSOR from the buffer, at least, when nothing is decided. */
static int64_t reads(const struct reuse__space *space, int tensor) {
  struct reuse_counts counts;
  CU_ASSERT_TRUE_FATAL(bound(space, &counts));
  return counts.at[BUFFER][tensor].serves;
}

/* 12 columns of output channels use a word of the input together, and 2 positions a weight;
 * 144 of the 168 MACs are then in use. */
static void a_share_limits_what_is_used_together(void) {
  struct reuse__space space;
  make_space(&pointwise, &space);
  CU_ASSERT_EQUAL(space.nshares, 3);
  CU_ASSERT_EQUAL(share_of(&space, REUSE_K)->cap, 12 * 14);
  *share_of(&space, REUSE_K) = (struct reuse__range){1, 12};
  *share_of(&space, REUSE_P) = (struct reuse__range){1, 2};
  CU_ASSERT_EQUAL(reads(&space, REUSE_I), 10923); /* ceil(131072 / 12) */
  CU_ASSERT_EQUAL(reads(&space, REUSE_W), 65536); /* 131072 / 2 */
}

/* What one share has for sure, the others lack. */
static void shares_fill_the_array(void) {
  struct reuse__space space;
  make_space(&pointwise, &space);
  share_of(&space, REUSE_K)->least = 14;
  share_of(&space, REUSE_P)->least = 12;
  CU_ASSERT_TRUE(reuse__fans_fit(&space));
  CU_ASSERT_EQUAL(reads(&space, REUSE_I), 9363);  /* ceil(131072 / 14) */
  CU_ASSERT_EQUAL(reads(&space, REUSE_W), 10923); /* ceil(131072 / 12) */
  share_of(&space, REUSE_C)->least = 2;
  struct reuse_counts counts;
  CU_ASSERT_FALSE(reuse__fans_fit(&space));
  CU_ASSERT_FALSE(bound(&space, &counts));
}

/* 3 x 3 outputs and 3 x 3 taps in 81 MACs meet in 5 x 5 words of the input, so the nine steps
 * of the layer read 225; an execution says so, too. */
static void a_window_meets_so_many_words(void) {
  struct reuse__space space;
  make_space(&window, &space);
  *share_of(&space, REUSE_P) = (struct reuse__range){1, 9};
  CU_ASSERT_EQUAL(reads(&space, REUSE_I), 225);
  struct reuse_nest nest;
  reuse__space_levels(&space, &nest);
  static const struct reuse_loop loops[] = {
      {1, {REUSE_P}, false, 3}, {1, {REUSE_Q}, false, 3}, {1, {REUSE_P}, true, 1},
      {1, {REUSE_Q}, true, 1},  {1, {REUSE_R}, true, 1},  {1, {REUSE_S}, true, 1}};
  nest.nloops = sizeof loops / sizeof *loops;
  memcpy(nest.loop, loops, sizeof loops);
  for (int i = 0; i < nest.nlevels; i++) nest.level[i].first_loop = i <= BUFFER ? 0 : 6;
  nest.level[BUFFER].nloops = 6;
  struct reuse_counts counts;
  CU_ASSERT_EQUAL_FATAL(oracle_count(&window.problem, &nest, &counts), 0);
  CU_ASSERT_EQUAL(counts.at[BUFFER][REUSE_I].serves, 225);
}

/* With a stride of 4 at most three of 11 taps meet in one word, so 5 outputs have 5 x 3 pairs
 * in 5 + 3 - 1 words at best.  (They meet in 4 x 4 + 11 words, and the layer in 65.) */
static void a_stride_keeps_taps_apart(void) {
  struct reuse_layer row = {
      .name = "row", .type = REUSE_CONV, .macs = 121,
      .problem = {.extent = {1, 1, 1, 1, 1, 11, 1, 11}, .stride = {4, 4}, .dilation = {1, 1},
                  .tensors = REUSE_ALL_TENSORS, .input = {1, 51}}};
  struct reuse__space space;
  make_space(&row, &space);
  share_of(&space, REUSE_Q)->cap = 5;
  for (int i = 0; i < space.nslots; i++)
    if (space.slot[i].loop.dim[0] == REUSE_Q) space.slot[i].fans.cap = 5;
  CU_ASSERT_EQUAL(reads(&space, REUSE_I), 57); /* ceil(121 x 7 / 15) */
}

/* ---- tiles and innermost loops --------------------------------------------------------- */

enum { RF = 2 };

/* The first slot over D of SPACE. */
static struct reuse__slot *chain_of(struct reuse__space *space, int d) {
  for (int i = 0; i < space->nslots; i++)
    if (space->slot[i].loop.dim[0] == d) return &space->slot[i];
  return NULL;
}

/* Only loops over D may be innermost outside LEVEL, and its tiles of D2 have LEAST to CAP points
 * of that. */
static void make_cell(struct reuse__space *space, int level, int d, int d2,
                      struct reuse__range tile) {
  struct reuse__innermost kind[REUSE__MAX_KINDS];
  const int n = reuse__innermost_kinds(space, level, kind);
  for (int i = 1; i < n; i++)
    for (int k = 0; k < space->nslots; k++)
      if (kind[i].slots >> k & 1 && space->slot[k].loop.dim[0] == d)
        space->innermost[level] = kind[i];
  chain_of(space, d2)->tile[level] = tile;
  space->parted = true;
  reuse__tiles_agree(space);
  CU_ASSERT_TRUE_FATAL(reuse__tiles_fit(space));
  reuse__space_hold(space);
}

/* A loop over output channels inside the others leaves the input where it is.  With 4 of the 8
 * rows in a tile the 64 x 32 weights come twice; with 8 of 32 input channels the 4096 outputs
 * come four times and return three times. */
static void an_innermost_loop_brings_what_it_indexes(void) {
  struct reuse_counts counts;
  struct reuse__space space;
  make_space(&pointwise, &space);
  make_cell(&space, BUFFER, REUSE_K, REUSE_P, (struct reuse__range){3, 4});
  CU_ASSERT_TRUE_FATAL(bound(&space, &counts));
  CU_ASSERT_EQUAL(counts.at[0][REUSE_W].serves, 2 * 64 * 32);
  CU_ASSERT_EQUAL(counts.at[0][REUSE_I].serves, 32 * 64);
  CU_ASSERT_EQUAL(counts.at[0][REUSE_O].updates, 64 * 64);
  make_cell(&space, BUFFER, REUSE_K, REUSE_C, (struct reuse__range){5, 8});
  CU_ASSERT_TRUE_FATAL(bound(&space, &counts));
  CU_ASSERT_EQUAL(counts.at[0][REUSE_O].updates, 4 * 64 * 64);
  CU_ASSERT_EQUAL(counts.at[0][REUSE_O].serves, 3 * 64 * 64);
}

/* All 64 output channels in the buffer and at most 8 in a register file, none side by side: so
 * a loop over them stands between the two, and each of the four tiles of input channels in the
 * buffer brings all sums to the register files again. */
static void tiles_that_do_not_fit_come_again(void) {
  static const unsigned keeps[] = {REUSE_ALL_TENSORS, REUSE_ALL_TENSORS, REUSE_ALL_TENSORS};
  struct reuse_counts counts;
  struct reuse__space space;
  CU_ASSERT_TRUE_FATAL(reuse__space_make(machine, 0, 0, 0, keeps, &pointwise, &space));
  for (int i = 0; i < space.nslots; i++)
    if (space.slot[i].spatial && space.slot[i].loop.dim[0] == REUSE_K) space.slot[i].fans.cap = 1;
  make_cell(&space, BUFFER, REUSE_N, REUSE_C, (struct reuse__range){8, 8});
  make_cell(&space, BUFFER, REUSE_N, REUSE_K, (struct reuse__range){64, 64});
  CU_ASSERT_TRUE_FATAL(bound(&space, &counts));
  CU_ASSERT_EQUAL(counts.at[BUFFER][REUSE_O].updates, 64 * 64);
  make_cell(&space, RF, REUSE_N, REUSE_K, (struct reuse__range){1, 8});
  CU_ASSERT_TRUE_FATAL(bound(&space, &counts));
  CU_ASSERT_EQUAL(counts.at[BUFFER][REUSE_O].updates, 4 * 64 * 64);
}

/* 16 x 32 weights take all 512 words of a register file, which holds inputs and sums, too. */
static void tiles_that_do_not_fit_together_are_no_cell(void) {
  static const unsigned keeps[] = {REUSE_ALL_TENSORS, REUSE_ALL_TENSORS, REUSE_ALL_TENSORS};
  struct reuse__space space;
  CU_ASSERT_TRUE_FATAL(reuse__space_make(machine, 0, 0, 0, keeps, &pointwise, &space));
  CU_ASSERT_TRUE(reuse__tiles_fit(&space));
  chain_of(&space, REUSE_K)->tile[RF].least = 16;
  CU_ASSERT_TRUE(reuse__tiles_fit(&space));
  chain_of(&space, REUSE_C)->tile[RF].least = 32;
  CU_ASSERT_FALSE(reuse__tiles_fit(&space));
}

/* Two tiles of 2 rows touch 3 rows of an input with a row of padding on either side, not 4. */
static void the_border_clips_tiles(void) {
  static const unsigned keeps[] = {REUSE_ALL_TENSORS, REUSE_ALL_TENSORS, REUSE_ALL_TENSORS};
  struct reuse_layer row = {
      .name = "row", .type = REUSE_CONV, .macs = 4 * 3 * 168,
      .problem = {.extent = {1, 1, 1, 168, 4, 1, 3, 1}, .stride = {1, 1}, .dilation = {1, 1},
                  .pad = {1, 0}, .tensors = REUSE_ALL_TENSORS, .input = {4, 1}}};
  struct reuse__space space;
  CU_ASSERT_TRUE_FATAL(reuse__space_make(machine, 0, 0, 0, keeps, &row, &space));
  chain_of(&space, REUSE_C)->tile[RF].least = 84;
  chain_of(&space, REUSE_R)->tile[RF].least = 3; /* 84 x 3 weights, 84 x 3 inputs, 2 outputs */
  reuse__tiles_agree(&space);
  reuse__space_hold(&space);
  CU_ASSERT_EQUAL(chain_of(&space, REUSE_P)->hold[RF], 2);
}

/* ---- parts ------------------------------------------------------------------------------- */

/* The parts of a cell take all of its ranges over, each point once. */
static void parts_leave_nothing_out(void) {
  static struct reuse_search wanted = {.objective = REUSE_DRAM_WORDS};
  struct reuse__branching branching = {.wanted = &wanted};
  struct reuse__walk *walk = reuse__walk_new(&branching);
  struct reuse__cells cells = {0};
  static struct reuse__cell cell;
  struct reuse__space space;
  bool done = false;
  make_space(&pointwise, &space);
  CU_ASSERT_PTR_NOT_NULL_FATAL(walk);
  cell.ncuts = 1;
  cell.cut[0].what = REUSE__CUT_TILE;
  cell.cut[0].level = BUFFER;
  for (int i = 0; i < space.nslots; i++)
    if (&space.slot[i] == chain_of(&space, REUSE_K)) cell.cut[0].at = i;
  cell.cut[0].range = (struct reuse__range){3, 60};
  CU_ASSERT_TRUE(reuse__cell_part(&cell, &space, walk, &cells, &done));
  CU_ASSERT_FALSE(done);
  CU_ASSERT_TRUE(cells.n >= 2);
  for (int i = 0; reuse__cells_take(&cells, &cell); i++) {
    CU_ASSERT_TRUE(cell.ncuts >= 1 && cell.parted == 1);
    CU_ASSERT_EQUAL(cell.cut[0].what, REUSE__CUT_TILE);
  }
  for (int64_t least = 1; least < 40; least++)
    for (int64_t most = least + 1; most < 90; most++) {
      struct reuse__range half[2];
      reuse__range_halve(&(struct reuse__range){least, most}, half);
      CU_ASSERT_TRUE(half[0].least == least && half[0].cap >= least);
      CU_ASSERT_TRUE(half[1].least == half[0].cap + 1 && half[1].cap == most);
      CU_ASSERT_TRUE(half[1].least <= most);
    }
  reuse__cells_free(&cells);
  reuse__walk_free(walk);
}

/* ---- the heap ------------------------------------------------------------------------- */

enum { CELLS = 500 };

static void cells_come_by_their_bounds(void) {
  struct reuse__cells cells = {0};
  struct reuse__cell cell = {.ncuts = 1}, next;
  for (int i = 0; i < CELLS; i++) {
    cell.bound.value[0] = i * 37 % 11;
    cell.space = i;
    cell.cut[0] = (struct reuse__cut){REUSE__CUT_FANS, i, 0, {{1, i}}};
    CU_ASSERT_TRUE_FATAL(reuse__cells_add(&cells, &cell));
  }
  int n = 0;
  for (cell.bound.value[0] = -1; reuse__cells_take(&cells, &next); cell = next, n++) {
    const double before = cell.bound.value[0], now = next.bound.value[0];
    CU_ASSERT_TRUE(before < now || (before == now && cell.space < next.space));
    CU_ASSERT_EQUAL(now, next.space * 37 % 11);
    CU_ASSERT_TRUE(next.ncuts == 1 && next.cut[0].at == next.space);
  }
  CU_ASSERT_EQUAL(n, CELLS);
  reuse__cells_free(&cells);
}

/* The parts of a cell are disjoint and have every product that the share can have. */
static void cuts_leave_nothing_out(void) {
  struct reuse__range range[REUSE__MAX_RANGES];
  struct reuse__space space;
  make_space(&pointwise, &space);
  const int n = reuse__fans_cut(&space, 0, range);
  CU_ASSERT_EQUAL(range[0].least, 1);
  for (int i = 1; i < n; i++) CU_ASSERT_EQUAL(range[i].least, range[i - 1].cap + 1);
  CU_ASSERT_EQUAL(range[n - 1].cap, 12 * 14);
}

int register_cells_tests(void) {
  CU_pSuite s = CU_add_suite("cells", set_up, clean_up);
  return s && CU_ADD_TEST(s, a_share_limits_what_is_used_together) &&
                 CU_ADD_TEST(s, shares_fill_the_array) &&
                 CU_ADD_TEST(s, a_window_meets_so_many_words) &&
                 CU_ADD_TEST(s, a_stride_keeps_taps_apart) &&
                 CU_ADD_TEST(s, an_innermost_loop_brings_what_it_indexes) &&
                 CU_ADD_TEST(s, tiles_that_do_not_fit_come_again) &&
                 CU_ADD_TEST(s, tiles_that_do_not_fit_together_are_no_cell) &&
                 CU_ADD_TEST(s, the_border_clips_tiles) &&
                 CU_ADD_TEST(s, parts_leave_nothing_out) &&
                 CU_ADD_TEST(s, cells_come_by_their_bounds) &&
                 CU_ADD_TEST(s, cuts_leave_nothing_out)
             ? 0
             : -1;
}
