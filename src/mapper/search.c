/* Branch and bound over one space.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "cost/evaluate.h"
#include "count/shape.h"
#include "mapper/bound.h"
#include "mapper/clock.h"
#include "mapper/dominance.h"
#include "mapper/innermost.h"
#include "mapper/orders.h"
#include "mapper/steps.h"

/* So few steps are looked at one by one; so few of an interval. */
enum { FEW_STEPS = 6, AT_ONCE = 8 };

/* Steps that differ by more than this factor are told apart before those of the next loop of their
 * chain are looked at. */
static const double MUCH = 2;

/* A walk may go on for so many slices, but then not beyond so many evaluations; whether it does is
 * asked after this part of a slice first, and whenever it has become twice as long. */
enum { MOST_SLICES = 8, MOST_EVALUATIONS = 64000, FIRST_ASKED = 4 };

/* For each slot: of an order, of a step, of which half of an interval, of 2^40 points at most. */
enum { MOST_CHOICES = 48 };

/* It does if, by the choices that it has behind it, it will end within so many slices. */
static const double HOPED_SLICES = 10;

/* Steps of a slot, from LEAST to STEP points, and the bound of what they lead to. */
struct branch {
  int64_t least, step;
  struct reuse__score bound;
};

/* The next slot to be decided: number I of LEVEL in the orders from FIRST to END. */
struct place { int level, i, first, end; };

/* The choice that is being followed, and of how many. */
struct choice { int64_t now, of; };

struct reuse__walk {
  struct reuse__branching *b;
  const struct reuse__space *space;
  struct reuse__partial partial;
  struct reuse__score known;    /* a bound of what it leads to */
  struct reuse_evaluation priced;
  struct reuse_mapping mapping;
  int64_t step[REUSE__MAX_STEPS];
  int norders[REUSE_MAX_LEVELS];
  struct reuse__order *order[REUSE_MAX_LEVELS];
  enum reuse__orders_kind kind[REUSE_MAX_LEVELS];
  int at[REUSE_MAX_LEVELS];     /* the order being walked, or the first of several */
  int depth;                    /* of the choices, of orders and steps, outermost first */
  struct choice choice[MOST_CHOICES * REUSE__MAX_SLOTS];
  int64_t begun;                /* evaluations before it */
  int64_t asked;                /* of its own, after which it may have to stop; 0: no limit */
  struct branch *pool;          /* of branches of the slots being decided */
  int64_t used;
};

static void walk_level(struct reuse__walk *w, int level);
static void walk_slot(struct reuse__walk *w, const struct place *at);
static void walk_orders(struct reuse__walk *w, int level, int i, int first, int end);

/* ---- bounds ----------------------------------------------------------------------- */

/* False if the partial mapping has no completion. */
static bool bound(struct reuse__walk *w, struct reuse__score *score) {
  const struct reuse__space *s = w->space;
  w->b->evaluations++;
  if (!reuse__bound_counts(&w->partial, &w->priced.counts)) return false;
  reuse__price(s->arch, s->engine_index, &w->partial.nest, &w->priced);
  reuse__dram_floor_raise(s->arch, s->engine_index, &s->floor, &w->priced);
  reuse__score(s->arch, &w->mapping, &w->priced, w->b->wanted, score);
  return true;
}

/* Whether the front has a mapping at least as good as BOUND in energy and cycles. */
static bool is_behind(const struct reuse__front *f, const struct reuse__score *bound) {
  for (int i = 0; i < f->n && f->point[i].evaluation.energy_pj <= bound->value[1]; i++)
    if (f->point[i].evaluation.cycles <= bound->value[2]) return true;
  return false;
}

bool reuse__is_hopeless(const struct reuse__branching *b, const struct reuse__score *bound) {
  if (b->front) return is_behind(b->front, bound);
  if (!b->found) return false;
  if (b->wanted->any_tie) return bound->value[0] >= b->best.score.value[0];
  return !reuse__score_less(bound, &b->best.score);
}

static bool is_hopeless(const struct reuse__walk *w, const struct reuse__score *bound) {
  return reuse__is_hopeless(w->b, bound);
}

bool reuse__is_over(struct reuse__branching *b) {
  if (b->last_evaluation && b->evaluations >= b->last_evaluation) b->stopped = true;
  if (b->deadline_s > 0 && reuse__seconds() >= b->deadline_s) b->stopped = true;
  return b->stopped;
}

/* The part of the walk that is done, if each choice makes as much work as the others. */
static double progress(const struct reuse__walk *w) {
  double done = 0, part = 1;
  for (int i = 0; i < w->depth; i++) {
    part /= (double)w->choice[i].of;
    done += part * (double)w->choice[i].now;
  }
  return done;
}

/* Whether the walk has had its slice and may not go on. */
static bool is_used_up(const struct reuse__walk *w) {
  const int64_t slice = w->b->slice, most = reuse__min(MOST_SLICES * slice, MOST_EVALUATIONS);
  return w->asked >= reuse__max(slice, most);
}

/* Whether the walk has to stop. */
static bool is_over(struct reuse__walk *w) {
  struct reuse__branching *b = w->b;
  if (reuse__is_over(b)) return true;
  if (w->asked == 0 || b->evaluations < w->begun + w->asked) return false;
  const double hoped = HOPED_SLICES * (double)b->slice * progress(w);
  b->stopped = is_used_up(w) || (double)w->asked > hoped;
  w->asked *= 2;
  return b->stopped;
}

static void leave_open(struct reuse__walk *w, const struct reuse__score *bound) {
  w->b->open = fmin(w->b->open, bound->value[0]);
}

/* Notes that a part of the space cannot be counted: nothing is known about it. */
static void fail(struct reuse__walk *w, enum reuse_status st) {
  w->b->failure = st;
  w->b->open = 0;
}

void reuse__take(struct reuse__branching *b, const struct reuse_mapping *mapping,
                 const struct reuse_evaluation *evaluation, const struct reuse__score *score) {
  if (b->found && !reuse__score_less(score, &b->best.score)) return;
  b->best = (struct reuse__candidate){*mapping, *evaluation, *score};
  b->found_s = reuse__seconds();
  b->found = true;
}

/* ---- leaves ----------------------------------------------------------------------- */

/* Evaluates the mapping that the walk has come to. */
static void leaf(struct reuse__walk *w) {
  struct reuse__branching *b = w->b;
  const struct reuse__space *s = w->space;
  struct reuse_evaluation *r = &w->priced;
  b->evaluations++;
  w->mapping.nest = w->partial.nest;
  enum reuse_status st =
      reuse__count_shape(&s->layer->problem, &w->mapping.nest, &r->counts);
  if (st == REUSE_OK && !reuse_mapping_fits(s->arch, &w->mapping, &r->counts)) return;
  if (st == REUSE_OK)
    st = reuse__evaluate(s->arch, s->layer, &w->mapping, b->memo, false, r);
  if (st != REUSE_OK) {
    fail(w, st);
    return;
  }
  struct reuse__score score;
  b->mappings++;
  reuse__score(s->arch, &w->mapping, r, b->wanted, &score);
  if (b->front) reuse__front_add(b->front, &w->mapping, r);
  reuse__take(b, &w->mapping, r, &score);
}

/* ---- branches ---------------------------------------------------------------------- */

static int compare(const void *a, const void *b) {
  const struct branch *x = a, *y = b;
  if (reuse__score_less(&x->bound, &y->bound)) return -1;
  if (reuse__score_less(&y->bound, &x->bound)) return 1;
  return (x->step < y->step) - (x->step > y->step);
}

/* Whether no step of temporal SLOT up to STEP leads to anything better. */
static bool is_hopeless_from(struct reuse__walk *w, int slot, int64_t step) {
  struct reuse__score score;
  if (!reuse__partial_push_most(&w->partial, slot, step)) return true;
  const bool hopeless = !bound(w, &score) || is_hopeless(w, &score);
  reuse__partial_pop(&w->partial);
  return hopeless;
}

/* Those of the STEPS of SLOT over RANGE that are not met in another order; an exhaustive walk
 * takes all. */
static int drop_repeated(struct reuse__walk *w, int slot, int64_t range, int steps) {
  const int level = w->space->slot[slot].level;
  if (w->b->exhaustive) return steps;
  return reuse__drop_repeated(&w->partial, slot, range, w->order[level], w->at[level],
                              w->kind[level], w->step, steps);
}

/* Whether what the decided slots lead to is not legal, is legal but nothing better, or may be
 * better. */
enum outlook { ILLEGAL, HOPELESS, HOPEFUL };

/* The outlook when what concerns the tiles of the levels from FIRST to LAST is new. */
static enum outlook outlook_of(struct reuse__walk *w, int first, int last,
                               struct reuse__score *score) {
  if (!reuse__innermost_holds(&w->partial)) return ILLEGAL;
  for (int level = first; level <= last && level < w->space->engine->nlevels; level++)
    if (!reuse__partial_fits(&w->partial, level)) return ILLEGAL;
  return bound(w, score) && !is_hopeless(w, score) ? HOPEFUL : HOPELESS;
}

/* The same if SLOT has a step from LEAST to STEP points. */
static enum outlook look_ahead(struct reuse__walk *w, int slot, int64_t least, int64_t step,
                               struct reuse__score *score) {
  const int inside = w->space->slot[slot].level + 1;
  if (!reuse__partial_push_between(&w->partial, slot, least, step)) return ILLEGAL;
  const enum outlook outlook = outlook_of(w, inside, inside, score);
  reuse__partial_pop(&w->partial);
  return outlook;
}

/* Every legal one of the STEPS of SLOT, without bounds; their number. */
static int64_t every_branch(struct reuse__walk *w, int slot, int steps, struct branch *list) {
  int64_t n = 0;
  for (int i = 0; i < steps; i++) {
    if (!reuse__partial_push(&w->partial, slot, w->step[i])) continue;
    list[n] = (struct branch){w->step[i], w->step[i], w->known};
    n += reuse__innermost_holds(&w->partial);
    reuse__partial_pop(&w->partial);
  }
  return n;
}

/* Those of the STEPS of SLOT, which fall, that may lead to something better, with their
 * bounds, best first; their number.  When a step is hopeless, so may be all smaller ones; a
 * look at that which was in vain is put off the longer. */
static int64_t good_branches(struct reuse__walk *w, int slot, int steps, struct branch *list) {
  const bool temporal = !w->space->slot[slot].spatial;
  int64_t n = 0;
  int wait = 1, next_look = 0;
  for (int i = 0; i < steps; i++) {
    const int64_t step = w->step[i];
    const enum outlook outlook = look_ahead(w, slot, step, step, &list[n].bound);
    list[n].least = list[n].step = step;
    n += outlook == HOPEFUL;
    if (outlook != HOPELESS || !temporal || i < next_look || steps - i <= FEW_STEPS) continue;
    if (is_hopeless_from(w, slot, step)) break;
    next_look = i + wait;
    wait *= 2;
  }
  qsort(list, (size_t)n, sizeof *list, compare);
  return n;
}

/* Whether the steps of SLOT that make several chunks are looked at together, and told apart when
 * they have to be. */
static bool has_intervals(const struct reuse__walk *w, int slot) {
  const struct reuse__partial *p = &w->partial;
  const struct reuse__chain *over = reuse__group_over(p, &p->chain[p->chain_of[slot]]);
  const struct reuse__slot *s = &w->space->slot[slot];
  if (!w->b->every_step || w->b->exhaustive || s->spatial || s->last || s->loop.step) return false;
  return !over || over->depth == 0;
}

/* The same for such a slot, over RANGE or more: no loop, or a loop of any step. */
static int64_t good_intervals(struct reuse__walk *w, int slot, int64_t range,
                              struct branch *list) {
  const struct reuse__chain *c = &w->partial.chain[w->partial.chain_of[slot]];
  const int64_t longest = reuse__longest(&w->partial, c, c->depth);
  const struct reuse__range all = reuse__steps_range(w->space, slot, longest);
  const int64_t most = reuse__min(all.cap, longest - 1);
  int64_t n = 0;
  w->step[0] = longest;
  list[n] = (struct branch){.least = longest, .step = longest};
  if (all.cap >= range && drop_repeated(w, slot, longest, 1))
    n += look_ahead(w, slot, longest, longest, &list[n].bound) == HOPEFUL;
  w->step[0] = most;
  list[n] = (struct branch){.least = all.least, .step = most};
  if (most >= all.least && drop_repeated(w, slot, longest, 1))
    n += look_ahead(w, slot, all.least, most, &list[n].bound) == HOPEFUL;
  qsort(list, (size_t)n, sizeof *list, compare);
  return n;
}

/* The steps of the next slot that are looked at; their number. */
static int64_t branches(struct reuse__walk *w, int slot, struct branch *list) {
  const int64_t range = reuse__partial_range(&w->partial, slot);
  const bool every = w->b->every_step;
  if (has_intervals(w, slot)) return good_intervals(w, slot, range, list);
  int all = reuse__steps(w->space, slot, range, every ? REUSE__EVERY_STEP : REUSE__USUAL_STEPS,
                         w->step);
  if (all < 0 && every) {
    w->b->left_out = true;
    leave_open(w, &w->known);
    all = reuse__steps(w->space, slot, range, REUSE__USUAL_STEPS, w->step);
  }
  if (all < 0) fail(w, REUSE_ERR_LIMIT);
  if (!every && !w->b->some_steps)
    w->b->some_steps = !reuse__steps_are_all(w->space, slot, range, all);
  const int steps = drop_repeated(w, slot, range, all < 0 ? 0 : all);
  if (steps <= 1 || w->b->exhaustive) return every_branch(w, slot, steps, list);
  return good_branches(w, slot, steps, list);
}

/* Tells the partial mapping the order of LEVEL: one of those from FIRST to END, which have the
 * first N slots in common. */
static void hold_order(struct reuse__walk *w, int level, int n, int first, int end) {
  w->partial.level = level;
  w->at[level] = first;
  w->partial.order[level] = w->order[level][first];
  w->partial.order_known = end - first == 1 ? w->order[level][first].n : n;
}

/* Whether branch K of N in LIST may be followed; *SKIPS: another one may. */
static bool enter(struct reuse__walk *w, const struct branch *list, int64_t k, int64_t n,
                  bool *skips) {
  *skips = false;
  if (!w->b->exhaustive && is_hopeless(w, &list[k].bound)) {
    *skips = w->b->front;
    return false;
  }
  w->choice[w->depth++] = (struct choice){k, n};
  if (is_over(w)) {
    leave_open(w, &list[k].bound);
    w->depth--;
    return false;
  }
  w->known = list[k].bound;
  return true;
}

/* ---- intervals of steps ------------------------------------------------------------ */

/* Whether steps of decided loops have to be told apart before a loop over DIMS is decided; those of
 * chain OWN only if they differ much. */
static bool has_to_part(const struct reuse__walk *w, unsigned dims, int own) {
  const struct reuse__partial *p = &w->partial;
  for (int i = 0; i < p->position; i++) {
    const struct reuse__between_steps steps = reuse__partial_steps(p, i);
    const bool alike = (double)steps.most <= MUCH * (double)steps.least;
    if (!p->at[i].at_most || (p->at[i].chain == own && alike)) continue;
    if (w->space->slot[p->at[i].slot].dims & dims) return true;
  }
  return false;
}

/* Of how many steps the parts of STEPS are: of one each if these are few, else of half of them. */
static int64_t width_of_parts(const struct reuse__between_steps *steps) {
  const int64_t n = steps->most - steps->least + 1;
  return n <= AT_ONCE ? 1 : (n + 1) / 2;
}

/* Those parts of the steps of the loop decided at position AT that may lead to something better,
 * with their bounds, best first; their number.  *GAP: how far below the best mapping known the
 * bounds of all parts are, on average; -1, and *GAP as it was, if that is no less than *GAP. */
static int64_t good_parts(struct reuse__walk *w, int at, struct branch list[AT_ONCE], double *gap) {
  struct reuse__partial *p = &w->partial;
  const struct reuse__between_steps all = reuse__partial_steps(p, at), asked = p->at[at].asked;
  const int64_t width = width_of_parts(&all), parts = (all.most - all.least) / width + 1;
  const double best = w->b->found ? w->b->best.score.value[0] : 1;
  const int first = w->space->slot[p->at[at].slot].level + 1;
  const int last = w->space->slot[p->at[p->position - 1].slot].level + 1;
  int64_t n = 0;
  double sum = 0;
  for (int64_t step = all.most; step >= all.least && sum < *gap * (double)parts; step -= width) {
    const int64_t least = reuse__max(all.least, step - width + 1);
    if (!reuse__partial_change(p, at, least, step)) continue;
    list[n].least = least;
    list[n].step = step;
    if (outlook_of(w, first, last, &list[n].bound) != HOPEFUL) continue;
    sum += w->b->found ? best - list[n].bound.value[0] : best;
    n++;
  }
  reuse__partial_change(p, at, asked.least, asked.most);
  if (sum >= *gap * (double)parts) return -1;
  qsort(list, (size_t)n, sizeof *list, compare);
  *gap = sum / (double)parts;
  return n;
}

/* The same for the loop of several steps whose parts leave the least gap; *AT is where it is. */
static int64_t best_parts(struct reuse__walk *w, int *at, struct branch list[AT_ONCE]) {
  struct branch other[AT_ONCE];
  double gap = INFINITY;
  int64_t best = 0;
  *at = -1;
  for (int i = 0; i < w->partial.position && gap > 0; i++) {
    if (!w->partial.at[i].at_most) continue;
    const int64_t n = good_parts(w, i, other, &gap);
    if (n < 0) continue;
    best = n;
    *at = i;
    memcpy(list, other, (size_t)n * sizeof *list);
  }
  return best;
}

/* Tells the steps of a decided loop apart, of which some has several, then goes on to NEXT. */
static void part_steps(struct reuse__walk *w, const struct place *next) {
  struct reuse__partial *p = &w->partial;
  const struct reuse__score before = w->known;
  struct branch *list = &w->pool[w->used];
  int at;
  const int64_t n = best_parts(w, &at, list);
  const struct reuse__between_steps asked = p->at[at].asked;
  bool skips = true;
  w->used += n;
  for (int64_t k = 0; k < n && skips; k++) {
    if (!enter(w, list, k, n, &skips)) continue;
    reuse__partial_change(p, at, list[k].least, list[k].step);
    walk_slot(w, next);
    w->depth--;
    skips = true;
  }
  reuse__partial_change(p, at, asked.least, asked.most);
  w->known = before;
  w->used -= n;
}

/* ---- slots ------------------------------------------------------------------------- */

/* Whether the step and the place of the loop of temporal SLOT are certain, whatever the range. */
static bool is_certain(const struct reuse__walk *w, int slot) {
  const struct reuse__slot *s = &w->space->slot[slot];
  return !s->spatial && (s->last || s->loop.step) && w->partial.ordered[s->level];
}

/* Decides the next slot, and before it the steps of other loops that must be known for it; what
 * comes after it differs between the orders.  Behind the last slot the mapping is whole. */
static void walk_slot(struct reuse__walk *w, const struct place *at) {
  const int level = at->level, i = at->i;
  const bool whole = level == w->space->engine->nlevels;
  const int slot = whole ? -1 : w->order[level][at->first].slot[i];
  struct branch *list = &w->pool[w->used];
  if (!whole) hold_order(w, level, i + 1, at->first, at->end);
  const unsigned dims = whole ? ~0u : w->space->slot[slot].dims;
  const int own = !whole && has_intervals(w, slot) ? w->partial.chain_of[slot] : -1;
  if ((whole || !is_certain(w, slot)) && has_to_part(w, dims, own)) {
    part_steps(w, at);
    return;
  }
  if (whole) {
    leaf(w);
    return;
  }
  const struct reuse__score before = w->known;
  const int64_t n = branches(w, slot, list);
  bool skips = true;
  w->used += n;
  for (int64_t k = 0; k < n && skips; k++) {
    if (!enter(w, list, k, n, &skips)) continue;
    reuse__partial_push_between(&w->partial, slot, list[k].least, list[k].step);
    walk_orders(w, level, i + 1, at->first, at->end);
    w->depth--;
    skips = true;
    hold_order(w, level, i + 1, at->first, at->end);
    reuse__partial_pop(&w->partial);
  }
  w->known = before;
  w->used -= n;
}

/* The first of the orders O up to END whose slot number I is another than that of order FIRST. */
static int after(const struct reuse__order *o, int i, int first, int end) {
  int next = first + 1;
  while (next < end && o[next].slot[i] == o[first].slot[i]) next++;
  return next;
}

/* Decides the slots of LEVEL from number I on, in each of the orders from FIRST to END, which
 * have the slots before it in common. */
static void walk_orders(struct reuse__walk *w, int level, int i, int first, int end) {
  const struct reuse__order *o = w->order[level];
  if (i == o[first].n) {
    walk_level(w, level + 1);
    return;
  }
  struct choice *own = &w->choice[w->depth++];
  *own = (struct choice){0, 0};
  for (int k = first; k < end; k = after(o, i, k, end)) own->of++;
  for (int next; first < end; first = next) {
    next = after(o, i, first, end);
    if (is_over(w)) leave_open(w, &w->known);
    else walk_slot(w, &(struct place){level, i, first, next});
    own->now++;
  }
  w->depth--;
}

static void walk_level(struct reuse__walk *w, int level) {
  if (level == w->space->engine->nlevels) walk_slot(w, &(struct place){.level = level});
  else walk_orders(w, level, 0, 0, w->norders[level]);
}

/* ---- spaces ------------------------------------------------------------------------ */

struct reuse__walk *reuse__walk_new(struct reuse__branching *b) {
  struct reuse__walk *w = calloc(1, sizeof *w);
  if (!w) return NULL;
  w->b = b;
  w->pool = malloc((size_t)(REUSE__MAX_SLOTS + 1) * REUSE__MAX_STEPS * sizeof *w->pool);
  if (w->pool) return w;
  free(w);
  return NULL;
}

void reuse__walk_free(struct reuse__walk *w) {
  if (w) free(w->pool);
  free(w);
}

/* Puts the walk at the start of SPACE, of which nothing is decided. */
static void start(struct reuse__walk *w, const struct reuse__space *space) {
  w->space = space;
  w->depth = 0;
  w->begun = w->b->evaluations;
  w->asked = w->b->slice / FIRST_ASKED;
  w->mapping.engine = space->engine_index;
  w->mapping.dataflow = space->dataflow_index;
  w->mapping.variant = space->variant_index;
  reuse__partial_start(space, &w->partial);
}

bool reuse__walk_bound(struct reuse__walk *w, const struct reuse__space *space,
                       struct reuse__score *score) {
  start(w, space);
  return bound(w, score) && !is_hopeless(w, score);
}

static bool make_orders(struct reuse__walk *w) {
  for (int i = 0; i < w->space->engine->nlevels; i++) {
    w->norders[i] = reuse__orders(w->space, i, w->b->every_order, &w->order[i], &w->kind[i]);
    if (w->norders[i] > 0) continue;
    fail(w, REUSE_ERR_LIMIT);
    return false;
  }
  return true;
}

static void free_orders(struct reuse__walk *w) {
  for (int i = 0; i < w->space->engine->nlevels; i++) {
    free(w->order[i]);
    w->order[i] = NULL;
  }
}

enum reuse_status reuse__walk_over(struct reuse__walk *w, const struct reuse__space *space) {
  start(w, space);
  const bool ok = make_orders(w);
  if (ok && (w->b->exhaustive || (bound(w, &w->known) && !is_hopeless(w, &w->known))))
    walk_level(w, 0);
  free_orders(w);
  return ok ? REUSE_OK : REUSE_ERR_LIMIT;
}
