/* Comparisons: sums over what machines have in common, ratios, means, winners.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "compare/axes.h"
#include "compare/compare.h"
#include "compare/depthwise.h"

int register_compare_tests(void);

enum { ARCHS = 2, NETS = 2, ROWS = 3 };

static const struct reuse_level level[] = {{.name = "DRAM", .kind = REUSE_DRAM},
                                           {.name = "buffer", .kind = REUSE_SRAM}};
static const struct reuse_engine engine = {.nlevels = 2, .level = level, .macs = 16};
static const struct reuse_arch arch[ARCHS] = {
    {.name = "a", .nengines = 1, .engine = &engine},
    {.name = "b", .nengines = 1, .engine = &engine}};
static const struct reuse_network_table net[NETS] = {{.name = "m"}, {.name = "n"}};

struct fixture {
  struct reuse_arena *arena;
  struct reuse__row row[ARCHS][NETS][ROWS];
  struct reuse__run run[ARCHS * NETS];
  const struct reuse__run *pointer[ARCHS * NETS];
  struct reuse__comparison_input in;
};

/* Layers conv, fc, conv of 100, 200, 300 MACs in the first network and 100 times
 * that in the second; b takes a third of the time of a and five times the energy,
 * all of the surplus in the buffer, and does not run the last layer. */
static void set_up(struct fixture *f) {
  memset(f, 0, sizeof *f);
  f->arena = reuse_arena_new();
  for (int a = 0; a < ARCHS; a++)
    for (int n = 0; n < NETS; n++) {
      for (int i = 0; i < ROWS; i++) {
        struct reuse__row *row = &f->row[a][n][i];
        const double macs = 100.0 * (i + 1) * (n ? 100 : 1);
        row->layer.type = i == 1 ? REUSE_FC : REUSE_CONV;
        row->layer.name = i == 1 ? "fc" : "conv";
        row->layer.macs = row->cost.counts.macs = (int64_t)macs;
        row->modelled = a == 0 || i < 2;
        row->cost.bound_level = a == 0 ? 0 : -1;
        row->cost.bound_tensor = REUSE_W;
        row->cost.time_s = macs / (a ? 3e6 : 1e6);
        row->cost.utilization = a ? 0.75 : 0.25;
        row->cost.mac_energy_pj = macs;
        row->cost.level[0].energy_pj[REUSE_I] = 6 * macs;
        row->cost.level[1].energy_pj[REUSE_O] = (a ? 43 : 3) * macs;
        row->cost.energy_pj = (a ? 50 : 10) * macs;
        row->cost.level[0].read_bytes[REUSE_I] = 2 * macs;
        row->cost.level[0].write_bytes[REUSE_O] = (a ? 7 : 5) * macs;
      }
      f->run[a * NETS + n] = (struct reuse__run){
          .arch = &arch[a], .network = &net[n], .batch = 1, .nrows = ROWS,
          .row = f->row[a][n]};
      f->pointer[a * NETS + n] = &f->run[a * NETS + n];
    }
  f->in = (struct reuse__comparison_input){
      .narchs = ARCHS, .nnets = NETS, .run = f->pointer, .by = REUSE__BY_NETWORK,
      .objective = REUSE_EDP};
}

static const struct reuse__cell *cell_of(const struct reuse__side_by_side *s, int group,
                                         int of_arch) {
  return &s->cell[group * s->input.narchs + of_arch];
}

static bool near(double x, double y) {
  return fabs(x - y) <= 1e-12 * fabs(y);
}

static void test_networks(void) {
  struct reuse__side_by_side s;
  struct fixture f;
  set_up(&f);
  CU_ASSERT_FATAL(reuse__side_by_side(&f.in, f.arena, &s) == REUSE_OK);
  CU_ASSERT_EQUAL(s.ngroups, 3);
  CU_ASSERT_EQUAL(s.group[0].left_out, 1);
  CU_ASSERT_EQUAL(cell_of(&s, 0, 0)->sum.layers, 2);
  CU_ASSERT_EQUAL(cell_of(&s, 0, 0)->sum.macs, 300);
  CU_ASSERT(near(cell_of(&s, 0, 0)->value[REUSE__METRIC_TIME], 300e-6));
  CU_ASSERT(near(cell_of(&s, 0, 0)->value[REUSE__METRIC_UTILIZATION], 0.25));
  CU_ASSERT(near(cell_of(&s, 0, 0)->value[REUSE__METRIC_DRAM], 2100));
  CU_ASSERT(near(cell_of(&s, 0, 0)->value[REUSE__METRIC_GOPS], 2e-3));
  CU_ASSERT(near(cell_of(&s, 0, 0)->value[REUSE__METRIC_GOPS_PER_W], 200));
  CU_ASSERT(near(cell_of(&s, 0, 0)->value[REUSE__METRIC_GOPS_PER_W_ON_CHIP], 500));
  CU_ASSERT(near(cell_of(&s, 1, 1)->ratio[REUSE__METRIC_ENERGY], 5));
  CU_ASSERT(near(cell_of(&s, 1, 1)->ratio[REUSE__METRIC_EDP], 5.0 / 3));
  CU_ASSERT(near(cell_of(&s, 1, 1)->ratio[REUSE__METRIC_DRAM], 9.0 / 7));
  CU_ASSERT(near(cell_of(&s, 2, 0)->value[REUSE__METRIC_TIME], 3000e-6));
  CU_ASSERT(near(cell_of(&s, 2, 1)->ratio[REUSE__METRIC_TIME], 1.0 / 3));
  CU_ASSERT(isnan(cell_of(&s, 2, 1)->value[REUSE__METRIC_BUFFER]));
  reuse_arena_free(f.arena);
}

static void test_groups(void) {
  static const struct { enum reuse__by by; int groups, means; } row[] = {
      {REUSE__BY_NETWORK, 3, 1}, {REUSE__BY_TYPE, 6, 2}, {REUSE__BY_LAYER, 6, 0}};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    struct reuse__side_by_side s;
    struct fixture f;
    int means = 0;
    set_up(&f);
    f.in.by = row[i].by;
    CU_ASSERT_FATAL(reuse__side_by_side(&f.in, f.arena, &s) == REUSE_OK);
    for (int g = 0; g < s.ngroups; g++)
      means += s.group[g].net < 0;
    CU_ASSERT_EQUAL(s.ngroups, row[i].groups);
    CU_ASSERT_EQUAL(means, row[i].means);
    reuse_arena_free(f.arena);
  }
}

static void test_winners(void) {
  const struct reuse_search weights = {.objective = REUSE_WEIGHTED, .energy_weight = 2};
  static const struct {
    enum reuse_objective objective;
    int winner;
    double margin;
    const char *why;
  } row[] = {
      {REUSE_ENERGY, 0, 5, "energy: buffers"},
      {REUSE_LATENCY, 1, 3, "time: DRAM:W"},
      {REUSE_EDP, 0, 5.0 / 3, "energy: buffers"},
      {REUSE_DRAM_WORDS, 0, 9.0 / 7, "DRAM: O"},
      {REUSE_WEIGHTED, 0, 5, "energy: buffers"},
  };
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    struct reuse__side_by_side s;
    struct fixture f;
    set_up(&f);
    f.in.objective = row[i].objective;
    f.in.weights = &weights;
    CU_ASSERT_FATAL(reuse__side_by_side(&f.in, f.arena, &s) == REUSE_OK);
    CU_ASSERT_EQUAL(s.group[0].winner, row[i].winner);
    CU_ASSERT_EQUAL(s.group[0].second, 1 - row[i].winner);
    CU_ASSERT(near(s.group[0].margin, row[i].margin));
    CU_ASSERT_STRING_EQUAL(reuse__term_text(&s.group[0].term, f.arena), row[i].why);
    CU_ASSERT_STRING_EQUAL(reuse__term_text(&s.group[2].term, f.arena), "");
    reuse_arena_free(f.arena);
  }
}

/* A layer that a machine lacks has no values, no ratio and no winner; machines
 * that are equal have no term that decides. */
static void test_nothing_in_common(void) {
  struct reuse__side_by_side s;
  struct fixture f;
  set_up(&f);
  f.in.by = REUSE__BY_LAYER;
  memcpy(f.row[1], f.row[0], sizeof f.row[1]);
  f.row[1][0][2].modelled = false;
  CU_ASSERT_FATAL(reuse__side_by_side(&f.in, f.arena, &s) == REUSE_OK);
  CU_ASSERT_EQUAL(s.group[2].winner, -1);
  CU_ASSERT(isnan(cell_of(&s, 2, 0)->value[REUSE__METRIC_TIME]));
  CU_ASSERT(isnan(cell_of(&s, 2, 0)->ratio[REUSE__METRIC_TIME]));
  CU_ASSERT_EQUAL(s.group[0].winner, 0);
  CU_ASSERT_EQUAL(s.group[0].term.kind, REUSE__TERM_NONE);
  reuse_arena_free(f.arena);
}

static void test_mean(void) {
  double values[] = {2, 18, 6}, zero[] = {2, 0}, missing[] = {2, NAN};
  CU_ASSERT(near(reuse__geometric_mean(values, 3), 6));
  CU_ASSERT(isnan(reuse__geometric_mean(zero, 2)));
  CU_ASSERT(isnan(reuse__geometric_mean(missing, 2)));
  CU_ASSERT(isnan(reuse__geometric_mean(values, 0)));
}

/* Utilization and losses are all of the peak. */
static void test_peak(void) {
  static const struct {
    double spatial, fill, stall;
    int64_t instances;
    int bound;
    double mapping, edges, filling, stalls;
  } row[] = {
      {0.5, 1, 1, 16, -1, 0, 0.5, 0, 0},
      {0.5, 1, 1, 8, -1, 0.5, 0, 0, 0},
      {0.25, 0.8, 0.5, 12, 0, 0.1, 0.2, 0.1, 0.5},
      {0.25, 0.8, 0.5, 12, -1, 0.1, 0.2, 0.1, 0.5},
  };
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    struct reuse__peak p;
    struct fixture f;
    set_up(&f);
    struct reuse__row *r = &f.row[0][0][0];
    r->cost.spatial_utilization = row[i].spatial;
    r->cost.fill_efficiency = row[i].fill;
    r->cost.stall_efficiency = row[i].stall;
    r->cost.utilization = row[i].spatial * row[i].fill * row[i].stall;
    r->cost.counts.instances = row[i].instances;
    r->cost.bound_level = row[i].bound;
    reuse__row_peak(&f.run[0], r, &p);
    CU_ASSERT(near(1 + p.mapping, 1 + row[i].mapping));
    CU_ASSERT(near(1 + p.edges, 1 + row[i].edges));
    CU_ASSERT(near(1 + p.fill, 1 + row[i].filling));
    CU_ASSERT(near(1 + reuse__stalls(&p), 1 + row[i].stalls));
    CU_ASSERT(near(p.useful + p.mapping + p.edges + p.fill + reuse__stalls(&p), 1));
    if (p.nstalls > 0)
      CU_ASSERT_PTR_EQUAL(p.stall[0].level, row[i].bound < 0 ? NULL : level[0].name);
    reuse_arena_free(f.arena);
  }
}

/* Only the resource grows, in levels of its kind, and the machine stays as it is. */
static void test_scaled(void) {
  static const struct reuse_level limited[] = {
      {.name = "DRAM", .kind = REUSE_DRAM, .bandwidth.q = {.value = 3, .given = true}},
      {.name = "buffer", .kind = REUSE_SRAM, .size_bytes = {.value = 5, .given = true},
       .tensor_bandwidth[REUSE_W].q = {.value = 7, .given = true}},
      {.name = "REG", .kind = REUSE_REGISTER, .size_bytes = {.value = 11, .given = true}}};
  const struct reuse_engine e = {.nlevels = 3, .level = limited};
  const struct reuse_arch a = {.name = "a", .nengines = 1, .engine = &e};
  struct reuse_arena *arena = reuse_arena_new();
  for (int k = 0; k < REUSE__ARRAY_TALLER; k++) {
    bool any;
    const struct reuse_arch *s =
        reuse__scaled_arch(&a, (enum reuse__resource)k, 2, arena, &any);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    const struct reuse_level *l = s->engine[0].level;
    CU_ASSERT(any);
    CU_ASSERT(near(l[0].bandwidth.q.value, k == REUSE__DRAM_BANDWIDTH ? 6 : 3));
    CU_ASSERT(near(l[1].size_bytes.value, k == REUSE__BUFFER_SIZE ? 10 : 5));
    CU_ASSERT(near(l[1].tensor_bandwidth[REUSE_W].q.value,
                   k == REUSE__BUFFER_BANDWIDTH ? 14 : 7));
    CU_ASSERT(near(l[2].size_bytes.value, 11));
    reuse__scaled_arch(&arch[0], (enum reuse__resource)k, 2, arena, &any);
    CU_ASSERT(!any);
  }
  reuse_arena_free(arena);
}

/* The two longest axes change places in length, a limit of a whole axis follows it, the
 * fill grows with their sum; an odd axis is not halved. */
static void test_reshaped(void) {
  static const struct reuse_level levels[] = {
      {.name = "DRAM", .kind = REUSE_DRAM},
      {.name = "array", .kind = REUSE_REGISTER, .naxes = 3,
       .axis = {{"few", 2}, {"rows", 6}, {"cols", 7}}}};
  static const struct reuse_spatial_rule rules[] = {
      {.level = 1, .axes = REUSE_BIT(1), .max = 6}, {.level = 1, .axes = REUSE_BIT(2), .max = 5}};
  static const struct reuse_spatial_variant variant = {.n = 2, .rule = rules};
  static const struct reuse_dataflow flow = {.name = "f", .nvariants = 1, .variant = &variant};
  const struct reuse_engine e = {.nlevels = 2, .level = levels, .macs = 84, .ndataflows = 1,
                                 .dataflow = &flow, .fill_cycles = {.value = 13, .given = true}};
  const struct reuse_arch a = {.name = "a", .nengines = 1, .engine = &e};
  struct reuse_arena *arena = reuse_arena_new();
  bool any;
  const struct reuse_arch *s = reuse__scaled_arch(&a, REUSE__ARRAY_WIDER, 2, arena, &any);
  CU_ASSERT_PTR_NOT_NULL_FATAL(s);
  CU_ASSERT(any);
  CU_ASSERT_STRING_EQUAL(reuse__axes_text(&a, s, arena), "rows 3, cols 14");
  CU_ASSERT_EQUAL(s->engine[0].level[1].axis[0].size, 2);
  CU_ASSERT_EQUAL(s->engine[0].dataflow[0].variant[0].rule[0].max, 3);
  CU_ASSERT_EQUAL(s->engine[0].dataflow[0].variant[0].rule[1].max, 5);
  CU_ASSERT(near(s->engine[0].fill_cycles.value, 17));
  s = reuse__scaled_arch(&a, REUSE__ARRAY_TALLER, 2, arena, &any);
  CU_ASSERT(s != NULL && !any);
  CU_ASSERT_STRING_EQUAL(reuse__axes_text(&a, s, arena), "");
  reuse_arena_free(arena);
}

int register_compare_tests(void) {
  CU_pSuite suite = CU_add_suite("compare", NULL, NULL);
  return suite && CU_ADD_TEST(suite, test_networks) && CU_ADD_TEST(suite, test_groups) &&
                 CU_ADD_TEST(suite, test_winners) &&
                 CU_ADD_TEST(suite, test_nothing_in_common) &&
                 CU_ADD_TEST(suite, test_mean) && CU_ADD_TEST(suite, test_peak) &&
                 CU_ADD_TEST(suite, test_scaled) && CU_ADD_TEST(suite, test_reshaped)
             ? 0
             : -1;
}
