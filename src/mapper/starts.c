/* First mappings of spaces.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/starts.h"

#include <string.h>

#include "mapper/clock.h"

/* Descents in a space that is better than those before, more in the best ones; kicks in a space of
 * few and of many unknowns. */
enum { FEW_STARTS = 2, MORE_STARTS = 8, MANY_UNKNOWNS = 16, FEW_KICKS = 40, MANY_KICKS = 400 };

/* Evaluations of a budget that leaves time for all of these. */
enum { FULL_EFFORT = 20000 };

/* Keeps P, of SPACE, if it is among the best of the spaces, which stay in order. */
static void keep(struct reuse__starts *s, int space, const struct reuse__point *p) {
  int i = 0;
  while (i < s->n && s->best[i].space != space) i++;
  if (i < s->n) {
    if (!reuse__score_less(&p->cost.score, &s->best[i].point.cost.score)) return;
    s->n--;
    memmove(&s->best[i], &s->best[i + 1], (size_t)(s->n - i) * sizeof *s->best);
  }
  i = s->n;
  while (i > 0 && reuse__score_less(&p->cost.score, &s->best[i - 1].point.cost.score)) i--;
  if (i == REUSE__MAX_STARTS) return;
  if (s->n < REUSE__MAX_STARTS) s->n++;
  memmove(&s->best[i + 1], &s->best[i], (size_t)(s->n - 1 - i) * sizeof *s->best);
  s->best[i].space = space;
  s->best[i].point = *p;
}

/* COUNT for a search with the usual budget or a larger one, less for smaller ones. */
static int effort(const struct reuse__starts *s, int count) {
  const int64_t most = s->branching->wanted->max_evaluations;
  return most == 0 || most >= FULL_EFFORT ? count : (int)(count * most / FULL_EFFORT);
}

static bool is_late(const struct reuse__branching *b) {
  return b->deadline_s > 0 && reuse__seconds() >= b->deadline_s;
}

/* Descends in a space to POINT: from other starts, too, if the first one leads to nothing or to
 * something better than what is known. */
static enum reuse_status descend(const struct reuse__branching *b,
                                 const struct reuse__unknowns *unknowns,
                                 struct reuse__point *point) {
  struct reuse__point other;
  const enum reuse_status st =
      reuse__descend(unknowns, b->wanted, 0, 1, b->deadline_s, b->memo, point);
  const bool none = st != REUSE_OK;
  const bool better = none || !b->found || reuse__score_less(&point->cost.score, &b->best.score);
  if (!better || (!none && is_late(b))) return st;
  if (reuse__descend(unknowns, b->wanted, 1, FEW_STARTS - 1, b->deadline_s, b->memo, &other) !=
      REUSE_OK)
    return st;
  if (none || reuse__score_less(&other.cost.score, &point->cost.score)) *point = other;
  return REUSE_OK;
}

enum reuse_status reuse__start_from(struct reuse__starts *s, int number,
                                    const struct reuse__space *space) {
  struct reuse__branching *b = s->branching;
  struct reuse__unknowns unknowns;
  struct reuse__point p;
  if (b->wanted->cold_start || b->front || (s->n > 0 && is_late(b))) return REUSE_OK;
  reuse__unknowns_make(space, &unknowns);
  const enum reuse_status st = descend(b, &unknowns, &p);
  if (st == REUSE_ERR_NO_MAPPING) return REUSE_OK;
  if (st != REUSE_OK) return st;
  keep(s, number, &p);
  reuse__take(b, &p.cost.mapping, &p.cost.evaluation, &p.cost.score);
  return REUSE_OK;
}

enum reuse_status reuse__start_in(struct reuse__starts *s, int number,
                                  const struct reuse__space *space) {
  if (s->made[number]) return REUSE_OK;
  const enum reuse_status st = reuse__start_from(s, number, space);
  s->made[number] = !is_late(s->branching);
  return st;
}

enum reuse_status reuse__start_late(struct reuse__starts *s, int number,
                                    const struct reuse__space *space) {
  struct reuse__score bound;
  if (!reuse__walk_bound(s->walk, space, &bound)) return REUSE_OK;
  return reuse__start_in(s, number, space);
}

enum reuse_status reuse__go_on_from(struct reuse__starts *s, int number,
                                    const struct reuse__space *space) {
  struct reuse__branching *b = s->branching;
  int i = 0;
  while (i < s->n && s->best[i].space != number) i++;
  struct reuse__score bound;
  if (i == s->n || is_late(b) || !reuse__walk_bound(s->walk, space, &bound)) return REUSE_OK;
  struct reuse__unknowns unknowns;
  struct reuse__point p, best = s->best[i].point;
  reuse__unknowns_make(space, &unknowns);
  const int more = effort(s, MORE_STARTS), first = FEW_STARTS + s->rounds * more;
  const int kicks = effort(s, unknowns.n > MANY_UNKNOWNS ? MANY_KICKS : FEW_KICKS);
  if (reuse__descend(&unknowns, b->wanted, first, more, b->deadline_s, b->memo, &p) == REUSE_OK &&
      reuse__score_less(&p.cost.score, &best.cost.score))
    best = p;
  if (kicks > 0)
    reuse__polish(&unknowns, b->wanted, s->rounds, kicks, b->deadline_s, b->memo, &best);
  reuse__take(b, &best.cost.mapping, &best.cost.evaluation, &best.cost.score);
  keep(s, number, &best);
  return REUSE_OK;
}

bool reuse__can_go_on(const struct reuse__starts *s) { return s->n > 0 && !is_late(s->branching); }
