/* Search of one space by coordinate descent from several starts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each unknown in turn takes the best of its values, until a round over all of
 * them gains nothing.  The first start has the largest fan-outs and the smallest
 * tiles; the others are drawn by a fixed linear congruential sequence.  Finally
 * pairs of unknowns move together.  doc/MODEL.md, "Mapper". */
#include "mapper/descend.h"

#include <string.h>

#include "cost/evaluate.h"
#include "count/shape.h"
#include "mapper/clock.h"

enum { DRAWS = 40, PAIR_REACH = 2, PAIRED = 4, MANY_SPATIAL = 4, KICKED = 3 };

struct descent {
  const struct reuse__unknowns *unknowns;
  const struct reuse_search *wanted;
  struct reuse__memo *memo;
  struct reuse__choice choice;     /* the point of this start */
  struct reuse__candidate here;    /* and its cost */
  bool at;                         /* here is set */
  double deadline_s;               /* by reuse__seconds(); 0: none */
  uint64_t random;
  enum reuse_status failure;       /* why a legal mapping could not be counted */
};

/* Whether a choice is a legal mapping that fits the machine; its nest and shape. */
static bool legal(const struct reuse__unknowns *k, const struct reuse__choice *c,
                  struct reuse__candidate *x) {
  const struct reuse__space *s = k->space;
  struct reuse_counts *shape = &x->evaluation.counts;
  x->mapping.engine = s->engine_index;
  x->mapping.dataflow = s->dataflow_index;
  x->mapping.variant = s->variant_index;
  return reuse__choice_nest(k, c, &x->mapping.nest) &&
         reuse__count_shape(&s->layer->problem, &x->mapping.nest, shape) == REUSE_OK &&
         reuse_mapping_fits(s->arch, &x->mapping, shape);
}

static bool cost(struct descent *d, bool outermost, struct reuse__candidate *x) {
  const struct reuse__space *s = d->unknowns->space;
  const enum reuse_status st =
      reuse__evaluate(s->arch, s->layer, &x->mapping, d->memo, outermost, &x->evaluation);
  if (st != REUSE_OK) {
    d->failure = st;
    return false;
  }
  reuse__score(s->arch, &x->mapping, &x->evaluation, d->wanted, &x->score);
  return true;
}

static bool is_late(const struct descent *d) {
  return d->deadline_s > 0 && reuse__seconds() >= d->deadline_s;
}

/* Takes CHOICE over if it is legal and better than the point where we are, unless time is
 * up.  Most are refused by their outermost traffic alone. */
static bool improve(struct descent *d, const struct reuse__choice *choice) {
  struct reuse__candidate x;
  if (d->at && is_late(d)) return false;
  if (!legal(d->unknowns, choice, &x)) return false;
  if (d->at && (!cost(d, true, &x) || x.score.value[0] > d->here.score.value[0]))
    return false;
  if (!cost(d, false, &x)) return false;
  if (d->at && !reuse__score_less(&x.score, &d->here.score)) return false;
  d->here = x;
  d->choice = *choice;
  d->at = true;
  return true;
}

/* Halves the largest unknown until the choice is legal. */
static bool shrink_to_legal(const struct reuse__unknowns *k, struct reuse__choice *c) {
  struct reuse__candidate x;
  while (!legal(k, c, &x)) {
    int largest = -1;
    for (int u = 0; u < k->n; u++)
      if (k->unknown[u].kind != REUSE__ORDER && c->value[u] > 1 &&
          (largest < 0 || c->value[u] > c->value[largest]))
        largest = u;
    if (largest < 0) return false;
    c->value[largest] /= 2;
  }
  return true;
}

/* Gives unknown U the best of its values; whether that gained. */
static bool improve_one(struct descent *d, int u) {
  int64_t value[REUSE__MAX_VALUES];
  const int n = reuse__choice_values(d->unknowns, &d->choice, u, value);
  const int64_t old = d->choice.value[u];
  bool gained = false;
  struct reuse__choice trial = d->choice;
  for (int i = 0; i < n; i++) {
    if (value[i] == old) continue;
    trial.value[u] = value[i];
    gained = improve(d, &trial) || gained;
  }
  return gained;
}

static void descend(struct descent *d) {
  for (bool gained = true; gained;) {
    gained = false;
    for (int u = 0; u < d->unknowns->n; u++) gained = improve_one(d, u) || gained;
  }
}

/* Gives U any of its values and V one near the present one; whether that gained. */
static bool improve_pair(struct descent *d, int u, int v) {
  int64_t first[REUSE__MAX_VALUES], second[REUSE__MAX_VALUES];
  const struct reuse__choice base = d->choice;
  const bool order = d->unknowns->unknown[v].kind == REUSE__ORDER;
  const int n = reuse__choice_values(d->unknowns, &base, u, first);
  bool gained = false;
  for (int i = 0; i < n; i++) {
    struct reuse__choice trial = base;
    if (first[i] == base.value[u]) continue;
    trial.value[u] = first[i];
    const int m = reuse__choice_values(d->unknowns, &trial, v, second);
    int at = 0;
    while (at < m && second[at] < base.value[v]) at++;
    for (int j = 0; j < m; j++) {
      if (!order && (j < at - PAIR_REACH || j > at + PAIR_REACH)) continue;
      trial.value[v] = second[j];
      gained = improve(d, &trial) || gained;
    }
  }
  return gained;
}

static bool improve_pairs(struct descent *d) {
  bool gained = false;
  for (int u = 0; u < d->unknowns->n; u++)
    for (int v = 0; v < d->unknowns->n; v++)
      if (u != v) gained = improve_pair(d, u, v) || gained;
  return gained;
}

static uint64_t draw(struct descent *d, uint64_t n) {
  d->random = d->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (d->random >> 33) % n;
}

/* A legal choice at random; false if none was met. */
static bool draw_start(struct descent *d, struct reuse__choice *c) {
  int64_t value[REUSE__MAX_VALUES];
  struct reuse__candidate x;
  reuse__choice_start(d->unknowns, c);
  for (int i = 0; i < DRAWS; i++) {
    for (int u = 0; u < d->unknowns->n; u++) {
      const int n = reuse__choice_values(d->unknowns, c, u, value);
      c->value[u] = value[draw(d, (uint64_t)n)];
    }
    if (legal(d->unknowns, c, &x)) return true;
  }
  return false;
}

static bool is_spatial(const struct reuse__unknowns *k, int u) {
  return k->unknown[u].kind == REUSE__MULTIPLICITY &&
         k->space->slot[k->unknown[u].of].spatial;
}

/* Gives unknown U the largest of its values that keeps the choice legal. */
static void widen(const struct reuse__unknowns *k, int u, struct reuse__choice *c) {
  int64_t value[REUSE__MAX_VALUES];
  struct reuse__candidate x;
  for (int i = reuse__choice_values(k, c, u, value) - 1; i >= 0; i--) {
    c->value[u] = value[i];
    if (legal(k, c, &x)) return;
  }
  c->value[u] = 1;
}

/* The starts in which two spatial loops, U and V, fill the array; the best of them, best
 * first.  Their number. */
static int paired_starts(struct descent *d, struct reuse__point best[PAIRED + 1]) {
  const struct reuse__unknowns *k = d->unknowns;
  int n = 0;
  for (int u = 0; u < k->n; u++)
    for (int v = u + 1; v < k->n; v++) {
      struct reuse__point p;
      if (!is_spatial(k, u) || !is_spatial(k, v) || (n > 0 && is_late(d))) continue;
      reuse__choice_start(k, &p.choice);
      for (int w = 0; w < k->n; w++)
        if (is_spatial(k, w)) p.choice.value[w] = 1;
      if (!shrink_to_legal(k, &p.choice)) continue;
      widen(k, u, &p.choice);
      widen(k, v, &p.choice);
      if (!legal(k, &p.choice, &p.cost) || !cost(d, false, &p.cost)) continue;
      int i = n;
      while (i > 0 && reuse__score_less(&p.cost.score, &best[i - 1].cost.score)) i--;
      if (i == PAIRED) continue;
      if (n < PAIRED) n++;
      memmove(&best[i + 1], &best[i], (size_t)(n - 1 - i) * sizeof *best);
      best[i] = p;
    }
  return n;
}

static int spatial_unknowns(const struct reuse__unknowns *k) {
  int n = 0;
  for (int u = 0; u < k->n; u++) n += is_spatial(k, u);
  return n;
}

/* Descends from START; takes the end over if it is the best so far. */
static void descend_from(struct descent *d, const struct reuse__choice *start, bool *found,
                         struct reuse__point *best) {
  d->at = false;
  if (!improve(d, start)) return;
  descend(d);
  if (*found && !reuse__score_less(&d->here.score, &best->cost.score)) return;
  *best = (struct reuse__point){d->choice, d->here};
  *found = true;
}

enum reuse_status reuse__descend(const struct reuse__unknowns *unknowns,
                                 const struct reuse_search *wanted, int first, int starts,
                                 double deadline_s, struct reuse__memo *memo,
                                 struct reuse__point *best) {
  struct descent d = {.unknowns = unknowns, .wanted = wanted, .memo = memo,
                      .deadline_s = deadline_s, .random = (uint64_t)(first > 1 ? first : 0) + 1,
                      .failure = REUSE_ERR_NO_MAPPING};
  bool found = false; /* start 0 draws nothing, so that 1 is the same with it and without */
  if (first == 0 && spatial_unknowns(unknowns) > MANY_SPATIAL) {
    struct reuse__point paired[PAIRED + 1];
    const int n = paired_starts(&d, paired);
    for (int i = 0; i < n; i++) descend_from(&d, &paired[i].choice, &found, best);
  }
  for (int i = first; i < first + starts && !(found && is_late(&d)); i++) {
    struct reuse__choice start;
    reuse__choice_start(unknowns, &start);
    if (i == 0 ? !shrink_to_legal(unknowns, &start) : !draw_start(&d, &start)) continue;
    descend_from(&d, &start, &found, best);
  }
  return found ? REUSE_OK : d.failure;
}

/* The best choice with three unknowns drawn anew, if that is legal. */
static bool kick(struct descent *d, const struct reuse__choice *best, struct reuse__choice *c) {
  int64_t value[REUSE__MAX_VALUES];
  struct reuse__candidate x;
  *c = *best;
  for (int i = 0; i < KICKED; i++) {
    const int u = (int)draw(d, (uint64_t)d->unknowns->n);
    const int n = reuse__choice_values(d->unknowns, c, u, value);
    c->value[u] = value[draw(d, (uint64_t)n)];
  }
  return legal(d->unknowns, c, &x);
}

void reuse__polish(const struct reuse__unknowns *unknowns, const struct reuse_search *wanted,
                   int round, int kicks, double deadline_s, struct reuse__memo *memo,
                   struct reuse__point *best) {
  struct descent d = {.unknowns = unknowns, .wanted = wanted, .memo = memo,
                      .deadline_s = deadline_s, .random = (uint64_t)round + 1,
                      .choice = best->choice, .here = best->cost, .at = true};
  bool found = true;
  while (improve_pairs(&d)) descend(&d);
  *best = (struct reuse__point){d.choice, d.here};
  for (int i = 0; i < kicks && unknowns->n > 0 && !is_late(&d); i++) {
    struct reuse__choice start;
    if (kick(&d, &best->choice, &start)) descend_from(&d, &start, &found, best);
  }
}
