/* The mappings that a dataflow allows for a layer: places for loops.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A slot is a place in the nest where a loop may stand.  The slots of a dim, or of
 * a flattened group, form a chain, outermost first. */
#ifndef REUSE_MAPPER_SPACE_H
#define REUSE_MAPPER_SPACE_H

#include "cost/dram_floor.h"
#include "reusemodel.h"

/* Slots; of one chain; spatial ones of one chain; shares. */
enum { REUSE__MAX_SLOTS = 64, REUSE__MAX_DEPTH = 16, REUSE__MAX_SPATIAL = 10,
       REUSE__MAX_SHARES = REUSE_MAX_LEVELS * (REUSE_TENSORS + 1) };

struct reuse__range { int64_t least, cap; };

/* Which temporal loop with more than one trip may be the innermost one outside a level: one
 * of SLOTS, or, if that is empty, none.  Any or none, while that is not KNOWN. */
struct reuse__innermost {
  bool known;
  uint64_t slots;
};

struct reuse__slot {
  int level;
  struct reuse_loop_rule loop;
  unsigned dims;                /* of the loop */
  int64_t extent;               /* that the loops over these walk */
  bool first;                   /* of its chain */
  int inner;                    /* see reuse__space_inner */
  bool spatial;
  unsigned axes;                /* spatial: axes of the level that it occupies */
  struct reuse__range fans;      /* spatial: its fan-out */
  int64_t width;                /* spatial: what the machine allows, at least cap */
  int share;                    /* spatial: its share, or -1 */
  bool last;                    /* of its chain: steps by 1 unless it is forced, or a
                                   flattened group takes the dim over */
  struct reuse__range tile[REUSE_MAX_LEVELS + 1]; /* of the first slot of a chain: points that
                                         the largest tile of each level, and of the MACs, spans */
  int64_t hold[REUSE_MAX_LEVELS + 1]; /* likewise: points in it that fit the level, at most */
};

/* What the spatial slots of a level have of its array together whose dims index the same
 * tensors. */
struct reuse__share {
  int level;
  unsigned dims;
  struct reuse__range fans;      /* product of theirs */
};

struct reuse__space {
  const struct reuse_arch *arch;
  const struct reuse_engine *engine;
  const struct reuse_dataflow *dataflow;
  const struct reuse_layer *layer;
  int engine_index, dataflow_index, variant_index;
  int nslots;
  struct reuse__slot slot[REUSE__MAX_SLOTS]; /* in nest order */
  int nshares;
  struct reuse__share share[REUSE__MAX_SHARES];
  struct reuse__innermost innermost[REUSE_MAX_LEVELS + 1]; /* outside each level, the MACs */
  bool parted;                  /* tiles or innermost loops are narrowed, so that it pays to look
                                   at what they tell */
  bool partial[REUSE_MAX_LEVELS]; /* outputs that the children of each send are partial sums for
                                   certain */
  unsigned grouped;             /* dims that a flattened group takes over */
  unsigned keeps[REUSE_MAX_LEVELS]; /* tensors that each level keeps */
  int64_t children[REUSE_MAX_LEVELS]; /* instances below one of each */
  struct reuse__dram_floor floor; /* of the engine, where spaces are made from a list */
};

/* The space of one dataflow variant of an engine for a layer, whose levels keep
 * KEEPS.  Slots whose dims have extent 1 are left out.  False if the variant has
 * more slots than the limits above. */
bool reuse__space_make(const struct reuse_arch *arch, int engine, int dataflow,
                       int variant, const unsigned *keeps, const struct reuse_layer *layer,
                       struct reuse__space *space);

/* Mask of the dims that do not index TENSOR.  G indexes all. */
static inline unsigned reuse__not_indexing(int tensor) {
  static const unsigned dims[REUSE_TENSORS] = {
      [REUSE_I] = REUSE_BIT(REUSE_K),
      [REUSE_W] = REUSE_BIT(REUSE_N) | REUSE_BIT(REUSE_P) | REUSE_BIT(REUSE_Q),
      [REUSE_O] = REUSE_BIT(REUSE_C) | REUSE_BIT(REUSE_R) | REUSE_BIT(REUSE_S)};
  return dims[tensor];
}

/* Extent that the loops over D walk: rounded up to the engine's block. */
int64_t reuse__space_extent(const struct reuse__space *space, int d);

/* Points of the range that SLOT's outermost companion splits. */
static inline int64_t reuse__space_loop_extent(const struct reuse__space *space, int slot) {
  return space->slot[slot].extent;
}

/* The next slot inside SLOT of the same loop, or -1. */
static inline int reuse__space_inner(const struct reuse__space *space, int slot) {
  return space->slot[slot].inner;
}

/* A nest of the space without loops: levels, blocks. */
void reuse__space_levels(const struct reuse__space *space, struct reuse_nest *nest);

/* Whether a loop of TRIPS at SLOT keeps to its cap and to the axes, of which USED
 * are taken; takes them. */
bool reuse__space_occupy(const struct reuse__space *space, int slot, int64_t trips,
                         int64_t used[REUSE_MAX_AXES]);

/* Instances below one of LEVEL. */
static inline int64_t reuse__space_children(const struct reuse__space *space, int level) {
  return space->children[level];
}

/* A product of fan-outs, at most 2^40. */
static inline int64_t reuse__widths(int64_t a, int64_t b) {
  const int64_t most = INT64_C(1) << 40;
  int64_t product;
  return __builtin_mul_overflow(a, b, &product) || product > most ? most : product;
}

#endif
