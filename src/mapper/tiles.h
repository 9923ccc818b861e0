/* Ranges of tiles: a space cut up by how many points of a chain a level holds.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tiles of a level share its size.  Within a range of each, the bounds know how often a
 * level's tiles have to come, and which of them fit together.  doc/MODEL.md, "Mapper". */
#ifndef REUSE_MAPPER_TILES_H
#define REUSE_MAPPER_TILES_H

#include "mapper/partial.h"

/* Lets the tiles of SPACE, whose slots are known, have any extent that its loops allow. */
void reuse__space_tiles(struct reuse__space *space);

/* Whether the tiles of LEVEL (the number of levels: of the MACs) that the chain starting at
 * SLOT makes can be cut up. */
bool reuse__tile_varies(const struct reuse__space *space, int slot, int level);

/* The two halves of a range, as ratios go. */
void reuse__range_halve(const struct reuse__range *range, struct reuse__range half[2]);

/* Makes the tiles of LEVEL as large as they are if no temporal loop stands outside it. */
void reuse__tiles_whole(struct reuse__space *space, int level);

/* Brings the ranges of every chain into line: a tile is no larger than one further out, and the
 * loops within it can bring it down to one point. */
void reuse__tiles_agree(struct reuse__space *space);

/* Whether the next loop of SLOT's chain with a step from LEAST to STEP points over RANGE points
 * may leave tiles within their ranges. */
bool reuse__tile_holds(const struct reuse__partial *partial, int slot, int64_t range,
                       int64_t least, int64_t step);

#endif
