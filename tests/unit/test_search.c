/* Branch and bound against the evaluation of every mapping, and bounds against what they
 * bound, on the shipped machines and on random ones.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/checked.h"
#include "cost/evaluate.h"
#include "mapper/bound.h"
#include "mapper/fans.h"
#include "mapper/holds.h"
#include "mapper/innermost.h"
#include "mapper/orders.h"
#include "mapper/score.h"
#include "mapper/steps.h"
#include "mapper/tiles.h"
#include "unit/check.h"
#include "unit/machines.h"

int register_search_tests(void);

static struct machines shipped;

static int set_up(void) { return machines_read(&shipped) ? 0 : -1; }

static int clean_up(void) {
  machines_free(&shipped);
  return 0;
}

static uint64_t seed;

static int64_t draw(int64_t n) { return draw_from(&seed, n); }

/* ---- layers whose mappings can all be evaluated ---------------------------------------- */

#define TINY(n, t, g, k, c, p, q, r, s, st, pd)                                     \
  {.name = n, .type = t, .macs = (g) * (k) * (c) * (p) * (q) * (r) * (s),           \
   .problem = {.extent = {1, g, k, c, p, q, r, s}, .stride = {st, st},              \
               .dilation = {1, 1}, .pad = {pd, 0}, .tensors = REUSE_ALL_TENSORS,    \
               .input = {((p) - 1) * (st) + (r) - 2 * (pd), ((q) - 1) * (st) + (s)}}}

static const struct reuse_layer tiny_layer[] = {
    TINY("conv", REUSE_CONV, 1, 2, 2, 3, 1, 2, 1, 1, 0),
    TINY("conv_pad", REUSE_CONV, 1, 2, 1, 4, 1, 3, 1, 1, 1),
    TINY("conv_stride", REUSE_CONV, 1, 1, 2, 3, 2, 3, 1, 2, 0),
    TINY("pwconv", REUSE_PWCONV, 1, 3, 2, 3, 1, 1, 1, 1, 0),
    TINY("dwconv", REUSE_DWCONV, 3, 1, 1, 3, 1, 3, 1, 1, 1),
    TINY("gconv", REUSE_GCONV, 2, 2, 2, 2, 1, 1, 1, 1, 0),
    TINY("fc", REUSE_FC, 1, 5, 4, 1, 1, 1, 1, 1, 0),
};
enum { TINY_LAYERS = sizeof tiny_layer / sizeof *tiny_layer, MOST_MAPPINGS = 12000 };

/* ---- exhaustive search ------------------------------------------------------------------- */

static struct reuse_search search_for(int objective) {
  return (struct reuse_search){.objective = (enum reuse_objective)objective,
                               .energy_weight = 1, .latency_weight = 40, .dram_weight = 3};
}

/* Searches with a budget of half of the EVALUATIONS that a search needs, and of plenty: the bound
 * of the first is not above the BEST value, nor its own value below it; the second, which may
 * go on from its best starts in between, finds the same. */
static void compare_budgets(const struct reuse_arch *arch, const struct reuse_layer *layer,
                            const struct reuse_search *like, int64_t evaluations,
                            const struct reuse__score *best, const char *text) {
  for (int plenty = 0; plenty < 2; plenty++) {
    struct reuse_search wanted = *like;
    struct reuse_mapping m;
    struct reuse_evaluation cost;
    struct reuse_proof proof;
    struct reuse__score score;
    wanted.max_evaluations = plenty ? 4 * evaluations + 100 : (evaluations + 1) / 2;
    const enum reuse_status st = reuse_map(arch, layer, &wanted, &m, &cost, &proof);
    if (st != REUSE_OK) {
      check(!plenty, text);
      continue;
    }
    reuse__score(arch, &m, &cost, &wanted, &score);
    check(proof.lower_bound <= best->value[0] && score.value[0] >= best->value[0], text);
    check(!proof.optimal || score.value[0] == best->value[0], text);
    for (int i = 0; i < REUSE__SCORES && plenty; i++)
      check(proof.optimal && score.value[i] == best->value[i], text);
  }
}

static bool same_score(const struct reuse__score *a, const struct reuse__score *b) {
  bool same = true;
  for (int i = 0; i < REUSE__SCORES; i++) same = same && a->value[i] == b->value[i];
  return same;
}

/* Searches with every step: one finds a mapping of the same score as the BEST of all, one that
 * may take any of the best value one of the same value. */
static void compare_complete(const struct reuse_arch *arch, const struct reuse_layer *layer,
                             const struct reuse_search *like, const struct reuse__score *best,
                             const char *text) {
  for (int any = 0; any < 2; any++) {
    struct reuse_search wanted = *like;
    struct reuse_mapping m;
    struct reuse_evaluation cost;
    struct reuse_proof proof;
    struct reuse__score score;
    char complete[1024];
    wanted.complete = true;
    wanted.any_tie = any;
    if (!check(reuse_map(arch, layer, &wanted, &m, &cost, &proof) == REUSE_OK, text)) continue;
    reuse__score(arch, &m, &cost, &wanted, &score);
    snprintf(complete, sizeof complete, "%s, %.17g pJ, %.17g cycles, %g words; every step%s: "
             "%.17g, %.17g pJ, %.17g cycles, %g words", text, best->value[1], best->value[2],
             best->value[3], any ? ", any tie" : "", score.value[0], score.value[1],
             score.value[2], score.value[3]);
    check(proof.optimal && proof.every_step, complete);
    check(any ? score.value[0] == best->value[0] : same_score(&score, best), complete);
  }
}

/* Whether the mappings of LAYER, MOST at most, could all be evaluated, and there are some: both
 * searches of it then find mappings of the same score, which the branching one calls proven. */
static bool compare_searches(const struct reuse_arch *arch, const struct reuse_layer *layer,
                             int objective, int64_t most, bool cold, const char *name) {
  struct reuse_mapping all, best;
  struct reuse_evaluation all_cost, best_cost;
  struct reuse_proof proof = {.optimal = true};
  struct reuse__score all_score, best_score;
  char text[512];
  struct reuse_search wanted = search_for(objective);
  wanted.exhaustive = true;
  wanted.max_evaluations = most;
  const enum reuse_status every = reuse_map(arch, layer, &wanted, &all, &all_cost, &proof);
  if (!proof.optimal) return false;
  wanted.exhaustive = false;
  wanted.cold_start = cold;
  wanted.max_evaluations = 0;
  const enum reuse_status some = reuse_map(arch, layer, &wanted, &best, &best_cost, &proof);
  snprintf(text, sizeof text, "%s, %s, %s: %s, exhaustively %s", name, layer->name,
           reuse_objective_name[objective], reuse_status_text(some), reuse_status_text(every));
  if (!check(some == every, text) || every != REUSE_OK) return false;
  reuse__score(arch, &all, &all_cost, &wanted, &all_score);
  reuse__score(arch, &best, &best_cost, &wanted, &best_score);
  snprintf(text, sizeof text, "%s, %s, %s: %.17g%s, exhaustively %.17g", name, layer->name,
           reuse_objective_name[objective], best_score.value[0],
           proof.optimal ? "" : " not proven", all_score.value[0]);
  check(proof.optimal && proof.lower_bound == best_score.value[0] &&
            same_score(&all_score, &best_score), text);
  compare_budgets(arch, layer, &wanted, proof.evaluations, &all_score, text);
  compare_complete(arch, layer, &wanted, &all_score, text);
  return true;
}

/* Every variant of every dataflow, with memories of several sizes. */
static void compare_variants(const struct reuse_arch *arch, int *compared) {
  static const double share[] = {1, 3e-3, 4e-4};
  int k = 0;
  for (int e = 0; e < arch->nengines; e++)
    for (int d = 0; d < arch->engine[e].ndataflows; d++)
      for (int v = 0; v < arch->engine[e].dataflow[d].nvariants; v++)
        for (int l = 0; l < TINY_LAYERS; l++, k++) {
          struct narrowed n;
          char name[128];
          const unsigned type = REUSE_BIT(tiny_layer[l].type);
          if (!(arch->engine[e].layers & arch->engine[e].dataflow[d].layers & type)) continue;
          machine_narrow(arch, e, d, v, share[(k + l) % 3], &n);
          snprintf(name, sizeof name, "%.30s, %.30s, variant %d, memories times %g", arch->name,
                   n.dataflow.name, v, share[(k + l) % 3]);
          *compared += compare_searches(&n.arch, &tiny_layer[l], k % REUSE_OBJECTIVES,
                                        MOST_MAPPINGS, k % 4 != 0, name);
        }
}

static void exhaustive_search_finds_nothing_better(void) {
  int compared = 0;
  for (int a = 0; a < shipped.n; a++) compare_variants(shipped.arch[a], &compared);
  printf("# %d searches compared\n", compared);
  check(compared > 200, "most of the searches were too large to compare");
}

/* ---- every machine, every objective ------------------------------------------------------- */

/* Layers with few mappings even where every loop may be anywhere. */
static const struct reuse_layer least_layer[] = {
    TINY("fc_least", REUSE_FC, 1, 3, 2, 1, 1, 1, 1, 1, 0),
    TINY("conv_least", REUSE_CONV, 1, 1, 1, 2, 1, 2, 1, 1, 0),
    TINY("dwconv_least", REUSE_DWCONV, 2, 1, 1, 2, 1, 1, 1, 1, 0),
    TINY("pwconv_least", REUSE_PWCONV, 1, 2, 1, 1, 2, 1, 1, 1, 0),
};
enum { LEAST_LAYERS = sizeof least_layer / sizeof *least_layer,
       MOST_OF_TINY = 3000, MOST_OF_LEAST = 60000 };

/* Searches of LAYER on ARCH, and on its first dataflow with little memory; whether the former
 * were compared. */
static bool compare_least(const struct reuse_arch *arch, const struct reuse_layer *layer,
                          int objective, bool cold) {
  static struct narrowed small;
  char name[128];
  machine_narrow(arch, 0, 0, 0, 1e-4, &small);
  snprintf(name, sizeof name, "%.30s, %.30s, little memory", arch->name, small.dataflow.name);
  compare_searches(&small.arch, layer, objective, MOST_OF_LEAST, true, name);
  return compare_searches(arch, layer, objective, MOST_OF_LEAST, cold, arch->name);
}

/* Whether some layer was compared on ARCH, with all its dataflows: a tiny one or, where that has
 * too many mappings or none, two of the least. */
static bool compare_machine(const struct reuse_arch *arch, int objective, int l) {
  const struct reuse_layer *tiny = &tiny_layer[l % TINY_LAYERS];
  if (compare_searches(arch, tiny, objective, MOST_OF_TINY, l % 2, arch->name)) return true;
  const bool first = compare_least(arch, &least_layer[0], objective, true);
  const struct reuse_layer *other = &least_layer[1 + l % (LEAST_LAYERS - 1)];
  return compare_least(arch, other, objective, false) || first;
}

static void every_machine_and_objective_is_compared(void) {
  for (int a = 0; a < shipped.n; a++)
    for (int o = 0; o < REUSE_OBJECTIVES; o++) {
      char text[128];
      snprintf(text, sizeof text, "%s is not compared with all its mappings for the objective %s",
               shipped.arch[a]->name, reuse_objective_name[o]);
      check(compare_machine(shipped.arch[a], o, a + o), text);
    }
}

/* ---- random machines --------------------------------------------------------------------- */

static const char *pick(const char *const *words, int n) { return words[draw(n)]; }

static void write_level(FILE *f, int i, int last, const char *kind) {
  static const char *const keeps[] = {"[I, W, O]", "[I, W, O]", "[I, O]", "[W]", "[O]"};
  static const char *const yes_no[] = {"yes", "no"};
  const bool outer = i == 0;
  fprintf(f, "      - name: L%d\n        kind: %s\n", i, kind);
  if (outer) fprintf(f, "        dram: normalised\n");
  const char *kept = outer ? "[I, W, O]" : pick(keeps, 5);
  fprintf(f, "        keeps: %s\n", kept);
  if (!outer && draw(3) == 0) fprintf(f, "        bypass: %s\n", kept);
  if (!outer)
    fprintf(f, "        size: %dB (assumed)\n        double_buffered: %s\n",
            (int)(6 + draw(40) * (last + 1 - i)), pick(yes_no, 2));
  if (draw(2)) fprintf(f, "        bandwidth: %dB/cycle (assumed)\n", (int)(1 + draw(8)));
  if (!outer && draw(3) == 0)
    fprintf(f, "        ramp_up: {%c: %dB/cycle (assumed)}\n", kept[1], (int)(1 + draw(8)));
  if (!outer) fprintf(f, "        energy: 0.%dpJ/bit (assumed)\n", (int)(1 + draw(9)));
  if (draw(2)) fprintf(f, "        hop_energy: 0.0%dpJ/bit (assumed)\n", (int)(1 + draw(9)));
  if (strlen(kept) == 9 && draw(4) == 0)
    fprintf(f, "        network: {I: unicast, O: accumulate}\n");
  fprintf(f, "        array: {x%d: %d, y%d: %d}\n", i, (int)(1 + draw(i == last ? 4 : 2)), i,
          (int)(1 + draw(3)));
}

/* The loops of a level: some dims in some order, and at the innermost all of them. */
static void write_loops(FILE *f, int i, int last, bool group) {
  static const char *const dims[] = {"G", "K", "C", "P", "Q", "R", "S"};
  int order[7], n = 0;
  for (int k = 0; k < 7; k++) {
    int at = (int)draw(n + 1);
    if (group && i == last && (k == 1 || k == 3)) continue;
    for (int j = n; j > at; j--) order[j] = order[j - 1];
    order[at] = k;
    n++;
  }
  if (i == last && group) {
    fprintf(f, "          L%d: [", i);
    for (int k = 0; k < n; k++) fprintf(f, "%s/1, ", dims[order[k]]);
    fprintf(f, "'[K,P]']\n");
    return;
  }
  const bool any = draw(2), few = i < last && draw(2);
  fprintf(f, "          L%d: %s[N", i, any ? "{any: " : "");
  for (int k = 0; k < (few ? n / 2 : n); k++)
    fprintf(f, ", %s%s", dims[order[k]], i == last && !any ? "/1" : "");
  fprintf(f, "]%s\n", any ? "}" : "");
}

static void write_machine(FILE *f) {
  static const char *const spatial[] = {"K", "C", "P", "Q", "R", "G"};
  static const char *const latch[] = {"[]", "[O]", "[W]", "[I, O]"};
  const int last = 1 + (int)draw(2);
  const bool group = draw(4) == 0;
  fprintf(f, "name: random\ntitle: random\nclock: 100MHz (assumed)\n"
             "technology: normalised\nprecision: {I: 8, W: 8, O: 8, psum: %d}\n",
          draw(2) ? 8 : 16);
  fprintf(f, "levels:\n");
  write_level(f, 0, last, "dram");
  fprintf(f, "engines:\n  - name: e\n    layers: [conv, gconv, dwconv, pwconv, fc]\n"
             "    levels:\n");
  for (int i = 1; i <= last; i++) write_level(f, i, last, "sram");
  fprintf(f, "    macs: {latch: %s%s}\n", pick(latch, 4),
          draw(3) ? "" : ", sum: 1cycle (assumed)");
  if (draw(2)) fprintf(f, "    fill: {cycles: %dcycles (assumed), per: L%d}\n",
                       (int)(1 + draw(5)), (int)draw(last + 1));
  fprintf(f, "    dataflows:\n      - name: d\n");
  if (draw(3) == 0) fprintf(f, "        lowering: {im2col: L0}\n");
  fprintf(f, "        loops:\n");
  for (int i = 0; i <= last; i++) write_loops(f, i, last, group);
  fprintf(f, "        spatial: [{loop: %s, axis: y0}, {loop: ", spatial[2 + draw(4)]);
  if (group) fprintf(f, "'[K,P]/1', axis: x%d}]\n", last);
  else
    fprintf(f, "%s, axis: x%d}, {loop: %s, axis: y%d}]\n", spatial[draw(3)], last,
            spatial[3 + draw(3)], last);
}

static void ignore(void *context, const struct reuse_message *message) {
  snprintf(context, 200, "%s", message->text);
}

/* Reads a random machine into ARENA; NULL, with a reason in WHY, if it is refused. */
static const struct reuse_arch *random_machine(struct reuse_arena *arena, char why[200]) {
  char path[] = "machine-XXXXXX", models[512];
  const struct reuse_arch *arch = NULL;
  struct reuse_diag diag = {.sink = ignore, .context = why};
  const char *home = getenv("REUSEMODEL_HOME");
  const int fd = mkstemp(path);
  FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
  if (!f) return NULL;
  snprintf(models, sizeof models, "%.400s/models", home ? home : ".");
  write_machine(f);
  fclose(f);
  if (reuse_arch_read(path, models, NULL, 0, arena, &arch, &diag) != REUSE_OK) arch = NULL;
  unlink(path);
  return arch;
}

static void exhaustive_search_of_random_machines(void) {
  int compared = 0, read = 0;
  seed = 20261121;
  for (int i = 0; i < 300; i++) {
    struct reuse_arena *arena = reuse_arena_new();
    char name[64], why[200] = "";
    const struct reuse_arch *arch = random_machine(arena, why);
    snprintf(name, sizeof name, "random machine %d", i);
    if (!arch) printf("# %s: %s\n", name, why);
    read += arch != NULL;
    for (int l = i % 2; l < TINY_LAYERS && arch; l += 2)
      compared += compare_searches(arch, &tiny_layer[l], (i + l) % REUSE_OBJECTIVES,
                                   MOST_MAPPINGS, i % 3 != 0, name);
    reuse_arena_free(arena);
  }
  printf("# %d machines of 300 legal, %d searches compared\n", read, compared);
  check(read > 150 && compared > 150, "too few random machines to compare");
}

/* ---- faults that were found ---------------------------------------------------------------- */

static const struct reuse_arch *machine_of_file(struct reuse_arena *arena, const char *name) {
  const char *top = getenv("abs_top_srcdir"), *home = getenv("REUSEMODEL_HOME");
  char path[600], models[600], why[200] = "";
  struct reuse_diag diag = {.sink = ignore, .context = why};
  const struct reuse_arch *arch = NULL;
  snprintf(path, sizeof path, "%.400s/tests/data/search/%s.yaml", top ? top : ".", name);
  snprintf(models, sizeof models, "%.400s/models", home ? home : ".");
  reuse_arch_read(path, models, NULL, 0, arena, &arch, &diag);
  return check(arch != NULL, why) ? arch : NULL;
}

/* A flattened group over rows, the smallest tile of which is not that of single columns;
 * blocks that leave chunks without existing points; dims split in many places; orders that
 * differ in how often a sum is given up. */
static void odd_machines_are_searched(void) {
  static const struct reuse_layer rows =
      TINY("rows", REUSE_CONV, 1, 2, 1, 4, 8, 1, 5, 1, 0);
  static const struct reuse_layer deep =
      TINY("channels", REUSE_CONV, 1, 2, 6, 1, 1, 1, 1, 1, 0);
  static const struct reuse_layer taps =
      TINY("taps", REUSE_CONV, 1, 3, 3, 1, 1, 2, 2, 1, 0);
  const struct { const char *machine; const struct reuse_layer *layer; } at[] = {
      {"group", &rows},          {"blocks", &deep}, {"deep", &tiny_layer[0]},
      {"wide", &tiny_layer[0]}, {"idle", &taps},   {"holes", &taps}};
  struct reuse_arena *arena = reuse_arena_new();
  int compared = 0;
  for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
    const struct reuse_arch *arch = machine_of_file(arena, at[i].machine);
    for (int o = 0; o < REUSE_OBJECTIVES && arch; o++)
      compared += compare_searches(arch, at[i].layer, o, MOST_MAPPINGS, true, at[i].machine);
  }
  printf("# %d searches of odd machines compared\n", compared);
  check(compared >= 3 * REUSE_OBJECTIVES, "nothing was compared");
  reuse_arena_free(arena);
}

/* The proven value of the best mapping, or 0. */
static double proven_value(const struct reuse_arch *arch, const struct reuse_layer *layer,
                           const struct reuse_search *wanted) {
  struct reuse_mapping mapping;
  struct reuse_evaluation cost;
  struct reuse_proof proof;
  struct reuse__score score;
  if (reuse_map(arch, layer, wanted, &mapping, &cost, &proof) != REUSE_OK) return 0;
  reuse__score(arch, &mapping, &cost, wanted, &score);
  return proof.optimal ? score.value[0] : 0;
}

/* A group with a forced step whose tile is small only if the chunk of its faster dim is not:
 * whether tiles fit does not show with the smallest chunks.  11 of 67 points, which fit, are
 * none of the usual steps. */
static void forced_groups_fit(void) {
  static const struct reuse_layer long_sums =
      TINY("long sums", REUSE_FC, 1, 16, 67, 1, 1, 1, 1, 1, 0);
  struct reuse_arena *arena = reuse_arena_new();
  const struct reuse_arch *arch = machine_of_file(arena, "forced");
  for (int o = 0; o < REUSE_OBJECTIVES && arch; o++) {
    struct reuse_search wanted = {.objective = (enum reuse_objective)o, .energy_weight = 1,
                                  .exhaustive = true};
    const double best = proven_value(arch, &long_sums, &wanted);
    wanted.exhaustive = false;
    wanted.complete = true;
    const double found = proven_value(arch, &long_sums, &wanted);
    check(best > 0 && found == best, "a complete search of forced groups misses the best");
    wanted.complete = false;
    check(proven_value(arch, &long_sums, &wanted) == best, "no step is a usual one that fits");
  }
  reuse_arena_free(arena);
}

/* A machine with more spaces than are searched: nothing is called proven. */
static void what_is_left_out_is_not_proven(void) {
  struct reuse_arena *arena = reuse_arena_new();
  const struct reuse_arch *arch = machine_of_file(arena, "many");
  const struct reuse_search wanted = {.max_evaluations = 3000};
  struct reuse_mapping m;
  struct reuse_evaluation cost;
  struct reuse_proof proof;
  if (arch && check(reuse_map(arch, &tiny_layer[0], &wanted, &m, &cost, &proof) == REUSE_OK,
                    "a mapping is found"))
    check(!proof.optimal && proof.lower_bound == 0, "a part of the spaces is left out");
  reuse_arena_free(arena);
}

/* ---- against another mapper ------------------------------------------------------------------ */

/* The energy of the mapping in tests/data/timeloop/NAME.yaml on ARCH; the layer. */
static double energy_of_file(const struct reuse_arch *arch, const char *name,
                             struct reuse_layer *layer) {
  const char *top = getenv("abs_top_srcdir");
  struct reuse_mapping m = {.engine = 0};
  struct reuse_evaluation cost;
  char path[600], why[200] = "";
  struct reuse_diag diag = {.sink = ignore, .context = why};
  snprintf(path, sizeof path, "%.400s/tests/data/timeloop/%s.yaml", top ? top : ".", name);
  *layer = (struct reuse_layer){.name = name, .type = REUSE_CONV};
  const bool ok = reuse_nest_read(path, &layer->problem, &m.nest, &diag) == REUSE_OK &&
                  reuse_evaluate(arch, layer, &m, &cost) == REUSE_OK &&
                  reuse_mapping_fits(arch, &m, &cost.counts);
  return check(ok, path) ? cost.energy_pj : 0;
}

/* The best mappings that Timeloop's random search of a minute on two threads found on the
 * machine that allows every mapping are not better than ours, and ours are within 3 % of the
 * best that searches a hundred times as long have found. */
static void mappings_of_timeloop_are_not_better(void) {
  static const char *const names[] = {"alexnet_conv1", "alexnet_conv3", "mbv1_dw2", "mbv1_pw2"};
  static const double reported[] = {517.8e6, 774.9e6, 183.9e6, 346.4e6};
  static const double known[] = {425.971e6, 644.887e6, 173.3e6, 318.728e6};
  const struct reuse_arch *arch = NULL;
  for (int a = 0; a < shipped.n; a++)
    if (strcmp(shipped.arch[a]->name, "eyeriss-like") == 0) arch = shipped.arch[a];
  if (!check(arch != NULL, "no machine that allows every mapping")) return;
  for (int i = 0; i < 4; i++) {
    const struct reuse_search wanted = {.objective = REUSE_ENERGY, .max_evaluations = 20000};
    struct reuse_layer layer;
    struct reuse_mapping m;
    struct reuse_evaluation cost;
    char text[200];
    const double theirs = energy_of_file(arch, names[i], &layer);
    if (!check(reuse_map(arch, &layer, &wanted, &m, &cost, NULL) == REUSE_OK, names[i]))
      continue;
    printf("# %s: %.1fe6, Timeloop's mapping %.1fe6, reported %.1fe6\n", names[i],
           cost.energy_pj / 1e6, theirs / 1e6, reported[i] / 1e6);
    snprintf(text, sizeof text, "%s: %.17g, Timeloop's mapping has %.17g", names[i],
             cost.energy_pj, theirs);
    check(cost.energy_pj <= theirs && cost.energy_pj <= reported[i], text);
    snprintf(text, sizeof text, "%s: %.17g, best known %g", names[i], cost.energy_pj, known[i]);
    check(cost.energy_pj <= 1.03 * known[i], text);
  }
}

/* ---- fronts ------------------------------------------------------------------------------- */

enum { FRONT = 200 };

/* The front of one search; its length, or -1 if some mappings were left out. */
static int front_of(const struct reuse_arch *arch, const struct reuse_layer *layer,
                    bool exhaustive, struct reuse_point *point) {
  const struct reuse_search wanted = {
      .exhaustive = exhaustive, .max_evaluations = exhaustive ? MOST_MAPPINGS : 0};
  struct reuse_proof proof;
  int n = 0;
  const enum reuse_status st = reuse_pareto(arch, layer, &wanted, point, FRONT, &n, &proof);
  if (st != REUSE_OK && st != REUSE_ERR_NO_MAPPING) return -1;
  return st != REUSE_OK || proof.optimal ? n : -1;
}

static void compare_fronts(const struct reuse_arch *arch, const struct reuse_layer *layer,
                           const char *name, int *compared, int *longest) {
  static struct reuse_point every[FRONT], some[FRONT];
  char text[256];
  const int m = front_of(arch, layer, true, every);
  if (m < 0) return;
  const int n = front_of(arch, layer, false, some);
  bool same = m == n;
  for (int i = 0; i < m && same; i++)
    same = every[i].evaluation.energy_pj == some[i].evaluation.energy_pj &&
           every[i].evaluation.cycles == some[i].evaluation.cycles &&
           (i == 0 || some[i].evaluation.cycles < some[i - 1].evaluation.cycles);
  snprintf(text, sizeof text, "%s, %s: a front of %d points, exhaustively %d", name,
           layer->name, n, m);
  check(same, text);
  ++*compared;
  if (m > *longest) *longest = m;
}

static void fronts_are_exact(void) {
  int compared = 0, longest = 0;
  seed = 3;
  for (int i = 0; i < 150; i++) {
    struct reuse_arena *arena = reuse_arena_new();
    char name[64], why[200];
    const struct reuse_arch *arch = random_machine(arena, why);
    snprintf(name, sizeof name, "random machine %d", i);
    if (arch) compare_fronts(arch, &tiny_layer[i % TINY_LAYERS], name, &compared, &longest);
    reuse_arena_free(arena);
  }
  printf("# %d fronts compared, the longest of %d points\n", compared, longest);
  check(compared > 80 && longest > 2, "too few fronts to compare");
}

/* ---- bounds ------------------------------------------------------------------------------- */

static void bound_of(struct reuse__partial *p, const struct reuse_mapping *mapping,
                     struct reuse__score *bound) {
  static struct reuse_evaluation priced;
  const struct reuse_search energy = {.objective = REUSE_ENERGY};
  const struct reuse_arch *arch = p->space->arch;
  *bound = (struct reuse__score){{1e300}};
  if (!reuse__bound_counts(p, &priced.counts)) return;
  reuse__price(arch, mapping->engine, &p->nest, &priced);
  reuse__score(arch, mapping, &priced, &energy, bound);
}

/* What mapping LIKE has at SLOT. */
static const struct reuse__decided *slot_of(const struct reuse__partial *like, int slot) {
  int i = 0;
  while (like->at[i].slot != slot) i++;
  return &like->at[i];
}

/* The step that it has there. */
static int64_t step_of(const struct reuse__partial *like, int slot) {
  const struct reuse__decided *at = slot_of(like, slot);
  return like->chain[at->chain].step[at->depth];
}

/* Decides the order of LEVEL at random or, if LIKE is not NULL, as it does; false if that leads
 * nowhere. */
static bool walk_order(const struct reuse__space *space, int level,
                       const struct reuse__partial *like, struct reuse__partial *p) {
  struct reuse__order *order;
  enum reuse__orders_kind kind;
  const int orders = reuse__orders(space, level, draw(2), &order, &kind);
  if (orders == 0) return false;
  p->order[level] = like ? like->order[level] : order[draw(orders)];
  p->level = level;
  free(order);
  return true;
}

/* Which of the STEPS of SLOT to take: one at random or, if LIKE is not NULL, that which it has;
 * -1 if there is none. */
static int64_t walk_step(const struct reuse__space *space, int slot,
                         const struct reuse__partial *like, struct reuse__partial *p,
                         int64_t *step) {
  const bool all = like || draw(2);
  const int64_t range = reuse__partial_range(p, slot);
  int64_t n = reuse__steps(space, slot, range, all ? REUSE__EVERY_STEP : REUSE__USUAL_STEPS, step);
  if (n < 0 && like) n = reuse__steps(space, slot, range, REUSE__USUAL_STEPS, step);
  for (int64_t i = 0; like && i < n; i++)
    if (step[i] == step_of(like, slot)) return i;
  if (like || n <= 0) return -1;
  return draw(3) == 0 ? 0 : draw(3) == 0 ? n - 1 : draw(n);
}

/* Decides temporal SLOT to have one of some steps, STEP, which LIKE has, among them. */
static bool push_between(struct reuse__partial *p, int slot, int64_t step) {
  const int64_t range = reuse__partial_range(p, slot);
  const int64_t least = draw(2) ? 1 + draw(step) : step - draw(reuse__min(step, 3));
  const int64_t more = reuse__max(0, range - 1 - step);
  const int64_t most = step + (draw(2) ? draw(more + 1) : draw(reuse__min(more, 3) + 1));
  if (step >= range) return reuse__partial_push(p, slot, step);
  return reuse__partial_push_between(p, slot, least, most);
}

/* Whether free temporal SLOT may be decided although steps of its chain are not known. */
static bool may_nest(const struct reuse__space *space, const struct reuse__partial *p, int slot) {
  const struct reuse__slot *s = &space->slot[slot];
  const struct reuse__chain *over = reuse__group_over(p, &p->chain[p->chain_of[slot]]);
  return !s->spatial && !s->last && !s->loop.step && (!over || over->depth == 0);
}

/* Decides it to have one trip, or several with STEP or others, as LIKE does. */
static bool push_nested(const struct reuse__partial *like, struct reuse__partial *p, int slot) {
  const struct reuse__chain *c = &p->chain[p->chain_of[slot]];
  const int64_t range = reuse__partial_range(p, slot), step = step_of(like, slot);
  const int64_t longest = reuse__longest(p, c, c->depth);
  if (longest < range || longest < step) return false;
  if (slot_of(like, slot)->trips == 1)
    return reuse__partial_push_between(p, slot, longest, longest);
  return reuse__partial_push_between(p, slot, 1 + draw(step), step + draw(longest - step));
}

/* Gives those decided loops over DIMS whose steps are not known the steps that LIKE has, but for
 * those of chain OWN; some others fewer steps. */
static bool narrow_steps(const struct reuse__space *space, const struct reuse__partial *like,
                         unsigned dims, int own, struct reuse__partial *p) {
  for (int i = 0; i < p->position; i++) {
    const int64_t step = step_of(like, p->at[i].slot);
    const struct reuse__between_steps all = reuse__partial_steps(p, i);
    const bool needed = p->at[i].chain != own && space->slot[p->at[i].slot].dims & dims;
    if (!p->at[i].at_most || (!needed && draw(3))) continue;
    const int64_t least = needed ? step : step - draw(step - all.least + 1);
    const int64_t most = needed ? step : step + draw(all.most - step + 1);
    if (!reuse__partial_change(p, i, least, most)) return false;
  }
  return true;
}

/* Whether the tiles of all levels outside LEVEL may fit. */
static bool all_fit(const struct reuse__partial *p, int level) {
  for (int i = 1; i <= level && i < p->space->engine->nlevels; i++)
    if (!reuse__partial_fits(p, i)) return false;
  return true;
}

/* Decides all slots of SPACE at random or, if LIKE is not NULL, as that mapping does; the scores
 * of the bounds on the way, also of those where no more is known of a step than that it does not
 * exceed another, or that it is between two. Their number, or 0 if that leads nowhere. */
static int walk(const struct reuse__space *space, const struct reuse__partial *like,
                struct reuse__partial *p, const struct reuse_mapping *mapping,
                struct reuse__score *bound) {
  static int64_t step[REUSE__MAX_STEPS];
  int n = 0;
  reuse__partial_start(space, p);
  bound_of(p, mapping, &bound[n++]);
  for (int level = 0; level < space->engine->nlevels; level++) {
    if (!walk_order(space, level, like, p)) return 0;
    for (int i = 0; i < p->order[level].n; i++) {
      const int slot = p->order[level].slot[i];
      const bool loose = like && !space->slot[slot].spatial && draw(2);
      const bool nest = like && may_nest(space, p, slot) && draw(2);
      const int own = nest ? p->chain_of[slot] : -1;
      if (like && !narrow_steps(space, like, space->slot[slot].dims, own, p)) return 0;
      p->order_known = draw(2) ? p->order[level].n : i + 1;
      if (nest && reuse__is_loose(&p->chain[own], p->chain[own].depth)) {
        if (!push_nested(like, p, slot)) return 0;
        if (!reuse__innermost_holds(p) || !all_fit(p, level + 1)) return 0;
        bound_of(p, mapping, &bound[n++]);
        continue;
      }
      const int64_t at = walk_step(space, slot, like, p, step);
      if (at < 0) return 0;
      if (!space->slot[slot].spatial && reuse__partial_push_most(p, slot, step[draw(at + 1)])) {
        bound_of(p, mapping, &bound[n++]);
        reuse__partial_pop(p);
      }
      if (!(loose ? push_between(p, slot, step[at]) : reuse__partial_push(p, slot, step[at])))
        return 0;
      if (!reuse__innermost_holds(p) || (like && !all_fit(p, level + 1))) return 0;
      bound_of(p, mapping, &bound[n++]);
    }
  }
  if (like && !narrow_steps(space, like, ~0u, -1, p)) return 0;
  bound_of(p, mapping, &bound[n++]);
  return n;
}

/* Narrows the fan-outs of some slots of SPACE, or what some share, at random. */
static void narrow_at_random(struct reuse__space *space) {
  struct reuse__range range[REUSE__MAX_RANGES];
  for (int i = 0; i < reuse__nfans(space); i++) {
    if (!reuse__fans_vary(space, i) || draw(3) == 0) continue;
    const int n = reuse__fans_cut(space, i, range);
    *reuse__fans(space, i) = range[draw(n)];
    if (!reuse__fans_fit(space)) reuse__fans(space, i)->least = 1;
  }
}

/* Points that the largest tile of LEVEL spans of chain C, all of whose slots are decided. */
static int64_t tile_of(const struct reuse__partial *p, const struct reuse__chain *c, int level) {
  int depth = 0;
  while (depth < c->nslots && p->space->slot[c->slot[depth]].level < level) depth++;
  return reuse__chunks(c, depth, 0)->run[0].length;
}

/* Lets some tiles and innermost loops of SPACE be little else than those of P, one of its
 * mappings; false if it then has none. */
static bool close_in(const struct reuse__partial *p, struct reuse__space *space) {
  for (int level = 1; level <= space->engine->nlevels; level++) {
    struct reuse__innermost kind[REUSE__MAX_KINDS];
    for (int i = 0; i < p->nchains; i++) {
      struct reuse__range *tile = &space->slot[p->chain[i].slot[0]].tile[level];
      const int64_t points = tile_of(p, &p->chain[i], level);
      if (p->space->slot[p->chain[i].slot[0]].level >= level || draw(2)) continue;
      if (draw(3)) tile->least = points - (draw(2) ? draw(points) : 0);
      if (draw(3)) tile->cap = points + (draw(2) ? draw(points + 1) : 0);
    }
    const int n = reuse__innermost_kinds(space, level, kind);
    for (int i = 0; i < n && draw(3); i++) {
      space->innermost[level] = kind[i];
      if (reuse__innermost_holds(p)) break;
      space->innermost[level].known = false;
    }
    if (space->innermost[level].known && space->innermost[level].slots == 0)
      reuse__tiles_whole(space, level);
  }
  space->parted = true;
  reuse__tiles_agree(space);
  if (!reuse__tiles_fit(space)) return false;
  reuse__space_hold(space);
  return true;
}

/* The space of the first variant of MACHINE, its fan-outs narrowed as those of LIKE are. */
static bool space_like(const struct narrowed *machine, struct reuse__space *like,
                       struct reuse__space *space) {
  if (!reuse__space_make(&machine->arch, 0, 0, 0, like->keeps, like->layer, space)) return false;
  for (int i = 0; i < reuse__nfans(space); i++)
    *reuse__fans(space, i) = *reuse__fans(like, i);
  return true;
}

/* Bounds along a random way to a mapping, on a machine that has just the room for it. */
static void check_bounds(const struct reuse_arch *arch, const struct reuse_mapping *of,
                         const struct reuse__space *whole, int *walks) {
  static struct narrowed machine;
  struct reuse__space loose = *whole, space[1];
  static struct reuse__partial p;
  struct reuse__score bound[2 * REUSE__MAX_SLOTS + 2], exact;
  struct reuse_mapping mapping = {.engine = 0};
  struct reuse_evaluation cost;
  const struct reuse_search energy = {.objective = REUSE_ENERGY};
  char text[256];
  if (draw(2)) narrow_at_random(&loose);
  machine_narrow(arch, of->engine, of->dataflow, of->variant, 1, &machine);
  if (!space_like(&machine, &loose, space)) return;
  if (walk(space, NULL, &p, &mapping, bound) == 0) return;
  mapping.nest = p.nest;
  if (reuse_evaluate(&machine.arch, whole->layer, &mapping, &cost) != REUSE_OK) return;
  machine_tighten(&machine, &cost.counts);
  if (!space_like(&machine, &loose, space)) return;
  static struct reuse__partial first;
  first = p;
  for (int i = 0; i < first.nchains; i++)
    first.chain[i].at = first.chunks + (p.chain[i].at - p.chunks);
  snprintf(text, sizeof text, "%s, %s, %s: a mapping is lost", space->arch->name,
           space->dataflow->name, space->layer->name);
  if (!check(draw(2) || close_in(&first, space), text)) return;
  const int n = walk(space, &first, &p, &mapping, bound);
  if (!check(n > 0, text)) return;
  if (reuse_evaluate(&machine.arch, whole->layer, &mapping, &cost) != REUSE_OK) return;
  ++*walks;
  reuse__score(space->arch, &mapping, &cost, &energy, &exact);
  for (int i = 0; i < n; i++)
    for (int k = 0; k < REUSE__SCORES; k++) {
      if (bound[i].value[k] <= exact.value[k]) continue;
      snprintf(text, sizeof text, "%s, %s, %s: bound %d of %d of score %d is %.17g, "
               "and is %.17g", space->arch->name, space->dataflow->name, space->layer->name,
               i + 1, n, k, bound[i].value[k], exact.value[k]);
      check(false, text);
      return;
    }
}

/* Bounds on random ways to complete mappings of LAYER on the machine. */
static void check_machine(const struct reuse_arch *arch, const struct reuse_layer *layer,
                          int tries, int *walks) {
  static struct reuse__space space;
  for (int e = 0; e < arch->nengines; e++)
    for (int d = 0; d < arch->engine[e].ndataflows; d++)
      for (int v = 0; v < arch->engine[e].dataflow[d].nvariants; v++) {
        struct reuse_mapping m = {.engine = e, .dataflow = d, .variant = v};
        const struct reuse_engine *engine = &arch->engine[e];
        unsigned keeps[REUSE_MAX_LEVELS];
        if (!(engine->layers & engine->dataflow[d].layers & REUSE_BIT(layer->type))) continue;
        for (int i = 0; i < engine->nlevels; i++)
          keeps[i] = engine->level[i].keeps & ~(draw(2) ? engine->level[i].bypass : 0);
        if (!reuse__space_make(arch, e, d, v, keeps, layer, &space)) continue;
        for (int i = 0; i < tries; i++) check_bounds(arch, &m, &space, walks);
      }
}

static void bounds_hold_on_shipped_machines(void) {
  int walks = 0;
  seed = 1;
  for (int a = 0; a < shipped.n; a++)
    for (int l = 0; l < small_layers; l++)
      check_machine(shipped.arch[a], &small_layer[l], 20, &walks);
  printf("# %d walks\n", walks);
  check(walks > 5000, "too few walks came to an end");
}

static void bounds_hold_on_random_machines(void) {
  int walks = 0;
  seed = 2;
  for (int i = 0; i < 200; i++) {
    struct reuse_arena *arena = reuse_arena_new();
    char why[200];
    const struct reuse_arch *arch = random_machine(arena, why);
    for (int l = 0; l < small_layers && arch; l++)
      check_machine(arch, &small_layer[l], 10, &walks);
    reuse_arena_free(arena);
  }
  printf("# %d walks\n", walks);
  check(walks > 2000, "too few walks came to an end");
}

/* Levels that read whole tiles and have no bandwidth; a group whose dims leave it unequal
 * ranges, of one instance after another or side by side, or padding that is not read; sums
 * that are compressed; rows of chunks that lie side by side; instances that go over unequal
 * ranges of a group, so that they are at different points of its dims in one step, or that some
 * idle in the corner where short chunks of two of them meet; loops over sums and outputs together
 * that are the innermost ones; words of which most are padding. */
static void bounds_hold_on_odd_machines(void) {
  static const char *const names[] = {"whole",  "sums",     "beside",   "padding", "shares",
                                      "narrowed", "rounding", "apart", "united", "uneven",
                                      "corner", "mixed",    "clipped", "forced"};
  static const int nnames = sizeof names / sizeof *names;
  static const struct reuse_layer row =
      TINY("row", REUSE_FC, 1, 7, 24, 1, 1, 1, 1, 1, 0);
  static const struct reuse_layer column =
      TINY("column", REUSE_DWCONV, 3, 1, 1, 1, 3, 3, 1, 1, 0);
  static const struct reuse_layer apart =
      TINY("apart", REUSE_CONV, 1, 20, 13, 3, 5, 4, 4, 3, 0);
  static const struct reuse_layer uneven =
      TINY("uneven", REUSE_CONV, 1, 3, 7, 3, 5, 5, 2, 1, 0);
  static const struct reuse_layer corner =
      TINY("corner", REUSE_CONV, 1, 3, 3, 4, 4, 1, 1, 2, 0);
  static const struct reuse_layer mixed = TINY("mixed", REUSE_CONV, 1, 3, 4, 4, 2, 1, 1, 1, 0);
  struct reuse_layer clipped = TINY("clipped", REUSE_GCONV, 1, 4, 4, 3, 1, 2, 1, 1, 2);
  struct reuse_arena *arena = reuse_arena_new();
  int walks = 0;
  clipped.problem.dilation[0] = 3;
  clipped.problem.input[0] = clipped.problem.input[1] = 1;
  seed = 4;
  for (int i = 0; i < nnames; i++) {
    const struct reuse_arch *arch = machine_of_file(arena, names[i]);
    if (arch) check_machine(arch, &row, 400, &walks);
    if (arch) check_machine(arch, &column, 2000, &walks);
    if (arch) check_machine(arch, &apart, 400, &walks);
    if (arch) check_machine(arch, &uneven, 400, &walks);
    if (arch) check_machine(arch, &corner, 1000, &walks);
    if (arch) check_machine(arch, &mixed, 1000, &walks);
    if (arch) check_machine(arch, &clipped, 1000, &walks);
    for (int l = 0; l < small_layers && arch; l++)
      check_machine(arch, &small_layer[l], 400, &walks);
  }
  printf("# %d walks\n", walks);
  check(walks > 5000, "too few walks came to an end");
  reuse_arena_free(arena);
}

int register_search_tests(void) {
  CU_pSuite s = CU_add_suite("search", set_up, clean_up);
  return s && CU_ADD_TEST(s, exhaustive_search_finds_nothing_better) &&
                 CU_ADD_TEST(s, every_machine_and_objective_is_compared) &&
                 CU_ADD_TEST(s, exhaustive_search_of_random_machines) &&
                 CU_ADD_TEST(s, odd_machines_are_searched) &&
                 CU_ADD_TEST(s, what_is_left_out_is_not_proven) &&
                 CU_ADD_TEST(s, mappings_of_timeloop_are_not_better) &&
                 CU_ADD_TEST(s, fronts_are_exact) &&
                 CU_ADD_TEST(s, forced_groups_fit) &&
                 CU_ADD_TEST(s, bounds_hold_on_shipped_machines) &&
                 CU_ADD_TEST(s, bounds_hold_on_random_machines) &&
                 CU_ADD_TEST(s, bounds_hold_on_odd_machines)
             ? 0
             : -1;
}
