/* Widths of words on the links and in the levels of a machine.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_COST_BITS_H
#define REUSE_COST_BITS_H

#include "reusemodel.h"

/* Bits of a word of TENSOR held in LEVEL and on its links to the children: the
 * tensor's precision; for O that of partial sums while they are partial. */
double reuse__bits(const struct reuse_arch *arch, const struct reuse_counts *counts,
                   int level, int tensor);

/* Bits of a word of TENSOR that LEVEL exchanges with its parent. */
double reuse__bits_up(const struct reuse_arch *arch, const struct reuse_nest *nest,
                      const struct reuse_counts *counts, int level, int tensor);

#endif
