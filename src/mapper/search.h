/* Branch and bound over one space.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Slots are decided from the outside in.  A partial mapping is given up as soon as
 * its bound is not better than the best mapping known.  doc/MODEL.md, "Mapper". */
#ifndef REUSE_MAPPER_SEARCH_H
#define REUSE_MAPPER_SEARCH_H

#include "count/memo.h"
#include "mapper/score.h"
#include "mapper/space.h"

struct reuse__candidate {
  struct reuse_mapping mapping;
  struct reuse_evaluation evaluation;
  struct reuse__score score;
};

/* Mappings of which none is better than another in both energy and cycles, by energy. */
struct reuse__front {
  struct reuse_point *point;
  int n, max;
  bool full;                    /* one more did not fit */
};

struct reuse__branching {
  const struct reuse_search *wanted;
  struct reuse__memo *memo;     /* may be NULL */
  struct reuse__front *front;   /* collect these; NULL: look for the best mapping only */
  bool every_step, every_order; /* not only the usual ones */
  bool exhaustive;              /* without bounds */
  bool found;
  struct reuse__candidate best; /* of all spaces so far; set when found */
  double found_s;               /* when, by reuse__seconds() */
  int64_t evaluations;          /* bounds and mappings evaluated so far */
  int64_t mappings;             /* of these, whole mappings */
  int64_t last_evaluation;      /* the search stops after it; 0: no limit */
  int64_t slice;                /* evaluations that a walk should take; it stops sooner or later
                                   as it is on its way; 0: no limit */
  double deadline_s;            /* by reuse__seconds(); 0: none */
  bool stopped;                 /* the budget, or the slice of a walk, ran out */
  bool some_steps;              /* steps were left out without a bound */
  bool left_out;                /* every step was wanted, but some range has too many */
  double open;                  /* least bound of what was left out */
  enum reuse_status failure;    /* why a legal mapping could not be counted */
};

/* Whether nothing that BOUND bounds is better than what is known. */
bool reuse__is_hopeless(const struct reuse__branching *branching,
                        const struct reuse__score *bound);

/* Notes whether the budget has run out. */
bool reuse__is_over(struct reuse__branching *branching);

/* Takes a mapping as the best one known if it is better. */
void reuse__take(struct reuse__branching *branching, const struct reuse_mapping *mapping,
                 const struct reuse_evaluation *evaluation, const struct reuse__score *score);

/* Walks over spaces on behalf of BRANCHING; NULL: no memory. */
struct reuse__walk *reuse__walk_new(struct reuse__branching *branching);
void reuse__walk_free(struct reuse__walk *walk);

/* Sets *SCORE to what no mapping of SPACE undercuts.  False if none of them is better than
 * what is known. */
bool reuse__walk_bound(struct reuse__walk *walk, const struct reuse__space *space,
                       struct reuse__score *score);

/* Searches SPACE for something better. */
enum reuse_status reuse__walk_over(struct reuse__walk *walk, const struct reuse__space *space);

/* Takes a mapping into the front unless it has one that is at least as good in both; drops
 * those that it beats. */
void reuse__front_add(struct reuse__front *front, const struct reuse_mapping *mapping,
                      const struct reuse_evaluation *evaluation);

#endif
