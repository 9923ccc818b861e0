/* Whole tiles: how often they come, and the time for which the array waits for them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "count/fills.h"
#include "mapping/nest_read.h"
#include "unit/machines.h"

int register_fills_tests(void);

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

static bool parse(const char *text, struct reuse_problem *problem, struct reuse_nest *nest) {
  struct reuse_diag diag = {0};
  const enum reuse_status st =
      reuse__nest_parse("nest", text, strlen(text), problem, nest, &diag);
  CU_ASSERT_EQUAL(st, REUSE_OK);
  return st == REUSE_OK;
}

/* ---- counts worked by hand ---------------------------------------------------------- */

#define PROBLEM "problem: {N: 1, G: 1, K: 8, C: 3, P: 10, Q: 1, R: 3, S: 1, " \
                "stride: [1, 1], dilation: [1, 1], pad: [0, 0]}\nnest:\n"

/* Level 1 takes the filters in; a step is a turn of the loops inside it. */
static const struct counted {
  const char *reason, *nest;
  double least;
  int64_t fills;
  double steps;
} counted[] = {
    /* Rows 4 4 2 by filters 3 3 2, each by 9 taps at once: 12 12 8 12 12 8 6 6 4. */
    {"filters change inside rows",
     PROBLEM "  - {level: A, loops: [P/4, K/3]}\n"
             "  - {level: B, loops: [P/1, K/1], spatial: [C/1, R/1]}\n  - {level: MAC}\n",
     0, 9, 80},
    {"the same, where a tile takes 7", /* 6 6 4 become 7 7 7 */
     PROBLEM "  - {level: A, loops: [P/4, K/3]}\n"
             "  - {level: B, loops: [P/1, K/1], spatial: [C/1, R/1]}\n  - {level: MAC}\n",
     7, 9, 85},
    /* The rows turn inside a tile: 30 30 20. */
    {"rows turn while the filters stay",
     PROBLEM "  - {level: A, loops: [K/3, P/4]}\n"
             "  - {level: B, loops: [P/1, K/1], spatial: [C/1, R/1]}\n  - {level: MAC}\n",
     25, 3, 85},
    {"no loop changes them",
     PROBLEM "  - {level: A, loops: [P/4]}\n"
             "  - {level: B, loops: [P/1, K/1], spatial: [C/1, R/1]}\n  - {level: MAC}\n",
     100, 1, 100},
    /* 9 taps on 4 rows of the array: 4 4 1, and ten rows of pixels for each. */
    {"a flattened reduction",
     PROBLEM "  - {level: A, loops: ['[C,R,S]/4']}\n"
             "  - {level: B, loops: [P/1], spatial: ['[C,R,S]/1', K/1]}\n  - {level: MAC}\n",
     12, 3, 36},
};

static void test_counted(void) {
  for (int i = 0; i < COUNT(counted); i++) {
    const struct counted *c = &counted[i];
    struct reuse_problem problem;
    struct reuse_nest nest;
    char text[256];
    if (!parse(c->nest, &problem, &nest)) continue;
    const struct reuse__fills f = reuse__count_fills(&problem, &nest, 1, REUSE_W, c->least);
    snprintf(text, sizeof text, "%s: %lld fills, %g steps", c->reason, (long long)f.fills,
             f.steps);
    CU_assertImplementation(f.fills == c->fills && fabs(f.steps - c->steps) < 1e-9, __LINE__,
                            text, __FILE__, __func__, CU_FALSE);
  }
}

/* ---- counts by walking ---------------------------------------------------------------- */

/* Where a walk over all steps is: the chunk of every dim, and of K and C below the loops
 * of the first level, which is the tile of W. */
struct walk {
  const struct reuse_nest *nest;
  int64_t low[REUSE_DIMS], n[REUSE_DIMS], tile[4], steps;
  double least, sum;
  int64_t fills;
};

static void end_of_tile(struct walk *w) {
  if (w->fills > 0) w->sum += fmax((double)w->steps, w->least);
}

static void step(struct walk *w, const int64_t *tile) {
  if (w->fills == 0 || memcmp(tile, w->tile, sizeof w->tile) != 0) {
    end_of_tile(w);
    memcpy(w->tile, tile, sizeof w->tile);
    w->fills++;
    w->steps = 0;
  }
  w->steps++;
}

static void walk(struct walk *w, int i, const int64_t *tile) {
  const int64_t own[4] = {w->low[REUSE_K], w->n[REUSE_K], w->low[REUSE_C], w->n[REUSE_C]};
  if (i == w->nest->level[1].first_loop) tile = own;
  if (i == w->nest->nloops) {
    step(w, tile);
    return;
  }
  const struct reuse_loop *l = &w->nest->loop[i];
  const int d = l->dim[0];
  const int64_t low = w->low[d], n = w->n[d];
  for (int64_t at = 0; at < (l->spatial ? 1 : n); at += l->step) {
    w->low[d] = low + at;
    w->n[d] = n - at < l->step ? n - at : l->step;
    walk(w, i + 1, tile);
  }
  w->low[d] = low;
  w->n[d] = n;
}

static int draw(int n) { return 1 + rand() % n; }

/* Three loops over different dims outside, in any order, and those to points inside. */
static bool draw_nest(struct reuse_problem *problem, struct reuse_nest *nest) {
  static const char *const orders[] = {"KCP", "KPC", "CKP", "CPK", "PKC", "PCK"};
  const char *order = orders[rand() % COUNT(orders)];
  int extent[3], step[3];
  char text[512];
  for (int i = 0; i < 3; i++) {
    extent[i] = draw(9);
    step[i] = draw(extent[i]);
  }
  snprintf(text, sizeof text,
           "problem: {N: 1, G: 1, %c: %d, %c: %d, %c: %d, Q: 1, R: 1, S: 1, stride: [1, 1], "
           "dilation: [1, 1], pad: [0, 0]}\nnest:\n"
           "  - {level: A, loops: [%c/%d, %c/%d, %c/%d]}\n"
           "  - {level: B, loops: [P/1, C/1], spatial: [K/1]}\n  - {level: MAC}\n",
           order[0], extent[0], order[1], extent[1], order[2], extent[2], order[0], step[0],
           order[1], step[1], order[2], step[2]);
  return parse(text, problem, nest);
}

static void test_walked(void) {
  srand(7);
  for (int i = 0; i < 500; i++) {
    struct reuse_problem problem;
    struct reuse_nest nest;
    if (!draw_nest(&problem, &nest)) continue;
    struct walk w = {.nest = &nest, .least = draw(20)};
    for (int d = 0; d < REUSE_DIMS; d++) w.n[d] = problem.extent[d];
    walk(&w, 0, NULL);
    end_of_tile(&w);
    const struct reuse__fills f =
        reuse__count_fills(&problem, &nest, 1, REUSE_W, w.least);
    CU_ASSERT_EQUAL(f.fills, w.fills);
    CU_ASSERT_DOUBLE_EQUAL(f.steps, w.sum, 1e-9);
  }
}

/* ---- the 256x256 array ------------------------------------------------------------------ */

#define MATRIX(n, c, k) \
  "problem: {N: " #n ", G: 1, K: " #k ", C: " #c ", P: 1, Q: 1, R: 1, S: 1, " \
  "stride: [1, 1], dilation: [1, 1], pad: [0, 0]}\nnest:\n"
#define ARRAY(rows, outer, inner) \
  "  - {level: DRAM, keeps: [W]}\n  - {level: UB, keeps: [I, O], lowering: im2col, " \
  "loops: [" outer "]}\n  - {level: ACC, keeps: [O], loops: [" inner "], spatial: " \
  "['[C,R,S]/1', K/1]}\n  - {level: WREG, keeps: [W], loops: [N/1]}\n  - {level: MAC}\n"

/* A tile of 64 KiB takes 65536 / 34e9 * 700e6 cycles to read, 256 to shift in.  Filling and
 * draining the array takes 512 once. */
#define TILE (65536 / 34e9 * 700e6)
static const struct tiled {
  const char *reason, *nest;
  double cycles, shift, dram_bytes;
} tiled[] = {
    /* ceil(600/256)^2 = 9 tiles, five of them ragged: 17.35 us. */
    {"600 by 600, batch of 96", MATRIX(96, 600, 600) ARRAY(, "K/256", "'[C,R,S]/256'"),
     9 * TILE, 9 * 256, 9 * 65536},
    /* A column of 9 weights for each of 4 groups costs as much as full tiles. */
    {"9 of 256 rows", MATRIX(300, 9, 4) ARRAY(, "K/1", "'[C,R,S]/256'"), 4 * TILE, 4 * 256,
     4 * 65536},
    {"many rows hide the tiles", MATRIX(2000, 512, 256) ARRAY(, "", "'[C,R,S]/256'"),
     2 * 2000 + 512, 2 * 256, 2 * 65536},
    /* Rows in 1500 and 500: the tiles hide behind the first and not behind the second.
     * 2 * 1500 + 2 * 1349.27; the sums of both alone, 4512 and 5397, are less. */
    {"ragged rows", MATRIX(2000, 512, 256) ARRAY(, "N/1500", "'[C,R,S]/256'"),
     2 * 1500 + 2 * TILE, 4 * 256, 4 * 65536},
};

/* Sums stay in 96 x 96 MACs and are shifted out in 96 cycles; to cross the array takes 192
 * once.  100 positions by 100 filters are four tiles, three of them ragged. */
#define DRAIN(c) \
  MATRIX(100, c, 100) "  - {level: SRAM, keeps: [I, O], lowering: im2col}\n" \
  "  - {level: WSRAM, keeps: [W], loops: [K/96, '[N,P,Q]/96'], spatial: ['[N,P,Q]/1', K/1]}\n" \
  "  - {level: ACC, keeps: [O], loops: ['[C,R,S]/1']}\n  - {level: MAC, latch: [O]}\n"
static const struct tiled drained[] = {
    {"shallow tiles wait for the drain", DRAIN(50), 4 * 96 + 192, 4 * 96, 0},
    {"deep ones hide it", DRAIN(200), 4 * 200 + 192, 4 * 96, 0},
};

/* Evaluates the N cases at C on the machine NAME: all cycles, those that level LEVEL needs
 * for its tiles, and what the outermost level reads of W. */
static void evaluate_tiled(const char *name, const struct tiled *c, int n, int level) {
  struct machines m;
  CU_ASSERT_FATAL(machines_read(&m));
  const struct reuse_arch *arch = machine_named(&m, name);
  CU_ASSERT_PTR_NOT_NULL_FATAL(arch);
  for (const struct tiled *end = c + n; c < end; c++) {
    struct reuse_layer layer = {.name = "matrix", .type = REUSE_FC};
    struct reuse_mapping mapping = {.engine = 0};
    struct reuse_evaluation e;
    char text[256];
    if (!parse(c->nest, &layer.problem, &mapping.nest)) continue;
    CU_ASSERT_EQUAL(reuse_evaluate(arch, &layer, &mapping, &e), REUSE_OK);
    snprintf(text, sizeof text, "%s: %.3f cycles, %g for tiles, %g bytes", c->reason, e.cycles,
             e.level[level].cycles, e.level[0].read_bytes[REUSE_W]);
    CU_assertImplementation(fabs(e.cycles - c->cycles) < 1e-6 &&
                                fabs(e.level[level].cycles - c->shift) < 1e-9 &&
                                fabs(e.level[0].read_bytes[REUSE_W] - c->dram_bytes) < 1e-6,
                            __LINE__, text, __FILE__, __func__, CU_FALSE);
  }
  machines_free(&m);
}

static void test_tiled(void) { evaluate_tiled("tpu-v1", tiled, COUNT(tiled), 3); }
static void test_drained(void) { evaluate_tiled("fsd-nna", drained, COUNT(drained), 2); }

int register_fills_tests(void) {
  CU_pSuite s = CU_add_suite("fills", NULL, NULL);
  return s && CU_add_test(s, "fills worked by hand", test_counted) &&
                 CU_add_test(s, "fills by walking", test_walked) &&
                 CU_add_test(s, "tiles of a 256x256 array", test_tiled) &&
                 CU_add_test(s, "drained sums of a 96x96 array", test_drained)
             ? 0
             : -1;
}
