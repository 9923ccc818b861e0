/* Whether the tiles of one level fit it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COST_FITS_H
#define REUSE_COST_FITS_H

#include "reusemodel.h"

/* Whether the tiles that COUNTS gives level I fit LEVEL; half of it if it is double
 * buffered. */
bool reuse__level_fits(const struct reuse_arch *arch, const struct reuse_level *level,
                       const struct reuse_counts *counts, int i);

#endif
