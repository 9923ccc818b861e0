/* The mapper: every engine, dataflow and variant that may run a layer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reusemodel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mapper/clock.h"
#include "mapper/descend.h"
#include "mapper/orders.h"

/* The part of the budget, one in so many, that the first look at all spaces takes. */
enum { LOOK_SHARE = 40, LOOK_EVALUATIONS = 2000, MAX_SPACES = 512,
       FRONT_EVALUATIONS = 20000, FULL_EFFORT = 20000 };

static const double TIME_TO_DESCEND = 0.3; /* of a budget in seconds */

/* Descents in every space, more in the best ones. */
enum { FEW_STARTS = 2, MORE_STARTS = 8, MAX_KEPT = 4, MANY_UNKNOWNS = 16, FEW_KICKS = 40,
       MANY_KICKS = 400 };

/* What makes a space. */
struct part {
  int engine, dataflow, variant, number;
  unsigned keeps[REUSE_MAX_LEVELS];
  bool started, done;           /* START is set; its search has come to an end */
  struct reuse__score start;    /* of the first mapping that was found in it */
};

struct search {
  const struct reuse_arch *arch;
  const struct reuse_layer *layer;
  const struct reuse_search *wanted;
  const char *only;             /* the wanted dataflow, where it applies */
  struct reuse__branching branching;
  enum reuse_status failure;    /* why nothing was found */
  double start_s;               /* by reuse__seconds() */
  int nparts, at;               /* spaces; the one visited */
  struct part part[MAX_SPACES]; /* in the order in which they are searched */
  bool left_out;                /* some space has not been searched at all */
  int nkept;                    /* best starts so far, best first */
  struct { int space; struct reuse__point point; } kept[MAX_KEPT + 1];
};

/* What is done with each space in turn. */
typedef enum reuse_status visit_fn(struct search *s, const struct reuse__space *space);

/* Keeps P if it is among the best, which stay in order. */
static void keep_start(struct search *s, const struct reuse__point *p) {
  int i = s->nkept;
  while (i > 0 && reuse__score_less(&p->cost.score, &s->kept[i - 1].point.cost.score)) i--;
  if (i == MAX_KEPT) return;
  if (s->nkept < MAX_KEPT) s->nkept++;
  memmove(&s->kept[i + 1], &s->kept[i], (size_t)(s->nkept - 1 - i) * sizeof *s->kept);
  s->kept[i].space = s->at;
  s->kept[i].point = *p;
}

static void take(struct reuse__branching *b, const struct reuse__candidate *c) {
  if (b->found && !reuse__score_less(&c->score, &b->best.score)) return;
  b->best = *c;
  b->found_s = reuse__seconds();
  b->found = true;
}

/* COUNT for a search with the usual budget or a larger one, less for smaller ones. */
static int effort(const struct search *s, int count) {
  const int64_t most = s->wanted->max_evaluations;
  return most == 0 || most >= FULL_EFFORT ? count
                                                : (int)(count * most / FULL_EFFORT);
}

static bool is_late(const struct reuse__branching *b) {
  return b->deadline_s > 0 && reuse__seconds() >= b->deadline_s;
}

/* A few descents in every space. */
static enum reuse_status start_from(struct search *s, const struct reuse__space *space) {
  struct reuse__branching *b = &s->branching;
  if (s->nkept > 0 && is_late(b)) return REUSE_OK;
  struct reuse__unknowns unknowns;
  struct reuse__point p;
  reuse__unknowns_make(space, &unknowns);
  const enum reuse_status st =
      reuse__descend(&unknowns, s->wanted, 0, FEW_STARTS, b->deadline_s, b->memo, &p);
  if (st == REUSE_ERR_NO_MAPPING) return REUSE_OK;
  if (st != REUSE_OK) return st;
  keep_start(s, &p);
  s->part[s->at].started = true;
  s->part[s->at].start = p.cost.score;
  return REUSE_OK;
}

/* More descents in the spaces that these like best, and moves of two unknowns. */
static enum reuse_status go_on_from(struct search *s, const struct reuse__space *space) {
  struct reuse__branching *b = &s->branching;
  for (int i = 0; i < s->nkept && !is_late(b); i++) {
    struct reuse__unknowns unknowns;
    struct reuse__point p, best = s->kept[i].point;
    if (s->kept[i].space != s->at) continue;
    reuse__unknowns_make(space, &unknowns);
    if (reuse__descend(&unknowns, s->wanted, FEW_STARTS, effort(s, MORE_STARTS),
                       b->deadline_s, b->memo, &p) == REUSE_OK &&
        reuse__score_less(&p.cost.score, &best.cost.score))
      best = p;
    const int kicks = unknowns.n > MANY_UNKNOWNS ? MANY_KICKS : FEW_KICKS;
    if (effort(s, kicks) > 0)
      reuse__polish(&unknowns, s->wanted, effort(s, kicks), b->deadline_s, b->memo, &best);
    take(b, &best.cost);
  }
  return REUSE_OK;
}

/* Searches one space for a short while: the best mappings are found early, and bound
 * the long search that follows. */
static enum reuse_status look_at(struct search *s, const struct reuse__space *space) {
  struct reuse__branching *b = &s->branching;
  const int64_t all = s->wanted->max_evaluations;
  const int64_t share = all ? all / LOOK_SHARE / s->nparts + 1 : LOOK_EVALUATIONS;
  b->stopped = false;
  b->last_evaluation = b->evaluations + share;
  const enum reuse_status st = reuse__branch(space, b);
  s->part[s->at].done = st == REUSE_OK && !b->stopped;
  return st;
}

/* Searches one space to the end, if that has not been done. */
static enum reuse_status branch_over(struct search *s, const struct reuse__space *space) {
  if (s->part[s->at].done) return REUSE_OK;
  return reuse__branch(space, &s->branching);
}

/* Visits every space in turn. */
static void visit_all(struct search *s, visit_fn *visit) {
  for (s->at = 0; s->at < s->nparts; s->at++) {
    const struct part *p = &s->part[s->at];
    struct reuse__space space;
    enum reuse_status st = REUSE_ERR_LIMIT;
    if (reuse__space_make(s->arch, p->engine, p->dataflow, p->variant, p->keeps, s->layer,
                          &space))
      st = visit(s, &space);
    if (st == REUSE_OK) continue;
    s->failure = st;
    s->left_out = true;
  }
}

/* ---- spaces ------------------------------------------------------------------------------ */

static void add_part(struct search *s, int engine, int dataflow, int variant,
                     const unsigned *keeps) {
  if (s->nparts == MAX_SPACES) {
    s->failure = REUSE_ERR_LIMIT;
    s->left_out = true;
    return;
  }
  struct part *p = &s->part[s->nparts];
  *p = (struct part){
      .engine = engine, .dataflow = dataflow, .variant = variant, .number = s->nparts++};
  memcpy(p->keeps, keeps, (size_t)s->arch->engine[engine].nlevels * sizeof *keeps);
}

/* Adds the variant with every choice of what the levels from LEVEL on bypass. */
static void add_keeps(struct search *s, int engine, int dataflow, int variant, int level,
                      unsigned *keeps) {
  const struct reuse_engine *e = &s->arch->engine[engine];
  if (level == e->nlevels) {
    add_part(s, engine, dataflow, variant, keeps);
    return;
  }
  unsigned may = e->level[level].bypass & s->layer->problem.tensors;
  if (level == e->dataflow[dataflow].im2col_level) may &= ~REUSE_BIT(REUSE_I);
  for (unsigned out = 0;; out = (out - may) & may) {
    keeps[level] = e->level[level].keeps & ~out;
    add_keeps(s, engine, dataflow, variant, level + 1, keeps);
    if (out == may) return;
  }
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

static void add_engine(struct search *s, int engine) {
  const struct reuse_engine *e = &s->arch->engine[engine];
  const unsigned type = REUSE_BIT(s->layer->type);
  unsigned keeps[REUSE_MAX_LEVELS];
  if (!(e->layers & type)) return;
  for (int d = 0; d < e->ndataflows; d++) {
    const struct reuse_dataflow *f = &e->dataflow[d];
    if (!(f->layers & type)) continue;
    if (s->only && strcmp(s->only, f->name) != 0) continue;
    for (int v = 0; v < f->nvariants; v++) add_keeps(s, engine, d, v, 0, keeps);
  }
}

static int compare_parts(const void *a, const void *b) {
  const struct part *x = a, *y = b;
  if (x->started != y->started) return x->started ? -1 : 1;
  if (x->started && reuse__score_less(&x->start, &y->start)) return -1;
  if (x->started && reuse__score_less(&y->start, &x->start)) return 1;
  return x->number - y->number;
}

/* Puts the spaces with the best first mappings first. */
static void sort_parts(struct search *s) {
  int place[MAX_SPACES];
  qsort(s->part, (size_t)s->nparts, sizeof *s->part, compare_parts);
  for (int i = 0; i < s->nparts; i++) place[s->part[i].number] = i;
  for (int i = 0; i < s->nparts; i++) s->part[i].number = i;
  for (int i = 0; i < s->nkept; i++) s->kept[i].space = place[s->kept[i].space];
}

/* ---- search ------------------------------------------------------------------------------ */

/* Searches one space with more steps or orders, if these may be better or are asked for. */
static enum reuse_status branch_further(struct search *s, const struct reuse__space *space) {
  if (!s->wanted->complete && reuse__orders_suffice(space)) return REUSE_OK;
  return reuse__branch(space, &s->branching);
}

/* The long search: the usual steps and orders first, then what else may be better or is asked
 * for.  What the budget leaves no time for is left open. */
static void branch_all(struct search *s) {
  struct reuse__branching *b = &s->branching;
  b->every_step = b->every_order = b->exhaustive;
  visit_all(s, branch_over);
  if (b->exhaustive) return;
  b->every_order = true;
  b->every_step = s->wanted->complete;
  visit_all(s, branch_further);
}

/* The long search, and descents if it is stopped; these need a part of the time. */
static void search_on(struct search *s) {
  struct reuse__branching *b = &s->branching;
  const double end_s = b->deadline_s;
  b->stopped = false;
  b->open = INFINITY;
  b->last_evaluation = s->wanted->max_evaluations;
  if (end_s > 0) b->deadline_s = end_s - TIME_TO_DESCEND * s->wanted->max_seconds;
  branch_all(s);
  b->deadline_s = end_s;
  if (b->stopped) visit_all(s, go_on_from);
}

static void search_all(struct search *s) {
  struct reuse__branching *b = &s->branching;
  if (!s->wanted->exhaustive && !s->wanted->cold_start) {
    visit_all(s, start_from);
    if (s->nkept > 0) take(b, &s->kept[0].point.cost);
    sort_parts(s);
    if (s->nparts > 1) visit_all(s, look_at);
  }
  search_on(s);
}

/* Whether every mapping of every space has been looked at or bound. */
static bool is_covered(const struct search *s) {
  const struct reuse__branching *b = &s->branching;
  return !b->stopped && !b->left_out && b->failure == REUSE_OK && !s->left_out;
}

static void prove(const struct search *s, struct reuse_proof *proof) {
  const struct reuse__branching *b = &s->branching;
  const double best = b->found ? b->best.score.value[0] : INFINITY;
  proof->lower_bound = s->left_out || b->failure != REUSE_OK ? 0 : fmin(b->open, best);
  proof->optimal = is_covered(s) || (b->found && proof->lower_bound >= best);
  proof->evaluations = b->evaluations;
  proof->found_s = b->found ? b->found_s - s->start_s : 0;
  proof->end_s = reuse__seconds() - s->start_s;
}

/* A search of LAYER; NULL: no memory. */
static struct search *search_new(const struct reuse_arch *arch,
                                 const struct reuse_layer *layer,
                                 const struct reuse_search *wanted) {
  struct search *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->arch = arch;
  s->layer = layer;
  s->wanted = wanted;
  s->failure = REUSE_ERR_NO_MAPPING;
  s->only = has_wanted(s) ? wanted->dataflow : NULL;
  for (int e = 0; e < arch->nengines; e++) add_engine(s, e);
  s->branching.wanted = wanted;
  s->branching.exhaustive = wanted->exhaustive;
  s->branching.memo = reuse__memo_new();
  s->start_s = reuse__seconds();
  if (wanted->max_seconds > 0) s->branching.deadline_s = s->start_s + wanted->max_seconds;
  return s;
}

static enum reuse_status search_end(struct search *s) {
  const struct reuse__branching *b = &s->branching;
  const enum reuse_status st = b->found                    ? REUSE_OK
                               : b->failure != REUSE_OK ? b->failure
                                                           : s->failure;
  reuse__memo_free(b->memo);
  free(s);
  return st;
}

enum reuse_status reuse_map(const struct reuse_arch *arch,
                            const struct reuse_layer *layer,
                            const struct reuse_search *search,
                            struct reuse_mapping *mapping,
                            struct reuse_evaluation *evaluation,
                            struct reuse_proof *proof) {
  struct search *s = search_new(arch, layer, search);
  if (!s) return REUSE_ERR_MEMORY;
  search_all(s);
  if (s->branching.found) {
    *mapping = s->branching.best.mapping;
    *evaluation = s->branching.best.evaluation;
  }
  if (proof) prove(s, proof);
  return search_end(s);
}

/* Puts the best mappings for energy, for time and for their product into the front. */
static void start_front(const struct reuse_arch *arch, const struct reuse_layer *layer,
                        const struct reuse_search *wanted, struct reuse__front *front) {
  static const enum reuse_objective objective[] = {REUSE_ENERGY, REUSE_LATENCY, REUSE_EDP};
  for (int i = 0; i < 3; i++) {
    struct reuse_search one = *wanted;
    struct reuse_point best;
    one.objective = objective[i];
    one.max_seconds = wanted->max_seconds / 6;
    one.max_evaluations = wanted->max_evaluations ? wanted->max_evaluations / 4 + 1
                                                  : FRONT_EVALUATIONS;
    if (reuse_map(arch, layer, &one, &best.mapping, &best.evaluation, NULL) == REUSE_OK)
      reuse__front_add(front, &best.mapping, &best.evaluation);
  }
}

enum reuse_status reuse_pareto(const struct reuse_arch *arch,
                               const struct reuse_layer *layer,
                               const struct reuse_search *search, struct reuse_point *point,
                               int max, int *n, struct reuse_proof *proof) {
  struct reuse_search wanted = *search;
  struct reuse__front front = {.point = point, .max = max};
  wanted.objective = REUSE_EDP;
  struct search *s = search_new(arch, layer, &wanted);
  if (!s) return REUSE_ERR_MEMORY;
  s->branching.open = INFINITY;
  if (!wanted.exhaustive && !wanted.cold_start) start_front(arch, layer, &wanted, &front);
  s->branching.front = &front;
  s->branching.last_evaluation = wanted.max_evaluations;
  branch_all(s);
  *n = front.n;
  s->branching.found = front.n > 0;
  if (proof)
    *proof = (struct reuse_proof){
        .optimal = is_covered(s) && !front.full,
        .evaluations = s->branching.evaluations};
  const enum reuse_status st = search_end(s);
  return st == REUSE_OK && front.full ? REUSE_ERR_LIMIT : st;
}
