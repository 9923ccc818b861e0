/* The mapper: every engine, dataflow and variant that may run a layer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reusemodel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mapper/clock.h"
#include "mapper/descend.h"

/* The share of the budget that the first look at all spaces takes. */
enum { LOOK_SHARE = 4, LOOK_EVALUATIONS = 2000, MAX_SPACES = 512 };

struct search {
  const struct reuse_arch *arch;
  const struct reuse_layer *layer;
  const struct reuse_search *wanted;
  const char *only;             /* the wanted dataflow, where it applies */
  struct reuse__branching branching;
  enum reuse_status failure;    /* why nothing was found */
  int nspaces, at;              /* spaces; the one visited */
  bool done[MAX_SPACES];        /* its search has come to an end */
};

/* What is done with each space in turn. */
typedef enum reuse_status visit_fn(struct search *s, const struct reuse__space *space);

/* Improves the best mapping by descents from a few starts. */
static enum reuse_status start_from(struct search *s, const struct reuse__space *space) {
  struct reuse__branching *b = &s->branching;
  struct reuse__unknowns unknowns;
  struct reuse__point p;
  reuse__unknowns_make(space, &unknowns);
  const enum reuse_status st = reuse__descend(&unknowns, s->wanted, b->memo, &p);
  if (st == REUSE_ERR_NO_MAPPING) return REUSE_OK;
  if (st != REUSE_OK) return st;
  if (b->found && !reuse__score_less(&p.cost.score, &b->best.score)) return REUSE_OK;
  b->best = p.cost;
  b->found = true;
  return REUSE_OK;
}

static enum reuse_status number(struct search *s, const struct reuse__space *space) {
  (void)space;
  s->nspaces = s->at + 1;
  return s->nspaces <= MAX_SPACES ? REUSE_OK : REUSE_ERR_LIMIT;
}

/* Searches one space for a short while: the best mappings are found early, and bound
 * the long search that follows. */
static enum reuse_status look_at(struct search *s, const struct reuse__space *space) {
  struct reuse__branching *b = &s->branching;
  const int64_t all = s->wanted->max_evaluations;
  const int64_t share = all ? all / LOOK_SHARE / s->nspaces + 1 : LOOK_EVALUATIONS;
  b->stopped = false;
  b->last_evaluation = b->evaluations + share;
  const enum reuse_status st = reuse__branch(space, b);
  s->done[s->at] = !b->stopped;
  return st;
}

/* Searches one space to the end, if that has not been done. */
static enum reuse_status branch_over(struct search *s, const struct reuse__space *space) {
  if (s->at >= MAX_SPACES || s->done[s->at]) return REUSE_OK;
  return reuse__branch(space, &s->branching);
}

static void visit_variant(struct search *s, int engine, int dataflow, int variant,
                          visit_fn *visit) {
  const struct reuse_engine *e = &s->arch->engine[engine];
  unsigned keeps[REUSE_MAX_LEVELS];
  struct reuse__space space;
  for (int i = 0; i < e->nlevels; i++) keeps[i] = e->level[i].keeps;
  if (!reuse__space_make(s->arch, engine, dataflow, variant, keeps, s->layer, &space)) {
    s->failure = REUSE_ERR_LIMIT;
    return;
  }
  const enum reuse_status st = visit(s, &space);
  if (st != REUSE_OK) s->failure = st;
  s->at++;
}

/* Whether some engine has the wanted dataflow for the layer's type; else any of
 * the machine's is as good. */
static bool has_wanted(const struct search *s) {
  const unsigned type = REUSE_BIT(s->layer->type);
  for (int e = 0; e < s->arch->nengines && s->wanted->dataflow; e++)
    for (int d = 0; d < s->arch->engine[e].ndataflows; d++) {
      const struct reuse_dataflow *f = &s->arch->engine[e].dataflow[d];
      if (f->layers & s->arch->engine[e].layers & type &&
          strcmp(f->name, s->wanted->dataflow) == 0)
        return true;
    }
  return false;
}

static void visit_engine(struct search *s, int engine, visit_fn *visit) {
  const struct reuse_engine *e = &s->arch->engine[engine];
  const unsigned type = REUSE_BIT(s->layer->type);
  if (!(e->layers & type)) return;
  for (int d = 0; d < e->ndataflows; d++) {
    const struct reuse_dataflow *f = &e->dataflow[d];
    if (!(f->layers & type)) continue;
    if (s->only && strcmp(s->only, f->name) != 0) continue;
    for (int v = 0; v < f->nvariants; v++) visit_variant(s, engine, d, v, visit);
  }
}

static void visit_all(struct search *s, visit_fn *visit) {
  s->at = 0;
  for (int e = 0; e < s->arch->nengines; e++) visit_engine(s, e, visit);
}

static void search_all(struct search *s) {
  struct reuse__branching *b = &s->branching;
  visit_all(s, number);
  if (!s->wanted->exhaustive && !s->wanted->unbounded_start) {
    visit_all(s, start_from);
    if (s->nspaces > 1) visit_all(s, look_at);
  }
  b->stopped = false;
  b->open = INFINITY;
  b->last_evaluation = s->wanted->max_evaluations;
  visit_all(s, branch_over);
}

static void prove(const struct reuse__branching *b, struct reuse_proof *proof) {
  const double best = b->best.score.value[0];
  proof->optimal = !b->stopped && b->failure == REUSE_OK;
  proof->lower_bound = b->stopped ? fmin(b->open, best) : best;
  proof->evaluations = b->evaluations;
}

enum reuse_status reuse_map(const struct reuse_arch *arch,
                            const struct reuse_layer *layer,
                            const struct reuse_search *search,
                            struct reuse_mapping *mapping,
                            struct reuse_evaluation *evaluation,
                            struct reuse_proof *proof) {
  struct search *s = calloc(1, sizeof *s);
  struct reuse_proof ignored;
  if (!s) return REUSE_ERR_MEMORY;
  s->arch = arch;
  s->layer = layer;
  s->wanted = search;
  s->failure = REUSE_ERR_NO_MAPPING;
  s->only = has_wanted(s) ? search->dataflow : NULL;
  struct reuse__branching *b = &s->branching;
  b->wanted = search;
  b->exhaustive = search->exhaustive;
  b->memo = reuse__memo_new();
  b->deadline_s = search->max_seconds > 0 ? reuse__seconds() + search->max_seconds : 0;
  search_all(s);
  if (b->found) {
    *mapping = b->best.mapping;
    *evaluation = b->best.evaluation;
    prove(b, proof ? proof : &ignored);
  }
  enum reuse_status st = s->failure;
  if (b->failure != REUSE_OK) st = b->failure;
  if (b->found) st = REUSE_OK;
  reuse__memo_free(b->memo);
  free(s);
  return st;
}
