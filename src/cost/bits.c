/* Widths of words on the links and in the levels of a machine.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cost/bits.h"

double reuse__bits(const struct reuse_arch *arch, const struct reuse_counts *counts,
                   int level, int tensor) {
  if (tensor == REUSE_O && counts->partial[level]) return arch->psum_bits.value;
  return arch->bits[tensor].value;
}

double reuse__bits_up(const struct reuse_arch *arch, const struct reuse_nest *nest,
                      const struct reuse_counts *counts, int level, int tensor) {
  for (int i = level - 1; i >= 0; i--)
    if (nest->level[i].keeps & REUSE_BIT(tensor))
      return reuse__bits(arch, counts, i, tensor);
  return reuse__bits(arch, counts, level, tensor);
}
