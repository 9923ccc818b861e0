/* The mappings that a dataflow allows for a layer: places for loops.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A slot is a place in the nest where a loop may stand.  The slots of a dim, or of
 * a flattened group, form a chain, outermost first. */
#ifndef REUSE_MAPPER_SPACE_H
#define REUSE_MAPPER_SPACE_H

#include "reusemodel.h"

/* Slots; of one chain; spatial ones of one chain. */
enum { REUSE__MAX_SLOTS = 64, REUSE__MAX_DEPTH = 16, REUSE__MAX_SPATIAL = 10 };

struct reuse__slot {
  int level;
  struct reuse_loop_rule loop;
  bool spatial;
  unsigned axes;                /* spatial: axes of the level that it occupies */
  int64_t cap, least;           /* spatial: largest and smallest fan-out */
  int64_t width;                /* spatial: what the machine allows, at least cap */
  bool last;                    /* of its chain: steps by 1 unless it is forced, or a
                                   flattened group takes the dim over */
  int64_t hold[REUSE_MAX_LEVELS + 1]; /* of the first slot of a chain: points of it in a tile
                                         of each level, and at the MACs, at most */
};

struct reuse__space {
  const struct reuse_arch *arch;
  const struct reuse_engine *engine;
  const struct reuse_dataflow *dataflow;
  const struct reuse_layer *layer;
  int engine_index, dataflow_index, variant_index;
  int nslots;
  struct reuse__slot slot[REUSE__MAX_SLOTS]; /* in nest order */
  unsigned grouped;             /* dims that a flattened group takes over */
  unsigned keeps[REUSE_MAX_LEVELS]; /* tensors that each level keeps */
};

/* The space of one dataflow variant of an engine for a layer, whose levels keep
 * KEEPS.  Slots whose dims have extent 1 are left out.  False if the variant has
 * more slots than the limits above. */
bool reuse__space_make(const struct reuse_arch *arch, int engine, int dataflow,
                       int variant, const unsigned *keeps, const struct reuse_layer *layer,
                       struct reuse__space *space);

/* Mask of the dims of a rule. */
unsigned reuse__rule_dims(const struct reuse_loop_rule *rule);

/* Extent that the loops over D walk: rounded up to the engine's block. */
int64_t reuse__space_extent(const struct reuse__space *space, int d);

/* Points of the range that SLOT's outermost companion splits. */
int64_t reuse__space_loop_extent(const struct reuse__space *space, int slot);

/* The next slot inside SLOT of the same loop, or -1. */
int reuse__space_inner(const struct reuse__space *space, int slot);

/* A nest of the space without loops: levels, blocks. */
void reuse__space_levels(const struct reuse__space *space, struct reuse_nest *nest);

/* Whether a loop of TRIPS at SLOT keeps to its cap and to the axes, of which USED
 * are taken; takes them. */
bool reuse__space_occupy(const struct reuse__space *space, int slot, int64_t trips,
                         int64_t used[REUSE_MAX_AXES]);

/* A product of fan-outs, at most 2^40. */
int64_t reuse__widths(int64_t a, int64_t b);

#endif
