/* First mappings of spaces, by descents, and better ones from the best of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_STARTS_H
#define REUSE_MAPPER_STARTS_H

#include "mapper/descend.h"
#include "mapper/spaces.h"

enum { REUSE__MAX_STARTS = 4 };

/* The best mappings of spaces that descents have found, on behalf of BRANCHING, which has the
 * best of all; WALK asks for bounds.  Zero at first but for these two. */
struct reuse__starts {
  struct reuse__branching *branching;
  struct reuse__walk *walk;
  int made[REUSE__MAX_SPACES];  /* first descents in the space: none, one or all */
  int rounds;                   /* of going on from the best */
  int n;                        /* best first, one of a space */
  struct { int space; struct reuse__point point; } best[REUSE__MAX_STARTS];
};

/* First descents in space NUMBER or a part of it, SPACE; none for a front, or late.  If one leads
 * to something that is no better than what is known, it is left at that, and not *ALL are made. */
enum reuse_status reuse__start_from(struct reuse__starts *starts, int number,
                                    const struct reuse__space *space, bool *all);

/* The same in a whole space, once unless a deadline cut it off. */
enum reuse_status reuse__start_in(struct reuse__starts *starts, int number,
                                  const struct reuse__space *space);

/* Those that are left in a space where something better may be; the first one has led somewhere. */
void reuse__start_rest(struct reuse__starts *starts, int number, const struct reuse__space *space);

/* The same as reuse__start_in() where something better may be. */
enum reuse_status reuse__start_late(struct reuse__starts *starts, int number,
                                    const struct reuse__space *space);

/* More descents in space NUMBER if it is among the best and something better may be there, moves
 * of two unknowns, and kicks; others in every round. */
enum reuse_status reuse__go_on_from(struct reuse__starts *starts, int number,
                                    const struct reuse__space *space);

/* Whether there is anything to go on from, and time for it. */
bool reuse__can_go_on(const struct reuse__starts *starts);

#endif
