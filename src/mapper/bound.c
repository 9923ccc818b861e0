/* Lower bounds of what every completion of a partial mapping costs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/bound.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/checked.h"
#include "count/shape.h"
#include "count/words.h"
#include "mapper/carried.h"
#include "mapper/operands.h"
#include "mapper/rows.h"
#include "mapper/shares.h"
#include "mapper/steps.h"
#include "mapper/sums.h"
#include "mapper/turns.h"
#include "mapper/uses.h"
#include "mapper/widths.h"

/* Whether some instances of LEVEL may have no chunk of chain C while others do. */
static bool may_idle(const struct reuse__partial *p, const struct reuse__chain *c, int level) {
  const struct reuse__chain *over = reuse__group_over(p, c);
  return c->view[level] > 1 || (over && over->view[level] > 1);
}

/* ---- one link ------------------------------------------------------------------------ */

/* Part of the words that come anew with every turn of the carrying loop at AT. */
static double carried_part(const struct reuse__partial *p, const struct reuse__chain_link *l,
                           const struct reuse__decided *at) {
  const struct reuse_problem *problem = &p->space->layer->problem;
  const struct reuse__chain *own = &p->chain[at->chain];
  const int64_t step = own->step[at->depth];
  const double points = (double)own->points;
  const double lost = (double)(own->loop_points - own->points);
  const struct reuse__runs *r = reuse__chunks(own, at->depth, own->nspatial + 1);
  const bool idles = l->tensor != REUSE_O && may_idle(p, own, l->child);
  const double again = reuse__runs_points_again(r, step, idles) - lost;
  const double part = again >= points ? 1 : reuse__fmax(0, again) / points;
  if (!reuse__touches_halo(own, l)) return part;
  const int i = own->dims == REUSE_BIT(REUSE_P) ? 0 : 1;
  const double rows = reuse__rows_again(p, own, i, at, step, idles);
  return reuse__fmin(part, rows / reuse__all_rows(problem, i));
}

/* How much more than once the rows and columns of raw tiles other than the carrying
 * chain's are counted, because tiles overlap. */
static double overlap(const struct reuse__partial *p, const struct reuse__chain_link *l,
                      int at) {
  const struct reuse_problem *problem = &p->space->layer->problem;
  double more = 1;
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i];
    if (i == p->at[at].chain || !reuse__touches_halo(c, l) || !reuse__is_carrier(c, l)) continue;
    if (may_idle(p, c, l->child)) continue;
    const int axis = c->dims == REUSE_BIT(REUSE_P) ? 0 : 1;
    const double rows = reuse__all_rows(problem, axis);
    const double tiles = reuse__rows_of_tiles(p, c, axis, reuse__depth_at(p, c, at));
    if (tiles > rows) more *= tiles / rows;
  }
  return more;
}

/* Whole words in a part of WORDS, a few units in the last place aside. */
static double part_of(double words, double part) {
  return floor(words * part * (1 + 16 * DBL_EPSILON));
}

/* Whether chain C shares dims, or the group over them, with another of those that BROUGHT
 * words. */
static bool is_mixed(const struct reuse__partial *p, const double *brought,
                     const struct reuse__chain *c) {
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *other = &p->chain[i];
    if (brought[i] == 0 || other == c) continue;
    if (other->dims & c->dims || (c->over >= 0 && other->over == c->over)) return true;
  }
  return false;
}

/* Words that come to a child that holds them, of those that the loop carrying at AT, PART of
 * all, does not bring with every turn: the loops outside it that change the tile bring some,
 * and every instance takes the others once.  What two chains bring is independent, unless
 * one is a group over the dim of the other, or a group over both has instances idle. */
static double arrivals_outside(const struct reuse__partial *p, const struct reuse__chain_link *l,
                               int level, int at, double part) {
  double brought[REUSE__MAX_CHAINS] = {0}, left = 1 - part, words = 0;
  brought[p->at[at].chain] = part;
  while ((at = reuse__carrier(p, l, at)) >= 0 && left > 0) {
    double *own = &brought[p->at[at].chain];
    const double all = carried_part(p, l, &p->at[at]);
    if (all <= *own) continue;
    if (is_mixed(p, brought, &p->chain[p->at[at].chain])) break;
    const double others = left / (1 - *own);
    words += part_of(l->words, (all - *own) * others) * reuse__repeats(p, l, level, at);
    left = others * (1 - all);
    *own = all;
  }
  return words + part_of(l->words, left) * reuse__repeats(p, l, level, -1);
}

/* Words that come because of the loop that carries at AT, those further in left away. */
static double arrivals_with(const struct reuse__partial *p, const struct reuse__chain_link *l,
                            int level, int at) {
  const double once = l->words - l->padding;
  const double part = carried_part(p, l, &p->at[at]);
  double words = part_of(l->words, part);
  const double more = overlap(p, l, at);
  if (more > 1) words = floor(words * more * (1 - 1e-12));
  const double carried = reuse__repeats(p, l, level, at) * (words - l->padding);
  if (part == 1 || l->padding > 0 || l->halo[0] || l->halo[1])
    return reuse__fmax(once, carried);
  return reuse__fmax(once, carried + arrivals_outside(p, l, level, at, part));
}

/* Words that come because of the loops that are decided.  Of a loop inside one whose step is not
 * known less may be known than of one further out. */
static double arrivals_decided(const struct reuse__partial *p,
                               const struct reuse__chain_link *l, int level) {
  int at = reuse__carrier(p, l, p->position);
  if (at < 0) return reuse__repeats(p, l, level, at) * (l->words - l->padding);
  double words = arrivals_with(p, l, level, at);
  while (reuse__is_loose(&p->chain[p->at[at].chain], p->at[at].depth)) {
    at = reuse__carrier(p, l, at);
    if (at < 0) break;
    words = reuse__fmax(words, arrivals_with(p, l, level, at));
  }
  return words;
}

/* Whether one of the first N slots is open. */
static bool has_open(const struct reuse__partial *p, int n) {
  for (int i = 0; i < n; i++)
    if (p->is_open[i]) return true;
  return false;
}

/* Whether the slots before number FIRST are outside the others in every order. */
static bool is_boundary(const struct reuse__partial *p, int first) {
  const struct reuse__slot *s = p->space->slot;
  if (first == p->space->nslots || s[first].level > s[first - 1].level) return true;
  return p->ordered[s[first].level] && !s[first].spatial;
}

/* Words that come to a child that holds them, seen from LEVEL: the child's instances
 * side by side, or united below each instance of the parent. */
static double arrivals(const struct reuse__partial *p, const struct reuse__chain_link *l,
                       int level) {
  const struct reuse__space *s = p->space;
  double words = reuse__fmax(arrivals_decided(p, l, level), reuse__words_used(p, l, level));
  double part = 0;
  int first = 0;
  if (!s->parted) return words;
  while (first < s->nslots && s->slot[first].level < l->child) first++;
  if (!has_open(p, first)) return words;
  for (; first > 0 && part < 1; first--) {
    if (!is_boundary(p, first)) continue;
    part = reuse__carried_within(p, l, first);
    if (part == 0) continue;
    const double repeats = reuse__repeats(p, l, level, REUSE__INSIDE + first);
    words = reuse__fmax(words, (part_of(l->words, part) - l->padding) * repeats);
  }
  return words;
}

/* Words that the child's instances receive (or give); that the parent moves for them. */
static double received(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  return l->held ? arrivals(p, l, l->child) : reuse__at_macs(p, l);
}

static double served(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  if (!l->held && l->merges) return reuse__operands(p, l);
  if (!l->held) return l->crosses ? p->effective : reuse__at_macs(p, l);
  return arrivals(p, l, l->merges ? l->parent : l->child);
}

/* Whether the parent moves a word for every word that the child's instances receive. */
static bool moves_all(const struct reuse__chain_link *l) {
  return l->held && l->padding == 0 && (!l->merges || !l->parallel);
}

/* ---- counts ---------------------------------------------------------------------------- */

static int64_t whole(double words) { return (int64_t)words; }

/* How often the first POSITIONS decided loops turn, lockstep. */
static double settings(const struct reuse__partial *p, int positions) {
  double steps = 1;
  for (int k = 0; k < p->nchains; k++) {
    const struct reuse__chain *chain = &p->chain[k], *over = reuse__group_over(p, chain);
    if (over && reuse__depth_at(p, over, positions) > 0) continue;
    if (reuse__is_group(chain) && reuse__depth_at(p, chain, positions) == 0) continue;
    steps *= reuse__runs_count(reuse__chunks(chain, reuse__depth_at(p, chain, positions), 0));
  }
  return steps;
}

/* Whether a tile costs something however little it holds. */
static bool costs_by_tile(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  const struct reuse_level *level = p->space->engine->level;
  return level[l->parent].tile_bytes[l->tensor].given ||
         level[l->child].tile_cycles[l->tensor].given;
}

/* How often the child's tile comes anew, out to the innermost decided loop that changes it. */
static int64_t bound_fills(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  return whole(settings(p, reuse__carrier(p, l, p->position) + 1));
}

static void bound_input(const struct reuse__partial *p, const struct reuse__chain_link *l,
                        struct reuse_counts *c) {
  struct reuse__chain_link all = *l;
  all.padding = 0;
  const double loads = received(p, &all);
  c->at[l->parent][l->tensor].serves = whole(moves_all(l) ? loads : served(p, l));
  c->at[l->parent][l->tensor].deliveries = whole(loads);
  if (l->child == p->nest.nlevels - 1) return;
  c->at[l->child][l->tensor].loads = whole(loads);
  if (costs_by_tile(p, l)) c->at[l->child][l->tensor].fills = bound_fills(p, l);
}

/* What the links further in must know of the sums of the link above them. */
struct sums {
  double returned;              /* to the child, at least */
  double stays;                 /* started or taken up by the child, at most */
  double saved;                 /* see above */
};

/* Partial sums return to the child for every arrival that does not start one. */
static void bound_output(const struct reuse__partial *p, const struct reuse__chain_link *l,
                         struct sums *above, struct reuse_counts *c) {
  struct reuse_traffic *up = &c->at[l->parent][REUSE_O];
  const double stays = received(p, l), come = moves_all(l) ? stays : served(p, l);
  const double again = reuse__fmax(0, come - above->stays) + above->returned;
  const double returned = l->merges ? again : 0;
  up->updates = whole(come);
  up->serves = whole(reuse__fmax(again, come - above->saved + above->returned));
  up->deliveries = whole(stays + returned);
  if (l->child < p->nest.nlevels - 1) {
    c->at[l->child][REUSE_O].drains = whole(stays);
    c->at[l->child][REUSE_O].loads = whole(returned);
    if (costs_by_tile(p, l)) c->at[l->child][REUSE_O].fills = bound_fills(p, l);
  }
  *above = (struct sums){returned, reuse__most_stays(p, l), reuse__saved_reads(p, l, stays)};
}

static double bound_steps(const struct reuse__partial *p) {
  double steps = 1;
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i];
    if (reuse__group_over(p, c)) continue;
    steps *= reuse__passes(c, 0, reuse__open_width(p, c, 0));
  }
  return reuse__fmax(steps, ceil(p->macs / (double)p->space->engine->macs));
}

static void bound_levels(const struct reuse__partial *p, struct reuse_counts *c) {
  const struct reuse_engine *e = p->space->engine;
  int64_t instances = 1;
  int position = 0;
  for (int i = 0; i <= e->nlevels; i++) {
    while (position < p->position && p->space->slot[p->at[position].slot].level < i)
      position++;
    c->level_steps[i] = whole(settings(p, position));
    c->level_instances[i] = instances;
    if (i == e->nlevels) break;
    instances *= whole(reuse__share_width(p, ~0u, i));
  }
}

/* Decides open slots as far as they are certain: forced and last steps, but not side by side where
 * a range is not known; and of a loop that must cut up its range, because the array cannot take
 * more at once, the largest step.  *possible is false if the array cannot take what is left.
 * Returns their number. */
static int decide_certain(struct reuse__partial *p, bool *possible) {
  const struct reuse__space *s = p->space;
  static const struct reuse__order none;
  const struct reuse__order *o = p->level < 0 ? &none : &p->order[p->level];
  unsigned unknown = 0, between = 0;
  int pushed = 0, first = 0;
  for (int i = 0; i < p->position; i++) {
    first += s->slot[p->at[i].slot].level == p->level;
    const unsigned dims = p->chain[p->at[i].chain].dims;
    if (p->at[i].at_most && p->at[i].least == 0) unknown |= dims;
    else if (p->at[i].at_most) between |= dims;
  }
  const int n = o->n - first + p->ninner;
  for (int i = 0; i < n && *possible; i++) {
    const int slot = first + i < o->n ? o->slot[first + i] : p->inner[i - (o->n - first)];
    const struct reuse__slot *x = &s->slot[slot];
    const unsigned dims = x->dims;
    if (first + i >= o->n && x->level <= p->level) continue;
    const bool ordered =
        x->level > p->level ? p->ordered[x->level] : o->n == p->order_known;
    if (unknown & dims || !ordered || (x->spatial && between & dims)) {
      unknown |= dims;
      continue;
    }
    int64_t step = x->loop.step ? x->loop.step : x->last ? 1 : 0;
    if (step == 0) {
      unknown |= dims;
      step = reuse__largest_step(s, slot);
      if (step == 0 || reuse__partial_range(p, slot) <= step) continue;
    }
    *possible = unknown & dims ? reuse__partial_push_most(p, slot, step)
                               : reuse__partial_push(p, slot, step);
    pushed += *possible;
  }
  return pushed;
}

/* Tells which outputs are partial sums for certain.  A loop whose step, or whose range, is not
 * known may leave no short chunk, as one with steps of a point does. */
static void bound_partial(const struct reuse__partial *p, struct reuse_counts *c) {
  struct reuse_nest nest = p->nest;
  for (int i = 0, loop = 0; i < p->position; i++) {
    const struct reuse__decided *d = &p->at[i];
    if (d->trips == 1) continue;
    if (reuse__is_loose(&p->chain[d->chain], d->depth + 1)) nest.loop[loop].step = 1;
    loop++;
  }
  reuse__count_partial(&p->space->layer->problem, &nest, c);
  for (int i = 0; i < nest.nlevels - 1; i++) c->partial[i] |= p->space->partial[i];
}

bool reuse__bound_counts(struct reuse__partial *p, struct reuse_counts *c) {
  const double outputs = (double)reuse_tensor_words(&p->space->layer->problem, REUSE_O);
  struct sums above = {0, outputs, outputs};
  bool possible = true;
  memset(c, 0, sizeof *c);
  bound_partial(p, c);
  int pushed = decide_certain(p, &possible);
  reuse__partial_groups(p);
  possible = possible && reuse__open_fans(p);
  if (possible) {
    c->macs = whole(p->macs);
    c->effective_macs = whole(p->effective);
    bound_levels(p, c);
    c->steps = whole(reuse__fmax(bound_steps(p),
                                ceil(p->macs / (double)c->level_instances[p->nest.nlevels - 1])));
    c->instances = c->level_instances[p->nest.nlevels - 1];
    for (int i = 0; i < p->nlinks; i++)
      if (p->link[i].tensor == REUSE_O) bound_output(p, &p->link[i], &above, c);
      else bound_input(p, &p->link[i], c);
  }
  for (; pushed > 0; pushed--) reuse__partial_pop(p);
  return possible;
}
