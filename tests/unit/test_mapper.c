/* The mapper on every shipped machine: legal, counted right, deterministic.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <CUnit/CUnit.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cost/invariants.h"
#include "mapper/score.h"
#include "mapping/nest_write.h"
#include "oracle/compare.h"
#include "oracle/execute.h"
#include "run/run.h"
#include "unit/check.h"
#include "unit/machines.h"

int register_mapper_tests(void);

static struct machines shipped;

static int set_up(void) {
  return machines_read(&shipped) ? 0 : -1;
}

static int clean_up(void) {
  machines_free(&shipped);
  return 0;
}

/* ---- one mapping ------------------------------------------------------------ */

/* A mapping of a layer on a machine, and how to name it. */
struct found {
  char name[256];
  const struct reuse_arch *arch;
  const struct reuse_layer *layer;
  struct reuse_mapping mapping;
  struct reuse_evaluation evaluation;
  struct reuse_proof proof;
};

static bool check_found(const struct found *f, bool ok, const char *what) {
  char text[1024];
  if (ok)
    return true;
  snprintf(text, sizeof text, "%.255s: %.500s", f->name, what);
  return check(false, text);
}

/* Maps LAYER on ARCH; the status. */
static enum reuse_status map(const struct reuse_arch *arch, const struct reuse_layer *layer,
                             enum reuse_objective objective, struct found *f) {
  const struct reuse_search search = {.objective = objective, .energy_weight = 1,
                                      .latency_weight = 100, .max_evaluations = 400};
  f->arch = arch;
  f->layer = layer;
  return reuse_map(arch, layer, &search, &f->mapping, &f->evaluation, &f->proof);
}

/* Compares the counts with those of an execution. */
static void check_execution(const struct found *f) {
  struct reuse_counts executed;
  struct difference d;
  char text[256];
  if (!check_found(f, oracle_count(&f->layer->problem, &f->mapping.nest, &executed) == 0,
                   "cannot be executed"))
    return;
  if (compare_counts(&f->mapping.nest, &executed, &f->evaluation.counts, 1, &d) == 0)
    return;
  snprintf(text, sizeof text,
           "level %d, tensor %d, %s: executed %" PRId64 ", counted %" PRId64, d.level,
           d.tensor, d.field, d.expected, d.actual);
  check_found(f, false, text);
  reuse__nest_write(&f->layer->problem, &f->mapping.nest, stdout);
}

/* Whether two evaluations agree in what they conclude. */
static bool same_evaluation(const struct reuse_evaluation *a,
                            const struct reuse_evaluation *b) {
  return memcmp(&a->energy_pj, &b->energy_pj, sizeof a->energy_pj) == 0 &&
         memcmp(&a->cycles, &b->cycles, sizeof a->cycles) == 0 &&
         memcmp(&a->utilization, &b->utilization, sizeof a->utilization) == 0 &&
         a->bound_level == b->bound_level && a->bound_tensor == b->bound_tensor &&
         memcmp(a->counts.at, b->counts.at, sizeof a->counts.at) == 0;
}

/* Legal, fitting, evaluated as by reuse_evaluate, and counted as executed. */
static void check_mapping(const struct found *f) {
  const char *why = NULL;
  int loop;
  struct reuse_evaluation again;
  bool ok = reuse_nest_check(&f->layer->problem, &f->mapping.nest, &why, &loop) == REUSE_OK;
  if (!check_found(f, ok, why ? why : ""))
    return;
  ok = reuse_evaluate(f->arch, f->layer, &f->mapping, &again) == REUSE_OK;
  check_found(f, ok && same_evaluation(&f->evaluation, &again),
              "the search and reuse_evaluate disagree");
  check_found(f, reuse_mapping_fits(f->arch, &f->mapping, &f->evaluation.counts),
              "does not fit");
  ok = reuse__invariants(f->arch, f->layer, &f->mapping, &f->evaluation, &why);
  check_found(f, ok, why ? why : "");
  check_execution(f);
}

/* ---- every machine and layer type ---------------------------------------------- */

static bool runs(const struct reuse_arch *arch, enum reuse_layer_type type) {
  for (int e = 0; e < arch->nengines; e++)
    if (arch->engine[e].layers & REUSE_BIT(type))
      return true;
  return false;
}

static void every_layer_type_is_mapped(void) {
  for (int a = 0; a < shipped.n; a++)
    for (int l = 0; l < small_layers; l++) {
      struct found f;
      const bool can = runs(shipped.arch[a], small_layer[l].type);
      snprintf(f.name, sizeof f.name, "%s, %s", shipped.arch[a]->name, small_layer[l].name);
      const enum reuse_status st = map(shipped.arch[a], &small_layer[l], REUSE_ENERGY, &f);
      check_found(&f, st == (can ? REUSE_OK : REUSE_ERR_NO_MAPPING), reuse_status_text(st));
      if (st == REUSE_OK)
        check_mapping(&f);
    }
}

/* ---- every variant of every dataflow ---------------------------------------------- */

/* Maps LAYER on one variant with SHARE of the memories; whether that is possible. */
static bool try_variant(const struct reuse_arch *arch, int engine, int dataflow, int variant,
                        double share, const struct reuse_layer *layer) {
  struct narrowed n;
  struct found f;
  machine_narrow(arch, engine, dataflow, variant, share, &n);
  snprintf(f.name, sizeof f.name, "%s, %s, %s, %s, %s, memories times %g", arch->name,
           n.engine.name, n.dataflow.name, n.variant.name ? n.variant.name : "-", layer->name,
           share);
  const enum reuse_objective objective =
      (enum reuse_objective)((engine + dataflow + variant) % REUSE_OBJECTIVES);
  const enum reuse_status st = map(&n.arch, layer, objective, &f);
  if (st == REUSE_OK)
    check_mapping(&f);
  else
    check_found(&f, st == REUSE_ERR_NO_MAPPING, reuse_status_text(st));
  return st == REUSE_OK;
}

/* Smaller memories force loops outside them: partial sums return, halos overlap. */
static void check_variant(const struct reuse_arch *arch, int engine, int dataflow,
                          int variant) {
  static const double share[] = {1, 1.0 / 64, 1.0 / 1024};
  const struct reuse_engine *e = &arch->engine[engine];
  const unsigned types = e->layers & e->dataflow[dataflow].layers;
  int mapped = 0;
  for (int l = 0; l < small_layers; l++) {
    const double some = share[(l + dataflow + variant) % 3];
    if (!(types & REUSE_BIT(small_layer[l].type)))
      continue;
    mapped += try_variant(arch, engine, dataflow, variant, some, &small_layer[l]) ||
              try_variant(arch, engine, dataflow, variant, 1, &small_layer[l]);
  }
  if (mapped == 0)
    printf("# %s, %s, %s, %d: maps no small layer\n", arch->name, e->name,
           e->dataflow[dataflow].name, variant);
  check(mapped > 0, "a variant maps no small layer");
}

static void every_variant_is_counted_right(void) {
  for (int a = 0; a < shipped.n; a++)
    for (int e = 0; e < shipped.arch[a]->nengines; e++)
      for (int d = 0; d < shipped.arch[a]->engine[e].ndataflows; d++)
        for (int v = 0; v < shipped.arch[a]->engine[e].dataflow[d].nvariants; v++)
          check_variant(shipped.arch[a], e, d, v);
}

/* ---- what cannot be mapped ----------------------------------------------------------- */

static void nothing_fits(void) {
  struct narrowed n;
  struct found f;
  machine_narrow(shipped.arch[0], 0, 0, 0, 1, &n);
  for (int i = 0; i < n.engine.nlevels; i++)
    n.level[i].size_bytes = (struct reuse_quantity){.value = 1e-9, .given = true};
  CU_ASSERT_EQUAL(map(&n.arch, &small_layer[0], REUSE_ENERGY, &f), REUSE_ERR_NO_MAPPING);
}

/* A dataflow asked for is used by the layers that have it, and no constraint on
 * the others. */
static void check_wanted(const struct reuse_arch *arch, const struct reuse_dataflow *d,
                         const struct reuse_layer *layer) {
  const struct reuse_search search = {.dataflow = d->name, .max_evaluations = 500};
  struct found f;
  if (reuse_map(arch, layer, &search, &f.mapping, &f.evaluation, &f.proof) != REUSE_OK)
    return;
  const struct reuse_engine *e = &arch->engine[f.mapping.engine];
  snprintf(f.name, sizeof f.name, "%s, %s", arch->name, layer->name);
  check_found(&f, strcmp(e->dataflow[f.mapping.dataflow].name, d->name) == 0, d->name);
}

static void wanted_dataflow_is_used(void) {
  const struct reuse_search absent = {.dataflow = "none of this name", .max_evaluations = 500};
  for (int a = 0; a < shipped.n; a++) {
    const struct reuse_arch *arch = shipped.arch[a];
    struct found f;
    for (int e = 0; e < arch->nengines; e++)
      for (int d = 0; d < arch->engine[e].ndataflows; d++)
        for (int l = (a + d) % 3; l < small_layers; l += 3)
          if (arch->engine[e].layers & arch->engine[e].dataflow[d].layers &
              REUSE_BIT(small_layer[l].type))
            check_wanted(arch, &arch->engine[e].dataflow[d], &small_layer[l]);
    CU_ASSERT_EQUAL(reuse_map(arch, &small_layer[0], &absent, &f.mapping, &f.evaluation,
                              &f.proof),
                    runs(arch, small_layer[0].type) ? REUSE_OK : REUSE_ERR_NO_MAPPING);
  }
}

/* ---- objectives ------------------------------------------------------------------------- */

static double value_of(const struct found *f, enum reuse_objective objective) {
  const struct reuse_search search = {.objective = objective, .energy_weight = 1,
                                      .latency_weight = 100};
  struct reuse__score score;
  reuse__score(f->arch, &f->mapping, &f->evaluation, &search, &score);
  return score.value[0];
}

/* No mapping undercuts what was proven of another objective. */
static void check_objectives(const struct reuse_arch *arch, const struct reuse_layer *layer) {
  struct found f[REUSE_OBJECTIVES];
  for (int o = 0; o < REUSE_OBJECTIVES; o++)
    if (map(arch, layer, (enum reuse_objective)o, &f[o]) != REUSE_OK)
      return;
  for (int o = 0; o < REUSE_OBJECTIVES; o++)
    for (int other = 0; other < REUSE_OBJECTIVES; other++) {
      const double own = value_of(&f[o], (enum reuse_objective)o);
      const double theirs = value_of(&f[other], (enum reuse_objective)o);
      snprintf(f[o].name, sizeof f[o].name, "%s, %s, %s %.9g; that for %s has %.9g",
               arch->name, layer->name, reuse_objective_name[o], own,
               reuse_objective_name[other], theirs);
      check_found(&f[o], !f[o].proof.optimal || own <= theirs,
                  "is worse, though said to be proven");
      check_found(&f[o], f[o].proof.lower_bound <= theirs, "is below the lower bound");
    }
}

static void objectives_are_met_best_by_their_own_mapping(void) {
  for (int a = 0; a < shipped.n; a++)
    for (int l = a % 2; l < small_layers; l += 2)
      if (runs(shipped.arch[a], small_layer[l].type))
        check_objectives(shipped.arch[a], &small_layer[l]);
}

/* ---- determinism -------------------------------------------------------------------------- */

/* All of a run as text, which the caller frees; NULL: failure. */
static char *write_run(const struct reuse_arch *arch, int jobs, enum reuse_objective objective) {
  const struct reuse_network_table network = {
      .name = "small", .path = "small", .nlayers = small_layers / 2,
      .layer = &small_layer[objective % 2 ? small_layers / 2 : 0]};
  const struct reuse__run_options options = {
      .search = {.objective = objective, .energy_weight = 1,
                                      .latency_weight = 100, .max_evaluations = 400},
      .batch = 1,
      .jobs = jobs};
  struct reuse_arena *arena = reuse_arena_new();
  struct reuse_diag diag = {0};
  struct reuse__run *run = NULL;
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream(&text, &size);
  const enum reuse_status st = reuse__run(arch, &network, &options, arena, &run, &diag);
  CU_ASSERT_EQUAL(st, REUSE_OK);
  for (int i = 0; st == REUSE_OK && i < run->nrows; i++) {
    const struct reuse__row *r = &run->row[i];
    fprintf(file, "%d %d\n", r->index, r->modelled);
    if (!r->modelled)
      continue;
    fprintf(file, "%d %d %d %d %a %a %a\n", r->proof.optimal, r->mapping.engine,
            r->mapping.dataflow, r->mapping.variant, r->cost.energy_pj, r->cost.cycles,
            r->cost.utilization);
    reuse__nest_write(&r->layer.problem, &r->mapping.nest, file);
  }
  fclose(file);
  reuse_arena_free(arena);
  return text;
}

static void same_bytes_on_any_number_of_threads(void) {
  for (int a = 0; a < shipped.n; a++) {
    const enum reuse_objective objective = (enum reuse_objective)(a % REUSE_OBJECTIVES);
    char *one = write_run(shipped.arch[a], 1, objective);
    char *two = write_run(shipped.arch[a], 2, objective);
    check(one && two && strcmp(one, two) == 0, shipped.arch[a]->name);
    free(one);
    free(two);
  }
}

int register_mapper_tests(void) {
  CU_pSuite s = CU_add_suite("mapper", set_up, clean_up);
  return s && CU_ADD_TEST(s, every_layer_type_is_mapped) &&
                 CU_ADD_TEST(s, every_variant_is_counted_right) &&
                 CU_ADD_TEST(s, nothing_fits) &&
                 CU_ADD_TEST(s, wanted_dataflow_is_used) &&
                 CU_ADD_TEST(s, objectives_are_met_best_by_their_own_mapping) &&
                 CU_ADD_TEST(s, same_bytes_on_any_number_of_threads)
             ? 0
             : -1;
}
