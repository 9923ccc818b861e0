/* Search of one space by coordinate descent.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each unknown in turn takes the best of its values, until a round over all of
 * them gains nothing.  doc/MODEL.md, "Mapper". */
#include "mapper/descend.h"

#include "cost/evaluate.h"
#include "count/shape.h"

struct descent {
  const struct reuse__space *space;
  enum reuse_objective objective;
  struct reuse__memo *memo;
  struct reuse__choice choice;
  struct reuse__candidate *best;
  bool found;
};

/* Whether a choice is a legal mapping that fits the machine; its nest and shape. */
static bool legal(const struct reuse__space *s, const struct reuse__choice *c,
                  struct reuse_mapping *mapping, struct reuse_counts *shape) {
  mapping->engine = s->engine_index;
  mapping->dataflow = s->dataflow_index;
  mapping->variant = s->variant_index;
  return reuse__space_nest(s, c, &mapping->nest) &&
         reuse__count_shape(&s->layer->problem, &mapping->nest, shape) == REUSE_OK &&
         reuse_mapping_fits(s->arch, mapping, shape);
}

/* Takes CHOICE over if it is legal and better than the best so far. */
static bool improve(struct descent *d, const struct reuse__choice *choice) {
  struct reuse__candidate c;
  if (!legal(d->space, choice, &c.mapping, &c.evaluation.counts)) return false;
  if (reuse__evaluate(d->space->arch, d->space->layer, &c.mapping, d->memo,
                      &c.evaluation) != REUSE_OK)
    return false;
  reuse__score(d->space->arch, &c.mapping, &c.evaluation, d->objective, &c.score);
  if (d->found && !reuse__score_less(&c.score, &d->best->score)) return false;
  *d->best = c;
  d->found = true;
  return true;
}

/* Halves the largest unknown until the start is legal. */
static bool shrink_to_legal(const struct reuse__space *s, struct reuse__choice *c) {
  struct reuse_mapping m;
  struct reuse_counts shape;
  while (!legal(s, c, &m, &shape)) {
    int largest = -1;
    for (int u = 0; u < s->nunknowns; u++)
      if (s->unknown[u].kind != REUSE__ORDER && c->value[u] > 1 &&
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
  const int n = reuse__space_values(d->space, &d->choice, u, value);
  bool gained = false;
  struct reuse__choice trial = d->choice;
  for (int i = 0; i < n; i++) {
    if (value[i] == d->choice.value[u]) continue;
    trial.value[u] = value[i];
    if (!improve(d, &trial)) continue;
    d->choice.value[u] = value[i];
    gained = true;
  }
  return gained;
}

bool reuse__descend(const struct reuse__space *space, enum reuse_objective objective,
                    struct reuse__memo *memo, struct reuse__candidate *best) {
  struct descent d = {.space = space, .objective = objective, .memo = memo,
                      .best = best};
  reuse__space_start(space, &d.choice);
  if (!shrink_to_legal(space, &d.choice)) return false;
  if (!improve(&d, &d.choice)) return false;
  for (bool gained = true; gained;) {
    gained = false;
    for (int u = 0; u < space->nunknowns; u++) gained = improve_one(&d, u) || gained;
  }
  return d.found;
}
