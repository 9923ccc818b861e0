/* Sums of a factor that is one axis of the raw input: output and filter positions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COUNT_AXIS_H
#define REUSE_COUNT_AXIS_H

#include "count/factor.h"

/* The sums of REGION without walking its steps.  False, with *SUMS undefined, if the
 * region is not one axis of two single dims that idle instances keep, or if its tiles
 * are no evenly spaced rows. */
bool reuse__axis_sums(const struct reuse__region *region, enum reuse__view view,
                      struct reuse__sums *sums);

#endif
