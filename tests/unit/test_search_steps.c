/* Searches of layers with one long dim, of which not every step is a usual one, against the
 * evaluation of every mapping.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <stdio.h>

#include "mapper/score.h"
#include "unit/check.h"
#include "unit/machines.h"

int register_search_steps_tests(void);

static struct machines shipped;

static int set_up(void) { return machines_read(&shipped) ? 0 : -1; }

static int clean_up(void) {
  machines_free(&shipped);
  return 0;
}

static uint64_t seed;

static int64_t draw(int64_t n) { return draw_from(&seed, n); }

/* ---- layers with one long dim -------------------------------------------------------------- */

/* Mappings of a layer, at most: of random ones, and of those that are listed. */
enum { SHORTEST = 17, LONGEST = 40, MOST_MAPPINGS = 2000, MOST_LISTED = 30000, LAYERS = 3 };

#define LONG(n, t, g, k, c, p, q, r, s, st)                                         \
  {.name = n, .type = t, .macs = (g) * (k) * (c) * (p) * (q) * (r) * (s),           \
   .problem = {.extent = {1, g, k, c, p, q, r, s}, .stride = {st, st},              \
               .dilation = {1, 1}, .tensors = REUSE_ALL_TENSORS,                    \
               .input = {((p) - 1) * (st) + (r), ((q) - 1) * (st) + (s)}}}

/* Dims, besides N, that layers of a type may have, first those that may be long. */
struct form {
  enum reuse_layer_type type;
  const char *name;
  int nlong, ndims, dim[6];
};
static const struct form form[] = {
    {REUSE_CONV, "conv", 4, 6, {REUSE_K, REUSE_C, REUSE_P, REUSE_Q, REUSE_R, REUSE_S}},
    {REUSE_GCONV, "gconv", 4, 5, {REUSE_G, REUSE_K, REUSE_C, REUSE_P, REUSE_R}},
    {REUSE_DWCONV, "dwconv", 3, 5, {REUSE_G, REUSE_P, REUSE_Q, REUSE_R, REUSE_S}},
    {REUSE_PWCONV, "pwconv", 4, 4, {REUSE_K, REUSE_C, REUSE_P, REUSE_Q}},
    {REUSE_FC, "fc", 2, 2, {REUSE_K, REUSE_C}},
};
enum { FORMS = sizeof form / sizeof *form };

/* A random layer: one dim has 17 to 40 points, two others have 2 at most, the rest have 1. */
static struct reuse_layer layer_of(const struct form *f) {
  int64_t n[REUSE_DIMS] = {1, 1, 1, 1, 1, 1, 1, 1};
  const int shorts = (int)draw(3);
  const int64_t stride = 1 + draw(2);
  for (int i = 0; i < shorts; i++) n[f->dim[draw(f->ndims)]] = 2;
  n[f->dim[draw(f->nlong)]] = SHORTEST + draw(LONGEST - SHORTEST + 1);
  return (struct reuse_layer)LONG(f->name, f->type, n[REUSE_G], n[REUSE_K], n[REUSE_C],
                                  n[REUSE_P], n[REUSE_Q], n[REUSE_R], n[REUSE_S], stride);
}

/* ---- searches -------------------------------------------------------------------------------- */

/* What a search has found, and shown. */
struct found {
  enum reuse_status status;
  struct reuse__score score;
  struct reuse_proof proof;
};

static struct found find(const struct reuse_arch *arch, const struct reuse_layer *layer,
                         const struct reuse_search *wanted) {
  struct found f = {.proof = {.optimal = false}};
  struct reuse_mapping m;
  struct reuse_evaluation cost;
  f.status = reuse_map(arch, layer, wanted, &m, &cost, &f.proof);
  if (f.status == REUSE_OK) reuse__score(arch, &m, &cost, wanted, &f.score);
  return f;
}

static bool same(const struct found *a, const struct found *b) {
  bool ok = true;
  for (int i = 0; i < REUSE__SCORES; i++) ok = ok && a->score.value[i] == b->score.value[i];
  return ok;
}

static void check_found(bool ok, const struct found *f, const struct found *every,
                        const char *which, const char *name) {
  char text[512];
  snprintf(text, sizeof text, "%s: %s %.17g %.17g %.17g %.17g, bound %.17g, %s%s; exhaustively "
           "%.17g %.17g %.17g %.17g", name, which, f->score.value[0], f->score.value[1],
           f->score.value[2], f->score.value[3], f->proof.lower_bound,
           f->proof.optimal ? "proven" : "not proven",
           f->proof.every_step ? " of every step" : "", every->score.value[0],
           every->score.value[1], every->score.value[2], every->score.value[3]);
  check(ok, text);
}

/* ---- comparison ---------------------------------------------------------------------------- */

/* How much worse than the best the best one with the usual steps may be: no more on layers as
 * small as these; doc/MODEL.md, "Steps", has worse ones. */
static const double WORST = 1.01;

/* Searches that were compared; those of them that left steps out, and so missed the best. */
struct tally { int compared, some_steps, missed; };

/* What the search with the usual steps may say of the best of EVERY mapping. */
static bool is_usual(const struct found *f, const struct found *every) {
  const double value = f->score.value[0], best = every->score.value[0];
  return f->status == REUSE_OK && f->proof.optimal && f->proof.lower_bound <= value &&
         value <= WORST * best && !reuse__score_less(&f->score, &every->score) &&
         (!f->proof.every_step || same(f, every));
}

/* The search with every step finds the best of every mapping, and says so; that with the usual
 * ones finds no better one, and as good a one if these are all.  MOST mappings are evaluated. */
static void compare(const struct reuse_arch *arch, const struct reuse_layer *layer,
                    const struct reuse_search *usually, int64_t most, const char *name,
                    struct tally *tally) {
  struct reuse_search all = *usually, complete = *usually;
  all.exhaustive = complete.complete = true;
  all.max_evaluations = most;
  const struct found every = find(arch, layer, &all);
  if (!every.proof.optimal) return;
  const struct found best = find(arch, layer, &complete), usual = find(arch, layer, usually);
  if (!check(best.status == every.status && usual.status == every.status, name)) return;
  if (every.status != REUSE_OK) return;
  check_found(every.proof.every_step, &every, &every, "exhaustive", name);
  check_found(same(&best, &every) && best.proof.optimal && best.proof.every_step &&
                  best.proof.lower_bound == best.score.value[0],
              &best, &every, "complete", name);
  check_found(is_usual(&usual, &every), &usual, &every, "usual", name);
  tally->compared++;
  tally->some_steps += !usual.proof.every_step;
  tally->missed += usual.score.value[0] > every.score.value[0];
}

/* One variant of a dataflow, with a share of the machine's memories. */
struct part {
  const struct reuse_arch *arch;
  int engine, dataflow, variant;
  double share;
};

static void compare_on(const struct part *part, const struct reuse_layer *layer,
                       const struct reuse_search *usually, int64_t most, struct tally *tally) {
  const int64_t *n = layer->problem.extent;
  struct narrowed machine;
  char name[200];
  machine_narrow(part->arch, part->engine, part->dataflow, part->variant, part->share, &machine);
  snprintf(name, sizeof name, "%.30s, %.30s, variant %d, memories times %g, %s G%d K%d C%d P%d "
           "Q%d R%d S%d, %s", part->arch->name, machine.dataflow.name, part->variant, part->share,
           layer->name, (int)n[REUSE_G], (int)n[REUSE_K], (int)n[REUSE_C], (int)n[REUSE_P],
           (int)n[REUSE_Q], (int)n[REUSE_R], (int)n[REUSE_S],
           reuse_objective_name[usually->objective]);
  compare(&machine.arch, layer, usually, most, name, tally);
}

static struct reuse_search search_for(enum reuse_objective objective, bool cold) {
  return (struct reuse_search){.objective = objective, .energy_weight = 1, .latency_weight = 40,
                               .dram_weight = 3, .cold_start = cold};
}

/* ---- random layers --------------------------------------------------------------------------- */

/* Random layers on one variant of a dataflow, with memories of several sizes. */
static void compare_variant(const struct reuse_arch *arch, int e, int d, int v,
                            struct tally *tally) {
  static const double share[] = {1, 1e-2, 3e-3, 1e-3, 4e-4};
  const unsigned types = arch->engine[e].layers & arch->engine[e].dataflow[d].layers;
  for (int i = 0; i < LAYERS; i++) {
    const struct form *f = &form[draw(FORMS)];
    const struct reuse_layer layer = layer_of(f);
    const enum reuse_objective objective = (enum reuse_objective)draw(REUSE_OBJECTIVES);
    const struct reuse_search usually = search_for(objective, draw(2) == 0);
    const struct part part = {arch, e, d, v, share[draw(5)]};
    if (types & REUSE_BIT(f->type)) compare_on(&part, &layer, &usually, MOST_MAPPINGS, tally);
  }
}

static void long_dims_are_searched(void) {
  struct tally tally = {0};
  seed = 17;
  for (int a = 0; a < shipped.n; a++)
    for (int e = 0; e < shipped.arch[a]->nengines; e++)
      for (int d = 0; d < shipped.arch[a]->engine[e].ndataflows; d++)
        for (int v = 0; v < shipped.arch[a]->engine[e].dataflow[d].nvariants; v++)
          compare_variant(shipped.arch[a], e, d, v, &tally);
  printf("# %d searches compared, %d left steps out, %d missed the best\n", tally.compared,
         tally.some_steps, tally.missed);
  check(tally.compared > 150, "most of the searches were too large to compare");
  check(tally.some_steps > 80, "most of the searches had every step");
}

/* ---- steps that are missed ------------------------------------------------------------------- */

/* Layers whose best mapping has a step that is not a usual one: a search that leaves it out may
 * not say that it has every step, and one that does not finds it; so does a search that looks at
 * every step first. */
static void missed_steps_are_told(void) {
  static const struct reuse_layer channels =
      LONG("channels", REUSE_PWCONV, 1, 40, 2, 1, 2, 1, 1, 1);
  static const struct reuse_layer rows = LONG("rows", REUSE_CONV, 1, 1, 1, 19, 2, 2, 1, 1);
  const struct {
    struct part part;
    const struct reuse_layer *layer;
    enum reuse_objective objective;
  } at[] = {{{machine_named(&shipped, "eyeriss-v1"), 0, 0, 1, 1e-3}, &channels, REUSE_WEIGHTED},
            {{machine_named(&shipped, "eyeriss-v2"), 0, 0, 0, 4e-4}, &rows, REUSE_EDP}};
  const int n = sizeof at / sizeof *at;
  struct tally usual = {0}, first = {0};
  for (int i = 0; i < n; i++) {
    const struct reuse_search usually = search_for(at[i].objective, true);
    const struct reuse_search every_first = search_for(at[i].objective, false);
    if (!check(at[i].part.arch != NULL, "a machine is gone")) return;
    compare_on(&at[i].part, at[i].layer, &usually, MOST_LISTED, &usual);
    compare_on(&at[i].part, at[i].layer, &every_first, MOST_LISTED, &first);
  }
  printf("# %d of %d searches missed the best\n", usual.missed, usual.compared);
  check(usual.compared == n && usual.some_steps == n, "a layer was not compared");
  check(usual.missed > 0, "no layer has a best mapping that the usual steps miss");
  check(first.compared == n && first.some_steps == 0 && first.missed == 0,
        "a first look at every step has missed the best");
}

int register_search_steps_tests(void) {
  CU_pSuite s = CU_add_suite("search_steps", set_up, clean_up);
  return s && CU_ADD_TEST(s, long_dims_are_searched) && CU_ADD_TEST(s, missed_steps_are_told)
             ? 0
             : -1;
}
