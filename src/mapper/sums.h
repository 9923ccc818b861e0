/* How long sums stay in a level, and what that saves.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stay of a sum in the child of a link lasts from when it is begun, or comes down again, to
 * when it is sent up.  doc/MODEL.md, Lemmas 9 and 17. */
#ifndef REUSE_MAPPER_SUMS_H
#define REUSE_MAPPER_SUMS_H

#include "mapper/partial.h"

/* Stays of all sums in all instances of the link's child, at most. */
double reuse__most_stays(const struct reuse__partial *partial, const struct reuse__chain_link *l);

/* How many reads of the child the sums that its instances start save at most, when these
 * start or take up at least STAYS; each that they do not save or that is sent up is a read. */
double reuse__saved_reads(const struct reuse__partial *partial, const struct reuse__chain_link *l,
                          double stays);

#endif
