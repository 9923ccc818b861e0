/* What every evaluation must satisfy, whatever the machine and the mapping.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Redundant by design: nothing here shares code with the counter or the cost
 * model beyond the number of words of a tensor.  doc/MODEL.md, "Invariants". */
#ifndef REUSE_COST_INVARIANTS_H
#define REUSE_COST_INVARIANTS_H

#include "reusemodel.h"

/* Whether EVALUATION, of LAYER under MAPPING on ARCH, conserves MACs and words,
 * moves at least the compulsory words, fits its levels, and has a time and an
 * energy that are not below any of their parts.  If not, *why (if not NULL)
 * points to a static text that names the first rule that is broken; else it
 * is set to NULL. */
bool reuse__invariants(const struct reuse_arch *arch, const struct reuse_layer *layer,
                       const struct reuse_mapping *mapping,
                       const struct reuse_evaluation *evaluation, const char **why);

#endif
