/* Access counts: worked by hand, closed forms, limits, refusals.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping/nest_read.h"

int register_count_tests(void);

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

/* A CUnit assertion that names the case and the two integers. */
static void check_equal(const char *name, const char *what, int64_t expected,
                        int64_t actual) {
  char text[512];
  snprintf(text, sizeof text, "%s, %s: expected %" PRId64 ", got %" PRId64, name,
           what, expected, actual);
  CU_assertImplementation(expected == actual, __LINE__, text, __FILE__, __func__,
                          CU_FALSE);
}

static void check_text(const char *name, const char *expected, const char *actual) {
  char text[512];
  snprintf(text, sizeof text, "%s: expected '%s', got '%s'", name, expected,
           actual ? actual : "nothing");
  CU_assertImplementation(actual && strcmp(expected, actual) == 0, __LINE__, text,
                          __FILE__, __func__, CU_FALSE);
}

static void print_message(void *context, const struct reuse_message *m) {
  (void)context;
  printf("# %s:%d: %s\n", m->file, m->line, m->text);
}

/* The nest file TEXT. */
static bool parse(const char *name, const char *text, struct reuse_problem *p,
                  struct reuse_nest *n) {
  struct reuse_diag diag = {.sink = print_message};
  const bool ok = reuse__nest_parse(name, text, strlen(text), p, n, &diag) == REUSE_OK;
  check_equal(name, "is a nest file", true, ok);
  return ok;
}

/* ---- worked by hand ------------------------------------------------------- */

enum { MAX_ROWS = 8 };

struct row {
  int level;
  enum reuse_tensor tensor;
  int64_t loads, serves, updates, drains;
};

/* A nest and what it moves; rows end with tensor REUSE_TENSORS. */
struct worked {
  const char *name, *text;
  int64_t macs, effective, steps, instances;
  struct row row[MAX_ROWS];
};

#define END {0, REUSE_TENSORS, 0, 0, 0, 0}

/* Four filters of 3 rows over 2 channels of 8 rows. */
#define PAGE "problem: {N: 1, G: 1, K: 4, C: 2, P: 6, Q: 1, R: 3, S: 1, stride: [1, 1], " \
             "dilation: [1, 1], pad: [0, 0], input: [8, 1]}\nnest:\n"
#define ONE_MAC "  - {level: buffer, loops: [K/1, C/1, P/1, Q/1, R/1, S/1]}\n" \
                "  - {level: MAC, latch: []}\n"

/* A matrix product of 3 rows, 4 columns, depth 5. */
#define MATRIX "problem: {N: 1, G: 1, K: 4, C: 5, P: 3, Q: 1, R: 1, S: 1, stride: [1, 1], " \
               "dilation: [1, 1], pad: [0, 0], input: [3, 1]}\nnest:\n"

static const struct worked worked[] = {
    /* Rows {0..4} {3..7} {0..4} {3..7}: 5+3+3+3 = 14, of 2 channels. Filters 12 new
     * for each half of K. Outputs leave once. */
    {"filters outside rows",
     PAGE "  - {level: DRAM, loops: [K/2, P/3]}\n" ONE_MAC,
     144, 144, 144, 1,
     {{0, REUSE_I, 0, 28, 0, 0},
      {0, REUSE_W, 0, 24, 0, 0},
      {0, REUSE_O, 0, 0, 24, 0},
      {1, REUSE_I, 28, 144, 0, 0},
      {1, REUSE_W, 24, 144, 0, 0},
      {1, REUSE_O, 0, 120, 144, 24},
      END}},
    /* Rows {0..4} {3..7}: 5+3 = 8, of 2 channels; filters 12 in each of 4 steps. */
    {"rows outside filters",
     PAGE "  - {level: DRAM, loops: [P/3, K/2]}\n" ONE_MAC,
     144, 144, 144, 1,
     {{0, REUSE_I, 0, 16, 0, 0},
      {0, REUSE_W, 0, 48, 0, 0},
      {1, REUSE_I, 16, 144, 0, 0},
      {1, REUSE_W, 48, 144, 0, 0},
      {1, REUSE_O, 0, 120, 144, 24},
      END}},
    /* Depth in chunks 2 2 1 outside columns 3 1: 12 outputs leave for each chunk of
     * depth and return for all but the first. */
    {"partial sums return",
     MATRIX "  - {level: DRAM, loops: [C/2, K/3]}\n"
            "  - {level: buffer, loops: [P/1, K/1, C/1]}\n  - {level: MAC}\n",
     60, 60, 60, 1,
     {{0, REUSE_I, 0, 15, 0, 0},
      {0, REUSE_W, 0, 20, 0, 0},
      {0, REUSE_O, 0, 24, 36, 0},
      {1, REUSE_I, 15, 60, 0, 0},
      {1, REUSE_W, 20, 60, 0, 0},
      {1, REUSE_O, 24, 48, 60, 36},
      END}},
    /* Four children side by side, a column of W each: I is read once for all of
     * them, W and O are their own. Child steps P, C: O returns never. */
    {"multicast to columns",
     MATRIX "  - {level: DRAM, spatial: [K/1]}\n"
            "  - {level: pe, loops: [P/1, C/1]}\n  - {level: MAC, latch: [O]}\n",
     60, 60, 15, 4,
     {{0, REUSE_I, 0, 15, 0, 0},
      {0, REUSE_W, 0, 20, 0, 0},
      {0, REUSE_O, 0, 0, 12, 0},
      {1, REUSE_I, 60, 60, 0, 0},
      {1, REUSE_W, 20, 60, 0, 0},
      {1, REUSE_O, 0, 0, 12, 12},
      END}},
    {"unicast to columns",
     MATRIX "  - {level: DRAM, spatial: [K/1], network: {I: unicast}}\n"
            "  - {level: pe, loops: [P/1, C/1]}\n  - {level: MAC, latch: [O]}\n",
     60, 60, 15, 4,
     {{0, REUSE_I, 0, 60, 0, 0}, {0, REUSE_W, 0, 20, 0, 0}, {1, REUSE_I, 60, 60, 0, 0},
      END}},
    /* Depth side by side, 5 children: each holds all 12 outputs, merged on the way. */
    {"reduction over depth",
     MATRIX "  - {level: DRAM, spatial: [C/1]}\n"
            "  - {level: pe, loops: [P/1, K/1]}\n  - {level: MAC}\n",
     60, 60, 12, 5,
     {{0, REUSE_O, 0, 0, 12, 0}, {1, REUSE_O, 0, 0, 60, 60}, END}},
    {"accumulation over depth",
     MATRIX "  - {level: DRAM, spatial: [C/1], network: {O: accumulate}}\n"
            "  - {level: pe, loops: [P/1, K/1]}\n  - {level: MAC}\n",
     60, 60, 12, 5,
     {{0, REUSE_O, 0, 48, 60, 0}, {1, REUSE_O, 0, 0, 60, 60}, END}},
    /* Depth 5 over 2 children in 3 steps, one of them idle in the last: its O leaves
     * before the other's, so that nothing is merged, and its W stays. */
    {"short last chunk",
     MATRIX "  - {level: DRAM, loops: [C/2], spatial: [C/1]}\n"
            "  - {level: pe, loops: [P/1, K/1]}\n  - {level: MAC}\n",
     60, 60, 36, 2,
     {{0, REUSE_W, 0, 20, 0, 0},
      {0, REUSE_O, 0, 0, 24, 0},
      {1, REUSE_W, 20, 60, 0, 0},
      {1, REUSE_O, 0, 36, 60, 24},
      END}},
    /* A 1x1 filter at stride 2: 4 of 7 rows. */
    {"holes of a stride",
     "problem: {N: 1, G: 1, K: 3, C: 1, P: 4, Q: 1, R: 1, S: 1, stride: [2, 1], "
     "dilation: [1, 1], pad: [0, 0], input: [7, 1]}\nnest:\n"
     "  - {level: DRAM, loops: [K/1]}\n  - {level: buffer, loops: [P/1]}\n"
     "  - {level: MAC}\n",
     12, 12, 12, 1,
     {{1, REUSE_I, 4, 12, 0, 0}, {1, REUSE_W, 3, 12, 0, 0}, END}},
    /* Three taps over 4 rows, one row of padding at each end: 2 of 12 MACs have no
     * input. */
    {"padding is not moved",
     "problem: {N: 1, G: 1, K: 1, C: 1, P: 4, Q: 1, R: 3, S: 1, stride: [1, 1], "
     "dilation: [1, 1], pad: [1, 0], input: [4, 1]}\nnest:\n"
     "  - {level: DRAM, loops: [P/2]}\n  - {level: buffer, loops: [P/1, R/1]}\n"
     "  - {level: MAC}\n",
     12, 10, 12, 1,
     {{0, REUSE_I, 0, 4, 0, 0}, {1, REUSE_I, 4, 10, 0, 0}, {1, REUSE_O, 0, 8, 12, 4},
      END}},
    /* The same under im2col: the child gets 12 words, 2 of them made on the way. */
    {"expanded input",
     "problem: {N: 1, G: 1, K: 1, C: 1, P: 4, Q: 1, R: 3, S: 1, stride: [1, 1], "
     "dilation: [1, 1], pad: [1, 0], input: [4, 1]}\nnest:\n"
     "  - {level: DRAM, lowering: im2col, loops: [P/2]}\n"
     "  - {level: buffer, loops: [P/1, R/1]}\n  - {level: MAC}\n",
     12, 10, 12, 1,
     {{0, REUSE_I, 0, 10, 0, 0}, {1, REUSE_I, 12, 12, 0, 0}, END}},
    /* Three channels in blocks of 4: a step for the one that does not exist. */
    {"blocks cost steps",
     "problem: {N: 1, G: 1, K: 2, C: 3, P: 5, Q: 1, R: 1, S: 1, stride: [1, 1], "
     "dilation: [1, 1], pad: [0, 0]}\nnest:\n"
     "  - {level: DRAM, loops: [P/1, K/1, C/1]}\n  - {level: MAC, blocks: {C: 4}}\n",
     30, 30, 40, 1,
     {{0, REUSE_I, 0, 30, 0, 0}, {0, REUSE_W, 0, 30, 0, 0}, {0, REUSE_O, 0, 20, 30, 0},
      END}},
    /* A flattened loop over 6 points in chunks 4 2 with one row of 2 each. */
    {"flattened pixels",
     "problem: {N: 1, G: 1, K: 1, C: 1, P: 3, Q: 2, R: 1, S: 1, stride: [1, 1], "
     "dilation: [1, 1], pad: [0, 0]}\nnest:\n"
     "  - {level: DRAM, loops: ['[P,Q]/4']}\n"
     "  - {level: buffer, spatial: ['[P,Q]/1']}\n  - {level: MAC}\n",
     6, 6, 2, 4,
     {{1, REUSE_I, 6, 6, 0, 0}, {1, REUSE_W, 1, 2, 0, 0}, {1, REUSE_O, 0, 0, 6, 6}, END}},
};

static void check_worked(const struct worked *w) {
  struct reuse_problem p;
  struct reuse_nest n;
  struct reuse_counts c;
  if (!parse(w->name, w->text, &p, &n)) return;
  check_equal(w->name, "status", REUSE_OK, reuse_count(&p, &n, &c));
  check_equal(w->name, "macs", w->macs, c.macs);
  check_equal(w->name, "effective macs", w->effective, c.effective_macs);
  check_equal(w->name, "steps", w->steps, c.steps);
  check_equal(w->name, "instances", w->instances, c.instances);
  for (const struct row *r = w->row; r->tensor != REUSE_TENSORS; r++) {
    const struct reuse_traffic *a = &c.at[r->level][r->tensor];
    char name[128];
    snprintf(name, sizeof name, "%s, %s %c", w->name, n.level[r->level].name,
             reuse_tensor_letter[r->tensor]);
    check_equal(name, "loads", r->loads, a->loads);
    check_equal(name, "serves", r->serves, a->serves);
    check_equal(name, "updates", r->updates, a->updates);
    check_equal(name, "drains", r->drains, a->drains);
  }
}

static void worked_by_hand(void) {
  for (int i = 0; i < COUNT(worked); i++) check_worked(&worked[i]);
}

/* ---- closed forms ------------------------------------------------------------- */

/* C over two instances of a level that holds outputs, in turns at a level that does not: of 6
 * points one instance has 4, the other 2, whose sums leave first, so that each output comes in
 * two parts; of 8 points each has 4, and the parts are merged on the way. */
static void unequal_instances_send_parts(void) {
  static const struct {
    const char *name, *c;
    int64_t updates;
    bool partial;
  } cases[] = {{"unequal", "6", 6, true}, {"equal", "8", 3, false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct reuse_problem p;
    struct reuse_nest n;
    struct reuse_counts counts;
    char text[512];
    snprintf(text, sizeof text,
             "problem: {N: 1, G: 1, K: 3, C: %s, P: 1, Q: 1, R: 1, S: 1, stride: [1, 1], "
             "dilation: [1, 1], pad: [0, 0], input: [1, 1]}\nnest:\n"
             "  - {level: DRAM, spatial: [C/4]}\n"
             "  - {level: bus, keeps: [I, W], loops: [C/1]}\n"
             "  - {level: pe, loops: [K/1]}\n  - {level: MAC}\n",
             cases[i].c);
    if (!parse(cases[i].name, text, &p, &n)) continue;
    check_equal(cases[i].name, "status", REUSE_OK, reuse_count(&p, &n, &counts));
    check_equal(cases[i].name, "updates", cases[i].updates, counts.at[0][REUSE_O].updates);
    check_equal(cases[i].name, "partial", cases[i].partial, counts.partial[0]);
  }
}

static int64_t chunks(int64_t n, int64_t step) { return (n - 1) / step + 1; }

/* A matrix product of P rows, K columns, depth C in tiles of p, k, c, whose loops
 * are ORDER, outermost first, above a buffer of everything. */
static void matrix(const int64_t size[3], const int64_t step[3], const char *order,
                   struct reuse_problem *problem, struct reuse_nest *nest) {
  char text[512], loops[64];
  int n = 0;
  for (const char *d = order; *d; d++)
    n += snprintf(loops + n, sizeof loops - (size_t)n, "%s%c/%" PRId64,
                  n ? ", " : "", *d, step[strchr("PKC", *d) - "PKC"]);
  snprintf(text, sizeof text,
           "problem: {N: 1, G: 1, K: %" PRId64 ", C: %" PRId64 ", P: %" PRId64
           ", Q: 1, R: 1, S: 1, stride: [1, 1], dilation: [1, 1], pad: [0, 0]}\n"
           "nest:\n  - {level: DRAM, loops: [%s]}\n"
           "  - {level: buffer, loops: [P/1, K/1, C/1]}\n  - {level: MAC}\n",
           size[1], size[2], size[0], loops);
  parse(order, text, problem, nest);
}

/* The textbook's products of trip counts, for every size of the tiles: each tensor
 * is loaded once for each chunk of the dim that it lacks, unless the loops over
 * its own dims inside that one have a single chunk. */
static void check_matrix(const int64_t size[3], const int64_t step[3]) {
  const int64_t p = chunks(size[0], step[0]), k = chunks(size[1], step[1]);
  const int64_t c = chunks(size[2], step[2]);
  const int64_t inputs = size[0] * size[2], filters = size[1] * size[2];
  const int64_t outputs = size[0] * size[1];
  struct reuse_problem problem;
  struct reuse_nest nest;
  struct reuse_counts x;
  matrix(size, step, "PKC", &problem, &nest);
  check_equal("PKC", "status", REUSE_OK, reuse_count(&problem, &nest, &x));
  check_equal("PKC", "loads of I", c > 1 ? inputs * k : inputs, x.at[1][REUSE_I].loads);
  check_equal("PKC", "loads of W", k * c > 1 ? filters * p : filters,
              x.at[1][REUSE_W].loads);
  check_equal("PKC", "drains of O", outputs, x.at[1][REUSE_O].drains);
  check_equal("PKC", "loads of O", 0, x.at[1][REUSE_O].loads);
  matrix(size, step, "CPK", &problem, &nest);
  check_equal("CPK", "status", REUSE_OK, reuse_count(&problem, &nest, &x));
  check_equal("CPK", "loads of I", inputs, x.at[1][REUSE_I].loads);
  check_equal("CPK", "loads of W", k > 1 ? filters * p : filters, x.at[1][REUSE_W].loads);
  const int64_t trips = p * k > 1 ? c : 1;
  check_equal("CPK", "drains of O", outputs * trips, x.at[1][REUSE_O].drains);
  check_equal("CPK", "loads of O", outputs * (trips - 1), x.at[1][REUSE_O].loads);
}

static void products_of_trip_counts(void) {
  const int64_t size[3] = {7, 5, 11};
  for (int64_t p = 1; p <= size[0]; p += 2)
    for (int64_t k = 1; k <= size[1]; k++)
      for (int64_t c = 1; c <= size[2]; c += 3) check_matrix(size, (int64_t[]){p, k, c});
}

/* MACs per word: HoWo of a filter, RSK/stride^2 of an input without edges (an
 * input as large as what is touched has edges), RSC of an output. */
static void reuse_of_a_convolution(void) {
  const struct reuse_layer layer = {
      .type = REUSE_CONV, .macs = INT64_C(13) * 7 * 17 * 19 * 5 * 3,
      .problem = {.extent = {1, 1, 13, 7, 17, 19, 5, 3}, .stride = {1, 1},
                  .dilation = {1, 1}, .tensors = REUSE_ALL_TENSORS}};
  struct reuse_layer_reuse r;
  reuse_layer_reuse(&layer, &r);
  check_equal("words", "I", 7 * 21 * 21, r.words[REUSE_I]);
  check_equal("words", "W", 13 * 7 * 15, r.words[REUSE_W]);
  check_equal("words", "O", 13 * 17 * 19, r.words[REUSE_O]);
  CU_ASSERT_DOUBLE_EQUAL(r.exact[REUSE_W], 17 * 19, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(r.exact[REUSE_O], 15 * 7, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(r.closed_form[REUSE_W], 17 * 19, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(r.closed_form[REUSE_I], 15 * 13, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(r.closed_form[REUSE_O], 15 * 7, 1e-9);
}

/* ---- words ---------------------------------------------------------------------- */

static const struct {
  const char *reason;
  int64_t p, r, stride, dilation, pad, input; /* of one axis */
  int64_t words, effective;                   /* rows touched, MACs that exist */
} axes[] = {
    {"dense", 5, 3, 1, 1, 0, 7, 7, 15},
    {"input of no stated size", 5, 3, 1, 1, 0, 0, 7, 15},
    {"stride above the filter leaves holes", 4, 1, 2, 1, 0, 7, 4, 4},
    {"stride 3, filter 2: a hole of one", 4, 2, 3, 1, 0, 11, 8, 8},
    {"dilation 2 under stride 2 sees even rows only", 3, 3, 2, 2, 0, 9, 5, 9},
    {"dilation 3", 2, 3, 1, 3, 0, 8, 6, 6},
    {"padding of 1", 7, 3, 1, 1, 1, 7, 7, 19},
    {"padding of 2, stride 2", 3, 5, 2, 1, 2, 5, 5, 11},
    {"rows beyond the last window are not touched", 2, 3, 2, 1, 0, 6, 5, 6},
    {"padding at the end, which no field states", 4, 3, 1, 1, 0, 5, 5, 11},
    {"all padding", 1, 1, 1, 1, 3, 2, 0, 0},
};

static void rows_touched(void) {
  for (int i = 0; i < COUNT(axes); i++)
    for (int axis = 0; axis < 2; axis++) {
      struct reuse_problem p = {.extent = {1, 1, 1, 1, 1, 1, 1, 1}, .stride = {1, 1},
                                .dilation = {1, 1}, .tensors = REUSE_ALL_TENSORS};
      struct reuse_nest n = {.nlevels = 2, .nloops = 2};
      struct reuse_counts c;
      p.extent[REUSE_P + axis] = axes[i].p;
      p.extent[REUSE_R + axis] = axes[i].r;
      p.stride[axis] = axes[i].stride;
      p.dilation[axis] = axes[i].dilation;
      p.pad[axis] = axes[i].pad;
      p.input[axis] = axes[i].input;
      n.level[0].keeps = REUSE_ALL_TENSORS;
      n.level[0].network[REUSE_O] = REUSE_REDUCE;
      n.level[0].nloops = n.level[1].first_loop = 2;
      n.loop[0] = (struct reuse_loop){1, {(uint8_t)(REUSE_P + axis)}, false, 1};
      n.loop[1] = (struct reuse_loop){1, {(uint8_t)(REUSE_R + axis)}, false, 1};
      check_equal(axes[i].reason, "words", axes[i].words, reuse_tensor_words(&p, REUSE_I));
      check_equal(axes[i].reason, "status", REUSE_OK, reuse_count(&p, &n, &c));
      check_equal(axes[i].reason, "effective MACs", axes[i].effective, c.effective_macs);
      check_equal(axes[i].reason, "serves", axes[i].effective, c.at[0][REUSE_I].serves);
    }
}

static void absent_tensors_have_no_words(void) {
  const struct reuse_problem p = {.extent = {1, 3, 1, 1, 5, 1, 1, 1}, .stride = {1, 1},
                                  .dilation = {1, 1},
                                  .tensors = REUSE_BIT(REUSE_I) | REUSE_BIT(REUSE_O)};
  check_equal("pool", "filter", 0, reuse_tensor_words(&p, REUSE_W));
  check_equal("pool", "output", 15, reuse_tensor_words(&p, REUSE_O));
}

/* ---- limits ------------------------------------------------------------------------ */

#define UNIT "stride: [1, 1], dilation: [1, 1], pad: [0, 0]}\nnest:\n"

/* Nests that must be counted exactly or refused, never wrapped or cut. */
static const struct {
  const char *reason, *text;
  enum reuse_status status;
  int64_t macs, loads; /* loads of I in level 1 */
} limits[] = {
    {"an extent of 2^31",
     "problem: {N: 1, G: 1, K: 1, C: 1, P: 2147483648, Q: 1, R: 1, S: 1, " UNIT
     "  - {level: DRAM, loops: [P/1000003]}\n  - {level: buffer, loops: [P/1]}\n"
     "  - {level: MAC}\n",
     REUSE_OK, INT64_C(2147483648), INT64_C(2147483648)},
    {"2^56 MACs",
     "problem: {N: 1, G: 1, K: 33554432, C: 1, P: 2147483648, Q: 1, R: 1, S: 1, " UNIT
     "  - {level: DRAM, loops: [K/1, P/1]}\n  - {level: buffer}\n  - {level: MAC}\n",
     REUSE_OK, INT64_C(1) << 56, INT64_C(1) << 56},
    {"a hundred runs of padded taps",
     "problem: {N: 1, G: 1, K: 1, C: 1, P: 100, Q: 1, R: 100, S: 1, stride: [1, 1], "
     "dilation: [1, 1], pad: [50, 0], input: [100, 1]}\nnest:\n"
     "  - {level: DRAM, lowering: im2col, loops: [P/7]}\n"
     "  - {level: buffer, loops: [P/1, R/1]}\n  - {level: MAC}\n",
     REUSE_OK, 10000, 10000},
    {"more runs of padded taps than are kept",
     "problem: {N: 1, G: 1, K: 1, C: 1, P: 2000, Q: 1, R: 2000, S: 1, stride: [1, 1], "
     "dilation: [1, 1], pad: [1000, 0], input: [2000, 1]}\nnest:\n"
     "  - {level: DRAM, lowering: im2col, loops: [P/7]}\n"
     "  - {level: buffer, loops: [P/1, R/1]}\n  - {level: MAC}\n",
     REUSE_ERR_LIMIT, 0, 0},
};

static void counted_or_refused(void) {
  for (int i = 0; i < COUNT(limits); i++) {
    struct reuse_problem p;
    struct reuse_nest n;
    struct reuse_counts c;
    if (!parse(limits[i].reason, limits[i].text, &p, &n)) continue;
    const enum reuse_status st = reuse_count(&p, &n, &c);
    check_equal(limits[i].reason, "status", limits[i].status, st);
    if (st != REUSE_OK) continue;
    check_equal(limits[i].reason, "macs", limits[i].macs, c.macs);
    check_equal(limits[i].reason, "loads", limits[i].loads, c.at[1][REUSE_I].loads);
  }
}

/* ---- refusals ------------------------------------------------------------------------ */

struct subject {
  struct reuse_problem problem;
  struct reuse_nest nest;
};

/* A legal nest: K/2, [C,R,S]/3 | P/1, [C,R,S]/1, spatial K/1. */
static struct subject legal(void) {
  struct subject s = {
      .problem = {.extent = {1, 1, 4, 5, 3, 1, 2, 2}, .stride = {1, 1}, .dilation = {1, 1},
                  .tensors = REUSE_ALL_TENSORS},
      .nest = {.nlevels = 3, .nloops = 5,
               .level = {{.keeps = REUSE_ALL_TENSORS, .first_loop = 0, .nloops = 2},
                         {.keeps = REUSE_ALL_TENSORS, .first_loop = 2, .nloops = 3},
                         {.first_loop = 5}},
               .loop = {{1, {REUSE_K}, false, 2},
                        {3, {REUSE_C, REUSE_R, REUSE_S}, false, 3},
                        {1, {REUSE_P}, false, 1},
                        {3, {REUSE_C, REUSE_R, REUSE_S}, false, 1},
                        {1, {REUSE_K}, true, 1}}}};
  s.nest.level[0].network[REUSE_O] = s.nest.level[1].network[REUSE_O] = REUSE_REDUCE;
  return s;
}

/* Fields of the legal nest to change, and what must be said of it. */
struct edit {
  size_t offset, size;
  int64_t value;
};
#define SET(field, value) \
  {offsetof(struct subject, field), sizeof(((struct subject *)0)->field), value}

static const struct {
  struct edit edit[3];
  const char *why;
  int loop;
} refusals[] = {
    {{SET(problem.extent[REUSE_Q], 0)}, "an extent is less than 1", -1},
    {{SET(problem.extent[REUSE_Q], (INT64_C(1) << 31) + 1)}, "an extent is above 2^31", -1},
    {{SET(problem.extent[REUSE_N], INT64_C(1) << 31),
      SET(problem.extent[REUSE_Q], INT64_C(1) << 31)},
     "the number of MACs does not fit in 63 bits", -1},
    {{SET(problem.extent[REUSE_N], INT64_C(1) << 31), SET(problem.extent[REUSE_C], 1),
      SET(problem.extent[REUSE_Q], INT64_C(1) << 26)},
     "the number of MACs does not fit in 63 bits", -1},
    {{SET(problem.stride[0], 0)}, "a stride or dilation is less than 1", -1},
    {{SET(problem.dilation[1], -1)}, "a stride or dilation is less than 1", -1},
    {{SET(problem.pad[1], -1)}, "a padding or input size is negative", -1},
    {{SET(problem.input[0], -1)}, "a padding or input size is negative", -1},
    {{SET(problem.stride[1], (1 << 20) + 1)},
     "a stride, dilation, padding or input size is too large", -1},
    {{SET(problem.input[1], (INT64_C(1) << 31) + 1)},
     "a stride, dilation, padding or input size is too large", -1},
    {{SET(problem.tensors, REUSE_BIT(REUSE_I))}, "the problem has no output", -1},
    {{SET(nest.nlevels, 1)}, "a nest needs at least one memory level and the MACs", -1},
    {{SET(nest.nlevels, REUSE_MAX_LEVELS + 1)},
     "a nest needs at least one memory level and the MACs", -1},
    {{SET(nest.level[1].first_loop, 1)}, "the loops of the levels are not in order", -1},
    {{SET(nest.level[0].nloops, -1)}, "the loops of the levels are not in order", -1},
    {{SET(nest.level[1].nloops, 4)}, "the loops of the levels are not in order", -1},
    {{SET(nest.level[0].network[REUSE_I], REUSE_REDUCE)},
     "a network is multicast or unicast for I and W, reduce or accumulate for O", -1},
    {{SET(nest.level[1].network[REUSE_O], REUSE_UNICAST)},
     "a network is multicast or unicast for I and W, reduce or accumulate for O", -1},
    {{SET(nest.level[1].nloops, 2), SET(nest.level[2].first_loop, 4),
      SET(nest.level[2].nloops, 1)},
     "the MACs have no loops", -1},
    {{SET(nest.nloops, 6)}, "the MACs have no loops", -1},
    {{SET(nest.level[0].im2col, 1), SET(nest.level[1].im2col, 1)},
     "one memory level at most is the im2col boundary", -1},
    {{SET(nest.level[2].im2col, 1)}, "one memory level at most is the im2col boundary", -1},
    {{SET(nest.level[0].keeps, REUSE_BIT(REUSE_I)), SET(nest.level[1].keeps, REUSE_BIT(REUSE_W))},
     "a tensor is kept by no level", -1},
    {{SET(nest.nloops, REUSE_MAX_LOOPS + 1), SET(nest.level[1].nloops, REUSE_MAX_LOOPS - 1),
      SET(nest.level[2].first_loop, REUSE_MAX_LOOPS + 1)},
     "too many loops", -1},
    {{SET(nest.block[REUSE_K], (INT64_C(1) << 31) + 1)}, "a block is above 2^31", -1},
    {{SET(nest.block[REUSE_N], INT64_C(1) << 31), SET(nest.block[REUSE_G], INT64_C(1) << 31)},
     "the blocked extents have too many points", -1},
    {{SET(nest.loop[2].step, 0)}, "a step is less than 1", 2},
    {{SET(nest.loop[1].ndims, 0)}, "a loop has no dim", 1},
    {{SET(nest.loop[1].dim[2], REUSE_C)}, "a flattened loop names a dim twice", 1},
    {{SET(nest.loop[3].dim[1], REUSE_S), SET(nest.loop[3].dim[2], REUSE_R)},
     "inside a flattened loop its dims may only be split by flattened loops of the "
     "same group", 3},
    {{SET(nest.loop[2].dim[0], REUSE_R)},
     "inside a flattened loop its dims may only be split by flattened loops of the "
     "same group", 2},
    {{SET(nest.block[REUSE_R], 2)}, "a blocked dim must come first in its flattened group",
     1},
    {{SET(nest.loop[2].spatial, 1)},
     "a temporal loop stands inside a spatial one of its level", 3},
    {{SET(nest.loop[4].step, 2)}, "a dim does not come down to one point", -1},
    {{SET(problem.extent[REUSE_N], 2)}, "a dim does not come down to one point", -1},
};

/* Writes an integer of SIZE bytes at AT. */
static void put(void *at, size_t size, int64_t value) {
  const int64_t i64 = value;
  const int32_t i32 = (int32_t)value;
  const uint8_t i8 = (uint8_t)value;
  memcpy(at, size == 8 ? (const void *)&i64 : size == 4 ? (const void *)&i32 : &i8, size);
}

static void illegal_nests_are_explained(void) {
  for (int i = 0; i < COUNT(refusals); i++) {
    struct subject s = legal();
    struct reuse_counts c;
    const char *why = NULL;
    int loop = -2;
    for (int e = 0; e < COUNT(refusals[i].edit) && refusals[i].edit[e].size; e++)
      put((char *)&s + refusals[i].edit[e].offset, refusals[i].edit[e].size,
          refusals[i].edit[e].value);
    check_equal(refusals[i].why, "status", REUSE_ERR_INPUT,
                reuse_nest_check(&s.problem, &s.nest, &why, &loop));
    check_text("reason", refusals[i].why, why);
    check_equal(refusals[i].why, "loop", refusals[i].loop, loop);
    check_equal(refusals[i].why, "count", REUSE_ERR_INPUT,
                reuse_count(&s.problem, &s.nest, &c));
  }
}

static void legal_nest_is_legal(void) {
  const struct subject s = legal();
  const char *why = "";
  int loop = 0;
  check_equal("legal", "status", REUSE_OK,
              reuse_nest_check(&s.problem, &s.nest, &why, &loop));
  CU_ASSERT_PTR_NULL(why);
  check_equal("legal", "loop", -1, loop);
  check_equal("legal", "without places for a reason", REUSE_OK,
              reuse_nest_check(&s.problem, &s.nest, NULL, NULL));
}

int register_count_tests(void) {
  CU_pSuite s = CU_add_suite("count", NULL, NULL);
  return s && CU_ADD_TEST(s, worked_by_hand) &&
                 CU_ADD_TEST(s, unequal_instances_send_parts) && CU_ADD_TEST(s, products_of_trip_counts) &&
                 CU_ADD_TEST(s, reuse_of_a_convolution) && CU_ADD_TEST(s, rows_touched) &&
                 CU_ADD_TEST(s, absent_tensors_have_no_words) &&
                 CU_ADD_TEST(s, counted_or_refused) &&
                 CU_ADD_TEST(s, legal_nest_is_legal) &&
                 CU_ADD_TEST(s, illegal_nests_are_explained)
             ? 0
             : -1;
}
