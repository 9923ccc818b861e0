/* Lower bounds of what every completion of a partial mapping costs.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bound is a set of counts none of which exceeds that of any completion; priced
 * like true counts it bounds time and energy.  doc/MODEL.md, "Mapper". */
#ifndef REUSE_MAPPER_BOUND_H
#define REUSE_MAPPER_BOUND_H

#include "mapper/partial.h"

/* Counts that no completion of PARTIAL undercuts (level_instances: exceeds).  False if
 * there is no completion. */
bool reuse__bound_counts(struct reuse__partial *partial, struct reuse_counts *counts);

#endif
