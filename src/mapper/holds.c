/* How large a tile of one dim, or of one flattened group, can be in a level.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapper/holds.h"

#include <string.h>

#include "base/checked.h"
#include "cost/fits.h"
#include "count/terms.h"
#include "count/words.h"
#include "mapper/partial_sums.h"
#include "mapper/tiles.h"

/* The smallest tile of every dim that the loops above a level can leave. */
struct tile {
  int64_t extent[REUSE_DIMS];
  unsigned parted;              /* dims that a flattened group above the level takes over */
  bool split;                   /* loops over C, R or S stand outside */
};

/* The smallest extent of dim D in a tile of LEVEL; a group that takes D over above LEVEL
 * can leave one point. */
static void shrink(const struct reuse__space *s, int level, int d, struct tile *tile) {
  tile->extent[d] = s->layer->problem.extent[d];
  for (int i = 0; i < s->nslots && s->slot[i].level < level; i++) {
    const struct reuse_loop_rule *rule = &s->slot[i].loop;
    if (!(s->slot[i].dims & REUSE_BIT(d))) continue;
    tile->extent[d] = reuse__min(tile->extent[d], reuse__max(1, rule->step));
    if (rule->ndims == 1) continue;
    tile->extent[d] = 1;
    tile->parted |= REUSE_BIT(d);
  }
}

/* Whether loops over C, R or S stand outside LEVEL for certain. */
static bool is_split(const struct reuse__space *s, int level) {
  const unsigned sums = reuse__not_indexing(REUSE_O);
  for (int i = 0; i < s->nslots; i++) {
    const struct reuse__slot *slot = &s->slot[i];
    if (slot->first && !(slot->dims & ~sums) && slot->tile[level].cap < slot->extent) return true;
  }
  return false;
}

/* The smallest tile of LEVEL: no dim has fewer points than the range of its tiles says. */
static struct tile smallest_tile(const struct reuse__space *s, int level) {
  struct tile tile = {.split = is_split(s, level)};
  for (int d = 0; d < REUSE_DIMS; d++) shrink(s, level, d, &tile);
  for (int i = 0; i < s->nslots && s->slot[i].level < level; i++) {
    const int d = s->slot[i].loop.dim[0];
    if (s->slot[i].loop.ndims > 1 || tile.parted & REUSE_BIT(d) || !s->slot[i].first)
      continue;
    const int64_t least = reuse__min(s->slot[i].tile[level].least, s->layer->problem.extent[d]);
    tile.extent[d] = reuse__max(tile.extent[d], least);
  }
  return tile;
}

/* Rows (axis 0) or columns of the raw input that the first tile touches, which the border may
 * clip; 1 if a group parts them. */
static int64_t rows(const struct reuse_problem *p, const struct tile *tile, int axis) {
  const int m = REUSE_P + axis, n = REUSE_R + axis;
  if (tile->parted & (REUSE_BIT(m) | REUSE_BIT(n))) return 1;
  return reuse__max(1, reuse__touched(tile->extent[m], p->stride[axis], tile->extent[n],
                                      p->dilation[axis], p->pad[axis], p->input[axis]));
}

/* At least the words of TENSOR in a tile of LEVEL; POINTS of the group of the dims GROUP, if
 * there is one, that index the tensor all or not at all. */
static int64_t words(const struct reuse__space *s, const struct tile *tile, int level,
                     int tensor, unsigned group, int64_t points) {
  const struct reuse_problem *p = &s->layer->problem;
  const int edge = s->dataflow->im2col_level;
  const struct reuse__shape shape =
      reuse__shape_of(tensor, tensor == REUSE_I && edge >= 0 && level > edge);
  int64_t n = 1;
  unsigned left = shape.dims;
  for (int i = 0; i < 2 && tensor == REUSE_I && shape.raw_input; i++) {
    n = reuse__widths(n, rows(p, tile, i));
    left &= ~(REUSE_BIT(REUSE_P + i) | REUSE_BIT(REUSE_R + i));
  }
  if (group && (group & left) == group) n = reuse__widths(n, points);
  for (int d = 0; d < REUSE_DIMS; d++)
    if (left & REUSE_BIT(d)) n = reuse__widths(n, tile->extent[d]);
  return n;
}

/* Whether TILE fits LEVEL with POINTS of GROUP. */
static bool tile_fits(const struct reuse__space *s, const struct tile *tile, int level,
                      unsigned group, int64_t points) {
  struct reuse_counts counts;
  memset(counts.at[level], 0, sizeof counts.at[level]);
  for (int t = 0; t < REUSE_TENSORS; t++)
    if (s->layer->problem.tensors & s->keeps[level] & REUSE_BIT(t))
      counts.at[level][t].tile = words(s, tile, level, t, group, points);
  counts.partial[level] =
      reuse__sums_are_partial(s, level, tile->split, counts.at[level][REUSE_O].tile);
  return reuse__level_fits(s->arch, &s->engine->level[level], &counts, level);
}

/* Whether the smallest tiles of LEVEL fit with POINTS of the chain of SLOT. */
static bool fits(const struct reuse__space *s, const struct tile *smallest, int level,
                 int slot, int64_t points) {
  const struct reuse_loop_rule *rule = &s->slot[slot].loop;
  struct tile tile = *smallest;
  if (rule->ndims > 1) return tile_fits(s, &tile, level, s->slot[slot].dims, points);
  tile.extent[rule->dim[0]] = reuse__min(points, s->layer->problem.extent[rule->dim[0]]);
  return tile_fits(s, &tile, level, 0, 1);
}

bool reuse__tiles_fit(const struct reuse__space *s) {
  for (int level = 0; level < s->engine->nlevels; level++) {
    const struct tile smallest = smallest_tile(s, level);
    for (int i = 0; i < s->nslots; i++)
      if (s->slot[i].first && s->slot[i].tile[level].least > s->slot[i].tile[level].cap)
        return false;
    if (!tile_fits(s, &smallest, level, 0, 1)) return false;
  }
  return true;
}

/* The smallest forced step of SLOT's chain above LEVEL, or its extent. */
static int64_t forced(const struct reuse__space *s, int slot, int level) {
  int64_t most = reuse__space_loop_extent(s, slot);
  for (int i = slot; i >= 0 && s->slot[i].level < level; i = reuse__space_inner(s, i))
    if (s->slot[i].loop.step) most = reuse__min(most, s->slot[i].loop.step);
  return most;
}

/* The most points of the chain that starts at SLOT in a tile of LEVEL; a group that takes
 * its dim over above LEVEL leaves that open. */
static int64_t most_held(const struct reuse__space *s, const struct tile *smallest, int level,
                         int slot) {
  int64_t low = 1, high = forced(s, slot, level);
  if (s->slot[slot].level >= level) return high;
  if (s->slot[slot].loop.ndims == 1 && smallest->parted & REUSE_BIT(s->slot[slot].loop.dim[0]))
    return high;
  while (low < high) {
    const int64_t middle = high - (high - low) / 2;
    if (fits(s, smallest, level, slot, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/* Sets the hold of the chain that starts at SLOT, which is the largest tile, too, unless blocks
 * have holes. */
static void limit(struct reuse__space *s, const struct tile *smallest, int level, int slot) {
  const struct reuse_loop_rule *rule = &s->slot[slot].loop;
  struct reuse__range *tile = &s->slot[slot].tile[level];
  const int64_t most = most_held(s, smallest, level, slot);
  bool holes = false;
  for (int i = 0; i < rule->ndims; i++)
    holes = holes || reuse__space_extent(s, rule->dim[i]) >
                         s->layer->problem.extent[rule->dim[i]];
  s->slot[slot].hold[level] = reuse__min(most, tile->cap);
  if (!holes) tile->cap = s->slot[slot].hold[level];
}

void reuse__space_hold(struct reuse__space *s) {
  for (int level = 0; level < s->engine->nlevels; level++) {
    struct tile smallest = smallest_tile(s, level);
    for (int i = 0; i < s->nslots; i++)
      if (s->slot[i].first) limit(s, &smallest, level, i);
    s->partial[level] = reuse__sums_are_partial(s, level, smallest.split,
                                                words(s, &smallest, level, REUSE_O, 0, 1));
  }
  for (int i = 0; i < s->nslots; i++) s->slot[i].hold[s->engine->nlevels] = 1;
}
