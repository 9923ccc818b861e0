/* The innermost temporal loop outside a level: a space cut up by which one it is.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of the tensors that a level holds only those that this loop does not index can stay.
 * doc/MODEL.md, "Mapper". */
#ifndef REUSE_MAPPER_INNERMOST_H
#define REUSE_MAPPER_INNERMOST_H

#include "mapper/partial.h"

enum { REUSE__MAX_KINDS = REUSE_DIMS + 6 };

/* The kinds of loops that may be innermost outside LEVEL: sets of slots that index the same
 * tensors alike, and the empty set; their number. */
int reuse__innermost_kinds(const struct reuse__space *space, int level,
                           struct reuse__innermost kind[REUSE__MAX_KINDS]);

/* Whether the decided loops leave it possible that the innermost ones are as the space says. */
bool reuse__innermost_holds(const struct reuse__partial *partial);

#endif
