/* How long sums stay in a level, and what that saves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/sums.h"

#include <math.h>

#include "base/checked.h"
#include "mapper/carried.h"
#include "mapper/shares.h"
#include "mapper/turns.h"

static int decided_above(const struct reuse__partial *p, int level) {
  int n = 0;
  while (n < p->position && p->space->slot[p->at[n].slot].level < level) n++;
  return n;
}

/* Whether the first DEPTH loops of chain C make as many chunks whatever the step is that is not
 * known, and nothing else of them counts. */
static bool has_known_turns(const struct reuse__chain *c, int depth) {
  struct reuse__runs cut;
  if (!reuse__is_loose(c, depth)) return true;
  if (c->loose_dims || c->over >= 0 || c->nspatial || depth != c->known + 1) return false;
  if (c->least[c->known] == 0) return false;
  reuse__runs_cut(reuse__chunks(c, c->known, 1), c->least[c->known], &cut);
  return reuse__runs_count(&cut) == reuse__runs_count(reuse__chunks(c, depth, 1));
}

/* At most how many sums the instances of the child start or take up again: exact as
 * long as no instance idles. */
static double decided_stays(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  int above = 0;
  for (int i = 0; i < p->space->nslots; i++) above += p->space->slot[i].level < l->child;
  if (decided_above(p, l->child) < above || !l->held) return INFINITY;
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i];
    const int depth = reuse__depth_at(p, c, above);
    if (c->loop_points > c->points || !has_known_turns(c, depth)) return INFINITY;
    for (int k = 0; k <= depth; k++) {
      const struct reuse__runs *r = reuse__chunks(c, k, c->nspatial + 1);
      if (!r->whole || (c->nspatial && r->n > 1)) return INFINITY;
    }
    if (!reuse__is_group(c)) continue;
    if (c->dims & l->relevant && c->dims & ~l->relevant) return INFINITY;
    const struct reuse__runs *ranges = reuse__chunks(c, 0, 1);
    if (ranges->n > 1 || ranges->run[0].times > 1) return INFINITY;
  }
  return l->words * reuse__repeats(p, l, l->child, reuse__carrier(p, l, p->position));
}

/* Slots outside the child that cut the points of chain C up; *ONLY is one of them. */
static int slots_outside(const struct reuse__partial *p, const struct reuse__chain *c,
                         const struct reuse__chain_link *l, int *only) {
  int n = 0;
  for (int i = 0; i < p->space->nslots; i++) {
    const struct reuse__slot *s = &p->space->slot[i];
    if (s->level >= l->child || !(s->dims & c->dims)) continue;
    *only = i;
    n++;
  }
  return n;
}

/* At most how often loops over chain C outside the child, which has no loops side by side
 * outside, make a sum leave it; INFINITY: not known. */
static double turns_of_sums(const struct reuse__partial *p, const struct reuse__chain *c,
                            const struct reuse__chain_link *l) {
  const struct reuse__innermost *innermost = &p->space->innermost[l->child];
  const struct reuse__range *tile = &p->space->slot[c->slot[0]].tile[l->child];
  int only = -1;
  const int n = slots_outside(p, c, l, &only);
  if (n == 0) return 1;
  if (n > 1 || c->over >= 0 || p->space->slot[only].dims != c->dims) return INFINITY;
  if (innermost->known && innermost->slots == UINT64_C(1) << only && reuse__indexes_none(c, l))
    return 1;
  return (double)reuse__ceil_div(c->loop_points, tile->least);
}

/* Whether blocks make the loops walk points that do not exist. */
static bool has_holes(const struct reuse__partial *p) {
  for (int i = 0; i < p->nchains; i++)
    if (p->chain[i].loop_points > p->chain[i].points) return true;
  return false;
}

/* The same for a cell, whatever is decided: a sum has as many stays as loops over C, R and S
 * outside the child that are not the innermost ones have turns. */
static double stays_within(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  double turns = 1;
  if (!p->space->parted || !l->held || has_holes(p)) return INFINITY;
  for (int k = 0; k < p->nspatial; k++)
    if (p->space->slot[p->spatial[k]].level < l->child) return INFINITY;
  for (int i = 0; i < p->nchains; i++) {
    const struct reuse__chain *c = &p->chain[i];
    if (!reuse__indexes_all(c, l)) turns *= turns_of_sums(p, c, l);
  }
  return l->words * turns;
}

double reuse__most_stays(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  return reuse__fmin(decided_stays(p, l), stays_within(p, l));
}

/* At most how many instances of the child add to the same sum. */
static double adders(const struct reuse__partial *p, const struct reuse__chain_link *l) {
  double all = 1;
  for (int i = 0; i < l->child; i++)
    all *= reuse__share_width(p, ~l->relevant, i);
  return all;
}

/* Whether a sum that LEVEL sends up costs it the same as one that it sends down again: in
 * words, cycles and ports, and without rounding, which compressed widths have. */
static bool trades_reads(const struct reuse__partial *p, int level) {
  const struct reuse_level *own = &p->space->engine->level[level];
  if (own->kind == REUSE_DRAM || own->tensor_bandwidth[REUSE_O].q.given) return false;
  if (own->compression[REUSE_O].given) return false;
  for (int i = level + 1; i < p->space->engine->nlevels; i++) {
    const struct reuse_level *child = &p->space->engine->level[i];
    if (!(p->space->keeps[i] & REUSE_BIT(REUSE_O))) continue;
    if (child->ramp_up[REUSE_O].q.given) return false;
    return child->kind != REUSE_SRAM || child->double_buffered || child->streams;
  }
  return true;
}

/* How many reads of the child the sums that its instances start save at most, when these
 * start or take up at least STAYS; each that they do not save or that is sent up is a
 * read.  A stay more saves one read down and costs one up.  Sums that are not taken up
 * again may be narrower on their way up, but each has one stay in each of its adders at
 * most, unless holes empty the child between its points. */
double reuse__saved_reads(const struct reuse__partial *p, const struct reuse__chain_link *l,
                          double stays) {
  const struct reuse_arch *arch = p->space->arch;
  const double most = reuse__most_stays(p, l);
  if (l->child == p->space->engine->nlevels || !trades_reads(p, l->child)) return most;
  if (arch->psum_bits.value <= arch->bits[REUSE_O].value) return stays;
  if (has_holes(p)) return most;
  return reuse__fmax(stays, reuse__fmin(most, l->words * adders(p, l)));
}
