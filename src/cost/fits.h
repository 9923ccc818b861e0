/* Whether mappings fit a machine, and if not, where.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COST_FITS_H
#define REUSE_COST_FITS_H

#include <stddef.h>

#include "reusemodel.h"

/* Whether the tiles that COUNTS gives level I fit LEVEL; half of it if it is double
 * buffered. */
bool reuse__level_fits(const struct reuse_arch *arch, const struct reuse_level *level,
                       const struct reuse_counts *counts, int i);

/* What does not fit: the tiles of a level, of one tensor if that has a memory of its own (else
 * -1), in bytes; or the loops side by side below it, in children. */
struct reuse__misfit {
  int level, tensor;
  bool fans;
  double needs, has;
};

/* Whether MAPPING, whose tiles and fan-outs COUNTS gives, does not fit; the outermost level where
 * it does not. */
bool reuse__find_misfit(const struct reuse_arch *arch, const struct reuse_mapping *mapping,
                        const struct reuse_counts *counts, struct reuse__misfit *misfit);

/* Says in TEXT what of ENGINE's does not fit, and by how much. */
void reuse__misfit_text(const struct reuse_engine *engine, const struct reuse__misfit *misfit,
                        char *text, size_t size);

#endif
