/* Where the instances of a child stand in one dim, in a step and in the one before.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COUNT_PLACES_H
#define REUSE_COUNT_PLACES_H

#include "count/factor.h"

enum { REUSE__MAX_STRIDES = 4, REUSE__MAX_KIN = 48, REUSE__MAX_FAMILIES = 24 };

struct reuse__span { int64_t low, n; };         /* points [low, low + n) */
struct reuse__stride { int64_t step, count; };  /* COUNT copies, each STEP on */

/* Children with equal ranges, one EACH so far on, seen from their parent. */
struct reuse__kin {
  struct reuse__stride each;
  struct reuse__span now, before;
};

/* Settings of a parent (and of the loops that stay) under which its active children,
 * kin[from] to kin[to - 1], stand alike: the first at FIRST, the others as many
 * strides on. */
struct reuse__family {
  int64_t first;
  int nstrides;
  struct reuse__stride stride[REUSE__MAX_STRIDES];
  int from, to;
};

struct reuse__places {
  int nfamilies, nkin;
  struct reuse__family family[REUSE__MAX_FAMILIES];
  struct reuse__kin kin[REUSE__MAX_KIN];
};

/* A kind of transition as one dim sees it: its first CUT temporal loops stay; then, if
 * ADVANCE, the next one goes from k-1 to k; the rest wrap. */
struct reuse__transition {
  int cut;
  bool advance;
};

/* The places in part PART of F, a single dim, of the instances that are active in the
 * new step; before, they stand where they were last active.  A parent is one instance
 * of the child unless UNIONS, then one of the parent level.  False if there are more
 * kinds of them than PLACES has room for. */
bool reuse__find_places(const struct reuse__factor *f, int part,
                        struct reuse__transition transition, bool unions,
                        struct reuse__places *places);

#endif
