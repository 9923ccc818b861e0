/* The systolic machines against runs of SCALE-Sim.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/data/systolic/README.md says where the figures come from; doc/MODEL.md,
 * "Differences from SCALE-Sim", what agrees. */
#include <CUnit/CUnit.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reusemodel.h"

int register_systolic_tests(void);

/* Words of a set of SCALE-Sim's read buffer: half of 64 KiB, in lines of 50. */
enum { READ_BUFFER = 32750 };

/* A row of expected.csv: a layer, an array, and what SCALE-Sim has of it. */
struct row {
  char dataflow[8];
  int64_t h, w, r, s, c, k, stride, macs, rows, cols, cycles;
  double overall_pct, mapping_pct, compute_pct;
  int64_t sram[REUSE_TENSORS], dram[REUSE_TENSORS];
};

/* What the model has of it. */
struct result {
  const struct reuse_arch *arch;
  struct reuse_problem problem;
  struct reuse_mapping mapping;
  struct reuse_evaluation evaluation, clipped; /* windows reach outside; do not */
};

static void print_message(void *context, const struct reuse_message *m) {
  (void)context;
  printf("# %s:%d: %s\n", m->file ? m->file : "", m->line, m->text);
}

/* Fails unless OK, saying which row and WHAT, and both numbers. */
static void check(bool ok, const struct row *row, const char *what, double expected,
                  double actual) {
  if (!ok)
    printf("# %s %" PRId64 "x%" PRId64 ", %" PRId64 "x%" PRId64 "x%" PRId64 "x%" PRId64
           ": %s: SCALE-Sim %.9g, here %.9g\n",
           row->dataflow, row->rows, row->cols, row->k, row->c, row->r, row->s, what,
           expected, actual);
  CU_ASSERT_TRUE(ok);
}

static void check_count(const struct row *row, const char *what, int64_t expected,
                        int64_t actual) {
  check(expected == actual, row, what, (double)expected, (double)actual);
}

static void check_percent(const struct row *row, const char *what, double expected,
                          double actual) {
  check(fabs(expected - actual) < 1e-6, row, what, expected, actual);
}

static bool read_row(const char *line, struct row *r) {
  int64_t stalls;
  *r = (struct row){0};
  return sscanf(line,
                "%*[^,],%*d,%*[^,],%" SCNd64 ",%" SCNd64 ",%" SCNd64 ",%" SCNd64 ",%" SCNd64
                ",%" SCNd64 ",%" SCNd64 ",%" SCNd64 ",%" SCNd64 ",%" SCNd64 ",%7[^,],%" SCNd64
                ",%" SCNd64 ",%lf,%lf,%lf,%" SCNd64 ",%" SCNd64 ",%" SCNd64 ",%" SCNd64
                ",%" SCNd64 ",%" SCNd64,
                &r->h, &r->w, &r->r, &r->s, &r->c, &r->k, &r->stride, &r->macs, &r->rows,
                &r->cols, r->dataflow, &r->cycles, &stalls, &r->overall_pct, &r->mapping_pct,
                &r->compute_pct, &r->sram[REUSE_I], &r->sram[REUSE_W], &r->sram[REUSE_O],
                &r->dram[REUSE_I], &r->dram[REUSE_W], &r->dram[REUSE_O]) == 22 &&
         stalls == 0;
}

/* ---- the machine and the nest ------------------------------------------------ */

/* The machine of ROW: its size, the fill of that size, and memories that hold all. */
static const struct reuse_arch *make_arch(const struct row *row, struct reuse_arena *arena) {
  const char *home = getenv("REUSEMODEL_HOME");
  struct reuse_diag diag = {.sink = print_message};
  const bool stationary_output = strcmp(row->dataflow, "os") == 0;
  char models[1024], path[1080], rows[64], cols[64], fill[64];
  const char *const set[] = {rows, cols, fill, "SRAM.size.I=1GiB", "SRAM.size.W=1GiB",
                             "SRAM.size.O=1GiB"};
  const struct reuse_arch *arch = NULL;
  snprintf(models, sizeof models, "%s/models", home ? home : ".");
  snprintf(path, sizeof path, "%s/systolic-%s.yaml", models, row->dataflow);
  snprintf(rows, sizeof rows, "SRAM.array.rows=%" PRId64, row->rows);
  snprintf(cols, sizeof cols, "SRAM.array.cols=%" PRId64, row->cols);
  snprintf(fill, sizeof fill, "array.fill.cycles=%" PRId64 "cycles",
           (stationary_output ? 1 : 2) * row->rows + row->cols - 2);
  CU_ASSERT_EQUAL(reuse_arch_read(path, models, set, 6, arena, &arch, &diag), REUSE_OK);
  return arch;
}

static void add_loop(struct reuse_nest *n, int level, bool spatial, const char *dims,
                     int64_t step) {
  struct reuse_loop *l = &n->loop[n->nloops++];
  *l = (struct reuse_loop){.spatial = spatial, .step = step};
  for (; *dims; dims++)
    l->dim[l->ndims++] = (uint8_t)(strchr(reuse_dim_letter, *dims) - reuse_dim_letter);
  n->level[level].nloops++;
}

static void start_level(struct reuse_nest *n, const struct reuse_engine *e, int i) {
  struct reuse_nest_level *l = &n->level[i];
  l->first_loop = n->nloops;
  if (i == e->nlevels) {
    l->latch = e->latch;
    return;
  }
  snprintf(l->name, sizeof l->name, "%s", e->level[i].name);
  l->keeps = e->level[i].keeps;
  memcpy(l->network, e->level[i].network, sizeof l->network);
}

/* The folds in SCALE-Sim's order, columns outside rows; DRAM has no loops. */
static void make_nest(const struct row *row, const struct reuse_engine *e,
                      struct reuse_nest *n) {
  const bool ws = strcmp(row->dataflow, "ws") == 0, os = strcmp(row->dataflow, "os") == 0;
  const char *const on_rows = os ? "NPQ" : "CRS", *const on_cols = ws || os ? "K" : "NPQ";
  *n = (struct reuse_nest){.nlevels = 4};
  for (int d = 0; d < REUSE_DIMS; d++) n->block[d] = 1;
  start_level(n, e, 0);
  start_level(n, e, 1);
  n->level[1].im2col = true;
  add_loop(n, 1, false, on_cols, row->cols);
  add_loop(n, 1, false, on_rows, row->rows);
  add_loop(n, 1, true, on_rows, 1);
  add_loop(n, 1, true, on_cols, 1);
  start_level(n, e, 2);
  for (const char *d = ws ? "PQ" : os ? "CRS" : "K"; *d; d++)
    add_loop(n, 2, false, (const char[]){*d, '\0'}, 1);
  start_level(n, e, 3);
}

static bool evaluate(const struct row *row, struct reuse_arena *arena, struct result *x) {
  struct reuse_layer layer = {.name = "layer", .type = REUSE_CONV, .macs = row->macs};
  const int64_t p = (row->h - row->r + 2 * row->stride - 1) / row->stride;
  const int64_t q = (row->w - row->s + 2 * row->stride - 1) / row->stride;
  layer.problem = (struct reuse_problem){
    .extent = {1, 1, row->k, row->c, p, q, row->r, row->s},
    .stride = {row->stride, row->stride}, .dilation = {1, 1}, .tensors = REUSE_ALL_TENSORS
  };
  x->arch = make_arch(row, arena);
  if (!x->arch || x->arch->nengines != 1 || x->arch->engine[0].nlevels != 3)
    return false;
  x->mapping = (struct reuse_mapping){0};
  make_nest(row, &x->arch->engine[0], &x->mapping.nest);
  if (reuse_evaluate(x->arch, &layer, &x->mapping, &x->evaluation) != REUSE_OK)
    return false;
  layer.problem.input[0] = row->h;
  layer.problem.input[1] = row->w;
  x->problem = layer.problem;
  return reuse_evaluate(x->arch, &layer, &x->mapping, &x->clipped) == REUSE_OK &&
         reuse_mapping_fits(x->arch, &x->mapping, &x->clipped.counts);
}

/* ---- what must agree ----------------------------------------------------------- */

/* The number of folds: rows times columns of tiles. */
static int64_t folds(const struct result *x) { return x->evaluation.counts.level_steps[2]; }

static void check_time(const struct row *row, const struct result *x) {
  const struct reuse_evaluation *e = &x->evaluation;
  const double units = (double)(row->rows * row->cols), macs = (double)row->macs;
  const double cycles = e->compute_cycles + e->fill_cycles;
  const bool os = strcmp(row->dataflow, "os") == 0;
  const double drain = os ? 0 : (double)(row->cols - 1) * (double)folds(x);
  check_count(row, "MACs", row->macs, e->counts.macs);
  check_count(row, "cycles less one", row->cycles, (int64_t)cycles - 1);
  check_percent(row, "overall utilisation", row->overall_pct,
                100 * macs / ((cycles - 1) * units));
  check_percent(row, "mapping efficiency", row->mapping_pct, 100 * e->spatial_utilization);
  check_percent(row, "compute utilisation", row->compute_pct,
                100 * macs / ((cycles + drain) * units));
}

static void check_sram(const struct row *row, const struct result *x) {
  const struct reuse_traffic *a = x->evaluation.counts.at[1];
  const bool os = strcmp(row->dataflow, "os") == 0;
  const int64_t counted_twice = os ? folds(x) * (row->rows + row->cols) : 0;
  check_count(row, "SRAM input reads", row->sram[REUSE_I], a[REUSE_I].serves);
  check_count(row, "SRAM filter reads", row->sram[REUSE_W], a[REUSE_W].serves);
  check_count(row, "SRAM output writes", row->sram[REUSE_O] - counted_twice,
              a[REUSE_O].updates);
}

/* Reads: the compulsory words if they fit the buffer or each is used once; else
 * SCALE-Sim's refetches lie between them and the reads of the SRAM.  Writes: what
 * is written to the SRAM, in lines of a word per column. */
static void check_dram(const struct row *row, const struct result *x) {
  const struct reuse_traffic *sram = x->evaluation.counts.at[1];
  for (int t = REUSE_I; t <= REUSE_W; t++) {
    const int64_t words = reuse_tensor_words(&x->problem, (enum reuse_tensor)t);
    check_count(row, "compulsory words", words, x->clipped.counts.at[0][t].serves);
    if (words <= READ_BUFFER || words == sram[t].serves)
      check_count(row, "DRAM reads", row->dram[t], words);
    check(words <= row->dram[t] && row->dram[t] <= sram[t].serves, row, "DRAM reads, bounds",
          (double)row->dram[t], (double)words);
  }
  const int64_t written = row->dram[REUSE_O] - sram[REUSE_O].updates;
  check(written >= 0 && written < row->cols, row, "DRAM writes", (double)row->dram[REUSE_O],
        (double)sram[REUSE_O].updates);
  CU_ASSERT_EQUAL(x->clipped.counts.at[0][REUSE_O].updates,
                  reuse_tensor_words(&x->problem, REUSE_O));
}

static void scalesim_rows(void) {
  const char *tests = getenv("REUSEMODEL_TESTDIR");
  char path[1024], line[512];
  struct row row;
  int rows = 0;
  snprintf(path, sizeof path, "%s/data/systolic/expected.csv", tests ? tests : "tests");
  FILE *f = fopen(path, "r");
  CU_ASSERT_PTR_NOT_NULL_FATAL(f);
  CU_ASSERT_PTR_NOT_NULL(fgets(line, sizeof line, f));
  while (fgets(line, sizeof line, f)) {
    struct reuse_arena *arena = reuse_arena_new();
    struct result x;
    CU_ASSERT_TRUE_FATAL(read_row(line, &row));
    CU_ASSERT_TRUE_FATAL(evaluate(&row, arena, &x));
    check_time(&row, &x);
    check_sram(&row, &x);
    check_dram(&row, &x);
    reuse_arena_free(arena);
    rows++;
  }
  fclose(f);
  CU_ASSERT_EQUAL(rows, 219);
}

int register_systolic_tests(void) {
  CU_pSuite suite = CU_add_suite("systolic", NULL, NULL);
  return suite && CU_add_test(suite, "rows of SCALE-Sim", scalesim_rows) ? 0 : -1;
}
