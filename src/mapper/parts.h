/* Parts of cells: cut where that raises the bounds most.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_PARTS_H
#define REUSE_MAPPER_PARTS_H

#include "mapper/cells.h"

/* Adds the parts of CELL, of the whole space SPACE, that differ in the tiles of one chain in one
 * level, in which loop is the innermost one outside a level, or in the fan-outs of a share or
 * slot, whichever raises the bounds most, and may have something better than WALK knows.  *DONE
 * if there is nothing of this kind left to differ.  False if there is no memory for them. */
bool reuse__cell_part(const struct reuse__cell *cell, const struct reuse__space *space,
                      struct reuse__walk *walk, struct reuse__cells *cells, bool *done);

#endif
