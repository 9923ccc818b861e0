/* Ranges of tiles.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/tiles.h"

#include <math.h>

#include "base/checked.h"
#include "mapper/steps.h"

void reuse__space_tiles(struct reuse__space *s) {
  for (int i = 0; i < s->nslots; i++)
    for (int level = 0; level <= s->engine->nlevels; level++)
      s->slot[i].tile[level] = (struct reuse__range){1, reuse__space_loop_extent(s, i)};
  reuse__tiles_agree(s);
}

/* Whether LEVEL, or the MACs, hold something of the layer. */
static bool holds_any(const struct reuse__space *s, int level) {
  const unsigned held = level < s->engine->nlevels ? s->keeps[level] : 0;
  return held & s->layer->problem.tensors;
}

bool reuse__tile_varies(const struct reuse__space *s, int slot, int level) {
  if (!holds_any(s, level) || s->slot[slot].level >= level || !s->slot[slot].first)
    return false;
  return s->slot[slot].tile[level].least < s->slot[slot].tile[level].cap;
}

void reuse__range_halve(const struct reuse__range *range, struct reuse__range half[2]) {
  const int64_t mean = (int64_t)sqrt((double)range->least * (double)range->cap);
  const int64_t middle = reuse__min(reuse__max(mean, range->least), range->cap - 1);
  half[0] = (struct reuse__range){range->least, middle};
  half[1] = (struct reuse__range){middle + 1, range->cap};
}

void reuse__tiles_whole(struct reuse__space *s, int level) {
  for (int i = 0; i < s->nslots && s->slot[i].level < level; i++) {
    int64_t width = 1;
    if (!s->slot[i].first) continue;
    for (int k = 0; k < s->nslots && s->slot[k].level < level; k++)
      if (s->slot[k].spatial &&
          s->slot[k].dims & s->slot[i].dims)
        width = reuse__widths(width, s->slot[k].fans.cap);
    struct reuse__range *tile = &s->slot[i].tile[level];
    tile->least = reuse__max(tile->least,
                             reuse__ceil_div(reuse__space_loop_extent(s, i), width));
  }
}

/* Whether another chain has a slot over dims of the one that starts at SLOT at LEVEL or further
 * in, but outside slot END. */
static bool is_cut_between(const struct reuse__space *s, int slot, int level, int end) {
  const unsigned dims = s->slot[slot].dims;
  for (int i = 0; i < end; i++) {
    const unsigned own = s->slot[i].dims;
    if (s->slot[i].level >= level && own & dims && own != dims) return true;
  }
  return false;
}

/* Points of the chain that starts at SLOT in a tile of LEVEL that the slots within it can bring
 * down to one, at most. */
static int64_t most_inside(const struct reuse__space *s, int slot, int level) {
  int last = slot;
  for (int i = slot; i >= 0; i = reuse__space_inner(s, i)) {
    if (s->slot[i].level < level) last = i;
    else if (is_cut_between(s, slot, level, i)) return reuse__space_loop_extent(s, slot);
    else return reuse__largest_range(s, i);
  }
  if (s->slot[last].loop.step) return s->slot[last].loop.step;
  return s->slot[last].last ? 1 : reuse__space_loop_extent(s, slot);
}

/* Whether a slot over dims of the chain that starts at SLOT stands outside LEVEL. */
static bool is_cut_outside(const struct reuse__space *s, int slot, int level) {
  const unsigned dims = s->slot[slot].dims;
  for (int i = 0; i < s->nslots && s->slot[i].level < level; i++)
    if (s->slot[i].dims & dims) return true;
  return false;
}

/* The slot where the chain of dim D alone starts, or -1. */
static int first_of_dim(const struct reuse__space *s, int d) {
  for (int i = 0; i < s->nslots; i++)
    if (s->slot[i].dims == REUSE_BIT(d)) return i;
  return -1;
}

/* A group has no more points than its dims leave it outside its first slot. */
static void limit_group(struct reuse__space *s, int slot) {
  const struct reuse_loop_rule *rule = &s->slot[slot].loop;
  for (int level = 0; level <= s->slot[slot].level; level++) {
    int64_t points = 1;
    for (int i = 0; i < rule->ndims; i++) {
      const int own = first_of_dim(s, rule->dim[i]);
      points = reuse__widths(points, own < 0 ? reuse__space_extent(s, rule->dim[i])
                                             : s->slot[own].tile[level].cap);
    }
    s->slot[slot].tile[level].cap = reuse__min(s->slot[slot].tile[level].cap, points);
  }
}

/* Spatial slots divide no more points than a tile of their level has, and no fewer than their
 * smallest fan-outs need. */
static void agree_with_fans(struct reuse__space *s, int first) {
  int slot[REUSE__MAX_DEPTH], n = 0;
  int64_t need = 1;
  for (int i = first; i >= 0; i = reuse__space_inner(s, i)) slot[n++] = i;
  while (n-- > 0) {
    struct reuse__slot *own = &s->slot[slot[n]];
    struct reuse__range *tile = &s->slot[first].tile[own->level];
    if (!own->spatial) continue;
    need = reuse__max(need, (own->fans.least - 1) * need + 1);
    own->fans.cap = reuse__min(own->fans.cap, tile->cap);
    tile->least = reuse__max(tile->least, need);
  }
}

void reuse__tiles_agree(struct reuse__space *s) {
  for (int i = 0; i < s->nslots; i++) {
    struct reuse__range *tile = s->slot[i].tile;
    if (!s->slot[i].first) continue;
    for (int level = 0; level <= s->engine->nlevels; level++) {
      tile[level].cap = reuse__min(tile[level].cap, most_inside(s, i, level));
      if (!is_cut_outside(s, i, level)) tile[level].least = reuse__space_loop_extent(s, i);
    }
    for (int level = 1; level <= s->engine->nlevels; level++)
      tile[level].cap = reuse__min(tile[level].cap, tile[level - 1].cap);
  }
  for (int i = 0; i < s->nslots; i++) {
    struct reuse__range *tile = s->slot[i].tile;
    if (!s->slot[i].first) continue;
    if (s->slot[i].loop.ndims > 1) limit_group(s, i);
    for (int level = 1; level <= s->engine->nlevels; level++)
      tile[level].cap = reuse__min(tile[level].cap, tile[level - 1].cap);
    if (s->parted) agree_with_fans(s, i);
    for (int level = s->engine->nlevels; level > 0; level--)
      tile[level - 1].least = reuse__max(tile[level - 1].least, tile[level].least);
  }
}

bool reuse__tile_holds(const struct reuse__partial *p, int slot, int64_t range, int64_t least,
                       int64_t step) {
  const struct reuse__space *s = p->space;
  const struct reuse__chain *c = &p->chain[p->chain_of[slot]];
  const struct reuse__range *tile = s->slot[c->slot[0]].tile;
  const int level = s->slot[slot].level, inner = reuse__space_inner(s, slot);
  const int end = inner < 0 ? s->engine->nlevels : s->slot[inner].level;
  if (reuse__min(range, step) < tile[level + 1].least) return false;
  return level == end || reuse__min(range, least) <= tile[end].cap;
}
