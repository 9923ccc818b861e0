/* What loops that are not decided bring to a level for certain.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_CARRIED_H
#define REUSE_MAPPER_CARRIED_H

#include "mapper/partial.h"

/* Whether rows or columns of raw input that loops of chain C make overlap or are clipped. */
bool reuse__touches_halo(const struct reuse__chain *c, const struct reuse__chain_link *link);

/* Whether a tile of the link's tensor changes with every turn of a loop of chain C. */
bool reuse__is_carrier(const struct reuse__chain *c, const struct reuse__chain_link *link);

/* Position of the innermost of the first POSITIONS decided loops that is temporal, above the
 * child, and changes the tile, or -1. */
int reuse__carrier(const struct reuse__partial *partial, const struct reuse__chain_link *link,
                   int positions);

/* Part of the link's words that come anew whenever a loop of a slot before number FIRST turns
 * that does not index them, at least: because the tiles that these leave do not fit the child
 * at once, or, if FIRST is within the child, because of what the innermost loop outside that is.
 * 0: not known. */
double reuse__carried_within(const struct reuse__partial *partial,
                             const struct reuse__chain_link *link, int first);

#endif
