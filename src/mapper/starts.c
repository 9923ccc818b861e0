/* First mappings of spaces.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/starts.h"

#include <string.h>

#include "mapper/clock.h"

/* Descents in a space, more in the best ones; kicks in a space of few and of many unknowns. */
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

/* Descends in space NUMBER, or a part of it, from start FIRST.  *BETTER: it led to nothing, or to
 * something better than what was known. */
static enum reuse_status descend(struct reuse__starts *s, int number,
                                 const struct reuse__space *space, int first, bool *better) {
  struct reuse__branching *b = s->branching;
  struct reuse__unknowns unknowns;
  struct reuse__point p;
  *better = true;
  reuse__unknowns_make(space, &unknowns);
  const enum reuse_status st =
      reuse__descend(&unknowns, b->wanted, first, 1, b->deadline_s, b->memo, &p);
  if (st != REUSE_OK) return st == REUSE_ERR_NO_MAPPING ? REUSE_OK : st;
  *better = !b->found || reuse__score_less(&p.cost.score, &b->best.score);
  keep(s, number, &p);
  reuse__take(b, &p.cost.mapping, &p.cost.evaluation, &p.cost.score);
  return REUSE_OK;
}

/* Whether there may be no descents: never for a front, and not late, if one has led somewhere. */
static bool is_barred(const struct reuse__starts *s) {
  const struct reuse__branching *b = s->branching;
  return b->wanted->cold_start || b->front || (s->n > 0 && is_late(b));
}

enum reuse_status reuse__start_from(struct reuse__starts *s, int number,
                                    const struct reuse__space *space, bool *all) {
  *all = false;
  if (is_barred(s)) return REUSE_OK;
  const enum reuse_status st = descend(s, number, space, 0, all);
  if (!*all || is_barred(s)) return st;
  const enum reuse_status second = descend(s, number, space, 1, all);
  *all = true;
  return st == REUSE_OK ? st : second;
}

enum reuse_status reuse__start_in(struct reuse__starts *s, int number,
                                  const struct reuse__space *space) {
  bool all;
  if (s->made[number]) return REUSE_OK;
  const enum reuse_status st = reuse__start_from(s, number, space, &all);
  if (!is_late(s->branching)) s->made[number] = all ? FEW_STARTS : 1;
  return st;
}

void reuse__start_rest(struct reuse__starts *s, int number, const struct reuse__space *space) {
  struct reuse__score bound;
  bool better;
  if (s->made[number] != 1 || is_barred(s)) return;
  if (!reuse__walk_bound(s->walk, space, &bound)) return;
  descend(s, number, space, 1, &better);
  if (!is_late(s->branching)) s->made[number] = FEW_STARTS;
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
