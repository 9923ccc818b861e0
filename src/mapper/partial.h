/* Mappings whose outer loops are decided and whose inner ones are open.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_PARTIAL_H
#define REUSE_MAPPER_PARTIAL_H

#include "mapper/orders.h"
#include "mapper/runs.h"
#include "mapper/space.h"

enum { REUSE__MAX_CHAINS = REUSE_DIMS + 6, REUSE__MAX_VIEWS = REUSE__MAX_SPATIAL + 2,
       REUSE__MAX_CHUNKS = (REUSE__MAX_SLOTS + REUSE__MAX_CHAINS) * REUSE__MAX_VIEWS,
       REUSE__MAX_LINKS = REUSE_TENSORS * REUSE_MAX_LEVELS };

/* The slots of one dim, or of one flattened group, and the chunks that the decided
 * ones make.  View 0 is the machine's: extents rounded up to blocks, chunks that
 * follow one another.  View v > 0: existing points; the first v - 1 spatial slots
 * give chunks beside each other, the others only the busiest chunk. */
struct reuse__chain {
  unsigned dims;
  int nslots, slot[REUSE__MAX_DEPTH];
  int nspatial;
  int over;                     /* the group that takes the dim over, or -1 */
  int view[REUSE_MAX_LEVELS + 1]; /* the one in which the instances of a level are side by
                                   side */
  int depth;                    /* slots decided */
  bool is_spatial[REUSE__MAX_DEPTH];
  int64_t step[REUSE__MAX_DEPTH]; /* at most */
  int64_t least[REUSE__MAX_DEPTH]; /* at least; 0: any */
  int known;                    /* slots decided before the first whose step is not known */
  bool at_most;                 /* the last decided step is only known not to be larger */
  bool loose_dims;              /* of a group: its range is not known, because steps of its dims
                                   are not; chunks are no longer than those that there are */
  bool ranged;                  /* of a group: its range is that which its dims leave */
  int64_t points, loop_points;  /* that exist; that the loops walk */
  struct { int first, end; } temporal[REUSE_MAX_LEVELS + 1]; /* slots of each level over its dims,
                                   which start and end there, if end > 0 */
  struct reuse__runs *at;       /* by depth and view; see reuse__chunks */
};

struct reuse__chain_link {      /* between two levels that keep a tensor */
  int tensor, parent, child;
  bool held, expanded, crosses, merges;
  bool parallel;                /* loops between the two may lie side by side */
  unsigned relevant;            /* dims */
  bool halo[2];                 /* raw rows, columns that overlap or are clipped */
  double words;                 /* elements of the tensor, as the child sees them */
  double padding;               /* of those, crossing ones that are padding */
};

/* Steps that a loop may have. */
struct reuse__between_steps { int64_t least, most; };

/* What is known of the trips of a slot whose step or range is not: as many as is certain of these,
 * or that it has one and so no loop, or that it has several. */
enum reuse__trips { REUSE__ANY_TRIPS, REUSE__ONE_TRIP, REUSE__SEVERAL_TRIPS };

struct reuse__decided {
  int slot, chain, depth;       /* depth: slots of the chain before it */
  enum reuse__trips of_trips;
  struct reuse__between_steps asked; /* the steps that it was decided to have */
  int64_t trips;                /* at least, if it or a step outside it in its chain is only
                                   known to be between two and it need not have one trip */
  int64_t least;                /* the step has so many points or more; 0: not known */
  bool at_most;                 /* the step is not known to be as large */
};

/* Not to be copied: the chains point into it. */
struct reuse__partial {
  const struct reuse__space *space;
  struct reuse_nest nest;       /* the loops of the decided slots */
  int position;                 /* slots decided */
  struct reuse__decided at[REUSE__MAX_SLOTS];
  int nchains, chain_of[REUSE__MAX_SLOTS];
  struct reuse__chain chain[REUSE__MAX_CHAINS];
  int nlinks;
  struct reuse__chain_link link[REUSE__MAX_LINKS];
  double effective, macs;
  int level;                    /* the one being decided; -1: none yet */
  struct reuse__order order[REUSE_MAX_LEVELS]; /* of this one and those outside */
  int order_known;              /* so many slots of this level's order are, decided ones
                                   among them */
  uint8_t depth[REUSE__MAX_SLOTS + 1][REUSE__MAX_CHAINS]; /* of chains, by position */
  int nspatial, spatial[REUSE__MAX_SLOTS]; /* slots */
  int ninner;
  int inner[REUSE__MAX_SLOTS];  /* all slots, in an order of their levels */
  bool ordered[REUSE_MAX_LEVELS]; /* there is only that order */
  int64_t fan[REUSE__MAX_SLOTS];  /* fan-out of a spatial slot; at most, while open */
  bool is_open[REUSE__MAX_SLOTS];
  int64_t need[REUSE__MAX_SLOTS]; /* least range that the smallest fan-outs of the chain's
                                     spatial slots from this one on divide */
  struct reuse__runs chunks[REUSE__MAX_CHUNKS]; /* of all chains, one after another */
};

/* No slot of SPACE decided. */
void reuse__partial_start(const struct reuse__space *space, struct reuse__partial *partial);

/* Range that SLOT's loop would split; at least, if a step outside it is not known. */
int64_t reuse__partial_range(struct reuse__partial *partial, int slot);

/* Decides SLOT, the next in nest order: its loop has STEP.  False, and nothing done,
 * if its fan-out exceeds its cap or the axes, or its tiles their ranges. */
bool reuse__partial_push(struct reuse__partial *partial, int slot, int64_t step);

/* The same where the step of the temporal loop is only known not to exceed STEP. */
bool reuse__partial_push_most(struct reuse__partial *partial, int slot, int64_t step);

/* The same where the step of the temporal loop is only known to be from LEAST (0: no limit is
 * known, and no other loop over its dims may be decided later) to STEP points.  Inside it only
 * temporal loops over its dims may be decided until it is told apart; of a free slot STEP is the
 * longest chunk that there may be if it has one trip, and less if it has several. */
bool reuse__partial_push_between(struct reuse__partial *partial, int slot, int64_t least,
                                 int64_t step);
void reuse__partial_pop(struct reuse__partial *partial);

/* Steps that the loop decided at POSITION may have, as far as others allow. */
struct reuse__between_steps reuse__partial_steps(const struct reuse__partial *partial,
                                                 int position);

/* Gives the loop decided at POSITION a step from LEAST to MOST points instead; those inside it have
 * those of the steps that they were decided to have that are possible then.  False, and nothing
 * done, if one has none. */
bool reuse__partial_change(struct reuse__partial *partial, int position, int64_t least,
                           int64_t most);

/* Whether the tiles that the decided loops give the levels down to LEVEL fit at
 * best: open slots above LEVEL cut them to the smallest. */
bool reuse__partial_fits(const struct reuse__partial *partial, int level);

/* Brings the ranges of groups without a loop yet up to the loops of their dims. */
void reuse__partial_groups(struct reuse__partial *partial);

/* The chunks that the first DEPTH loops of chain C make, in VIEW. */
static inline struct reuse__runs *reuse__chunks(const struct reuse__chain *c, int depth,
                                                int view) {
  return &c->at[depth * (c->nspatial + 2) + view];
}

/* Whether a decided step of C, before depth DEPTH, is not known. */
static inline bool reuse__is_loose(const struct reuse__chain *c, int depth) {
  return c->known < depth || c->loose_dims;
}

/* Points of the longest chunk that the first DEPTH loops of C leave, at most. */
int64_t reuse__longest(const struct reuse__partial *partial, const struct reuse__chain *c,
                       int depth);

/* Whether C is a flattened group. */
static inline bool reuse__is_group(const struct reuse__chain *c) {
  return c->dims & (c->dims - 1);
}

/* The group that takes dim chain C over, or NULL. */
static inline const struct reuse__chain *reuse__group_over(const struct reuse__partial *p,
                                                           const struct reuse__chain *c) {
  return c->over < 0 ? NULL : &p->chain[c->over];
}

/* Whether all dims of C index the link's tensor, or none. */
static inline bool reuse__indexes_all(const struct reuse__chain *c,
                                      const struct reuse__chain_link *l) {
  return (c->dims & l->relevant) == c->dims;
}

static inline bool reuse__indexes_none(const struct reuse__chain *c,
                                       const struct reuse__chain_link *l) {
  return !(c->dims & l->relevant);
}

/* While only loops of the slots from number SLOT on turn, the chunk of chain C that they divide
 * stands still.  It is no larger than a tile of level OUTER, and no smaller than one of INNER. */
struct reuse__between { int outer, inner; };
struct reuse__between reuse__level_within(const struct reuse__partial *p,
                                          const struct reuse__chain *c, int slot);

/* Slots of chain C among the first POSITIONS decided ones. */
static inline int reuse__depth_at(const struct reuse__partial *p, const struct reuse__chain *c,
                                  int positions) {
  return p->depth[positions][c - p->chain];
}

#endif
