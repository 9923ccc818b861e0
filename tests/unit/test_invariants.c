/* The invariants: each notices what breaks it, and all hold for shipped machines.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cost/evaluate.h"
#include "cost/invariants.h"
#include "count/shape.h"
#include "mapping/nest_read.h"
#include "unit/machines.h"

int register_invariants_tests(void);

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

static struct machines shipped;

static int set_up(void) {
  return machines_read(&shipped) ? 0 : -1;
}

static int clean_up(void) {
  machines_free(&shipped);
  return 0;
}

static void check_text(const char *name, const char *expected, const char *actual) {
  char text[512];
  snprintf(text, sizeof text, "%s: expected '%s', got '%s'", name, expected, actual);
  CU_assertImplementation(strcmp(expected, actual) == 0, __LINE__, text, __FILE__, __func__,
                          CU_FALSE);
}

/* ---- an evaluation to break -------------------------------------------------------- */

/* A product of 3 rows, 4 columns, depth 5 on two MACs below a buffer of 64 bytes. */
static const char product[] =
    "problem: {N: 1, G: 1, K: 4, C: 5, P: 3, Q: 1, R: 1, S: 1, stride: [1, 1], "
    "dilation: [1, 1], pad: [0, 0]}\nnest:\n"
    "  - {level: DRAM, loops: [C/2, K/2]}\n"
    "  - {level: buffer, loops: [P/1, C/1], spatial: [K/1], network: {W: unicast}}\n"
    "  - {level: MAC}\n";

struct subject {
  struct reuse_arch arch;
  struct reuse_engine engine;
  struct reuse_level level[2];
  struct reuse_layer layer;
  struct reuse_mapping mapping;
  struct reuse_evaluation evaluation;
};

static struct reuse_quantity figure(double value) {
  return (struct reuse_quantity){.value = value, .given = true};
}

static struct reuse_rate bytes_per_cycle(double value) {
  return (struct reuse_rate){figure(value), REUSE_BYTES_PER_CYCLE};
}

/* Evaluates the product.  What the DRAM reads and writes, and the buffer: I 15, W
 * 20, O 24 and 36; I 30, W 60, O 48 + 36, and 60 from the MACs. */
static bool make_subject(struct subject *s) {
  struct reuse_diag diag = {0};
  memset(s, 0, sizeof *s);
  s->level[0] = (struct reuse_level){
      .name = "DRAM", .kind = REUSE_DRAM, .keeps = REUSE_ALL_TENSORS,
      .read_pj_per_bit = figure(10), .write_pj_per_bit = figure(10),
      .bandwidth = bytes_per_cycle(5)};
  s->level[1] = (struct reuse_level){
      .name = "buffer", .kind = REUSE_SRAM, .keeps = REUSE_ALL_TENSORS, .streams = true,
      .read_pj_per_bit = figure(1), .write_pj_per_bit = figure(1),
      .hop_pj_per_bit = figure(0.5), .size_bytes = figure(64), .naxes = 1,
      .axis = {{"macs", 2}}};
  s->engine = (struct reuse_engine){.name = "engine", .nlevels = 2, .level = s->level,
                                    .macs = 2, .mac_pj = figure(1), .fill_level = -1};
  s->arch = (struct reuse_arch){
      .name = "machine", .clock_hz = figure(1e9), .psum_bits = figure(16),
      .bits = {figure(8), figure(8), figure(8)}, .static_mw = figure(1), .nengines = 1,
      .engine = &s->engine};
  s->layer = (struct reuse_layer){.type = REUSE_MATMUL, .macs = 60};
  return reuse__nest_parse("nest", product, strlen(product), &s->layer.problem,
                           &s->mapping.nest, &diag) == REUSE_OK &&
         reuse_evaluate(&s->arch, &s->layer, &s->mapping, &s->evaluation) == REUSE_OK;
}

/* ---- one figure wrong --------------------------------------------------------------- */

/* A field of the subject to overwrite, and the rule that must notice. */
static const struct broken {
  size_t offset, size;
  bool real;
  int64_t integer;
  double number;
  const char *why;
} broken[] = {
#define INTEGER(field, value, why) \
  {offsetof(struct subject, field), sizeof(((struct subject *)0)->field), false, value, 0, why}
#define NUMBER(field, value, why) \
  {offsetof(struct subject, field), sizeof(double), true, 0, value, why}
#define AT(level, tensor, field) evaluation.counts.at[level][tensor].field
    INTEGER(evaluation.nlevels, 3, "the nest has the levels of the engine and the MACs"),
    INTEGER(evaluation.counts.macs, 59, "MACs are the points of the iteration space"),
    INTEGER(layer.macs, 59, "MACs are those of the layer"),
    INTEGER(evaluation.counts.effective_macs, 61,
            "effective MACs are between 0 and all MACs"),
    INTEGER(evaluation.counts.level_steps[0], 2,
            "steps and instances do not fall from level to level"),
    INTEGER(evaluation.counts.steps, 31, "steps and instances are those of the MACs"),
    INTEGER(engine.macs, 1, "instances are no more than the MAC units"),
    INTEGER(mapping.nest.level[1].keeps, REUSE_BIT(REUSE_W) | REUSE_BIT(REUSE_O),
            "a tensor that a level does not keep does not move there"),
    INTEGER(AT(0, REUSE_I, serves), -1, "no count is negative"),
    INTEGER(AT(1, REUSE_W, tile), 21, "a tile is no more than its tensor"),
    INTEGER(AT(1, REUSE_I, drains), 1, "only outputs are written by children and read out"),
    INTEGER(AT(0, REUSE_I, loads), 1, "nothing moves beyond the outermost level"),
    INTEGER(AT(0, REUSE_O, drains), 1, "nothing moves beyond the outermost level"),
    INTEGER(AT(1, REUSE_I, loads), 16, "a level loads what is delivered to it"),
    INTEGER(AT(1, REUSE_I, deliveries), 14, "loads are no less than the compulsory words"),
    INTEGER(AT(0, REUSE_I, serves), 14, "serves are no less than the compulsory words"),
    INTEGER(AT(0, REUSE_W, serves), 21, "a level serves no more than its children load"),
    INTEGER(AT(1, REUSE_W, serves), 59, "with unicast a level serves what its children load"),
    INTEGER(AT(1, REUSE_I, serves), 29, "a word read once goes to each child at most once"),
    INTEGER(AT(1, REUSE_I, deliveries), 61, "a word read once goes to each child at most once"),
    INTEGER(AT(1, REUSE_W, deliveries), 61,
            "with unicast a level serves what its children load"),
    INTEGER(AT(1, REUSE_O, drains), 35, "a level drains what is delivered from it"),
    INTEGER(AT(1, REUSE_O, loads), 23, "partial sums return only where they are merged on "
                                       "the way"),
    INTEGER(AT(0, REUSE_O, updates), 11, "updates are no less than the outputs"),
    INTEGER(AT(0, REUSE_O, updates), 37, "a level is updated no more than its children drain"),
    INTEGER(mapping.nest.level[1].network[REUSE_O], REUSE_ACCUMULATE,
            "without reduction a level is updated as often as its children drain"),
    INTEGER(AT(0, REUSE_O, updates), 35, "an update merges at most one word of each child"),
    NUMBER(evaluation.compute_cycles, 0, "the array takes time"),
    NUMBER(evaluation.level[1].cycles, 60,
           "the time is no less than that of the array and of any level"),
    NUMBER(evaluation.cycles, 29, "the time is no less than that of the array and of any level"),
    NUMBER(evaluation.cycles, 1000, "the time is no more than all in sequence"),
    INTEGER(evaluation.bound_level, -1, "the bound is what takes longest"),
    NUMBER(evaluation.time_s, 1, "the time is the cycles over the clock"),
    NUMBER(evaluation.spatial_utilization, 1.01, "utilisations are in (0, 1]"),
    NUMBER(evaluation.fill_efficiency, 0, "utilisations are in (0, 1]"),
    NUMBER(evaluation.spatial_utilization, 0.5, "the utilisation is the product of its parts"),
    NUMBER(evaluation.level[0].read_bytes[REUSE_I], 0, "a level moves bytes when it moves words"),
    NUMBER(evaluation.level[0].energy_pj[REUSE_I], -1, "energies are positive"),
    NUMBER(evaluation.energy_pj, 0, "energies are positive"),
    NUMBER(evaluation.static_energy_pj, 0, "the energy is the sum of its parts"),
    NUMBER(level[1].size_bytes.value, 21, "tiles fit their levels and fan-outs their arrays"),
    INTEGER(level[1].axis[0].size, 1, "tiles fit their levels and fan-outs their arrays"),
};

static void breaks_are_noticed(void) {
  for (int i = 0; i < COUNT(broken); i++) {
    const struct broken *b = &broken[i];
    struct subject s;
    const char *why = "";
    const int32_t i32 = (int32_t)b->integer;
    const uint8_t i8 = (uint8_t)b->integer;
    CU_ASSERT_FATAL(make_subject(&s));
    const void *value = b->real ? (const void *)&b->number
                        : b->size == 8 ? (const void *)&b->integer
                        : b->size == 4 ? (const void *)&i32 : &i8;
    memcpy((char *)&s + b->offset, value, b->size);
    CU_ASSERT_FALSE(reuse__invariants(&s.arch, &s.layer, &s.mapping, &s.evaluation, NULL));
    reuse__invariants(&s.arch, &s.layer, &s.mapping, &s.evaluation, &why);
    check_text("broken", b->why, why ? why : "nothing");
  }
}

static void sound_evaluation_holds(void) {
  struct subject s;
  const char *why = "";
  CU_ASSERT_FATAL(make_subject(&s));
  CU_ASSERT_TRUE(reuse__invariants(&s.arch, &s.layer, &s.mapping, &s.evaluation, &why));
  CU_ASSERT_PTR_NULL(why);
}

/* ---- every machine ---------------------------------------------------------------------- */

/* Whether ARCH's mapping of LAYER keeps them, where it has one. */
static void check_layer(const struct reuse_arch *arch, const struct reuse_layer *layer,
                        enum reuse_objective objective) {
  const struct reuse_search search = {.objective = objective, .energy_weight = 1,
                                      .latency_weight = 100, .max_evaluations = 400};
  struct reuse_mapping mapping;
  struct reuse_evaluation evaluation;
  const char *why = NULL;
  struct reuse_proof proof;
  char name[256];
  if (reuse_map(arch, layer, &search, &mapping, &evaluation, &proof) != REUSE_OK)
    return;
  reuse__invariants(arch, layer, &mapping, &evaluation, &why);
  snprintf(name, sizeof name, "%s, %s", arch->name, layer->name);
  check_text(name, "nothing", why ? why : "nothing");
}

/* Networks that have all types of layers between them, large and small. */
static const char *const network[] = {"alexnet", "shufflenet_v1_g3", "bert_base_s128"};

/* The first or the last layer of each type that has MACs, on every other machine. */
static void check_network(const char *name, int seed) {
  const char *home = getenv("REUSEMODEL_HOME");
  const struct reuse_network_table *net;
  struct reuse_arena *arena = reuse_arena_new();
  struct reuse_diag diag = {0};
  char path[1024];
  snprintf(path, sizeof path, "%s/data/%s.csv", home ? home : ".", name);
  CU_ASSERT_EQUAL_FATAL(reuse_network_read(path, arena, &net, &diag), REUSE_OK);
  for (int type = 0; type < REUSE_LAYER_TYPES; type++) {
    int first = -1, last = -1;
    for (int i = 0; i < net->nlayers; i++)
      if ((int)net->layer[i].type == type && net->layer[i].macs) {
        first = first < 0 ? i : first;
        last = i;
      }
    for (int a = seed % 2; a < shipped.n && first >= 0; a += 2)
      check_layer(shipped.arch[a], &net->layer[a / 2 % 2 ? first : last],
                  (enum reuse_objective)(a / 2 % REUSE_OBJECTIVES));
  }
  reuse_arena_free(arena);
}

static void real_layers_hold(void) {
  for (int i = 0; i < COUNT(network); i++)
    check_network(network[i], i);
}

static void small_layers_hold(void) {
  for (int a = 0; a < shipped.n; a++)
    for (int l = 0; l < small_layers; l++)
      check_layer(shipped.arch[a], &small_layer[l],
                  (enum reuse_objective)((a + l) % REUSE_OBJECTIVES));
}

/* ---- techniques ---------------------------------------------------------------------- */

enum { ENGINES = 8 };

/* A machine with all of its parts, to be changed. */
struct copy {
  struct reuse_arch arch;
  struct reuse_engine engine[ENGINES];
  struct reuse_level level[ENGINES][REUSE_MAX_LEVELS];
};

/* ARCH at a lower voltage, with zeros that its MACs gate or skip, and compression. */
static void add_techniques(const struct reuse_arch *arch, struct copy *c) {
  c->arch = *arch;
  c->arch.engine = c->engine;
  c->arch.volt = figure(0.9);
  c->arch.nominal_volt = figure(1);
  c->arch.zeros[REUSE_I] = figure(0.5);
  c->arch.zeros[REUSE_W] = figure(0.25);
  for (int e = 0; e < arch->nengines; e++) {
    c->engine[e] = arch->engine[e];
    c->engine[e].gate = REUSE_BIT(REUSE_I);
    c->engine[e].skip = e % 2 ? 0 : REUSE_BIT(REUSE_W);
    c->engine[e].level = c->level[e];
    for (int i = 0; i < arch->engine[e].nlevels; i++) {
      c->level[e][i] = arch->engine[e].level[i];
      c->level[e][i].compression[i % REUSE_TENSORS] = figure(1.5);
    }
  }
}

/* On the mapping found for LAYER they hold, nothing costs more than without techniques,
 * and the outermost traffic alone is a lower bound. */
static void check_techniques(const struct reuse_arch *plain, const struct copy *c,
                             const struct reuse_layer *layer) {
  const struct reuse_search search = {.objective = REUSE_ENERGY, .max_evaluations = 400};
  struct reuse_evaluation full, part = {0}, before;
  struct reuse_mapping mapping;
  const char *why = NULL;
  if (reuse_map(&c->arch, layer, &search, &mapping, &full, NULL) != REUSE_OK)
    return;
  reuse__invariants(&c->arch, layer, &mapping, &full, &why);
  check_text(c->arch.name, "nothing", why ? why : "nothing");
  CU_ASSERT_EQUAL(reuse_evaluate(plain, layer, &mapping, &before), REUSE_OK);
  CU_ASSERT_TRUE(full.energy_pj < before.energy_pj && full.cycles <= before.cycles);
  CU_ASSERT_EQUAL(reuse__count_shape(&layer->problem, &mapping.nest, &part.counts), REUSE_OK);
  CU_ASSERT_EQUAL(reuse__evaluate(&c->arch, layer, &mapping, NULL, true, &part), REUSE_OK);
  CU_ASSERT_TRUE(part.energy_pj <= full.energy_pj * (1 + 1e-12));
  CU_ASSERT_TRUE(part.cycles <= full.cycles * (1 + 1e-12));
}

static void techniques_hold(void) {
  static struct copy copy;
  for (int a = 0; a < shipped.n; a++) {
    if (shipped.arch[a]->nengines > ENGINES)
      continue;
    add_techniques(shipped.arch[a], &copy);
    check_techniques(shipped.arch[a], &copy, &small_layer[a % small_layers]);
  }
}

int register_invariants_tests(void) {
  CU_pSuite s = CU_add_suite("invariants", set_up, clean_up);
  return s && CU_ADD_TEST(s, sound_evaluation_holds) &&
                 CU_ADD_TEST(s, breaks_are_noticed) && CU_ADD_TEST(s, small_layers_hold) &&
                 CU_ADD_TEST(s, techniques_hold) &&
                 CU_ADD_TEST(s, real_layers_hold)
             ? 0
             : -1;
}
