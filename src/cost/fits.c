/* Whether tiles fit their levels and fan-outs their arrays.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cost/fits.h"

#include "cost/bits.h"

#include "base/checked.h"

static bool bytes_fit(double bytes, const struct reuse_quantity *size, bool halved) {
  return !size->given || bytes <= (halved ? size->value / 2 : size->value);
}

bool reuse__level_fits(const struct reuse_arch *arch, const struct reuse_level *level,
                       const struct reuse_counts *counts, int i) {
  double sum = 0;
  for (int t = 0; t < REUSE_TENSORS; t++) {
    const double bytes =
        (double)counts->at[i][t].tile * reuse__bits(arch, counts, i, t) / 8;
    if (level->tensor_bytes[t].given) {
      if (!bytes_fit(bytes, &level->tensor_bytes[t], level->double_buffered)) return false;
    } else {
      sum += bytes;
    }
  }
  return bytes_fit(sum, &level->size_bytes, level->double_buffered);
}

bool reuse_mapping_fits(const struct reuse_arch *arch,
                        const struct reuse_mapping *mapping,
                        const struct reuse_counts *counts) {
  const struct reuse_engine *e = &arch->engine[mapping->engine];
  for (int i = 0; i < e->nlevels; i++) {
    int64_t children = 1;
    for (int a = 0; a < e->level[i].naxes; a++) children *= e->level[i].axis[a].size;
    if (counts->level_instances[i + 1] > counts->level_instances[i] * children)
      return false;
    if (!reuse__level_fits(arch, &e->level[i], counts, i)) return false;
  }
  return true;
}
