/* Lower bounds on DRAM words: by hand, and below what every machine moves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cost/dram_bound.h"
#include "cost/dram_floor.h"
#include "cost/evaluate.h"
#include "run/run.h"
#include "unit/machines.h"

int register_dram_bound_tests(void);

static struct machines shipped;

static int set_up(void) {
  return machines_read(&shipped) ? 0 : -1;
}

static int clean_up(void) {
  machines_free(&shipped);
  return 0;
}

/* ---- by hand ----------------------------------------------------------------- */

static double taps(int64_t p, int64_t r, int64_t stride, int64_t dilation) {
  const struct reuse_problem problem = {.extent = {1, 1, 1, 1, p, 1, r, 1},
                                        .stride = {stride, 1}, .dilation = {dilation, 1}};
  return reuse__taps(&problem);
}

static void test_taps(void) {
  CU_ASSERT_EQUAL(taps(20, 3, 1, 1), 3);
  CU_ASSERT_EQUAL(taps(20, 3, 2, 1), 2);
  CU_ASSERT_EQUAL(taps(20, 11, 4, 1), 3);
  CU_ASSERT_EQUAL(taps(20, 3, 2, 2), 3);
  CU_ASSERT_EQUAL(taps(20, 5, 6, 4), 2);
  CU_ASSERT_EQUAL(taps(2, 3, 1, 1), 2);
  CU_ASSERT_EQUAL(taps(20, 1, 7, 1), 1);
}

/* A phase that begins and ends with u words and moves 12 does (27/3)^1.5 = 27 MACs
 * for u = 15 and (12/3)^1.5 = 8 for u = 0. */
static void test_phases(void) {
  const struct reuse__storage parted = {10, 5, 15}, shared = {7.5, 7.5, 7.5};
  const struct reuse__storage none = {0, 0, 0}, endless = {INFINITY, 15, INFINITY};
  CU_ASSERT_EQUAL(reuse__phase_words(&parted, 5, 4 * 27 + 8, 1), 11);
  CU_ASSERT_EQUAL(reuse__phase_words(&parted, 5, 4 * 27 + 9, 1), 12);
  CU_ASSERT_EQUAL(reuse__phase_words(&parted, 5, 2 * (4 * 27 + 9), 4), 12);
  CU_ASSERT_EQUAL(reuse__phase_words(&shared, 3, 27 + 2 * 8, 1), 11);
  CU_ASSERT_EQUAL(reuse__phase_words(&shared, 3, 27 + 2 * 8 + 1, 1), 12);
  CU_ASSERT_EQUAL(reuse__phase_words(&shared, 2, 27 + 8, 1), 16);
  CU_ASSERT_EQUAL(reuse__phase_words(&none, 4, 4 * 8 + 1, 1), 12);
  CU_ASSERT_EQUAL(reuse__phase_words(&parted, 1, 9, 1), 12);
  CU_ASSERT_EQUAL(reuse__phase_words(&endless, 1, 9, 1), 12);
  CU_ASSERT_EQUAL(reuse__phase_words(&endless, 2, 1e6, 1), 0);
}

/* A machine: DRAM, a double-buffered buffer of 96 bytes, 4 files of 8 bytes, a MAC
 * each; words of 16 bits, partial sums of 24. */
struct machine {
  struct reuse_arch arch;
  struct reuse_engine engine;
  struct reuse_level level[3];
};

static struct reuse_quantity quantity(double value) {
  return (struct reuse_quantity){.value = value, .given = true};
}

static void make_machine(struct machine *m) {
  *m = (struct machine){
      .arch = {.bits = {quantity(16), quantity(16), quantity(16)},
               .psum_bits = quantity(24), .nengines = 1},
      .engine = {.layers = REUSE_BIT(REUSE_MATMUL), .nlevels = 3, .macs = 4},
      .level = {{.kind = REUSE_DRAM, .keeps = REUSE_ALL_TENSORS},
                {.kind = REUSE_SRAM, .keeps = REUSE_ALL_TENSORS, .double_buffered = true,
                 .size_bytes = quantity(96), .naxes = 1, .axis = {{"pe", 4}}},
                {.kind = REUSE_REGISTER, .keeps = REUSE_ALL_TENSORS,
                 .size_bytes = quantity(8)}}};
  m->arch.engine = &m->engine;
  m->engine.level = m->level;
}

static void check_storage(struct machine *m, unsigned tensors, double operands,
                          double outputs, double all) {
  struct reuse__storage s;
  m->arch.engine = &m->engine;
  m->engine.level = m->level;
  reuse__storage(&m->arch, &m->engine, tensors, &s);
  CU_ASSERT_DOUBLE_EQUAL(s.operands, operands, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(s.outputs, outputs, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(s.all, all, 1e-9);
}

static void test_storage(void) {
  const unsigned all = REUSE_ALL_TENSORS, w = REUSE_BIT(REUSE_W), o = REUSE_BIT(REUSE_O);
  struct machine plain, m;
  make_machine(&plain);
  m = plain;
  check_storage(&m, all, 24, 24, 24);
  check_storage(&m, o, 0, 24, 24);
  m = plain;
  m.level[1].keeps &= ~w;
  check_storage(&m, all, 24 + 16, 24, 24 + 16);
  m = plain;
  m.level[1].bypass = w;
  check_storage(&m, all, 24 + 16, 24, 24 + 16);
  m.level[1].bypass = w | o;
  check_storage(&m, all, 24 + 16, 24, 24 + 16);
  m.level[2].size_bytes = quantity(64);
  check_storage(&m, o, 0, 128, 128);
  m = plain;
  m.level[1].tensor_bytes[REUSE_O] = quantity(12);
  check_storage(&m, all, 24, 3, 24 + 3);
  m = plain;
  m.arch.psum_bits = quantity(8);
  check_storage(&m, all, 24, 48, 48);
  m = plain;
  m.level[1].size_bytes.given = false;
  m.level[1].tensor_bytes[REUSE_O] = quantity(12);
  check_storage(&m, o, 0, 3, 3);
  m = plain;
  m.level[1].keeps &= ~o;
  m.level[2].keeps &= ~o;
  check_storage(&m, all, 24, 0, 24);
  m.engine.latch = o;
  check_storage(&m, all, 24, 4, 24 + 4);
  m.level[0].keeps &= ~w;
  check_storage(&m, all, 24 + 16, 4, 24 + 16 + 4);
}

/* 16 x 16 x 16 on 10 and 5 words: with T = 30 a phase does (45/3)^1.5 = 58.09 MACs,
 * the first or last (30/3)^1.5 = 31.62, so 70 phases, 2100 words, are too few for 4096.
 * Without ends no T gives more than 2 * 4096 / sqrt(15) = 2115.2. */
static void test_matrix_product(void) {
  struct reuse_layer layer = {
      .type = REUSE_MATMUL, .macs = 4096,
      .problem = {.extent = {16, 1, 16, 16, 1, 1, 1, 1}, .stride = {1, 1},
                  .dilation = {1, 1}, .tensors = REUSE_ALL_TENSORS}};
  struct reuse_dram_bounds b;
  struct machine m;
  make_machine(&m);
  m.level[1].size_bytes = quantity(40);
  m.level[1].tensor_bytes[REUSE_O] = quantity(20);
  CU_ASSERT_EQUAL(reuse_dram_bounds(&m.arch, &layer, &b), REUSE_OK);
  CU_ASSERT_EQUAL(b.compulsory, 768);
  CU_ASSERT_EQUAL(b.storage_words, 15);
  CU_ASSERT(b.bound > 2100 && b.bound < 2116 + 30);
  m.level[1].size_bytes = quantity(4000);
  CU_ASSERT_EQUAL(reuse_dram_bounds(&m.arch, &layer, &b), REUSE_OK);
  CU_ASSERT_EQUAL(b.bound, 768);
  m.level[0].keeps &= ~REUSE_BIT(REUSE_W);
  CU_ASSERT_EQUAL(reuse_dram_bounds(&m.arch, &layer, &b), REUSE_OK);
  CU_ASSERT_EQUAL(b.compulsory, 512);
  layer.type = REUSE_CONV;
  CU_ASSERT_EQUAL(reuse_dram_bounds(&m.arch, &layer, &b), REUSE_ERR_NO_MAPPING);
}

/* 70 pJ/bit and words of 16 bits: 1120 pJ each; 12.8 GB/s at 200 MHz: 64 bytes, 32 words a
 * cycle.  Of 1000 words 400 are known, so 600 are added; all of them take 31.25 cycles. */
static void test_floor(void) {
  const struct reuse_arch *dna = machine_named(&shipped, "dna");
  struct reuse_layer layer = small_layer[0];
  struct reuse_dram_bounds bounds;
  struct reuse__dram_floor floor;
  CU_ASSERT_FATAL(dna && layer.type == REUSE_CONV);
  CU_ASSERT_FATAL(reuse_dram_bounds(dna, &layer, &bounds) == REUSE_OK);
  reuse__dram_floor(dna, 0, &layer, &floor);
  CU_ASSERT(floor.level == 0 && floor.words == (double)bounds.bound);
  CU_ASSERT(floor.bits == 16 && floor.pj == 1120);
  floor.words = 1000;
  struct reuse_evaluation price = {.energy_pj = 5000, .cycles = 10};
  price.counts.level_instances[0] = 1;
  price.counts.at[0][REUSE_W].serves = 300;
  price.counts.at[0][REUSE_O].updates = 100;
  price.level[0].read_bytes[REUSE_W] = 600;
  price.level[0].write_bytes[REUSE_O] = 200;
  reuse__dram_floor_raise(dna, 0, &floor, &price);
  CU_ASSERT_DOUBLE_EQUAL(price.energy_pj, 5000 + 600 * 1120, 1e-6);
  CU_ASSERT_DOUBLE_EQUAL(price.cycles, 31.25, 1e-9);
  CU_ASSERT_EQUAL(price.counts.at[0][REUSE_I].serves, 600);
  floor.words = 999;
  price.energy_pj = 7;
  reuse__dram_floor_raise(dna, 0, &floor, &price);
  CU_ASSERT_EQUAL(price.energy_pj, 7);
}

/* ---- mappings ------------------------------------------------------------------ */

/* How many mappings were compared, of how many the storage decides the bound, and the
 * least words over bound among these; of how many the floor of DRAM's words has a cost. */
struct compared { int all, decided; double closest; int raised; };

static double dram_words(const struct reuse_arch *arch, const struct reuse_mapping *mapping,
                         const struct reuse_evaluation *e) {
  const struct reuse_engine *engine = &arch->engine[mapping->engine];
  double words = 0;
  for (int i = 0; i < engine->nlevels; i++)
    for (int t = 0; t < REUSE_TENSORS && engine->level[i].kind == REUSE_DRAM; t++)
      words += (double)(e->counts.at[i][t].serves + e->counts.at[i][t].updates);
  return words;
}

/* What is left of the cost of a mapping without DRAM's words, raised to their floor, is no more
 * than the cost. */
static void check_floor(const struct reuse_arch *arch, const struct reuse_layer *layer,
                        const struct reuse_mapping *mapping, const struct reuse_evaluation *e,
                        struct compared *compared) {
  struct reuse__dram_floor floor;
  struct reuse_evaluation rest = *e;
  reuse__dram_floor(arch, mapping->engine, layer, &floor);
  if (floor.words == 0) return;
  for (int t = 0; t < REUSE_TENSORS; t++)
    rest.counts.at[floor.level][t].serves = rest.counts.at[floor.level][t].updates = 0;
  reuse__price(arch, mapping->engine, &mapping->nest, &rest);
  const double without = rest.energy_pj;
  reuse__dram_floor_raise(arch, mapping->engine, &floor, &rest);
  compared->raised += rest.energy_pj > without;
  CU_ASSERT(rest.energy_pj <= e->energy_pj && rest.cycles <= e->cycles);
  rest = *e;
  reuse__dram_floor_raise(arch, mapping->engine, &floor, &rest);
  CU_ASSERT(rest.energy_pj == e->energy_pj && rest.cycles == e->cycles);
}

static bool compare(const struct reuse_arch *arch, const struct reuse_layer *layer,
                    const struct reuse_search *search, struct compared *compared) {
  struct reuse_mapping mapping;
  struct reuse_evaluation e;
  struct reuse_dram_bounds b;
  char text[300];
  if (reuse_map(arch, layer, search, &mapping, &e, NULL) != REUSE_OK)
    return false;
  CU_ASSERT_FATAL(reuse_dram_bounds(arch, layer, &b) == REUSE_OK);
  const double words = dram_words(arch, &mapping, &e);
  snprintf(text, sizeof text, "%s, %s: %.0f words, bound %" PRId64 ", compulsory %" PRId64,
           arch->name, layer->name, words, b.bound, b.compulsory);
  CU_assertImplementation((double)b.bound <= words && b.compulsory <= b.bound, __LINE__,
                          text, __FILE__, __func__, CU_FALSE);
  check_floor(arch, layer, &mapping, &e, compared);
  compared->all++;
  if (b.bound > b.compulsory) {
    compared->decided++;
    compared->closest = fmin(compared->closest, words / (double)b.bound);
  }
  return true;
}

/* The least memories, registers too, with which a variant maps LAYER. */
static void check_variant(const struct reuse_arch *arch, int engine, int dataflow,
                          int variant, const struct reuse_layer *layer,
                          struct compared *compared) {
  static const double shares[] = {1.0 / 4096, 1.0 / 512, 1.0 / 64, 1.0 / 8, 1};
  const struct reuse_search search = {.objective = REUSE_DRAM_WORDS, .max_evaluations = 600};
  bool mapped = false;
  for (size_t s = 0; s < sizeof shares / sizeof *shares && !mapped; s++) {
    struct narrowed n;
    machine_narrow(arch, engine, dataflow, variant, shares[s], &n);
    for (int i = 0; i < n.engine.nlevels; i++)
      if (n.level[i].kind == REUSE_REGISTER) {
        n.level[i].size_bytes.value *= fmax(shares[s], 1.0 / 64);
        for (int t = 0; t < REUSE_TENSORS; t++)
          n.level[i].tensor_bytes[t].value *= fmax(shares[s], 1.0 / 64);
      }
    mapped = compare(&n.arch, layer, &search, compared);
  }
}

static void test_machines(void) {
  const struct reuse_search search = {.objective = REUSE_DRAM_WORDS, .max_evaluations = 600};
  struct compared whole = {.closest = INFINITY}, narrowed = whole;
  for (int a = 0; a < shipped.n; a++) {
    const struct reuse_arch *arch = shipped.arch[a];
    for (int l = 0; l < small_layers; l++) {
      compare(arch, &small_layer[l], &search, &whole);
      for (int e = 0; e < arch->nengines; e++)
        for (int d = 0; d < arch->engine[e].ndataflows; d++) {
          const struct reuse_dataflow *f = &arch->engine[e].dataflow[d];
          if (arch->engine[e].layers & f->layers & REUSE_BIT(small_layer[l].type))
            check_variant(arch, e, d, l % f->nvariants, &small_layer[l], &narrowed);
        }
    }
  }
  printf("# DRAM bounds: %d layers on machines, %d on small ones, of which %d where storage "
         "decides; closest %.3f\n", whole.all, narrowed.all, narrowed.decided,
         narrowed.closest);
  CU_ASSERT(narrowed.decided > 20 && narrowed.raised > 20 && whole.raised > 20);
}

/* The best of all mappings of small layers on buffers of several sizes. */
static void test_exhaustive(void) {
  static const char *const size[] = {"16B", "24B", "40B", "64B", "96B", "160B", "320B"};
  static const int64_t extent[][REUSE_DIMS] = {
      {1, 1, 6, 8, 7, 1, 1, 1}, {1, 1, 4, 4, 5, 1, 3, 1}, {1, 2, 3, 4, 3, 2, 2, 1},
      {7, 1, 5, 7, 1, 1, 1, 1}, {1, 1, 3, 2, 4, 4, 2, 2}};
  const struct reuse_search search = {.objective = REUSE_DRAM_WORDS, .exhaustive = true};
  const char *dir = getenv("REUSEMODEL_TESTDIR"), *home = getenv("REUSEMODEL_HOME");
  struct compared compared = {.closest = INFINITY};
  char path[1024], models[1024];
  snprintf(path, sizeof path, "%s/golden/narrow.yaml", dir ? dir : "tests");
  snprintf(models, sizeof models, "%s/models", home ? home : ".");
  for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
    struct reuse_arena *arena = reuse_arena_new();
    struct reuse_diag diag = {0};
    const struct reuse_arch *arch;
    char set[64];
    const char *const sets[] = {set, "buffer.double_buffered=no"};
    snprintf(set, sizeof set, "buffer.size=%s", size[i]);
    CU_ASSERT_FATAL(reuse_arch_read(path, models, sets, 2, arena, &arch, &diag) == REUSE_OK);
    for (size_t l = 0; l < sizeof extent / sizeof *extent; l++) {
      struct reuse_layer layer = {.name = "small", .type = REUSE_CONV,
                                  .problem = {.stride = {1, 1}, .dilation = {1, 1},
                                              .tensors = REUSE_ALL_TENSORS}};
      layer.macs = 1;
      for (int d = 0; d < REUSE_DIMS; d++) {
        layer.problem.extent[d] = extent[l][d];
        layer.macs *= extent[l][d];
      }
      compare(arch, &layer, &search, &compared);
    }
    reuse_arena_free(arena);
  }
  printf("# DRAM bounds: %d exhaustive searches, in %d storage decides; closest %.3f\n",
         compared.all, compared.decided, compared.closest);
  CU_ASSERT(compared.decided > 5);
}

int register_dram_bound_tests(void) {
  CU_pSuite s = CU_add_suite("dram bounds", set_up, clean_up);
  return s && CU_add_test(s, "filter positions of an input", test_taps) &&
                 CU_add_test(s, "phases", test_phases) &&
                 CU_add_test(s, "storage", test_storage) &&
                 CU_add_test(s, "a matrix product", test_matrix_product) &&
                 CU_add_test(s, "what they cost", test_floor) &&
                 CU_add_test(s, "below the words of every machine", test_machines) &&
                 CU_add_test(s, "below the best of all mappings", test_exhaustive)
             ? 0
             : -1;
}
