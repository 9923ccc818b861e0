/* The sets that the instances of a level hold of one tensor, and what moves.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Part of the brute-force execution: see execute.h. */
#ifndef ORACLE_FLOW_H
#define ORACLE_FLOW_H

#include <stddef.h>

#include "reusemodel.h"

typedef uint64_t bits; /* 64 elements of a set */

/* The traffic of one tensor between a level and its parent. */
struct flow {
  bool used;           /* the level holds or consumes the tensor */
  int parent;          /* the nearest outer keeper, -1: none */
  int children;        /* instances of the level below one of the parent */
  bool forgets;        /* nothing is held from one step to the next */
  bool idle_forgets;   /* an idle instance gives up what it holds */
  const bits *servable; /* elements that the parent serves; NULL: all */
  size_t words;        /* bits words of a set */
  bits *held;          /* set of each instance */
  bits *fresh;         /* scratch: arriving, of one instance of the parent */
  bits *gone;          /* scratch: leaving, of one instance of the parent */
  int64_t arrivals, arrivals_merged; /* sum over instances, union of children */
  int64_t leaves_merged;
  int64_t served, served_merged;     /* arrivals that are servable */
};

/* Exchanges the set of INSTANCE for TILE, or as the rules say when it is idle
 * in this step, and counts what arrives and leaves.  To be called for all the
 * instances in their order, in every step. */
void flow_exchange(struct flow *f, int64_t instance, bool idle,
                   const bits *tile);

/* What the instances still hold leaves: after the last step. */
void flow_finish(struct flow *f, int64_t instances);

/* The words of I or W that F moved. */
void flow_operand(const struct flow *f, bool unicast,
                  struct reuse_traffic *parent, struct reuse_traffic *child);

/* The words of O that F moved.  *ZEROS is the number of stays in the parent
 * that began from zero, on return that of the child. */
void flow_output(const struct flow *f, bool accumulate, int64_t *zeros,
                 struct reuse_traffic *parent, struct reuse_traffic *child);

#endif
