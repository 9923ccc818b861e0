/* Cells: parts of spaces with ranges of fan-outs, those of the least bounds first.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loops that share an array trade their fan-outs.  Within a range of each, the bounds know
 * how much of the array every loop can have.  doc/MODEL.md, "Mapper". */
#ifndef REUSE_MAPPER_CELLS_H
#define REUSE_MAPPER_CELLS_H

#include <stddef.h>

#include "mapper/partial.h"
#include "mapper/search.h"

enum { REUSE__MAX_CUTS = REUSE__MAX_SHARES + REUSE__MAX_SLOTS +
                         (REUSE_MAX_LEVELS + 1) * (REUSE__MAX_CHAINS + 1) };

/* A range of fan-outs AT (see reuse__fans), or of the tiles that the chain starting at slot AT
 * has in LEVEL, or which loop is the innermost one outside LEVEL. */
enum reuse__what { REUSE__CUT_FANS, REUSE__CUT_TILE, REUSE__CUT_INNERMOST };
struct reuse__cut {
  enum reuse__what what;
  int at, level;
  union {
    struct reuse__range range;
    struct reuse__innermost innermost;
  };
};

struct reuse__cell {
  int space;                    /* its number, which the caller gives */
  struct reuse__score bound;    /* of every mapping in it */
  int64_t slice;                /* evaluations that its search should take */
  int parted;                   /* times that it was parted after its last search */
  int ncuts;
  struct reuse__cut cut[REUSE__MAX_CUTS];
};

/* Bytes of a cell without the cuts that it does not have. */
size_t reuse__cell_size(const struct reuse__cell *cell);

/* Cells that are still to be searched. */
struct reuse__cells {
  struct reuse__kept_cell **heap;
  int n, room;
  int64_t made;                 /* so many have been added */
};

/* Adds a copy of CELL; false if there is no memory for it. */
bool reuse__cells_add(struct reuse__cells *cells, const struct reuse__cell *cell);

/* Takes the cell with the least bound out, of several the one that was added first; false if
 * there is none. */
bool reuse__cells_take(struct reuse__cells *cells, struct reuse__cell *cell);
void reuse__cells_free(struct reuse__cells *cells);

/* SPACE, which is whole, becomes that of CELL.  False if none of its mappings can fit. */
bool reuse__cell_narrow(const struct reuse__cell *cell, struct reuse__space *space);

/* The fan-outs of CELL, whose space is SPACE, to be cut up next, or -1. */
int reuse__cell_next(const struct reuse__cell *cell, const struct reuse__space *space);

/* Adds the parts of CELL, whose space is SPACE, that differ in fan-outs AT and may have
 * something better than WALK knows.  False if there is no memory for them. */
bool reuse__cell_split(const struct reuse__cell *cell, const struct reuse__space *space, int at,
                       struct reuse__walk *walk, struct reuse__cells *cells);

#endif
