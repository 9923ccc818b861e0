/* The mappings that a dataflow allows for a layer, as slots and multiplicities.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A slot is a place in the nest where a loop may stand.  The slots of a dim, or
 * of a flattened group, form a chain, outermost first.  Steps follow from the
 * inside out: the last slot steps by 1 (or, above a flattened group that takes
 * the dim over, by a chosen tile); a slot with multiplicity m has the range
 * step * m, which is the step of the slot outside it.  The outermost slot of a
 * chain, and a slot just inside a forced step, take whatever range is left. */
#ifndef REUSE_MAPPER_SPACE_H
#define REUSE_MAPPER_SPACE_H

#include "reusemodel.h"

enum {
  REUSE__MAX_SLOTS = 64,
  REUSE__MAX_UNKNOWNS = REUSE__MAX_SLOTS + REUSE_DIMS + REUSE_MAX_LEVELS,
  REUSE__ORDERS = 6,
  REUSE__MAX_VALUES = 40
};

struct reuse__slot {
  int level;
  struct reuse_loop_rule loop;
  bool spatial;
  unsigned axes;                /* spatial: axes of the level that it occupies */
  int64_t cap;                  /* spatial: largest fan-out */
  bool implied;                 /* its multiplicity follows from the others */
};

/* What has to be chosen: a slot's multiplicity, the tile of a dim above its
 * group, or the order of a level that leaves it free. */
enum reuse__unknown_kind { REUSE__MULTIPLICITY, REUSE__TILE, REUSE__ORDER };
struct reuse__unknown {
  enum reuse__unknown_kind kind;
  int of;                       /* slot, dim or level */
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
  int nunknowns;
  struct reuse__unknown unknown[REUSE__MAX_UNKNOWNS];
};

/* A point of the space: a value for every unknown. */
struct reuse__choice { int64_t value[REUSE__MAX_UNKNOWNS]; };

/* The space of one dataflow variant of an engine for a layer.  False if the
 * variant has more slots than REUSE__MAX_SLOTS. */
bool reuse__space_make(const struct reuse_arch *arch, int engine, int dataflow,
                       int variant, const struct reuse_layer *layer,
                       struct reuse__space *space);

/* The choice of the largest fan-outs, first slots first, and smallest tiles. */
void reuse__space_start(const struct reuse__space *space, struct reuse__choice *choice);

/* The nest of a choice.  False if a fan-out exceeds its cap or its axes, or a dim
 * does not come down to one point. */
bool reuse__space_nest(const struct reuse__space *space,
                       const struct reuse__choice *choice, struct reuse_nest *nest);

/* Values worth trying for unknown U, ascending; their number. */
int reuse__space_values(const struct reuse__space *space,
                        const struct reuse__choice *choice, int u,
                        int64_t value[REUSE__MAX_VALUES]);

#endif
